using System.Text;

namespace Minka.Web.Charts;

/// <summary>The outline of a place in degrees: rings of (longitude, latitude), outer and inner alike (even-odd).</summary>
public sealed record Outline(string Code, IReadOnlyList<IReadOnlyList<(double Lon, double Lat)>> Rings);

/// <summary>A place known by a point only, in degrees.</summary>
public sealed record Place(string Code, double Lon, double Lat);

/// <summary>
/// Outlines made ready to draw: projected (equirectangular, shortened by the cosine of the middle latitude), on a whole-number grid,
/// simplified by Visvalingam's rule until the paths fit the budget. Borders that two places share are cut into arcs at their junctions and
/// simplified once, so neighbours keep touching. Prepare once and keep: it costs tens of milliseconds, a page only writes the strings.
/// </summary>
public sealed class MapShapes
{
    private const int Grid = 1000;

    private MapShapes(int width, int height, IReadOnlyDictionary<string, string> paths, string under, string over, IReadOnlyDictionary<string, (int X, int Y)> points)
    {
        (Width, Height, Paths, Under, Over, Points) = (width, height, paths, under, over, points);
    }

    public int Width { get; }
    public int Height { get; }
    public IReadOnlyDictionary<string, string> Paths { get; }

    /// <summary>Outlines drawn below the points, when the places themselves have none.</summary>
    public string Under { get; }

    /// <summary>Borders of the greater units, drawn over the areas.</summary>
    public string Over { get; }
    public IReadOnlyDictionary<string, (int X, int Y)> Points { get; }

    /// <param name="areas">Places with outlines.</param>
    /// <param name="points">Places known by a point.</param>
    /// <param name="under">Outlines to lie under the points.</param>
    /// <param name="over">Borders of greater units to lie over the areas.</param>
    /// <param name="budget">Characters that the paths of the areas may take together; the other layers get a third of it each.</param>
    public static MapShapes From(IReadOnlyList<Outline> areas, IReadOnlyList<Place>? points = null, IReadOnlyList<Outline>? under = null, IReadOnlyList<Outline>? over = null, int budget = 20_000)
    {
        points ??= [];
        under ??= [];
        over ??= [];
        var all = areas.Concat(under).Concat(over).SelectMany(o => o.Rings).SelectMany(r => r).Concat(points.Select(p => (p.Lon, p.Lat))).ToList();
        if (all.Count == 0) return new(Grid, Grid, new Dictionary<string, string>(), "", "", new Dictionary<string, (int, int)>());
        double west = all.Min(p => p.Lon), east = all.Max(p => p.Lon), south = all.Min(p => p.Lat), north = all.Max(p => p.Lat);
        var squeeze = Math.Cos((south + north) / 2 * Math.PI / 180);
        var scale = (Grid - 20) / Math.Max(Math.Max((east - west) * squeeze, north - south), 1e-9);
        (int X, int Y) Project((double Lon, double Lat) p) => (10 + (int)Math.Round((p.Lon - west) * squeeze * scale), 10 + (int)Math.Round((north - p.Lat) * scale));

        var drawn = Draw(areas, Project, budget);
        return new(
            20 + (int)Math.Ceiling((east - west) * squeeze * scale),
            20 + (int)Math.Ceiling((north - south) * scale),
            drawn,
            string.Concat(Draw(under, Project, budget / 3).Values),
            string.Concat(Draw(over, Project, budget / 3).Values),
            points.ToDictionary(p => p.Code, p => Project((p.Lon, p.Lat)), StringComparer.Ordinal));
    }

    private static Dictionary<string, string> Draw(IReadOnlyList<Outline> outlines, Func<(double, double), (int X, int Y)> project, int budget)
    {
        var rings = new List<(string Code, List<(int X, int Y)> Points)>();
        foreach (var outline in outlines)
        {
            var own = outline.Rings.Select(r => Snap(r, project)).Where(r => r.Count >= 3).OrderByDescending(r => Math.Abs(Area(r))).ToList();
            rings.AddRange(own.Where((r, i) => i == 0 || Math.Abs(Area(r)) >= 6).Select(r => (outline.Code, r)));
        }
        var arcs = new Dictionary<string, Arc>(StringComparer.Ordinal);
        var junctions = Junctions(rings);
        var cut = rings.Select(r => (r.Code, Arcs: Split(r.Points, junctions, arcs))).ToList();
        double low = 0, high = 40_000;
        var best = Write(cut, high);
        for (var i = 0; i < 24; i++)
        {
            var middle = i == 0 ? 0.5 : (low + high) / 2;
            var tried = Write(cut, middle);
            if (tried.Values.Sum(p => p.Length) <= budget) (high, best) = (middle, tried);
            else low = middle;
            if (high - low < 0.25) break;
        }
        return best;
    }

    private static List<(int X, int Y)> Snap(IReadOnlyList<(double, double)> ring, Func<(double, double), (int X, int Y)> project)
    {
        var points = new List<(int X, int Y)>(ring.Count);
        foreach (var p in ring)
        {
            var q = project(p);
            if (points.Count == 0 || points[^1] != q) points.Add(q);
        }
        while (points.Count > 1 && points[0] == points[^1]) points.RemoveAt(points.Count - 1);
        return points;
    }

