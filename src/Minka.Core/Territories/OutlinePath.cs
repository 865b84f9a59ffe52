using System.Globalization;
using System.Text;

namespace Minka.Core.Territories;

/// <summary>Draws outlines as SVG path data: each border line is simplified once (Douglas and Peucker) and used by both its sides.</summary>
sealed class OutlinePath(GeoPoint[][] arcs, MapFrame frame, double tolerance)
{
    readonly (int X, int Y)[]?[] simplified = new (int, int)[]?[arcs.Length];

    public string Draw(int[][][] polygons)
    {
        var path = new StringBuilder();
        (int X, int Y)[]? widest = null;
        foreach (var ring in polygons.SelectMany(rings => rings))
        {
            var points = Ring(ring);
            if (widest is null || points.Length > widest.Length) widest = points;
            if (points.Length >= 3) Append(path, points);
        }
        // What is smaller than a unit stays visible as a dot.
        if (path.Length == 0 && widest is { Length: > 0 })
            path.Append(CultureInfo.InvariantCulture, $"M{widest[0].X} {widest[0].Y}h1v1h-1z");
        return path.ToString();
    }

    static void Append(StringBuilder path, (int X, int Y)[] points)
    {
        path.Append(CultureInfo.InvariantCulture, $"M{points[0].X} {points[0].Y}l");
        var first = true;
        for (var i = 1; i < points.Length; i++)
        {
            Number(points[i].X - points[i - 1].X);
            Number(points[i].Y - points[i - 1].Y);
        }
        path.Append('z');

        void Number(int value)
        {
            if (!first && value >= 0) path.Append(' ');
            path.Append(value);
            first = false;
        }
    }

    (int X, int Y)[] Ring(int[] indices)
    {
        var ring = new List<(int X, int Y)>();
        foreach (var index in indices)
        {
            var arc = Simplify(index < 0 ? ~index : index);
            for (var i = 0; i < arc.Length; i++)
            {
                var point = index < 0 ? arc[arc.Length - 1 - i] : arc[i];
                if (ring.Count == 0 || ring[^1] != point) ring.Add(point);
            }
        }
        while (ring.Count > 1 && ring[0] == ring[^1]) ring.RemoveAt(ring.Count - 1);
        return [.. ring];
    }

    (int X, int Y)[] Simplify(int index)
    {
        if (simplified[index] is { } done) return done;
        var points = Array.ConvertAll(arcs[index], p => frame.Place(p));
        var keep = new bool[points.Length];
        keep[0] = keep[^1] = true;
        var open = new Stack<(int From, int To)>();
        open.Push((0, points.Length - 1));
        while (open.TryPop(out var span))
        {
            var (farthest, distance) = (-1, tolerance * tolerance);
            for (var i = span.From + 1; i < span.To; i++)
            {
                var d = SquaredDistance(points[i], points[span.From], points[span.To]);
                if (d > distance) (farthest, distance) = (i, d);
            }
            if (farthest < 0) continue;
            keep[farthest] = true;
            open.Push((span.From, farthest));
            open.Push((farthest, span.To));
        }
        var kept = new List<(int X, int Y)>();
        for (var i = 0; i < points.Length; i++)
        {
            var snapped = ((int)Math.Round(points[i].X), (int)Math.Round(points[i].Y));
            if (keep[i] && (kept.Count == 0 || kept[^1] != snapped)) kept.Add(snapped);
        }
        return simplified[index] = [.. kept];
    }

    static double SquaredDistance((double X, double Y) p, (double X, double Y) a, (double X, double Y) b)
    {
        double dx = b.X - a.X, dy = b.Y - a.Y;
        var length = (dx * dx) + (dy * dy);
        var t = length == 0 ? 0 : Math.Clamp((((p.X - a.X) * dx) + ((p.Y - a.Y) * dy)) / length, 0, 1);
        double x = p.X - a.X - (t * dx), y = p.Y - a.Y - (t * dy);
        return (x * x) + (y * y);
    }
}
