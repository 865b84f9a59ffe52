using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Territories;

namespace Minka.Core.Planning.Chains;

public static class ChainLoads
{
    public static async Task<ValueChain> ChainAsync(this AppDb db, EntityId entity, ChainId id, CancellationToken cancel = default) =>
        await db.ValueChains.SingleOrDefaultAsync(c => c.Id == id && c.EntityId == entity, cancel) ?? throw new NotFound("chain", id.Value);

    public static async Task<IReadOnlyList<ValueChain>> ChainsAsync(this AppDb db, EntityId entity, CancellationToken cancel = default) =>
        [.. (await db.ValueChains.Where(c => c.EntityId == entity).ToListAsync(cancel)).OrderBy(c => c.Name, StringComparer.OrdinalIgnoreCase)];

    public static async Task<IReadOnlyList<AllyInput>> AlliesAsync(this AppDb db, EntityId entity, CancellationToken cancel = default) =>
        [.. (await db.Allies.Where(a => a.EntityId == entity).ToListAsync(cancel)).Select(a => a.ToItem()).OrderBy(a => a.Code, CodeOrder.Natural)];

    /// <summary>The projects of the entity that say that they are of the chain.</summary>
    public static async Task<IReadOnlyList<Project>> ProjectsOfChainAsync(this AppDb db, EntityId entity, string chain, CancellationToken cancel = default)
    {
        var name = Country.PlainText(chain);
        var projects = await db.Projects.Where(p => p.EntityId == entity && p.Chain != null && p.Stage != ProjectStage.Discarded).ToListAsync(cancel);
        return [.. projects.Where(p => Country.PlainText(p.Chain!) == name).OrderBy(p => p.Id != p.RootId).DistinctBy(p => p.RootId).OrderBy(p => p.Code, CodeOrder.Natural)];
    }

    /// <summary>While a strategy is before the assembly, what it carries stays as it was read.</summary>
    internal static async Task MustBeOpenAsync(this AppDb db, EntityId entity, CancellationToken cancel)
    {
        if (await db.Strategies.AnyAsync(s => s.EntityId == entity && s.State == StrategyState.Proposed, cancel)) throw new RuleBroken(ChainRules.Locked);
    }
}
