using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Minka.Core.Entities;

/// <summary>Something that the file itself makes doubtful about one cell: a formula, a merged cell.</summary>
/// <param name="Column">Name of the column.</param>
public sealed record CellNote(string Column, string Code, IReadOnlyList<string> Args);

/// <summary>One row of a table of members: its line in the file and its cells in the order of <see cref="MemberTable.Columns"/>.</summary>
public sealed record TableLine(int Line, IReadOnlyList<string> Cells, IReadOnlyList<CellNote> Notes)
{
    public string this[string column] => MemberTable.PlaceOf(column) is >= 0 and var at && at < Cells.Count ? Cells[at] : "";
}

/// <param name="Problems">Of the file as a whole: it has no rows then.</param>
/// <param name="Sheet">The sheet that was read, of a workbook.</param>
/// <param name="Encoding">How its letters were read, of a text: utf-8, utf-16, windows-1252 or mixed.</param>
public sealed record ReadTable(IReadOnlyList<TableLine> Lines, IReadOnlyList<LineProblem> Problems, string? Sheet = null, string? Encoding = null);

/// <summary>
/// Reads a table of members from a spreadsheet (.xlsx) or a text (CSV): UTF-8 with or without mark, UTF-16, Windows-1252, or a mixture
/// line by line; semicolon, comma or tab. Nothing is guessed about a value: what is doubtful carries a note.
/// </summary>
public static class MemberTable
{
    public const int MostLines = 20_000;
    public const int MostBytes = 8 * 1024 * 1024;
    const long MostUnpacked = 120L * 1024 * 1024;
    const int RowsBeforeHeadings = 20;

    public static readonly IReadOnlyList<string> Columns =
        ["organizacion", "ruc", "registro", "numero_registro", "clase", "sector", "grupo", "votos", "distrito", "representante", "mujer", "poder", "alterno", "desde", "hasta"];

    public static readonly IReadOnlyList<string> Required = ["organizacion", "grupo", "representante", "desde", "hasta"];

    static readonly string[] DateForms = ["yyyy-MM-dd", "d/M/yyyy", "dd/MM/yyyy", "d-M-yyyy", "d.M.yyyy"];

    static readonly Dictionary<string, Sector> Sectors = new(StringComparer.Ordinal)
    {
        ["PUBLICO"] = Sector.Public,
        ["PUBLIC"] = Sector.Public,
        ["PRIVADO"] = Sector.Private,
        ["PRIVATE"] = Sector.Private,
        ["SOCIAL"] = Sector.Social,
    };

    static readonly Dictionary<string, int> PlaceByName = Columns.Index().ToDictionary(c => c.Item, c => c.Index, StringComparer.Ordinal);

    public static int PlaceOf(string column) => PlaceByName.GetValueOrDefault(column, -1);

    public static ReadTable Read(byte[] bytes) => Read(bytes, Columns, Required);

    /// <summary>The same for a table of other columns, such as the agents of a participatory budget; cells come in their order.</summary>
    public static ReadTable Read(byte[] bytes, IReadOnlyList<string> columns, IReadOnlyList<string> required)
    {
        if (bytes.Length == 0) return Failed(EntitiesRules.CsvEmpty);
        if (bytes.Length > MostBytes) return Failed(EntitiesRules.TableTooLarge, MostBytes / 1024 / 1024);
        if (bytes.AsSpan().StartsWith("PK\x03\x04"u8)) return ReadBook(bytes, columns, required);
        if (bytes.AsSpan().StartsWith(OldOffice)) return Failed(EntitiesRules.TableOldFormat);
        var (text, encoding) = Decode(bytes);
        if (text.Contains('\0', StringComparison.Ordinal) || text.TrimStart().StartsWith('<') || text.StartsWith("%PDF", StringComparison.Ordinal)) return Failed(EntitiesRules.TableNotATable);
        return ReadText(text, columns, required) with { Encoding = encoding };
    }

    static ReadOnlySpan<byte> OldOffice => [0xD0, 0xCF, 0x11, 0xE0];

    public static ReadTable ReadText(string text) => ReadText(text, Columns, Required);

