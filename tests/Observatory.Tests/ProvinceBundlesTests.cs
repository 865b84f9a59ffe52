using System.Text.Json.Nodes;
using Minka.Cli.Verbs;
using Minka.Core.Planning.Bank;
using Minka.Measures.Bundling;
using Minka.Observatory.Importing;
using Minka.Observatory.Panels;
using Minka.Observatory.Reading;
using Minka.Observatory.Store;

namespace Minka.Observatory.Tests;

public sealed class ProvinceBundlesTests : IDisposable
{
    private const string Head = "Código único de inversión,Nombre de la inversión,Monto viable,Costo actualizado,Estado de la inversión,Función,Fecha de registro,Fecha de viabilidad,Ubigeo,Departamento\n";

    private static readonly BundleSetup Setup = new(BundleRules.Own.Limits, BundleRules.Own.Words, BundleRules.Own.MostYears);

    private readonly string _folder = Directory.CreateTempSubdirectory("minka-bundles-").FullName;

    private string Store => Path.Combine(_folder, "store");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("invierte", "ACTIVO", "", false, InvestmentState.Open)]
    [InlineData("invierte", "CERRADO", "", false, InvestmentState.Closed)]
    [InlineData("detalle-inversiones", "ACTIVO", "VIABLE", true, InvestmentState.Begun)]
    [InlineData("detalle-inversiones", "ACTIVO", "EN FORMULACIÓN", false, InvestmentState.Open)]
    [InlineData("detalle-inversiones", "DESACTIVADO PERMANENTE", "VIABLE", true, InvestmentState.Deactivated)]
    [InlineData("detalle-inversiones", "ACTIVO", "NO VIABLE", false, InvestmentState.Deactivated)]
    [InlineData("cierre-inversiones", null, null, false, InvestmentState.Closed)]
    [InlineData("inversiones-desactivadas", null, null, true, InvestmentState.Deactivated)]
    [InlineData(null, null, null, false, InvestmentState.Open)]
    public void StateOf_WhatTheFileTells_IsHowFarItIs(string? kind, string? status, string? situation, bool begun, InvestmentState state) =>
        Investment.StateOf(kind, status, situation, begun).ShouldBe(state);

    [DuckFact]
    public void Bundles_OpenLikeProjects_AreFoundAndTheOthersCounted()
    {
        Import(Head
            + Row(1, "MEJORAMIENTO DEL CANAL DE RIEGO EN EL CASERIO A", 100_000, place: "010101") + Row(2, "CREACION DEL CANAL DE RIEGO EN EL CASERIO B", 150_000, place: "010101")
            + Row(2, "CREACION DEL CANAL DE RIEGO EN EL CASERIO B", 150_000, place: "010102") + Row(3, "MEJORAMIENTO DE CANAL DE RIEGO EN EL CASERIO C", 200_000, place: "010102")
            + Row(4, "MEJORAMIENTO DEL CANAL DE RIEGO EN EL CASERIO D", 120_000, state: "CERRADO") + Row(5, "MEJORAMIENTO DEL CANAL DE RIEGO EN EL CASERIO E", 120_000, registered: "01/01/2010")
            + Row(6, "MEJORAMIENTO DEL CANAL DE RIEGO EN EL CASERIO F", 0) + Row(7, "CANAL DE RIEGO", 90_000_000) + Row(8, "CANAL DE RIEGO", 120_000, place: "010201"));
        using var reading = SpendReading.Open(Store)!;

        var found = reading.Bundles("0101", Setup, () => null);
        found.HasBorders.ShouldBeFalse();
        found.Count.ShouldBe(7);
        found.LeftOut.ShouldBe(new Dictionary<BundleLeftOut, int> { [BundleLeftOut.Closed] = 1, [BundleLeftOut.Old] = 1, [BundleLeftOut.WithoutData] = 1, [BundleLeftOut.TooLarge] = 1 }, ignoreOrder: true);
        // Without borders, the one that lies in both districts is the centre.
        var bundle = found.Bundles.ShouldHaveSingleItem();
        bundle.Members.Select(m => m.Project.Code).ShouldBe(["2000002", "2000001", "2000003"]);
        bundle.Function.ShouldBe("AGROPECUARIA");
        found.Investment("2000002").ShouldSatisfyAllConditions(i => i.Places.ShouldBe(["010101", "010102"]), i => i.PanelPlace.ShouldBeNull(), i => i.IsViable.ShouldBeTrue(), i => i.Import.ShouldBe(1));
        found.AfterAll.Count.ShouldBe(5);
        found.Find("2000002").ShouldBe(bundle);
        found.Find("2000001").ShouldBeNull();
        reading.Bundles("0101", Setup, () => null).ShouldBeSameAs(found);
        reading.Bundles("0199", Setup, () => null).Bundles.ShouldBeEmpty();
        reading.Bundles("' OR 1=1 --", Setup, () => null).Count.ShouldBe(0);
    }

    [DuckSampleFact]
    public void Before_EveryProvinceOfTheSample_IsThePanelOfItsPage()
    {
        new ImportFile(SpendStore.Open(Store), TimeProvider.System).Execute(Path.Combine(SampleFactAttribute.Folder!, "samples", "invierte_4dep.csv.gz"), new ImportOptions());
        using var reading = SpendReading.Open(Store)!;
        var compared = 0;
        foreach (var row in reading.Rows(PanelBy.Province, null, PanelAmount.Costo).Where(r => r.Code.Length == 4))
        {
            var found = reading.Bundles(row.Code, Setup, () => null);
            found.Before.Total.ShouldBe(row.Total!.Value);
            foreach (var name in PortfolioPanel.Names)
                Same(found.Before[name], row[name], $"{row.Code} {name}");
            found.AfterAll.Total.ShouldBe(row.Total!.Value);
            compared++;
        }

        compared.ShouldBeGreaterThanOrEqualTo(15);
        // Oxapampa plans its bridges one by one.
        reading.Bundles("1903", Setup, () => null).Bundles.ShouldContain(b => b.Words.Contains("puente") && b.Members.Count >= 10);
    }

    [DuckFact]
    public void Before_ProjectsWithFunctions_IsThePanelOfItsPageToo()
    {
        string[] functions = ["SALUD", "AGROPECUARIA", "TRANSPORTE", ""];
        Import(Head + string.Concat(Enumerable.Range(1, 80).Select(i => Row(i, $"CANAL {i}", 10_000 * (i * i % 97), functions[i % 4], place: $"01010{1 + (i % 3)}"))));
        using var reading = SpendReading.Open(Store)!;
        var row = reading.Row(new(PanelBy.Province, "0101", null, PanelAmount.Costo))!;
        var found = reading.Bundles("0101", Setup, () => null);
        foreach (var name in PortfolioPanel.Names)
        {
            found.Before[name].ShouldNotBeNull(name);
            Same(found.Before[name], row[name], name);
        }
    }

    [DuckFact]
    public async Task Verb_Province_TellsPeopleAndMachines()
    {
        Import(Head + string.Concat(Enumerable.Range(1, 4).Select(i => Row(i, "MEJORAMIENTO DEL CANAL DE RIEGO", 100_000))));
        var (code, text, _) = await RunAsync("0101", json: false, "es");
        code.ShouldBe(0);
        text.ShouldContain("canal riego: 4 proyectos");
        text.ShouldContain("n: 4 → 1");
        (_, text, _) = await RunAsync("0101", json: true, "en");
        var json = JsonNode.Parse(text)!;
        json["bundles"]![0]!["members"]!.AsArray().Count.ShouldBe(4);
        json["afterAll"]!["n"]!.GetValue<double>().ShouldBe(1);
        (_, text, _) = await RunAsync("0102", json: false, "en");
        text.ShouldContain("no candidate");
        text.ShouldNotContain("[[");
        (code, _, var error) = await RunAsync("01", json: false, "es");
        (code, error.Contains("cuatro cifras", StringComparison.Ordinal)).ShouldBe((2, true));
    }

    [DuckFact]
    public async Task Verb_EmptyStore_SaysWhatToImport()
    {
        var (code, _, error) = await RunAsync("0101", json: false, "es");
        (code, error.Contains("banco de inversiones", StringComparison.Ordinal)).ShouldBe((2, true));
    }

    private async Task<(int Code, string Text, string Errors)> RunAsync(string province, bool json, string language)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var code = await SpendBundles.RunAsync(Store, province, null, json, language, output, errors);
        return (code, output.ToString(), errors.ToString());
    }

    private static string Row(int code, string title, long cost, string function = "AGROPECUARIA", string state = "ACTIVO", string registered = "01/03/2024", string place = "010101") =>
        FormattableString.Invariant($"{2_000_000 + code},{title},{cost},{cost},{state},{function},{registered},{registered},{place},AMAZONAS\n");

    private void Import(string text)
    {
        var path = Path.Combine(_folder, "demo.csv");
        File.WriteAllText(path, text);
        new ImportFile(SpendStore.Open(Store), TimeProvider.System).Execute(path, new ImportOptions());
    }

    private static void Same(double? found, double? expected, string what)
    {
        if (expected is not { } e)
            found.ShouldBeNull(what);
        else
            found!.Value.ShouldBe(e, Math.Abs(e) * 1e-9 + 1e-9, what);
    }
}
