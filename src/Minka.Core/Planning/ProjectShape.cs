using Minka.Core.Kernel;

namespace Minka.Core.Planning;

public enum ShapeKind
{
    Point,
    Line,
    Area,
}

/// <summary>A place on the map in millionths of a degree (WGS 84), so that it is a whole number and one text.</summary>
public readonly record struct MapPoint(int Latitude, int Longitude)
{
    public const int Scale = 1_000_000;

    public static MapPoint Of(decimal latitude, decimal longitude) => new(
        (int)decimal.Round(latitude * Scale, MidpointRounding.AwayFromZero), (int)decimal.Round(longitude * Scale, MidpointRounding.AwayFromZero));
}

/// <summary>Where a project lies: a point, a line or the border of an area.</summary>
public sealed record ProjectShape(ShapeKind Kind, IReadOnlyList<MapPoint> Points)
{
    public const int MostPoints = 500;

    /// <exception cref="RuleBroken">Too few or too many points for the kind, or outside the globe.</exception>
    internal static ProjectShape Checked(ProjectShape shape)
    {
        var least = shape.Kind switch { ShapeKind.Point => 1, ShapeKind.Line => 2, _ => 3 };
        var most = shape.Kind == ShapeKind.Point ? 1 : MostPoints;
        if (shape.Points.Count < least || shape.Points.Count > most) throw new RuleBroken(PlanningRules.ShapePoints, shape.Points.Count, least, most);
        foreach (var point in shape.Points)
        {
            if (point.Latitude is < -90 * MapPoint.Scale or > 90 * MapPoint.Scale || point.Longitude is < -180 * MapPoint.Scale or > 180 * MapPoint.Scale)
                throw new RuleBroken(PlanningRules.ShapeOffGlobe, point.Latitude / (decimal)MapPoint.Scale, point.Longitude / (decimal)MapPoint.Scale);
        }
        return shape;
    }
}