    /// <summary>Points where more than two borders meet.</summary>
    private static HashSet<(int, int)> Junctions(List<(string Code, List<(int X, int Y)> Points)> rings)
    {
        var around = new Dictionary<(int, int), HashSet<(int, int)>>();
        foreach (var (_, ring) in rings)
        {
            for (var i = 0; i < ring.Count; i++)
            {
                if (!around.TryGetValue(ring[i], out var set)) around[ring[i]] = set = [];
                set.Add(ring[(i + 1) % ring.Count]);
                set.Add(ring[(i + ring.Count - 1) % ring.Count]);
            }
        }
        return [.. around.Where(a => a.Value.Count > 2).Select(a => a.Key)];
    }

    private static List<(Arc Arc, bool Reversed)> Split(List<(int X, int Y)> ring, HashSet<(int, int)> junctions, Dictionary<string, Arc> arcs)
    {
        var start = ring.FindIndex(junctions.Contains);
        if (start < 0) start = ring.IndexOf(ring.Min());
        var result = new List<(Arc, bool)>();
        var current = new List<(int X, int Y)> { ring[start] };
        for (var i = 1; i <= ring.Count; i++)
        {
            var point = ring[(start + i) % ring.Count];
            current.Add(point);
            if (i != ring.Count && !junctions.Contains(point)) continue;
            result.Add(Named(current, arcs));
            current = [point];
        }
        return result;
    }

    private static (Arc, bool) Named(List<(int X, int Y)> points, Dictionary<string, Arc> arcs)
    {
        var forward = string.Join(' ', points);
        if (arcs.TryGetValue(forward, out var known)) return (known, false);
        var backward = string.Join(' ', Enumerable.Reverse(points));
        if (arcs.TryGetValue(backward, out known)) return (known, true);
        return (arcs[forward] = new Arc([.. points]), false);
    }

    private static Dictionary<string, string> Write(List<(string Code, List<(Arc Arc, bool Reversed)> Arcs)> rings, double least)
    {
        var paths = new Dictionary<string, StringBuilder>(StringComparer.Ordinal);
        foreach (var (code, arcs) in rings)
        {
            var points = new List<(int X, int Y)>();
            foreach (var (arc, reversed) in arcs)
            {
                var kept = arc.Kept(least);
                if (reversed) kept.Reverse();
                points.AddRange(points.Count == 0 ? kept : kept.Skip(1));
            }
            if (points.Count > 1 && points[0] == points[^1]) points.RemoveAt(points.Count - 1);
            if (points.Count < 3) continue;
            if (!paths.TryGetValue(code, out var path)) paths[code] = path = new StringBuilder();
            Append(path, points);
        }
        return paths.ToDictionary(p => p.Key, p => p.Value.ToString(), StringComparer.Ordinal);
    }

    private static void Append(StringBuilder path, List<(int X, int Y)> points)
    {
        path.Append('M').Append(points[0].X).Append(' ').Append(points[0].Y).Append('l');
        for (var i = 1; i < points.Count; i++)
        {
            var (dx, dy) = (points[i].X - points[i - 1].X, points[i].Y - points[i - 1].Y);
            if (i > 1 && dx >= 0) path.Append(' ');
            path.Append(dx);
            if (dy >= 0) path.Append(' ');
            path.Append(dy);
        }
        path.Append('z');
    }

    private static double Area(List<(int X, int Y)> ring)
    {
        var sum = 0L;
        for (var i = 0; i < ring.Count; i++)
        {
            var (a, b) = (ring[i], ring[(i + 1) % ring.Count]);
            sum += (long)a.X * b.Y - (long)b.X * a.Y;
        }
        return sum / 2.0;
    }

    /// <summary>A border between two junctions; each inner point knows the area that is lost without it.</summary>
    private sealed class Arc
    {
        private readonly List<(int X, int Y)> _points;
        private readonly double[] _loss;
        private readonly bool _closed;

        public Arc(List<(int X, int Y)> points)
        {
            _points = points;
            _closed = points[0] == points[^1];
            _loss = new double[points.Count];
            _loss[0] = _loss[^1] = double.PositiveInfinity;
            var before = Enumerable.Range(-1, points.Count).ToArray();
            var after = Enumerable.Range(1, points.Count).ToArray();
            var gone = new bool[points.Count];
            var queue = new PriorityQueue<(int Index, double Loss), double>();
            var current = new double[points.Count];
            for (var i = 1; i < points.Count - 1; i++) Offer(i);
            var most = 0.0;
            while (queue.TryDequeue(out var next, out _))
            {
                var i = next.Index;
                if (gone[i] || current[i] != next.Loss) continue;
                most = Math.Max(most, next.Loss);
                _loss[i] = most;
                gone[i] = true;
                after[before[i]] = after[i];
                before[after[i]] = before[i];
                if (before[i] > 0) Offer(before[i]);
                if (after[i] < points.Count - 1) Offer(after[i]);
            }

            void Offer(int i)
            {
                var loss = Triangle(points[before[i]], points[i], points[after[i]]);
                current[i] = loss;
                queue.Enqueue((i, loss), loss);
            }
        }

        /// <summary>The points whose loss reaches <paramref name="least"/>; a closed border keeps at least a triangle.</summary>
        public List<(int X, int Y)> Kept(double least)
        {
            if (_closed && _points.Count > 4)
            {
                var third = _loss[1..^1].OrderDescending().Skip(1).First();
                least = Math.Min(least, third);
            }
            var kept = new List<(int X, int Y)>();
            for (var i = 0; i < _points.Count; i++)
                if (_loss[i] >= least) kept.Add(_points[i]);
            return kept;
        }

        private static double Triangle((int X, int Y) a, (int X, int Y) b, (int X, int Y) c) =>
            Math.Abs((long)(b.X - a.X) * (c.Y - a.Y) - (long)(c.X - a.X) * (b.Y - a.Y)) / 2.0;
    }
}
