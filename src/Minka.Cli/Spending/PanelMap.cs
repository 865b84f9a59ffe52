using Minka.Core.Territories;
using Minka.Observatory.Panels;
using Country = Minka.Core.Territories.Country;

namespace Minka.Cli.Spending;

/// <summary>Clustering in space of the groups of a panel: of their parts (districts; provinces for what has no place of its own), and of each place among its like.</summary>
/// <remarks>Money per inhabitant, drawn towards the whole's where few people live; neighbours share a stretch of border; G* at a twentieth of false discoveries.</remarks>
sealed class PanelMap(Country country, SpendPanels panels, PanelBy by, PanelAmount amount)
{
    static readonly string[] OfParts = ["moran_i", "moran_z", "moran_p", "gstar_high_places", "gstar_low_places"];
    static readonly string[] OfPlace = ["gstar_z", "gstar_fdr_side"];

    readonly Dictionary<int, Dictionary<string, ClusterLine>> own = [];
    readonly Lazy<ILookup<int, PanelRow>> parts = new(() => panels.Read(by == PanelBy.Country ? PanelBy.Province : PanelBy.District, amount).Rows.ToLookup(r => r.Year ?? 0));
    readonly Lazy<IReadOnlyDictionary<(string Code, int? Year), IReadOnlyDictionary<string, decimal>>> provinces = new(() => panels.Provinces(by, amount));

    /// <returns>Each indicator in space, or why there is none.</returns>
    public IEnumerable<(string Name, double? Value, string Why)> Of(PanelRow row)
    {
        var clustering = Parts(row);
        double?[] values = clustering?.Moran is { } moran
            ? [moran.I, moran.ZRandomised, moran.PRandomised, clustering.Lines.Count(l => l.Side == 1), clustering.Lines.Count(l => l.Side == -1)]
            : [null, null, null, null, null];
        var why = clustering?.Why ?? (clustering is null ? "no-parts" : "few-places");
        for (var i = 0; i < values.Length; i++) yield return (OfParts[i], values[i], why);
        var line = LevelOf() is { } level ? Own(level, row.Year ?? 0).GetValueOrDefault(row.Code) : null;
        var none = LevelOf() is null ? "no-place-of-its-own" : line is null ? "not-on-the-map" : "no-neighbours";
        yield return (OfPlace[0], line?.Z, none);
        yield return (OfPlace[1], line?.Side, none);
    }

    Level? LevelOf() => by switch { PanelBy.Department => Level.Department, PanelBy.Province => Level.Province, PanelBy.District => Level.District, _ => null };

    Clustering? Parts(PanelRow row)
    {
        if (by is PanelBy.Function or PanelBy.Level)
        {
            var money = provinces.Value.GetValueOrDefault((row.Code, row.Year));
            return Clustering.Of(country, country.Of(Level.Province), p => money is not null && money.TryGetValue(p.Code, out var m) ? m : null, p => p.Population);
        }
        IReadOnlyList<Territory> places = by switch
        {
            PanelBy.Country => country.Of(Level.Province),
            PanelBy.Department => [.. country.ChildrenOf(row.Code).SelectMany(p => country.ChildrenOf(p.Code))],
            PanelBy.Province => country.ChildrenOf(row.Code),
            _ => [],
        };
        if (places.Count == 0) return null;
        var rows = parts.Value[row.Year ?? 0].ToDictionary(r => r.Code, StringComparer.Ordinal);
        return Clustering.Of(country, places, p => rows.GetValueOrDefault(p.Code)?.Total, p => p.Population);
    }

    Dictionary<string, ClusterLine> Own(Level level, int year)
    {
        if (own.TryGetValue(year, out var known)) return known;
        var rows = panels.Read(by, amount).Rows.Where(r => (r.Year ?? 0) == year).ToDictionary(r => r.Code, StringComparer.Ordinal);
        return own[year] = Clustering.Of(country, country.Of(level), p => rows.GetValueOrDefault(p.Code)?.Total, p => p.Population).Lines.ToDictionary(l => l.Place.Code, StringComparer.Ordinal);
    }
}
