using Minka.Core.Territories;

namespace Minka.Web.Charts;

/// <summary>What a map draws: paths by code, points by code (in degrees), and the outlines below or above them.</summary>
public sealed record MapShapes(MapFrame Frame)
{
    /// <summary>Path data by code, in the units of the frame.</summary>
    public IReadOnlyDictionary<string, string> Paths { get; init; } = new Dictionary<string, string>();

    /// <summary>Places that have no outline.</summary>
    public IReadOnlyDictionary<string, GeoPoint> Points { get; init; } = new Dictionary<string, GeoPoint>();

    /// <summary>Outlines that lie under the points.</summary>
    public string Under { get; init; } = "";

    /// <summary>A point, a line or the border of an area over all: its points in degrees; closed where it is an area.</summary>
    public (IReadOnlyList<GeoPoint> Points, bool Closed)? Mark { get; init; }

    /// <summary>Borders of greater units, over the areas.</summary>
    public string Over { get; init; } = "";

    /// <summary>Areas of one level. The default budget lets 196 provinces with their links stay under 45 KB.</summary>
    public static MapShapes Of(OutlineSet outlines, MapFrame frame, IReadOnlyCollection<string>? codes = null, int budget = 22_000) =>
        new(frame) { Paths = outlines.Paths(frame, codes, budget) };

    /// <summary>Points of one level over the outlines of a greater one.</summary>
    public static MapShapes Of(IReadOnlyDictionary<string, GeoPoint> points, MapFrame frame, OutlineSet? under, int budget = 10_000) =>
        new(frame) { Points = points, Under = under is null ? "" : string.Concat(under.Paths(frame, null, budget).Values) };
}
