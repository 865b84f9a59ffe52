using System.Globalization;

namespace Minka.Web.Layout;

/// <summary>Days and times as people and browsers write them.</summary>
public static class TypedTime
{
    static readonly string[] DayForms = ["yyyy-MM-dd", "d/M/yyyy", "d-M-yyyy", "d.M.yyyy"];
    static readonly string[] TimeForms = ["H:mm", "H:mm:ss", "H.mm"];

    public static bool TryDay(string? text, out DateOnly day) =>
        DateOnly.TryParseExact(text?.Trim(), DayForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    /// <summary>A wall time by the page's clock ("2026-12-14T17:00", "14/12/2026 17:00") as a UTC instant.</summary>
    public static bool TryInstant(string? text, out DateTime utc)
    {
        utc = default;
        var parts = (text ?? "").Trim().Split(['T', ' '], 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        if (parts.Length != 2 || !TryDay(parts[0], out var day)
            || !TimeOnly.TryParseExact(parts[1], TimeForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var time))
            return false;
        utc = Format.Zone.ToUtc(day, time);
        return true;
    }

    /// <summary>A UTC instant as a field of a form holds it.</summary>
    public static string OfInstant(DateTime utc) => Format.Zone.ToWall(utc).ToString("yyyy-MM-ddTHH:mm", CultureInfo.InvariantCulture);

    public static string OfDay(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
