using System.IO.Compression;
using System.Text;
using Minka.Core.Planning;
using Minka.Core.Planning.Economy;
using Minka.Core.Territories;
using Minka.Core.Tests.Docs;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Planning;

public sealed class EconomyTests
{
    static readonly Territory Contumaza = new("0605", Level.Province, "Contumazá", "06", null, null);
    static readonly EconomyInput Input = new() { Measure = "Ocupados", Unit = "personas", Source = "Dato inventado (DEMO)" };

    static EconomyReading Read(string text, EconomyInput? input = null) => EconomyReader.Read(Encoding.UTF8.GetBytes(text), input ?? Input, [Contumaza]);

    [Fact]
    public void TheExample_WithSpacesAndMixedSeparators_ProposesWhatIsSpecialisedAndGrowsByItself()
    {
        var reading = EconomyReader.Read(File.ReadAllBytes(Path.Combine(GlossaryTests.Root(), "docs", "examples", "empleo-sectores.csv")), Input, [Contumaza]);
        reading.Problems.ShouldBeEmpty();
        reading.Table!.Region.ShouldBe(["Contumazá"]);
        reading.Table.Whole.ShouldBe("Perú");
        var study = RegionalStudy.Of(reading.Table, null, null, ["Chirimoya", "Leche"])!;
        (study.From, study.To).ShouldBe((2017, 2023));
        var fruit = study.Sectors.Single(s => s.Name == "Chirimoya");
        // (1,650/7,280) ÷ (23,400/3,836,400) = 37.158…
        fruit.Quotient!.Value.Value.ShouldBeInRange(371_586, 371_588);
        fruit.RegionLater.ShouldBe(Quantity.Of(1_650));
        study.Sectors.Where(s => s.IsProposed).Select(s => s.Name).ShouldBe(["Chirimoya", "Leche"]);
        RegionalStudy.Of(reading.Table, null, null, [])!.Sectors.ShouldAllBe(s => !s.IsProposed);
        foreach (var sector in study.Sectors) (sector.National!.Value + sector.Mix!.Value + sector.Own!.Value).ShouldBe(sector.Change);
    }

    // goldens/methods/regional.json, shift_share_classic.
    [Fact]
    public void Study_OfTheKnownAnswer_GivesItsParts()
    {
        var study = RegionalStudy.Of(Read("""
            sector,provincia,2010,2020
            agro,0605,1000,1200
            agro,Perú,10000,11000
            manu,0605,500,450
            manu,Perú,20000,19000
            serv,0605,1500,1900
            serv,Perú,30000,36000
            """).Table!, null, null, [])!;
        study.Growth!.Value.Value.ShouldBe(1_000);
        study.Sectors.Select(s => (s.National!.Value.Value, s.Mix!.Value.Value, s.Own!.Value.Value)).ShouldBe([(100m, 0m, 100m), (50m, -75m, -25m), (150m, 150m, 100m)]);
    }

    [Fact]
    public void Study_OfOneYear_HasQuotientsAndProposesNothing()
    {
        var study = RegionalStudy.Of(Read("sector;lugar;año;valor\ncafé;0605;2020;80\nté;0605;2020;20\ncafé;Otro;2020;30\nté;Otro;2020;70").Table!, null, null, ["café"])!;
        study.From.ShouldBeNull();
        study.Whole.ShouldBeNull();
        study.Sectors[0].Quotient!.Value.Value.ShouldBeInRange(14_545, 14_546);
        study.Sectors[0].Own.ShouldBeNull();
        study.Sectors.ShouldAllBe(s => !s.IsProposed);
    }