    static ReadTable ReadText(string text, IReadOnlyList<string> columns, IReadOnlyList<string> required)
    {
        text = text.TrimStart('\ufeff');
        var firstLine = text.AsSpan();
        if (firstLine.IndexOfAny('\r', '\n') is >= 0 and var end) firstLine = firstLine[..end];
        var delimiter = firstLine.Contains(';') ? ';' : firstLine.Contains('\t') ? '\t' : ',';
        int? open = null;
        var lines = Split(text, delimiter, line => open = line);
        if (open is { } quote) return new([], [new(quote, null, EntitiesRules.CsvUnreadable, [])]);
        return Order([.. lines.Select(l => (l.Line, l.Cells, (IReadOnlyList<(int, string, IReadOnlyList<string>)>)[]))], columns, required);
    }

    static ReadTable Failed(string code, params IReadOnlyList<object?> args) => new([], [new(1, null, code, args)]);

    /// <summary>Puts the cells under their headings.</summary>
    static ReadTable Order(IReadOnlyList<(int Line, IReadOnlyList<string> Cells, IReadOnlyList<(int Column, string Code, IReadOnlyList<string> Args)> Notes)> lines, IReadOnlyList<string> columns, IReadOnlyList<string> required)
    {
        if (lines.Count == 0) return Failed(EntitiesRules.CsvEmpty);
        var head = Headings(lines.Select(l => l.Cells), columns, required) ?? 0;
        var places = Places(lines[head].Cells, columns);
        var missing = required.Where(c => !places.ContainsKey(c)).ToList();
        if (missing.Count > 0) return new([], [.. missing.Select(c => new LineProblem(lines[head].Line, c, EntitiesRules.CsvColumnMissing, [c]))]);
        var rows = lines.Skip(head + 1).ToList();
        if (rows.Count == 0) return Failed(EntitiesRules.CsvEmpty);
        if (rows.Count > MostLines) return new([], [new(rows[MostLines].Line, null, EntitiesRules.CsvTooLong, [MostLines])]);
        return new([.. rows.Select(r => new TableLine(r.Line, [.. columns.Select(c => places.TryGetValue(c, out var at) && at < r.Cells.Count ? r.Cells[at] : "")],
            [.. r.Notes.Select(n => (Name: places.FirstOrDefault(p => p.Value == n.Column).Key, n.Code, n.Args)).Where(n => n.Name is not null).Select(n => new CellNote(n.Name, n.Code, n.Args))]))], []);
    }

    static int? Headings(IEnumerable<IReadOnlyList<string>> lines, IReadOnlyList<string> columns, IReadOnlyList<string> required) =>
        lines.Take(RowsBeforeHeadings).Index().Where(l => Places(l.Item, columns) is var places && required.All(places.ContainsKey)).Select(l => (int?)l.Index).FirstOrDefault();

