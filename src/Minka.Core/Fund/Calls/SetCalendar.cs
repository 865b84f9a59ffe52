using Minka.Core.Database;
using Minka.Core.Register;
using Minka.Core.Rules.Calendars;

namespace Minka.Core.Fund.Calls;

/// <summary>Sets the calendar of a draft; refused while it breaks the pack's minimum terms.</summary>
[UseCase]
public sealed class SetCalendar(Writer writer)
{
    public Task ExecuteAsync(CallId id, CallCalendar calendar, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("call.set-calendar", actor, async work =>
        {
            var file = await CallFile.LoadAsync(work.Db, id, cancel);
            CallReadiness.Require(calendar.Check(file.Pack.Calendar, BusinessCalendar.Peru));
            file.Call.SetCalendar(calendar);
        }, new ActNote("call", id.Value), cancel);
}
