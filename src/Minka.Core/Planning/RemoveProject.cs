using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Register;

namespace Minka.Core.Planning;

/// <summary>Removes a project with its cost lines; projects that came after it no longer wait for it. Frozen versions keep it.</summary>
[UseCase]
public sealed class RemoveProject(Writer writer)
{
    public Task ExecuteAsync(ProgrammeId id, ProjectId projectId, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("programme.remove-project", actor, async work =>
        {
            var project = await work.Db.ProjectAsync(id, projectId, cancel);
            work.Db.CostLines.RemoveRange(await work.Db.CostLines.Where(l => l.ProjectId == projectId).ToListAsync(cancel));
            if (await work.Db.ProjectSheets.FindAsync([projectId], cancel) is { } sheet) work.Db.ProjectSheets.Remove(sheet);
            foreach (var other in await work.Db.Projects.Where(p => p.ProgrammeId == id && p.Id != projectId).ToListAsync(cancel))
            {
                if (other.After.Contains(projectId)) other.Forget(projectId);
            }
            work.Db.Projects.Remove(project);
        }, new ActNote("programme", id.Value), cancel);
}
