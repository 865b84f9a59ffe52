using System.Text;
using Minka.Observatory.Describing;
using Minka.Observatory.Importing;
using Minka.Observatory.Panels;
using Minka.Observatory.Store;
using Minka.Observatory.Tables;

namespace Minka.Observatory.Tests;

public sealed class MappingTests : IDisposable
{
    private const string Report = "Informe regional 2020\n\nCódigo;Denominación;Región;Costo (miles);Responsable;Año\n2001621;CAMIÑO A PUÑO;CAJAMARCA;1.234,5;ANA;2020\n2001622;CANAL;Áncash;0,75;LUIS;2020\n";

    private readonly string _folder = Directory.CreateTempSubdirectory("minka-mapping-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Preview_ShowsHeadingsWithExamples_AndNothingOfPersons()
    {
        var preview = FilePreview.Of(Written("informe.csv", Report));
        preview.Columns.Select(c => c.Heading).ShouldBe(["Código", "Denominación", "Región", "Costo (miles)", "Responsable", "Año"]);
        preview.Columns[3].Examples.ShouldBe(["1.234,5", "0,75"]);
        preview.Columns[4].Examples.ShouldBeEmpty();
        (preview.Encoding, preview.Delimiter, preview.Sheets).ShouldBe(("utf-8", ';', 1));
    }

    [Fact]
    public void UnknownFile_IsToldByItsHeadings_NotByItsTitle() =>
        Should.Throw<TableFault>(() => FileDescription.Of(Written("informe.csv", Report))).Args.ShouldBe(["Código, Denominación, Región, Costo (miles), Responsable, Año"]);

    [Fact]
    public void Letters_OfOldSystems_AreReadAsTold()
    {
        var path = Written("informe.csv", Report, TextForm.Of("cp850"));
        FilePreview.Of(path).Columns[0].Heading.ShouldNotBe("Código");
        FilePreview.Of(path, new TextForm("cp850")).Columns[0].Heading.ShouldBe("Código");
        FilePreview.Of(Written("w.csv", "Nombre\n“Ñ” – 5 €\n", TextForm.Of("windows-1252")), new TextForm("windows-1252")).Columns[0].Examples.ShouldBe(["“Ñ” – 5 €"]);
        FilePreview.Of(Written("marked.csv", "\uFEFFAño;b\nx;1\n"), new TextForm("cp850")).Columns[0].Heading.ShouldBe("Año", "a mark at the beginning leaves no doubt");
        FilePreview.Of(path, new TextForm("cp850", '|')).Columns.Count.ShouldBe(1);
    }

    [Fact]
    public void Suggestion_TakesWholeNamesFirst_AndNoColumnTwice()
    {
        var kind = MappableKind.All.Single(k => k.Name == "investments");
        var found = kind.Suggest(["codigo", "proyecto", "costo", "costoactualizado2024", "provincia", "responsable", ""]);
        found.ShouldBe(new Dictionary<string, string> { ["codigounico"] = "codigo", ["nombreinversion"] = "proyecto", ["montoviable"] = "costo", ["costoactualizado"] = "costoactualizado2024", ["provincia"] = "provincia" }, ignoreOrder: true);
        kind.Suggest(["denominacion", "inversionmiles"]).ShouldBe(new Dictionary<string, string> { ["nombreinversion"] = "denominacion", ["montoviable"] = "inversionmiles" }, ignoreOrder: true);
        foreach (var each in MappableKind.All)
        {
            each.Columns.Select(c => c.Plain).ShouldBeUnique();
            each.Suggest([.. each.Columns.Select(c => c.Plain)]).Count(s => s.Key == s.Value).ShouldBe(each.Columns.Count, $"{each.Name}: published headings are known");
        }
    }

    [Fact]
    public void Description_ByAMapping_ReadsUnitsAndNothingThatWasNotNamed()
    {
        var mapping = ColumnMapping.Parse("""{"kind": "invierte", "columns": {"CODIGO_UNICO": "Código", "MONTO_VIABLE": "Costo (miles)"}, "unit": 1000, "decimal": ",", "encoding": "cp850", "others": false}""");
        ColumnMapping.Parse(mapping.ToJson()).ToJson().ShouldBe(mapping.ToJson());
        var d = FileDescription.Of(Written("informe.csv", Report, TextForm.Of("cp850")), mapping);
        (d.Kind, d.Rows, d.Projects, d.AmountTotal).ShouldBe(("invierte", 2, 2, 123_525_000m));
        Should.Throw<TableFault>(() => FileDescription.Of(Written("otro.csv", "Código;Monto\n1;2\n", TextForm.Of("cp850")), mapping)).Args.ShouldBe(["costomiles", "Código, Monto"]);
        foreach (var (text, place) in ((string, string)[])[("\"encoding\": \"ebcdic\"", "encoding"), ("\"delimiter\": \"x\"", "delimiter"), ("\"others\": 1", "others")])
            Should.Throw<MappingFault>(() => ColumnMapping.Parse($$"""{"kind": "invierte", "columns": {"A": "B"}, {{text}}}""")).Place.ShouldBe(place);
    }

    [DuckFact]
    public void Import_ByAMapping_KeepsItWithItsRecord()
    {
        var store = SpendStore.Open(Path.Combine(_folder, "store"));
        var mapping = ColumnMapping.Parse("""{"kind": "invierte", "columns": {"CODIGO_UNICO": "Código", "NOMBRE_INVERSION": "Denominación", "MONTO_VIABLE": "Costo (miles)", "DEPARTAMENTO": "Región"}, "unit": 1000, "decimal": ",", "others": false}""");
        var record = new ImportFile(store, TimeProvider.System).Execute(Written("informe.csv", Report), new ImportOptions { Mapping = mapping }).Record;
        SpendStore.Open(store.Folder).Imports.Single().Mapping.ShouldBe(mapping.ToJson());
        (record.Accepted, record.Totals.Single(t => t.Amount == "viable").Accepted).ShouldBe((2, 123_525_000m));
        new SpendPanels(store).Read(PanelBy.Department, PanelAmount.Viable).Rows.Where(r => r.Year is null).Select(r => (r.Code, r.Total)).ShouldBe([("02", 750m), ("06", 1_234_500m)]);
    }

    private string Written(string name, string text, Encoding? encoding = null)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, (encoding ?? new UTF8Encoding(false)).GetBytes(text));
        return path;
    }
}
