using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace Minka.Observatory.Tables;

/// <summary>What makes a cell doubtful: <c>formula</c> (formula, stored value) or <c>merged</c> (range, value that it shows).</summary>
/// <param name="Column">Index of the cell in its row, from 0.</param>
/// <param name="Code"><c>formula</c> or <c>merged</c>.</param>
/// <param name="Args">What a text about it names.</param>
public sealed record OfficeNote(int Column, string Code, IReadOnlyList<string> Args);

/// <summary>One row: its line in the file or sheet, from 1, its cells without outer blanks, and what is doubtful about them.</summary>
/// <param name="Line">From 1.</param>
/// <param name="Cells">Trimmed; dates as <c>yyyy-MM-dd</c>, whole numbers without decimals, truth values as <c>si</c> and <c>no</c>.</param>
/// <param name="Notes">In the order of the cells; merged ones last.</param>
public sealed record OfficeLine(int Line, IReadOnlyList<string> Cells, IReadOnlyList<OfficeNote> Notes)
{
    /// <summary>Indices of the cells that a workbook keeps as numbers: their text is a number with a decimal point, whatever the country's habit; empty of a text file.</summary>
    public IReadOnlyList<int> Numbers { get; init; } = [];
}

/// <summary>How large a table may be.</summary>
/// <param name="MostBytes">Of the file as sent.</param>
/// <param name="MostRows">Below the headings.</param>
/// <param name="RowsBeforeHeadings">Rows among which the headings are looked for.</param>
public sealed record OfficeLimits(int MostBytes, int MostRows, int RowsBeforeHeadings = 20);

/// <summary>
/// A small table as offices send it, whole in memory: a workbook (.xlsx) or text in any common encoding, parted by semicolon, comma or tab.
/// The headings may stand under a title and on any sheet. Nothing is guessed about a value: what is doubtful carries a note.
/// </summary>
/// <param name="Headings">The row of headings.</param>
/// <param name="Lines">Rows below, empty ones left out.</param>
/// <param name="Sheet">The sheet that was read; null for text.</param>
/// <param name="Encoding">How letters were read; null for a workbook.</param>
public sealed record OfficeTable(OfficeLine Headings, IReadOnlyList<OfficeLine> Lines, string? Sheet, string? Encoding)
{
    private const long MostUnpacked = 400L * 1024 * 1024;

