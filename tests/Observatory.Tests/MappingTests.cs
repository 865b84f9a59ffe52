using System.Text;
using Minka.Observatory.Describing;
using Minka.Observatory.Importing;
using Minka.Observatory.Panels;
using Minka.Observatory.Store;
using Minka.Observatory.Tables;
using Minka.TestKit;

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
        (preview.Encoding, preview.Delimiter, preview.Sheets.Count).ShouldBe(("utf-8", ';', 0));
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
        foreach (var (text, place) in ((string, string)[])[("\"encoding\": \"ebcdic\"", "encoding"), ("\"delimiter\": \"x\"", "delimiter"), ("\"others\": 1", "others"), ("\"sheet\": 2", "sheet"), ("\"sheet\": \" \"", "sheet")])
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

    // One sheet a year, all with the same columns, as offices keep them.
    [DuckFact]
    public void Sheets_OfOneWorkbook_AreEachImportedOnce()
    {
        const string head = "Código;Costo\n";
        var path = Path.Combine(_folder, "anual.xlsx");
        File.WriteAllBytes(path, GivenWorkbook.Of(("Portada", "Inversiones\n"), ("2023", head + "1;10\n2;20\n"), ("2024", head + "3;30\n"), ("Notas", "x\n")));
        const string text = """{"kind": "invierte", "columns": {"CODIGO_UNICO": "Código", "COSTO_ACTUALIZADO": "Costo"}, "others": false}""";
        ColumnMapping any = ColumnMapping.Parse(text), second = any with { Sheet = " 2024" };
        ColumnMapping.Parse(second.ToJson()).Sheet.ShouldBe(" 2024");
        FilePreview.Of(path).Sheets.ShouldBe(["Portada", "2023", "2024", "Notas"]);

        // Without a name the first sheet that has the columns, and what was not looked at is told. A list without the cost of viability has the updated one for its total.
        var first = FileDescription.Of(path, any);
        (first.Sheet, first.Rows, first.AmountColumn, first.AmountTotal).ShouldBe(("2023", 2, "Costo", 30_00));
        first.Traps.Single(t => t.Code == "sheets-unread").ShouldBe(new FileTrap("sheets-unread", 2, 0, "2024, Notas"));
        var named = FileDescription.Of(path, second);
        (named.Sheet, named.Rows, named.AmountTotal).ShouldBe(("2024", 1, 30_00));
        named.Traps.Single(t => t.Code == "sheets-unread").Example.ShouldBe("Portada, 2023, Notas");
        Should.Throw<TableFault>(() => FileDescription.Of(path, any with { Sheet = "2025" })).Args.ShouldBe(["2025", "Portada, 2023, 2024, Notas"]);
        Should.Throw<TableFault>(() => FileDescription.Of(path, any with { Sheet = "Notas" })).Code.ShouldBe("mapping-columns");

        var store = SpendStore.Open(Path.Combine(_folder, "store"));
        ImportOutcome Take(ColumnMapping mapping, string? sheet = null) => new ImportFile(store, TimeProvider.System).Execute(path, new ImportOptions { Mapping = mapping, Sheet = sheet });
        (Take(any).Record.Sheet, Take(any).AlreadyThere, Take(any, "2023").AlreadyThere).ShouldBe(("2023", true, true));
        (Take(second).Record.Sheet, Take(second).AlreadyThere, Take(any, "2024").AlreadyThere).ShouldBe(("2024", true, true));
        Should.Throw<TableFault>(() => Take(any, "2022")).Code.ShouldBe("sheet-unknown");
        SpendStore.Open(store.Folder).Imports.Select(i => i.Sheet).ShouldBe(["2023", "2024"]);
        new SpendPanels(store).Read(PanelBy.Country, PanelAmount.Costo).Rows.Single(r => r.Year is null).Total.ShouldBe(60m);
        // Which sheet is meant where none is named is known when it is read, whatever was imported before.
        store = SpendStore.Open(Path.Combine(_folder, "other"));
        (Take(second).Record.Sheet, Take(any).AlreadyThere, Take(any).AlreadyThere).ShouldBe(("2024", false, true));
        SpendStore.Open(store.Folder).Imports.Select(i => i.Sheet).ShouldBe(["2024", "2023"]);
        // A file that is no workbook has no sheets to choose from.
        FileDescription.Of(Written("uno.csv", head + "1;10\n"), second).Rows.ShouldBe(1);
    }

    private string Written(string name, string text, Encoding? encoding = null)
    {
        var path = Path.Combine(_folder, name);
        File.WriteAllBytes(path, (encoding ?? new UTF8Encoding(false)).GetBytes(text));
        return path;
    }
}
