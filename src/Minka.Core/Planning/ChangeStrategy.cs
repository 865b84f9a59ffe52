using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Register;

namespace Minka.Core.Planning;

[UseCase]
public sealed class ChangeStrategy(Writer writer)
{
    /// <param name="seen">Version that the editor saw; null to overwrite on purpose.</param>
    public Task ExecuteAsync(EntityId entity, StrategyId id, StrategyInput input, int? seen, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("strategy.change", actor, async work =>
        {
            var strategy = await work.Db.StrategyAsync(entity, id, cancel);
            strategy.MustBe(seen, "strategy");
            strategy.Change(input);
        }, new ActNote("strategy", id.Value), cancel);
}
