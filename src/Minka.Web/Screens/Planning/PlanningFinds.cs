using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning;

/// <summary>What the addresses of Planning name.</summary>
static class PlanningFinds
{
    /// <summary>Who writes plans and programmes.</summary>
    public static readonly Role[] Editors = [Role.Manager, Role.Secretary];

    /// <summary>Who reads what is not yet adopted.</summary>
    public static readonly Role[] Readers = [Role.Manager, Role.Secretary, Role.Representative, Role.Auditor, Role.Admin];

    public static async Task<CoordinationEntity> EntityAsync(this AppDb db, string slug) =>
        await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == slug) ?? throw new NotFound("entity", slug);

    public static async Task<Programme> ProgrammeAsync(this AppDb db, string slug) =>
        await db.Programmes.SingleOrDefaultAsync(p => p.Slug == slug) ?? throw new NotFound("programme", slug);

    public static async Task<ProgrammeVersion> VersionAsync(this AppDb db, ProgrammeId programme, int number) =>
        await db.ProgrammeVersions.SingleOrDefaultAsync(v => v.ProgrammeId == programme && v.Number == number) ?? throw new NotFound("programme-version", number);

    /// <summary>The rooms in which an entity plans, in the order of the work; chains are read by its people alone.</summary>
    public static IReadOnlyList<Tab> Rooms(this T t, CoordinationEntity entity, string here, bool mayRead) =>
    [
        .. new[] { ("estrategia", "planning.strategy.title"), ("cadenas", "chains.title"), ("cartera", "bank.title"), ("programas", "planning.programmes.title") }
            .Where(x => mayRead || x.Item1 != "cadenas").Select(x => new Tab(t[x.Item2], $"/entidades/{entity.Slug}/{x.Item1}", Current: x.Item1 == here)),
    ];

    public static Crumb[] Trail(this T t, CoordinationEntity entity) =>
        [new(t["shell.nav.entities"], "/entidades"), new(entity.Name, $"/entidades/{entity.Slug}")];

    public static Crumb[] Trail(this T t, CoordinationEntity entity, Programme programme) =>
        [.. t.Trail(entity), new(t["planning.programmes.title"], $"/entidades/{entity.Slug}/programas"), new(programme.Title, $"/programas/{programme.Slug}/constructor")];
}
