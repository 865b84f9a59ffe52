using Microsoft.AspNetCore.Mvc;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Fund.Calls;
using Minka.Core.Rules.Calendars;
using Minka.Web.Access;
using Minka.Web.Components;

namespace Minka.Web.Screens.Fund.Calls;

[May(Role.Board)]
public sealed class AnnulModel(AppDb db, AnnulCall annul) : CallScreen(db)
{
    [BindProperty]
    public CallState? To { get; set; }

    [BindProperty]
    public DateOnly? Start { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    public IEnumerable<Choice> Stages =>
    [
        .. Call.RollbackStages.Where(s => Call.Table.May(Call.State, Call.RollbackVerb(s))).Select(s => new Choice(s.ToString(), T["call.annul.back-to", s], T[$"call.annul.back-to.{s.ToString().ToLowerInvariant()}"])),
        new Choice(nameof(CallState.Annulled), T["call.annul.whole"], T["call.annul.whole.text"]),
    ];

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (To is not { } to) Fault(nameof(To), "call.annul.to.missing");
        if (string.IsNullOrWhiteSpace(Why)) Fault(nameof(Why), "rule.fund.why-missing");
        if (To == CallState.Published && Start is null) Fault(nameof(Start), "rule.call.rollback-calendar");
        if (!ModelState.IsValid) return await AgainAsync();
        var calendar = To == CallState.Published
            ? CallCalendar.Shortest(Papers.Pack.Calendar, Start!.Value, BusinessCalendar.Peru, Call.Calendar.ClosesAt)
            : null;
        await annul.ExecuteAsync(Call.Id, To!.Value, Why!, calendar, Actor, HttpContext.RequestAborted);
        Say("call.annul.done");
        return LocalRedirect(Base);
    }
}
