using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Register;

namespace Minka.Core.Agreements;

/// <summary>Agreements that wait for the approval of the fund or of the entity, or for their signed document.</summary>
public static class AgreementsTray
{
    public static async Task<IReadOnlyList<TrayItem>> ReadAsync(AppDb db, TrayOf tray, CancellationToken cancel)
    {
        var funds = tray.In(Role.Operator).Select(FundId.From).ToList();
        var entities = tray.In(Role.Manager).Select(EntityId.From).ToList();
        if (funds.Count == 0 && entities.Count == 0) return [];
        var waiting = await db.Agreements
            .Where(a => a.State == AgreementState.Draft && ((funds.Contains(a.FundId) && a.FundApprovedAt == null) || (entities.Contains(a.EntityId) && a.EntityApprovedAt == null)))
            .OrderBy(a => a.DraftedAt).Take(50).Select(a => new { a.Id, a.Number, a.Holder, a.DraftedAt, a.SignUntil }).ToListAsync(cancel);
        // Approved by both, and without legal effect until signed evidence is attached.
        var signed = db.Signatures.Where(s => s.SubjectKind == Agreement.Subject);
        var unsigned = await db.Agreements
            .Where(a => a.State == AgreementState.Concluded && funds.Contains(a.FundId) && !signed.Any(s => s.SubjectId == (Guid)(object)a.Id))
            .OrderBy(a => a.DraftedAt).Take(50).Select(a => new { a.Id, a.Number, a.Holder, a.DraftedAt, a.FundApprovedAt, a.EntityApprovedAt }).ToListAsync(cancel);
        return
        [
            .. waiting.Select(a => new TrayItem("tray.agreement.approve", [a.Number, a.Holder], $"/convenios/{a.Id.Value}", a.DraftedAt, a.SignUntil)),
            .. unsigned.Select(a => new TrayItem("tray.agreement.sign", [a.Number, a.Holder], $"/convenios/{a.Id.Value}", a.EntityApprovedAt > a.FundApprovedAt ? a.EntityApprovedAt.Value : a.FundApprovedAt ?? a.DraftedAt)),
        ];
    }
}
