using Minka.Measures.Spatial;

namespace Minka.Core.Territories;

/// <summary>Who borders on whom among some places, for measures of clustering in space.</summary>
public static class Contiguity
{
    /// <summary>
    /// Neighbours in the order of the places: those that share a stretch of border. A place without an outline of its own has none,
    /// like an island, and maps show it grey.
    /// </summary>
    public static Neighbours Of(OutlineSet outlines, IReadOnlyList<Territory> places)
    {
        ArgumentNullException.ThrowIfNull(outlines);
        var index = places.Index().Where(p => p.Item.DrawnAs == p.Item.Code).ToDictionary(p => p.Item.Code, p => p.Index, StringComparer.Ordinal);
        return new([.. places.Select(p => index.ContainsKey(p.Code)
            ? (IReadOnlyCollection<int>)[.. outlines.BordersOf(p.Code).Where(index.ContainsKey).Select(c => index[c]).Order()]
            : [])]);
    }

    /// <summary>
    /// The districts that border on each district of a province, within the province, by code. Districts that are drawn with one outline, as new ones
    /// are with that of the district they came from, border on each other and on whatever it borders on.
    /// </summary>
    /// <returns>Null where the pack has no outlines of districts.</returns>
    public static IReadOnlyDictionary<string, IReadOnlyCollection<string>>? BordersIn(Country country, string province)
    {
        ArgumentNullException.ThrowIfNull(country);
        if (country.Outlines(Level.District) is not { } outlines) return null;
        var places = country.ChildrenOf(province).Where(p => p.DrawnAs is not null).ToList();
        return places.ToDictionary(p => p.Code, p => (IReadOnlyCollection<string>)[.. places.Where(o => o.Code != p.Code && (o.DrawnAs == p.DrawnAs || outlines.BordersOf(p.DrawnAs!).Contains(o.DrawnAs!))).Select(o => o.Code)], StringComparer.Ordinal);
    }
}
