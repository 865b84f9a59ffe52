using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Fund.Calls;
using Minka.Core.Rules;
using Minka.Core.Rules.Calendars;
using Minka.Web.Access;
using Minka.Web.Charts;

namespace Minka.Web.Screens.Fund.Preparing;

/// <summary>The calendar from its first day and the business days that each stage lasts; dates follow.</summary>
[May(Role.Operator)]
public sealed class CalendarModel(AppDb db, SetCalendar set) : CallScreen(db)
{
    const int MostDays = 250;

    [BindProperty]
    public DateOnly? Start { get; set; }

    [BindProperty]
    public TimeOnly? ClosesAt { get; set; }

    [BindProperty]
    public List<string?> Days { get; set; } = [];

    public IReadOnlyList<StageRule> Stages => Papers.BasePack.Pack!.Calendar.Stages;

    public CallCalendar? Shown { get; private set; }

    public Timeline? Timeline => Shown is null ? null : CallWords.Drawn(Shown, T, Today);

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        if (HttpMethods.IsGet(Request.Method))
        {
            var calendar = Call.Calendar.IsEmpty ? CallCalendar.Shortest(Papers.BasePack.Pack!.Calendar, Today, BusinessCalendar.Peru, CallCalendar.UsualClose) : Call.Calendar;
            (Start, ClosesAt, Shown) = (calendar.Stages[0].On, calendar.ClosesAt, calendar);
            Days = [.. calendar.Stages.Select((s, i) => (i + 1 < calendar.Stages.Count ? BusinessCalendar.Peru.BusinessDaysBetween(s.On, calendar.Stages[i + 1].On) : Stages[i].MinBusinessDays.Or(1)).ToString(CultureInfo.InvariantCulture))];
        }
        while (Days.Count < Stages.Count) Days.Add(Stages[Days.Count].MinBusinessDays.Or(1).ToString(CultureInfo.InvariantCulture));
    }

    public async Task<IActionResult> OnPostAsync(string? hacer)
    {
        await LoadAsync();
        if (Start is not { } start) Fault(nameof(Start), "call.calendar.start.missing");
        if (ClosesAt is null) Fault(nameof(ClosesAt), "call.calendar.closes-at.missing");
        for (var i = 0; i < Stages.Count; i++)
        {
            var least = Stages[i].MinBusinessDays.Or(1);
            if (!int.TryParse(Days[i], NumberStyles.None, CultureInfo.InvariantCulture, out var days) || days < least || days > MostDays)
                Fault($"Days[{i}]", "call.calendar.days.wrong", Stages[i].Name.In(T.Language), least, MostDays);
        }
        if (!ModelState.IsValid) return await AgainAsync();
        var stages = new List<CalendarStage>();
        var day = BusinessCalendar.Peru.OnOrAfter(Start!.Value);
        foreach (var (stage, length) in Stages.Zip(Days))
        {
            stages.Add(new(stage.Kind, day));
            day = BusinessCalendar.Peru.AddBusinessDays(day, int.Parse(length!, CultureInfo.InvariantCulture));
        }
        Shown = new(stages, ClosesAt!.Value);
        if (hacer != "guardar") return Page();
        await set.ExecuteAsync(Call.Id, Shown, Actor, HttpContext.RequestAborted);
        Say("call.calendar.done", Shown.Dates.Close);
        return LocalRedirect($"{Base}/gestion");
    }
}
