using System.IO.Compression;
using System.Text;
using Minka.Observatory.Duck;
using Minka.Observatory.Importing;
using Minka.Observatory.Panels;
using Minka.Observatory.Store;
using Minka.Observatory.Tables;

namespace Minka.Observatory.Tests;

public sealed class ImportTests : IDisposable
{
    private const string Spending = "ANO_EJE,MES_EJE,NIVEL_GOBIERNO,SEC_EJEC,EJECUTORA_NOMBRE,DEPARTAMENTO_EJECUTORA,PROVINCIA_EJECUTORA,DISTRITO_EJECUTORA,TIPO_ACT_PROY,PRODUCTO_PROYECTO,PRODUCTO_PROYECTO_NOMBRE,FUNCION,FUNCION_NOMBRE,RUBRO,MONTO_PIA,MONTO_PIM,MONTO_DEVENGADO,MONTO_GIRADO\n";
    private const string Bank = "CODIGO_UNICO,NOMBRE_INVERSION,MONTO_VIABLE,COSTO_ACTUALIZADO,SITUACION,NIVEL,FUNCION,FECHA_REGISTRO,DEPARTAMENTO,PROVINCIA,DISTRITO,UBIGEO,RESPONSABLE_UEI,AVANCE_EJECUCION\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("minka-store-").FullName;

    private string Store => Path.Combine(_folder, "store");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [DuckSampleFact]
    public void Samples_Imported_TheExpectedFigures()
    {
        var samples = Path.Combine(SampleFactAttribute.Folder!, "samples");
        Take(Path.Combine(samples, "invierte_4dep.csv.gz"));
        // samples/README.md: one row per code; never by row.
        var country = Panel(PanelBy.Country, PanelAmount.Viable).Rows.Single(r => r.Year is null);
        (country["n"], country.Total).ShouldBe((26_103, 83_948_672_612.22m));
        country["median"]!.Value.ShouldBe(663_388, 0.5);
        country["share_lt_100k"]!.Value.ShouldBe(0.119, 0.0005);
        country["atomisation_count_share_lt_1M"]!.Value.ShouldBe(0.609, 0.0005);
        var departments = Panel(PanelBy.Department, PanelAmount.Viable).Rows.Where(r => r.Year is null).ToList();
        // 64 codes lie in several departments: told once, apart.
        departments.Select(r => (r.Code, (int)r["n"]!.Value)).ShouldBe([("*", 64), ("11", 9_915), ("19", 6_439), ("23", 5_274), ("24", 4_411)]);
        departments.Sum(r => r.Total).ShouldBe(83_948_672_612.22m);
        // The same projects of Tumbes once more, from another file: nothing counts twice.
        Take(Path.Combine(samples, "Tumbes_Filtrado.xlsx"));
        Panel(PanelBy.Country, PanelAmount.Viable).Rows.Single(r => r.Year is null).Total.ShouldBe(83_948_672_612.22m);
        Panel(PanelBy.Department, PanelAmount.Viable).Rows.Where(r => r.Year is null).Sum(r => r.Total).ShouldBe(83_948_672_612.22m);
        Take(Path.Combine(samples, "brasil_mapa_convenios_4000.csv")).Totals.Select(t => t.Accepted).ShouldBe([2_220_030_725_67m, 1_740_382_657_31m, 479_614_082_05m]);
        Panel(PanelBy.Country, PanelAmount.Convenio).Rows.Sum(r => r.Total).ShouldBe(2_220_030_725.67m);
    }

