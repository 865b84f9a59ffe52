using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Fund.Calls;
using Minka.Core.Rules;
using Minka.Core.Rules.Calendars;
using Minka.Web.Access;
using Minka.Web.Components;

namespace Minka.Web.Screens.Fund.Calendars;

/// <summary>Moves a stage and all after it by business days: terms between them keep their length.</summary>
[May(Role.Board)]
public sealed class ExtendModel(AppDb db, ExtendCalendar extend) : CallScreen(db)
{
    const int MostDays = 250;

    [BindProperty]
    public StageKind From { get; set; } = StageKind.SubmissionsClose;

    [BindProperty]
    public string? Days { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    public IReadOnlyList<Choice> Stages { get; private set; } = [];

    public IReadOnlyList<Difference>? Preview { get; private set; }

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        Stages = [.. Call.Calendar.Stages.Where(s => s.On > Today || s.Kind >= StageKind.SubmissionsClose).Select(s => new Choice(s.Kind.ToString(), $"{T.Of(s.Kind)} ({Format.DayShort(s.On)})"))];
    }

    public async Task<IActionResult> OnPostAsync(string? hacer)
    {
        await LoadAsync();
        if (!int.TryParse(Days, NumberStyles.None, CultureInfo.InvariantCulture, out var days) || days is < 1 or > MostDays)
        {
            Fault(nameof(Days), "call.extend.days.wrong", MostDays);
            return await AgainAsync();
        }
        var later = Call.Calendar with
        {
            Stages = [.. Call.Calendar.Stages.Select(s => s.Kind >= From ? s with { On = BusinessCalendar.Peru.AddBusinessDays(s.On, days) } : s)],
        };
        Preview = [.. Call.Calendar.Stages.Zip(later.Stages).Select(p => new Difference(T.Of(p.First.Kind), Format.Day(p.First.On), Format.Day(p.Second.On)))];
        if (hacer != "ampliar") return Page();
        if (string.IsNullOrWhiteSpace(Why))
        {
            Fault(nameof(Why), "rule.fund.why-missing");
            return await AgainAsync();
        }
        await extend.ExecuteAsync(Call.Id, later, Why, Actor, HttpContext.RequestAborted);
        Say("call.extend.done", later.Dates.Close);
        return LocalRedirect($"{Base}/calendario");
    }
}
