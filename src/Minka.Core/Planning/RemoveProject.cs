using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning.Appraisals;
using Minka.Core.Register;

namespace Minka.Core.Planning;

/// <summary>
/// Deletes a project of a programme with all that is written of it; projects that came after it no longer wait for it. Frozen versions keep it.
/// Who only wants it out of the programme gives it back to the bank instead (<see cref="Bank.ReturnToBank"/>).
/// </summary>
[UseCase]
public sealed class RemoveProject(Writer writer)
{
    public Task ExecuteAsync(ProgrammeId id, ProjectId projectId, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("programme.remove-project", actor, async work => await DeleteAsync(work, await work.Db.ProjectAsync(id, projectId, cancel), cancel), new ActNote("programme", id.Value), cancel);

    /// <summary>Row by row: what a cascade of the database deletes, the register would not see.</summary>
    internal static async Task DeleteAsync(Work work, Project project, CancellationToken cancel)
    {
        var id = project.Id;
        if (await work.Db.Projects.Where(p => p.RootId == id && p.Id != id).Select(p => p.Code).FirstOrDefaultAsync(cancel) is { } copy) throw new RuleBroken(PlanningRules.HasCopies, project.Code, copy);
        work.Db.CostLines.RemoveRange(await work.Db.CostLines.Where(l => l.ProjectId == id).ToListAsync(cancel));
        if (await work.Db.ProjectSheets.SingleOrDefaultAsync(s => s.ProjectId == id, cancel) is { } sheet) work.Db.ProjectSheets.Remove(sheet);
        if (await work.Db.Appraisals.SingleOrDefaultAsync(a => a.ProjectId == id, cancel) is { } appraisal) work.Db.Appraisals.Remove(appraisal);
        foreach (var other in await work.Db.Projects.Where(p => p.EntityId == project.EntityId && p.Id != id).ToListAsync(cancel))
        {
            if (other.After.Contains(id)) other.Forget(id);
        }
        work.Db.Projects.Remove(project);
    }
}