    [Theory]
    [InlineData("rubro;lugar;año\nx;0605;2020", "", "column-missing")]
    [InlineData("sector;lugar;año;valor\nx;0605;2020;1\nX;0605;2020;2", "D3", "row-twice")]
    [InlineData("sector;lugar;año;valor\nx;0605;2020;1,2,3", "D2", "quantity.form")]
    [InlineData("sector;lugar;año;valor\nx;0605;2020;-4", "D2", "quantity.negative")]
    [InlineData("sector;lugar;año;valor\nx;0605;20;4", "C2", "year")]
    [InlineData("sector;lugar;año;valor\nx;0605;2020;", "D2", "value-empty")]
    [InlineData("sector;lugar;año;valor\n;0605;2020;1", "A2", "name-empty")]
    [InlineData("sector;lugar;año;valor\nx;Lima;2020;1", "", "region-missing")]
    [InlineData("sector;lugar;año;valor\nx;0605;2020;5\nx;Perú;2020;4", "D2", "part-exceeds")]
    [InlineData("sector;sector;lugar;año;valor\nx;x;0605;2020;5", "B1", "column-twice")]
    [InlineData("sector;lugar;año;valor", "", "no-rows")]
    [InlineData("", "", "empty")]
    public void ATable_WithAFault_NamesTheCell(string text, string cell, string code)
    {
        var reading = Read(text);
        reading.Table.ShouldBeNull();
        reading.Problems.ShouldContain(p => p.Cell == cell && p.Code == code);
    }

    [Fact]
    public void AWorkbook_IsReadByItsStoredNumbers_AndOneWithMacrosOrMergedCellsIsNot()
    {
        var reading = EconomyReader.Read(Workbook(), Input, [Contumaza]);
        reading.Problems.ShouldBeEmpty();
        reading.Table!.Rows.Select(r => (r.Sector, r.Value.Value, r.Cell)).ShouldBe([("café", 1234.57m, "D2"), ("té", 10m, "D3")]);
        EconomyReader.Read(Workbook(macros: true), Input, [Contumaza]).Problems.ShouldHaveSingleItem().Code.ShouldBe("macros");
        EconomyReader.Read(Workbook(merged: true), Input, [Contumaza]).Problems.ShouldContain(p => p.Code == "merged" && p.Cell == "A2");
        EconomyReader.Read([0x50, 0x4B, 0x03, 0x04, 1, 2, 3], Input, [Contumaza]).Problems.ShouldHaveSingleItem().Code.ShouldBe("not-a-table");
        EconomyReader.Read([0xD0, 0xCF, 0x11, 0xE0], Input, [Contumaza]).Problems.ShouldHaveSingleItem().Code.ShouldBe("old-excel");
    }

    [Theory]
    [InlineData("1 234,5", 1234.5)]
    [InlineData("1.234", 1234)]
    [InlineData("1,234.50", 1234.5)]
    [InlineData("−2,5", -2.5)]
    public void Quantities_TakeTheSeparatorsThatPeopleType(string text, double value)
    {
        QuantityText.TryParse(text, out var quantity, out _, signed: true).ShouldBeTrue();
        quantity.Value.ShouldBe((decimal)value);
        QuantityText.TryParse("12 t", out _, out var problem).ShouldBeFalse();
        problem.ShouldBe("quantity.form");
    }

    static byte[] Workbook(bool macros = false, bool merged = false)
    {
        using var bytes = new MemoryStream();
        using (var zip = new ZipArchive(bytes, ZipArchiveMode.Create, leaveOpen: true))
        {
            Add("[Content_Types].xml", """<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"/></Types>""");
            Add("_rels/.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
            Add("xl/workbook.xml", """<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"><sheets><sheet name="Datos" sheetId="1" r:id="r1"/></sheets></workbook>""");
            Add("xl/_rels/workbook.xml.rels", """<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet" Target="worksheets/sheet1.xml"/></Relationships>""");
            Add("xl/worksheets/sheet1.xml", $"""<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData><row r="1">{Text("A1", "Sector")}{Text("B1", "Provincia")}{Text("C1", "Año")}{Text("D1", "Empleo")}</row><row r="2">{Text("A2", "café")}{Text("B2", "Contumazá")}<c r="C2"><v>2020</v></c><c r="D2"><f>SUM(F1:F2)</f><v>1234.567</v></c></row><row r="3">{Text("A3", "té")}{Text("B3", "Contumazá")}<c r="C3"><v>2020</v></c><c r="D3"><v>10</v></c></row></sheetData>{(merged ? "<mergeCells count=\"1\"><mergeCell ref=\"A2:A3\"/></mergeCells>" : "")}</worksheet>""");
            if (macros) Add("xl/vbaProject.bin", "x");

            void Add(string name, string content)
            {
                using var entry = new StreamWriter(zip.CreateEntry(name).Open());
                entry.Write(content);
            }
        }
        return bytes.ToArray();

        static string Text(string cell, string text) => $"<c r=\"{cell}\" t=\"inlineStr\"><is><t>{text}</t></is></c>";
    }
}
