using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Applications;

/// <summary>The office takes an application out for falsity, and says why.</summary>
[UseCase]
public sealed class DisqualifyApplication(Writer writer)
{
    public Task ExecuteAsync(ApplicationId id, string why, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("application.disqualify", actor, async work =>
        {
            if (string.IsNullOrWhiteSpace(why)) throw new RuleBroken(ApplicationsRules.WhyMissing);
            var application = await work.ApplicationAsync(id, cancel);
            application.Disqualify(work.Now);
            work.Happened(new ApplicationDisqualified(id, application.CallId));
        }, new ActNote(Application.Subject, id.Value, why), cancel);
}
