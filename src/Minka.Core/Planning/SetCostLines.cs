using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
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
            var project = await work.Db.ProjectAsync(id, projectId, cancel);
            project.MustBe(seen, "project");
            await SetAsync(work, project, plannedCost, inputs, cancel);
        }, new ActNote("programme", id.Value), cancel);

    /// <summary>The same of any project of an entity, in the bank or in a programme.</summary>
    public Task ExecuteAsync(EntityId entity, ProjectId projectId, Money? plannedCost, IReadOnlyList<CostLineInput> inputs, int? seen, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("programme.set-cost-lines", actor, async work =>
        {
            var project = await work.Db.ProjectOfAsync(entity, projectId, cancel);
            project.MustBe(seen, "project");
            await SetAsync(work, project, plannedCost, inputs, cancel);
        }, new ActNote("entity", entity.Value), cancel);

    static async Task SetAsync(Work work, Project project, Money? plannedCost, IReadOnlyList<CostLineInput> inputs, CancellationToken cancel)
    {
        if (inputs.Count > PlanningRules.MostLines) throw new RuleBroken(PlanningRules.TooManyLines, PlanningRules.MostLines);
        var lines = await work.Db.CostLines.Where(l => l.ProjectId == project.Id).OrderBy(l => l.Order).ToListAsync(cancel);
        for (var i = 0; i < inputs.Count; i++)
        {
            if (i < lines.Count) lines[i].Change(inputs[i]);
            else work.Db.CostLines.Add(CostLine.Add(work.NewId<CostLineId>(), project.Id, i + 1, inputs[i]));
        }
        work.Db.CostLines.RemoveRange(lines.Skip(inputs.Count));
        if (plannedCost is { } cost) project.Plan(cost);
        project.LinesChanged();
    }
}
