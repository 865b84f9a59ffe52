using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Entities;

[Public]
public sealed class ShowModel(AppDb db, Country country) : Screen
{
    const int MostMembers = 100;
    const int Newest = 5;

    public Country Country => country;

    public CoordinationEntity Entity { get; private set; } = null!;

    public IReadOnlyList<Member> Members { get; private set; } = [];

    /// <summary>Functional territories in which it works, beside its provinces.</summary>
    public IReadOnlyList<Components.Crumb> Territories { get; private set; } = [];

    public int MemberTotal { get; private set; }

    public CompositionReport Composition { get; private set; } = null!;

    public IReadOnlyList<Assembly> Assemblies { get; private set; } = [];

    public IReadOnlyList<Resolution> Resolutions { get; private set; } = [];

    /// <summary>What the entity owes by a day, with a light each; then its accreditations.</summary>
    public IReadOnlyList<(ClockLight Light, string Text)> Clocks { get; private set; } = [];

    /// <summary>Participatory budgets that were called, and for its own people those being prepared.</summary>
    public IReadOnlyList<BudgetProcess> Budgets { get; private set; } = [];

    public override async Task LoadAsync()
    {
        var slug = Route("entity");
        Entity = await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == slug) ?? throw new NotFound("entity", slug);
        var today = Today;
        var members = db.Members.Where(m => m.EntityId == Entity.Id && m.MandateFrom <= today && today <= m.MandateTo);
        Composition = await db.CompositionAsync(Entity.Id, today);
        (Members, MemberTotal) = (await members.OrderBy(m => m.Sector).ThenBy(m => m.Organisation).ThenBy(m => m.Id).Take(MostMembers).ToListAsync(), Composition.Seats);
        Territories = [.. (await (from t in db.EntityTerritories where t.EntityId == Entity.Id join f in db.FunctionalTerritories on t.TerritoryId equals f.Id orderby f.Name select new { f.Name, f.Slug }).ToListAsync())
            .Select(f => new Components.Crumb(f.Name, $"/territorios/funcionales/{f.Slug}"))];
        Clocks =
        [
            .. (await MandateClocks.ReadAsync(db, Entity, today)).Select(c => (c.Light, T["clock." + c.Code, c.Args])),
            .. (await AccreditationClocks.ReadAsync(db, Entity.Id, today)).Select(c => (c.Light, T["clock." + c.Code, c.Args])),
        ];
        var prepares = May(Core.Accounts.Role.Manager, Core.Accounts.Role.Secretary);
        Budgets = await db.BudgetProcesses.Where(b => b.EntityId == Entity.Id && (prepares || b.State != BudgetState.Preparing)).OrderByDescending(b => b.FiscalYear).Take(Newest).ToListAsync();
        Assemblies = await db.Assemblies.Where(a => a.EntityId == Entity.Id).OrderByDescending(a => a.Number).Take(Newest).ToListAsync();
        Resolutions = await db.Resolutions.Where(r => r.EntityId == Entity.Id).OrderByDescending(r => r.Number).Take(Newest).ToListAsync();
    }
}
