using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Register;

namespace Minka.Core.Planning.Bank;

/// <summary>Takes a project one step on, back or out, as <see cref="Project.Table"/> allows.</summary>
[UseCase]
public sealed class ChangeStage(Writer writer)
{
    /// <param name="verb">A verb of the table.</param>
    /// <param name="seen">Version of the project that the editor saw.</param>
    public Task ExecuteAsync(EntityId entity, ProjectId id, string verb, int? seen, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("bank.change-stage", actor, async work =>
        {
            var project = await work.Db.ProjectOfAsync(entity, id, cancel);
            project.MustBe(seen, "project");
            var before = project.Stage;
            project.Move(verb);
            work.Happened(new ProjectStageChanged(id, before, project.Stage));
        }, new ActNote("entity", entity.Value), cancel);
}
