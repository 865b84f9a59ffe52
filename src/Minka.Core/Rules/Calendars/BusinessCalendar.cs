namespace Minka.Core.Rules.Calendars;

/// <summary>A day that an act declares not working, besides the table.</summary>
public sealed record ExtraDay(DateOnly Day, string Reason);

/// <summary>
/// Business days of one country. A term of n business days counts from the day after the one that starts it and ends with
/// its n-th business day (TUO de la Ley 27444, arts. 144 and 145).
/// </summary>
public sealed class BusinessCalendar(HolidayTable table, IEnumerable<ExtraDay>? extra = null)
{
    readonly Dictionary<DateOnly, ExtraDay> extras = (extra ?? []).DistinctBy(e => e.Day).ToDictionary(e => e.Day);
    readonly System.Collections.Concurrent.ConcurrentDictionary<int, IReadOnlyList<Holiday>> years = new();

    public static BusinessCalendar Peru { get; } = new(HolidayTable.Peru);

    public HolidayTable Table => table;

    /// <summary>The same calendar with days that an act declared not working.</summary>
    public BusinessCalendar With(IEnumerable<ExtraDay> more) => new(table, extras.Values.Concat(more));

    public IReadOnlyList<Holiday> HolidaysIn(int year) => years.GetOrAdd(year, table.In);

    public Holiday? HolidayOn(DateOnly day) => HolidaysIn(day.Year).FirstOrDefault(h => h.Day == day);

    public bool IsBusinessDay(DateOnly day) => !table.Weekend.Contains(day.DayOfWeek) && !extras.ContainsKey(day) && HolidayOn(day) is null;

    /// <summary>The n-th business day after <paramref name="start"/>, which is not counted itself; before it where n is negative; the same day where n is 0.</summary>
    public DateOnly AddBusinessDays(DateOnly start, int count)
    {
        var step = Math.Sign(count);
        var day = start;
        for (var left = Math.Abs(count); left > 0;)
        {
            day = day.AddDays(step);
            if (IsBusinessDay(day)) left--;
        }
        return day;
    }

    /// <summary>How many business days a term holds that starts on one day and ends on the other: the end is counted, the start is not. Negative where the end comes first.</summary>
    public int BusinessDaysBetween(DateOnly start, DateOnly end)
    {
        var step = start <= end ? 1 : -1;
        var count = 0;
        for (var day = start; day != end;)
        {
            day = day.AddDays(step);
            if (IsBusinessDay(day)) count += step;
        }
        return count;
    }

    /// <summary>The day itself where it is a business day, else the next one (art. 145.2: a term that ends on another day ends on the first business day after it).</summary>
    public DateOnly OnOrAfter(DateOnly day)
    {
        while (!IsBusinessDay(day)) day = day.AddDays(1);
        return day;
    }
}
