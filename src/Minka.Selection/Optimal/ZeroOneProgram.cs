using System.Numerics;

namespace Minka.Selection.Optimal;

/// <summary>A linear row of a <see cref="ZeroOneProgram"/>: <c>Lower ≤ Σ coefficient·x ≤ Upper</c>.</summary>
/// <param name="Name">A name for messages and certificates; unique within the program.</param>
/// <param name="Columns">The columns with a coefficient that is not zero, ascending, none twice.</param>
/// <param name="Coefficients">Their coefficients, in the same order.</param>
/// <param name="Lower">The least sum allowed; null if there is none.</param>
/// <param name="Upper">The greatest sum allowed; null if there is none.</param>
public sealed record ProgramRow(string Name, IReadOnlyList<int> Columns, IReadOnlyList<long> Coefficients, long? Lower, long? Upper)
{
    /// <summary>The exact value of the row's sum for a choice of columns.</summary>
    /// <param name="chosen">For each column of the program whether it is 1.</param>
    public BigInteger Activity(IReadOnlyList<bool> chosen)
    {
        BigInteger sum = 0;
        for (var k = 0; k < Columns.Count; k++)
        {
            if (chosen[Columns[k]])
                sum += Coefficients[k];
        }

        return sum;
    }

    /// <summary>Whether a choice of columns satisfies the row, exactly.</summary>
    /// <param name="chosen">For each column of the program whether it is 1.</param>
    public bool Holds(IReadOnlyList<bool> chosen)
    {
        var sum = Activity(chosen);
        return (Lower is not { } lower || sum >= lower) && (Upper is not { } upper || sum <= upper);
    }
}

/// <summary>
/// A linear program in 0/1 columns with integer data: maximise <c>Σ value·x</c> subject to rows. What the exact solver solves;
/// award models are translated into it, and benchmark knapsacks are written in it directly.
/// </summary>
/// <remarks>
/// <para>All data are integers (money in minor units, scores scaled), so that feasibility, objective and bound can be proved without
/// rounding. The sum of the absolute values of the objective, and of each row, must stay below 2^61.</para>
/// <para><b>Canonical optimum.</b> Among solutions of equal value the one is taken that, read along <see cref="Order"/>, sets the first
/// column in which they differ to 1. It depends on the program alone, not on how the search ran.</para>
/// </remarks>
public sealed class ZeroOneProgram
{
    /// <summary>The greatest sum of absolute values that the objective or a row may have: 2^61.</summary>
    public const long Limit = 1L << 61;

    private readonly List<long> _values = [];
    private readonly List<ProgramRow> _rows = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private BigInteger _total;

    /// <summary>The number of columns.</summary>
    public int Columns => _values.Count;

    /// <summary>The objective's coefficients, one a column.</summary>
    public IReadOnlyList<long> Values => _values;

    /// <summary>The rows in the order of their addition.</summary>
    public IReadOnlyList<ProgramRow> Rows => _rows;

    /// <summary>The published order of columns for the canonical optimum; empty means the order of the columns.</summary>
    public IReadOnlyList<int> Order { get; private set; } = [];

    /// <summary>Adds a 0/1 column.</summary>
    /// <param name="value">Its objective coefficient.</param>
    /// <returns>Its index.</returns>
    /// <exception cref="OverflowException">The objective's absolute values add up to more than <see cref="Limit"/>.</exception>
    public int AddColumn(long value)
    {
        _total += BigInteger.Abs(value);
        if (_total > Limit)
            throw new OverflowException("The values add up to more than 2^61: use a coarser unit.");
        _values.Add(value);
        return _values.Count - 1;
    }

