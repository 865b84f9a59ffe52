using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Register;

namespace Minka.Core.Planning.Chains;

[UseCase]
public sealed class ChangeChain(Writer writer)
{
    /// <param name="seen">Version that the editor saw; null to overwrite on purpose.</param>
    public Task ExecuteAsync(EntityId entity, ChainId id, ChainInput input, int? seen, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("chain.change", actor, async work =>
        {
            await work.Db.MustBeOpenAsync(entity, cancel);
            var chain = await work.Db.ChainAsync(entity, id, cancel);
            chain.MustBe(seen, "chain");
            chain.Change(input);
            await StartChain.MustBeFreeAsync(work, chain, cancel);
        }, new ActNote("chain", id.Value), cancel);
}
