using System.Globalization;
using System.Text;
using Minka.Core.Territories;

namespace Minka.Core.Planning;

/// <summary>One fault of an imported table; its text lies under <c>planning.import.CODE</c>.</summary>
/// <param name="Line">Line of the file, from 1; 0 where the fault is of the whole file.</param>
/// <param name="Column">Heading of the column, or empty.</param>
public sealed record ImportProblem(int Line, string Column, string Code, params IReadOnlyList<object?> Args);

/// <summary>
/// A table as spreadsheets export it: semicolon, comma or tab, a heading row, UTF-8. Headings are compared without accents,
/// case and punctuation. Nothing is guessed: what cannot be read is a problem with its line and column.
/// </summary>
sealed class TableFile
{
    const int MostBytes = 2_000_000;

    readonly List<string> headings = [];
    readonly Dictionary<string, int> columns = new(StringComparer.Ordinal);
    readonly List<(int Line, string[] Cells)> rows = [];

    public List<ImportProblem> Problems { get; } = [];

    public IEnumerable<TableRow> Rows => rows.Select(r => new TableRow(this, r.Line, r.Cells));

    /// <param name="known">Headings that the table may have, the first name of each being its own.</param>
    /// <param name="needed">Own names of those that it must have.</param>
    public static TableFile Read(byte[] bytes, IReadOnlyList<string[]> known, IReadOnlyList<string> needed)
    {
        var file = new TableFile();
        if (bytes.Length > MostBytes)
        {
            file.Problems.Add(new(0, "", "too-large", MostBytes / 1_000_000));
            return file;
        }
        string text;
        try
        {
            text = new UTF8Encoding(false, throwOnInvalidBytes: true).GetString(bytes).TrimStart('\uFEFF');
        }
        catch (DecoderFallbackException)
        {
            file.Problems.Add(new(LineOfBrokenByte(bytes), "", "not-utf8"));
            return file;
        }
        file.Fill(text);
        if (file.Problems.Count > 0) return file;
        foreach (var (index, heading) in file.headings.Index())
        {
            var name = known.FirstOrDefault(k => k.Contains(Plain(heading)))?[0];
            if (name is null) file.Problems.Add(new(1, heading, "unknown-column"));
            else if (!file.columns.TryAdd(name, index)) file.Problems.Add(new(1, heading, "column-twice"));
        }
        foreach (var name in needed.Where(n => !file.columns.ContainsKey(n))) file.Problems.Add(new(1, name, "missing-column"));
        if (file.Problems.Count == 0 && file.rows.Count == 0) file.Problems.Add(new(0, "", "no-rows"));
        return file;
    }

    void Fill(string text)
    {
        var end = text.IndexOf('\n', StringComparison.Ordinal);
        var first = end < 0 ? text : text[..end];
        var delimiter = new[] { ";", ",", "\t" }.MaxBy(d => first.Count(c => c == d[0]))!;
        var line = 1;
        var at = 0;
        while (at < text.Length)
        {
            var from = line;
            var cells = ReadRow(text, delimiter[0], ref at, ref line);
            if (cells is null) Problems.Add(new(from, "", "quote"));
            else if (cells.All(c => c.Length == 0)) continue;
            else if (headings.Count == 0) headings.AddRange(cells);
            else if (cells.Length != headings.Count) Problems.Add(new(from, "", "cells", cells.Length, headings.Count));
            else rows.Add((from, cells));
        }
        if (headings.Count == 0) Problems.Add(new(0, "", "empty"));
    }

    /// <summary>One row and its line end; null where a quotation mark is not closed or text follows it.</summary>
    internal static string[]? ReadRow(string text, char delimiter, ref int at, ref int line)
    {
        var cells = new List<string>();
        var cell = new StringBuilder();
        var broken = false;
        while (true)
        {
            cell.Clear();
            while (at < text.Length && text[at] == ' ') at++;
            if (at < text.Length && text[at] == '"')
            {
                at++;
                while (true)
                {
                    if (at >= text.Length) return null;
                    if (text[at] == '"' && at + 1 < text.Length && text[at + 1] == '"') at++;
                    else if (text[at] == '"') break;
                    if (text[at] == '\n') line++;
                    cell.Append(text[at++]);
                }
                at++;
                while (at < text.Length && text[at] != delimiter && text[at] != '\n')
                {
                    if (!char.IsWhiteSpace(text[at++])) broken = true;
                }
            }
            else
            {
                while (at < text.Length && text[at] != delimiter && text[at] != '\n') cell.Append(text[at++]);
            }
            cells.Add(cell.ToString().Trim());
            if (at < text.Length && text[at] == delimiter)
            {
                at++;
                continue;
            }
            at++;
            line++;
            return broken ? null : [.. cells];
        }
    }

    static int LineOfBrokenByte(byte[] bytes)
    {
        var rest = (ReadOnlySpan<byte>)bytes;
        var line = 1;
        while (!rest.IsEmpty && Rune.DecodeFromUtf8(rest, out var rune, out var used) == System.Buffers.OperationStatus.Done)
        {
            if (rune.Value == '\n') line++;
            rest = rest[used..];
        }
        return line;
    }

    static string Plain(string heading) => new([.. Country.PlainText(heading).Where(char.IsAsciiLetterOrDigit)]);

    internal string? Cell(string name, string[] cells) => columns.TryGetValue(name, out var index) && cells[index].Length > 0 ? cells[index] : null;

    internal string Heading(string name) => columns.TryGetValue(name, out var index) ? headings[index] : name;
}

/// <summary>One row; what it cannot read it notes as a problem and answers with a stand-in.</summary>
sealed class TableRow(TableFile file, int line, string[] cells)
{
    public int Line => line;

    public string? Text(string name) => file.Cell(name, cells);

    public string Needed(string name)
    {
        if (Text(name) is { } text) return text;
        Problem(name, "cell-empty");
        return "?";
    }

    public int Number(string name)
    {
        var text = Text(name);
        if (text is null) return 0;
        if (int.TryParse(text.Replace(" ", "", StringComparison.Ordinal), NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return number;
        Problem(name, "not-a-number", text);
        return 0;
    }

    public Kernel.Money Money(string name)
    {
        if (Kernel.MoneyText.TryParse(Text(name), out var amount, out var problem)) return amount;
        Problem(name, problem, Text(name) ?? "");
        return Kernel.Money.Zero;
    }

    public IReadOnlyList<string> Many(string name, params char[] separators) =>
        Text(name)?.Split(separators, StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries) ?? [];

    public void Problem(string name, string code, params IReadOnlyList<object?> args) => file.Problems.Add(new(line, file.Heading(name), code, args));
}
