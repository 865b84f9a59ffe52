using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning.Appraisals;
using Minka.Core.Register;

namespace Minka.Core.Planning.Bank;

/// <summary>
/// Takes a project of the territory into one of its programmes. Out of the bank it moves; out of another programme it is copied with its
/// sheet, costs and evaluation, and both keep the same root.
/// </summary>
[UseCase]
public sealed class TakeIntoProgramme(Writer writer)
{
    /// <returns>The project in the programme: the same, or its copy.</returns>
    public Task<ProjectId> ExecuteAsync(ProjectId id, ProgrammeId programmeId, AxisId? axis, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("bank.take-into-programme", actor, work => TakeAsync(work, id, programmeId, axis, cancel), new ActNote("programme", programmeId.Value), cancel);

    /// <summary>The same within the act of another use case.</summary>
    public async Task<ProjectId> TakeAsync(Work work, ProjectId id, ProgrammeId programmeId, AxisId? axis, CancellationToken cancel)
    {
        var db = work.Db;
        var programme = await db.ProgrammeAsync(programmeId, cancel);
        var project = await db.Projects.SingleOrDefaultAsync(p => p.Id == id, cancel) ?? throw new NotFound("project", id.Value);
        if (project.EntityId != programme.EntityId) throw new RuleBroken(PlanningRules.ProgrammeOfAnother);
        if (project.Stage is ProjectStage.Discarded or ProjectStage.Closed) throw new RuleBroken(PlanningRules.NotAlive, project.Code);
        var there = await db.Projects.Where(p => p.ProgrammeId == programmeId).ToListAsync(cancel);
        if (there.FirstOrDefault(p => p.RootId == project.RootId) is { } same) throw new RuleBroken(PlanningRules.AlreadyInProgramme, same.Code);
        if (there.Count >= PlanningRules.MostProjects) throw new RuleBroken(PlanningRules.TooManyProjects, PlanningRules.MostProjects);
        var code = there.Exists(p => string.Equals(p.Code, project.Code, StringComparison.OrdinalIgnoreCase)) ? ProjectChecks.NextCode(there) : project.Code;
        var taken = project;
        if (project.ProgrammeId is null)
        {
            project.MoveInto(programmeId, code, axis);
        }
        else
        {
            taken = project.CopyInto(work.NewId<ProjectId>(), programmeId, code, axis);
            taken.ComeAfter(await SameInAsync(db, project.After, there, cancel));
            db.Projects.Add(taken);
            var sheet = await db.ProjectSheets.SingleOrDefaultAsync(s => s.ProjectId == id, cancel);
            db.ProjectSheets.Add(ProjectSheet.Of(taken, sheet?.ToInput() ?? new()));
            if (await db.Appraisals.SingleOrDefaultAsync(a => a.ProjectId == id, cancel) is { } appraisal) db.Appraisals.Add(Appraisal.Of(taken, appraisal.ToInput()));
            var lines = await db.CostLines.Where(l => l.ProjectId == id).OrderBy(l => l.Order).ToListAsync(cancel);
            db.CostLines.AddRange(lines.Select(l => CostLine.Add(work.NewId<CostLineId>(), taken.Id, l.Order, l.ToInput())));
        }
        ProjectChecks.Check(programme, taken, there, await ProjectChecks.AxesAsync(db, programme, cancel));
        work.Happened(new ProjectTaken(taken.Id, taken.RootId, programmeId));
        return taken.Id;
    }

    /// <summary>What must come before, told by the copies that the programme has of it; what it has no copy of stays as it is.</summary>
    static async Task<IReadOnlyList<ProjectId>> SameInAsync(AppDb db, IReadOnlyList<ProjectId> before, List<Project> there, CancellationToken cancel)
    {
        if (before.Count == 0) return [];
        var roots = await db.Projects.Where(p => before.Contains(p.Id)).ToDictionaryAsync(p => p.Id, p => p.RootId, cancel);
        return [.. before.Select(b => roots.TryGetValue(b, out var root) && there.FirstOrDefault(p => p.RootId == root) is { } same ? same.Id : b)];
    }
}
