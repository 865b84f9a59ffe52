using System.Globalization;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Minka.Core.Kernel;

namespace Minka.Web.Api;

/// <summary>
/// A list as a file: one heading row, one row a thing. Cells are text, whole numbers, money, percents, days or instants; numbers
/// stay numbers in a workbook. Text that a spreadsheet would take for a formula is kept as text.
/// </summary>
public sealed class TableFile(string name, IReadOnlyList<string> head, IEnumerable<IReadOnlyList<object?>> rows)
{
    const string Workbook = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";
    const int LongestCell = 32_000;

    public IResult Csv()
    {
        var text = new StringBuilder("\ufeff");
        Line(head);
        foreach (var row in rows) Line(row);
        return Results.File(Encoding.UTF8.GetBytes(text.ToString()), "text/csv; charset=utf-8", name + ".csv");

        void Line(IEnumerable<object?> cells) => text.AppendJoin(',', cells.Select(c => Quoted(Text(c)))).Append("\r\n");
    }

    public IResult Xlsx()
    {
        using var stream = new MemoryStream();
        using (var document = SpreadsheetDocument.Create(stream, SpreadsheetDocumentType.Workbook))
        {
            var book = document.AddWorkbookPart();
            var part = book.AddNewPart<WorksheetPart>();
            using (var writer = OpenXmlWriter.Create(part))
            {
                writer.WriteStartElement(new Worksheet());
                writer.WriteStartElement(new SheetData());
                Row(writer, head);
                foreach (var row in rows) Row(writer, row);
                writer.WriteEndElement();
                writer.WriteEndElement();
            }
            book.Workbook = new DocumentFormat.OpenXml.Spreadsheet.Workbook(new Sheets(new Sheet { Name = name[..Math.Min(31, name.Length)], SheetId = 1, Id = book.GetIdOfPart(part) }));
        }
        return Results.File(stream.ToArray(), Workbook, name + ".xlsx");
    }

    /// <summary>The file by the end of its address: "csv" or "xlsx".</summary>
    public IResult As(string kind) => kind == "xlsx" ? Xlsx() : Csv();

    static void Row(OpenXmlWriter writer, IEnumerable<object?> cells)
    {
        writer.WriteStartElement(new Row());
        foreach (var cell in cells)
        {
            writer.WriteElement(Number(cell) is { } number
                ? new Cell { DataType = CellValues.Number, CellValue = new CellValue(number) }
                : new Cell { DataType = CellValues.InlineString, InlineString = new InlineString(new Text(Clean(Text(cell))) { Space = SpaceProcessingModeValues.Preserve }) });
        }
        writer.WriteEndElement();
    }

    static string? Number(object? cell) => cell switch
    {
        int or long => Convert.ToString(cell, CultureInfo.InvariantCulture),
        Money money => money.ToString(),
        _ => null,
    };

    static string Text(object? cell) => cell switch
    {
        null => "",
        BasisPoints rate => rate.ToString(),
        DateOnly day => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        DateTime at => at.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture),
        _ => Convert.ToString(cell, CultureInfo.InvariantCulture) ?? "",
    };

    static string Quoted(string text)
    {
        if (text.Length > 0 && text[0] is '=' or '+' or '-' or '@' or '\t' or '\r' or '\0' && !long.TryParse(text, out _)) text = "'" + text;
        return text.AsSpan().IndexOfAny("\",;\r\n") < 0 ? text : $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    static string Clean(string text)
    {
        var clean = new string([.. text.Where(c => !char.IsControl(c) || c is '\n' or '\t')]);
        return clean.Length <= LongestCell ? clean : clean[..LongestCell];
    }
}
