using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Applications;

/// <summary>
/// The office takes an application out for falsity, and says why. What it had won falls with it: agreements and reserve list
/// follow in the same act.
/// </summary>
[UseCase]
public sealed class DisqualifyApplication(Writer writer)
{
    /// <summary>From the opening on, and also after the award; not in a call that ended without one.</summary>
    public static bool MayIn(CallState state) => state is >= CallState.Opened and <= CallState.Awarded;

    public Task ExecuteAsync(ApplicationId id, string why, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("application.disqualify", actor, async work =>
        {
            if (string.IsNullOrWhiteSpace(why)) throw new RuleBroken(ApplicationsRules.WhyMissing);
            var application = await work.ApplicationAsync(id, cancel);
            var call = await work.Db.Calls.SingleAsync(c => c.Id == application.CallId, cancel);
            if (!MayIn(call.State)) throw new RuleBroken(ApplicationsRules.DisqualifyCallOver);
            application.Disqualify(work.Now);
            work.Happened(new ApplicationDisqualified(id, application.CallId));
        }, new ActNote(Application.Subject, id.Value, why), cancel);
}
