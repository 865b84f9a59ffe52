using System.IO.Compression;
using System.Text;
using Minka.Observatory.Describing;
using Minka.Observatory.Tables;

namespace Minka.Observatory.Tests;

public sealed class FileDescriptionTests
{
    private const string Heads = "Código único de inversión,Nombre de la inversión,Monto viable,Estado de la inversión,Fecha de registro,Fecha de viabilidad,Costo actualizado,Beneficiarios,Departamento,Provincia,Distrito,Ubigeo\n";

    // samples/README.md: counts and sums of the real files.
    [SampleFact]
    public void Invierte_FourDepartments_TheExpectedFigures()
    {
        var d = FileDescription.Of(Path.Combine(SampleFactAttribute.Folder!, "samples", "invierte_4dep.csv.gz"));
        (d.Kind, d.Rows, d.Projects, d.UbigeoPadded, d.NonDistrict).ShouldBe(("invierte", 31_601, 26_103, 0, 557));
        d.AmountTotal.ShouldBe(83_948_672_612_22m);
        d.AmountOverRows.ShouldBe(175_217_329_315_73m);
        Counts(d, "code-empty", "project-several-rows", "row-twice", "ubigeo-province", "ubigeo-department", "ubigeo-cut", "line-break", "tab", "name-spaces", "viability-empty", "viability-before", "beneficiaries-empty", "beneficiaries-zero", "mojibake", "place-several")
            .ShouldBe([282, 1_289, 3_120, 334, 222, 1, 127, 35, 280, 39, 347, 6_731, 138, 3, 556]);
        d.Traps.ShouldNotContain(t => t.Code == "amount-disagrees");
        d.Traps.Single(t => t is { Code: "amount-decimals", Column: "Monto viable" }).Count.ShouldBe(1_081);
    }

    [SampleFact]
    public void Invierte_Workbook_TheExpectedFigures()
    {
        var d = FileDescription.Of(Path.Combine(SampleFactAttribute.Folder!, "samples", "Tumbes_Filtrado.xlsx"));
        (d.Kind, d.Container, d.Rows, d.Projects, d.UbigeoPadded, d.NonDistrict).ShouldBe(("invierte", "xlsx", 5_047, 4_457, 0, 172));
        d.AmountTotal.ShouldBe(17_460_625_716_85m);
        d.AmountOverRows.ShouldBe(35_418_554_387_83m);
        Counts(d, "code-empty", "project-several-rows", "row-twice", "line-break", "tab", "name-spaces", "viability-before", "mojibake").ShouldBe([29, 164, 206, 970, 505, 23, 28, 1]);
    }

    [SampleFact]
    public void Brazil_Agreements_TheExpectedFigures()
    {
        var d = FileDescription.Of(Path.Combine(SampleFactAttribute.Folder!, "samples", "brasil_mapa_convenios_4000.csv"));
        (d.Kind, d.Rows, d.Delimiter, d.AmountTotal).ShouldBe(("convenios-brasil", 4_000, ';', 2_220_030_725_67m));
        Counts(d, "unknown-stars", "amount-dash", "line-break", "parts-differ").ShouldBe([107, 81, 1, 4]);
    }

    // data.md §8.
    [SampleFact]
    public void Municipal_Budget_TheAcceptanceSums()
    {
        var d = FileDescription.Of(Path.Combine(SampleFactAttribute.Folder!, "packs", "pe-2025", "gasto_municipal_2024_2025.csv"));
        d.ByYear["2024"].ShouldBe((51_766_264_819_00m, 39_369_357_652_00m));
        d.ByYear["2025"].ShouldBe((40_665_837_226_00m, 4_435_947_682_00m));
        d.Projects.ShouldBeNull();
    }

