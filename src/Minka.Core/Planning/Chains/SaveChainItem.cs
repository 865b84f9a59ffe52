using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Planning.Writing;
using Minka.Core.Register;

namespace Minka.Core.Planning.Chains;

/// <summary>Adds or changes one row of a list of a chain: two people who write different rows do not meet.</summary>
[UseCase]
public sealed class SaveChainItem(Writer writer)
{
    /// <param name="code">Null: a new row.</param>
    /// <param name="seen">Seal of the row that the editor saw; null to overwrite on purpose.</param>
    public Task<string> ExecuteAsync(EntityId entity, ChainId id, ItemList list, string? code, PartItem item, string? seen, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("chain.save-item", actor, async work =>
        {
            await work.Db.MustBeOpenAsync(entity, cancel);
            var chain = await work.Db.ChainAsync(entity, id, cancel);
            var (items, saved) = list.With(chain.Of(list), code, item, seen);
            chain.Set(list, items);
            return saved;
        }, new ActNote("chain", id.Value), cancel);

    public Task RemoveAsync(EntityId entity, ChainId id, ItemList list, string code, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("chain.remove-item", actor, async work =>
        {
            await work.Db.MustBeOpenAsync(entity, cancel);
            var chain = await work.Db.ChainAsync(entity, id, cancel);
            chain.Set(list, ItemList.Without(chain.Of(list), code));
        }, new ActNote("chain", id.Value), cancel);
}
