using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;

namespace Minka.Core.Fund;

/// <summary>An entity's accreditations to renew, as clocks beside its own.</summary>
public static class AccreditationClocks
{
    /// <summary>Days before its end from which an accreditation is to be renewed: our own proposal, time for an assembly and for the fund.</summary>
    public const int RenewalDays = 90;

    public static async Task<IReadOnlyList<MandateClock>> ReadAsync(AppDb db, EntityId entity, DateOnly today, CancellationToken cancel = default)
    {
        var rows = await (from a in db.Accreditations
                          where a.EntityId == entity && a.RevokedAt == null
                          join f in db.Funds on a.FundId equals f.Id
                          select new { a.Id, f.Name, f.Slug, a.ValidFrom, a.ValidTo }).ToListAsync(cancel);
        var ids = rows.ConvertAll(r => r.Id);
        var suspended = (await db.AccreditationStops.Where(s => ids.Contains(s.AccreditationId) && s.LiftedAt == null).Select(s => s.AccreditationId).ToListAsync(cancel)).ToHashSet();
        var clocks = new List<MandateClock>();
        foreach (var fund in rows.GroupBy(r => (r.Name, r.Slug)).OrderBy(g => g.Key.Name, StringComparer.Ordinal))
        {
            var last = fund.MaxBy(r => r.ValidTo)!;
            var page = $"/fondos/{fund.Key.Slug}/acreditaciones";
            if (fund.Any(r => suspended.Contains(r.Id) && r.ValidFrom <= today && today <= r.ValidTo)) clocks.Add(new("accreditation-suspended", ClockLight.Late, today, last.ValidTo, page, fund.Key.Name));
            else if (last.ValidTo < today) clocks.Add(new("accreditation-expired", ClockLight.Late, last.ValidTo.AddDays(1), last.ValidTo, page, fund.Key.Name, last.ValidTo));
            else if (last.ValidTo < today.AddDays(RenewalDays)) clocks.Add(new("accreditation-near", ClockLight.Near, last.ValidTo.AddDays(-RenewalDays), last.ValidTo, page, fund.Key.Name, last.ValidTo));
            else clocks.Add(new("accreditation", ClockLight.OnTime, today, last.ValidTo, page, fund.Key.Name, last.ValidTo));
        }
        return clocks;
    }
}
