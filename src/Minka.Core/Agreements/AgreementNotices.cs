using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Register;

namespace Minka.Core.Agreements;

/// <summary>Tells the management that its agreement waits for approval.</summary>
sealed class AgreementNotice : IEventHandler<AgreementDrafted>
{
    public async Task HandleAsync(AgreementDrafted happened, Work work)
    {
        if (await work.Db.Agreements.FindAsync(happened.Agreement) is not { } agreement) return;
        await Outbox.NotifyAsync(work, await Outbox.HoldersAsync(work, Role.Manager, Scope.OfEntity(agreement.EntityId.Value)),
            "agreement", [agreement.Number, agreement.SignUntil], $"/convenios/{agreement.Id.Value}");
    }
}
