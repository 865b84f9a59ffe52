using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;

namespace Minka.Core.Fund;

/// <summary>A fund's word that an entity may apply, from a day to a day, given on the composition that it had.</summary>
public sealed class Accreditation : IVersioned
{
    const string Operator = "operator", Clock = "clock";

    public static readonly Transitions<AccreditationState> Table = new("accreditation",
        new(AccreditationState.Future, "begin", AccreditationState.InForce, Clock),
        new(AccreditationState.InForce, "suspend", AccreditationState.Suspended, Operator),
        new(AccreditationState.Suspended, "resume", AccreditationState.InForce, Operator),
        new(AccreditationState.InForce, "expire", AccreditationState.Expired, Clock),
        new(AccreditationState.Suspended, "expire", AccreditationState.Expired, Clock),
        new(AccreditationState.InForce, "revoke", AccreditationState.Revoked, Operator),
        new(AccreditationState.Suspended, "revoke", AccreditationState.Revoked, Operator),
        new(AccreditationState.Future, "revoke", AccreditationState.Revoked, Operator));

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

    /// <summary>Where it stands on a day, with its suspensions.</summary>
    public AccreditationState StateOn(DateOnly day, IEnumerable<AccreditationStop> stops) =>
        !Stands(RevokedAt, day) ? AccreditationState.Revoked
        : ValidTo < day ? AccreditationState.Expired
        : ValidFrom > day ? AccreditationState.Future
        : stops.Any(s => s.AccreditationId == Id && s.HoldsOn(day)) ? AccreditationState.Suspended
        : AccreditationState.InForce;

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
    /// <summary>Within its days and not suspended; whether it was revoked is asked of <see cref="Accreditation.Stands"/>.</summary>
    static IQueryable<Accreditation> On(AppDb db, FundId fund, DateOnly day)
    {
        var stops = db.AccreditationStops;
        var next = LegalTime.ToUtc(day.AddDays(1), TimeOnly.MinValue);
        return db.Accreditations.Where(a => a.FundId == fund && a.ValidFrom <= day && a.ValidTo >= day
            && !stops.Any(s => s.AccreditationId == a.Id && s.At < next && (s.LiftedAt == null || s.LiftedAt >= next)));
    }

    /// <summary>The accreditation of an entity that is in force on a day, or null.</summary>
    public static async Task<Accreditation?> FindInForceAsync(AppDb db, FundId fund, EntityId entity, DateOnly day, CancellationToken cancel = default) =>
        (await On(db, fund, day).Where(a => a.EntityId == entity).ToListAsync(cancel)).FirstOrDefault(a => a.IsInForceOn(day));

    /// <summary>Last day of the accreditation that is in force on a day, or null: without the composition that it was given on.</summary>
    public static async Task<DateOnly?> UntilAsync(AppDb db, FundId fund, EntityId entity, DateOnly day, CancellationToken cancel = default) =>
        (await On(db, fund, day).Where(a => a.EntityId == entity).Select(a => new { a.ValidTo, a.RevokedAt }).ToListAsync(cancel))
            .FirstOrDefault(a => Accreditation.Stands(a.RevokedAt, day))?.ValidTo;

    /// <summary>How many active entities a fund has accredited that may apply on a day.</summary>
    public static Task<int> CountInForceAsync(AppDb db, FundId fund, DateOnly day, CancellationToken cancel = default)
    {
        var (inDays, nextDay) = (On(db, fund, day), Deadline.EndOf(day).ClosesAt);
        return db.CoordinationEntities.CountAsync(e => e.State == Entities.EntityState.Active
            && inDays.Any(a => a.EntityId == e.Id && (a.RevokedAt == null || a.RevokedAt >= nextDay)), cancel);
    }

    /// <summary>The entities that a fund has accredited and that may apply on a day, with their provinces.</summary>
    public static async Task<IReadOnlyList<CoordinationEntity>> EntitiesInForceAsync(AppDb db, FundId fund, DateOnly day, CancellationToken cancel = default)
    {
        var accredited = (await On(db, fund, day).AsNoTracking().ToListAsync(cancel)).Where(a => a.IsInForceOn(day)).Select(a => a.EntityId).Distinct().ToList();
        return await db.CoordinationEntities.AsNoTracking().Where(e => accredited.Contains(e.Id) && e.State == Entities.EntityState.Active).OrderBy(e => e.Name).ToListAsync(cancel);
    }
}
