namespace Minka.Core.Territories.Packs;

/// <summary>Outlines in TopoJSON or GeoJSON (EPSG:4326). The code of a feature stands in the first of the manifest's columns that it has.</summary>
sealed class OutlineFile(ManifestFile file, PackSource source, TerritoryTables territories, FaultList faults)
{
    sealed class Shapes
    {
        public Dictionary<Level, Dictionary<string, int[][][]>> ByLevel { get; } = [];

        public int Features { get; set; }
    }

    byte[] bytes = [];

    public IEnumerable<OutlineSet> Read(byte[] content, IReadOnlyList<Level> levels)
    {
        bytes = content;
        StrictText.Decode(file.Path, content, faults);
        if (JsonValue.Read(file.Path, content, faults) is not { } root) return [];
        var shapes = new Shapes();
        var arcs = root["type"]?.Text switch
        {
            "Topology" => ReadTopology(root, shapes),
            "FeatureCollection" => ReadFeatures(root, shapes),
            _ => null,
        };
        if (arcs is null)
        {
            Geometry(root);
            return [];
        }
        if (file.Rows is { } rows && rows != shapes.Features) faults.Add(file.Path, null, PackFaults.RowCount, $"{shapes.Features}", $"{rows}");
        var sets = new List<OutlineSet>();
        foreach (var level in levels)
        {
            var found = shapes.ByLevel.GetValueOrDefault(level) ?? [];
            territories.CheckDrawn(level, file.Year, found.ContainsKey);
            sets.Add(new(level, file.Year, source, arcs, found));
        }
        return sets;
    }

    GeoPoint[][]? ReadTopology(JsonValue root, Shapes shapes)
    {
        if (root["arcs"]?.Items is not { } list || root["objects"]?.Properties is not { } objects) return null;
        var scale = root["transform"]?["scale"]?.Numbers;
        var translate = root["transform"]?["translate"]?.Numbers;
        if (root["transform"] is { } transform && (scale is not { Length: 2 } || translate is not { Length: 2 })) Geometry(transform);
        var quantized = scale is { Length: 2 } && translate is { Length: 2 };
        var arcs = new GeoPoint[list.Count][];
        for (var a = 0; a < list.Count; a++)
        {
            var points = list[a].Items ?? [];
            arcs[a] = new GeoPoint[points.Count];
            double x = 0, y = 0;
            for (var i = 0; i < points.Count; i++)
            {
                if (points[i].Numbers is not { Length: >= 2 } step)
                {
                    Geometry(points[i]);
                    continue;
                }
                (x, y) = quantized ? (x + step[0], y + step[1]) : (step[0], step[1]);
                arcs[a][i] = quantized ? new((x * scale![0]) + translate![0], (y * scale[1]) + translate[1]) : new(x, y);
                Inside(arcs[a][i], points[i]);
            }
            if (points.Count < 2) Geometry(list[a]);
        }
        foreach (var (name, value) in objects)
        {
            if (value["geometries"]?.Items is not { } geometries)
            {
                Geometry(value);
                continue;
            }
            if (file.Objects.TryGetValue(name, out var expected) && expected != geometries.Count)
                faults.Add(file.Path, PlaceOf(value), PackFaults.RowCount, $"{geometries.Count}", $"{expected}");
            foreach (var geometry in geometries) Keep(geometry, geometry, shapes, Arcs(geometry, arcs.Length));
        }
        return arcs;
    }

    GeoPoint[][]? ReadFeatures(JsonValue root, Shapes shapes)
    {
        if (root["features"]?.Items is not { } features) return null;
        var arcs = new List<GeoPoint[]>();
        foreach (var feature in features)
        {
            var coordinates = feature["geometry"]?["coordinates"]?.Items;
            var polygons = (feature["geometry"]?["type"]?.Text, coordinates) switch
            {
                ("Polygon", { Count: > 0 }) => [coordinates],
                ("MultiPolygon", { Count: > 0 }) => coordinates.Select(p => p.Items ?? []).ToArray(),
                _ => Array.Empty<IReadOnlyList<JsonValue>>(),
            };
            // Every ring becomes a border line of its own.
            Keep(feature, feature["geometry"] ?? feature, shapes, [.. polygons.Select(rings => rings.Select(ring => new[] { Line(ring) }).ToArray())]);
        }
        return [.. arcs];

        int Line(JsonValue ring)
        {
            var line = new List<GeoPoint>();
            foreach (var position in ring.Items ?? [])
            {
                if (position.Numbers is not { Length: >= 2 } p)
                {
                    Geometry(position);
                    continue;
                }
                line.Add(new(p[0], p[1]));
                Inside(line[^1], position);
            }
            if (line.Count < 4) Geometry(ring);
            arcs.Add([.. line]);
            return arcs.Count - 1;
        }
    }

    int[][][] Arcs(JsonValue geometry, int count)
    {
        var polygons = geometry["type"]?.Text switch
        {
            "Polygon" => [geometry["arcs"]?.Items ?? []],
            "MultiPolygon" => (geometry["arcs"]?.Items ?? []).Select(p => p.Items ?? []).ToArray(),
            _ => Array.Empty<IReadOnlyList<JsonValue>>(),
        };
        return [.. polygons.Select(rings => rings.Select(Ring).ToArray())];

        int[] Ring(JsonValue ring)
        {
            if (ring.Numbers is { Length: > 0 } indices && indices.All(i => i == Math.Floor(i) && i < count && i >= -count)) return Array.ConvertAll(indices, i => (int)i);
            Geometry(ring);
            return [];
        }
    }

    void Keep(JsonValue feature, JsonValue geometry, Shapes shapes, int[][][] polygons)
    {
        shapes.Features++;
        var code = file.Columns.Select(c => feature["properties"]?[c]).FirstOrDefault(v => v?.Text is not null);
        if (code is null || Levels.OfCode(code.Text) is not { } level || !file.Levels.Contains(level))
        {
            faults.Add(file.Path, PlaceOf(code ?? feature), PackFaults.CodeLength, code?.Text ?? "", string.Join('/', file.Levels.Select(l => $"{l.CodeLength()}")));
            return;
        }
        if (!shapes.ByLevel.TryGetValue(level, out var found)) shapes.ByLevel[level] = found = [];
        if (!found.TryAdd(code.Text!, polygons)) faults.Add(file.Path, PlaceOf(code), PackFaults.CodeDuplicate, code.Text!);
        if (!territories.Has(code.Text!)) faults.Add(file.Path, PlaceOf(code), PackFaults.PolygonWithoutRow, code.Text!);
        if (polygons.Length == 0 || polygons.Any(p => p.Length == 0)) Geometry(geometry);
    }

    void Inside(GeoPoint point, JsonValue at)
    {
        // A hair over the antimeridian or a pole is the rounding of quantized coordinates.
        if (Math.Abs(point.Longitude) > 180.01 || Math.Abs(point.Latitude) > 90.01) Geometry(at);
    }

    void Geometry(JsonValue at) => faults.Add(file.Path, PlaceOf(at), PackFaults.Geometry);

    Place PlaceOf(JsonValue value) => faults.Full ? default : JsonValue.PlaceOf(bytes, value.Offset);
}
