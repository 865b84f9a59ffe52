using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Register;

namespace Minka.Core.Planning;

/// <summary>Takes a proposed strategy back for correction. A motion that still names it no longer matches once it changes.</summary>
[UseCase]
public sealed class WithdrawStrategy(Writer writer)
{
    public Task ExecuteAsync(EntityId entity, StrategyId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("strategy.withdraw", actor, async work =>
        {
            var strategy = await work.Db.StrategyAsync(entity, id, cancel);
            strategy.Withdraw();
            work.Happened(new StrategyWithdrawn(id));
        }, new ActNote("strategy", id.Value), cancel);
}
