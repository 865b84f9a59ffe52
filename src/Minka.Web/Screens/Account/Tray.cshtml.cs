using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Agreements;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Evaluation;
using Minka.Core.Fund;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Account;

/// <summary>A way from the tray to one's own work.</summary>
public sealed record WayOn(string Text, string Href);

/// <summary>What waits for me, oldest first, with clocks: where a person lands after signing in.</summary>
[SignedIn]
public sealed class TrayModel(AppDb db) : Screen
{
    public IReadOnlyList<TrayItem> Items { get; private set; } = [];

    public IReadOnlyList<WayOn> Ways { get; private set; } = [];

    /// <summary>Where to go when nothing waits.</summary>
    public string NextKey { get; private set; } = "tray.next.citizen";

    public string NextUrl { get; private set; } = "/convocatorias";

    public override async Task LoadAsync()
    {
        var (person, cancel) = (Person!, HttpContext.RequestAborted);
        var tray = new TrayOf(person.Id, person.Grants, Now);
        Items = [.. (await EntitiesTray.ReadAsync(db, tray, cancel))
            .Concat(await BudgetTray.ReadAsync(db, tray, cancel))
            .Concat(await FundTray.ReadAsync(db, tray, cancel))
            .Concat(await ApplicationsTray.ReadAsync(db, tray, cancel))
            .Concat(await EvaluationTray.ReadAsync(db, tray, cancel))
            .Concat(await AgreementsTray.ReadAsync(db, tray, cancel))
            .OrderBy(i => i.Since)];
        var roles = person.Grants.Select(g => g.Role).ToHashSet();
        (NextKey, NextUrl) = roles switch
        {
            _ when roles.Contains(Role.Admin) => ("tray.next.admin", "/administracion/personas"),
            _ when roles.Contains(Role.Operator) || roles.Contains(Role.Board) => ("tray.next.fund", "/fondos"),
            _ when roles.Contains(Role.Secretary) || roles.Contains(Role.Manager) => ("tray.next.entity", "/entidades"),
            _ when roles.Contains(Role.Auditor) => ("tray.next.auditor", "/registro"),
            _ => (NextKey, NextUrl),
        };
        var ways = new List<WayOn>();
        var entities = tray.In(Role.Secretary, Role.Manager, Role.Representative).Select(EntityId.From).ToList();
        foreach (var entity in await db.CoordinationEntities.Where(e => entities.Contains(e.Id)).OrderBy(e => e.Name).Take(20).ToListAsync(cancel))
        {
            ways.Add(new(T["tray.way.entity", entity.Name], $"/entidades/{entity.Slug}"));
            ways.Add(new(T["tray.way.strategy", entity.Name], $"/entidades/{entity.Slug}/estrategia"));
            ways.Add(new(T["tray.way.bank", entity.Name], $"/entidades/{entity.Slug}/cartera"));
            ways.Add(new(T["tray.way.programmes", entity.Name], $"/entidades/{entity.Slug}/programas"));
        }
        var funds = tray.In(Role.Operator, Role.Board, Role.Auditor).Select(FundId.From).ToList();
        foreach (var fund in await db.Funds.Where(f => funds.Contains(f.Id)).OrderBy(f => f.Name).Take(20).ToListAsync(cancel))
            ways.Add(new(T["tray.way.fund", fund.Name], $"/fondos/{fund.Slug}"));
        foreach (var call in await db.Calls.Where(c => funds.Contains(c.FundId)).OrderByDescending(c => c.CreatedAt).Take(10).ToListAsync(cancel))
            ways.Add(new(T["tray.way.call", call.Title], $"/convocatorias/{call.Slug}/gestion"));
        if (roles.Contains(Role.Evaluator)) ways.Add(new(T["tray.way.files"], "/evaluaciones"));
        if (roles.Contains(Role.Admin)) ways.AddRange([new(T["tray.way.people"], "/administracion/personas"), new(T["tray.way.notices"], "/administracion/avisos"), new(T["tray.way.funds"], "/fondos"), new(T["country.title"], "/administracion/pais")]);
        if (roles.Contains(Role.Auditor)) ways.AddRange([new(T["tray.way.acts"], "/registro"), new(T["tray.way.verify"], "/verificar")]);
        ways.Add(new(T["tray.way.account"], "/cuenta"));
        Ways = ways;
    }
}
