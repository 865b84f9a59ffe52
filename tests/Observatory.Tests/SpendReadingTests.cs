using Minka.Measures.Dispersion;
using Minka.Observatory.Generating;
using Minka.Observatory.Importing;
using Minka.Observatory.Panels;
using Minka.Observatory.Reading;
using Minka.Observatory.Store;

namespace Minka.Observatory.Tests;

public sealed class SpendReadingTests : IDisposable
{
    private const string Head = "Código único de inversión,Nombre de la inversión,Monto viable,Costo actualizado,Función,Fecha de registro,Ubigeo,Departamento\n";

    // methods.md §1.2.
    private static readonly decimal[] TenProjects = [45_000, 60_000, 80_000, 80_000, 120_000, 250_000, 400_000, 900_000, 1_500_000, 12_000_000];

    private readonly string _folder = Directory.CreateTempSubdirectory("minka-reading-").FullName;

    private string Store => Path.Combine(_folder, "store");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [DuckFact]
    public void Open_EmptyFolder_IsNothing()
    {
        SpendReading.Open(Store).ShouldBeNull();
        Directory.Exists(Store).ShouldBeFalse();
    }

    [DuckFact]
    public void Shape_TenProjects_IsTheTextbookCase()
    {
        Import("diez.csv", Ten());
        using var reading = SpendReading.Open(Store)!;
        var group = new SpendGroup(PanelBy.Province, "0101", null, PanelAmount.Costo);

        reading.Amounts.ShouldBe([PanelAmount.Costo, PanelAmount.Viable]);
        reading.Years(PanelAmount.Costo).ShouldBe([null, 2021, 2020]);
        var shape = reading.Shape(group);
        shape.Count.ShouldBe(10);
        shape.Bands.Select(b => b.Count).ShouldBe([4, 4, 1, 1]);
        shape.Bins.Sum(b => b.Amount).ShouldBe(TenProjects.Sum());
        shape.Largest[0].ShouldSatisfyAllConditions(p => p.Code.ShouldBe("2000010"), p => p.Name.ShouldBe("PROYECTO 10"), p => p.Amount.ShouldBe(12_000_000), p => p.Place.ShouldBe("010102"));
        shape.Functions.Select(f => (f.Code, f.Count, f.Amount)).ShouldBe([("EDUCACION", 5, 13_290_000m), ("TRANSPORTE", 5, 2_145_000m)]);
        // One project of ten dominates: leaving it out changes the index by more than a tenth.
        shape.Uncertainty!.DominatedByOne.ShouldBeTrue();
        reading.Row(group)!["atomisation_count_share_lt_1M"].ShouldBe(0.8);
        reading.Trend(PanelBy.Province, "0101", PanelAmount.Costo).Select(r => (r.Year, r["n"])).ShouldBe([(2020, 5), (2021, 5)]);
    }

    [DuckFact]
    public void Rows_GeneratedSpending_EqualTheMeasuresOfTheirOwnProjects()
    {
        using (var text = new StreamWriter(Path.Combine(_folder, "2024-Gasto.csv")))
            SpendGenerator.Write(text, GeneratedKind.Monthly, 6_000, 3);
        new ImportFile(SpendStore.Open(Store), TimeProvider.System).Execute(Path.Combine(_folder, "2024-Gasto.csv"), new ImportOptions());
        using var reading = SpendReading.Open(Store)!;

        var compared = 0;
        foreach (var amount in (PanelAmount[])[PanelAmount.Pim, PanelAmount.Devengado])
        {
            foreach (var by in (PanelBy[])[PanelBy.Country, PanelBy.Department, PanelBy.Province, PanelBy.District, PanelBy.Function])
            {
                foreach (var row in reading.Rows(by, 2024, amount).Where((_, i) => i % 5 == 0))
                {
                    var group = new SpendGroup(by, row.Code, 2024, amount);
                    var (projects, total) = reading.Projects(group, null, 0, 100_000);
                    projects.Count.ShouldBe(total);
                    var measured = AmountDispersion.Of([.. projects.Select(p => p.Amount)]);
                    row["n"].ShouldBe(measured.Count);
                    row.Total.ShouldBe(measured.Total);
                    Same(row["median"], measured.Median);
                    Same(row["hhi"], measured.Hhi);
                    Same(row["gini_population"], measured.Gini);
                    Same(row["theil_T"], measured.TheilT);
                    Same(row["cr4"], measured.Cr4);
                    Same(row["eff_number_q1"], measured.EffectiveNumber);
                    Same(row["size_weighted_mean"], measured.SizeWeightedMean);
                    var shape = reading.Shape(group);
                    shape.Count.ShouldBe(measured.Count);
                    shape.Functions.Sum(f => f.Amount).ShouldBe(measured.Total);
                    if (by != PanelBy.Function)
                        Same(row["eff_axes"], Decompositions.Entropy([.. projects.GroupBy(p => p.Function).Select(g => (IReadOnlyCollection<decimal>)[.. g.Select(p => p.Amount)])]) is { } h ? Math.Exp(h.Between) : null);
                    compared++;
                }
            }
        }

        compared.ShouldBeGreaterThan(50);
    }

