using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Planning.Chains;
using Minka.Core.Planning.Writing;

namespace Minka.Core.Planning;

/// <summary>Loading of what the use cases change and the pages show. The owner is always part of the question.</summary>
public static class PlanningLoads
{
    public static async Task<Strategy> StrategyAsync(this AppDb db, EntityId entity, StrategyId id, CancellationToken cancel = default) =>
        await db.Strategies.SingleOrDefaultAsync(s => s.Id == id && s.EntityId == entity, cancel) ?? throw new NotFound("strategy", id.Value);

    /// <summary>The strategy whole, as an assembly reads and votes it.</summary>
    public static async Task<StrategyContent> StrategyContentAsync(this AppDb db, Strategy strategy, CancellationToken cancel = default) =>
        await db.AxesContentAsync(strategy, cancel) with
        {
            Document = StrategyDocument.Of(await db.PartsAsync(strategy.Id, cancel), await db.ChainsAsync(strategy.EntityId, cancel), await db.AlliesAsync(strategy.EntityId, cancel)),
        };

    /// <summary>The strategy with its axes alone, as a programme carries it.</summary>
    static async Task<StrategyContent> AxesContentAsync(this AppDb db, Strategy strategy, CancellationToken cancel) =>
        StrategyContent.Of(strategy, await db.Axes.Where(a => a.StrategyId == strategy.Id).ToListAsync(cancel));

    public static async Task<Programme> ProgrammeAsync(this AppDb db, ProgrammeId id, CancellationToken cancel = default) =>
        await db.Programmes.SingleOrDefaultAsync(p => p.Id == id, cancel) ?? throw new NotFound("programme", id.Value);

    public static async Task<Project> ProjectAsync(this AppDb db, ProgrammeId programme, ProjectId id, CancellationToken cancel = default) =>
        await db.Projects.SingleOrDefaultAsync(p => p.Id == id && p.ProgrammeId == programme, cancel) ?? throw new NotFound("project", id.Value);

    /// <summary>A project of an entity, in its bank or in one of its programmes.</summary>
    public static async Task<Project> ProjectOfAsync(this AppDb db, EntityId entity, ProjectId id, CancellationToken cancel = default) =>
        await db.Projects.SingleOrDefaultAsync(p => p.Id == id && p.EntityId == entity, cancel) ?? throw new NotFound("project", id.Value);

    /// <summary>The programme as it stands now, frozen or not.</summary>
    public static async Task<ProgrammeContent> ProgrammeContentAsync(this AppDb db, Programme programme, CancellationToken cancel = default)
    {
        var strategy = await db.Strategies.SingleAsync(s => s.Id == programme.StrategyId, cancel);
        var projects = await db.Projects.Where(p => p.ProgrammeId == programme.Id).ToListAsync(cancel);
        var lines = await db.CostLines.Join(db.Projects.Where(p => p.ProgrammeId == programme.Id), l => l.ProjectId, p => p.Id, (l, _) => l).ToListAsync(cancel);
        var sheets = await db.ProjectSheets.Join(db.Projects.Where(p => p.ProgrammeId == programme.Id), s => s.ProjectId, p => p.Id, (s, _) => s).ToListAsync(cancel);
        return ProgrammeContent.Of(programme, await db.AxesContentAsync(strategy, cancel), projects, lines, sheets);
    }

    /// <summary>Refuses a change of another state than the one that the editor saw.</summary>
    /// <param name="expected">Null: whatever the state is.</param>
    internal static void MustBe(this IVersioned root, int? expected, string kind)
    {
        if (expected is { } seen && seen != root.Version) throw new ChangedMeanwhile(kind);
    }
}
