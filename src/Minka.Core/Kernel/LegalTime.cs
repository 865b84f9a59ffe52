using System.Diagnostics.CodeAnalysis;

namespace Minka.Core.Kernel;

/// <summary>Legal time of Peru. America/Lima has had no daylight saving since 1994: a fixed −05:00 where the zone is not installed.</summary>
public static class LegalTime
{
    public static readonly TimeZoneInfo Lima = Find();

    /// <summary>The UTC instant of a wall time in Lima.</summary>
    public static DateTime ToUtc(DateOnly day, TimeOnly time) =>
        TimeZoneInfo.ConvertTimeToUtc(day.ToDateTime(time, DateTimeKind.Unspecified), Lima);

    /// <summary>Wall time in Lima of a UTC instant.</summary>
    public static DateTime ToLima(DateTime utc) => TimeZoneInfo.ConvertTimeFromUtc(AsUtc(utc), Lima);

    /// <summary>The day in Lima of a UTC instant.</summary>
    public static DateOnly DayIn(DateTime utc) => DateOnly.FromDateTime(ToLima(utc));

    /// <summary>Now, as a UTC <see cref="DateTime"/> cut to whole milliseconds (what both databases keep alike).</summary>
    public static DateTime UtcInstant(this TimeProvider time)
    {
        var now = time.GetUtcNow().UtcDateTime;
        return new DateTime(now.Ticks - (now.Ticks % TimeSpan.TicksPerMillisecond), DateTimeKind.Utc);
    }

    static DateTime AsUtc(DateTime utc) => utc.Kind == DateTimeKind.Utc ? utc : DateTime.SpecifyKind(utc, DateTimeKind.Utc);

    [SuppressMessage("Design", "CA1031", Justification = "any failure to find the zone has the same remedy")]
    static TimeZoneInfo Find()
    {
        try
        {
            return TimeZoneInfo.FindSystemTimeZoneById("America/Lima");
        }
        catch (Exception)
        {
            return TimeZoneInfo.CreateCustomTimeZone("America/Lima", TimeSpan.FromHours(-5), "America/Lima", "America/Lima");
        }
    }
}

/// <summary>
/// A closing instant. The window before it is half-open: an act at 16:59:59.999 is in time, one at 17:00:00.000 is late.
/// </summary>
/// <param name="ClosesAt">UTC.</param>
public readonly record struct Deadline(DateTime ClosesAt)
{
    public static Deadline At(DateOnly day, TimeOnly limaTime) => new(LegalTime.ToUtc(day, limaTime));

    /// <summary>The end of a day in Lima: the first instant of the next one.</summary>
    public static Deadline EndOf(DateOnly day) => At(day.AddDays(1), TimeOnly.MinValue);

    public bool IsOpenAt(DateTime utc) => utc < ClosesAt;

    public bool HasPassedAt(DateTime utc) => utc >= ClosesAt;

    public DateOnly Day => LegalTime.DayIn(ClosesAt);
}
