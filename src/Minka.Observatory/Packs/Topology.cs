using System.Globalization;
using System.Text;

namespace Minka.Observatory.Packs;

/// <summary>
/// A TopoJSON topology of neighbouring polygons: points on a grid, borders cut where three places meet and kept once, then simplified, so that neighbours
/// stay neighbours without gaps.
/// </summary>
/// <remarks>
/// Simplification removes the corner of the smallest triangle first (Visvalingam and Whyatt 1993) and leaves the ends of borders in place; a place that
/// would vanish keeps its borders as they are. O(n log n) in the points.
/// </remarks>
internal sealed class Topology
{
    private readonly double _grid;
    private readonly (double X, double Y) _origin;
    private readonly List<(string Code, List<List<(int X, int Y)[]>> Polygons)> _shapes = [];
    private readonly Dictionary<(int, int), ((int, int) One, (int, int) Two)> _around = [];
    private readonly HashSet<(int, int)> _junctions = [];
    private readonly Dictionary<string, int> _known = new(StringComparer.Ordinal);
    private readonly List<(int X, int Y)[]> _arcs = [];
    private (int X, int Y)[][] _simple = [];

    public Topology(IReadOnlyList<GeoShape> shapes, double grid, double tolerance)
    {
        _grid = grid;
        var points = shapes.SelectMany(s => s.Polygons).SelectMany(p => p).SelectMany(r => r);
        _origin = (points.Min(p => p.X), points.Min(p => p.Y));
        foreach (var shape in shapes)
        {
            List<List<(int, int)[]>> polygons = [.. shape.Polygons.Select(p => p.Select(Ring).Where(r => r.Length >= 3).ToList()).Where(p => p.Count > 0)];
            if (polygons.Count == 0)
                throw new PackBuildFault("outline-vanished", shape.Code);
            _shapes.Add((shape.Code, polygons));
        }

        foreach (var ring in _shapes.SelectMany(s => s.Polygons).SelectMany(p => p))
            Meet(ring);
        Places = [.. _shapes.Select(s => (s.Code, s.Polygons.Select(p => p.Select(Cut).ToList()).ToList()))];
        Simplify(tolerance / (grid * grid));
    }

    /// <summary>Places with the borders of each ring; −1 − i stands for border i backwards.</summary>
    public IReadOnlyList<(string Code, List<List<List<int>>> Polygons)> Places { get; }

    /// <summary>Points of all borders.</summary>
    public int Points => _simple.Sum(a => a.Length);

