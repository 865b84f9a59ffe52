using System.Globalization;
using Minka.Core.Kernel;

namespace Minka.Web;

/// <summary>Figures, dates and money as people read them: Spanish of Peru or English, by the language of the request.</summary>
public static class Format
{
    private const char Thin = '\u202F';
    private static readonly string[] Days = ["domingo", "lunes", "martes", "miércoles", "jueves", "viernes", "sábado"];
    private static readonly string[] Months =
        ["enero", "febrero", "marzo", "abril", "mayo", "junio", "julio", "agosto", "setiembre", "octubre", "noviembre", "diciembre"];
    private static readonly string[] ShortMonths = ["ene", "feb", "mar", "abr", "may", "jun", "jul", "ago", "set", "oct", "nov", "dic"];

    static readonly AsyncLocal<LegalZone?> Clocks = new();

    /// <summary>The clock by which a page tells and reads times: that of the entity it is about, else Lima's.</summary>
    public static LegalZone Zone
    {
        get => Clocks.Value ?? LegalZone.Lima;
        set => Clocks.Value = value;
    }

    public static bool English => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en";

    public static string Money(Money amount, string symbol = "S/") => Money(amount.Minor, symbol);

    public static string Plain(Money amount) => Plain(amount.Minor);

    public static string MoneyShort(Money amount, string symbol = "S/") => MoneyShort(amount.Minor, symbol);

    public static string Percent(BasisPoints rate) => Percent(rate.Value);

    /// <summary>Céntimos as "S/ 1 234 567.80".</summary>
    public static string Money(long minor, string symbol = "S/") => $"{symbol}{Thin}{Plain(minor)}";

    /// <summary>The amount without its currency, for table columns that name it in the heading.</summary>
    public static string Plain(long minor)
    {
        var absolute = minor < 0 ? unchecked(0UL - (ulong)minor) : (ulong)minor;
        return $"{(minor < 0 ? "−" : "")}{Grouped(absolute / 100)}.{absolute % 100:00}";
    }

    /// <summary>Short money for charts: "S/ 12.0 M", "S/ 350 mil".</summary>
    public static string MoneyShort(long minor, string symbol = "S/")
    {
        var soles = minor / 100m;
        var figure = Math.Abs(soles) switch
        {
            >= 1_000_000 => Number(soles / 1_000_000, 1) + Thin + "M",
            >= 10_000 => Number(soles / 1_000, 0) + Thin + (English ? "k" : "mil"),
            _ => Number(soles, 0),
        };
        return $"{symbol}{Thin}{figure}";
    }

    public static string Number(long value) => (value < 0 ? "−" : "") + Grouped(value < 0 ? unchecked(0UL - (ulong)value) : (ulong)value);

    public static string Number(decimal value, int places)
    {
        var rounded = decimal.Round(value, places, MidpointRounding.AwayFromZero);
        var text = Math.Abs(rounded).ToString("F" + places.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture);
        var dot = text.IndexOf('.', StringComparison.Ordinal);
        var whole = dot < 0 ? text : text[..dot];
        return (rounded < 0 ? "−" : "") + Group(whole) + (dot < 0 ? "" : text[dot..]);
    }

    public static string Number(double value, int places) =>
        double.IsFinite(value) ? Number((decimal)value, places) : "–";

    /// <summary>Basis points as "43.5 %" (no digits that say nothing: 4 400 is "44 %").</summary>
    public static string Percent(long basisPoints)
    {
        var places = basisPoints % 100 == 0 ? 0 : basisPoints % 10 == 0 ? 1 : 2;
        return Number(basisPoints / 100m, places) + Thin + "%";
    }

    public static string Day(DateOnly day) => English
        ? day.ToString("dddd d MMMM yyyy", CultureInfo.InvariantCulture)
        : $"{Days[(int)day.DayOfWeek]} {day.Day} de {Months[day.Month - 1]} de {day.Year}";

    public static string DayShort(DateOnly day) => English
        ? day.ToString("d MMM yyyy", CultureInfo.InvariantCulture)
        : $"{day.Day} {ShortMonths[day.Month - 1]} {day.Year}";

    public static string Month(DateOnly day) => English
        ? day.ToString("MMM yyyy", CultureInfo.InvariantCulture)
        : $"{ShortMonths[day.Month - 1]} {day.Year}";

    /// <summary>An instant as "lunes 14 de diciembre de 2026, 17:00 (hora de Lima)".</summary>
    public static string Instant(DateTime utc)
    {
        var local = Zone.ToWall(utc);
        return $"{Day(DateOnly.FromDateTime(local))}, {Clock(local)} ({ZoneName})";
    }

    /// <summary>"hora de Lima": the city that names the zone.</summary>
    public static string ZoneName => Zone.Id switch
    {
        "America/Sao_Paulo" => English ? "Brasília time" : "hora de Brasilia",
        "America/Mexico_City" => English ? "Mexico City time" : "hora de Ciudad de México",
        var id => City(id) is var city && English ? $"{city} time" : $"hora de {city}",
    };

    static string City(string zone) => zone[(zone.LastIndexOf('/') + 1)..].Replace('_', ' ');

    public static string InstantShort(DateTime utc)
    {
        var local = Zone.ToWall(utc);
        return $"{DayShort(DateOnly.FromDateTime(local))}, {Clock(local)}";
    }

    /// <summary>Hour and minute by the page's clock; with seconds where the second is evidence.</summary>
    public static string Time(DateTime utc, bool seconds = false) =>
        Zone.ToWall(utc).ToString(seconds ? "HH:mm:ss" : "HH:mm", CultureInfo.InvariantCulture);

    public static string BusinessDays(int days) => English
        ? $"{Number(days)} business day{(days == 1 ? "" : "s")}"
        : days == 1 ? "1 día hábil" : $"{Number(days)} días hábiles";

    public static string CalendarDays(int days) => English
        ? $"{Number(days)} day{(days == 1 ? "" : "s")}"
        : days == 1 ? "1 día" : $"{Number(days)} días";

    public static string Bytes(long size) => size switch
    {
        < 1_000 => $"{size}{Thin}B",
        < 1_000_000 => $"{Number(size / 1_000m, 0)}{Thin}KB",
        _ => $"{Number(size / 1_000_000m, 1)}{Thin}MB",
    };

    /// <summary>"a, b y c", and "e" before the sound of i.</summary>
    public static string List(IReadOnlyList<string> items)
    {
        if (items.Count == 0) return "";
        if (items.Count == 1) return items[0];
        var last = items[^1];
        var and = English ? "and"
            : last.StartsWith('i') || last.StartsWith('I') || last.StartsWith("hi", StringComparison.OrdinalIgnoreCase) && !last.StartsWith("hie", StringComparison.OrdinalIgnoreCase) ? "e" : "y";
        return $"{string.Join(", ", items.Take(items.Count - 1))} {and} {last}";
    }

    private static string Clock(DateTime local) => local.ToString("HH:mm", CultureInfo.InvariantCulture);

    private static string Grouped(ulong value) => Group(value.ToString(CultureInfo.InvariantCulture));

    private static string Group(string digits)
    {
        if (digits.Length <= 3) return digits;
        var head = digits.Length % 3;
        var parts = new List<string>();
        if (head > 0) parts.Add(digits[..head]);
        for (var i = head; i < digits.Length; i += 3) parts.Add(digits.Substring(i, 3));
        return string.Join(Thin, parts);
    }
}