    /// <summary>Each trap of the ministry's files, by rows written by hand.</summary>
    [Theory]
    [InlineData("1,A,10,ACTIVO,01/01/2020,02/01/2020,10,5,X,Y,Z,10401", "ubigeo-padded")]
    [InlineData("1,A,10,ACTIVO,01/01/2020,02/01/2020,10,5,X,Y,Z,10401.0", "ubigeo-with-decimals")]
    [InlineData("1,A,10,ACTIVO,01/01/2020,02/01/2020,10,5,X,Y,Z,010200", "ubigeo-province")]
    [InlineData("1,A,10,ACTIVO,01/01/2020,02/01/2020,10,5,X,Y,Z,10000", "ubigeo-department")]
    [InlineData("1,A,10,ACTIVO,01/01/2020,02/01/2020,10,5,X,Y,Z,19", "ubigeo-cut")]
    [InlineData("1,A,10,ACTIVO,01/01/2020,02/01/2020,10,5,X,Y,Z,", "ubigeo-empty")]
    [InlineData("1,\"A\nB\",10,ACTIVO,01/01/2020,02/01/2020,10,5,X,Y,Z,110101", "line-break")]
    [InlineData("1,A\tB,10,ACTIVO,01/01/2020,02/01/2020,10,5,X,Y,Z,110101", "tab")]
    [InlineData("1,A_x000D_B,10,ACTIVO,01/01/2020,02/01/2020,10,5,X,Y,Z,110101", "escaped-sign")]
    [InlineData("1,VICUÃ‘A,10,ACTIVO,01/01/2020,02/01/2020,10,5,X,Y,Z,110101", "mojibake")]
    [InlineData("1, A,10,ACTIVO,01/01/2020,02/01/2020,10,5,X,Y,Z,110101", "name-spaces")]
    [InlineData("2480997.0,A,10,ACTIVO,01/01/2020,02/01/2020,10,5,X,Y,Z,110101", "code-with-decimals")]
    [InlineData(",A,10,ACTIVO,01/01/2020,02/01/2020,10,5,X,Y,Z,110101", "code-empty")]
    [InlineData("1,A,6.1E8,ACTIVO,01/01/2020,02/01/2020,10,5,X,Y,Z,110101", "amount-exponent")]
    [InlineData("1,A,99920182.65000001,ACTIVO,01/01/2020,02/01/2020,10,5,X,Y,Z,110101", "amount-decimals")]
    [InlineData("1,A,\"1,234,567\",ACTIVO,01/01/2020,02/01/2020,10,5,X,Y,Z,110101", "amount-thousands")]
    [InlineData("1,A,\"1.234.567,89\",ACTIVO,01/01/2020,02/01/2020,10,5,X,Y,Z,110101", "amount-comma")]
    [InlineData("1,A,mucho,ACTIVO,01/01/2020,02/01/2020,10,5,X,Y,Z,110101", "amount-unreadable")]
    [InlineData("1,A,-10,ACTIVO,01/01/2020,02/01/2020,10,5,X,Y,Z,110101", "amount-negative")]
    [InlineData("1,A,10,ACTIVO,01/01/2020,02/01/2020,10,5,X,Y,Z,110101", "date-text")]
    [InlineData("1,A,10,ACTIVO,03/01/2020,02/01/2020,10,5,X,Y,Z,110101", "viability-before")]
    [InlineData("1,A,10,ACTIVO,03/01/2020,,10,5,X,Y,Z,110101", "viability-empty")]
    [InlineData("1,A,10,ACTIVO,01/01/2020,02/01/2020,10,,X,Y,Z,110101", "beneficiaries-empty")]
    [InlineData("1,A,10,ACTIVO,01/01/2020,02/01/2020,10,0,X,Y,Z,110101", "beneficiaries-zero")]
    [InlineData("1,A,10,ACTIVO,01/01/2020,02/01/2020,10,5,X,Y,- TODOS -,110100", "place-several")]
    [InlineData("1,A,10,ACTIVO,01/01/2020,02/01/2020,10,5,X,Y,Z,110101\n1,A,10,ACTIVO,01/01/2020,02/01/2020,10,5,X,Y,Z,110101", "row-twice")]
    [InlineData("1,A,10,ACTIVO,01/01/2020,02/01/2020,10,5,X,Y,Z,110101\n1,A,11,ACTIVO,01/01/2020,02/01/2020,10,5,X,Y,W,110102", "amount-disagrees")]
    [InlineData("1,A,10,ACTIVO,01/01/2020,02/01/2020,10,5,X,Y,Z,110101\n1,A,10,ACTIVO,01/01/2020,02/01/2020,10,5,X,Y,W,110102", "project-several-rows")]
    [InlineData("1,A,10,ACTIVO", "row-width")]
    [InlineData("1,\"A,10,ACTIVO,01/01/2020", "cut-off")]
    public void Describe_Trap_IsReported(string rows, string trap) => Describe(Heads + rows + "\n").Traps.ShouldContain(t => t.Code == trap && t.Count == 1);

