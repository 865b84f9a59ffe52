using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Entities;

/// <summary>
/// What waits for an entity's secretariat: sessions to open and to close, minutes without their signature; and for its representatives:
/// the sessions that they are called to.
/// </summary>
public static class EntitiesTray
{
    public static async Task<IReadOnlyList<TrayItem>> ReadAsync(AppDb db, TrayOf tray, CancellationToken cancel)
    {
        var called = await CalledAsync(db, tray, cancel);
        var entities = tray.In(Role.Secretary).Select(EntityId.From).ToList();
        if (entities.Count == 0) return called;
        var assemblies = await db.Assemblies
            .Where(a => entities.Contains(a.EntityId) && (a.State == AssemblyState.Convened || a.State == AssemblyState.InSession || a.State == AssemblyState.Suspended || (a.State == AssemblyState.Closed && a.SignedAt == null)))
            .OrderBy(a => a.ConvenedAt).Take(50).Select(a => new { a.Id, a.Title, a.State, a.FirstCallAt, a.OpenedAt, a.ClosedAt, a.ConvenedAt }).ToListAsync(cancel);
        var items = new List<TrayItem>(await TasksAsync(db, entities, tray.Now, cancel));
        items.AddRange(await ClocksAsync(db, entities, tray.Now, cancel));
        return [.. called, .. items, .. assemblies.Select(a => a.State switch
        {
            AssemblyState.Convened => new TrayItem("tray.assembly.open", [a.Title, a.FirstCallAt], $"/asambleas/{a.Id.Value}", a.ConvenedAt),
            AssemblyState.InSession => new TrayItem("tray.assembly.close", [a.Title], $"/asambleas/{a.Id.Value}", a.OpenedAt ?? a.ConvenedAt),
            AssemblyState.Suspended => new TrayItem("tray.assembly.resume", [a.Title], $"/asambleas/{a.Id.Value}", a.OpenedAt ?? a.ConvenedAt),
            _ => new TrayItem("tray.assembly.sign", [a.Title], $"/asambleas/{a.Id.Value}/firma", a.ClosedAt ?? a.ConvenedAt),
        })];
    }

    static async Task<IReadOnlyList<TrayItem>> CalledAsync(AppDb db, TrayOf tray, CancellationToken cancel)
    {
        var entities = tray.In(Role.Representative).Select(EntityId.From).ToList();
        if (entities.Count == 0) return [];
        var sessions = await db.Assemblies.Where(a => entities.Contains(a.EntityId) && (a.State == AssemblyState.Convened || a.State == AssemblyState.InSession))
            .OrderBy(a => a.FirstCallAt).Take(20).Select(a => new { a.Id, a.Title, a.State, a.FirstCallAt, a.ConvenedAt }).ToListAsync(cancel);
        return [.. sessions.Select(a => a.State == AssemblyState.Convened
            ? new TrayItem("tray.assembly.attend", [a.Title, a.FirstCallAt], $"/asambleas/{a.Id.Value}/convocatoria", a.ConvenedAt)
            : new TrayItem("tray.assembly.take-part", [a.Title], $"/asambleas/{a.Id.Value}", a.ConvenedAt))];
    }

    // A task is the secretariat's to press for from a week before its day.
    static async Task<IReadOnlyList<TrayItem>> TasksAsync(AppDb db, List<EntityId> entities, DateTime now, CancellationToken cancel)
    {
        var today = LegalTime.DayIn(now);
        var until = today.AddDays(7);
        var tasks = await (from t in db.ResolutionTasks
                           where entities.Contains(t.EntityId) && t.DoneAt == null && t.DueOn <= until
                           join r in db.Resolutions on t.ResolutionId equals r.Id
                           where r.State == ResolutionState.InForce
                           join e in db.CoordinationEntities on t.EntityId equals e.Id
                           orderby t.DueOn
                           select new { t.EntityId, t.What, t.Organisation, t.DueOn, r.Number, r.AdoptedAt, e.Slug }).Take(50).ToListAsync(cancel);
        var laws = await db.LawsAsync(tasks.Select(t => t.EntityId).Distinct().ToList(), cancel);
        return [.. tasks.Select(t => new TrayItem(t.DueOn < today ? "tray.resolution.overdue" : "tray.resolution.due", [t.What, t.Organisation, Resolution.CodeOf(t.Number, t.AdoptedAt), t.DueOn],
            $"/entidades/{t.Slug}/acuerdos/{t.Number}/encargos", t.AdoptedAt, laws[t.EntityId].Zone.EndOf(t.DueOn).ClosesAt))];
    }

    static async Task<IReadOnlyList<TrayItem>> ClocksAsync(AppDb db, List<EntityId> entities, DateTime now, CancellationToken cancel)
    {
        var items = new List<TrayItem>();
        var laws = await db.LawsAsync(entities, cancel);
        foreach (var entity in await db.CoordinationEntities.Where(e => entities.Contains(e.Id) && e.State == EntityState.Active).OrderBy(e => e.Name).Take(20).ToListAsync(cancel))
        {
            var zone = laws[entity.Id].Zone;
            foreach (var clock in (await MandateClocks.ReadAsync(db, entity, zone.DayIn(now), cancel)).Where(c => c.Light != ClockLight.OnTime))
                items.Add(new("tray.clock." + clock.Code, [entity.Name, .. clock.Args], $"/entidades/{entity.Slug}/{clock.Page}", zone.StartOf(clock.Since), clock.Due is { } due ? zone.EndOf(due).ClosesAt : null));
        }
        return items;
    }
}