    [DuckSampleFact]
    public void Municipal_TableAndExport_AreOneMatter()
    {
        var shared = SampleFactAttribute.Folder!;
        Take(Path.Combine(shared, "packs", "pe-2025", "gasto_municipal_2024_2025.csv"));
        Take(Path.Combine(shared, "samples", "pack-sources", "EJECUCION_GASTO_GL_X_MUNICIPALIDADES_2024-2025.xlsx"));
        var year = Panel(PanelBy.Country, PanelAmount.Pim).Rows.Single(r => r.Year == 2024);
        year.Total.ShouldBe(51_766_264_819m);
        year["execution"]!.Value.ShouldBe(39_369_357_652.0 / 51_766_264_819, 1e-12);
        (year["n"], year.Reasons["n"]).ShouldBe((null, "no-projects-in-the-data"));
        Panel(PanelBy.District, PanelAmount.Pim).Rows.Count(r => r.Year == 2024).ShouldBe(1_891);
    }

    /// <summary>Signs, marks, encodings and separators of the ministry's files: one project of S/ 1,234,567.00 in Amazonas whatever they are.</summary>
    [DuckTheory]
    [InlineData("10401", "1234567", ',', "utf-8")]
    [InlineData("010401", "\"1,234,567\"", ',', "utf-8-mark")]
    [InlineData("10401.0", "1234567.0000000001", ';', "latin-1")]
    [InlineData("010401", "1.234567E6", '|', "utf-16")]
    [InlineData("010401", "\"1.234.567,00\"", ',', "gzip")]
    [InlineData("010401", " 1234567 ", '\t', "zip")]
    [InlineData("010401", "1234567", ',', "html")]
    public void Investment_HoweverWritten_IsTheSame(string ubigeo, string amount, char separator, string form)
    {
        var name = form is "html" ? "CAMIÑO" : "\"CAMIÑO\n_x000D_ A\tB\"";
        var record = Take(Written("DETALLE.xls", Bank + $"2480997.0,{name},{amount},,VIABLE,GL,TRANSPORTE,2021-12-28 00:00:00,AMAZONAS,X,Y,{ubigeo},ANA PEREZ,32000000\n", separator, form));
        (record.Accepted, record.Rejected).ShouldBe((1, 0));
        var row = Panel(PanelBy.District, PanelAmount.Viable).Rows.Single(r => r.Year == 2021);
        (row.Code, row.Total).ShouldBe(("010401", 1_234_567m));
        record.Traps.ShouldContain(t => t.Code == "persons-dropped");
        record.Traps.ShouldContain(t => t.Code == "progress-over-100");
        // No file of the store holds the person.
        Directory.EnumerateFiles(Store, "*", SearchOption.AllDirectories).ShouldAllBe(f => !Encoding.UTF8.GetString(File.ReadAllBytes(f)).Contains("PEREZ", StringComparison.Ordinal));
        using var database = DuckDatabase.Open();
        var parquet = Path.Combine(Store, "tables/investments/*/*/*/*.parquet");
        database.Query($"SELECT code, ubigeo FROM read_parquet({parquet})").Single().ShouldBe(["2480997", "010401"]);
    }

    [DuckFact]
    public void Project_InSeveralPlaces_IsNeverAddedTwice()
    {
        Take(Written("d.csv", Bank
            + "1,A,100,150,VIABLE,GL,SALUD,2020-01-01,X,X,X,010101,,\n1,A,100,150,VIABLE,GL,SALUD,2020-01-01,X,X,X,010102,,\n1,A,999,150,VIABLE,GL,SALUD,2020-01-01,X,X,X,010201,,\n"
            + "2,B,50,50,VIABLE,GR,AGRO,2020-01-01,X,X,X,010101,,\n3,C,70,,VIABLE,GN,AGRO,2020-01-01,X,X,- TODOS -,020100,,\n,SIN,8,8,VIABLE,GN,AGRO,2020-01-01,X,X,X,020101,,\n4,D,5,5,VIABLE,GN,AGRO,2020-01-01,X,X,X,19,,\n"));
        // Rows of a code disagree: the first counts. The row without a code is kept and not counted.
        Totals(PanelBy.Department, PanelAmount.Viable).ShouldBe([("", 5m), ("01", 150m), ("02", 70m)]);
        Totals(PanelBy.Province, PanelAmount.Viable).ShouldBe([("", 5m), ("*", 100m), ("0101", 50m), ("0201", 70m)]);
        Totals(PanelBy.District, PanelAmount.Viable).ShouldBe([("", 75m), ("*", 100m), ("010101", 50m)]);
        Totals(PanelBy.Level, PanelAmount.Viable).ShouldBe([("E", 75m), ("M", 100m), ("R", 50m)]);
        Totals(PanelBy.Function, PanelAmount.Costo).ShouldBe([("AGRO", 55m), ("SALUD", 150m)]);
        Panel(PanelBy.Country, PanelAmount.Costo).Rows.Single(r => r.Year is null)["cost_overrun_weighted"]!.Value.ShouldBe(50.0 / 155, 1e-12);
    }

