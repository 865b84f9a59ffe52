using System.Text.Json.Nodes;
using Minka.Cli.Verbs;
using Minka.Core.Tests.Territories;
using Minka.Observatory.Importing;
using Minka.Observatory.Store;

namespace Minka.Observatory.Tests;

/// <summary>Four provinces in a row, 100 people each, with 400, 400, 0 and 0 soles: what Moran and G* are can be worked out by hand.</summary>
public sealed class SpendPanelSpaceTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("minka-space-").FullName;
    private readonly TempPack _pack = new();

    public SpendPanelSpaceTests()
    {
        _pack.Csv("departamentos.csv", "territories", "department", "departamento_id,departamento,poblacion_2025\n01,Amazonas,400\n");
        _pack.Csv("provincias.csv", "territories", "province", "provincia_id,provincia,latitud,longitud,poblacion_2025\n0101,Uno,,,100\n0102,Dos,,,100\n0103,Tres,,,100\n0104,Cuatro,,,100\n");
        _pack.Csv("distritos.csv", "territories", "district", "ubigeo,distrito,poblacion\n010101,Uno,100\n010201,Dos,100\n010301,Tres,100\n010401,Cuatro,100\n");
        var squares = Enumerable.Range(0, 4).Select(i => $$$"""{"type":"Feature","properties":{"u":"010{{{i + 1}}}"},"geometry":{"type":"Polygon","coordinates":[[[{{{i}}},0],[{{{i + 1}}},0],[{{{i + 1}}},1],[{{{i}}},1],[{{{i}}},0]]]}}""");
        _pack.Outlines("provincias.geojson", "province", $$"""{"type":"FeatureCollection","features":[{{string.Join(',', squares)}}]}""", 4);
        _pack.Write();
        var file = Path.Combine(_folder, "d.csv");
        File.WriteAllText(file, "CODIGO_UNICO,MONTO_VIABLE,SITUACION,FUNCION,UBIGEO\n1,400,V,A,010101\n2,400,V,A,010201\n3,0,V,A,010301\n4,0,V,A,010401\n");
        new ImportFile(SpendStore.Open(Path.Combine(_folder, "store")), TimeProvider.System).Execute(file, new ImportOptions());
    }

    public void Dispose()
    {
        Directory.Delete(_folder, recursive: true);
        _pack.Dispose();
    }

    // z = 2, 2, −2, −2; lags 2, 0, 0, −2: ΣΣ wzz = 8, Σz² = 16, n/S₀ = 1.
    [DuckFact]
    public async Task Country_IsItsProvinces()
    {
        var row = (await PanelAsync("country")).Single()!;
        row["moran_i"]!.GetValue<double>().ShouldBe(0.5, 1e-9);
        (row["gstar_high_places"]!.GetValue<double>(), row["gstar_low_places"]!.GetValue<double>()).ShouldBe((0, 0));
        row["gstar_z"].ShouldBeNull();
        row["reasons"]!["gstar_z"]!.GetValue<string>().ShouldBe("no-place-of-its-own");
    }

    // With itself and a neighbour: (8 − 2 · 2)/(2 · √((4 · 2 − 4)/3)) = √3; in the middle three: (8 − 2 · 3)/(2 · √((4 · 3 − 9)/3)) = 1.
    [DuckFact]
    public async Task Province_LiesAmongItsLike()
    {
        var rows = (await PanelAsync("province")).ToDictionary(r => r!["code"]!.GetValue<string>(), r => r!);
        rows["0101"]["gstar_z"]!.GetValue<double>().ShouldBe(Math.Sqrt(3), 1e-9);
        rows["0102"]["gstar_z"]!.GetValue<double>().ShouldBe(1, 1e-9);
        rows["0104"]["gstar_z"]!.GetValue<double>().ShouldBe(-Math.Sqrt(3), 1e-9);
        // p of √3 is 0.083: of four none holds at a twentieth.
        rows.Values.ShouldAllBe(r => r["gstar_fdr_side"]!.GetValue<double>() == 0);
        rows["0101"]["moran_i"].ShouldBeNull();
        rows["0101"]["reasons"]!["moran_i"]!.GetValue<string>().ShouldBe("no-outlines");
    }

    [DuckFact]
    public async Task Function_IsItsMoneyByProvince_AndAlignsNothing()
    {
        var row = (await PanelAsync("function", "A")).Single()!;
        row["moran_i"]!.GetValue<double>().ShouldBe(0.5, 1e-9);
        row["axis_alignment"].ShouldBeNull();
        (await PanelAsync("department", "A;B")).Single()!["axis_alignment"]!.GetValue<double>().ShouldBe(1);
        (await PanelAsync("department")).Single()!["reasons"]!["axis_alignment"]!.GetValue<string>().ShouldBe("no-declared-axes");
    }

    private async Task<JsonArray> PanelAsync(string by, string? axes = null)
    {
        using var output = new StringWriter();
        using var errors = new StringWriter();
        (await SpendPanel.RunAsync(Path.Combine(_folder, "store"), by, null, "viable", _pack.Path, axes, null, true, "es", output, errors)).ShouldBe(0, errors.ToString());
        return JsonNode.Parse(output.ToString())!["rows"]!.AsArray();
    }
}
