using Microsoft.AspNetCore.Mvc;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Charts;
using Minka.Web.Components;
using Minka.Web.Layout;
using Minka.Web.Screens.Territories;

namespace Minka.Web.Screens.Observatory.Clusters;

/// <summary>Where money per head lies among like neighbours: Moran's index and G* of every province or district.</summary>
[Public]
public sealed class ShowModel(Spending spending, Core.Territories.Country country, TerritoryMaps maps) : ObservatoryScreen(spending, country), IListed
{
    const int Shown = 60;

    [BindProperty(SupportsGet = true, Name = "nivel")]
    public string? LevelName { get; set; }

    public Level Level => LevelName == "distrito" ? Level.District : Level.Province;

    public IReadOnlyList<Choice> LevelChoices => [.. new[] { Level.Province, Level.District }.Where(l => Country.Of(l).Count > 0).Select(l => new Choice(l.Slug, T[$"territories.level.{l.Slug}.many"]))];

    public Clustering Found { get; private set; } = new([], [], 0, null, "no-outlines");

    /// <summary>Those that hold, from the highest to the lowest.</summary>
    public IReadOnlyList<ClusterLine> Lines { get; private set; } = [];

    public int More { get; private set; }

    public MapChart? Map { get; private set; }

    public string? MapAttribution { get; private set; }

    public override async Task LoadAsync()
    {
        if (!await OpenAsync()) return;
        var rows = Reading.Rows(ByOf(Level), Year, Amount).ToDictionary(r => r.Code, StringComparer.Ordinal);
        Found = Clustering.Of(Country, Country.Of(Level), p => rows.GetValueOrDefault(p.Code)?.Total, PeopleOf);
        var held = Found.Lines.Where(l => l.Side is 1 or -1).OrderByDescending(l => l.Z).ToList();
        (Lines, More) = ([.. held.Take(Shown)], Math.Max(0, held.Count - Shown));
        // Two thousand districts do not fit a page; their table says the same.
        if (Level == Level.District || Found.Lines.Count == 0 || maps.OfCountry(Level) is not { } shapes) return;
        var sides = Found.Lines.ToDictionary(l => l.Place.Code, l => l.Side);
        Map = new(T["observatory.clusters.map"], T["observatory.clusters.map.text"], shapes,
            [.. Country.Of(Level).Select(p => new Area(p.Code, p.Name, sides.GetValueOrDefault(p.Code), sides.GetValueOrDefault(p.Code) is { } s ? SideOf(s) : "", HrefOf(p)))])
        {
            Write = v => SideOf((int)v),
            Kinds = true,
            ValueHeading = T["observatory.clusters.side"],
        };
        MapAttribution = Country.Outlines(Level)?.Source.Attribution;
    }

    public string SideOf(int? side) => side is { } s ? T[$"observatory.side.{s switch { 1 => "high", -1 => "low", _ => "none" }}"] : T["observatory.side.island"];

    public TableFile ToFile() => new("agrupamientos",
        [T["observatory.column.code"], T["observatory.column.name"], T["observatory.i.amount_per_head"], T["observatory.clusters.smoothed"], "G*", "p", T["observatory.clusters.side"]],
        Found.Lines.Select(l => (IReadOnlyList<object?>)[l.Place.Code, l.Place.Name, Math.Round((decimal)l.PerHead, 4), Math.Round((decimal)l.Smoothed, 4), l.Z is { } z ? Math.Round((decimal)z, 6) : null, l.P is { } p ? Math.Round((decimal)p, 8) : null, SideOf(l.Side)]));
}
