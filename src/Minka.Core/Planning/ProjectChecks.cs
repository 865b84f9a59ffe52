using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Planning;

/// <summary>What a project must satisfy towards its programme: free code, axis of the strategy, no circle of precedence.</summary>
static class ProjectChecks
{
    public static void Check(Programme programme, Project project, IReadOnlyList<Project> others, IReadOnlySet<AxisId> axes)
    {
        if (others.Any(o => o.ProgrammeId == programme.Id && string.Equals(o.Code, project.Code, StringComparison.OrdinalIgnoreCase)))
            throw new RuleBroken(PlanningRules.ProjectCodeTaken, project.Code);
        if (project.AxisId is { } axis && !axes.Contains(axis)) throw new RuleBroken(PlanningRules.AxisUnknown);
        Project[] all = [project, .. others];
        if (Precedence.FindCycle(all.ToDictionary(p => p.Id, p => p.After)) is { } cycle)
            throw new RuleBroken(PlanningRules.Cycle, string.Join(" → ", cycle.Select(id => all.Single(p => p.Id == id).Code).Reverse()));
    }

    public static async Task<IReadOnlySet<AxisId>> AxesAsync(AppDb db, Programme programme, CancellationToken cancel) =>
        await db.Axes.Where(a => a.StrategyId == programme.StrategyId).Select(a => a.Id).ToHashSetAsync(cancel);

    /// <summary>What comes before may be in the same programme, in another or in the bank: of the same entity it must be.</summary>
    public static async Task PrecedenceAsync(AppDb db, Project project, CancellationToken cancel)
    {
        var before = project.After.Where(a => a != project.Id).ToList();
        if (before.Count > 0 && await db.Projects.CountAsync(p => p.EntityId == project.EntityId && before.Contains(p.Id), cancel) != before.Count)
            throw new RuleBroken(PlanningRules.PrecedenceUnknown);
    }

    public static string NextCode(IEnumerable<Project> projects)
    {
        var taken = projects.Select(p => p.Code).ToHashSet(StringComparer.OrdinalIgnoreCase);
        return Enumerable.Range(taken.Count + 1, PlanningRules.MostProjects * 2).Select(i => $"P{i}").First(c => !taken.Contains(c));
    }
}