    [Fact]
    public void Describe_ProjectInSeveralPlaces_IsNeverSummedTwice()
    {
        var d = Describe(Heads + """
            1,A,100.10,ACTIVO,,,10,5,X,Y,Z,10101
            1,A,100.10,ACTIVO,,,10,5,X,Y,W,010102
            1.0,A,100.10,ACTIVO,,,10,5,X,Y,W,010103
            2,B,0.005,ACTIVO,,,10,5,X,Y,Z,110100
            ,C,999,ACTIVO,,,10,5,X,Y,Z,110101
            3,D,,ACTIVO,,,10,5,X,Y,Z,110101
            """);
        (d.Rows, d.Projects, d.UbigeoPadded, d.NonDistrict).ShouldBe((6, 3, 1, 1));
        // Half a céntimo goes away from zero.
        d.AmountTotal.ShouldBe(100_10 + 1);
        d.AmountOverRows.ShouldBe(300_30 + 1 + 999_00);
    }

    [Fact]
    public void Describe_Encodings_Delimiters_Packings()
    {
        var row = "1,Ñandú,10,ACTIVO,,,10,5,X,Y,Z,110101\n";
        Describe(Heads + row, mark: true).Traps.ShouldContain(t => t.Code == "byte-order-mark");
        var latin = DescribeBytes(Encoding.Latin1.GetBytes(Heads + row));
        (latin.Encoding, latin.Projects).ShouldBe(("latin-1", 1));
        foreach (var delimiter in new[] { ';', '|', '\t' })
            (Describe((Heads + row).Replace(',', delimiter)) is { Delimiter: var found, Projects: 1 } && found == delimiter).ShouldBeTrue();
        var unicode = DescribeBytes([.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Heads + row)]);
        (unicode.Encoding, unicode.Projects).ShouldBe(("utf-16", 1));
        using var packed = new MemoryStream();
        using (var zip = new ZipArchive(packed, ZipArchiveMode.Create, leaveOpen: true))
        {
            using var entry = zip.CreateEntry("a.csv").Open();
            entry.Write(Encoding.UTF8.GetBytes(Heads + row));
        }

