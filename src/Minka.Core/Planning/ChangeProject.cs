using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Planning.Bank;
using Minka.Core.Register;
using Minka.Core.Territories;

namespace Minka.Core.Planning;

[UseCase]
public sealed class ChangeProject(Writer writer, Country? country = null)
{
    /// <param name="seen">Version that the editor saw; null to overwrite on purpose.</param>
    public Task ExecuteAsync(ProgrammeId id, ProjectId projectId, ProjectInput input, int? seen, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("programme.change-project", actor, async work =>
        {
            var programme = await work.Db.ProgrammeAsync(id, cancel);
            var project = await work.Db.ProjectAsync(id, projectId, cancel);
            project.MustBe(seen, "project");
            project.Change(string.IsNullOrWhiteSpace(input.Code) ? project.Code : input.Code, input);
            var others = await work.Db.Projects.Where(p => p.ProgrammeId == id && p.Id != projectId).ToListAsync(cancel);
            await BankChecks.PlacesAsync(work.Db, country, project, cancel);
            await ProjectChecks.PrecedenceAsync(work.Db, project, cancel);
            ProjectChecks.Check(programme, project, others, await ProjectChecks.AxesAsync(work.Db, programme, cancel));
        }, new ActNote("programme", id.Value), cancel);
}
