using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Planning;

/// <summary>Replaces the whole table of costs of a project at once.</summary>
[UseCase]
public sealed class SetCostLines(Writer writer)
{
    /// <param name="plannedCost">The project's cost, where the same form changes it; null leaves it.</param>
    /// <param name="seen">Version of the project that the editor saw; null to overwrite on purpose.</param>
    public Task ExecuteAsync(ProgrammeId id, ProjectId projectId, Money? plannedCost, IReadOnlyList<CostLineInput> inputs, int? seen, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("programme.set-cost-lines", actor, async work =>
        {
            if (inputs.Count > PlanningRules.MostLines) throw new RuleBroken(PlanningRules.TooManyLines, PlanningRules.MostLines);
            var project = await work.Db.ProjectAsync(id, projectId, cancel);
            project.MustBe(seen, "project");
            var lines = await work.Db.CostLines.Where(l => l.ProjectId == projectId).OrderBy(l => l.Order).ToListAsync(cancel);
            for (var i = 0; i < inputs.Count; i++)
            {
                if (i < lines.Count) lines[i].Change(inputs[i]);
                else work.Db.CostLines.Add(CostLine.Add(work.NewId<CostLineId>(), projectId, i + 1, inputs[i]));
            }
            work.Db.CostLines.RemoveRange(lines.Skip(inputs.Count));
            if (plannedCost is { } cost) project.Plan(cost);
            project.LinesChanged();
        }, new ActNote("programme", id.Value), cancel);
}
