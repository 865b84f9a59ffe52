namespace Minka.Selection.Optimal;

/// <summary>
/// The relaxation's data in floating point, scaled by powers of two: minimise <c>cost·x</c> with <c>A·x − r = 0</c>, one logical
/// column r a row that carries the row's bounds.
/// </summary>
/// <remarks>Nothing is decided by these numbers alone: every bound that prunes is proved again in integers by <see cref="IntegerBound"/>.</remarks>
internal sealed class LinearData
{
    public readonly int Rows;
    public readonly int Structurals;
    public readonly int[] ColumnStart;
    public readonly int[] ColumnRow;
    public readonly double[] ColumnValue;
    public readonly int[] RowStart;
    public readonly int[] RowColumn;
    public readonly double[] RowValue;
    public readonly double[] Cost;
    public readonly double[] RowScale;
    public readonly double ObjectiveScale;

    /// <summary>Whole rows laid out without gaps, where the matrix is nearly full and has few rows; else null.</summary>
    public readonly double[][]? Full;

    /// <summary>What the columns that are not part of the program add to its objective.</summary>
    public readonly long Constant;

    public LinearData(ZeroOneProgram program, long constant = 0)
    {
        Constant = constant;
        Rows = program.Rows.Count;
        Structurals = program.Columns;
        var nonzeros = program.Rows.Sum(r => r.Columns.Count);
        RowStart = new int[Rows + 1];
        RowColumn = new int[nonzeros];
        RowValue = new double[nonzeros];
        RowScale = new double[Rows];
        var counts = new int[Structurals + 1];
        var at = 0;
        for (var i = 0; i < Rows; i++)
        {
            var row = program.Rows[i];
            double least = double.MaxValue, greatest = 0;
            foreach (var coefficient in row.Coefficients)
            {
                least = Math.Min(least, Math.Abs((double)coefficient));
                greatest = Math.Max(greatest, Math.Abs((double)coefficient));
            }

            RowScale[i] = greatest > 0 ? Math.Pow(2, -Math.Round(Math.Log2(Math.Sqrt(least * greatest)))) : 1;
            for (var k = 0; k < row.Columns.Count; k++)
            {
                RowColumn[at] = row.Columns[k];
                RowValue[at++] = row.Coefficients[k] * RowScale[i];
                counts[row.Columns[k] + 1]++;
            }

            RowStart[i + 1] = at;
        }

        for (var j = 0; j < Structurals; j++)
            counts[j + 1] += counts[j];
        ColumnStart = counts;
        ColumnRow = new int[nonzeros];
        ColumnValue = new double[nonzeros];
        var next = (int[])ColumnStart.Clone();
        for (var i = 0; i < Rows; i++)
        {
            for (var k = RowStart[i]; k < RowStart[i + 1]; k++)
            {
                var slot = next[RowColumn[k]]++;
                ColumnRow[slot] = i;
                ColumnValue[slot] = RowValue[k];
            }
        }

        double most = 0;
        foreach (var value in program.Values)
            most = Math.Max(most, Math.Abs((double)value));
        ObjectiveScale = most > 0 ? Math.Pow(2, -Math.Ceiling(Math.Log2(most))) : 1;
        Cost = new double[Structurals + Rows];
        for (var j = 0; j < Structurals; j++)
            Cost[j] = -program.Values[j] * ObjectiveScale;

        if (Rows <= BasisInverse.GreatestDense && nonzeros > 0.25 * Rows * Structurals)
        {
            Full = new double[Rows][];
            for (var i = 0; i < Rows; i++)
            {
                Full[i] = new double[Structurals];
                for (var k = RowStart[i]; k < RowStart[i + 1]; k++)
                    Full[i][RowColumn[k]] = RowValue[k];
            }
        }
    }
}
