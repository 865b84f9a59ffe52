using System.Globalization;
using Minka.Observatory.Describing;
using Minka.Observatory.Duck;
using Minka.Observatory.Tables;

namespace Minka.Observatory.Importing;

/// <summary>What a loader knows of the file beyond its rows.</summary>
/// <param name="Kind">Its kind.</param>
/// <param name="Plain">Plain headings.</param>
/// <param name="Headings">Headings as they stand.</param>
/// <param name="Container">Text, workbook, page or JSON.</param>
/// <param name="Year">The year of a file whose rows do not say it.</param>
/// <param name="Names">Takes names of codes.</param>
/// <param name="Examiner">Has read the row's amounts before.</param>
internal sealed record LoaderContext(FileKind Kind, IReadOnlyList<string> Plain, IReadOnlyList<string> Headings, string Container, int? Year, NameSink Names, FileExaminer Examiner);

/// <summary>Turns the rows of one kind of file into rows of a table of the store.</summary>
internal abstract class RowLoader
{
    private readonly int[] _columns;

    protected RowLoader(LoaderContext context, StoreTable table, IReadOnlyList<string[]> amounts)
    {
        (Context, Table) = (context, table);
        _columns = [.. amounts.Select(Column)];
        Values = new long?[_columns.Length];
    }

    public StoreTable Table { get; }

    /// <summary>Amounts of the row in céntimos, in the order of the table.</summary>
    public long?[] Values { get; }

    protected LoaderContext Context { get; }

    /// <summary>Reads a row as far as it decides whether the row is taken.</summary>
    /// <returns><see langword="null"/>, or why the row is refused: a code, and the heading it is about.</returns>
    public string? Check(TableRow row)
    {
        string? fault = row.Count != Context.Plain.Count && Context.Container == "csv" ? $"row-width {row.Count}/{Context.Plain.Count}" : null;
        for (var i = 0; i < _columns.Length; i++)
        {
            Values[i] = null;
            if (_columns[i] < 0)
                continue;
            if (Context.Examiner.Amount(row, _columns[i]) is (true, var minor))
            {
                Values[i] = minor;
                continue;
            }

            var cell = row[_columns[i]];
            if (!cell.IsWhiteSpace() && !cell.Contains("***", StringComparison.Ordinal))
                fault ??= $"amount-unreadable {Context.Headings[_columns[i]].Trim()}";
        }

        return fault ?? Refuse(row);
    }

    /// <summary>Writes the row that was checked last.</summary>
    public abstract void Write(TableRow row, DuckCells to);

    /// <summary>Why the row is refused beyond its amounts.</summary>
    protected abstract string? Refuse(TableRow row);

    protected int Column(params IReadOnlyList<string> aliases)
    {
        // The first alias that occurs, so that the better name wins.
        foreach (var alias in aliases)
        {
            for (var i = 0; i < Context.Plain.Count; i++)
            {
                if (Context.Plain[i] == alias)
                    return i;
            }
        }

        return -1;
    }

    protected void Require(int column, string name)
    {
        if (column < 0)
            throw new TableFault("column-missing", name);
    }

    protected static bool TryYear(ReadOnlySpan<char> cell, out int year)
    {
        cell = Code(cell);
        return int.TryParse(cell, NumberStyles.None, CultureInfo.InvariantCulture, out year) && year is >= 1900 and <= 2200;
    }

    /// <summary>A code without blanks and without the point and zero that spreadsheets add.</summary>
    protected static ReadOnlySpan<char> Code(ReadOnlySpan<char> cell)
    {
        var code = cell.Trim();
        return code.EndsWith(".0", StringComparison.Ordinal) ? code[..^2] : code;
    }

    /// <summary>A code of a place with six digits, its lost zero put back; empty for one that is cut off.</summary>
    protected static ReadOnlySpan<char> Ubigeo(ReadOnlySpan<char> cell, Span<char> six)
    {
        var code = Code(cell);
        if (code.Length is not (5 or 6) || code.ContainsAnyExceptInRange('0', '9'))
            return default;
        six[0] = '0';
        code.CopyTo(six[(6 - code.Length)..]);
        return six[..6];
    }

    protected static DateOnly? Day(ReadOnlySpan<char> cell)
    {
        var t = cell.Trim();
        if (t.Length >= 10 && t[4] == '-' && DateOnly.TryParseExact(t[..10], "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var iso))
            return iso;
        if (t.Length > 10 && t[10] == ' ')
            t = t[..10];
        if (DateOnly.TryParseExact(t, "d/M/yyyy", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
            return day;
        // Days since 1899-12-30, as spreadsheets keep them.
        return double.TryParse(t, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var serial) && serial is > 20_000 and < 80_000 ? new DateOnly(1899, 12, 30).AddDays((int)serial) : null;
    }

    protected static double? Number(ReadOnlySpan<char> cell) => SpendNumber.TryParse(cell, out var minor, out _) ? minor / 100.0 : null;

    protected static double? Degrees(ReadOnlySpan<char> cell, double most) =>
        double.TryParse(cell.Trim(), NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && Math.Abs(value) <= most && value != 0 ? value : null;
}
