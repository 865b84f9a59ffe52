using Microsoft.AspNetCore.Mvc;
using Minka.Core.Rules.Calendars;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Rules.Holidays;

[Public]
public sealed class ShowModel : Screen, IListed
{
    const int First = 1992;
    const int Last = 2100;

    [BindProperty(SupportsGet = true, Name = "anio")]
    public int? Asked { get; set; }

    public int Year { get; private set; }

    public BusinessCalendar Calendar => BusinessCalendar.Peru;

    public override Task LoadAsync()
    {
        Year = Math.Clamp(Asked ?? Today.Year, First, Last);
        return Task.CompletedTask;
    }

    public TableFile ToFile() => new($"dias-no-habiles-{Year.ToString(System.Globalization.CultureInfo.InvariantCulture)}",
        [T["rules.holidays.day"], T["rules.holidays.name"], T["rules.table.source"], T["rules.table.confidence"]],
        Calendar.HolidaysIn(Year).Select(h => (IReadOnlyList<object?>)[h.Day, h.Name.In(T.Language), h.Source, T.Of(h.Confidence)]));

    public int BusinessDays => Calendar.BusinessDaysBetween(new(Year - 1, 12, 31), new(Year, 12, 31));
}
