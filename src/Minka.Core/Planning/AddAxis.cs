using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Planning;

[UseCase]
public sealed class AddAxis(Writer writer)
{
    public Task<AxisId> ExecuteAsync(EntityId entity, StrategyId id, AxisInput input, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("strategy.add-axis", actor, async work =>
        {
            var strategy = await work.Db.StrategyAsync(entity, id, cancel);
            strategy.MustBeEditable();
            var axis = Axis.Add(work.NewId<AxisId>(), id, input);
            if (await work.Db.Axes.AnyAsync(a => a.StrategyId == id && a.Code == axis.Code, cancel)) throw new RuleBroken(PlanningRules.AxisCodeTaken, axis.Code);
            work.Db.Axes.Add(axis);
            return axis.Id;
        }, new ActNote("strategy", id.Value), cancel);
}