    [DuckFact]
    public void BadRows_AreRefusedWithReasons_AndTotalsAgree()
    {
        var path = Written("2024-Gasto.csv", Spending + Month(0, "300001", "2000001", pim: "100.10") + "2024,1,M,300001\n" + Month(1, "300001", "2000001", accrued: "mucho") + Month(13, "300001", "2000001", accrued: "7")
            + Month(2, "300001", "2000001", accrued: "40.05") + "1,1,M,300001,X,1,1,1,2,2000001,X,15,T,00,0,0.5,0,0\n");
        var record = Take(path);
        (record.Read, record.Accepted, record.Rejected).ShouldBe((6, 2, 4));
        record.Reasons.OrderBy(r => r.Key, StringComparer.Ordinal).Select(r => (r.Key, r.Value)).ShouldBe([("amount-unreadable", 1), ("month-unreadable", 1), ("row-width", 1), ("year-unreadable", 1)]);
        record.Totals.ShouldAllBe(t => t.Read == t.Accepted + t.Rejected);
        record.Totals.Single(t => t.Amount == "pim").ShouldBe(new AmountTotals("pim", 100_60, 100_10, 50));
        record.Totals.Single(t => t.Amount == "accrued").ShouldBe(new AmountTotals("accrued", 47_05, 40_05, 7_00));
        var lines = File.ReadAllLines(SpendStore.Open(Store).RejectedFile(1));
        lines.Length.ShouldBe(5);
        lines[1].ShouldStartWith("3,row-width 4/18,2024,1");
    }

    [DuckFact]
    public void Months_AppendedAndCorrected_NeverCountTwice_AndCanBeUndone()
    {
        var january = Written("a.csv", Spending + Month(0, "300001", "2000001", pim: "1000") + Month(1, "300001", "2000001", accrued: "100") + Month(1, "300002", "2000002", accrued: "9"));
        Take(january);
        new ImportFile(SpendStore.Open(Store), TimeProvider.System).Execute(january, new ImportOptions()).AlreadyThere.ShouldBeTrue();
        Take(Written("b.csv", Spending + Month(2, "300001", "2000001", accrued: "50")));
        Totals(PanelBy.Country, PanelAmount.Devengado).ShouldBe([("PE", 159m)]);
        // Whole file so far, with January corrected for one office: it stands for its months and offices.
        Take(Written("c.csv", Spending + Month(0, "300001", "2000001", pim: "1200") + Month(1, "300001", "2000001", accrued: "80") + Month(2, "300001", "2000001", accrued: "50") + Month(12, "300001", "2000001", accrued: "70")));
        Totals(PanelBy.Country, PanelAmount.Devengado).ShouldBe([("PE", 209m)]);
        Totals(PanelBy.Country, PanelAmount.Pim).ShouldBe([("PE", 1_200m)]);
        var row = Panel(PanelBy.Country, PanelAmount.Pim).Rows.Single();
        row["december_share"]!.Value.ShouldBe(70.0 / 209, 1e-12);
        (row["continuity"], row.Reasons["continuity"]).ShouldBe((null, "first-year"));
        SpendStore.Open(Store).Undo(3, TimeProvider.System);
        Totals(PanelBy.Country, PanelAmount.Devengado).ShouldBe([("PE", 159m)]);
        Should.Throw<StoreFault>(() => SpendStore.Open(Store).Undo(3, TimeProvider.System)).Code.ShouldBe("import-unknown");
        // Replaced as a whole, an office of which the new file is silent is out of force too.
        new ImportFile(SpendStore.Open(Store), TimeProvider.System).Execute(Written("d.csv", Spending + Month(1, "300001", "2000001", accrued: "1")), new ImportOptions { Replace = true });
        Totals(PanelBy.Country, PanelAmount.Devengado).ShouldBe([("PE", 1m)]);
    }

