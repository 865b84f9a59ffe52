using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Rules.Calendars;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Evaluation;

/// <summary>A page of the office on one call after its close.</summary>
public abstract class CallDesk(AppDb db) : Screen
{
    protected AppDb Db { get; } = db;

    public Call Call { get; private set; } = null!;

    /// <summary>The rules that bind: freeze 2 of this round. Null before it.</summary>
    public CallRules? Rules { get; private set; }

    public bool IsOperator => May(Role.Operator);

    public override async Task LoadAsync()
    {
        var slug = Route("call");
        Call = await Db.Calls.SingleOrDefaultAsync(c => c.Slug == slug) ?? throw new NotFound("call", slug);
        var (id, round) = (Call.Id, Call.Round);
        Rules = await Core.Applications.FrozenReads.RulesAsync(Db, id, round, HttpContext.RequestAborted);
    }

    public IEnumerable<Crumb> Trail(string here) =>
        [new Crumb(T["shell.nav.calls"], "/convocatorias"), new Crumb(Call.Title, $"/convocatorias/{Call.Slug}"), new Crumb(here)];

    public int BusinessDaysTo(DateTime utc) => Math.Max(0, BusinessCalendar.Peru.BusinessDaysBetween(Today, LegalTime.DayIn(utc)));
}
