namespace Minka.Selection.Optimal;

/// <summary>
/// The program that a tree searches: the given one with added rows, and without the columns and rows that its root has settled.
/// </summary>
internal sealed class SearchSpace
{
    private readonly bool[] _settled;

    private SearchSpace(ZeroOneProgram program, int[] columns, int[] rowIds, bool[] settled, int all, long constant)
    {
        (Program, Columns, RowIds, _settled, Constant) = (program, columns, rowIds, settled, constant);
        Place = new int[all];
        Array.Fill(Place, -1);
        for (var j = 0; j < columns.Length; j++)
            Place[columns[j]] = j;
    }

    /// <summary>What is searched.</summary>
    public ZeroOneProgram Program { get; }

    /// <summary>For each column its index in the given program.</summary>
    public int[] Columns { get; }

    /// <summary>For each column of the given program its index here, or −1.</summary>
    public int[] Place { get; }

    /// <summary>For each row its number in the certificate: the given rows, then the added ones in their order.</summary>
    public int[] RowIds { get; }

    /// <summary>What the settled columns add to the objective.</summary>
    public long Constant { get; }

    public bool IsPart => Columns.Length < Place.Length;

    /// <summary>The given program with some of its added rows.</summary>
    /// <param name="given">The given program.</param>
    /// <param name="added">All added rows.</param>
    /// <param name="active">Which of them take part.</param>
    public static SearchSpace Of(ZeroOneProgram given, IReadOnlyList<AddedRow> added, IReadOnlyList<int> active)
    {
        var program = given.With(given.Values);
        foreach (var k in active)
            program.AddRow($"added {k}", added[k].Columns.Zip(added[k].Weights), added[k].Lower, added[k].Bound);
        return new SearchSpace(program, [.. Enumerable.Range(0, given.Columns)], [.. Enumerable.Range(0, given.Rows.Count), .. active.Select(k => given.Rows.Count + k)], new bool[given.Columns], given.Columns, 0);
    }

    /// <summary>What is left of this space once some columns are fixed: without them, and without the rows that hold whatever follows.</summary>
    /// <param name="fixedTo">For each column 0, 1, or −1 if it is free.</param>
    /// <param name="bounds">The rows' bounds in force.</param>
    /// <param name="columns">For each column of the result its index here.</param>
    /// <param name="rows">For each row of the result its index here.</param>
    public SearchSpace Without(sbyte[] fixedTo, Func<int, (long? Lower, long? Upper)> bounds, out int[] columns, out int[] rows)
    {
        columns = [.. Enumerable.Range(0, fixedTo.Length).Where(j => fixedTo[j] < 0)];
        var settled = (bool[])_settled.Clone();
        var place = new int[fixedTo.Length];
        var constant = Constant;
        var program = new ZeroOneProgram();
        for (var j = 0; j < fixedTo.Length; j++)
        {
            if (fixedTo[j] < 0)
            {
                place[j] = program.AddColumn(Program.Values[j]);
                continue;
            }

            settled[Columns[j]] = fixedTo[j] == 1;
            constant += fixedTo[j] * Program.Values[j];
        }

        var kept = new List<int>();
        for (var i = 0; i < Program.Rows.Count; i++)
        {
            var row = Program.Rows[i];
            long least = 0, most = 0, already = 0;
            var free = 0;
            for (var k = 0; k < row.Columns.Count; k++)
            {
                var a = row.Coefficients[k];
                if (fixedTo[row.Columns[k]] >= 0)
                {
                    already += a * fixedTo[row.Columns[k]];
                    continue;
                }

                free++;
                least += Math.Min(a, 0);
                most += Math.Max(a, 0);
            }

            var (lower, upper) = bounds(i);
            (lower, upper) = (lower - already, upper - already);
            if (lower <= least)
                lower = null;
            if (upper >= most)
                upper = null;
            if (lower is null && upper is null)
                continue;
            var entries = new (int Column, long Coefficient)[free];
            var at = 0;
            for (var k = 0; k < row.Columns.Count; k++)
            {
                if (fixedTo[row.Columns[k]] < 0)
                    entries[at++] = (place[row.Columns[k]], row.Coefficients[k]);
            }

            program.AddFinished(new ProgramRow(row.Name, [.. entries.Select(e => e.Column)], [.. entries.Select(e => e.Coefficient)], lower, upper));
            kept.Add(i);
        }

        rows = [.. kept];
        var here = columns;
        return new SearchSpace(program, [.. here.Select(j => Columns[j])], [.. rows.Select(i => RowIds[i])], settled, Place.Length, constant);
    }

    /// <summary>A choice of columns of the given program from one of the columns here.</summary>
    public bool[] Whole(bool[] chosen)
    {
        if (!IsPart)
            return chosen;
        var whole = (bool[])_settled.Clone();
        for (var j = 0; j < chosen.Length; j++)
            whole[Columns[j]] = chosen[j];
        return whole;
    }

    /// <summary>The fixings of all columns of the given program from those here.</summary>
    public sbyte[] Whole(sbyte[] fixedTo)
    {
        if (!IsPart)
            return fixedTo;
        var whole = new sbyte[_settled.Length];
        for (var j = 0; j < whole.Length; j++)
            whole[j] = _settled[j] ? (sbyte)1 : (sbyte)0;
        for (var j = 0; j < fixedTo.Length; j++)
            whole[Columns[j]] = fixedTo[j];
        return whole;
    }
}
