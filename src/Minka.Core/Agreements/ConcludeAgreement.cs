using Microsoft.EntityFrameworkCore;
using Minka.Core.Awards;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Ledger;
using Minka.Core.Register;

namespace Minka.Core.Agreements;

/// <summary>The approvals of the two parties. With the second one the money is committed in the ledger.</summary>
[UseCase]
public sealed class ConcludeAgreement(Writer writer)
{
    public Task ApproveByFundAsync(AgreementId id, Actor actor, CancellationToken cancel = default) =>
        ApproveAsync(id, "fund", (agreement, now) => agreement.ApproveByFund(now), actor, cancel);

    public Task ApproveByEntityAsync(AgreementId id, Actor actor, CancellationToken cancel = default) =>
        ApproveAsync(id, "entity", (agreement, now) => agreement.ApproveByEntity(now), actor, cancel);

    Task ApproveAsync(AgreementId id, string party, Action<Agreement, DateTime> approve, Actor actor, CancellationToken cancel) =>
        writer.ActAsync($"agreement.approve-{party}", actor, async work =>
        {
            var agreement = await work.Db.Agreements.SingleOrDefaultAsync(a => a.Id == id, cancel) ?? throw new NotFound("agreement", id.Value);
            approve(agreement, work.Now);
            work.Happened(new AgreementApproved(id, party, agreement.ContentDigest));
            if (agreement.State != AgreementState.Concluded) return;
            await LedgerBook.CommitAsync(work, agreement.CallId.Value, id.Value, agreement.Amount);
            work.Happened(new AgreementConcluded(id, agreement.ApplicationId, agreement.Amount, agreement.ContentDigest));
        }, new ActNote(Agreement.Subject, id.Value), cancel);
}

/// <summary>An agreement that is declined, or not concluded in time, lapses and the reserve list is called.</summary>
[UseCase]
public sealed class LapseAgreement(Writer writer)
{
    /// <returns>Codes of the applications promoted.</returns>
    public Task<IReadOnlyList<string>> ExecuteAsync(AgreementId id, string reason, bool declined, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("agreement.lapse", actor, async work =>
        {
            var agreement = await work.Db.Agreements.SingleOrDefaultAsync(a => a.Id == id, cancel) ?? throw new NotFound("agreement", id.Value);
            agreement.Lapse(reason, declined, work.Now);
            var line = await work.Db.AwardLines.SingleAsync(l => l.RunId == agreement.RunId && l.ApplicationId == agreement.ApplicationId, cancel);
            work.Happened(new AgreementLapsed(id, agreement.ApplicationId, agreement.Amount, declined));
            return await Reserve.PromoteAsync(work, agreement.RunId, [line.Code], cancel);
        }, new ActNote(Agreement.Subject, id.Value, reason), cancel);
}