    [DuckFact]
    public void Projects_ByPages_AreAllOnceAndOfTheFunctionAskedFor()
    {
        Import("diez.csv", Ten());
        using var reading = SpendReading.Open(Store)!;
        var group = new SpendGroup(PanelBy.Department, "01", null, PanelAmount.Costo);

        var pages = Enumerable.Range(0, 4).SelectMany(i => reading.Projects(group, null, i * 3, 3).Projects).ToList();
        pages.Select(p => p.Amount).ShouldBe(TenProjects.OrderDescending());
        pages.Select(p => p.Code).Distinct().Count().ShouldBe(10);
        var (some, total) = reading.Projects(group, "TRANSPORTE", 0, 100);
        (some.Count, total).ShouldBe((5, 5));
        some.ShouldAllBe(p => p.Function == "TRANSPORTE");
        reading.Projects(group, null, 30, 3).ShouldSatisfyAllConditions(p => p.Projects.ShouldBeEmpty(), p => p.Total.ShouldBe(10));
        reading.Projects(group, "' OR 1=1 --", 0, 100).Total.ShouldBe(0);
        reading.Projects(new(PanelBy.District, "' OR 1=1 --", null, PanelAmount.Costo), null, 0, 100).Total.ShouldBe(0);
    }

    [DuckFact]
    public void Departments_ProjectInSeveral_StandsApart()
    {
        Import("dos.csv", Head + "1,A,100,100,SALUD,01/01/2020,010101,AMAZONAS\n1,A,100,100,SALUD,01/01/2020,020101,ANCASH\n2,B,50,50,SALUD,01/01/2020,020101,ANCASH\n");
        using var reading = SpendReading.Open(Store)!;

        reading.Departments(new(PanelBy.Function, "SALUD", null, PanelAmount.Costo)).ShouldBe([("*", 1, 100m), ("02", 1, 50m)]);
    }

    [DuckFact]
    public void Open_WholeBudgets_HaveNoProjects()
    {
        Import("municipal.csv", "anio,ubigeo,sec_ejec,municipalidad,pia,pim,certificado,compromiso_anual,devengado,girado\n2024,010101,300001,MUNICIPALIDAD DE EJEMPLO,100,200,150,150,150,140\n");
        using var reading = SpendReading.Open(Store)!;
        var group = new SpendGroup(PanelBy.District, "010101", 2024, PanelAmount.Pim);

        reading.HasProjects(PanelAmount.Pim).ShouldBeFalse();
        reading.Projects(group, null, 0, 10).Total.ShouldBe(0);
        reading.Shape(group).Bins.ShouldBeEmpty();
        reading.Row(group)!.ShouldSatisfyAllConditions(r => r["execution"].ShouldBe(0.75), r => r["hhi"].ShouldBeNull(), r => r.Reasons["hhi"].ShouldBe("no-projects-in-the-data"), r => r.Total.ShouldBe(200));
    }

    [DuckFact]
    public void Open_AfterAnotherImport_ReadsTheNewState()
    {
        Import("diez.csv", Ten());
        var before = SpendReading.StampOf(Store);
        using var first = SpendReading.Open(Store)!;
        Import("otro.csv", Head + "99,OTRO,7,7,SALUD,01/01/2022,010101,AMAZONAS\n");

        using var second = SpendReading.Open(Store)!;
        second.Generation.ShouldBe(first.Generation + 1);
        SpendReading.StampOf(Store).ShouldBeGreaterThanOrEqualTo(before);
        second.Row(new(PanelBy.Country, SpendReading.Country, null, PanelAmount.Costo))!["n"].ShouldBe(11);
        // Who is still reading the state before goes on.
        first.Row(new(PanelBy.Country, SpendReading.Country, null, PanelAmount.Costo))!["n"].ShouldBe(10);
        first.Shape(new(PanelBy.Province, "0101", null, PanelAmount.Costo)).Count.ShouldBe(10);
    }

    private static void Same(double? found, double? expected)
    {
        found.HasValue.ShouldBe(expected.HasValue);
        if (expected is { } e)
            found!.Value.ShouldBe(e, Math.Max(1e-9, Math.Abs(e) * 1e-9));
    }

    private static string Ten() => Head + string.Concat(TenProjects.Select((a, i) =>
        FormattableString.Invariant($"{2_000_001 + i},PROYECTO {i + 1},{a},{a},{(i % 2 == 0 ? "TRANSPORTE" : "EDUCACION")},01/01/{2020 + (i % 2)},01010{1 + (i % 2)},AMAZONAS\n")));

    private void Import(string name, string text)
    {
        File.WriteAllText(Path.Combine(_folder, name), text);
        new ImportFile(SpendStore.Open(Store), TimeProvider.System).Execute(Path.Combine(_folder, name), new ImportOptions());
    }
}
