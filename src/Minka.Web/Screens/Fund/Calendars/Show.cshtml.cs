using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Rules;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Charts;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Fund.Calendars;

[Public]
public sealed class ShowModel(AppDb db) : CallScreen(db), IListed
{
    public Timeline? Timeline { get; private set; }

    public IReadOnlyList<CalendarChange> Changes { get; private set; } = [];

    public bool MayExtend => May(Role.Board) && Call.State is CallState.Published or CallState.Integrated or CallState.Open && Call.Dates.Close.IsOpenAt(Now);

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        Timeline = CallWords.Drawn(Call.Calendar, T, Today, Call.EndedAt is not null);
        Changes = await Db.CalendarChanges.Where(c => c.CallId == Call.Id).OrderByDescending(c => c.Number).ToListAsync(HttpContext.RequestAborted);
    }

    public TableFile ToFile() => new($"{Call.Slug}-calendario",
        [T["call.calendar.stage"], T["call.calendar.from"], T["call.calendar.until"], T["call.calendar.least"]],
        Call.Calendar.Stages.Select(s => (IReadOnlyList<object?>)[Name(s.Kind), s.Kind == StageKind.SubmissionsClose ? Call.Dates.Close.ClosesAt : s.On, Call.Calendar.Until(s.Kind), Least(s.Kind)]));

    public string Name(StageKind kind) => Papers.BasePack.Pack!.Calendar.Stages.FirstOrDefault(s => s.Kind == kind)?.Name.In(T.Language) ?? T.Of(kind);

    public int Least(StageKind kind) => Papers.BasePack.Pack!.Calendar.Stages.FirstOrDefault(s => s.Kind == kind)?.MinBusinessDays.Or(1) ?? 0;

    public IEnumerable<Figure> Figures(CalendarChange change)
    {
        foreach (var (before, after) in change.Before.Stages.Zip(change.After.Stages))
        {
            if (before.On != after.On) yield return new(T.Of(before.Kind), $"{Format.DayShort(before.On)} → {Format.DayShort(after.On)}");
        }
        yield return new(T["call.calendar.digest"], $"{change.BeforeDigest.Short} → {change.AfterDigest.Short}");
    }
}
