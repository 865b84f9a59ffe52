using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Planning.ParticipatoryBudget;

/// <summary>Drafts the agreement of results and commitments from the data, and publishes it once it is signed.</summary>
[UseCase]
public sealed class DraftActa(Writer writer)
{
    public const string Subject = "budget-acta";

    public const int MostCommitments = 60;

    /// <summary>What each party binds itself to, besides the projects. A draft made before no longer holds.</summary>
    public Task CommitAsync(BudgetProcessId id, IReadOnlyList<Commitment> commitments, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.commitments", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            if (commitments.Count > MostCommitments) throw new RuleBroken(BudgetRules.CommitmentWrong, MostCommitments);
            process.SetCommitments([.. commitments.Select(c => new Commitment(PlanningRules.Required(c.Party, "party"), PlanningRules.Required(c.What, "what", PlanningRules.LongestText), c.Amount is { IsNegative: true } ? throw new RuleBroken(PlanningRules.NegativeNumber) : c.Amount, c.By))]);
        }, new ActNote("budget", id.Value), cancel);

    public Task<Digest> DraftAsync(BudgetProcessId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.acta", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            process.MustBe(BudgetState.Prioritised);
            process.Draft(await ContentAsync(work.Db, process, work.Today, cancel));
            work.Happened(new ActaDrafted(id, process.ActaDigest!.Value));
            return process.ActaDigest!.Value;
        }, new ActNote("budget", id.Value), cancel);

    public Task PublishAsync(BudgetProcessId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.publish", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            process.Publish(work.Now);
            work.Happened(new ActaPublished(id, process.ActaDigest!.Value));
        }, new ActNote("budget", id.Value), cancel);

    static async Task<ActaContent> ContentAsync(AppDb db, BudgetProcess process, DateOnly today, CancellationToken cancel)
    {
        var entity = await db.CoordinationEntities.Where(e => e.Id == process.EntityId).Select(e => e.Name).SingleAsync(cancel);
        var proposals = (await db.BudgetProposals.Where(p => p.ProcessId == process.Id).ToListAsync(cancel)).ToDictionary(p => p.Id);
        var agents = await db.BudgetAgents.Where(a => a.ProcessId == process.Id && a.State == AgentState.Accredited).Select(a => new { a.Id, a.IsWoman }).ToDictionaryAsync(a => a.Id, a => a.IsWoman == true, cancel);
        var workshops = await db.BudgetWorkshops.Where(w => w.ProcessId == process.Id && w.State == WorkshopState.Held).OrderBy(w => w.StartsAt).ThenBy(w => w.Id).ToListAsync(cancel);
        var ids = workshops.Select(w => w.Id).ToList();
        var attendance = (await db.BudgetAttendances.Where(a => ids.Contains(a.WorkshopId)).Select(a => new { a.WorkshopId, a.AgentId }).ToListAsync(cancel)).ToLookup(a => a.WorkshopId, a => a.AgentId);
        ActaProject Of(ResultLine line)
        {
            var p = proposals[line.ProposalId];
            return new(line.Rank, line.Code, line.Title, p.Cui, p.Places, line.Cost, line.Asked, p.CoFunding);
        }
        return new()
        {
            EntityName = entity,
            Title = process.Title,
            FiscalYear = process.FiscalYear,
            Place = process.PlaceCode,
            Ordinance = process.Ordinance is { } o ? o with { FileId = null } : null,
            Amount = process.Amount,
            Spent = process.Result!.Spent,
            Method = process.Result.Method,
            RuleDigest = process.RuleDigest!.Value,
            Ballots = process.Result.Ballots,
            Agents = agents.Count,
            AgentsWomen = agents.Values.Count(w => w),
            Workshops = [.. workshops.Select(w => new ActaWorkshop(w.Kind, w.Title, w.Place, w.StartsAt, attendance[w.Id].Count(), attendance[w.Id].Count(a => agents.GetValueOrDefault(a))))],
            Projects = [.. process.Result.Funded.Select(Of)],
            Reserve = [.. process.Result.Lines.Where(l => l.Fate == ResultFate.Reserve).Select(Of)],
            Commitments = process.Commitments,
            Committee = process.Committee is { } committee ? [.. committee.Sitting.Select(c => c.Organisation)] : [],
            DraftedOn = today,
        };
    }
}

/// <summary>The signature of the agreement: only of the text that was drafted. Its projects pass to the territory's portfolio in the same act.</summary>
public sealed class SignActa : IEventHandler<SignatureAttached>
{
    public async Task HandleAsync(SignatureAttached happened, Work work)
    {
        if (happened.SubjectKind != DraftActa.Subject) return;
        var process = await work.BudgetAsync(BudgetProcessId.From(happened.SubjectId), CancellationToken.None);
        if (process.ActaDigest is not { } digest) throw new RuleBroken(BudgetRules.ActaMissing);
        if (digest != happened.SubjectDigest) throw new RuleBroken(BudgetRules.ActaChanged);
        // A second scan of a signed agreement is more evidence, not another agreement.
        if (process.SignedAt is not null) return;
        process.Sign(work.Now);
        work.Happened(new ActaSigned(process.Id, digest, await PortfolioOfBudget.TakeInAsync(work, process)));
    }
}
