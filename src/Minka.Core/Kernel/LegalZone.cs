using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;

namespace Minka.Core.Kernel;

/// <summary>
/// The wall clock that binds a body, by its IANA name, summer time included. A wall time that the clock skips stands for the instant at
/// which it is as much later; one that it shows twice stands for the first of both, and as a deadline for the second, so that nobody is
/// late who reads the clock.
/// </summary>
/// <remarks>Sources: RFC 5545, 3.3.5, for both cases; the data are those of the system's tz database.</remarks>
public sealed class LegalZone
{
    static readonly ConcurrentDictionary<string, LegalZone?> Known = new(StringComparer.Ordinal);

    readonly TimeZoneInfo zone;

    LegalZone(TimeZoneInfo zone, string id) => (this.zone, Id) = (zone, id);

    public static LegalZone Lima { get; } = new(LegalTime.Lima, "America/Lima");

    /// <summary>"Europe/Madrid".</summary>
    public string Id { get; }

    /// <exception cref="RuleBroken">The system knows no such zone.</exception>
    public static LegalZone Of(string id) => TryFind(id, out var zone) ? zone : throw new RuleBroken("entity.zone-unknown", id);

    public static bool TryFind(string? id, [NotNullWhen(true)] out LegalZone? zone)
    {
        zone = id is null or "America/Lima" ? id is null ? null : Lima
            : Known.GetOrAdd(id, static i => i.Contains('/', StringComparison.Ordinal) && TimeZoneInfo.TryFindSystemTimeZoneById(i, out var found) ? new LegalZone(found, i) : null);
        return zone is not null;
    }

    /// <summary>Whether the clock never shows this wall time.</summary>
    public bool IsSkipped(DateOnly day, TimeOnly time) => zone.IsInvalidTime(day.ToDateTime(time));

    /// <summary>Whether the clock shows this wall time twice.</summary>
    public bool IsTwice(DateOnly day, TimeOnly time) => zone.IsAmbiguousTime(day.ToDateTime(time));

    /// <summary>The UTC instant of a wall time.</summary>
    /// <param name="later">Of a wall time that comes twice, the second instant instead of the first.</param>
    public DateTime ToUtc(DateOnly day, TimeOnly time, bool later = false)
    {
        var wall = day.ToDateTime(time, DateTimeKind.Unspecified);
        // Skipped: the offset that held before the clock was put forward.
        var offset = zone.IsInvalidTime(wall) ? zone.GetUtcOffset(wall.AddDays(-1))
            : zone.IsAmbiguousTime(wall) ? (later ? zone.GetAmbiguousTimeOffsets(wall).Min() : zone.GetAmbiguousTimeOffsets(wall).Max())
            : zone.GetUtcOffset(wall);
        return new DateTime(wall.Ticks - offset.Ticks, DateTimeKind.Utc);
    }

    /// <summary>The wall time of a UTC instant.</summary>
    public DateTime ToWall(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(utc.Kind == DateTimeKind.Utc ? utc : DateTime.SpecifyKind(utc, DateTimeKind.Utc), zone);

    /// <summary>The day that the wall calendar shows at a UTC instant.</summary>
    public DateOnly DayIn(DateTime utc) => DateOnly.FromDateTime(ToWall(utc));

    /// <summary>The first instant of a day: midnight, or when the clock skips midnight, what it shows instead.</summary>
    public DateTime StartOf(DateOnly day) => ToUtc(day, TimeOnly.MinValue);

    /// <summary>A wall time as a closing instant.</summary>
    public Deadline DeadlineAt(DateOnly day, TimeOnly time) => new(ToUtc(day, time, later: true));

    /// <summary>The end of a day: the first instant of the next one.</summary>
    public Deadline EndOf(DateOnly day) => new(StartOf(day.AddDays(1)));

    public override string ToString() => Id;
}
