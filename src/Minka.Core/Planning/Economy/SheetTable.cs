using System.Globalization;
using System.IO.Compression;
using System.Text;
using DocumentFormat.OpenXml;
using DocumentFormat.OpenXml.Packaging;
using DocumentFormat.OpenXml.Spreadsheet;
using Minka.Core.Territories;

namespace Minka.Core.Planning.Economy;

/// <summary>A fault of a table that somebody sent; its text lies under <c>sheet.CODE</c>.</summary>
/// <param name="Cell">As a spreadsheet names it, "C5"; empty where the fault is of the whole file.</param>
public sealed record SheetProblem(string Cell, string Code, params IReadOnlyList<object?> Args);

/// <summary>One cell: its text, and the number where the workbook keeps one.</summary>
public sealed record SheetCell(string Name, string Text, decimal? Number)
{
    public bool IsEmpty => Text.Length == 0;
}

/// <summary>
/// A small table as spreadsheets keep or export it: the first sheet of a workbook that has rows, or text with semicolons, commas or tabs.
/// Formulas count by their stored value. Macros are refused; so is what is too large for a table that people made.
/// </summary>
public sealed class SheetTable
{
    public const int MostBytes = 4_000_000;
    public const int MostRows = 20_000;
    const int MostUnpacked = 60_000_000;

    readonly List<(int Line, SheetCell[] Cells)> rows = [];

    public List<SheetProblem> Problems { get; } = [];

    public IReadOnlyList<SheetCell> Headings { get; private set; } = [];

    /// <summary>Rows below the headings that hold anything.</summary>
    public IReadOnlyList<(int Line, SheetCell[] Cells)> Rows => rows;

