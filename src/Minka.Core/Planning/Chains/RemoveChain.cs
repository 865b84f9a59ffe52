using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Register;

namespace Minka.Core.Planning.Chains;

[UseCase]
public sealed class RemoveChain(Writer writer)
{
    public Task ExecuteAsync(EntityId entity, ChainId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("chain.remove", actor, async work =>
        {
            await work.Db.MustBeOpenAsync(entity, cancel);
            work.Db.ValueChains.Remove(await work.Db.ChainAsync(entity, id, cancel));
        }, new ActNote("chain", id.Value), cancel);
}
