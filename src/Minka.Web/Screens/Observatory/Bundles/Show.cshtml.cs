using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Territories;
using Minka.Measures.Bundling;
using Minka.Observatory.Reading;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Charts;
using Minka.Web.Layout;
using Minka.Web.Screens.Planning;
using Minka.Web.Screens.Territories;
using EntityState = Minka.Core.Entities.EntityState;

namespace Minka.Web.Screens.Observatory.Bundles;

/// <summary>An entity of the province, and whether the reader may write its plans.</summary>
public sealed record BundleTaker(string Name, string Slug, bool May);

/// <summary>One candidate: its projects, why each is there, and what taking them as one would change.</summary>
[Public]
public sealed class ShowModel(Spending spending, Core.Territories.Country country, TerritoryMaps maps, Gazetteer gazetteer, AppDb db) : BundleScreen(spending, country, maps, gazetteer), IListed
{
    /// <summary>Null only where there is nothing to search.</summary>
    public Bundle? Bundle { get; private set; }

    public MapChart? Map { get; private set; }

    public IReadOnlyList<BundleTaker> Takers { get; private set; } = [];

    public EffectTable Effect => EffectOf(Found!.After(Bundle!.Centre.Code), T["bundles.effect.one"]);

    public string Title => Bundle is null ? T["bundles.title"] : NameOf(Bundle);

    public Investment Investment(BundleMember member) => Found!.Investment(member.Project.Code);

    public bool HasDistances => Bundle!.Members.Any(m => m.Kilometres is not null);

    public override async Task LoadAsync()
    {
        var centre = BundleFinds.CodeOf(Route("centre"));
        await FindAsync();
        if (Found is null) return;
        Bundle = Found.Find(centre) ?? throw new NotFound("bundle", centre);
        Map = MapOf([Bundle], T["bundles.map.one", Place.Name], d => $"/observatorio/municipalidad/{d}");
        var entities = await db.EntityProvinces.Where(p => p.ProvinceCode == Place.Code)
            .Join(db.CoordinationEntities.Where(e => e.State == EntityState.Active), p => p.EntityId, e => e.Id, (_, e) => new { e.Id, e.Name, e.Slug }).OrderBy(e => e.Name).ToListAsync(HttpContext.RequestAborted);
        Takers = [.. entities.Select(e => new BundleTaker(e.Name, e.Slug, Person is { } person && PlanningFinds.Editors.Any(r => person.Holds(r, Scope.OfEntity(e.Id.Value)))))];
    }

    public string TakeHref(BundleTaker taker) => $"/entidades/{taker.Slug}/cartera/agrupables/{Place.Code}/{Bundle!.Centre.Code}";

    public string ReasonsOf(BundleMember member) => member == Bundle!.Members[0] ? T["bundles.is-centre"]
        : string.Join("; ", ((string?[])
        [
            member.Shared.Count > 0 ? T["bundles.reason.words", string.Join(", ", member.Shared)] : null,
            T[member.Nearness == Nearness.SameDistrict ? "bundles.reason.same-district" : "bundles.reason.next-district"] + (member.Kilometres is { } km ? T["bundles.reason.kilometres", Format.Number(km, 1)] : ""),
            T["bundles.reason.ratio", Format.Number(member.SizeRatio, 1)],
            Bundle.Function is null ? null : T["bundles.reason.function"],
        ]).OfType<string>());

    public TableFile ToFile() => new($"agrupable-{Bundle?.Centre.Code}",
        [
            T["observatory.column.code"], T["observatory.column.project"], T["bundles.column.cost"], T["observatory.column.ubigeo"], T["bundles.column.districts"], T["observatory.column.function"], T["bundles.column.registered"],
            T["bundles.column.state"], T["bundles.column.likeness"], T["bundles.column.shared"], T["bundles.column.ratio"], T["bundles.column.near"], T["bundles.column.kilometres"],
        ],
        (Bundle?.Members ?? []).Select(m => (IReadOnlyList<object?>)
        [
            m.Project.Code, m.Project.Title, m.Project.Amount / 100m, string.Join(' ', m.Project.Places), string.Join(", ", m.Project.Places.Select(DistrictOf)), m.Project.Function, Investment(m).Registered,
            Investment(m).Status, Math.Round((decimal)m.Likeness, 4), string.Join(' ', m.Shared), Math.Round((decimal)m.SizeRatio, 3),
            T[m.Nearness == Nearness.SameDistrict ? "bundles.reason.same-district" : "bundles.reason.next-district"], m.Kilometres is { } km ? Math.Round((decimal)km, 2) : null,
        ]));
}
