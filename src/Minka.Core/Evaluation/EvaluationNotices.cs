using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Register;

namespace Minka.Core.Evaluation;

/// <summary>Tells the management that there are findings and until when they may be cured.</summary>
sealed class FindingsNotice : IEventHandler<FindingsTold>
{
    public async Task HandleAsync(FindingsTold happened, Work work)
    {
        if (await work.Db.Applications.FindAsync(happened.Application) is not { } application) return;
        await Outbox.NotifyAsync(work, await Outbox.HoldersAsync(work, Role.Manager, Scope.OfEntity(application.EntityId.Value)),
            "findings", [application.Code ?? "", happened.CureUntil], $"/postulaciones/{application.Id.Value}");
    }
}
