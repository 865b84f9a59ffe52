using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Planning.Bank;
using Minka.Core.Rules;

namespace Minka.Core.Planning.ParticipatoryBudget;

/// <summary>
/// Takes the projects of a signed agreement into the territory's portfolio, in the same act. One that is there already, by its unique code, is
/// linked and not written twice.
/// </summary>
static class PortfolioOfBudget
{
    public static async Task<IReadOnlyList<ProjectId>> TakeInAsync(Work work, BudgetProcess process)
    {
        var bank = (AddToBank)work.Services.GetService(typeof(AddToBank))!;
        var taken = new List<ProjectId>();
        foreach (var line in process.Result!.Funded)
        {
            var proposal = await work.Db.BudgetProposals.SingleAsync(p => p.Id == line.ProposalId);
            var known = proposal.Cui is { } cui ? await work.Db.ProjectSheets.Where(s => s.EntityId == process.EntityId && s.InvestmentCode == cui).OrderBy(s => s.ProjectId).Select(s => (ProjectId?)s.ProjectId).FirstOrDefaultAsync() : null;
            var project = known ?? await bank.AddAsync(work, process.EntityId, Of(process, proposal), CancellationToken.None);
            proposal.Became(project);
            taken.Add(project);
            // The next code is sought among rows that the database has.
            await work.FlushAsync();
        }
        return taken;
    }

    static BankProjectInput Of(BudgetProcess process, BudgetProposal p) => new(
        new ProjectInput
        {
            Title = p.Title,
            Problem = p.Problem,
            Objective = p.Result,
            AxisId = p.AxisId,
            Places = p.Places,
            BeneficiaryWomen = p.BeneficiaryWomen,
            BeneficiaryMen = p.BeneficiaryMen,
            Organisations = [.. p.CoFunding.Select(c => c.Who)],
            PlannedCost = p.Cost,
        },
        p.Stage,
        new SheetInput
        {
            Kind = ProjectKind.Investment,
            InvestmentCode = p.Cui,
            Documents = [new ProjectDocument("Acta de acuerdos y compromisos", $"/presupuesto-participativo/{process.Slug}/propuestas/{p.Id.Value:D}", process.ActaDigest)],
        },
        [
            new CostLineInput(process.Title, null, process.Level switch { ImpactLevel.District => FundingSource.District, ImpactLevel.Provincial => FundingSource.Province, _ => FundingSource.Region }, process.FiscalYear, p.Asked),
            .. p.CoFunding.Select(c => new CostLineInput(c.What.Length > 0 ? c.What : c.Who, null, c.InKind ? FundingSource.PrivateInKind : FundingSource.PrivateCash, process.FiscalYear, c.Amount)),
        ]);
}
