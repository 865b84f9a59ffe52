using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Charts;
using Minka.Web.Components;
using Minka.Web.Layout;
using EntityState = Minka.Core.Entities.EntityState;

namespace Minka.Web.Screens.Territories.Functional;

/// <summary>One functional territory: its places, the map of its provinces, the entities that work in it.</summary>
[Public]
public sealed class ShowModel(AppDb db, Country country, Gazetteer gazetteer, TerritoryMaps maps) : Screen
{
    public FunctionalTerritory Place { get; private set; } = null!;

    public IReadOnlyList<Territory> Parts { get; private set; } = [];

    public IReadOnlyList<string> Provinces => [.. Place.Provinces.Select(p => country.Find(p)?.Name ?? p)];

    /// <summary>Of all parts, where the pack tells it of each.</summary>
    public long? Population { get; private set; }

    /// <summary>The provinces of its departments, each with how many of its places lie in the territory.</summary>
    public MapChart? Map { get; private set; }

    public IReadOnlyList<Crumb> Entities { get; private set; } = [];

    public bool MayChange => Person is not null && May(Role.Admin, Role.Operator, Role.Secretary, Role.Manager);

    public override async Task LoadAsync()
    {
        var slug = Route("functional");
        Place = await db.FunctionalTerritories.SingleOrDefaultAsync(f => f.Slug == slug) ?? throw new NotFound("functional-territory", slug);
        var parts = new List<Territory>();
        foreach (var code in Place.Codes)
        {
            if (await gazetteer.FindAsync(code) is { } part) parts.Add(part);
        }
        Parts = parts;
        Population = parts.Count > 0 && parts.All(p => p.Population is not null) ? parts.Sum(p => p.Population!.Value) : null;
        DrawMap();
        var id = Place.Id;
        Entities = [.. (await (from t in db.EntityTerritories
                               where t.TerritoryId == id
                               join e in db.CoordinationEntities on t.EntityId equals e.Id
                               where e.State == EntityState.Active
                               orderby e.Name
                               select new { e.Name, e.Slug }).Take(100).ToListAsync()).Select(e => new Crumb(e.Name, $"/entidades/{e.Slug}"))];
    }

    void DrawMap()
    {
        string[] departments = [.. Place.Codes.Select(c => c[..2]).Distinct()];
        var shapes = departments.Length == 1 ? maps.OfParts(departments[0]) : maps.OfCountry(Level.Province);
        if (shapes is null) return;
        var places = departments.Length == 1 ? country.ChildrenOf(departments[0]) : country.Provinces;
        var areas = places.Select(p => (Place: p, Count: Place.Codes.Count(c => c[..4] == p.Code)))
            .Select(p => new Area(p.Place.Code, p.Place.Name, p.Count, p.Count == 0 ? T["functional.outside"] : Place.Codes.Contains(p.Place.Code) ? T["functional.whole"] : T.Count(p.Count, "functional.one-place", "functional.many-places"), $"/territorios/{p.Place.Code}")).ToList();
        Map = new MapChart(T["functional.map", Place.Name], T["functional.map-text"], shapes, areas) { Write = v => Format.Number(v, 0), ValueHeading = T["functional.places"] };
    }
}
