using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Entities;

/// <summary>Tables as offices really send them.</summary>
public sealed class MemberTableTests
{
    const string Head = "organizacion;grupo;representante;desde;hasta\n";
    const string Row = "Asociación Ñuñoa;producers;José Peña;2026-01-01;2026-12-31\n";
    static readonly Encoding Windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;

    public static TheoryData<string, byte[]> Encodings => new()
    {
        { "utf-8", Encoding.UTF8.GetBytes(Head + Row) },
        { "utf-8", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(Head + Row)] },
        { "utf-16", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(Head + Row)] },
        { "windows-1252", Windows.GetBytes(Head + Row) },
        { "mixed", [.. Windows.GetBytes(Head + Row), .. Encoding.UTF8.GetBytes(Row)] },
        { "utf-8", Encoding.UTF8.GetBytes((Head + Row).Replace(';', ',')) },
        { "utf-8", Encoding.UTF8.GetBytes((Head + Row).Replace(';', '\t').Replace("\n", "\r\n", StringComparison.Ordinal)) },
    };

    [Theory, MemberData(nameof(Encodings))]
    public void Text_InAnyEncodingAndSeparator_ReadsAlike(string encoding, byte[] file)
    {
        var table = MemberTable.Read(file);
        table.Problems.ShouldBeEmpty();
        table.Encoding.ShouldBe(encoding);
        table.Lines.ShouldAllBe(l => l["organizacion"] == "Asociación Ñuñoa" && l["representante"] == "José Peña");
        MemberTable.Understand(table.Lines[0]).Faults.ShouldBeEmpty();
    }

    public static TheoryData<string, byte[]> Unreadable => new()
    {
        { EntitiesRules.CsvEmpty, [] },
        { EntitiesRules.TableOldFormat, [0xD0, 0xCF, 0x11, 0xE0, 0xA1] },
        { EntitiesRules.TableNotATable, "%PDF-1.4"u8.ToArray() },
        { EntitiesRules.TableNotATable, "<html><body>no</body></html>"u8.ToArray() },
        { EntitiesRules.TableNotATable, [.. "PK\x03\x04"u8, 1, 2, 3] },
        { EntitiesRules.TableOldFormat, Zip(("mimetype", "application/vnd.oasis.opendocument.spreadsheet")) },
        { EntitiesRules.TableTooLarge, new byte[MemberTable.MostBytes + 1] },
    };

    [Theory, MemberData(nameof(Unreadable))]
    public void File_ThatIsNoTable_IsRefusedWithItsReason(string code, byte[] file) => MemberTable.Read(file).Problems.Single().Code.ShouldBe(code);

    [Fact]
    public void Workbook_WithMacros_IsRefused()
    {
        var book = Book([("Miembros", [["organizacion", "grupo", "representante", "desde", "hasta"]])]);
        using var memory = new MemoryStream();
        memory.Write(book);
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Update, leaveOpen: true)) zip.CreateEntry("xl/vbaProject.bin");
        MemberTable.Read(memory.ToArray()).Problems.Single().Code.ShouldBe(EntitiesRules.TableHasMacros);
    }

    [Fact]
    public void Workbook_WithoutTheColumns_NamesItsSheets()
    {
        var problem = MemberTable.Read(Book([("Portada", [["Relación de miembros"]]), ("Notas", [["a", "b"]])])).Problems.Single();
        problem.Code.ShouldBe(EntitiesRules.TableWrongSheet);
        problem.Args[0].ShouldBe("Portada, Notas");
    }

    [Fact]
    public void Workbook_TheTableOnTheSecondSheetUnderATitle_IsFound()
    {
        var table = MemberTable.Read(Book([("Portada", [["Relación de miembros"]]), ("Padrón", [["PROVINCIA DE CONTUMAZÁ"], [], ["Organización", "Grupo", "Representante", "Desde", "Hasta"], ["Comunidad", "communities", "Ana Ríos Mar", "2026-01-01", "31/12/2026"]])]));
        table.Problems.ShouldBeEmpty();
        table.Sheet.ShouldBe("Padrón");
        table.Lines.Single().Line.ShouldBe(4);
        MemberTable.Understand(table.Lines[0]).Input!.MandateTo.ShouldBe(new DateOnly(2026, 12, 31));
    }

    [Fact]
    public void Workbook_NumbersDatesFormulasAndMergedCells_AreReadAndTold()
    {
        var file = Book([("Hoja1", [["organizacion", "ruc", "grupo", "representante", "desde", "hasta"], ["A", 20100070970m, "producers", "Ana Ríos Mar", new DateOnly(2026, 1, 1), "=DATE(2026,12,31)|46387"], ["B", "", "producers", "Beto Luz Sol", "2026-01-01", "2026-12-31"], ["C", "", "", "Caro Paz Rey", "2026-01-01", "2026-12-31"]])], "C3:C4");
        var table = MemberTable.Read(file);
        table.Problems.ShouldBeEmpty();
        var (a, c) = (table.Lines[0], table.Lines[2]);
        a["ruc"].ShouldBe("20100070970");
        a["desde"].ShouldBe("2026-01-01");
        a.Notes.Single().ShouldSatisfyAllConditions(n => n.Column.ShouldBe("hasta"), n => n.Code.ShouldBe(EntitiesRules.CellFormula), n => n.Args[0].ShouldBe("=DATE(2026,12,31)"));
        MemberTable.Understand(a).Faults.Select(f => f.Code).ShouldContain(EntitiesRules.CellFormula);
        c["grupo"].ShouldBe("producers", "the value that the merged cell shows");
        c.Notes.Single().Code.ShouldBe(EntitiesRules.CellMerged);
    }

    [Fact]
    public void Workbook_AsASpreadsheetSavesIt_SharedRichAndSpokenTexts_AreRead()
    {
        const string Ns = "xmlns=\"http://schemas.openxmlformats.org/spreadsheetml/2006/main\"";
        string[] head = ["organizacion", "grupo", "representante", "desde", "hasta"];
        var texts = string.Concat(head.Select(h => $"<si><t>{h}</t></si>"))
            + "<si>\n  <r><t xml:space=\"preserve\">Comunidad </t></r>\n  <r><rPr><b/></rPr><t>de Chilete</t></r>\n</si><si><t>communities</t><rPh sb=\"0\" eb=\"2\"><t>no se lee</t></rPh></si><si><t>Ana Ríos Mar</t></si>";
        string Cells(int row, params int[] at) => $"<row r=\"{row}\">" + string.Concat(at.Select((t, i) => $"<c r=\"{(char)('A' + i)}{row}\" t=\"s\"><v>{t}</v></c>"));
        var sheet = $"<worksheet {Ns}><sheetData>{Cells(1, 0, 1, 2, 3, 4)}</row>{Cells(2, 5, 6, 7)}<c r=\"D2\" s=\"1\"><v>46023</v></c><c r=\"E2\" s=\"2\"><v>46387.5</v></c></row></sheetData></worksheet>";
        var table = MemberTable.Read(Zip(
            ("xl/workbook.xml", $"<workbook {Ns} xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"><sheets><sheet name=\"Padrón\" sheetId=\"1\" r:id=\"rId1\"/></sheets></workbook>"),
            ("xl/_rels/workbook.xml.rels", "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\"><Relationship Id=\"rId1\" Target=\"worksheets/sheet1.xml\"/></Relationships>"),
            ("xl/styles.xml", $"<styleSheet {Ns}><numFmts count=\"1\"><numFmt numFmtId=\"170\" formatCode=\"dd/mm/yyyy\"/></numFmts><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"14\"/><xf numFmtId=\"170\"/></cellXfs></styleSheet>"),
            ("xl/sharedStrings.xml", $"<sst {Ns}>{texts}</sst>"),
            ("xl/worksheets/sheet1.xml", sheet)));
        table.Problems.ShouldBeEmpty();
        var (input, faults) = MemberTable.Understand(table.Lines.Single());
        faults.ShouldBeEmpty();
        (input!.Organisation, input.InterestGroup, input.MandateFrom, input.MandateTo).ShouldBe(("Comunidad de Chilete", "communities", new DateOnly(2026, 1, 1), new DateOnly(2026, 12, 31)));
    }

    [Fact]
    public void Group_AndKind_MayBeWrittenByTheirNames()
    {
        var table = MemberTable.ReadText("organizacion;clase;grupo;representante;mujer;desde;hasta\nA;Comunidad campesina;Comunidades campesinas y nativas;Ana;sí;2026-01-01;2026-12-31\nB;marciana;ngo;Beto;quizá;2026-01-01;2026-12-31\n");
        var (input, faults) = MemberTable.Understand(table.Lines[0]);
        faults.ShouldBeEmpty();
        (input!.InterestGroup, input.Kind, input.RepresentativeIsWoman).ShouldBe(("communities", "peasant-community", (bool?)true));
        MemberTable.Understand(table.Lines[1]).Faults.Select(f => (f.Column, f.Code)).ShouldBe([("mujer", EntitiesRules.CsvYesNoInvalid), ("clase", EntitiesRules.KindUnknown)], ignoreOrder: true);
    }

    [Fact]
    public async Task Every_fault_of_a_row_is_told_at_once_and_nothing_that_only_follows_from_another()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync(members: 0);
        var text = "organizacion;ruc;sector;clase;grupo;votos;representante;desde;hasta\n"
            + "A;123;privado;;productores;uno;Ana Ríos Mar;2026-01-01;2026-12-31\n"
            + "B;;alienígena;peasant-community;ngo;1;Beto Luz Sol;31/02/2026;2026-12-31\n"
            + "C;;social;;ngo;1;;2026-01-01;mañana\n";
        (await given.WithAsync<StageMembers, IReadOnlyList<LineProblem>>(s => s.StageAsync(entity.Id, Encoding.UTF8.GetBytes(text), "m.csv", entity.Actor))).ShouldBeEmpty();
        var review = (await given.WithAsync<StageMembers, DraftReview?>(s => s.ReviewAsync(entity.Id, LegalTime.DayIn(database.Clock.Now))))!;
        review.Good.ShouldBeEmpty();
        review.Bad.SelectMany(b => b.Faults.Select(f => (b.Line.Line, f.Column))).ShouldBe([(2, "votos"), (2, "ruc"), (2, "grupo"), (3, "sector"), (3, "desde"), (4, "hasta"), (4, "representante")]);
    }

    [Theory]
    [InlineData("productores", "producers")]
    [InlineData("gobierno distrital", "district-government")]
    [InlineData("Municip. provincial", "provincial-government")]
    [InlineData("comunidad campesina", "communities")]
    [InlineData("women", "women")]
    [InlineData("marcianos", null)]
    [InlineData("", null)]
    public void A_wording_near_the_name_of_a_group_finds_it(string written, string? code) => (InterestGroups.Nearest(written)?.Code).ShouldBe(code);

    [Fact]
    public async Task Draft_IsCorrectedInPlaceAndItsGoodRowsAdmitted()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync(members: 0);
        var today = LegalTime.DayIn(database.Clock.Now);
        var text = Head + "A;communities;Ana Ríos Mar;2026-01-01;2026-12-31\nB;communities;Ana Ríos Mar;2026-01-01;2026-12-31\nC;communities;Caro;2024-01-01;2025-12-31\nD;marcianos;Dora;2026-01-01;2026-12-31\nA;communities;Eva;2026-01-01;2026-12-31\n";
        (await StageAsync(text)).ShouldBeEmpty();
        var review = await ReviewAsync();
        review.Good.Select(g => g.Line.Line).ShouldBe([2]);
        review.Bad.Select(b => (b.Line.Line, b.Faults[0].Column, b.Faults[0].Code)).ShouldBe([
            (3, "representante", EntitiesRules.PersonTwiceInTable),
            (4, "hasta", EntitiesRules.MandateExpired),
            (5, "grupo", EntitiesRules.GroupUnknown),
            (6, "organizacion", EntitiesRules.OrganisationTwiceInTable),
        ]);
        await CorrectAsync(review, new() { [3] = new() { ["representante"] = "Beto Luz Sol" }, [4] = new() { ["hasta"] = "2026-06-30" } }, 6);
        await Should.ThrowAsync<ChangedMeanwhile>(() => CorrectAsync(review, [], 5));
        (await given.WithAsync<StageMembers, int>(s => s.AdmitAsync(entity.Id, entity.Actor))).ShouldBe(3);
        review = await ReviewAsync();
        review.Draft.Admitted.ShouldBe(3);
        review.Bad.Single().Line["representante"].ShouldBe("Dora", "what was not admitted is still there");
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<StageMembers, int>(s => s.AdmitAsync(entity.Id, entity.Actor)))).Code.ShouldBe(EntitiesRules.NoGoodRows);
        // A file that cannot be read leaves the draft alone; the last row takes it away.
        (await StageAsync("nada")).ShouldNotBeEmpty();
        await CorrectAsync(review, new() { [5] = new() { ["grupo"] = "ngo" } });
        (await given.WithAsync<StageMembers, int>(s => s.AdmitAsync(entity.Id, entity.Actor))).ShouldBe(1);
        (await given.WithAsync<StageMembers, DraftReview?>(s => s.ReviewAsync(entity.Id, today))).ShouldBeNull();

        Task<IReadOnlyList<LineProblem>> StageAsync(string csv) => given.WithAsync<StageMembers, IReadOnlyList<LineProblem>>(s => s.StageAsync(entity.Id, Encoding.UTF8.GetBytes(csv), "m.csv", entity.Actor));
        async Task<DraftReview> ReviewAsync() => (await given.WithAsync<StageMembers, DraftReview?>(s => s.ReviewAsync(entity.Id, today)))!;
        Task CorrectAsync(DraftReview of, Dictionary<int, Dictionary<string, string>> cells, params int[] leftOut) => given.WithAsync<StageMembers>(s =>
            s.CorrectAsync(entity.Id, of.Draft.Version, cells.ToDictionary(c => c.Key, c => (IReadOnlyDictionary<string, string>)c.Value), leftOut, entity.Actor));
    }

    [Fact]
    public async Task Table_OfThousands_IsAdmittedInPortionsWithNoneLostOrDoubled()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync(members: 0);
        var rows = (StageMembers.Portion * 2) + 7;
        var text = Head + string.Concat(Enumerable.Range(1, rows).Select(i => $"Organización {i};communities;Persona Número {i};2026-01-01;2026-12-31\n"));
        await given.WithAsync<StageMembers>(s => s.StageAsync(entity.Id, Windows.GetBytes(text), "m.csv", entity.Actor));
        (await given.WithAsync<StageMembers, int>(s => s.AdmitAsync(entity.Id, entity.Actor))).ShouldBe(rows);
        (await database.ReadAsync(db => Task.FromResult(db.Members.Select(m => m.Organisation).Distinct().Count()))).ShouldBe(rows);
        (await database.ReadAsync(db => Task.FromResult(db.Representations.Count()))).ShouldBe(rows);
    }

    static byte[] Zip(params (string Name, string Text)[] entries)
    {
        using var memory = new MemoryStream();
        using (var zip = new ZipArchive(memory, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach (var (name, text) in entries)
            {
                using var writer = new StreamWriter(zip.CreateEntry(name).Open());
                writer.Write(text);
            }
        }
        return memory.ToArray();
    }

    // Cells: texts, decimals, days (with the style of a date), and "=FORMULA|value".
    static byte[] Book((string Name, object[][] Rows)[] sheets, string? merged = null)
    {
        using var memory = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(memory, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = new Stylesheet(new Fonts(new Font()), new Fills(new Fill()), new Borders(new Border()), new CellStyleFormats(new CellFormat()),
                new CellFormats(new CellFormat(), new CellFormat { NumberFormatId = 14, ApplyNumberFormat = true }));
            var list = new Sheets();
            foreach (var (name, rows) in sheets)
            {
                var part = book.AddNewPart<WorksheetPart>();
                var data = new SheetData();
                foreach (var (at, cells) in rows.Index())
                    data.Append(new Row(cells.Index().Select(c => Of(c.Item, $"{(char)('A' + c.Index)}{at + 1}"))) { RowIndex = (uint)at + 1 });
                part.Worksheet = new Worksheet(data);
                if (merged is not null) part.Worksheet.Append(new MergeCells(new MergeCell { Reference = merged }));
                list.Append(new Sheet { Name = name, SheetId = (uint)list.Count() + 1, Id = book.GetIdOfPart(part) });
            }
            book.Workbook = new Workbook(list);
        }
        return memory.ToArray();
    }

    static Cell Of(object value, string place) => value switch
    {
        decimal number => new Cell { CellReference = place, CellValue = new CellValue(number) },
        DateOnly day => new Cell { CellReference = place, StyleIndex = 1, CellValue = new CellValue(day.DayNumber - new DateOnly(1899, 12, 30).DayNumber) },
        string text when text.StartsWith('=') => new Cell { CellReference = place, StyleIndex = 1, CellFormula = new CellFormula(text.Split('|')[0][1..]), CellValue = new CellValue(text.Split('|')[1]) },
        _ => new Cell { CellReference = place, DataType = CellValues.InlineString, InlineString = new InlineString(new Text((string)value)) },
    };
}
