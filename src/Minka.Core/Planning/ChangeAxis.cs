using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Planning;

[UseCase]
public sealed class ChangeAxis(Writer writer)
{
    /// <param name="seen">Version that the editor saw; null to overwrite on purpose.</param>
    public Task ExecuteAsync(EntityId entity, StrategyId id, AxisId axisId, AxisInput input, int? seen, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("strategy.change-axis", actor, async work =>
        {
            var strategy = await work.Db.StrategyAsync(entity, id, cancel);
            strategy.MustBeEditable();
            var axis = await work.Db.Axes.SingleOrDefaultAsync(a => a.Id == axisId && a.StrategyId == id, cancel) ?? throw new NotFound("axis", axisId.Value);
            axis.MustBe(seen, "axis");
            axis.Change(input);
            if (await work.Db.Axes.AnyAsync(a => a.StrategyId == id && a.Code == axis.Code && a.Id != axisId, cancel)) throw new RuleBroken(PlanningRules.AxisCodeTaken, axis.Code);
        }, new ActNote("strategy", id.Value), cancel);
}
