using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Register;

namespace Minka.Core.Applications;

/// <summary>Binds what is being written to another version of a programme of the same entity.</summary>
[UseCase]
public sealed class ChooseVersion(Writer writer)
{
    public Task ExecuteAsync(ApplicationId id, ProgrammeVersionId version, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("application.choose-version", actor, async work =>
        {
            var application = await work.ApplicationAsync(id, cancel);
            await work.MustTakeApplicationsAsync(application.CallId, cancel);
            if (!await work.Db.ProgrammeVersions.AnyAsync(v => v.Id == version && v.EntityId == application.EntityId, cancel)) throw new RuleBroken(ApplicationsRules.VersionOfAnother);
            await work.MustBeAnotherProgrammeAsync(application.CallId, application.EntityId, id, version, cancel);
            application.Choose(version);
            work.Happened(new DraftSaved(id));
        }, new ActNote(Application.Subject, id.Value), cancel);
}
