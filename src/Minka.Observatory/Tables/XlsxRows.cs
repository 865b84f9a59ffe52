using System.Globalization;
using System.IO.Compression;
using System.Xml;

namespace Minka.Observatory.Tables;

/// <summary>Rows of a sheet of an XLSX workbook, read as a stream; formulas by their stored value.</summary>
/// <remarks>
/// Macros and bombs are refused before anything is unpacked. Shared strings are held in memory, at most <see cref="MostShared"/> characters.
/// </remarks>
public sealed class XlsxRows : TableRows
{
    /// <summary>The most bytes that the parts may have unpacked.</summary>
    public const long MostUnpacked = 4_000_000_000;

    /// <summary>The most times that a part of more than 10 MB may exceed its packed size.</summary>
    public const int MostRatio = 400;

    /// <summary>The most characters of shared strings.</summary>
    public const int MostShared = 500_000_000;

    /// <summary>The most columns of a sheet, by its format.</summary>
    public const int MostColumns = 16_384;

    private static readonly XmlReaderSettings Safe = new() { DtdProcessing = DtdProcessing.Prohibit, IgnoreWhitespace = false, MaxCharactersInDocument = 0 };

    private readonly ZipArchive _archive;
    private readonly XmlReader _sheet;
    private readonly List<string> _shared;
    private long _row;

    /// <summary>Opens a workbook.</summary>
    /// <param name="archive">The workbook; disposed with the rows.</param>
    /// <param name="sheet">Which sheet, from 0: visible ones first, in their order.</param>
    /// <exception cref="TableFault">Macros, a bomb, or no such sheet.</exception>
    public XlsxRows(ZipArchive archive, int sheet = 0)
    {
        ArgumentNullException.ThrowIfNull(archive);
        Check(archive);
        _archive = archive;
        var sheets = SheetsOf(archive);
        if (sheet >= sheets.Count)
            throw new TableFault("xlsx-without-sheet");
        var (name, part) = sheets[sheet];
        (Name, Names) = (name, [.. sheets.Select(s => s.Name)]);
        _shared = Shared(archive);
        _sheet = XmlReader.Create((archive.GetEntry(part) ?? throw new TableFault("xlsx-without-sheet")).Open(), Safe);
    }

    /// <summary>Name of the sheet.</summary>
    public string Name { get; }

    /// <summary>Names of the workbook's sheets: visible ones first, in their order.</summary>
    public IReadOnlyList<string> Names { get; }

    /// <summary>Formula cells met so far.</summary>
    public int Formulas { get; private set; }

    /// <summary>If set: what each cell of the last row read says of itself.</summary>
    internal List<XlsxMark>? Marks { get; init; }

    /// <summary>Merged ranges, whole only at the end of the sheet: rows from 1, columns from 0.</summary>
    internal List<(int Top, int Left, int Bottom, int Right)> Merged { get; } = [];

