using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Register;

namespace Minka.Core.Applications;

/// <summary>Tells the management that its application came in; of the content not a word.</summary>
sealed class SubmissionNotice : IEventHandler<ApplicationSubmitted>
{
    public async Task HandleAsync(ApplicationSubmitted happened, Work work)
    {
        if (await work.Db.Applications.FindAsync(happened.ApplicationId) is not { } application
            || await work.Db.Calls.Where(c => c.Id == happened.CallId).Select(c => c.Title).SingleOrDefaultAsync() is not { } call) return;
        await Outbox.NotifyAsync(work, await Outbox.HoldersAsync(work, Role.Manager, Scope.OfEntity(application.EntityId.Value)),
            "application-received", [call], $"/postulaciones/{application.Id.Value}/constancia");
    }
}
