using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Planning.Writing;

/// <summary>Adds or changes one row of a list of a strategy: two people who write different rows do not meet.</summary>
[UseCase]
public sealed class SaveStrategyItem(Writer writer)
{
    /// <param name="code">Null: a new row.</param>
    /// <param name="seen">Seal of the row that the editor saw; null to overwrite on purpose.</param>
    /// <returns>The row's code.</returns>
    public Task<string> ExecuteAsync(EntityId entity, StrategyId id, ItemList list, string? code, PartItem item, string? seen, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("strategy.save-item", actor, async work =>
        {
            if (item is Consultation { On: var day } && day > work.Today) throw new RuleBroken(WritingRules.DayAhead, day);
            var (items, saved) = list.With(await ItemsAsync(work, id, list, cancel), code, item, seen);
            await work.SavePartAsync(entity, id, list.Key, list.Write(items), cancel);
            return saved;
        }, new ActNote("strategy", id.Value), cancel);

    public Task RemoveAsync(EntityId entity, StrategyId id, ItemList list, string code, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("strategy.remove-item", actor, async work =>
        {
            var items = ItemList.Without(await ItemsAsync(work, id, list, cancel), code);
            await work.SavePartAsync(entity, id, list.Key, list.Write(items), cancel);
        }, new ActNote("strategy", id.Value), cancel);

    static async Task<IReadOnlyList<PartItem>> ItemsAsync(Work work, StrategyId id, ItemList list, CancellationToken cancel) =>
        list.Read((await work.Db.StrategyParts.SingleOrDefaultAsync(p => p.StrategyId == id && p.Key == list.Key, cancel))?.Content);
}