    [DuckFact]
    public void YearByMonthColumns_AndByMonths_AreOneMatter()
    {
        Take(Written("a.csv", Spending + Month(0, "300001", "2000001", pim: "10") + Month(1, "300001", "2000001", accrued: "4") + Month(0, "300002", "2000002", pim: "5")));
        Take(Written("2024-Gasto-Devengado.csv", "ANO_EJE,SEC_EJEC,NIVEL_GOBIERNO,DEPARTAMENTO_EJECUTORA,PROVINCIA_EJECUTORA,DISTRITO_EJECUTORA,TIPO_ACT_PROY,PRODUCTO_PROYECTO,MONTO_PIM,MONTO_DEVENGADO_ENERO,MONTO_DEVENGADO_DICIEMBRE,MONTO_DEVENGADO_ANUAL\n2024,300001,M,1,1,1,2,2000001,12,0,3,6\n"));
        Totals(PanelBy.Country, PanelAmount.Pim).ShouldBe([("PE", 17m)]);
        Totals(PanelBy.Country, PanelAmount.Devengado).ShouldBe([("PE", 6m)]);
        Panel(PanelBy.Country, PanelAmount.Pim).Rows.Single()["december_share"]!.Value.ShouldBe(0.5);
        Totals(PanelBy.District, PanelAmount.Pim).ShouldBe([("010101", 17m)]);
    }

    [DuckFact]
    public void SecondYear_KnowsWhatWentOn()
    {
        Take(Written("a.csv", Spending + Month(0, "1", "10", pim: "10") + Month(1, "1", "10", accrued: "4") + Month(0, "1", "11", pim: "10")));
        Take(Written("b.csv", (Spending + Month(0, "1", "10", pim: "30") + Month(0, "1", "11", pim: "10") + Month(0, "1", "12")).Replace("\n2024,", "\n2025,", StringComparison.Ordinal)));
        var row = Panel(PanelBy.Country, PanelAmount.Pim).Rows.Single(r => r.Year == 2025);
        row["continuity"]!.Value.ShouldBe(0.75);
        row["share_of_projects_without_budget"]!.Value.ShouldBe(1.0 / 3, 1e-12);
        row["foncomun_dependence"]!.Value.ShouldBe(0);
    }

