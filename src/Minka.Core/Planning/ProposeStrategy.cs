using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Planning.Writing;
using Minka.Core.Register;

namespace Minka.Core.Planning;

/// <summary>Takes the strategy to an assembly of its entity: locked from now on, so that what is voted is what was read.</summary>
[UseCase]
public sealed class ProposeStrategy(Writer writer)
{
    public Task<MotionId> ExecuteAsync(EntityId entity, StrategyId id, AssemblyId assembly, Actor actor, IReadOnlyList<Party>? touched = null, CancellationToken cancel = default) =>
        writer.ActAsync("strategy.propose", actor, async work =>
        {
            var strategy = await work.Db.StrategyAsync(entity, id, cancel);
            var content = await work.Db.StrategyContentAsync(strategy, cancel);
            strategy.Propose(content);
            await FreezeStrategy.ProposedAsync(work, strategy, content, cancel);
            work.Happened(new StrategyProposed(id, content.Digest()));
            return await PlanningMotions.ProposeAsync(work, entity, assembly, PlanningMotions.Of(content, touched), cancel);
        }, new ActNote("strategy", id.Value), cancel);
}
