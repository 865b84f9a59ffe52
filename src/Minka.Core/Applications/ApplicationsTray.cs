using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Fund;

namespace Minka.Core.Applications;

/// <summary>What waits for an entity's management: drafts to send before the close, and open calls that it may enter.</summary>
public static class ApplicationsTray
{
    public static async Task<IReadOnlyList<TrayItem>> ReadAsync(AppDb db, TrayOf tray, CancellationToken cancel)
    {
        var entities = tray.In(Role.Manager).Select(EntityId.From).ToList();
        if (entities.Count == 0) return [];
        var items = new List<TrayItem>();
        var calls = await db.Calls.Where(c => c.State == CallState.Open).ToListAsync(cancel);
        var open = calls.Where(c => c.TakesApplicationsAt(tray.Now)).ToDictionary(c => c.Id);
        var callIds = open.Keys.ToList();
        var mine = await db.Applications.Where(a => entities.Contains(a.EntityId) && callIds.Contains(a.CallId)).Select(a => new { a.Id, a.CallId, a.EntityId, a.State, a.StartedAt }).ToListAsync(cancel);
        items.AddRange(mine.Where(a => a.State == ApplicationState.Draft)
            .Select(a => new TrayItem("tray.application.send", [open[a.CallId].Title], $"/postulaciones/{a.Id.Value}", a.StartedAt, open[a.CallId].Dates.Close.ClosesAt)));
        foreach (var call in open.Values)
        {
            foreach (var entity in entities.Where(e => !mine.Any(a => a.EntityId == e && a.CallId == call.Id && a.State != ApplicationState.Withdrawn)))
            {
                if (await Accreditations.UntilAsync(db, call.FundId, entity, Kernel.LegalTime.DayIn(tray.Now), cancel) is null) continue;
                items.Add(new("tray.application.start", [call.Title], $"/convocatorias/{call.Slug}", call.OpenedAt ?? call.Dates.OpensAt, call.Dates.Close.ClosesAt));
            }
        }
        return items;
    }
}
