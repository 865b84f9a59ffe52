using System.Text.Json;
using Minka.Cli.Verbs;
using Minka.Core.Territories;
using Minka.Core.Territories.Packs;
using Minka.Observatory.Packs;
using Minka.TestKit;

namespace Minka.Observatory.Tests;

public sealed class PackBuildTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("minka-pack-").FullName;

    private static string Sources => Path.Combine(SampleFactAttribute.Folder!, "samples", "pack-sources");

    private string Output => Path.Combine(_folder, "pe-2025");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SampleFact]
    public async Task Build_FromAFolder_TheRealCountry()
    {
        var (code, told, _) = await BuildAsync("--from");
        code.ShouldBe(0, told);
        var country = PackReader.Load(Output);
        (country.Departments.Count, country.Provinces.Count, country.Districts.Count).ShouldBe((25, 196, 1_891));
        country.Districts.Sum(d => d.Population).ShouldBe(34_350_244);
        decimal Sum(string key) => country.Indicator(key, Level.District)!.Values.Values.Sum();
        (Sum("municipal-pia-2024"), Sum("municipal-pim-2024"), Sum("municipal-accrued-2024")).ShouldBe((34_742_034_645m, 51_766_264_819m, 39_369_357_652m));
        country.Indicator("municipal-pim-2024", Level.District)!.Values.Count.ShouldBe(1_891);
        country.Districts.ShouldAllBe(d => d.DrawnAs != null);
        country.Provinces.ShouldAllBe(d => d.DrawnAs == d.Code);
        // As the reference pack says: 67 districts have no polygon of their own in 2007, two of which changed their code.
        country.Districts.Count(d => d.DrawnAs != d.Code).ShouldBe(65);
        Directory.EnumerateFiles(Output).Sum(f => new FileInfo(f).Length).ShouldBeLessThan(2_000_000);
        var again = await BuildAsync("--from");
        again.Told.ShouldContain("sin cambios");
        var reference = PackReader.Load(Path.Combine(SampleFactAttribute.Folder!, "packs", "pe-2025"));
        foreach (var key in (string[])["poverty-2018", "hdi-2019", "extreme-poverty-2013", "area"])
            country.Indicator(key, Level.District)!.Values.OrderBy(v => v.Key).ShouldBe(reference.Indicator(key, Level.District)!.Values.OrderBy(v => v.Key));
    }

    [SampleFact]
    public async Task Build_SourceMissingOrAltered_NamesItAndLeavesThePackOfBefore()
    {
        (await BuildAsync("--from")).Code.ShouldBe(0);
        var before = File.ReadAllText(Path.Combine(Output, "manifest.json"));
        File.AppendAllText(Path.Combine(Output, "ubigeo_provincias.csv"), "x");
        var copies = Path.Combine(_folder, "copies");
        Directory.CreateDirectory(copies);
        foreach (var file in Directory.EnumerateFiles(Sources).Skip(1))
            File.WriteAllBytes(Path.Combine(copies, Path.GetFileName(file)), File.ReadAllBytes(file));
        var missing = PackRecipe.Find("pe-2025")!.Sources.First(s => !File.Exists(Path.Combine(copies, s.File)));
        var (code, _, errors) = await BuildAsync("--from", copies);
        (code, errors.Contains($"Falta {missing.File}", StringComparison.Ordinal)).ShouldBe((2, true), errors);
        File.WriteAllText(Path.Combine(copies, missing.File), "otra cosa");
        (await BuildAsync("--from", copies)).Errors.ShouldContain("está incompleto");
        var bytes = File.ReadAllBytes(Path.Combine(Sources, missing.File));
        bytes[^5] ^= 1;
        File.WriteAllBytes(Path.Combine(copies, missing.File), bytes);
        (await BuildAsync("--from", copies)).Errors.ShouldContain($"su SHA-256 debía ser {missing.Sha256}");
        File.ReadAllText(Path.Combine(Output, "manifest.json")).ShouldBe(before);
    }

    [SampleFact]
    public async Task Download_CutOff_IsTakenUpWhereItEnded()
    {
        // The largest file breaks off eighteen times: whoever gets on is not given up.
        using var server = new FileServer(Sources) { How = Misbehaviour.CutOff, CutAfter = 100_000 };
        var (code, told, errors) = await BuildAsync("--mirror", server.Address);
        code.ShouldBe(0, errors);
        server.Ranges.ShouldContain(r => r > 1_000_000);
        told.ShouldContain("51 766 264 819");
    }

    [Theory]
    [InlineData(Misbehaviour.Altered, "SHA-256 debía ser")]
    [InlineData(Misbehaviour.Truncated, "está incompleto")]
    [InlineData(Misbehaviour.Missing, "ya no está en")]
    [InlineData(Misbehaviour.Page, "una página web")]
    [InlineData(Misbehaviour.Broken, "error 500")]
    [InlineData(Misbehaviour.Silent, "seguirá desde allí")]
    public async Task Download_OfABadServer_IsRefused(Misbehaviour how, string word)
    {
        using var country = new GivenCountry();
        using var server = new FileServer(country.Folder) { How = how, Only = "presupuesto.csv" };
        var (code, _, errors) = await BuildAsync("--mirror", server.Address, country);
        (code, errors.Contains(word, StringComparison.Ordinal), errors.Contains("presupuesto.csv", StringComparison.Ordinal)).ShouldBe((2, true, true), errors);
        errors.ShouldNotContain("[[");
        Directory.Exists(Output).ShouldBeFalse();
        server.How = Misbehaviour.None;
        (await BuildAsync("--mirror", server.Address, country)).Code.ShouldBe(0);
        PackReader.Load(Output).Districts.Count.ShouldBe(4);
    }

    [Fact]
    public async Task Download_WithoutANetwork_NamesAWrongCopyThatLiesThere()
    {
        using var country = new GivenCountry();
        var cache = Directory.CreateDirectory(Path.Combine(_folder, "cache")).FullName;
        foreach (var file in Directory.EnumerateFiles(country.Folder))
            File.Copy(file, Path.Combine(cache, Path.GetFileName(file)));
        File.AppendAllText(Path.Combine(cache, "lista.csv"), "x");
        var (code, _, errors) = await BuildAsync("--mirror", "http://127.0.0.1:9/", country);
        (code, errors.Contains("lista.csv no es el archivo original", StringComparison.Ordinal)).ShouldBe((2, true), errors);
        File.Copy(Path.Combine(country.Folder, "lista.csv"), Path.Combine(cache, "lista.csv"), overwrite: true);
        (await BuildAsync("--mirror", "http://127.0.0.1:9/", country)).Code.ShouldBe(0, "what lies there needs no network");
        (await BuildAsync("--mirror", "ftp://x/", country)).Told.ShouldContain("sin cambios");
    }

    [Fact]
    public async Task Mirror_AsTyped_IsAskedForTheFiles_AndAWrongOneIsToldWithoutAStackTrace()
    {
        using var country = new GivenCountry();
        using var server = new FileServer(country.Folder);
        var recipe = Path.Combine(_folder, "recipe.json");
        File.WriteAllText(recipe, JsonSerializer.Serialize(country.Recipe, JsonSerializerOptions.Web));
        foreach (var wrong in (string[])["ftp://x/", "archivos", "http://"])
            (await PackVerb.Create().Parse(["build", recipe, "--out", Output, "--mirror", wrong]).InvokeAsync()).ShouldBe(2, wrong);
        (await PackVerb.Create().Parse(["build", recipe, "--out", Output, "--mirror", server.Address.TrimEnd('/')]).InvokeAsync()).ShouldBe(0);
        server.Ranges.Count.ShouldBe(4);
    }

    [Fact]
    public void Install_CutOffBetweenItsMoves_KeepsThePackOfBefore()
    {
        var old = Directory.CreateDirectory(Output + ".old").FullName;
        File.WriteAllText(Path.Combine(old, "manifest.json"), "{}");
        PackBuilder.Recover(Output);
        File.Exists(Path.Combine(Output, "manifest.json")).ShouldBeTrue();
        Directory.Exists(old).ShouldBeFalse();
    }

    [SampleFact]
    public async Task Check_AFaultyPack_TellsFileLineAndColumn_AndAddRefusesIt()
    {
        (await BuildAsync("--from")).Code.ShouldBe(0);
        using var told = new StringWriter();
        using var errors = new StringWriter();
        (await PackVerb.CheckAsync(Output, "es", told, errors)).ShouldBe(0);
        (await PackVerb.AddAsync(Output, Path.Combine(_folder, "packs"), "es", told, errors)).ShouldBe(0, errors.ToString());
        PackReader.Load(Path.Combine(_folder, "packs", "pe-2025")).Districts.Count.ShouldBe(1_891);
        (await PackVerb.ListAsync(Path.Combine(_folder, "packs"), "es", told)).ShouldBe(0);
        told.ToString().ShouldContain("196 provincias");
        var provinces = Path.Combine(Output, "ubigeo_provincias.csv");
        File.WriteAllText(provinces, File.ReadAllText(provinces).Replace("0102,", "01,", StringComparison.Ordinal));
        (await PackVerb.CheckAsync(Output, "es", told, errors)).ShouldBe(1);
        errors.ToString().ShouldContain("ubigeo_provincias.csv");
        (await PackVerb.AddAsync(Output, Path.Combine(_folder, "packs"), "es", told, errors)).ShouldBe(1);
    }

    [Fact]
    public void Topology_OfNeighbours_KeepsOneBorder_AndNobodyVanishes()
    {
        // Two squares with a rugged border, an island within one of them, and a dwarf.
        (double, double)[] rugged = [.. Enumerable.Range(0, 101).Select(i => (1 + (i % 2 * 0.001), i / 100.0))];
        GeoShape Square(string code, IEnumerable<(double, double)> ring, params (double, double)[][] holes) => new(code, [[[.. ring], .. holes]]);
        (double, double)[] hole = [(0.3, 0.3), (0.3, 0.6), (0.6, 0.6), (0.6, 0.3), (0.3, 0.3)];
        var west = Square("01", [(0, 0), .. rugged, (0, 1), (0, 0)], hole);
        var east = Square("02", [(2, 0), (2, 1), .. rugged.Reverse(), (2, 0)]);
        var island = Square("03", hole);
        var dwarf = Square("04", [(3, 3), (3.002, 3), (3.002, 3.002), (3, 3.002), (3, 3)]);
        var topology = new Topology([west, east, island, dwarf], 0.001, 0.001);
        int[] Arcs(string code) => [.. topology.Places.Single(p => p.Code == code).Polygons.SelectMany(p => p).SelectMany(r => r).Select(a => a < 0 ? -1 - a : a)];
        Arcs("01").Intersect(Arcs("02")).Count().ShouldBe(1);
        Arcs("01").Intersect(Arcs("03")).Count().ShouldBe(1);
        topology.Points.ShouldBeLessThan(30);
        Arcs("04").ShouldNotBeEmpty();
        topology.ToJson("x", "d").ShouldContain("\"d\":\"04\"");
    }

    private async Task<(int Code, string Told, string Errors)> BuildAsync(string how, string? place = null, GivenCountry? country = null)
    {
        using var told = new StringWriter();
        using var errors = new StringWriter();
        var recipe = "pe-2025";
        if (country is not null)
            File.WriteAllText(recipe = Path.Combine(_folder, "recipe.json"), JsonSerializer.Serialize(country.Recipe, JsonSerializerOptions.Web));
        var code = await PackVerb.BuildAsync(recipe, how == "--from" ? place ?? Sources : null, Output, how == "--mirror" ? new Uri(place!) : null, Path.Combine(_folder, "cache"), "es", told, errors, GivenCountry.Impatient);
        return (code, told.ToString(), errors.ToString());
    }
}
