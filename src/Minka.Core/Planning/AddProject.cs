using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning.Bank;
using Minka.Core.Register;
using Minka.Core.Territories;

namespace Minka.Core.Planning;

[UseCase]
public sealed class AddProject(Writer writer, Country? country = null)
{
    public Task<ProjectId> ExecuteAsync(ProgrammeId id, ProjectInput input, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("programme.add-project", actor, async work =>
        {
            var programme = await work.Db.ProgrammeAsync(id, cancel);
            var others = await work.Db.Projects.Where(p => p.ProgrammeId == id).ToListAsync(cancel);
            if (others.Count >= PlanningRules.MostProjects) throw new RuleBroken(PlanningRules.TooManyProjects, PlanningRules.MostProjects);
            var code = string.IsNullOrWhiteSpace(input.Code) ? ProjectChecks.NextCode(others) : input.Code;
            var project = Project.Add(work.NewId<ProjectId>(), programme, code, input);
            await BankChecks.PlacesAsync(work.Db, country, project, cancel);
            await ProjectChecks.PrecedenceAsync(work.Db, project, cancel);
            ProjectChecks.Check(programme, project, others, await ProjectChecks.AxesAsync(work.Db, programme, cancel));
            work.Db.Projects.Add(project);
            work.Db.ProjectSheets.Add(ProjectSheet.Of(project, new()));
            return project.Id;
        }, new ActNote("programme", id.Value), cancel);
}
