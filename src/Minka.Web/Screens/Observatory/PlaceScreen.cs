using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Territories;
using Minka.Observatory.Panels;
using Minka.Web.Charts;
using Minka.Web.Components;
using Minka.Web.Screens.Territories;
using Choice = Minka.Web.Components.Choice;
using Country = Minka.Core.Territories.Country;
using EntityState = Minka.Core.Entities.EntityState;

namespace Minka.Web.Screens.Observatory;

/// <summary>An adopted programme of an entity of the place: its axes are declared, so alignment and modularity have a meaning.</summary>
public sealed record ProgrammeLine(string Title, string Href, string Entity, CohesionCheck Check)
{
    public double? Aligned => 1 - Check.Measured.OffAxisShare;
}

/// <summary>A department, a province or a district.</summary>
public abstract class PlaceScreen(Spending spending, Country country, TerritoryMaps maps, Gazetteer gazetteer, AppDb db) : PanelScreen(spending, country)
{
    /// <summary>Programmes that a page weighs; an entity has few.</summary>
    const int MostProgrammes = 4;

    public Territory Place { get; private set; } = null!;

    public IReadOnlyList<Crumb> Trail { get; private set; } = [];

    public PeerGroup? Peers { get; private set; }

    public IReadOnlyList<(Peer Peer, Figures? Figures)> PeerLines { get; private set; } = [];

    public IReadOnlyList<ProgrammeLine> Programmes { get; private set; } = [];

    public override string ListHref => RowsHref(Place.Code);

    public override string Title => Place.Name;

    public static IReadOnlyList<string> PeerColumns { get; } = ["projects_per_10k_inhabitants", "median", Indicators.First, "hhi", "execution"];

    [BindProperty(SupportsGet = true, Name = "partes")]
    public string? PartsName { get; set; }

    /// <summary>Into what a department is parted: provinces, or its districts where the pack has them.</summary>
    public IReadOnlyList<Choice> PartsChoices => Place.Level != Level.Department || Districts().Count == 0 ? []
        : [.. new[] { Level.Province, Level.District }.Select(l => new Choice(l.Slug, T[$"territories.level.{l.Slug}.many"]))];

    public Level PartLevel => Place.Level == Level.Department && PartsName != Level.District.Slug ? Level.Province : Level.District;

    /// <summary>A department by its districts is a map and its table; the figures of the department stand on its own page.</summary>
    public bool ShowsDistrictsAlone => Place.Level == Level.Department && PartLevel == Level.District;

    /// <summary>Where the place lies in what is around it; null where the pack has nothing to draw.</summary>
    public MapChart? Locator
    {
        get
        {
            var around = Place.Level == Level.Department ? Country.Departments : Country.ChildrenOf(Place.ParentCode!);
            if ((Place.Level == Level.Department ? maps.OfCountry(Level.Department) : maps.OfParts(Place.ParentCode!)) is not { } shapes) return null;
            return new(T["observatory.locator", Place.Name], "", shapes, [.. around.Select(p => new Area(p.Code, p.Name, p.Code == Place.Code ? 1 : 0, ""))])
            {
                Kinds = true,
                Here = Place.Code,
                Write = v => v == 1 ? Place.Name : T[$"territories.level.{Place.Level.Slug}.many"],
            };
        }
    }

    protected async Task LoadPlaceAsync(Level level, string code)
    {
        Place = await gazetteer.FindAsync(code, HttpContext.RequestAborted) is { } found && found.Level == level ? found : throw new NotFound("territory", code);
        var ready = await OpenAsync();
        Trail = [new(T["observatory.title"], $"/observatorio{Query()}"), .. Country.PathOf(Place.ParentCode ?? "").Select(t => new Crumb(t.Name, HrefOf(t))), new(Place.Name)];
        if (!ready) return;
        ReadGroup(ByOf(Place.Level), Place.Code, PeopleOf(Place), Space);
        ReadParts();
        Peers = PeerGroup.Of(Country, Place);
        var rows = Reading.Rows(ByOf(Place.Level), Year, Amount).ToDictionary(r => r.Code, StringComparer.Ordinal);
        PeerLines = Peers is null ? [] : [.. Peers.Nearest.Select(p => (p, rows.TryGetValue(p.Place.Code, out var row) ? FiguresOf(row, p.Place) : null))];
        Programmes = await ReadProgrammesAsync();
    }

    void ReadParts()
    {
        if (Place.Level == Level.District) return;
        var places = PartLevel == Level.District ? Districts() : Country.ChildrenOf(Place.Code);
        var rows = Reading.Rows(ByOf(PartLevel), Year, Amount).ToDictionary(r => r.Code, StringComparer.Ordinal);
        Parts = [.. places.Where(p => rows.ContainsKey(p.Code)).Select(p => (p.Code, p.Name, (string?)HrefOf(p), FiguresOf(rows[p.Code], p)))];
        PartsTitle = T[$"territories.level.{PartLevel.Slug}.many"];
        Draw(PartLevel == Level.District && Place.Level == Level.Department ? maps.OfDistricts(Place.Code) : maps.OfParts(Place.Code), places, T["observatory.map.of", Place.Name], PartLevel);
    }

    (Clustering?, string?) Space()
    {
        var parts = Place.Level == Level.District ? [] : Districts();
        if (parts.Count == 0) return (null, "no-parts");
        var rows = Reading.Rows(PanelBy.District, Year, Amount).ToDictionary(r => r.Code, StringComparer.Ordinal);
        return (Clustering.Of(Country, parts, p => rows.GetValueOrDefault(p.Code)?.Total, PeopleOf), null);
    }

    IReadOnlyList<Territory> Districts() =>
        Place.Level == Level.Department ? [.. Country.ChildrenOf(Place.Code).SelectMany(p => Country.ChildrenOf(p.Code))] : Country.ChildrenOf(Place.Code);

    async Task<IReadOnlyList<ProgrammeLine>> ReadProgrammesAsync()
    {
        var adopted = await db.Programmes.Where(p => p.State == ProgrammeState.Adopted)
            .Join(db.CoordinationEntities.Where(e => e.State == EntityState.Active), p => p.EntityId, e => e.Id, (p, e) => new { p.Slug, p.AdoptedVersionId, Entity = e.Name, e.ProvinceCodes })
            .OrderBy(p => p.Slug).ToListAsync(HttpContext.RequestAborted);
        var here = adopted.Where(p => p.ProvinceCodes.Any(c => c.StartsWith(Place.Code, StringComparison.Ordinal) || Place.Code.StartsWith(c, StringComparison.Ordinal))).Take(MostProgrammes).ToList();
        var ids = here.Select(p => p.AdoptedVersionId!.Value).ToList();
        var versions = (await db.ProgrammeVersions.Where(v => ids.Contains(v.Id)).AsNoTracking().ToListAsync(HttpContext.RequestAborted)).ToDictionary(v => v.Id);
        return [.. here.Where(p => versions.ContainsKey(p.AdoptedVersionId!.Value)).Select(p => (p, Content: versions[p.AdoptedVersionId!.Value].ReadContent()))
            .Select(p => new ProgrammeLine(p.Content.Title, $"/programas/{p.p.Slug}", p.p.Entity, CohesionCheck.Of(p.Content, PlanningLimits.Reference)))];
    }
}
