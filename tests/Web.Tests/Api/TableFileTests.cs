using System.Text;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Minka.Core.Kernel;
using Minka.Web.Api;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Api;

public sealed class TableFileTests
{
    /// <summary>What somebody may write in a name so that a spreadsheet acts, or so that a file falls apart.</summary>
    static readonly string[] Hostile =
    [
        "=1+1", "=cmd|' /C calc'!A0", "+51 999 999 999", "-2", "-cmd", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", "a\"b", "a,b;c", "dos\nlíneas", "\"", "'", "  espacios  ",
        "ñandú – «ÁÉÍ»", "😀", "", "<b>&amp;</b>", "a\u0001b", "1e5", "00123",
    ];

    [Fact]
    public async Task Csv_OfHostileText_IsReadBackAndNeverAFormula()
    {
        var bytes = await BytesAsync(new TableFile("x", ["a", "b"], Hostile.Select(h => (IReadOnlyList<object?>)[h, 7])).As("csv"));
        bytes[..3].ShouldBe([0xEF, 0xBB, 0xBF]);
        var rows = Csv(Encoding.UTF8.GetString(bytes[3..]));
        rows[0].ShouldBe(["a", "b"]);
        rows.Count.ShouldBe(Hostile.Length + 1);
        foreach (var (sent, row) in Hostile.Zip(rows.Skip(1)))
        {
            row.Count.ShouldBe(2);
            row[1].ShouldBe("7");
            (row[0] == sent || row[0] == "'" + sent).ShouldBeTrue($"{sent} came back as {row[0]}");
            if (row[0].Length > 0) row[0][0].ShouldNotBeOneOf('=', '+', '-', '@', '\t', '\r', '\n', '＝');
        }
    }

    [Fact]
    public async Task Csv_OfFigures_IsPlain()
    {
        var bytes = await BytesAsync(new TableFile("x", ["a"], [[new Money(-150), -7, new BasisPoints(4_350), new DateOnly(2027, 1, 5), new DateTime(2027, 1, 5, 14, 0, 0, DateTimeKind.Utc), null, -1.5m]]).As("csv"));
        // A negative amount is a number of ours, not a text of somebody's.
        Csv(Encoding.UTF8.GetString(bytes[3..]))[1].ShouldBe(["-1.50", "-7", new BasisPoints(4_350).ToString(), "2027-01-05", "2027-01-05T14:00:00Z", "", "-1.5"]);
    }

    [Fact]
    public async Task Workbook_OfHostileText_HoldsTextAndNoFormula()
    {
        using var stream = new MemoryStream(await BytesAsync(new TableFile("lista: [todo]/*?", ["a"], Hostile.Select(h => (IReadOnlyList<object?>)[h])).As("xlsx")));
        using var book = SpreadsheetDocument.Open(stream, isEditable: false);
        book.WorkbookPart!.Workbook!.Sheets!.Elements<Sheet>().Single().Name!.Value.ShouldBe("lista todo");
        var cells = book.WorkbookPart.WorksheetParts.Single().Worksheet!.Descendants<Cell>().Skip(1).ToList();
        cells.ShouldAllBe(c => c.CellFormula == null && c.DataType! == CellValues.InlineString);
        // What XML cannot hold is left out; a carriage return is no character of a cell.
        cells.Select(c => c.InnerText).ShouldBe(Hostile.Select(h => h.Replace("\u0001", "", StringComparison.Ordinal).Replace("\r", "", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Workbook_OfFigures_HoldsNumbersWithTheirFormat()
    {
        using var stream = new MemoryStream(await BytesAsync(new TableFile("x", ["a"], [[new Money(-123_456_780), 7, new BasisPoints(4_350), new DateOnly(2027, 1, 5), new DateTime(2027, 1, 5, 14, 0, 0, DateTimeKind.Utc), -1.5m]]).As("xlsx")));
        using var book = SpreadsheetDocument.Open(stream, isEditable: false);
        var formats = book.WorkbookPart!.WorkbookStylesPart!.Stylesheet!.CellFormats!.Elements<CellFormat>().Select(f => f.NumberFormatId?.Value ?? 0).ToList();
        var cells = book.WorkbookPart.WorksheetParts.Single().Worksheet!.Descendants<Row>().Last().Elements<Cell>().ToList();
        cells.ShouldAllBe(c => c.DataType! == CellValues.Number);
        // 46027 is 5 January 2027; 14:00 UTC is 9:00 in Lima.
        cells.Select(c => (c.CellValue!.Text, formats[(int)c.StyleIndex!.Value])).ShouldBe([("-1234567.80", 4u), ("7", 0u), ("0.435", 10u), ("46392", 164u), ("46392.375", 165u), ("-1.5", 0u)]);
    }

    [Fact]
    public async Task Workbook_IsValid()
    {
        using var stream = new MemoryStream(await BytesAsync(new TableFile("x", ["a", "b"], Hostile.Select(h => (IReadOnlyList<object?>)[h, Money.Soles(3)])).As("xlsx")));
        using var book = SpreadsheetDocument.Open(stream, isEditable: false);
        new DocumentFormat.OpenXml.Validation.OpenXmlValidator().Validate(book).Select(e => e.Description).ShouldBeEmpty();
    }

    static async Task<byte[]> BytesAsync(TableFile file)
    {
        using var stream = new MemoryStream();
        await file.WriteAsync(stream);
        return stream.ToArray();
    }

    /// <summary>RFC 4180, as a spreadsheet reads it.</summary>
    internal static List<List<string>> Csv(string text)
    {
        var (rows, row, cell, quoted) = (new List<List<string>>(), new List<string>(), new StringBuilder(), false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (quoted)
            {
                if (c != '"') cell.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[++i]);
                else quoted = false;
            }
            else if (c == '"') quoted = true;
            else if (c == ',') Next();
            else if (c == '\r' && i + 1 < text.Length && text[i + 1] == '\n')
            {
                i++;
                Next();
                rows.Add(row);
                row = [];
            }
            else cell.Append(c);
        }
        return rows;

        void Next()
        {
            row.Add(cell.ToString());
            cell.Clear();
        }
    }
}
