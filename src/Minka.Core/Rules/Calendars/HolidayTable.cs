using System.Text.Json;

namespace Minka.Core.Rules.Calendars;

/// <summary>A day that is no business day every year, by a norm in force for some years.</summary>
public sealed record FixedHoliday
{
    public required int Month { get; init; }
    public required int Day { get; init; }
    public required LocalText Name { get; init; }

    /// <summary>First year in which it was kept.</summary>
    public required int FromYear { get; init; }
    public int? UntilYear { get; init; }
    public required string Source { get; init; }
    public required Confidence Conf { get; init; }

    public bool IsKeptIn(int year) => year >= FromYear && (UntilYear is null || year <= UntilYear);
}

/// <summary>A day counted from Easter Sunday.</summary>
public sealed record EasterHoliday
{
    public required int Offset { get; init; }
    public required LocalText Name { get; init; }
    public required int FromYear { get; init; }
    public required string Source { get; init; }
    public required Confidence Conf { get; init; }
}

/// <summary>One country's holidays as data.</summary>
public sealed record HolidayTable
{
    public required int Format { get; init; }
    public required string Id { get; init; }
    public required string Version { get; init; }
    public required LocalText Name { get; init; }
    public required string CountingRule { get; init; }
    public required IReadOnlyList<DayOfWeek> Weekend { get; init; }
    public required IReadOnlyList<FixedHoliday> Fixed { get; init; }
    public required IReadOnlyList<EasterHoliday> Easter { get; init; }

    static readonly Lazy<HolidayTable> PeruTable = new(() => Parse(BuiltInFiles.Read("calendars/pe.json")));

    public static HolidayTable Peru => PeruTable.Value;

    /// <exception cref="JsonException">Not a table of holidays.</exception>
    public static HolidayTable Parse(ReadOnlySpan<byte> utf8)
    {
        var table = JsonSerializer.Deserialize<HolidayTable>(utf8, RuleForms.Options) ?? throw new JsonException("no holidays");
        // 2024 is a leap year, so that 29 February could be declared.
        if (table.Fixed.Any(f => f.Month is < 1 or > 12 || f.Day < 1 || f.Day > DateTime.DaysInMonth(2024, f.Month))) throw new JsonException("no such day");
        if (table.Weekend.Distinct().Count() > 6) throw new JsonException("a week without business days");
        return table;
    }

    /// <summary>The holidays of one year in order, whatever the day of the week.</summary>
    public IReadOnlyList<Holiday> In(int year)
    {
        var easter = Calendars.Easter.Sunday(year);
        return
        [
            .. Fixed.Where(f => f.IsKeptIn(year) && f.Day <= DateTime.DaysInMonth(year, f.Month))
                .Select(f => new Holiday(new(year, f.Month, f.Day), f.Name, f.Source, f.Conf))
                .Concat(Easter.Where(e => year >= e.FromYear).Select(e => new Holiday(easter.AddDays(e.Offset), e.Name, e.Source, e.Conf)))
                .OrderBy(h => h.Day),
        ];
    }
}

public sealed record Holiday(DateOnly Day, LocalText Name, string Source, Confidence Confidence);
