using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Proposals;

public sealed record ListedProposal(BudgetProposal Proposal, string? Organisation);

[Public]
public sealed class ListModel(AppDb db) : BudgetScreen(db), IListed
{
    public IReadOnlyList<ListedProposal> Rows { get; private set; } = [];

    public int Total { get; private set; }

    public int PageNumber { get; private set; } = 1;

    public bool Scores => Process.Rule?.Method == PriorityMethod.Criteria;

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var id = Process.Id;
        Total = await Db.BudgetProposals.CountAsync(p => p.ProcessId == id);
        PageNumber = PageOf(Total, 50);
        Rows = await SliceAsync((PageNumber - 1) * 50, 50);
    }

    async Task<IReadOnlyList<ListedProposal>> SliceAsync(int from, int count)
    {
        var id = Process.Id;
        return await (from p in Db.BudgetProposals
                      where p.ProcessId == id
                      join a in Db.BudgetAgents on p.AgentId equals a.Id into agents
                      from a in agents.DefaultIfEmpty()
                      orderby p.Number
                      select new ListedProposal(p, a == null ? null : a.Organisation)).Skip(from).Take(count).ToListAsync();
    }

    public TableFile ToFile() => new($"{Process.Slug}-propuestas", [T["budget.proposal-code"], T["budget.proposal"], T["budget.proposer"], T["budget.cui"], T["planning.places"], T["planning.cost"], T["budget.asked"], T["planning.project.field.women"], T["planning.project.field.men"], T["budget.verdict"], T["budget.points"]],
        Listing.AllAsync(SliceAsync).Select(r => (IReadOnlyList<object?>)[r.Proposal.Code, r.Proposal.Title, r.Organisation ?? Entity.Name, r.Proposal.Cui, string.Join(' ', r.Proposal.Places), r.Proposal.Cost, r.Proposal.Asked, r.Proposal.BeneficiaryWomen, r.Proposal.BeneficiaryMen, T.Of(r.Proposal.State), r.Proposal.Evaluation?.Points]));
}
