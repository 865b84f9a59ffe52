using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;

namespace Minka.Core.Fund;

/// <summary>A fund's word that an entity may apply, from a day to a day, given on the composition that it had.</summary>
public sealed class Accreditation : IVersioned
{
    public required AccreditationId Id { get; init; }

    public required FundId FundId { get; init; }

    public required EntityId EntityId { get; init; }

    public required DateOnly ValidFrom { get; init; }

    /// <summary>Last day, included.</summary>
    public required DateOnly ValidTo { get; init; }

    /// <summary>The entity's composition on the day of the act, with the reasons.</summary>
    public required CompositionReport Composition { get; init; }

    public required DateTime At { get; init; }

    public DateTime? RevokedAt { get; private set; }

    public string? RevokedWhy { get; private set; }

    public int Version { get; private set; }

    public bool IsInForceOn(DateOnly day) => ValidFrom <= day && day <= ValidTo && Stands(RevokedAt, day);

    internal static bool Stands(DateTime? revokedAt, DateOnly day) => revokedAt is not { } at || LegalTime.DayIn(at) > day;

    public void Revoke(string why, DateTime now)
    {
        if (string.IsNullOrWhiteSpace(why)) throw new RuleBroken(FundRules.WhyMissing);
        if (RevokedAt is not null || ValidTo < LegalTime.DayIn(now)) throw new RuleBroken(FundRules.AccreditationEnded, ValidTo);
        (RevokedAt, RevokedWhy) = (now, why.Trim());
    }
}

public static class Accreditations
{
    /// <summary>The accreditation of an entity that is in force on a day, or null.</summary>
    public static async Task<Accreditation?> FindInForceAsync(AppDb db, FundId fund, EntityId entity, DateOnly day, CancellationToken cancel = default) =>
        (await db.Accreditations.Where(a => a.FundId == fund && a.EntityId == entity && a.ValidFrom <= day && a.ValidTo >= day).ToListAsync(cancel))
            .FirstOrDefault(a => a.IsInForceOn(day));

    /// <summary>Last day of the accreditation that is in force on a day, or null: without the composition that it was given on.</summary>
    public static async Task<DateOnly?> UntilAsync(AppDb db, FundId fund, EntityId entity, DateOnly day, CancellationToken cancel = default) =>
        (await db.Accreditations.Where(a => a.FundId == fund && a.EntityId == entity && a.ValidFrom <= day && a.ValidTo >= day).Select(a => new { a.ValidTo, a.RevokedAt }).ToListAsync(cancel))
            .FirstOrDefault(a => Accreditation.Stands(a.RevokedAt, day))?.ValidTo;

    /// <summary>How many active entities a fund has accredited that may apply on a day.</summary>
    public static Task<int> CountInForceAsync(AppDb db, FundId fund, DateOnly day, CancellationToken cancel = default)
    {
        var (accreditations, nextDay) = (db.Accreditations, Deadline.EndOf(day).ClosesAt);
        return db.CoordinationEntities.CountAsync(e => e.State == Entities.EntityState.Active
            && accreditations.Any(a => a.FundId == fund && a.EntityId == e.Id && a.ValidFrom <= day && a.ValidTo >= day && (a.RevokedAt == null || a.RevokedAt >= nextDay)), cancel);
    }

    /// <summary>The entities that a fund has accredited and that may apply on a day, with their provinces.</summary>
    public static async Task<IReadOnlyList<CoordinationEntity>> EntitiesInForceAsync(AppDb db, FundId fund, DateOnly day, CancellationToken cancel = default)
    {
        var accredited = (await db.Accreditations.AsNoTracking().Where(a => a.FundId == fund && a.ValidFrom <= day && a.ValidTo >= day).ToListAsync(cancel))
            .Where(a => a.IsInForceOn(day)).Select(a => a.EntityId).Distinct().ToList();
        return await db.CoordinationEntities.AsNoTracking().Where(e => accredited.Contains(e.Id) && e.State == Entities.EntityState.Active).OrderBy(e => e.Name).ToListAsync(cancel);
    }
}
