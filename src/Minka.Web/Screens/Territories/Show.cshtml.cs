using Microsoft.AspNetCore.Mvc;
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
using Choice = Minka.Web.Components.Choice;
using EntityState = Minka.Core.Entities.EntityState;

namespace Minka.Web.Screens.Territories;

/// <summary>A figure of the place, the same figure of the greater place around it, and the number of its source below the table.</summary>
public sealed record IndicatorLine(Indicator Indicator, decimal Value, decimal? Around, int Source);

[Public]
public sealed class ShowModel(Gazetteer gazetteer, Country country, TerritoryMaps maps, AppDb db) : Screen
{
    [BindProperty(SupportsGet = true, Name = "indicador")]
    public string? Key { get; set; }

    public Territory Place { get; private set; } = null!;

    public Territory? Around { get; private set; }

    public IReadOnlyList<Crumb> Trail { get; private set; } = [];

    public IReadOnlyList<Territory> Parts { get; private set; } = [];

    /// <summary>What the map and the table of parts are coloured by.</summary>
    public Indicator? Chosen { get; private set; }

    public IReadOnlyList<Choice> Choices { get; private set; } = [];

    public MapChart? Map { get; private set; }

    public IReadOnlyList<IndicatorLine> Lines { get; private set; } = [];

    public IReadOnlyList<string> Sources { get; private set; } = [];

    /// <summary>The place in whose outline this one is drawn, where it has none of its own.</summary>
    public Territory? DrawnIn { get; private set; }

    public IReadOnlyList<Territory> PartsWithoutOutline { get; private set; } = [];

    /// <summary>Coordination entities that act here.</summary>
    public IReadOnlyList<Crumb> Entities { get; private set; } = [];

    public string? MapAttribution { get; private set; }

    public bool Typed { get; private set; }

    public Level PartLevel => Place.Level == Level.Department ? Level.Province : Level.District;

    public bool MayAdd => May(Role.Admin, Role.Operator, Role.Secretary, Role.Manager);

    public override async Task LoadAsync()
    {
        Place = await gazetteer.FindAsync(Route("territory")) ?? throw new NotFound("territory", Route("territory"));
        Typed = country.Find(Place.Code) is null;
        Around = country.Find(Place.ParentCode);
        Trail = [new(T["territories.title"], "/territorios"), .. country.PathOf(Place.ParentCode ?? "").Select(t => new Crumb(t.Name, $"/territorios/{t.Code}")), new(Place.Name)];
        Parts = Place.Level == Level.District ? [] : await gazetteer.ChildrenOfAsync(Place.Code);
        DrawnIn = Place.DrawnAs is { } other && other != Place.Code ? country.Find(other) : null;
        ReadFigures();
        DrawMap();
        // The provinces of an entity stand in one column; entities are few.
        Entities = [.. (await db.CoordinationEntities.Where(e => e.State == EntityState.Active).OrderBy(e => e.Name).Select(e => new { e.Name, e.Slug, e.ProvinceCodes }).ToListAsync(HttpContext.RequestAborted))
            .Where(e => e.ProvinceCodes.Any(p => p.StartsWith(Place.Code, StringComparison.Ordinal) || Place.Code.StartsWith(p, StringComparison.Ordinal)))
            .Select(e => new Crumb(e.Name, $"/entidades/{e.Slug}"))];
    }

    void ReadFigures()
    {
        var lines = new List<IndicatorLine>();
        var sources = new List<string>();
        foreach (var indicator in country.IndicatorsOf(Place.Level))
        {
            if (indicator.Of(Place.Code) is not { } value) continue;
            if (!sources.Contains(indicator.Attribution)) sources.Add(indicator.Attribution);
            var around = Around is null ? null : country.Indicator(indicator.Key, Around.Level)?.Of(Around.Code);
            lines.Add(new(indicator, value, around, sources.IndexOf(indicator.Attribution) + 1));
        }
        (Lines, Sources) = (lines, sources);
    }

    // The nearest place, from this one upwards, whose parts can be drawn.
    void DrawMap()
    {
        var path = country.PathOf(Typed ? Place.ParentCode! : Place.Code);
        Chosen = Parts.Count > 0 ? country.Choose(Key, Parts[0].Level) : null;
        foreach (var whole in path.Reverse())
        {
            if (maps.OfParts(whole.Code) is not { } shapes) continue;
            var places = country.ChildrenOf(whole.Code);
            var here = path.FirstOrDefault(t => t.ParentCode == whole.Code);
            var level = places[0].Level;
            Chosen = country.Choose(Key, level);
            Choices = [.. country.IndicatorsOf(level).Select(i => new Choice(i.Key, i.NameIn(T)))];
            Map = maps.Chart(shapes, places, Chosen, T["territories.map.title", whole.Name], T, here?.DrawnAs ?? here?.Code);
            MapAttribution = (country.Outlines(level) ?? country.Outlines(whole.Level))?.Source.Attribution;
            PartsWithoutOutline = [.. places.Where(p => p.DrawnAs is not null && p.DrawnAs != p.Code)];
            return;
        }
    }

    /// <summary>The chosen indicator of a part, in words.</summary>
    public string FigureOf(Territory part) => PartIndicator?.Say(PartIndicator.Of(part.Code), T) ?? "";

    public Indicator? PartIndicator => Parts.Count == 0 ? null : country.Indicator(Chosen?.Key, Parts[0].Level);
}
