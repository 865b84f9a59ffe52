using System.Collections.Concurrent;
using System.Collections.Frozen;

namespace Minka.Core.Territories;

/// <summary>The outline of one territory: polygons, each an outer ring followed by its holes, in degrees.</summary>
public sealed record Outline(string Code, IReadOnlyList<IReadOnlyList<GeoPoint[]>> Polygons);

/// <summary>SVG paths by code, and how far a border may lie from where it was, in units of the frame.</summary>
public sealed record OutlineDrawing(double Tolerance, IReadOnlyDictionary<string, string> Paths);

/// <summary>The outlines of one level, kept as shared border lines, so that neighbours stay joined when they are simplified.</summary>
public sealed class OutlineSet
{
    readonly GeoPoint[][] arcs;
    readonly FrozenDictionary<string, int[][][]> shapes;
    readonly ConcurrentDictionary<string, Outline> decoded = new();
    readonly ConcurrentDictionary<(MapFrame Frame, string Scope, int MaxLength), OutlineDrawing> drawn = new();
    readonly Lazy<FrozenDictionary<string, FrozenSet<string>>> borders;

    internal OutlineSet(Level level, int? year, PackSource source, GeoPoint[][] arcs, IReadOnlyDictionary<string, int[][][]> shapes)
    {
        Level = level;
        Year = year;
        Source = source;
        this.arcs = arcs;
        this.shapes = shapes.ToFrozenDictionary();
        borders = new(FindBorders);
    }

    public Level Level { get; }

    public int? Year { get; }

    public PackSource Source { get; }

    public IReadOnlyCollection<string> Codes => shapes.Keys;

    public bool Has(string code) => shapes.ContainsKey(code);

    public Outline? Find(string code) =>
        shapes.TryGetValue(code, out var shape)
            ? decoded.GetOrAdd(code, _ => new(code, [.. shape.Select(rings => (IReadOnlyList<GeoPoint[]>)[.. rings.Select(Ring)])]))
            : null;

    /// <summary>The frame that just holds the given outlines; null where none of them is drawn.</summary>
    public MapFrame? FrameOf(IEnumerable<string> codes, int width, int maxHeight)
    {
        var points = codes.Select(Find).OfType<Outline>().SelectMany(o => o.Polygons).SelectMany(p => p[0]).ToArray();
        return points.Length == 0 ? null : MapFrame.Fit(points, width, maxHeight);
    }

    /// <summary>
    /// SVG path data of the outlines in the frame, in whole units and relative steps. Borders are simplified more and
    /// more until all paths together have at most <paramref name="maxLength"/> characters (or nothing is left to leave out).
    /// </summary>
    /// <param name="codes">Which outlines; null: all.</param>
    public OutlineDrawing Draw(MapFrame frame, IReadOnlyCollection<string>? codes = null, int maxLength = 44_000)
    {
        var wanted = codes?.Where(shapes.ContainsKey).Order(StringComparer.Ordinal).ToArray() ?? [.. shapes.Keys.Order(StringComparer.Ordinal)];
        return drawn.GetOrAdd((frame, codes is null ? "*" : string.Join(' ', wanted), maxLength), _ =>
        {
            for (var tolerance = 0.4; ; tolerance *= 1.3)
            {
                var drawing = At(frame, wanted, tolerance);
                if (tolerance > 20 || drawing.Paths.Values.Sum(p => p.Length) <= maxLength) return drawing;
            }
        });
    }

    /// <summary>The paths of <see cref="Draw"/>.</summary>
    public IReadOnlyDictionary<string, string> Paths(MapFrame frame, IReadOnlyCollection<string>? codes = null, int maxLength = 44_000) => Draw(frame, codes, maxLength).Paths;

    /// <summary>Paths simplified exactly so much: the borders of two levels of one file then lie on each other.</summary>
    public OutlineDrawing At(MapFrame frame, IEnumerable<string> codes, double tolerance)
    {
        var lines = new OutlinePath(arcs, frame, tolerance);
        return new(tolerance, codes.Where(shapes.ContainsKey).ToFrozenDictionary(code => code, code => lines.Draw(shapes[code])));
    }

    /// <summary>Whose outlines share a stretch of border with this one; found once for the whole set. A corner alone is no border.</summary>
    public IReadOnlySet<string> BordersOf(string code) => borders.Value.TryGetValue(code, out var found) ? found : FrozenSet<string>.Empty;

    // Both sides of a border run through the same points, whether a file keeps it once (TopoJSON) or twice (GeoJSON).
    FrozenDictionary<string, FrozenSet<string>> FindBorders()
    {
        var firstOf = new Dictionary<(GeoPoint, GeoPoint), string>();
        var found = shapes.Keys.ToDictionary(c => c, _ => new HashSet<string>(StringComparer.Ordinal));
        foreach (var (code, shape) in shapes)
        {
            foreach (var line in shape.SelectMany(rings => rings).SelectMany(ring => ring).Select(i => arcs[i < 0 ? ~i : i]))
            {
                for (var i = 1; i < line.Length; i++)
                {
                    var (a, b) = (line[i - 1], line[i]);
                    if (a == b) continue;
                    var stretch = (a.Longitude, a.Latitude).CompareTo((b.Longitude, b.Latitude)) < 0 ? (a, b) : (b, a);
                    if (firstOf.TryAdd(stretch, code) || firstOf[stretch] == code) continue;
                    found[code].Add(firstOf[stretch]);
                    found[firstOf[stretch]].Add(code);
                }
            }
        }
        return found.ToFrozenDictionary(f => f.Key, f => f.Value.ToFrozenSet(StringComparer.Ordinal));
    }

    GeoPoint[] Ring(int[] indices)
    {
        var ring = new List<GeoPoint>();
        foreach (var index in indices)
        {
            var arc = arcs[index < 0 ? ~index : index];
            for (var i = ring.Count == 0 ? 0 : 1; i < arc.Length; i++) ring.Add(index < 0 ? arc[arc.Length - 1 - i] : arc[i]);
        }
        return [.. ring];
    }
}
