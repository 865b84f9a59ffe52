using Microsoft.EntityFrameworkCore;
using Minka.Core.Applications;
using Minka.Core.Awards;
using Minka.Core.Database;
using Minka.Core.Ledger;
using Minka.Core.Register;

namespace Minka.Core.Agreements;

/// <summary>
/// An awarded application that is disqualified loses its agreement, concluded or not: the money that it had committed is
/// released, and the reserve list is called, all in the act of the disqualification.
/// </summary>
public sealed class VoidAgreement : IEventHandler<ApplicationDisqualified>
{
    public async Task HandleAsync(ApplicationDisqualified happened, Work work)
    {
        var application = happened.ApplicationId;
        var agreement = await work.Db.Agreements.SingleOrDefaultAsync(a => a.ApplicationId == application && a.State != AgreementState.Lapsed);
        if (agreement is null) return;
        var committed = agreement.State == AgreementState.Concluded;
        agreement.Void(work.Act.Why ?? "");
        if (committed) await LedgerBook.ReleaseAsync(work, agreement.CallId.Value, agreement.Id.Value, agreement.Amount);
        work.Happened(new AgreementLapsed(agreement.Id, application, agreement.Amount, Declined: false));
        var line = await work.Db.AwardLines.SingleAsync(l => l.RunId == agreement.RunId && l.ApplicationId == application);
        await Reserve.PromoteAsync(work, agreement.RunId, [line.Code], CancellationToken.None);
    }
}
