using Minka.Measures.Spatial;

namespace Minka.Core.Territories;

/// <summary>A place in space: its money per head as it is and drawn towards the whole's where few people live, and whether it lies among like places.</summary>
/// <param name="Z">G* with itself included; null for islands.</param>
/// <param name="P">Two-sided p of G*.</param>
/// <param name="Holds">Whether it holds when false discoveries are kept below a twentieth.</param>
public sealed record ClusterLine(Territory Place, double PerHead, double Smoothed, double? Z, double? P, bool Holds)
{
    /// <summary>1 among high values, −1 among low ones, 0 for neither; null for islands.</summary>
    public int? Side => Z is not { } z ? null : !Holds ? 0 : z > 0 ? 1 : -1;
}

/// <summary>Whether money per head clusters in space.</summary>
/// <param name="Why">Code of why there is no figure.</param>
public sealed record Clustering(IReadOnlyList<ClusterLine> Lines, IReadOnlyList<Territory> Missing, int Islands, Moran? Moran, string? Why)
{
    public const double Level = 0.05;

    const int Fewest = 4;

    /// <param name="money">Money of a place; null where nothing is loaded, which is not the same as none.</param>
    public static Clustering Of(Country country, IReadOnlyList<Territory> places, Func<Territory, decimal?> money, Func<Territory, decimal?> people)
    {
        if (places.Count == 0 || country.Outlines(places[0].Level) is not { } outlines) return new([], places, 0, null, "no-outlines");
        var known = places.Where(p => money(p) is >= 0 && people(p) is > 0).ToList();
        Territory[] missing = [.. places.Except(known)];
        if (known.Count < Fewest) return new([], missing, 0, null, places.All(p => people(p) is null) ? "no-population" : "few-places");
        var neighbours = Contiguity.Of(outlines, known);
        double[] counts = [.. known.Select(p => (double)money(p)!.Value)];
        double[] heads = [.. known.Select(p => (double)people(p)!.Value)];
        var smoothed = SpatialAutocorrelation.SmoothedRates(counts, heads);
        var moran = SpatialAutocorrelation.Moran(smoothed, neighbours);
        var z = SpatialAutocorrelation.LocalGStar(smoothed, neighbours) ?? [.. known.Select(_ => (double?)null)];
        var p = SpatialAutocorrelation.TwoSided(z);
        var holds = SpatialAutocorrelation.Discoveries(p, Level);
        return new([.. known.Select((place, i) => new ClusterLine(place, counts[i] / heads[i], smoothed[i], z[i], p[i], holds[i]))], missing, neighbours.Islands.Count, moran,
            moran is null ? neighbours.Islands.Count == known.Count ? "no-neighbours" : "all-equal" : null);
    }
}
