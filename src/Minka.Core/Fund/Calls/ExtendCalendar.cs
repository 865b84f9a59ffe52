using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Rules.Calendars;

namespace Minka.Core.Fund.Calls;

/// <summary>The board extends a published calendar before the close, with its reason; nothing is brought forward.</summary>
[UseCase]
public sealed class ExtendCalendar(Writer writer)
{
    public Task ExecuteAsync(CallId id, CallCalendar later, string why, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("call.extend", actor, async work =>
        {
            if (string.IsNullOrWhiteSpace(why)) throw new RuleBroken(FundRules.WhyMissing);
            var file = await CallFile.LoadAsync(work.Db, id, cancel);
            var call = file.Call;
            var (before, beforeDigest) = (call.Calendar, call.CalendarDigest);
            call.ExtendCalendar(later, work.Now);
            CallReadiness.Require(later.Check(file.Pack.Calendar, BusinessCalendar.Peru));
            work.Db.CalendarChanges.Add(new CalendarChange
            {
                Id = work.NewId<CalendarChangeId>(),
                CallId = id,
                Number = await work.Db.CalendarChanges.CountAsync(c => c.CallId == id, cancel) + 1,
                Before = before,
                BeforeDigest = beforeDigest,
                After = later,
                AfterDigest = call.CalendarDigest,
                Why = why.Trim(),
                At = work.Now,
            });
            work.Happened(new CalendarExtended(id, beforeDigest, call.CalendarDigest, call.Dates.Close.ClosesAt));
        }, new ActNote("call", id.Value, why), cancel);
}
