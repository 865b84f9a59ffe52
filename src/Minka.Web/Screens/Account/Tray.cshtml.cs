using Minka.Core.Accounts;
using Minka.Core.Agreements;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Evaluation;
using Minka.Core.Fund;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Account;

/// <summary>What waits for me, oldest first, with clocks: where a person lands after signing in.</summary>
[SignedIn]
public sealed class TrayModel(AppDb db) : Screen
{
    public IReadOnlyList<TrayItem> Items { get; private set; } = [];

    public IReadOnlyList<Way> Ways { get; private set; } = [];

    /// <summary>Where to go when nothing waits.</summary>
    public string NextKey { get; private set; } = "tray.next.citizen";

    public string NextUrl { get; private set; } = "/convocatorias";

    public override async Task LoadAsync()
    {
        var (person, cancel) = (Person!, HttpContext.RequestAborted);
        var tray = new TrayOf(person.Id, person.Grants, Now);
        Items = [.. (await EntitiesTray.ReadAsync(db, tray, cancel))
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
        var ways = new List<Way> { new("tray.way.account", "/cuenta", false) };
        if (roles.Contains(Role.Admin)) ways.AddRange([new("tray.way.people", "/administracion/personas", false), new("tray.way.notices", "/administracion/avisos", false), new("tray.way.funds", "/fondos", false)]);
        if (roles.Contains(Role.Auditor)) ways.AddRange([new("tray.way.acts", "/registro", false), new("tray.way.verify", "/verificar", false)]);
        Ways = ways;
    }
}
