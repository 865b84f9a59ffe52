using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Planning.Writing;

/// <summary>Keeps the strategy as it stands, for good. Writing goes on towards the next number.</summary>
[UseCase]
public sealed class FreezeStrategy(Writer writer)
{
    public Task<int> ExecuteAsync(EntityId entity, StrategyId id, string? note, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("strategy.freeze-version", actor, async work =>
        {
            var strategy = await work.Db.StrategyAsync(entity, id, cancel);
            var content = await work.Db.StrategyContentAsync(strategy, cancel);
            var last = await LastAsync(work, id, cancel);
            if (last?.Digest == content.Digest()) throw new RuleBroken(WritingRules.Unchanged, last.Number);
            return Add(work, strategy, content, last, note);
        }, new ActNote("strategy", id.Value), cancel);

    /// <summary>What goes before the assembly is kept by itself, unless the last version says the same.</summary>
    internal static async Task ProposedAsync(Work work, Strategy strategy, StrategyContent content, CancellationToken cancel)
    {
        var last = await LastAsync(work, strategy.Id, cancel);
        if (last?.Digest != content.Digest()) Add(work, strategy, content, last, null);
    }

    static Task<StrategyVersion?> LastAsync(Work work, StrategyId id, CancellationToken cancel) =>
        work.Db.StrategyVersions.Where(v => v.StrategyId == id).OrderByDescending(v => v.Number).FirstOrDefaultAsync(cancel);

    static int Add(Work work, Strategy strategy, StrategyContent content, StrategyVersion? last, string? note)
    {
        var version = StrategyVersion.Freeze(work.NewId<StrategyVersionId>(), strategy, (last?.Number ?? 0) + 1, content, note, work.Now);
        work.Db.StrategyVersions.Add(version);
        work.Happened(new StrategyVersionFrozen(version.Id, strategy.Id, version.Number, version.Digest));
        return version.Number;
    }
}