    /// <summary>Reads a file by what it holds.</summary>
    /// <param name="bytes">The file.</param>
    /// <param name="isHeading">Whether a row is the headings. If no row of a text is, its first row is taken for them, so that the caller can say what lacks.</param>
    /// <param name="limits">How large it may be.</param>
    /// <exception cref="TableFault">
    /// <c>empty</c>, <c>file-large</c> (megabytes), <c>old-excel</c>, <c>not-a-table</c>, <c>xlsx-macros</c>, <c>bomb</c>, <c>quote-open</c> (line),
    /// <c>wrong-sheet</c> (names of the sheets), <c>rows</c> (line of the first too many, the most).
    /// </exception>
    public static OfficeTable Read(byte[] bytes, Func<IReadOnlyList<string>, bool> isHeading, OfficeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        ArgumentNullException.ThrowIfNull(isHeading);
        ArgumentNullException.ThrowIfNull(limits);
        if (bytes.Length == 0)
            throw new TableFault("empty");
        if (bytes.Length > limits.MostBytes)
            throw new TableFault("file-large", limits.MostBytes / 1024 / 1024);
        if (bytes.AsSpan().StartsWith("PK\u0003\u0004"u8))
            return OfBook(bytes, isHeading, limits);
        if (bytes.AsSpan().StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]))
            throw new TableFault("old-excel");
        var (text, encoding) = OfficeText.Decode(bytes);
        if (text.Contains('\0', StringComparison.Ordinal) || text.TrimStart().StartsWith('<') || text.StartsWith("%PDF", StringComparison.Ordinal))
            throw new TableFault("not-a-table");
        return OfText(text, isHeading, limits) with { Encoding = encoding };
    }

    /// <summary>The same of text that was pasted.</summary>
    /// <param name="text">Delimited text.</param>
    /// <param name="isHeading">As of <see cref="Read"/>.</param>
    /// <param name="limits">How large it may be.</param>
    /// <exception cref="TableFault">As of <see cref="Read"/>.</exception>
    public static OfficeTable OfText(string text, Func<IReadOnlyList<string>, bool> isHeading, OfficeLimits limits)
    {
        ArgumentNullException.ThrowIfNull(text);
        text = text.TrimStart('\uFEFF');
        var end = text.AsSpan().IndexOfAny('\r', '\n');
        var first = text.AsSpan(0, end < 0 ? text.Length : end);
        var delimiter = first.Contains(';') ? ';' : first.Contains('\t') ? '\t' : ',';
        using var rows = new CsvRows(new StringReader(text), delimiter, skipsBlanks: true);
        var row = new TableRow();
        var lines = new List<OfficeLine>();
        while (rows.Read(row))
        {
            if (rows.EndedWithinQuotes)
                throw new TableFault("quote-open", row.Line);
            if (Line(row, []) is { } line)
                lines.Add(line);
            if (lines.Count > limits.MostRows + limits.RowsBeforeHeadings + 1)
                break;
        }

        if (lines.Count == 0)
            throw new TableFault("empty");
        return Parted(lines, isHeading, limits) ?? Below(lines, 0, limits);
    }

    private static OfficeTable? Parted(List<OfficeLine> lines, Func<IReadOnlyList<string>, bool> isHeading, OfficeLimits limits)
    {
        var head = lines.FindIndex(0, Math.Min(lines.Count, limits.RowsBeforeHeadings), l => isHeading(l.Cells));
        return head < 0 ? null : Below(lines, head, limits);
    }

    private static OfficeTable Below(List<OfficeLine> lines, int head, OfficeLimits limits)
    {
        var rows = lines.GetRange(head + 1, lines.Count - head - 1);
        return rows.Count > limits.MostRows ? throw new TableFault("rows", rows[limits.MostRows].Line, limits.MostRows) : new(lines[head], rows, null, null);
    }

    private static OfficeTable OfBook(byte[] bytes, Func<IReadOnlyList<string>, bool> isHeading, OfficeLimits limits)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
            if (zip.GetEntry("mimetype") is not null)
                throw new TableFault("old-excel");
            if (zip.GetEntry("xl/workbook.xml") is null)
                throw new TableFault("not-a-table");
            XlsxRows.Check(zip);
            if (zip.Entries.Sum(e => e.Length) > MostUnpacked)
                throw new TableFault("file-large", limits.MostBytes / 1024 / 1024);
            var styles = XlsxStyles.Of(zip);
            var names = new List<string>();
            for (var sheet = 0; ; sheet++)
            {
                // Each sheet is read from the packed bytes anew: the rows own their archive.
                using var rows = new XlsxRows(new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read), sheet) { Marks = [] };
                names.Add(rows.Name);
                if (Parted(LinesOf(rows, styles, limits), isHeading, limits) is { } table)
                    return table with { Sheet = rows.Name };
                if (sheet + 1 == rows.Names.Count)
                    throw new TableFault("wrong-sheet", string.Join(", ", names));
            }
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or FormatException or OverflowException || e is TableFault { Code: "xlsx-broken" or "xlsx-without-sheet" })
        {
            throw new TableFault("not-a-table");
        }
    }

    private static List<OfficeLine> LinesOf(XlsxRows rows, XlsxStyles styles, OfficeLimits limits)
    {
        var lines = new List<OfficeLine>();
        var row = new TableRow();
        while (rows.Read(row))
        {
            if (Line(row, rows.Marks!, styles) is { } line)
                lines.Add(line);
            // The merged ranges stand below all rows; a sheet too long is refused without them.
            if (lines.Count > limits.MostRows + limits.RowsBeforeHeadings + 1)
                return lines;
        }

        foreach (var (top, left, bottom, right) in rows.Merged.Where(m => m.Bottom > m.Top))
        {
            var value = lines.Find(l => l.Line == top) is { } first && left < first.Cells.Count ? first.Cells[left] : "";
            var range = $"{XlsxStyles.Letters(left)}{top}:{XlsxStyles.Letters(right)}{bottom}";
            for (var i = 0; i < lines.Count; i++)
            {
                if (lines[i].Line <= top || lines[i].Line > bottom)
                    continue;
                var cells = lines[i].Cells.ToList();
                var notes = lines[i].Notes.ToList();
                for (var column = left; column <= Math.Min(right, left + 200); column++)
                {
                    while (cells.Count <= column)
                        cells.Add("");
                    cells[column] = value;
                    notes.Add(new(column, "merged", [range, value]));
                }

                lines[i] = lines[i] with { Cells = cells, Notes = notes };
            }
        }

        return lines;
    }

    /// <summary>Null of a row without any text.</summary>
    private static OfficeLine? Line(TableRow row, List<XlsxMark> marks, XlsxStyles? styles = null)
    {
        var count = row.Count;
        while (count > 0 && row[count - 1].IsWhiteSpace())
            count--;
        // A formula without a stored value shows nothing here, and has to be told all the more.
        foreach (var mark in marks.Where(m => m.Formula is not null))
            count = Math.Max(count, mark.Column + 1);
        if (count == 0)
            return null;
        // A text keeps its empty cells at the end: their number says whether the row is whole.
        var cells = new string[styles is null ? row.Count : Math.Min(count, 512)];
        for (var i = 0; i < cells.Length; i++)
            cells[i] = row[i].Trim().ToString();
        var notes = new List<OfficeNote>();
        var numbers = new List<int>();
        foreach (var mark in marks.Where(m => m.Column < cells.Length))
        {
            cells[mark.Column] = styles!.Said(cells[mark.Column], mark.Kind, mark.Style);
            if (mark.Kind is null or "n" && decimal.TryParse(cells[mark.Column], NumberStyles.Float, CultureInfo.InvariantCulture, out _))
                numbers.Add(mark.Column);
            if (mark.Formula is { } formula)
                notes.Add(new(mark.Column, "formula", [formula.Length == 0 ? "=…" : "=" + formula, cells[mark.Column]]));
        }

        return new((int)Math.Min(row.Line, int.MaxValue), cells, notes) { Numbers = numbers };
    }
}