    static Dictionary<string, int> Places(IReadOnlyList<string> headings, IReadOnlyList<string> columns)
    {
        var places = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (at, heading) in headings.Index())
        {
            var plain = MemberChecks.Plain(heading);
            if (columns.FirstOrDefault(c => MemberChecks.Plain(c) == plain) is { } column) places.TryAdd(column, at);
        }
        return places;
    }

    /// <summary>What a row says, or the faults that keep it from saying it.</summary>
    public static (MemberInput? Input, IReadOnlyList<MemberFault> Faults) Understand(TableLine row)
    {
        List<MemberFault> faults = [.. row.Notes.Select(n => new MemberFault(n.Column, n.Code, [.. n.Args]))];
        var groupText = row["grupo"];
        var group = InterestGroups.Find(groupText) ?? InterestGroups.All.FirstOrDefault(g => MemberChecks.Plain(groupText) is { Length: > 0 } plain && (MemberChecks.Plain(g.Es) == plain || MemberChecks.Plain(g.En) == plain));
        var sector = default(Sector);
        if (row["sector"].Length == 0 && group is not null) sector = group.Sector;
        else if (row["sector"].Length == 0) faults.Add(new("grupo", EntitiesRules.GroupUnknown, groupText));
        else if (!Sectors.TryGetValue(MemberChecks.Plain(row["sector"]), out sector)) faults.Add(new("sector", EntitiesRules.CsvSectorUnknown, row["sector"]));
        var votes = 1;
        if (row["votos"] is { Length: > 0 } votesText && !int.TryParse(votesText, NumberStyles.None, CultureInfo.InvariantCulture, out votes)) faults.Add(new("votos", EntitiesRules.CsvNumberInvalid, votesText));
        bool? woman = null;
        if (MemberChecks.Plain(row["mujer"]) is { Length: > 0 } answer)
        {
            if (answer is "SI" or "S" or "YES" or "Y" or "X" or "1" or "MUJER" or "F") woman = true;
            else if (answer is "NO" or "N" or "0" or "VARON" or "M" or "H") woman = false;
            else faults.Add(new("mujer", EntitiesRules.CsvYesNoInvalid, row["mujer"]));
        }
        string? kind = null;
        if (row["clase"] is { Length: > 0 } kindText)
        {
            if (OrganisationKinds.Read(kindText) is { } known) kind = known.Code;
            else faults.Add(new("clase", EntitiesRules.KindUnknown, kindText));
        }
        var from = Day("desde");
        var to = Day("hasta");
        if (faults.Count > 0 || from is null || to is null) return (null, faults);
        return (new MemberInput(row["organizacion"], row["ruc"], sector, group?.Code ?? groupText, votes, row["distrito"], row["representante"], from.Value, to.Value)
        {
            Kind = kind,
            RegistryKind = row["registro"],
            RegistryNumber = row["numero_registro"],
            RepresentativeIsWoman = woman,
            Power = row["poder"],
            Alternate = row["alterno"] is { Length: > 0 } alternate ? new AlternateInput(alternate) : null,
        }, faults);

        DateOnly? Day(string column)
        {
            if (DateOnly.TryParseExact(row[column], DateForms, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day)) return day;
            faults.Add(new(column, EntitiesRules.CsvDateInvalid, row[column]));
            return null;
        }
    }

    // Windows-1252 is what spreadsheets of Windows write unless asked for UTF-8. Files pasted together from both are read line by line.
    static (string Text, string Encoding) Decode(byte[] bytes)
    {
        if (bytes.AsSpan().StartsWith((byte[])[0xFF, 0xFE])) return (Encoding.Unicode.GetString(bytes), "utf-16");
        if (bytes.AsSpan().StartsWith((byte[])[0xFE, 0xFF])) return (Encoding.BigEndianUnicode.GetString(bytes), "utf-16");
        if (Strict(bytes) is { } whole) return (whole, "utf-8");
        var windows = CodePagesEncodingProvider.Instance.GetEncoding(1252)!;
        var text = new StringBuilder(bytes.Length);
        var mixed = false;
        for (var at = 0; at < bytes.Length;)
        {
            var end = Array.IndexOf(bytes, (byte)'\n', at);
            var line = bytes.AsSpan(at, (end < 0 ? bytes.Length : end + 1) - at).ToArray();
            var utf = line.Any(b => b >= 0x80) ? Strict(line) : windows.GetString(line);
            mixed |= utf is not null && line.Any(b => b >= 0x80);
            text.Append(utf ?? windows.GetString(line));
            at += line.Length;
        }
        return (text.ToString(), mixed ? "mixed" : "windows-1252");
    }

    static string? Strict(byte[] bytes)
    {
        try
        {
            return new UTF8Encoding(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true).GetString(bytes);
        }
        catch (DecoderFallbackException)
        {
            return null;
        }
    }

    /// <summary>Cells by line, trimmed; empty lines are left out. Quotes double within quotes.</summary>
    static List<(int Line, IReadOnlyList<string> Cells)> Split(string text, char delimiter, Action<int> unreadable)
    {
        var lines = new List<(int, IReadOnlyList<string>)>();
        var cells = new List<string>();
        var cell = new StringBuilder();
        var (line, start, quoted) = (1, 1, false);
        for (var i = 0; i < text.Length; i++)
        {
            var c = text[i];
            if (c == '\n') line++;
            if (quoted)
            {
                if (c != '"') cell.Append(c);
                else if (i + 1 < text.Length && text[i + 1] == '"') cell.Append(text[++i]);
                else quoted = false;
            }
            else if (c == '"' && IsBlank(cell))
            {
                quoted = true;
            }
            else if (c == delimiter)
            {
                EndCell();
            }
            else if (c == '\n')
            {
                EndLine();
            }
            else
            {
                cell.Append(c);
            }
        }
        if (quoted) unreadable(start);
        EndLine();
        return lines;

        void EndCell()
        {
            cells.Add(cell.ToString().Trim());
            cell.Clear();
        }

        void EndLine()
        {
            EndCell();
            if (cells.Any(x => x.Length > 0)) lines.Add((start, [.. cells]));
            cells.Clear();
            start = line;
        }
    }

    static bool IsBlank(StringBuilder text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (!char.IsWhiteSpace(text[i])) return false;
        }
        return true;
    }

    static ReadTable ReadBook(byte[] bytes, IReadOnlyList<string> columns, IReadOnlyList<string> required)
    {
        try
        {
            using var zip = new ZipArchive(new MemoryStream(bytes, writable: false), ZipArchiveMode.Read);
            if (zip.GetEntry("mimetype") is not null) return Failed(EntitiesRules.TableOldFormat);
            if (zip.GetEntry("xl/workbook.xml") is null) return Failed(EntitiesRules.TableNotATable);
            if (zip.Entries.Any(e => e.Name.EndsWith("vbaProject.bin", StringComparison.OrdinalIgnoreCase) || e.FullName.StartsWith("xl/macrosheets/", StringComparison.OrdinalIgnoreCase))) return Failed(EntitiesRules.TableHasMacros);
            if (zip.Entries.Sum(e => e.Length) > MostUnpacked) return Failed(EntitiesRules.TableTooLarge, MostBytes / 1024 / 1024);
            var book = new Workbook(zip);
            foreach (var (name, part) in book.Sheets)
            {
                var lines = book.Lines(part);
                if (Headings(lines.Select(l => l.Cells), columns, required) is not null) return Order(lines, columns, required) with { Sheet = name };
            }
            return new([], [new(1, null, EntitiesRules.TableWrongSheet, [string.Join(", ", book.Sheets.Select(s => s.Name)), string.Join(", ", required)])]);
        }
        catch (Exception e) when (e is InvalidDataException or XmlException or FormatException or OverflowException)
        {
            return Failed(EntitiesRules.TableNotATable);
        }
    }

    /// <summary>The parts of an .xlsx that a table needs: sheets by name, texts, and cells with what makes them doubtful.</summary>
    sealed class Workbook
    {
        const string Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
        static readonly DateTime Epoch1900 = new(1899, 12, 30, 0, 0, 0, DateTimeKind.Unspecified);
        static readonly DateTime Epoch1904 = new(1904, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);
        static readonly XmlReaderSettings Safe = new() { DtdProcessing = DtdProcessing.Prohibit, XmlResolver = null, IgnoreComments = true, IgnoreWhitespace = false };

        readonly ZipArchive zip;
        readonly List<string> texts = [];
        readonly bool[] isDate;
        readonly bool from1904;

        public Workbook(ZipArchive zip)
        {
            this.zip = zip;
            var parts = new Dictionary<string, string>(StringComparer.Ordinal);
            using (var reader = Open("xl/_rels/workbook.xml.rels"))
            {
                while (reader.Read())
                {
                    if (reader is { NodeType: XmlNodeType.Element, LocalName: "Relationship" }) parts[reader.GetAttribute("Id")!] = reader.GetAttribute("Target")!;
                }
            }
            var sheets = new List<(string, string)>();
            using (var reader = Open("xl/workbook.xml"))
            {
                while (reader.Read())
                {
                    if (reader.NodeType != XmlNodeType.Element) continue;
                    if (reader.LocalName == "workbookPr") from1904 = reader.GetAttribute("date1904") is "1" or "true";
                    if (reader.LocalName == "sheet" && reader.GetAttribute("id", Relations) is { } id && parts.TryGetValue(id, out var target))
                        sheets.Add((reader.GetAttribute("name")!, target.StartsWith('/') ? target[1..] : "xl/" + target));
                }
            }
            Sheets = sheets;
            ReadTexts();
            isDate = ReadDateStyles();
        }

        public IReadOnlyList<(string Name, string Part)> Sheets { get; }

        XmlReader Open(string part) => XmlReader.Create((zip.GetEntry(part) ?? throw new InvalidDataException(part)).Open(), Safe);

        void ReadTexts()
        {
            if (zip.GetEntry("xl/sharedStrings.xml") is null) return;
            using var reader = Open("xl/sharedStrings.xml");
            var text = new StringBuilder();
            var (spoken, inText) = (false, false);
            while (reader.Read())
            {
                if (reader.NodeType == XmlNodeType.Element && reader.LocalName == "si") text.Clear();
                // How a name is read aloud stands beside it and is no part of it.
                if (reader.LocalName == "rPh") spoken = reader.NodeType == XmlNodeType.Element;
                if (reader.LocalName == "t" && reader.NodeType is XmlNodeType.Element or XmlNodeType.EndElement) inText = reader is { NodeType: XmlNodeType.Element, IsEmptyElement: false };
                if (inText && !spoken && reader.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.Whitespace) text.Append(reader.Value);
                if (reader.NodeType == XmlNodeType.EndElement && reader.LocalName == "si") texts.Add(text.ToString());
                else if (reader is { NodeType: XmlNodeType.Element, LocalName: "si", IsEmptyElement: true }) texts.Add("");
            }
        }

        bool[] ReadDateStyles()
        {
            if (zip.GetEntry("xl/styles.xml") is null) return [];
            var formats = new HashSet<int>(Enumerable.Range(14, 9).Concat(Enumerable.Range(45, 3)));
            var styles = new List<bool>();
            var inCells = false;
            using var reader = Open("xl/styles.xml");
            while (reader.Read())
            {
                if (reader.LocalName == "cellXfs") inCells = reader.NodeType == XmlNodeType.Element;
                if (reader.NodeType != XmlNodeType.Element) continue;
                if (reader.LocalName == "numFmt" && int.TryParse(reader.GetAttribute("numFmtId"), out var id) && (reader.GetAttribute("formatCode") ?? "") is var code
                    && code.Contains('y', StringComparison.OrdinalIgnoreCase) && code.Contains('d', StringComparison.OrdinalIgnoreCase)) formats.Add(id);
                if (inCells && reader.LocalName == "xf") styles.Add(int.TryParse(reader.GetAttribute("numFmtId"), out var format) && formats.Contains(format));
            }
            return [.. styles];
        }

        public IReadOnlyList<(int Line, IReadOnlyList<string> Cells, IReadOnlyList<(int Column, string Code, IReadOnlyList<string> Args)> Notes)> Lines(string part)
        {
            var rows = new SortedDictionary<int, (SortedDictionary<int, string> Cells, List<(int, string, IReadOnlyList<string>)> Notes)>();
            var merged = new List<(int Row, int Column, int LastRow, int LastColumn)>();
            using (var reader = Open(part))
            {
                var row = 0;
                var column = -1;
                while (reader.Read())
                {
                    if (reader.NodeType != XmlNodeType.Element) continue;
                    switch (reader.LocalName)
                    {
                        case "row":
                            row = int.TryParse(reader.GetAttribute("r"), out var number) ? number : row + 1;
                            column = -1;
                            if (rows.Count > MostLines + RowsBeforeHeadings + 1) return Flat(rows, merged);
                            break;
                        case "c":
                            column = reader.GetAttribute("r") is { } place ? Place(place).Column : column + 1;
                            var (text, formula) = Cell(reader);
                            if (text.Length == 0 && formula is null) break;
                            if (!rows.TryGetValue(row, out var of)) rows[row] = of = ([], []);
                            of.Cells[column] = text;
                            if (formula is not null) of.Notes.Add((column, EntitiesRules.CellFormula, [formula.Length == 0 ? "=…" : "=" + formula, text]));
                            break;
                        case "mergeCell" when reader.GetAttribute("ref")?.Split(':') is [var first, var last]:
                            var ((a, b), (c, d)) = (Place(first), Place(last));
                            merged.Add((a, b, c, d));
                            break;
                    }
                }
            }
            return Flat(rows, merged);
        }

        // What lies under a merged cell gets its value and says so: the office may keep it or change it.
        static IReadOnlyList<(int, IReadOnlyList<string>, IReadOnlyList<(int, string, IReadOnlyList<string>)>)> Flat(
            SortedDictionary<int, (SortedDictionary<int, string> Cells, List<(int Column, string, IReadOnlyList<string>)> Notes)> rows, List<(int Row, int Column, int LastRow, int LastColumn)> merged)
        {
            foreach (var (top, left, bottom, right) in merged.Where(m => m.LastRow > m.Row))
            {
                var value = rows.TryGetValue(top, out var first) ? first.Cells.GetValueOrDefault(left, "") : "";
                foreach (var row in rows.Keys.Where(r => r > top && r <= bottom).ToList())
                {
                    for (var column = left; column <= Math.Min(right, left + Columns.Count); column++)
                    {
                        rows[row].Cells[column] = value;
                        rows[row].Notes.Add((column, EntitiesRules.CellMerged, [$"{Letters(left)}{top}:{Letters(right)}{bottom}", value]));
                    }
                }
            }
            return [.. rows.Where(r => r.Value.Cells.Values.Any(v => v.Length > 0)).Select(r =>
                (r.Key, (IReadOnlyList<string>)[.. Enumerable.Range(0, Math.Min(r.Value.Cells.Keys.Last(), 200) + 1).Select(c => r.Value.Cells.GetValueOrDefault(c, ""))],
                    (IReadOnlyList<(int, string, IReadOnlyList<string>)>)r.Value.Notes))];
        }

        (string Text, string? Formula) Cell(XmlReader reader)
        {
            if (reader.IsEmptyElement) return ("", null);
            var (kind, style) = (reader.GetAttribute("t"), int.TryParse(reader.GetAttribute("s"), out var s) ? s : 0);
            string? formula = null;
            var value = new StringBuilder();
            var at = "";
            var depth = reader.Depth;
            while (reader.Read() && !(reader.NodeType == XmlNodeType.EndElement && reader.Depth == depth))
            {
                if (reader.NodeType == XmlNodeType.Element)
                {
                    at = reader.LocalName;
                    if (at == "f") formula ??= "";
                }
                else if (reader.NodeType == XmlNodeType.EndElement)
                {
                    at = "";
                }
                else if (reader.NodeType is XmlNodeType.Text or XmlNodeType.SignificantWhitespace or XmlNodeType.CDATA)
                {
                    if (at == "f") formula += reader.Value;
                    else if (at is "v" or "t") value.Append(reader.Value);
                }
            }
            var raw = value.ToString();
            var text = kind switch
            {
                "s" => int.TryParse(raw, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && index < texts.Count ? texts[index] : "",
                "inlineStr" or "str" or "e" => raw,
                "b" => raw == "1" ? "si" : "no",
                _ => Number(raw, style),
            };
            return (text.Trim(), formula);
        }

        string Number(string raw, int style)
        {
            if (!decimal.TryParse(raw, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)) return raw;
            if (style < isDate.Length && isDate[style] && number is > 0 and < 2_958_466) return (from1904 ? Epoch1904 : Epoch1900).AddDays((double)Math.Floor(number)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
            return number == Math.Floor(number) ? number.ToString("0", CultureInfo.InvariantCulture) : raw;
        }

        static (int Row, int Column) Place(string reference)
        {
            var letters = reference.TakeWhile(char.IsAsciiLetterUpper).Count();
            if (letters is 0 or > 3) throw new FormatException(reference);
            return (int.Parse(reference.AsSpan(letters), NumberStyles.None, CultureInfo.InvariantCulture), reference[..letters].Aggregate(0, (n, c) => (n * 26) + c - 'A' + 1) - 1);
        }

        static string Letters(int column)
        {
            var text = "";
            for (var n = column + 1; n > 0; n = (n - 1) / 26) text = (char)('A' + ((n - 1) % 26)) + text;
            return text;
        }
    }
}