    /// <summary>Adds a row; terms of the same column are added up, zeros dropped, and the whole is divided by the common divisor of the coefficients (bounds rounded inwards).</summary>
    /// <param name="name">A name, unique within the program.</param>
    /// <param name="terms">Column and coefficient.</param>
    /// <param name="lower">The least sum allowed, or null.</param>
    /// <param name="upper">The greatest sum allowed, or null.</param>
    /// <returns>The row's index.</returns>
    /// <exception cref="ArgumentException">The name is taken or a column does not exist.</exception>
    /// <exception cref="OverflowException">The row's absolute values add up to more than <see cref="Limit"/>.</exception>
    public int AddRow(string name, IEnumerable<(int Column, long Coefficient)> terms, long? lower, long? upper)
    {
        if (!_names.Add(name))
            throw new ArgumentException($"There is a row {name} already.", nameof(name));
        var entries = Entries(name, terms);

        // A bound beyond every possible sum says nothing, or makes the row impossible: both survive clamping.
        lower = lower is { } l ? Math.Clamp(l, -Limit - 1, Limit + 1) : null;
        upper = upper is { } u ? Math.Clamp(u, -Limit - 1, Limit + 1) : null;

        // Divided by the common divisor the bounds can be rounded inwards: the same solutions, smaller numbers.
        var divisor = entries.Aggregate(0L, (d, e) => Divisor(d, Math.Abs(e.Coefficient)));
        if (divisor > 1)
        {
            lower = lower is { } a ? -FloorDivide(-a, divisor) : null;
            upper = upper is { } b ? FloorDivide(b, divisor) : null;
        }

        var scale = Math.Max(divisor, 1);
        _rows.Add(new ProgramRow(name, [.. entries.Select(e => e.Column)], [.. entries.Select(e => e.Coefficient / scale)], lower, upper));
        return _rows.Count - 1;
    }

    /// <summary>Adds a row as it is: nothing is added up, divided or checked.</summary>
    internal void AddFinished(ProgramRow row)
    {
        _names.Add(row.Name);
        _rows.Add(row);
    }

    // Columns ascending, none twice, no zeros; the sum of absolute values within the limit.
    private List<(int Column, long Coefficient)> Entries(string name, IEnumerable<(int Column, long Coefficient)> terms)
    {
        var sums = new List<(int Column, Int128 Coefficient)>();
        var ascending = true;
        foreach (var (column, coefficient) in terms)
        {
            if (column < 0 || column >= Columns)
                throw new ArgumentException($"Row {name} names column {column}, which does not exist.", nameof(terms));
            ascending &= sums.Count == 0 || sums[^1].Column < column;
            sums.Add((column, coefficient));
        }

        if (!ascending)
            sums = [.. sums.GroupBy(s => s.Column).OrderBy(g => g.Key).Select(g => (g.Key, g.Aggregate(Int128.Zero, (t, s) => t + s.Coefficient)))];
        Int128 total = 0;
        foreach (var (_, sum) in sums)
        {
            total += Int128.Abs(sum);
            if (total > Limit)
                throw new OverflowException($"Row {name} adds up to more than 2^61: use a coarser unit.");
        }

        return [.. sums.Where(s => s.Coefficient != 0).Select(s => (s.Column, (long)s.Coefficient))];
    }

    private static long Divisor(long a, long b)
    {
        while (b != 0)
            (a, b) = (b, a % b);
        return a;
    }

    private static long FloorDivide(long value, long divisor) => value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor);

    /// <summary>Declares the published order by which ties are resolved.</summary>
    /// <param name="columns">Columns, most important first, none twice; columns that are left out do not count.</param>
    public void OrderBy(IReadOnlyList<int> columns)
    {
        if (columns.Any(c => c < 0 || c >= Columns) || columns.Distinct().Count() != columns.Count)
            throw new ArgumentException("The order names a column that does not exist, or one twice.", nameof(columns));
        Order = [.. columns];
    }

    /// <summary>The exact objective of a choice of columns.</summary>
    /// <param name="chosen">For each column whether it is 1.</param>
    public BigInteger Objective(IReadOnlyList<bool> chosen)
    {
        BigInteger sum = 0;
        for (var j = 0; j < Columns; j++)
        {
            if (chosen[j])
                sum += _values[j];
        }

        return sum;
    }

    /// <summary>Whether a choice of columns satisfies every row, exactly.</summary>
    /// <param name="chosen">For each column whether it is 1.</param>
    public bool IsFeasible(IReadOnlyList<bool> chosen) => _rows.All(r => r.Holds(chosen));

    /// <summary>The same columns and order with another objective and possibly fewer rows; rows can be added afterwards.</summary>
    /// <param name="values">The objective's coefficients, one a column.</param>
    /// <param name="keep">Which rows to keep; null keeps all.</param>
    public ZeroOneProgram With(IReadOnlyList<long> values, Func<ProgramRow, bool>? keep = null)
    {
        if (values.Count != Columns)
            throw new ArgumentException("One value a column is needed.", nameof(values));
        var copy = new ZeroOneProgram { Order = Order };
        foreach (var value in values)
            copy.AddColumn(value);
        foreach (var row in _rows)
        {
            if (keep is null || keep(row))
                copy.AddFinished(row);
        }

        return copy;
    }
}
