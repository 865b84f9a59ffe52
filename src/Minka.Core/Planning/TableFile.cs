using System.Globalization;
using Minka.Core.Territories;
using Minka.Observatory.Tables;

namespace Minka.Core.Planning;

/// <summary>One fault of an imported table; its text lies under <c>planning.import.CODE</c>.</summary>
/// <param name="Line">Line of the file, from 1; 0 where the fault is of the whole file.</param>
/// <param name="Column">Heading of the column, or empty.</param>
public sealed record ImportProblem(int Line, string Column, string Code, params IReadOnlyList<object?> Args);

/// <summary>
/// A table as offices send it (.xlsx, CSV), with a row of headings that are compared without accents, case and punctuation. Nothing is guessed: what cannot be read is a problem with its line and column.
/// </summary>
sealed class TableFile
{
    const int MostBytes = 8 * 1024 * 1024;

    static readonly OfficeLimits Limits = new(MostBytes, 2_000);

    readonly List<string> headings = [];
    readonly Dictionary<string, int> columns = new(StringComparer.Ordinal);
    readonly List<(int Line, IReadOnlyList<string> Cells)> rows = [];

    public List<ImportProblem> Problems { get; } = [];

    public IEnumerable<TableLine> Rows => rows.Select(r => new TableLine(this, r.Line, r.Cells));

    /// <param name="known">Headings that the table may have, the first name of each being its own.</param>
    /// <param name="needed">Own names of those that it must have.</param>
    public static TableFile Read(byte[] bytes, IReadOnlyList<string[]> known, IReadOnlyList<string> needed)
    {
        var file = new TableFile();
        OfficeTable table;
        try
        {
            table = OfficeTable.Read(bytes, cells => needed.All(n => cells.Any(c => known.First(k => k[0] == n).Contains(Plain(c)))), Limits);
        }
        catch (TableFault fault)
        {
            file.Problems.Add(ProblemOf(fault));
            return file;
        }
        file.headings.AddRange(table.Headings.Cells);
        foreach (var line in table.Lines)
        {
            // A workbook ends a row where its last cell is; a text that lacks one lost something.
            if (table.Sheet is null && line.Cells.Count != file.headings.Count) file.Problems.Add(new(line.Line, "", "cells", line.Cells.Count, file.headings.Count));
            else file.rows.Add((line.Line, line.Cells));
            foreach (var note in line.Notes.Where(n => n.Code == "merged" && n.Column < file.headings.Count)) file.Problems.Add(new(line.Line, file.headings[note.Column], "merged", note.Args[0]));
        }
        foreach (var (index, heading) in file.headings.Index())
        {
            if (heading.Length == 0) continue;
            var name = known.FirstOrDefault(k => k.Contains(Plain(heading)))?[0];
            if (name is null) file.Problems.Add(new(table.Headings.Line, heading, "unknown-column"));
            else if (!file.columns.TryAdd(name, index)) file.Problems.Add(new(table.Headings.Line, heading, "column-twice"));
        }
        foreach (var name in needed.Where(n => !file.columns.ContainsKey(n))) file.Problems.Add(new(table.Headings.Line, name, "missing-column"));
        if (file.Problems.Count == 0 && file.rows.Count == 0) file.Problems.Add(new(0, "", "no-rows"));
        return file;
    }

    /// <summary>Why the file as a whole cannot be read.</summary>
    public static ImportProblem ProblemOf(TableFault fault) => fault.Code switch
    {
        "empty" => new(0, "", "empty"),
        "file-large" or "bomb" => new(0, "", "too-large", MostBytes / 1024 / 1024),
        "quote-open" => new(Convert.ToInt32(fault.Args[0], CultureInfo.InvariantCulture), "", "quote"),
        "rows" => new((int)fault.Args[0], "", "rows", fault.Args[1]),
        "xlsx-macros" or "old-excel" or "wrong-sheet" => new(0, "", fault.Code, [.. fault.Args]),
        _ => new(0, "", "not-a-table"),
    };

    internal static string Plain(string heading) => new([.. Country.PlainText(heading).Where(char.IsAsciiLetterOrDigit)]);

    internal string? Cell(string name, IReadOnlyList<string> cells) => columns.TryGetValue(name, out var index) && index < cells.Count && cells[index].Length > 0 ? cells[index] : null;

    internal string Heading(string name) => columns.TryGetValue(name, out var index) ? headings[index] : name;
}

/// <summary>One row; what it cannot read it notes as a problem and answers with a stand-in.</summary>
sealed class TableLine(TableFile file, int line, IReadOnlyList<string> cells)
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
