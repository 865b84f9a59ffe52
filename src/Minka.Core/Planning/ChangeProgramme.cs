using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Planning;

[UseCase]
public sealed class ChangeProgramme(Writer writer)
{
    /// <summary>Moving to another strategy of the entity, projects follow to the axis with the same code; where there is none they are left without axis.</summary>
    /// <param name="seen">Version that the editor saw; null to overwrite on purpose.</param>
    public Task ExecuteAsync(ProgrammeId id, ProgrammeInput input, int? seen, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("programme.change", actor, async work =>
        {
            var programme = await work.Db.ProgrammeAsync(id, cancel);
            programme.MustBe(seen, "programme");
            if (programme.StrategyId != input.StrategyId)
            {
                if (!await work.Db.Strategies.AnyAsync(s => s.Id == input.StrategyId && s.EntityId == programme.EntityId, cancel)) throw new RuleBroken(PlanningRules.StrategyOfAnother);
                var before = await work.Db.Axes.Where(a => a.StrategyId == programme.StrategyId).ToDictionaryAsync(a => a.Id, a => a.Code, cancel);
                var after = await work.Db.Axes.Where(a => a.StrategyId == input.StrategyId).ToDictionaryAsync(a => a.Code, a => a.Id, cancel);
                foreach (var project in await work.Db.Projects.Where(p => p.ProgrammeId == id && p.AxisId != null).ToListAsync(cancel))
                    project.MoveTo(after.TryGetValue(before[project.AxisId!.Value], out var axis) ? axis : null);
            }
            programme.Change(input);
        }, new ActNote("programme", id.Value), cancel);
}
