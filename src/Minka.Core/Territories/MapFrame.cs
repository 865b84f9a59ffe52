namespace Minka.Core.Territories;

/// <summary>
/// A rectangle of the map in drawing units: longitude is shortened by the cosine of the middle latitude, north is up.
/// </summary>
public sealed record MapFrame(int Width, int Height, double West, double North, double UnitsByLongitude, double UnitsByLatitude)
{
    const int Margin = 4;

    /// <summary>The frame of the given width that holds all points, less wide where it would become higher than <paramref name="maxHeight"/>.</summary>
    public static MapFrame Fit(IReadOnlyCollection<GeoPoint> points, int width, int maxHeight)
    {
        double west = points.Min(p => p.Longitude), east = points.Max(p => p.Longitude);
        double south = points.Min(p => p.Latitude), north = points.Max(p => p.Latitude);
        var shrink = Math.Max(0.1, Math.Cos((south + north) / 2 * Math.PI / 180));
        // A single point still gets a frame: about a kilometre each way.
        double breadth = Math.Max((east - west) * shrink, 0.02), length = Math.Max(north - south, 0.02);
        var units = Math.Min((width - (2 * Margin)) / breadth, (maxHeight - (2 * Margin)) / length);
        return new(
            (int)Math.Ceiling(breadth * units) + (2 * Margin),
            (int)Math.Ceiling(length * units) + (2 * Margin),
            west - (Margin / (units * shrink)),
            north + (Margin / units),
            units * shrink,
            units);
    }

    public (double X, double Y) Place(GeoPoint point) =>
        ((point.Longitude - West) * UnitsByLongitude, (North - point.Latitude) * UnitsByLatitude);
}