        DescribeBytes(packed.ToArray()).Projects.ShouldBe(1);
    }

    [Fact]
    public void Describe_WhatIsNoTable_IsRefusedWithItsReason()
    {
        Code([]).ShouldBe("empty");
        Code(Encoding.UTF8.GetBytes("a,b\n1,2\n")).ShouldBe("kind-unknown");
        Code([0xD0, 0xCF, 0x11, 0xE0, 0, 0]).ShouldBe("old-excel");
        Code("PAR1 and more"u8.ToArray()).ShouldBe("not-a-table");
        Code(Zip(("photo.jpg", "x"))).ShouldBe("zip-without-table");
        Code(Zip(("a.csv", "x"), ("b.csv", "y"))).ShouldBe("zip-several");
        Code(Zip(("__MACOSX/._a.csv", "x"), ("a.csv", "x"))).ShouldBe("kind-unknown");
        Code(Zip(("xl/workbook.xml", "<workbook/>"), ("xl/vbaProject.bin", "x"))).ShouldBe("xlsx-macros");
        Code(Zip(("xl/workbook.xml", "<workbook/>"))).ShouldBe("xlsx-without-sheet");
        Code(Zip(("xl/workbook.xml", "<workbook/>"), ("xl/worksheets/sheet1.xml", new string(' ', 40_000_000)))).ShouldBe("bomb");
        Code([.. "PK\u0003\u0004"u8, 1, 2, 3]).ShouldBe("zip-broken");
    }

    [Fact]
    public void Describe_CutOffGzip_IsRefusedOrTold()
    {
        var body = new StringBuilder(Heads);
        for (var i = 0; i < 60_000; i++)
            body.Append(System.Globalization.CultureInfo.InvariantCulture, $"{i},Proyecto {i * 7919 % 104_729},{i}.5,ACTIVO,,,10,5,X,Y,Z,110101\n");
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            gzip.Write(Encoding.UTF8.GetBytes(body.ToString()));
        DescribeBytes(packed.ToArray()).Rows.ShouldBe(60_000);
        string outcome;
        try
        {
            var d = DescribeBytes(packed.ToArray()[..(int)(packed.Length / 2)]);
            outcome = string.Join(",", d.Traps.Select(t => t.Code));
        }
        catch (TableFault fault)
        {
            outcome = fault.Code;
        }

        outcome.ShouldMatch("gzip-broken|row-width");
    }

    [Fact]
    public void Describe_PageNamedXls_ConsultaAmigable()
    {
        var d = Describe("""
            <html><body><table><tr><td>Consulta Amigable</td></tr>
            <tr><th>Municipalidad</th><th>PIA</th><th>PIM</th><th>Devengado</th></tr>
            <tr><td>010101-300001: MUNICIPALIDAD DE EJEMPLO &amp; OTRA</td><td>62,334,134</td><td>70,000,000</td><td>1,234</td></tr>
            <tr><td>010102-300002: MUNICIPALIDAD DE EJEMPLO 2</td><td>1,000</td><td>2,500</td><td>0</td></tr></table></body></html>
            """);
        (d.Kind, d.Container, d.Rows, d.AmountTotal).ShouldBe(("consulta-amigable", "html", 2, 70_002_500_00m));
        d.Traps.ShouldContain(t => t.Code == "html-as-spreadsheet");
    }

    /// <summary>A workbook with shared strings, a formula, a hole, a merged title and a cover sheet before the data.</summary>
    [Fact]
    public void Describe_Workbook_CoverSheetSharedStringsAndFormulas()
    {
        const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", Office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        var d = DescribeBytes(Zip(
            ("xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Office}\"><sheets><sheet name=\"oculta\" sheetId=\"1\" state=\"hidden\" r:id=\"r1\"/><sheet name=\"portada\" sheetId=\"2\" r:id=\"r2\"/><sheet name=\"datos\" sheetId=\"3\" r:id=\"r3\"/></sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", "<Relationships><Relationship Id=\"r1\" Target=\"worksheets/s1.xml\"/><Relationship Id=\"r2\" Target=\"worksheets/s2.xml\"/><Relationship Id=\"r3\" Target=\"/xl/worksheets/s3.xml\"/></Relationships>"),
            ("xl/sharedStrings.xml", $"<sst xmlns=\"{Main}\"><si><t>CODIGO_UNICO</t></si><si><r><t>MONTO_</t></r><r><t>VIABLE</t></r></si><si><t>UBIGEO</t></si><si><t>SITUACION</t></si></sst>"),
            ("xl/worksheets/s1.xml", $"<worksheet xmlns=\"{Main}\"><sheetData/></worksheet>"),
            ("xl/worksheets/s2.xml", $"<worksheet xmlns=\"{Main}\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Portada</t></is></c></row></sheetData><mergeCells><mergeCell ref=\"A1:D1\"/></mergeCells></worksheet>"),
            ("xl/worksheets/s3.xml", $"<worksheet xmlns=\"{Main}\"><sheetData><row r=\"1\"><c r=\"A1\" t=\"inlineStr\"><is><t>Título</t></is></c></row>"
                + "<row r=\"3\"><c r=\"A3\" t=\"s\"><v>0</v></c><c r=\"B3\" t=\"s\"><v>1</v></c><c r=\"C3\" t=\"s\"><v>2</v></c><c r=\"D3\" t=\"s\"><v>3</v></c></row>"
                + "<row r=\"4\"><c r=\"A4\"><v>7</v></c><c r=\"B4\"><f>10*2</f><v>20</v></c><c r=\"C4\"><v>10101</v></c></row><row r=\"5\"><c r=\"A5\"><v>8</v></c><c r=\"C5\"><v>110101</v></c></row></sheetData></worksheet>")));
        (d.Kind, d.Rows, d.Projects, d.UbigeoPadded, d.AmountTotal).ShouldBe(("inversiones-desactivadas", 2, 2, 1, 20_00));
        d.Traps.Single(t => t.Code == "sheet-other").Example.ShouldBe("datos");
        Counts(d, "formulas", "rows-above-headings").ShouldBe([1, 1]);
    }

    [Fact]
    public void Describe_PersonsColumn_IsNamedAsDropped()
    {
        var d = Describe("CODIGO_UNICO,MONTO_VIABLE,FEC_CIERRE,RESPONSABLE_UEI,UBIGEO\n1,10,2020-01-01 00:00:00,ALGUIEN,110101\n");
        d.Kind.ShouldBe("cierre-inversiones");
        d.Traps.Single(t => t.Code == "persons-dropped").Example.ShouldBe("responsableuei");
        d.Traps.ShouldAllBe(t => t.Example == null || !t.Example.Contains("ALGUIEN"));
        d.Traps.ShouldContain(t => t.Code == "columns-other");
    }

    [Fact]
    public void Describe_ProgressOfMillions_IsNoPercentage() =>
        Describe("CODIGO_UNICO,MONTO_VIABLE,AVANCE_EJECUCION,UBIGEO\n1,10,32000000,110101\n2,10,55.5,110101\n").Traps.Single(t => t.Code == "progress-over-100").Count.ShouldBe(1);

    [Theory]
    [InlineData("1234", 1234_00, NumberTraits.None)]
    [InlineData("1234.5", 1234_50, NumberTraits.None)]
    [InlineData("1,234,567", 1_234_567_00, NumberTraits.CommaThousands)]
    [InlineData("1,234,567.89", 1_234_567_89, NumberTraits.CommaThousands)]
    [InlineData("1.234.567,89", 1_234_567_89, NumberTraits.DecimalComma)]
    [InlineData("1.234.567", 1_234_567_00, NumberTraits.DecimalComma)]
    [InlineData("12,5", 12_50, NumberTraits.DecimalComma)]
    [InlineData(" 300.000,00 ", 300_000_00, NumberTraits.DecimalComma | NumberTraits.Dressed)]
    [InlineData("6.1049142994E8", 610_491_429_94, NumberTraits.Exponent)]
    [InlineData("0.005", 1, NumberTraits.ExcessDecimals)]
    [InlineData("-0.005", -1, NumberTraits.ExcessDecimals)]
    [InlineData("10.500", 10_50, NumberTraits.None)]
    [InlineData("-", 0, NumberTraits.Dash)]
    [InlineData("1 234 567,89", 1_234_567_89, NumberTraits.ByHand | NumberTraits.DecimalComma)]
    [InlineData("1\u00A0234.5", 1_234_50, NumberTraits.ByHand)]
    [InlineData("12\u202F345", 12_345_00, NumberTraits.ByHand)]
    [InlineData("-1 234", -1_234_00, NumberTraits.ByHand)]
    [InlineData("1'234,567.89", 1_234_567_89, NumberTraits.ByHand | NumberTraits.CommaThousands)]
    [InlineData("1'234,567", 1_234_567_00, NumberTraits.ByHand | NumberTraits.CommaThousands)]
    [InlineData("1'234'567.50", 1_234_567_50, NumberTraits.ByHand)]
    [InlineData("2’500,5", 2_500_50, NumberTraits.ByHand | NumberTraits.DecimalComma)]
    [InlineData("(1,234.50)", -1_234_50, NumberTraits.ByHand | NumberTraits.CommaThousands)]
    [InlineData("S/ (20)", -20_00, NumberTraits.ByHand | NumberTraits.Dressed)]
    [InlineData("1,234.50-", -1_234_50, NumberTraits.ByHand | NumberTraits.CommaThousands)]
    public void Number_AsWritten_IsRead(string text, long minor, NumberTraits traits)
    {
        SpendNumber.TryParse(text, out var found, out var how).ShouldBeTrue();
        (found, how).ShouldBe((minor, traits));
    }

    [Theory]
    [InlineData("")]
    [InlineData("1.23.4")]
    [InlineData("abc")]
    [InlineData("1e40")]
    [InlineData("NaN")]
    [InlineData("1 2")]
    [InlineData("1 2345")]
    [InlineData("12 34 567")]
    [InlineData("10 000 soles")]
    [InlineData("(-5)")]
    [InlineData("-5-")]
    [InlineData("--5")]
    [InlineData("()")]
    [InlineData("(5")]
    [InlineData("5)")]
    [InlineData("'5")]
    [InlineData("5'")]
    [InlineData("2024 300")]
    public void Number_Unreadable_IsNotGuessed(string text) => SpendNumber.TryParse(text, out _, out _).ShouldBeFalse();

    private static IEnumerable<long> Counts(FileDescription d, params string[] codes) => codes.Select(c => d.Traps.SingleOrDefault(t => t.Code == c)?.Count ?? 0);

    private static FileDescription Describe(string text, bool mark = false) => DescribeBytes([.. mark ? Encoding.UTF8.GetPreamble() : [], .. Encoding.UTF8.GetBytes(text)]);

    private static FileDescription DescribeBytes(byte[] bytes)
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory("minka-spend-").FullName, "file");
        File.WriteAllBytes(path, bytes);
        return FileDescription.Of(path);
    }

    private static string Code(byte[] bytes) => Should.Throw<TableFault>(() => DescribeBytes(bytes)).Code;

    private static byte[] Zip(params (string Name, string Text)[] entries)
    {
        using var stream = new MemoryStream();
        using (var zip = new ZipArchive(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                using var entry = zip.CreateEntry(name).Open();
                entry.Write(Encoding.UTF8.GetBytes(text));
            }
        }

        return stream.ToArray();
    }
}