    [DuckFact]
    public void ADyingWriter_LeavesTheStoreAsItWas()
    {
        Take(Written("a.csv", Spending + Month(0, "300001", "2000001", pim: "10")));
        var before = File.ReadAllText(Path.Combine(Store, "store.json"));
        // Cut within quotes: the last row is refused. Cut within the packing: nothing is imported.
        Take(Written("cut.csv", Bank + "1,A,100,,VIABLE,GL,X,2020-01-01,X,X,X,010101,,\n2,\"B")).Reasons.Keys.ShouldContain("row-width");
        var packed = Written("b.csv", Spending + string.Concat(Enumerable.Range(0, 20_000).Select(i => Month(1, $"{i}", "2000001", accrued: $"{i}"))), ',', "gzip");
        File.WriteAllBytes(packed, File.ReadAllBytes(packed)[..^500]);
        Should.Throw<TableFault>(() => Take(packed)).Code.ShouldBe("gzip-broken");
        // Killed after its data were moved and before the record: what no record names is swept away.
        SpendStore.Open(Store).Undo(2, TimeProvider.System);
        var orphan = Path.Combine(Store, "tables", "spending", "import=0009", "year=2024", "department=01");
        Directory.CreateDirectory(orphan);
        File.Copy(Directory.EnumerateFiles(Path.Combine(Store, "tables", "spending", "import=0001"), "*.parquet", SearchOption.AllDirectories).First(), Path.Combine(orphan, "part.parquet"));
        Totals(PanelBy.Country, PanelAmount.Pim).ShouldBe([("PE", 10m)]);
        using (var cancel = new CancellationTokenSource())
        {
            cancel.Cancel();
            Should.Throw<OperationCanceledException>(() => new ImportFile(SpendStore.Open(Store), TimeProvider.System).Execute(Written("c.csv", Spending + Month(0, "9", "9", pim: "9")), new ImportOptions(), cancel.Token));
        }

        Directory.Exists(orphan).ShouldBeFalse();
        Totals(PanelBy.Country, PanelAmount.Pim).ShouldBe([("PE", 10m)]);
        SpendStore.Open(Store).Active.Count().ShouldBe(1);
        before.ShouldContain("a.csv");
        using (SpendStore.Open(Store).Lock())
            Should.Throw<StoreFault>(() => Take(Written("d.csv", Spending + Month(0, "9", "9", pim: "9")))).Code.ShouldBe("store-in-use");
        File.WriteAllText(Path.Combine(Store, "store.json"), "{");
        Should.Throw<StoreFault>(() => SpendStore.Open(Store)).Code.ShouldBe("store-broken");
    }

    [DuckTheory]
    [InlineData("a,b\n1,2\n", "kind-unknown")]
    [InlineData("ANO_EJE,MES_EJE,MONTO_PIM,MONTO_DEVENGADO\n2024,1,1,1\n", "column-missing")]
    [InlineData("PIA,PIM,Devengado,Municipalidad\n1,1,1,\"010101-300001: A\"\n", "year-unknown")]
    [InlineData("", "empty")]
    [InlineData("{\"grants\": [", "json-broken")]
    [InlineData("{\"people\": []}", "json-unknown")]
    public void UnknownFiles_AreRefused(string text, string code) => Should.Throw<TableFault>(() => Take(Written("x.csv", text))).Code.ShouldBe(code);

    [DuckFact]
    public void Bombs_AndForeignZips_AreRefused()
    {
        var bomb = Path.Combine(_folder, "bomb.xlsx");
        using (var zip = ZipFile.Open(bomb, ZipArchiveMode.Create))
        {
            using (var book = new StreamWriter(zip.CreateEntry("xl/workbook.xml").Open()))
                book.Write("<workbook/>");
            using var part = zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.SmallestSize).Open();
            part.Write(new byte[30_000_000]);
        }