    public static SheetTable Read(byte[] bytes)
    {
        var table = new SheetTable();
        if (bytes.Length > MostBytes) table.Problems.Add(new("", "too-large", MostBytes / 1_000_000));
        else if (bytes.AsSpan().StartsWith("PK\u0003\u0004"u8)) table.ReadWorkbook(bytes);
        else if (bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0])) table.Problems.Add(new("", "old-excel"));
        else table.ReadText(bytes);
        if (table.Problems.Count > 0) return table;
        table.TakeHeadings();
        return table;
    }

    /// <summary>Column whose heading is one of the names; accents, case and punctuation aside. Null where there is none.</summary>
    public int? Column(params IReadOnlyList<string> names)
    {
        for (var i = 0; i < Headings.Count; i++)
        {
            if (names.Contains(Plain(Headings[i].Text))) return i;
        }
        return null;
    }

    public static string Plain(string heading) => new([.. Country.PlainText(heading).Where(char.IsAsciiLetterOrDigit)]);

    /// <summary>The cell of a row in a column, there or not.</summary>
    public static SheetCell At((int Line, SheetCell[] Cells) row, int column) => column < row.Cells.Length ? row.Cells[column] : new(NameOf(column, row.Line), "", null);

    public static string NameOf(int column, int line)
    {
        var name = "";
        for (var c = column; c >= 0; c = (c / 26) - 1) name = (char)('A' + (c % 26)) + name;
        return name + line.ToString(CultureInfo.InvariantCulture);
    }

    void TakeHeadings()
    {
        if (rows.Count == 0)
        {
            Problems.Add(new("", "empty"));
            return;
        }
        Headings = rows[0].Cells;
        rows.RemoveAt(0);
        foreach (var (index, heading) in Headings.Index())
        {
            if (!heading.IsEmpty && Headings.Take(index).FirstOrDefault(h => Plain(h.Text) == Plain(heading.Text)) is { } twin)
                Problems.Add(new(heading.Name, "column-twice", heading.Text, twin.Name));
        }
        if (rows.Count == 0) Problems.Add(new("", "no-rows"));
    }

    void ReadText(byte[] bytes)
    {
        if (bytes.AsSpan(0, Math.Min(bytes.Length, 4_096)).Contains((byte)0))
        {
            Problems.Add(new("", "not-a-table"));
            return;
        }
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            // What older spreadsheets still write in Spanish; any byte is a letter there.
            text = Encoding.Latin1.GetString(bytes);
        }
        var first = text.Split('\n', 2)[0];
        var delimiter = new[] { ';', ',', '\t' }.MaxBy(d => first.Count(c => c == d));
        var (at, line) = (0, 1);
        while (at < text.Length)
        {
            var from = line;
            if (TableFile.ReadRow(text, delimiter, ref at, ref line) is not { } cells)
            {
                Problems.Add(new(NameOf(0, from), "quote"));
                return;
            }
            if (!Take(from, [.. cells.Select((cell, i) => new SheetCell(NameOf(i, from), cell, null))])) return;
        }
    }

    void ReadWorkbook(byte[] bytes)
    {
        try
        {
            using var stream = new MemoryStream(bytes, writable: false);
            using (var archive = new ZipArchive(stream, ZipArchiveMode.Read, leaveOpen: true))
            {
                if (archive.Entries.Any(e => e.FullName.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase))) Problems.Add(new("", "macros"));
                else if (archive.Entries.Sum(e => e.Length) > MostUnpacked) Problems.Add(new("", "too-large", MostUnpacked / 1_000_000));
                else if (archive.GetEntry("xl/workbook.xml") is null) Problems.Add(new("", "not-a-table"));
            }
            if (Problems.Count > 0) return;
            stream.Position = 0;
            using var workbook = SpreadsheetDocument.Open(stream, isEditable: false);
            var shared = workbook.WorkbookPart!.SharedStringTablePart?.SharedStringTable.Elements<SharedStringItem>().Select(i => i.InnerText).ToArray() ?? [];
            foreach (var sheet in workbook.WorkbookPart.Workbook.Descendants<Sheet>().Where(s => s.State is null || s.State == SheetStateValues.Visible))
            {
                if (workbook.WorkbookPart.GetPartById(sheet.Id!) is not WorksheetPart part) continue;
                if (!ReadSheet(part, shared) || rows.Count > 0) return;
            }
        }
        catch (Exception e) when (e is InvalidDataException or OpenXmlPackageException or System.Xml.XmlException or FileFormatException or ArgumentException)
        {
            Problems.Add(new("", "broken"));
        }
    }

    bool ReadSheet(WorksheetPart part, string[] shared)
    {
        using var reader = OpenXmlReader.Create(part);
        while (reader.Read())
        {
            if (reader.ElementType == typeof(MergeCell) && reader.IsStartElement)
            {
                var merged = reader.Attributes.FirstOrDefault(a => a.LocalName == "ref").Value ?? "";
                Problems.Add(new(merged.Split(':')[0], "merged", merged));
            }
            if (reader.ElementType != typeof(Row) || !reader.IsStartElement) continue;
            var row = (Row)reader.LoadCurrentElement()!;
            var cells = new List<SheetCell>();
            foreach (var cell in row.Elements<Cell>())
            {
                var name = cell.CellReference?.Value ?? NameOf(cells.Count, (int)(row.RowIndex?.Value ?? 0));
                var at = ColumnOf(name);
                if (at > 200) break;
                while (cells.Count < at) cells.Add(new(NameOf(cells.Count, (int)row.RowIndex!.Value), "", null));
                var raw = cell.DataType?.Value == CellValues.InlineString ? cell.InnerText : cell.CellValue?.Text ?? "";
                var isNumber = cell.DataType is null || cell.DataType.Value == CellValues.Number;
                var text = cell.DataType?.Value == CellValues.SharedString && int.TryParse(raw, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < shared.Length ? shared[index] : raw;
                var number = isNumber && decimal.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) ? value : (decimal?)null;
                cells.Add(new(name, text.Trim(), number));
            }
            if (!Take((int)(row.RowIndex?.Value ?? (uint)(rows.Count + 1)), [.. cells])) return false;
        }
        return true;
    }

    bool Take(int line, SheetCell[] cells)
    {
        if (cells.All(c => c.IsEmpty)) return true;
        if (rows.Count > MostRows)
        {
            Problems.Add(new("", "too-many-rows", MostRows));
            return false;
        }
        rows.Add((line, cells));
        return true;
    }

    static int ColumnOf(string name) => name.TakeWhile(char.IsAsciiLetterUpper).Aggregate(0, (n, c) => (n * 26) + (c - 'A' + 1)) - 1;
}
