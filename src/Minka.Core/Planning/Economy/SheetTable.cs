using System.Globalization;
using Minka.Core.Territories;
using Minka.Observatory.Tables;

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
/// A small table of a strategy with the cell names of a spreadsheet: the first sheet of a workbook, or a text, that has the headings looked for.
/// Formulas count by their stored value; merged cells are told, not guessed.
/// </summary>
public sealed class SheetTable
{
    public const int MostBytes = 4 * 1024 * 1024;
    public const int MostRows = 20_000;

    static readonly OfficeLimits Limits = new(MostBytes, MostRows);

    readonly List<(int Line, SheetCell[] Cells)> rows = [];

    public List<SheetProblem> Problems { get; } = [];

    public IReadOnlyList<SheetCell> Headings { get; private set; } = [];

    /// <summary>Rows below the headings that hold anything.</summary>
    public IReadOnlyList<(int Line, SheetCell[] Cells)> Rows => rows;

    /// <param name="headings">For each column that the table must have, the names that it may bear; a row with all of them is the headings, even below a title.</param>
    public static SheetTable Read(byte[] bytes, params IReadOnlyList<IReadOnlyList<string>> headings)
    {
        var table = new SheetTable();
        try
        {
            table.Take(Find(bytes, cells => headings.All(names => cells.Any(c => names.Contains(Plain(c))))));
        }
        catch (TableFault fault)
        {
            table.Problems.Add(ProblemOf(fault));
        }
        return table;
    }

    /// <summary>The first row of the first sheet that has any where no row has the headings: what lacks is told of it.</summary>
    static OfficeTable Find(byte[] bytes, Func<IReadOnlyList<string>, bool> isHeading)
    {
        try
        {
            return OfficeTable.Read(bytes, isHeading, Limits);
        }
        catch (TableFault fault) when (fault.Code == "wrong-sheet")
        {
            return OfficeTable.Read(bytes, _ => true, Limits);
        }
    }

    static SheetProblem ProblemOf(TableFault fault) => fault.Code switch
    {
        "empty" or "wrong-sheet" => new("", "empty"),
        "file-large" or "bomb" => new("", "too-large", MostBytes / 1024 / 1024),
        "quote-open" => new(NameOf(0, Convert.ToInt32(fault.Args[0], CultureInfo.InvariantCulture)), "quote"),
        "rows" => new("", "too-many-rows", MostRows),
        "xlsx-macros" => new("", "macros"),
        "old-excel" => new("", "old-excel"),
        _ => new("", "not-a-table"),
    };

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

    void Take(OfficeTable table)
    {
        Headings = Cells(table.Headings);
        foreach (var (index, heading) in Headings.Index())
        {
            if (!heading.IsEmpty && Headings.Take(index).FirstOrDefault(h => Plain(h.Text) == Plain(heading.Text)) is { } twin)
                Problems.Add(new(heading.Name, "column-twice", heading.Text, twin.Name));
        }
        Problems.AddRange(table.Lines.SelectMany(l => l.Notes).Where(n => n.Code == "merged").Select(n => n.Args[0]).Distinct().Select(range => new SheetProblem(range.Split(':')[0], "merged", range)));
        rows.AddRange(table.Lines.Select(l => (l.Line, Cells(l))).Where(l => l.Item2.Any(c => !c.IsEmpty)));
        if (rows.Count == 0) Problems.Add(new("", "no-rows"));
    }

    static SheetCell[] Cells(OfficeLine line) =>
        [.. line.Cells.Select((text, i) => new SheetCell(NameOf(i, line.Line), text, line.Numbers.Contains(i) ? decimal.Parse(text, NumberStyles.Float, CultureInfo.InvariantCulture) : null))];
}
