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
}
