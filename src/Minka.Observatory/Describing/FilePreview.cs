using Minka.Observatory.Tables;

namespace Minka.Observatory.Describing;

/// <summary>The first rows of a file, for whoever must say what its columns are.</summary>
/// <param name="Container"><c>csv</c>, <c>xlsx</c>, <c>html</c>, <c>json</c>.</param>
/// <param name="Encoding">Of text.</param>
/// <param name="Delimiter">Of text.</param>
/// <param name="Sheets">Names of the sheets of a workbook; empty of other files.</param>
/// <param name="Columns">Columns of the row that looks like headings, left to right.</param>
public sealed record FilePreview(string Container, string? Encoding, char? Delimiter, IReadOnlyList<string> Sheets, IReadOnlyList<PreviewColumn> Columns)
{
    private const int Looked = 30;

    private const int Longest = 80;

    /// <summary>Looks at a file.</summary>
    /// <param name="path">Table, page, workbook or JSON, also packed.</param>
    /// <param name="form">How text is to be read, where the reader is told.</param>
    /// <param name="sheet">Of a workbook: which sheet, from 0.</param>
    /// <param name="examples">Of each column.</param>
    /// <remarks>Reads thirty rows. Nothing is shown of columns that name persons.</remarks>
    /// <exception cref="TableFault">It is no table, or is refused.</exception>
    /// <exception cref="IOException">It cannot be read.</exception>
    public static FilePreview Of(string path, TextForm? form = null, int sheet = 0, int examples = 3)
    {
        using var file = SourceFile.Open(path, sheet, form);
        var row = new TableRow();
        var rows = new List<string[]>();
        while (rows.Count < Looked && file.Rows.Read(row))
            rows.Add([.. Enumerable.Range(0, row.Count).Select(i => row[i].Trim().ToString())]);
        // Headings are the first of the rows with the most words; figures are no headings.
        var at = rows.Count == 0 ? -1 : rows.Index().MaxBy(r => (Words(r.Item), -r.Index)).Index;
        string[] headings = at < 0 ? [] : rows[at];
        var below = rows.Skip(at + 1).ToList();
        return new FilePreview(file.Container, file.Encoding, file.Delimiter, file.Rows is XlsxRows book ? book.Names : [],
            [.. headings.Select((h, i) => new PreviewColumn(h, FileKind.Plain(h), FileKind.NamesPersons(FileKind.Plain(h)) ? [] : [.. below.Select(b => i < b.Length ? Short(b[i]) : "").Where(c => c.Length > 0).Distinct().Take(examples)]))]);
    }

    /// <summary>How much a row looks like headings: its different cells with letters.</summary>
    internal static int Words(string[] row) => row.Where(c => c.Any(char.IsLetter)).Distinct().Count();

    private static string Short(string cell) => cell.Length > Longest ? cell[..Longest] + "…" : cell;
}

/// <summary>A column of a file.</summary>
/// <param name="Heading">As it stands.</param>
/// <param name="Plain">As mappings know it; empty if it has no letters and digits, and cannot be mapped.</param>
/// <param name="Examples">Some of its first cells, none twice.</param>
public sealed record PreviewColumn(string Heading, string Plain, IReadOnlyList<string> Examples);
