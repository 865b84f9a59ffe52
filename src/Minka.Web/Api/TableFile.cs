using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Minka.Core.Kernel;

namespace Minka.Web.Api;

/// <summary>
/// A list as a file: one heading row, one row a thing. Cells are text, whole numbers, money, percents, days or instants. In a
/// workbook numbers, percents, days and instants (Lima's) are what they are, never text, and text is never a formula; in CSV, text that
/// a spreadsheet would take for a formula begins with an apostrophe. Rows are written as they come, so that a long list is never
/// whole in memory.
/// </summary>
public sealed class TableFile(string name, IReadOnlyList<string> head, IAsyncEnumerable<IReadOnlyList<object?>> rows) : IResult
{
    const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    const int LongestCell = 32_000;

    /// <summary>A sheet holds 1,048,576 rows; what is more goes on in the next one.</summary>
    const int RowsOfSheet = 1_000_000;

    // Places in the style sheet below.
    const uint DateStyle = 1, InstantStyle = 2, MoneyStyle = 3, PercentStyle = 4;

    string kind = "csv";

    public TableFile(string name, IReadOnlyList<string> head, IEnumerable<IReadOnlyList<object?>> rows) : this(name, head, rows.ToAsyncEnumerable())
    {
    }

    /// <summary>The file by the end of its address: "csv" or "xlsx".</summary>
    public TableFile As(string end)
    {
        kind = end;
        return this;
    }

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.ContentType = kind == "xlsx" ? Workbook : "text/csv; charset=utf-8";
        response.Headers.ContentDisposition = new Microsoft.Net.Http.Headers.ContentDispositionHeaderValue("attachment") { FileNameStar = $"{name}.{kind}", FileName = $"{name}.{kind}" }.ToString();
        response.Headers.CacheControl = "private, no-cache";
        await WriteAsync(response.Body, httpContext.RequestAborted);
    }

    public async Task WriteAsync(Stream to, CancellationToken cancel = default)
    {
        if (kind == "xlsx") await XlsxAsync(to, cancel);
        else await CsvAsync(to, cancel);
    }

    async Task CsvAsync(Stream to, CancellationToken cancel)
    {
        await using var text = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), 16 * 1024, leaveOpen: true) { NewLine = "\r\n" };
        await text.WriteLineAsync(Line(head));
        await foreach (var row in rows.WithCancellation(cancel)) await text.WriteLineAsync(Line(row));
    }

    static string Line(IEnumerable<object?> cells) => string.Join(',', cells.Select(c => Quoted(c is null or string ? Harmless((string?)c ?? "") : Text(c))));

    // The zip of a workbook is written in a temporary file: its parts cannot be sent before the last is known.
    async Task XlsxAsync(Stream to, CancellationToken cancel)
    {
        var path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());
        await using var file = new FileStream(path, FileMode.CreateNew, FileAccess.ReadWrite, FileShare.None, 64 * 1024, FileOptions.DeleteOnClose | FileOptions.Asynchronous);
        using (var document = SpreadsheetDocument.Create(file, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            book.AddNewPart<WorkbookStylesPart>().Stylesheet = Styles();
            var sheets = new Sheets();
            await using var row = rows.GetAsyncEnumerator(cancel);
            var more = await row.MoveNextAsync();
            do
            {
                var part = book.AddNewPart<WorksheetPart>();
                using var writer = OpenXmlWriter.Create(part);
                writer.WriteStartElement(new Worksheet());
                writer.WriteStartElement(new SheetData());
                Row(writer, head);
                for (var written = 0; more && written < RowsOfSheet; written++)
                {
                    Row(writer, row.Current);
                    more = await row.MoveNextAsync();
                }
                writer.WriteEndElement();
                writer.WriteEndElement();
                var number = (uint)sheets.Count() + 1;
                sheets.Append(new Sheet { Name = SheetName(number), SheetId = number, Id = book.GetIdOfPart(part) });
            }
            while (more);
            book.Workbook = new DocumentFormat.OpenXml.Spreadsheet.Workbook(sheets);
        }
        file.Position = 0;
        await file.CopyToAsync(to, cancel);
    }

    string SheetName(uint number)
    {
        var end = number == 1 ? "" : $" {number.ToString(CultureInfo.InvariantCulture)}";
        var plain = string.Concat(name.Where(c => c is not ('[' or ']' or ':' or '*' or '?' or '/' or '\\')));
        return plain[..Math.Min(31 - end.Length, plain.Length)] + end;
    }

    static void Row(OpenXmlWriter writer, IEnumerable<object?> cells)
    {
        writer.WriteStartElement(new Row());
        foreach (var cell in cells)
        {
            writer.WriteElement(Number(cell) is var (number, style)
                ? new Cell { DataType = CellValues.Number, CellValue = new CellValue(number), StyleIndex = style }
                : new Cell { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(Clean(Text(cell))) { Space = SpaceProcessingModeValues.Preserve }) });
        }
        writer.WriteEndElement();
    }

    static (string Number, uint Style)? Number(object? cell) => cell switch
    {
        int or long => (Convert.ToString(cell, CultureInfo.InvariantCulture)!, 0),
        decimal figure => (figure.ToString(CultureInfo.InvariantCulture), 0),
        Money money => (money.ToString(), MoneyStyle),
        BasisPoints rate => ((rate.Value / 10_000m).ToString(CultureInfo.InvariantCulture), PercentStyle),
        DateOnly day => (Serial(day.ToDateTime(TimeOnly.MinValue)), DateStyle),
        DateTime at => (Serial(LegalTime.ToLima(at)), InstantStyle),
        _ => null,
    };

    static string Serial(DateTime local) => ((decimal)(local - new DateTime(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified)).Ticks / TimeSpan.TicksPerDay).ToString("0.##########", CultureInfo.InvariantCulture);

    static string Text(object? cell) => cell switch
    {
        null => "",
        BasisPoints rate => rate.ToString(),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime at => at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "",
    };

    static string Harmless(string text) =>
        text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\n' or '\0' or '＝' or '＋' or '－' or '＠' ? "'" + text : text;

    static string Quoted(string text) =>
        text.AsSpan().IndexOfAny("\",;\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";

    static string Clean(string text)
    {
        var clean = new string([.. text.Where(c => System.Xml.XmlConvert.IsXmlChar(c) && c != '\r' || char.IsSurrogate(c))]);
        return clean.Length <= LongestCell ? clean : clean[..LongestCell];
    }

    static Stylesheet Styles() => new(
        new NumberingFormats(
            new NumberingFormat { NumberFormatId = 164, FormatCode = "yyyy-mm-dd" },
            new NumberingFormat { NumberFormatId = 165, FormatCode = "yyyy-mm-dd hh:mm:ss" }),
        new Fonts(new Font()),
        new Fills(new Fill(new PatternFill { PatternType = PatternValues.None }), new Fill(new PatternFill { PatternType = PatternValues.Gray125 })),
        new Borders(new Border()),
        new CellStyleFormats(new CellFormat()),
        new CellFormats(new CellFormat(), Of(164), Of(165), Of(4), Of(10)));

    static CellFormat Of(uint format) => new() { NumberFormatId = format, ApplyNumberFormat = true };
}
