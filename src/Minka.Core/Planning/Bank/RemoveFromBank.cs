using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Planning.Bank;

/// <summary>Deletes an idea that was kept by mistake. What went further is discarded instead, and stays.</summary>
[UseCase]
public sealed class RemoveFromBank(Writer writer)
{
    public Task ExecuteAsync(EntityId entity, ProjectId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("bank.remove-project", actor, async work =>
        {
            var project = await work.Db.ProjectOfAsync(entity, id, cancel);
            if (project.ProgrammeId is not null || project.Stage != ProjectStage.Idea || await work.Db.DuplicateDecisions.AnyAsync(d => d.FirstId == id || d.SecondId == id, cancel))
                throw new RuleBroken(PlanningRules.NotRemovable, project.Code);
            await RemoveProject.DeleteAsync(work, project, cancel);
        }, new ActNote("entity", entity.Value), cancel);
}