    /// <summary>Refuses what would harm: macros, parts that grow beyond measure.</summary>
    /// <param name="archive">The archive.</param>
    /// <exception cref="TableFault">It is refused.</exception>
    public static void Check(ZipArchive archive)
    {
        ArgumentNullException.ThrowIfNull(archive);
        if (archive.Entries.Any(e => e.FullName.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase) || e.FullName.StartsWith("xl/macrosheets/", StringComparison.OrdinalIgnoreCase)))
            throw new TableFault("xlsx-macros");
        var total = 0L;
        foreach (var entry in archive.Entries)
        {
            total += entry.Length;
            if (total > MostUnpacked || (entry.Length > 10_000_000 && entry.Length / Math.Max(1, entry.CompressedLength) > MostRatio))
                throw new TableFault("bomb", entry.FullName, entry.Length);
        }
    }

    /// <inheritdoc/>
    public override bool Read(TableRow row)
    {
        ArgumentNullException.ThrowIfNull(row);
        row.Clear();
        Marks?.Clear();
        try
        {
            while (_sheet.Read())
            {
                if (_sheet.NodeType == XmlNodeType.Element && _sheet.LocalName == "mergeCell" && _sheet.GetAttribute("ref")?.Split(':') is [var first, var last]
                    && Column(first) is { } left && Column(last) is { } right && Row(first) is { } top && Row(last) is { } bottom)
                {
                    Merged.Add((top, left, bottom, right));
                }

                if (_sheet.NodeType != XmlNodeType.Element || _sheet.LocalName != "row")
                    continue;
                _row = long.TryParse(_sheet.GetAttribute("r"), NumberStyles.None, CultureInfo.InvariantCulture, out var told) ? told : _row + 1;
                row.Line = _row;
                if (!_sheet.IsEmptyElement)
                    Cells(row);
                return true;
            }
        }
        catch (Exception e) when (e is XmlException or InvalidDataException or EndOfStreamException)
        {
            throw new TableFault("xlsx-broken", _row + 1);
        }

        return false;
    }

    /// <inheritdoc/>
    public override void Dispose()
    {
        _sheet.Dispose();
        _archive.Dispose();
    }

    private void Cells(TableRow row)
    {
        var depth = _sheet.Depth;
        while (_sheet.Read() && _sheet.Depth > depth)
        {
            if (_sheet.NodeType != XmlNodeType.Element || _sheet.LocalName != "c")
                continue;
            var column = Column(_sheet.GetAttribute("r")) ?? row.Count;
            if (column >= MostColumns)
                throw new TableFault("xlsx-broken", _row);
            while (row.Count < column)
                row.EndCell();
            var kind = _sheet.GetAttribute("t");
            var style = Marks is null ? null : _sheet.GetAttribute("s");
            if (!_sheet.IsEmptyElement)
            {
                var formula = Cell(row, kind);
                Marks?.Add(new(row.Count, kind, int.TryParse(style, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : 0, formula));
            }

            row.EndCell();
        }
    }

    /// <summary>Appends the value; returns the formula.</summary>
    private string? Cell(TableRow row, string? kind)
    {
        var depth = _sheet.Depth;
        var inside = "";
        string? formula = null;
        while (_sheet.Read() && _sheet.Depth > depth)
        {
            if (_sheet.NodeType == XmlNodeType.Element)
            {
                inside = _sheet.LocalName;
                if (inside == "f")
                {
                    Formulas++;
                    formula = "";
                }
            }
            else if (inside == "f" && _sheet.NodeType == XmlNodeType.Text)
            {
                formula = Marks is null ? "" : _sheet.Value;
            }
            else if (_sheet.NodeType is XmlNodeType.Text or XmlNodeType.CDATA or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace && inside is "v" or "t")
            {
                if (kind == "s" && inside == "v")
                    row.Append(int.TryParse(_sheet.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < _shared.Count ? _shared[index] : "");
                else
                    row.Append(_sheet.Value);
            }
            else if (_sheet.NodeType == XmlNodeType.EndElement)
            {
                inside = "";
            }
        }

        return formula;
    }

    private static int? Row(string reference) =>
        int.TryParse(reference.AsSpan().TrimStart("ABCDEFGHIJKLMNOPQRSTUVWXYZ"), NumberStyles.None, CultureInfo.InvariantCulture, out var row) ? row : null;

    private static int? Column(string? reference)
    {
        if (reference is null)
            return null;
        var column = 0;
        foreach (var letter in reference)
        {
            if (letter is < 'A' or > 'Z')
                break;
            column = Math.Min(MostColumns + 1, (column * 26) + (letter - 'A' + 1));
        }

        return column == 0 ? null : column - 1;
    }

    private static List<(string Name, string Part)> SheetsOf(ZipArchive archive)
    {
        // The order of the workbook, visible sheets first; their parts by the relations.
        if (archive.GetEntry("xl/workbook.xml") is not { } book || archive.GetEntry("xl/_rels/workbook.xml.rels") is not { } links)
            return [];
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        using (var reader = XmlReader.Create(links.Open(), Safe))
        {
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "Relationship" && reader.GetAttribute("Id") is { } id && reader.GetAttribute("Target") is { } target)
                    parts[id] = target.StartsWith('/') ? target[1..] : "xl/" + target;
            }
        }

        var sheets = new List<(bool Hidden, string Name, string Id)>();
        using (var reader = XmlReader.Create(book.Open(), Safe))
        {
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "sheet" && reader.GetAttribute("id", "http://schemas.openxmlformats.org/officeDocument/2006/relationships") is { } id)
                    sheets.Add((reader.GetAttribute("state") is "hidden" or "veryHidden", reader.GetAttribute("name") ?? "", id));
            }
        }

        return [.. sheets.OrderBy(s => s.Hidden).Where(s => parts.ContainsKey(s.Id)).Select(s => (s.Name, parts[s.Id]))];
    }

    private static List<string> Shared(ZipArchive archive)
    {
        var shared = new List<string>();
        if (archive.GetEntry("xl/sharedStrings.xml") is not { } entry)
            return shared;
        using var reader = XmlReader.Create(entry.Open(), Safe);
        var total = 0L;
        var text = new System.Text.StringBuilder();
        var (inside, spoken) = (false, false);
        while (reader.Read())
        {
            // How a text is read aloud stands beside it and is no part of it.
            if (reader.LocalName == "rPh")
                spoken = reader.NodeType == XmlNodeType.Element && !reader.IsEmptyElement;
            if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "si")
            {
                text.Clear();
                if (reader.IsEmptyElement)
                    shared.Add("");
            }
            else if (reader.NodeType == XmlNodeType.Element)
            {
                inside = reader.LocalName == "t" && !reader.IsEmptyElement && !spoken;
            }
            else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace && inside)
            {
                text.Append(reader.Value);
                if ((total += reader.Value.Length) > MostShared)
                    throw new TableFault("bomb", entry.FullName, entry.Length);
            }
            else if (reader.NodeType == XmlNodeType.EndElement)
            {
                inside = false;
                if (reader.LocalName == "si")
                    shared.Add(text.ToString());
            }
        }

        return shared;
    }
}
