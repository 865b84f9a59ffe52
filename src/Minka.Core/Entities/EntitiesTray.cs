using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;

namespace Minka.Core.Entities;

/// <summary>What waits for an entity's secretariat: sessions to open and to close, minutes without their signature.</summary>
public static class EntitiesTray
{
    public static async Task<IReadOnlyList<TrayItem>> ReadAsync(AppDb db, TrayOf tray, CancellationToken cancel)
    {
        var entities = tray.In(Role.Secretary).Select(EntityId.From).ToList();
        if (entities.Count == 0) return [];
        var assemblies = await db.Assemblies
            .Where(a => entities.Contains(a.EntityId) && (a.State == AssemblyState.Convened || a.State == AssemblyState.InSession || a.State == AssemblyState.Suspended || (a.State == AssemblyState.Closed && a.SignedAt == null)))
            .OrderBy(a => a.ConvenedAt).Take(50).Select(a => new { a.Id, a.Title, a.State, a.FirstCallAt, a.OpenedAt, a.ClosedAt, a.ConvenedAt }).ToListAsync(cancel);
        return [.. assemblies.Select(a => a.State switch
        {
            AssemblyState.Convened => new TrayItem("tray.assembly.open", [a.Title, a.FirstCallAt], $"/asambleas/{a.Id.Value}", a.ConvenedAt),
            AssemblyState.InSession => new TrayItem("tray.assembly.close", [a.Title], $"/asambleas/{a.Id.Value}", a.OpenedAt ?? a.ConvenedAt),
            AssemblyState.Suspended => new TrayItem("tray.assembly.resume", [a.Title], $"/asambleas/{a.Id.Value}", a.OpenedAt ?? a.ConvenedAt),
            _ => new TrayItem("tray.assembly.sign", [a.Title], $"/asambleas/{a.Id.Value}/firma", a.ClosedAt ?? a.ConvenedAt),
        })];
    }
}
