using System.Text.Json;

namespace Minka.Observatory.Packs;

/// <summary>A place's polygons in degrees, longitude before latitude: polygons, their rings (the first around, the others holes), their points.</summary>
/// <param name="Code">Its code.</param>
/// <param name="Polygons">The polygons.</param>
internal sealed record GeoShape(string Code, IReadOnlyList<IReadOnlyList<(double X, double Y)[]>> Polygons)
{
    /// <summary>Whether a point lies within, by the even-odd rule.</summary>
    public bool Holds(double x, double y)
    {
        var inside = false;
        foreach (var ring in Polygons.SelectMany(p => p))
        {
            for (int i = 0, j = ring.Length - 1; i < ring.Length; j = i++)
            {
                if (ring[i].Y > y != ring[j].Y > y && x < ((ring[j].X - ring[i].X) * (y - ring[i].Y) / (ring[j].Y - ring[i].Y)) + ring[i].X)
                    inside = !inside;
            }
        }

        return inside;
    }

    /// <summary>Square of the distance to the nearest corner, in degrees.</summary>
    public double DistanceTo(double x, double y) => Polygons.SelectMany(p => p).SelectMany(r => r).Min(p => ((p.X - x) * (p.X - x)) + ((p.Y - y) * (p.Y - y)));
}

/// <summary>Reads the polygons of a GeoJSON file.</summary>
internal static class GeoShapes
{
    /// <summary>All places with a geometry; how many had none is told beside.</summary>
    public static (List<GeoShape> Shapes, int WithoutGeometry) Read(string path, string property)
    {
        using var document = JsonDocument.Parse(File.ReadAllBytes(path));
        if (!document.RootElement.TryGetProperty("features", out var features) || features.ValueKind != JsonValueKind.Array)
            throw new PackBuildFault("source-unreadable", Path.GetFileName(path), "features");
        var shapes = new Dictionary<string, List<IReadOnlyList<(double, double)[]>>>(StringComparer.Ordinal);
        var without = 0;
        foreach (var feature in features.EnumerateArray())
        {
            if (!feature.TryGetProperty("geometry", out var geometry) || geometry.ValueKind != JsonValueKind.Object)
            {
                without++;
                continue;
            }

            var code = feature.GetProperty("properties").TryGetProperty(property, out var value) ? value.ToString() : "";
            if (code.Length == 0)
                throw new PackBuildFault("source-unreadable", Path.GetFileName(path), property);
            // A place in several features is one place.
            if (!shapes.TryGetValue(code, out var polygons))
                shapes[code] = polygons = [];
            var coordinates = geometry.GetProperty("coordinates");
            IEnumerable<JsonElement> parts = geometry.GetProperty("type").GetString() == "MultiPolygon" ? coordinates.EnumerateArray() : [coordinates];
            foreach (var polygon in parts)
                polygons.Add([.. polygon.EnumerateArray().Select(ring => ring.EnumerateArray().Select(p => (p[0].GetDouble(), p[1].GetDouble())).ToArray())]);
        }

        return ([.. shapes.OrderBy(s => s.Key, StringComparer.Ordinal).Select(s => new GeoShape(s.Key, s.Value))], without);
    }
}
