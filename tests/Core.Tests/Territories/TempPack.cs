using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using Minka.Core.Territories.Packs;

namespace Minka.Core.Tests.Territories;

/// <summary>A tiny right country in a folder of its own, for tests to spoil: two departments, three provinces, four districts, all drawn.</summary>
sealed class TempPack : IDisposable
{
    readonly List<JsonObject> files = [];

    public TempPack() => Directory.CreateDirectory(Path);

    public string Path { get; } = System.IO.Path.Combine(System.IO.Path.GetTempPath(), "minka-pack-" + Guid.NewGuid().ToString("N"));

    /// <summary>Changes the manifest after it was made from the files.</summary>
    public Action<JsonObject>? Manifest { get; set; }

    public Dictionary<string, byte[]> Contents { get; } = [];

    public static TempPack Small()
    {
        var pack = new TempPack();
        pack.Csv("departamentos.csv", "territories", "department", "departamento_id,departamento\n01,Amazonas\n02,Áncash\n");
        pack.Csv("provincias.csv", "territories", "province", "provincia_id,provincia,latitud,longitud,poblacion_2025\n0101,Chachapoyas,-6.2,-77.9,300\n0102,Bagua,,,100\n0201,Huaraz,-9.5,-77.5,500\n");
        pack.Csv("distritos.csv", "territories", "district", "ubigeo,distrito,poblacion,pobreza_total_2018,ubigeo_mapa_2017\n010101,Chachapoyas,200,9.03,010101\n10102,Asunción,100,36.5,010102\n010201,Bagua,100,,010201\n020101,Huaraz,500,20,010101\n");
        pack.Csv("gasto.csv", "budget-execution", "municipality", "anio,ubigeo,pia,pim,devengado\n2024,010101,100,200,150\n2024,010102,10,20,5\n2024,010201,1,0,0\n2024,020101,5,10,10\n");
        pack.Outlines("limites.topojson", "department, province, district", """{"type":"Topology","arcs":[[[0,0],[4,0],[0,4],[-4,0],[0,-4]],[[8,0],[4,0],[0,4],[-4,0],[0,-4]]],"transform":{"scale":[0.5,0.5],"translate":[-80,-10]},"objects":{"d":{"type":"GeometryCollection","geometries":[{"type":"Polygon","arcs":[[0]],"properties":{"u":"01"}},{"type":"MultiPolygon","arcs":[[[1]],[[0]]],"properties":{"u":"02"}}]},"p":{"type":"GeometryCollection","geometries":[{"type":"Polygon","arcs":[[0]],"properties":{"u":"0101"}},{"type":"Polygon","arcs":[[-1]],"properties":{"u":"0102"}},{"type":"Polygon","arcs":[[1]],"properties":{"u":"0201"}}]},"m":{"type":"GeometryCollection","geometries":[{"type":"Polygon","arcs":[[0]],"properties":{"u":"010101"}},{"type":"Polygon","arcs":[[0]],"properties":{"u":"010102"}},{"type":"Polygon","arcs":[[0]],"properties":{"u":"010201"}}]}}}""", 8);
        return pack;
    }

    public void Csv(string path, string kind, string level, string text) =>
        Add(path, kind, level, text, text.Split('\n')[0].TrimEnd('\r').Split(','), text.Count(c => c == '\n') - 1);

    public void Outlines(string path, string level, string json, int rows) => Add(path, "boundaries", level, json, ["u"], rows);

    /// <summary>Replaces text in a file; the manifest keeps its rows and columns and takes the new digest.</summary>
    public TempPack Spoil(string path, string from, string to)
    {
        var text = Encoding.UTF8.GetString(Contents[path]);
        if (!text.Contains(from, StringComparison.Ordinal)) throw new InvalidOperationException($"{path} has no {from}");
        Contents[path] = Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
        return this;
    }

    public TempPack Write()
    {
        var described = new JsonArray();
        foreach (var file in files)
        {
            var path = (string)file["path"]!;
            var copy = file.DeepClone();
            if (Contents.TryGetValue(path, out var content))
            {
                copy["sha256"] = Convert.ToHexStringLower(SHA256.HashData(content));
                File.WriteAllBytes(System.IO.Path.Combine(Path, path), content);
            }
            described.Add(copy);
        }
        var manifest = new JsonObject { ["id"] = "tiny", ["name"] = "Diminuto", ["country"] = "PE", ["files"] = described };
        Manifest?.Invoke(manifest);
        File.WriteAllText(System.IO.Path.Combine(Path, "manifest.json"), manifest.ToJsonString(new() { WriteIndented = true }));
        return this;
    }

    public PackReading Read() => PackReader.Read(Write().Path);

    public void Dispose() => Directory.Delete(Path, recursive: true);

    void Add(string path, string kind, string level, string text, string[] columns, int rows)
    {
        Contents[path] = Encoding.UTF8.GetBytes(text);
        files.Add(new()
        {
            ["path"] = path,
            ["kind"] = kind,
            ["level"] = level,
            ["rows"] = rows,
            ["columns"] = new JsonArray([.. columns.Select(c => (JsonNode?)c)]),
            ["vintageYear"] = 2017,
            ["source"] = new JsonArray(new JsonObject { ["repository"] = "https://example.org/x", ["commit"] = "0123456789", ["path"] = path }),
            ["licence"] = "CC0",
            ["attribution"] = "Hecho para una prueba.",
        });
    }
}
