using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Microsoft.AspNetCore.Mvc;
using Minka.Core.Kernel;

namespace Minka.Web.Exports;

/// <summary>A list as a file: the same rows as its page, all of them.</summary>
public sealed record Listing(string Name, IReadOnlyList<string> Headings, IReadOnlyList<IReadOnlyList<object?>> Rows);

public static class Export
{
    public const string CsvType = "text/csv";
    public const string XlsxType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    // Indexes into the cell formats of the stylesheet below.
    const uint Plain = 0;
    const uint MoneyStyle = 1;
    const uint DayStyle = 2;
    const uint InstantStyle = 3;

    /// <summary>The file that was asked for by <c>?formato=</c>, or null: the page itself.</summary>
    public static FileContentResult? Of(string? format, Func<Listing> listing) => format switch
    {
        "csv" => File(listing(), Csv, CsvType, "csv"),
        "xlsx" => File(listing(), Xlsx, XlsxType, "xlsx"),
        _ => null,
    };

    /// <summary>RFC 4180 in UTF-8 with its mark. What a spreadsheet could take for a formula is quoted, as OWASP ASVS 1.2.10 asks.</summary>
    public static byte[] Csv(Listing listing)
    {
        var text = new StringBuilder();
        text.AppendJoin(',', listing.Headings.Select(Field)).Append("\r\n");
        foreach (var row in listing.Rows) text.AppendJoin(',', row.Select(Field)).Append("\r\n");
        return [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text.ToString())];
    }

    static string Field(object? value)
    {
        var text = value switch
        {
            null => "",
            Money m => Decimals(m),
            DateOnly d => d.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            DateTime i => LegalTime.ToLima(i).ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture),
            string s => Harmless(s),
            IFormattable f => f.ToString(null, CultureInfo.InvariantCulture),
            _ => Harmless(value.ToString() ?? ""),
        };
        return text.AsSpan().IndexOfAny("\",\r\n\t'") >= 0 ? $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : text;
    }

    static string Harmless(string text)
    {
        var clean = text.Replace("\0", "", StringComparison.Ordinal);
        return text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\0' or '＝' or '＋' or '－' or '＠' ? "'" + clean : clean;
    }

    static string Decimals(Money money) => (money.Minor / 100m).ToString("0.00", CultureInfo.InvariantCulture);

    /// <summary>Typed cells, never a formula: text is text whatever it looks like.</summary>
    public static byte[] Xlsx(Listing listing)
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            var styles = book.AddNewPart<WorkbookStylesPart>();
            styles.Stylesheet = Styles();
            var part = book.AddNewPart<WorksheetPart>();
            using (var writer = OpenXmlWriter.Create(part))
            {
                writer.WriteStartElement(new Worksheet());
                writer.WriteStartElement(new SheetData());
                Write(writer, listing.Headings.Select(h => Text(h)));
                foreach (var row in listing.Rows) Write(writer, row.Select(Cell));
                writer.WriteEndElement();
                writer.WriteEndElement();
            }
            book.Workbook = new Workbook(new Sheets(new Sheet { Id = book.GetIdOfPart(part), SheetId = 1, Name = SheetName(listing.Name) }));
        }
        return stream.ToArray();
    }

    static void Write(OpenXmlWriter writer, IEnumerable<Cell> cells)
    {
        writer.WriteStartElement(new Row());
        foreach (var cell in cells) writer.WriteElement(cell);
        writer.WriteEndElement();
    }

    static Cell Cell(object? value) => value switch
    {
        null => Text(""),
        Money m => Number(Decimals(m), MoneyStyle),
        DateOnly d => Number(d.ToDateTime(TimeOnly.MinValue, DateTimeKind.Unspecified).ToOADate().ToString(CultureInfo.InvariantCulture), DayStyle),
        DateTime i => Number(LegalTime.ToLima(i).ToOADate().ToString(CultureInfo.InvariantCulture), InstantStyle),
        int or long or double or decimal => Number(Convert.ToString(value, CultureInfo.InvariantCulture)!, Plain),
        _ => Text(value.ToString() ?? ""),
    };

    static Cell Number(string text, uint style) => new() { DataType = CellValues.Number, CellValue = new CellValue(text), StyleIndex = style };

    static Cell Text(string text) => new()
    {
        DataType = CellValues.InlineString,
        InlineString = new InlineString(new Text(new string([.. text.Where(c => c is '\t' or '\n' || !char.IsControl(c))])) { Space = SpaceProcessingModeValues.Preserve }),
    };

    static string SheetName(string name)
    {
        var clean = new string([.. name.Where(c => !"[]:*?/\\'".Contains(c, StringComparison.Ordinal))]);
        return clean.Length > 31 ? clean[..31] : clean;
    }

    static Stylesheet Styles() => new(
        new NumberingFormats(
            new NumberingFormat { NumberFormatId = 164, FormatCode = "yyyy-mm-dd" },
            new NumberingFormat { NumberFormatId = 165, FormatCode = "yyyy-mm-dd hh:mm:ss" }),
        new Fonts(new Font()), new Fills(new Fill(), new Fill()), new Borders(new Border()),
        new CellFormats(
            new CellFormat(),
            new CellFormat { NumberFormatId = 4, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = 164, ApplyNumberFormat = true },
            new CellFormat { NumberFormatId = 165, ApplyNumberFormat = true }));

    static FileContentResult File(Listing listing, Func<Listing, byte[]> write, string type, string extension) =>
        new(write(listing), type) { FileDownloadName = $"{Slugs.From(listing.Name)}.{extension}" };
}
