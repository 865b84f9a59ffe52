using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Fund.Calls;
using Minka.Core.Kernel;
using Minka.Core.Rules.Calendars;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Fund;

/// <summary>A page of the call that its route names. A draft is seen by its fund only.</summary>
public abstract class CallScreen(AppDb db) : Screen
{
    protected AppDb Db { get; } = db;

    public CallFile Papers { get; private set; } = null!;

    public Call Call => Papers.Call;

    public string Base => $"/convocatorias/{Call.Slug}";

    public bool IsOperator => May(Role.Operator);

    public bool IsOfFund => May(Role.Operator, Role.Board, Role.Auditor);

    public override async Task LoadAsync()
    {
        Papers = await CallFile.LoadAsync(Db, await FindIdAsync(), HttpContext.RequestAborted);
        if (!Call.IsPublic && !IsOfFund) throw new NotFound("call", Call.Slug);
    }

    protected async Task<CallId> FindIdAsync()
    {
        var slug = Route("call");
        return await Db.Calls.Where(c => c.Slug == slug).Select(c => (CallId?)c.Id).SingleOrDefaultAsync(HttpContext.RequestAborted) ?? throw new NotFound("call", slug);
    }

    /// <summary>The way here: calls, the call, and this page.</summary>
    public IEnumerable<Crumb> Trail(string? here = null) => here is null
        ? [new Crumb(T["call.list.title"], "/convocatorias"), new Crumb(Call.Title)]
        : [new Crumb(T["call.list.title"], "/convocatorias"), new Crumb(Call.Title, Base), new Crumb(here)];

    public int BusinessDaysTo(DateTime utc) => Math.Max(0, BusinessCalendar.Peru.BusinessDaysBetween(Today, LegalTime.DayIn(utc)));

    public static Tone ToneOf(Reason reason) => reason.Met switch { true => Tone.Met, false => Tone.Broken, _ => Tone.Info };
}
