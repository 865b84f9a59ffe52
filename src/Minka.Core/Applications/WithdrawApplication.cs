using Minka.Core.Database;
using Minka.Core.Register;

namespace Minka.Core.Applications;

/// <summary>The entity takes its application back. Before the opening its content stays sealed for ever.</summary>
[UseCase]
public sealed class WithdrawApplication(Writer writer)
{
    public Task ExecuteAsync(ApplicationId id, string? why, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("application.withdraw", actor, async work =>
        {
            var application = await work.ApplicationAsync(id, cancel);
            application.Withdraw(work.Now);
            work.Happened(new ApplicationWithdrawn(id, application.CallId));
        }, new ActNote(Application.Subject, id.Value, string.IsNullOrWhiteSpace(why) ? null : why.Trim()), cancel);
}
