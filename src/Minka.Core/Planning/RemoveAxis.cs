using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Planning;

[UseCase]
public sealed class RemoveAxis(Writer writer)
{
    public Task ExecuteAsync(EntityId entity, StrategyId id, AxisId axisId, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("strategy.remove-axis", actor, async work =>
        {
            var strategy = await work.Db.StrategyAsync(entity, id, cancel);
            strategy.MustBeEditable();
            var axis = await work.Db.Axes.SingleOrDefaultAsync(a => a.Id == axisId && a.StrategyId == id, cancel) ?? throw new NotFound("axis", axisId.Value);
            var uses = await work.Db.Projects.CountAsync(p => p.AxisId == axisId, cancel);
            if (uses > 0) throw new RuleBroken(PlanningRules.AxisInUse, axis.Name, uses);
            work.Db.Axes.Remove(axis);
        }, new ActNote("strategy", id.Value), cancel);
}