        Should.Throw<TableFault>(() => Take(bomb)).Code.ShouldBe("bomb");
        var foreign = Path.Combine(_folder, "foreign.zip");
        using (var zip = ZipFile.Open(foreign, ZipArchiveMode.Create))
            zip.CreateEntry("photo.jpg").Open().Dispose();
        Should.Throw<TableFault>(() => Take(foreign)).Code.ShouldBe("zip-without-table");
    }

    [DuckFact]
    public void Packed_InSeveralMembers_IsWhole()
    {
        var path = Path.Combine(_folder, "members.csv.gz");
        using (var file = File.Create(path))
        {
            foreach (var text in (string[])[Spending, Month(0, "1", "10", pim: "10"), Month(0, "2", "11", pim: "5")])
            {
                using var member = new GZipStream(file, CompressionLevel.Fastest, leaveOpen: true);
                member.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        Take(path);
        Totals(PanelBy.Country, PanelAmount.Pim).ShouldBe([("PE", 15m)]);
    }

    [DuckFact]
    public void Statement_ThatDoesNotFitInMemory_GoesOnWithTheDisc_AndLeavesNothing()
    {
        Take(Written("m.csv", Spending + Month(1, "1", "10")));
        var store = SpendStore.Open(Store);
        using (DuckDatabase one = store.Database(40, 1), other = store.Database(40, 1))
        {
            foreach (var database in (DuckDatabase[])[one, other])
                database.Run($"CREATE TABLE much AS SELECT range AS i, md5(range::VARCHAR) AS t FROM range(2000000)");
            Directory.GetDirectories(Store, "spill-*").Length.ShouldBe(2, "each has its own");
            one.Query($"SELECT count(*), count(DISTINCT t) FROM much")[0].ShouldBe([2_000_000L, 2_000_000L]);
        }

        Directory.GetDirectories(Store, "spill-*").ShouldBeEmpty();
        var left = Directory.CreateDirectory(Path.Combine(Store, "spill-killed"));
        left.LastWriteTimeUtc = left.LastWriteTimeUtc.AddDays(-2);
        Take(Written("n.csv", Spending + Month(2, "1", "10")));
        Directory.Exists(left.FullName).ShouldBeFalse();
    }

    [DuckFact]
    public void Mapping_ReadsAnyTable()
    {
        var path = Written("siaf.csv", "Informe 2020\nCódigo;Nombre;Presupuesto (millones);Gastado;Oficina;Dpto\n2001621;ESTUDIOS;0,10;0,05;300001;01\n2001622;OBRA;1.234,5;;300001;1\n");
        var mapping = ColumnMapping.Parse("""{"kind": "gasto-mensual", "columns": {"PRODUCTO_PROYECTO": "Código", "PRODUCTO_PROYECTO_NOMBRE": "Nombre", "MONTO_PIM": "Presupuesto (millones)", "MONTO_DEVENGADO": "Gastado", "SEC_EJEC": "Oficina", "DEPARTAMENTO_EJECUTORA": "Dpto"}, "unit": 1000000, "decimal": ",", "year": 2020}""");
        new ImportFile(SpendStore.Open(Store), TimeProvider.System).Execute(path, new ImportOptions { Mapping = mapping });
        Totals(PanelBy.Department, PanelAmount.Pim).ShouldBe([("01", 1_234_600_000m)]);
        Totals(PanelBy.Country, PanelAmount.Devengado).ShouldBe([("PE", 50_000m)]);
        foreach (var (text, code) in ((string, string)[])[("{", "mapping-broken"), ("""{"kind":"x","columns":{"A":"B"}}""", "mapping-kind"), ("""{"kind":"gasto-mensual"}""", "mapping-member"), ("""{"kind":"gasto-mensual","columns":{"A":"B"},"units":1}""", "mapping-member"), ("""{"kind":"gasto-mensual","columns":{"A":"B"},"unit":0}""", "mapping-member")])
            Should.Throw<MappingFault>(() => ColumnMapping.Parse(text)).Code.ShouldBe(code);
    }

    [DuckFact]
    public void OpenStandards_AreAgreements()
    {
        Take(Written("grants.json", """{"grants": [{"id": "g1", "title": "A", "currency": "PEN", "amountAwarded": 100.5, "awardDate": "2023-05-01T00:00:00Z", "recipientIndividual": {"name": "ANA PEREZ"}}, {"id": "g1", "title": "A", "amountAwarded": 100.5, "awardDate": "2023-05-01"}]}"""));
        Take(Written("ocds.json", """{"releases": [{"ocid": "o-1", "date": "2022-01-01", "tender": {"title": "T", "value": {"amount": 10}}}, {"ocid": "o-1", "date": "2022-02-01", "tender": {"title": "T", "value": {"amount": 10}}, "contracts": [{"value": {"amount": 7, "currency": "PEN"}}, {"status": "cancelled", "value": {"amount": 99}}]}]}"""));
        Panel(PanelBy.Country, PanelAmount.Convenio).Rows.Select(r => (r.Year, r.Total)).ShouldBe([(2022, 7m), (2023, 100.5m)]);
    }

    [DuckFact]
    public void Export_OfTheConsultation_ByPlaceAndByProject()
    {
        Take(Written("x.xls", "<html><body><table><tr><td>Año de Ejecución: 2023</td></tr></table><table><tr><th>Municipalidad</th><th>PIA</th><th>PIM</th><th>Certificación</th><th>Compromiso Anual</th><th>Devengado</th><th>Girado</th></tr>"
            + "<tr><td>TOTAL</td><td>1</td><td>72,334,134</td><td>0</td><td>0</td><td>9</td><td>9</td></tr><tr><td>010101-300001: MUNICIPALIDAD PROVINCIAL</td><td>1</td><td>62,334,134</td><td>0</td><td>0</td><td>9</td><td>9</td></tr><tr><td>020101-300002: OTRA</td><td>1</td><td>10,000,000</td><td>0</td><td>0</td><td>9</td><td>9</td></tr></table></body></html>"))
            .Reasons.Single().ShouldBe(KeyValuePair.Create("row-of-totals", 1L));
        Totals(PanelBy.Province, PanelAmount.Pim).ShouldBe([("0101", 62_334_134m), ("0201", 10_000_000m)]);
        Take(Written("proyectos 2023.csv", "Proyecto,PIA,PIM,Devengado\n\"2001621: ESTUDIOS, A\",0,\"1,000\",500\n"));
        Totals(PanelBy.Country, PanelAmount.Pim).ShouldBe([("PE", 1_000m)]);
    }

    private static string Month(int month, string entity, string project, string pim = "0", string accrued = "0") =>
        $"2024,{month},M,{entity},OFICINA,1,1,1,2,{project},PROYECTO,15,TRANSPORTE,18,0,{pim},{accrued},0\n";

    private ImportRecord Take(string path) => new ImportFile(SpendStore.Open(Store), TimeProvider.System).Execute(path, new ImportOptions { BatchRows = 3_000 }).Record;

    private Panel Panel(PanelBy by, PanelAmount amount) => new SpendPanels(SpendStore.Open(Store)).Read(by, amount);

    private List<(string, decimal?)> Totals(PanelBy by, PanelAmount amount)
    {
        var panel = Panel(by, amount);
        return [.. panel.Rows.Where(r => panel.Table != "investments" || r.Year is null).Select(r => (r.Code, r.Total))];
    }

    private string Written(string name, string text, char separator = ',', string form = "utf-8")
    {
        var path = Path.Combine(_folder, name);
        if (separator != ',')
            text = string.Concat(text.Select((c, i) => c == ',' && text.AsSpan(0, i).Count('"') % 2 == 0 ? separator : c));
        if (form == "html")
            text = "<table>" + string.Concat(text.TrimEnd().Split('\n').Select(l => $"<tr>{string.Concat(l.Split(',').Select(c => $"<td>{c}</td>"))}</tr>")) + "</table>";
        byte[] bytes = form switch
        {
            "utf-8-mark" => [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes(text)],
            "latin-1" => Encoding.Latin1.GetBytes(text),
            "utf-16" => [0xFF, 0xFE, .. Encoding.Unicode.GetBytes(text)],
            _ => Encoding.UTF8.GetBytes(text),
        };
        using var file = File.Create(path);
        if (form == "gzip")
        {
            using var gzip = new GZipStream(file, CompressionLevel.Fastest);
            gzip.Write(bytes);
        }
        else if (form == "zip")
        {
            using var zip = new ZipArchive(file, ZipArchiveMode.Create);
            using var entry = zip.CreateEntry("DETALLE_INVERSIONES.csv").Open();
            entry.Write(bytes);
        }
        else
        {
            file.Write(bytes);
        }

        return path;
    }
}