    /// <summary>The topology as TopoJSON with one object.</summary>
    public string ToJson(string name, string column)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"{{\"type\":\"Topology\",\"transform\":{{\"scale\":[{_grid},{_grid}],\"translate\":[{_origin.X},{_origin.Y}]}},\"objects\":{{\"{name}\":{{\"type\":\"GeometryCollection\",\"geometries\":[");
        for (var s = 0; s < Places.Count; s++)
        {
            var (code, polygons) = Places[s];
            var rings = polygons.Select(p => $"[{string.Join(',', p.Select(r => $"[{string.Join(',', r)}]"))}]");
            text.Append(s == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"\n{{\"type\":\"{(polygons.Count == 1 ? "Polygon" : "MultiPolygon")}\",\"properties\":{{\"{column}\":\"{code}\"}},\"arcs\":{(polygons.Count == 1 ? rings.First() : $"[{string.Join(',', rings)}]")}}}");
        }

        text.Append("\n]}},\"arcs\":[");
        for (var a = 0; a < _simple.Length; a++)
        {
            text.Append(a == 0 ? "\n[" : ",\n[");
            var (x, y) = (0, 0);
            for (var i = 0; i < _simple[a].Length; i++)
            {
                var p = _simple[a][i];
                text.Append(i == 0 ? "" : ",").Append(CultureInfo.InvariantCulture, $"[{p.X - x},{p.Y - y}]");
                (x, y) = p;
            }

            text.Append(']');
        }

        return text.Append("\n]}\n").ToString();
    }

    /// <summary>A ring on the grid without its closing point and without doubled points.</summary>
    private (int X, int Y)[] Ring((double X, double Y)[] ring)
    {
        var points = new List<(int, int)>();
        foreach (var (x, y) in ring)
        {
            var p = ((int)Math.Round((x - _origin.X) / _grid), (int)Math.Round((y - _origin.Y) / _grid));
            if (points.Count == 0 || points[^1] != p)
                points.Add(p);
        }

        while (points.Count > 1 && points[^1] == points[0])
            points.RemoveAt(points.Count - 1);
        return [.. points];
    }

    /// <summary>A point whose neighbours are not the same in every ring is where borders part.</summary>
    private void Meet((int X, int Y)[] ring)
    {
        for (var i = 0; i < ring.Length; i++)
        {
            var (before, after) = (ring[(i + ring.Length - 1) % ring.Length], ring[(i + 1) % ring.Length]);
            if (!_around.TryGetValue(ring[i], out var known))
                _around[ring[i]] = (before, after);
            else if (known != (before, after) && known != (after, before))
                _junctions.Add(ring[i]);
        }
    }

    private List<int> Cut((int X, int Y)[] ring)
    {
        var start = Array.FindIndex(ring, p => _junctions.Contains(p));
        // A ring that nobody else touches begins at its least point, so that a hole and its island are one border.
        if (start < 0)
            start = Array.IndexOf(ring, ring.Min());
        var arcs = new List<int>();
        var arc = new List<(int, int)> { ring[start] };
        for (var i = 1; i <= ring.Length; i++)
        {
            var p = ring[(start + i) % ring.Length];
            arc.Add(p);
            if (i < ring.Length && !_junctions.Contains(p))
                continue;
            arcs.Add(Keep([.. arc]));
            arc = [p];
        }

        return arcs;
    }

    private int Keep((int X, int Y)[] arc)
    {
        (int, int)[] back = [.. arc.Reverse()];
        var forwards = arc.AsSpan().SequenceCompareTo(back) <= 0;
        var canonical = forwards ? arc : back;
        var key = string.Join(';', canonical);
        if (!_known.TryGetValue(key, out var index))
        {
            _known[key] = index = _arcs.Count;
            _arcs.Add(canonical);
        }

        return forwards ? index : -1 - index;
    }

    private void Simplify(double tolerance)
    {
        _simple = [.. _arcs.Select(a => Simpler(a, tolerance))];
        // What would vanish, or be a line, keeps its borders.
        foreach (var ring in Places.SelectMany(s => s.Polygons).SelectMany(p => p))
        {
            int[] arcs = [.. ring.Select(i => i < 0 ? -1 - i : i)];
            if (arcs.Sum(a => _simple[a].Length - 1) >= 3 && Area(ring) != 0)
                continue;
            foreach (var a in arcs)
                _simple[a] = _arcs[a];
        }
    }

    private long Area(List<int> ring)
    {
        List<(int X, int Y)> points = [.. ring.SelectMany(i => i < 0 ? _simple[-1 - i].Reverse() : _simple[i])];
        var area = 0L;
        for (var i = 0; i < points.Count; i++)
            area += ((long)points[i].X * points[(i + 1) % points.Count].Y) - ((long)points[(i + 1) % points.Count].X * points[i].Y);
        return area;
    }

    private static (int X, int Y)[] Simpler((int X, int Y)[] arc, double tolerance)
    {
        var least = arc[0] == arc[^1] ? 4 : 2;
        if (arc.Length <= least)
            return arc;
        var (before, after) = (new int[arc.Length], new int[arc.Length]);
        for (var i = 0; i < arc.Length; i++)
            (before[i], after[i]) = (i - 1, i + 1);
        var size = new double[arc.Length];
        var queue = new PriorityQueue<(int Point, double Size), double>();
        for (var i = 1; i < arc.Length - 1; i++)
            Enter(i, 0);
        var left = arc.Length;
        var removed = new bool[arc.Length];
        while (left > least && queue.TryDequeue(out var next, out _))
        {
            if (removed[next.Point] || next.Size != size[next.Point])
                continue;
            if (next.Size >= tolerance)
                break;
            removed[next.Point] = true;
            left--;
            var (b, a) = (before[next.Point], after[next.Point]);
            (after[b], before[a]) = (a, b);
            if (b > 0)
                Enter(b, next.Size);
            if (a < arc.Length - 1)
                Enter(a, next.Size);
        }

        return [.. arc.Where((_, i) => !removed[i])];

        void Enter(int i, double atLeast)
        {
            var (p, q, r) = (arc[before[i]], arc[i], arc[after[i]]);
            size[i] = Math.Max(atLeast, Math.Abs(((double)(q.X - p.X) * (r.Y - p.Y)) - ((double)(r.X - p.X) * (q.Y - p.Y))) / 2);
            queue.Enqueue((i, size[i]), size[i]);
        }
    }
}
