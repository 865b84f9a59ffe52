namespace Minka.Selection.Optimal;

/// <summary>
/// Gomory's cuts for programs of whole numbers, derived exactly: the floating-point row of the simplex tableau only proposes the
/// multipliers; they are rounded to whole numbers and everything after that is computed with integers, so that each cut holds for every
/// solution and can be derived again by whoever doubts it.
/// </summary>
/// <remarks>
/// For an equation <c>Σ a·y = b</c> in whole non-negative y with f = b − ⌊b⌋ &gt; 0 every solution satisfies
/// <c>Σ (⌊a⌋ + max(0, a − ⌊a⌋ − f)/(1 − f))·y ≤ ⌊b⌋</c>. All rows have whole coefficients and bounds, hence whole slacks. Source: H. Marchand,
/// L. Wolsey, Operations Research 49 (2001); R. Gomory, 1958 and 1963; G. Cornuéjols, Mathematical Programming 112 (2008).
/// </remarks>
internal sealed class RoundingCuts
{
    private const double Whole = 1e-5;

    /// <summary>The greatest coefficient of a finished cut: coarse enough for fast exact sums, fine enough to lose nothing that counts.</summary>
    private const int CoefficientBits = 22;

    private readonly ZeroOneProgram _program;
    private readonly LinearData _data;
    private readonly DualSimplex _simplex;
    private readonly double[] _x;
    private readonly int[] _rowIds;
    private readonly double[] _multipliers;
    private readonly Int128[] _sum;
    private readonly bool[] _in;
    private readonly List<int> _touched = [];

    /// <param name="program">The program whose relaxation was solved.</param>
    /// <param name="data">Its data.</param>
    /// <param name="simplex">The solved relaxation.</param>
    /// <param name="x">Its point.</param>
    /// <param name="rowIds">For each row its number in the certificate.</param>
    public RoundingCuts(ZeroOneProgram program, LinearData data, DualSimplex simplex, double[] x, int[] rowIds)
    {
        (_program, _data, _simplex, _x, _rowIds) = (program, data, simplex, x, rowIds);
        _multipliers = new double[data.Rows];
        _sum = new Int128[program.Columns];
        _in = new bool[program.Columns];
    }

    /// <summary>Rows that hold for every solution and that the relaxation's point violates, the most violated first.</summary>
    /// <param name="most">At most so many.</param>
    public List<AddedRow> Separate(int most)
    {
        var found = new List<(double Depth, AddedRow Row)>();
        foreach (var (_, position) in _simplex.BasicColumns().Select(b => (Math.Abs(_x[b.Column] - 0.5), b.Position)).Where(b => b.Item1 < 0.5 - Whole).OrderBy(b => b.Item1).ThenBy(b => b.Position).Take(4 * most))
        {
            _simplex.InverseRow(position, _multipliers);
            if (Derive() is { } cut)
                found.Add(cut);
        }

        // The deepest first, without those nearly parallel to one already taken.
        found.Sort((a, b) => b.Depth.CompareTo(a.Depth));
        var taken = new List<AddedRow>();
        foreach (var (_, row) in found)
        {
            if (taken.Count == most)
                break;
            if (taken.All(t => Cosine(t, row) < 0.9))
                taken.Add(row);
        }

        return taken;
    }

    private (double Depth, AddedRow Row)? Derive()
    {
        var rows = new List<int>();
        double greatest = 0, size = 0;
        for (var i = 0; i < _data.Rows; i++)
        {
            if (Math.Abs(_multipliers[i]) < 1e-11 * _data.RowScale[i] || _simplex.IsBasic(_data.Structurals + i))
                continue;
            rows.Add(i);
            var row = _program.Rows[i];
            double entry = 0;
            foreach (var a in row.Coefficients)
                entry = Math.Max(entry, Math.Abs((double)a));
            greatest = Math.Max(greatest, entry);
            size = Math.Max(size, Math.Abs(_multipliers[i]) * Math.Max(entry, Math.Abs((double)((_simplex.RestsAtUpper(_data.Structurals + i) ? row.Upper : row.Lower) ?? 0))));
        }

        if (rows.Count == 0)
            return null;

        // So fine that rounding the multipliers moves no coefficient by more than about a millionth.
        var bits = Math.Min(20 + (int)Math.Ceiling(Math.Log2(Math.Max(1, greatest * rows.Count))), 56);
        var scale = 1L << bits;
        if (size * scale * rows.Count > Math.Pow(2, 88) || rows.Max(i => Math.Abs(_multipliers[i])) * scale * greatest * rows.Count > Math.Pow(2, 116) || rows.Max(i => Math.Abs(_multipliers[i])) * scale > Math.Pow(2, 60))
            return null;
        var multipliers = new List<long>();
        var atUpper = new List<bool>();
        var kept = new List<int>();
        Int128 right = 0;
        foreach (var i in rows)
        {
            var wide = Math.Round(_multipliers[i] * scale);
            if (wide == 0)
                continue;
            var y = (long)wide;
            var row = _program.Rows[i];
            var up = _simplex.RestsAtUpper(_data.Structurals + i);
            if ((up ? row.Upper : row.Lower) is not { } bound)
            {
                Clear();
                return null;
            }

            kept.Add(i);
            multipliers.Add(y);
            atUpper.Add(up);
            right += Math.BigMul(y, bound);
            for (var k = 0; k < row.Columns.Count; k++)
                Add(row.Columns[k], Math.BigMul(y, row.Coefficients[k]));
        }

        var turned = new List<int>();
        foreach (var j in _touched)
        {
            if (_sum[j] == 0 || _x[j] <= 0.5)
                continue;
            turned.Add(j);
            right -= _sum[j];
            _sum[j] = -_sum[j];
        }

        var fraction = Remainder(right, scale);
        if (fraction < scale >> 7 || fraction > scale - (scale >> 7))
        {
            Clear();
            return null;
        }

        // Everything times (scale − fraction): whole numbers again.
        var rest = scale - (long)fraction;
        var bound128 = (right - fraction) / scale * rest;
        foreach (var j in _touched)
            _sum[j] = Round(_sum[j], scale, fraction, rest);
        foreach (var j in turned)
        {
            bound128 -= _sum[j];
            _sum[j] = -_sum[j];
        }

        for (var k = 0; k < kept.Count; k++)
        {
            var row = _program.Rows[kept[k]];
            if (row.Lower == row.Upper)
                continue;
            var factor = Round(atUpper[k] ? multipliers[k] : -multipliers[k], scale, fraction, rest);
            if (factor == 0)
                continue;
            if (!atUpper[k])
                factor = -factor;
            // Slack = bound − row at the upper bound, row − bound at the lower one.
            bound128 -= factor * (atUpper[k] ? row.Upper!.Value : row.Lower!.Value);
            for (var q = 0; q < row.Columns.Count; q++)
                Add(row.Columns[q], -factor * row.Coefficients[q]);
        }

        var result = Shorten(bound128, out var divisor, out var depth);
        Clear();
        if (result is not { } cut)
            return null;
        return (depth, new AddedRow(cut.Columns, cut.Weights, null, cut.Bound, new Rounding(scale, [.. kept.Select(i => _rowIds[i])], [.. multipliers], [.. atUpper], [.. turned], divisor)));
    }

    // Divides and rounds: a coefficient rounded up is paid for on the right side, which costs nothing where the column is 1.
    private (int[] Columns, long[] Weights, long Bound)? Shorten(Int128 bound, out long divisor, out double depth)
    {
        divisor = 1;
        depth = 0;
        Int128 greatest = 0;
        foreach (var j in _touched)
            greatest = Int128.Max(greatest, Int128.Abs(_sum[j]));
        if (greatest == 0)
            return null;
        var wide = (greatest >> CoefficientBits) + 1;
        if (wide > long.MaxValue)
            return null;
        divisor = (long)wide;
        var columns = new List<int>();
        var weights = new List<long>();
        Int128 paid = 0;
        double at = 0, norm = 0;
        _touched.Sort();
        foreach (var j in _touched)
        {
            var g = _sum[j];
            if (g == 0)
                continue;
            var low = g >= 0 ? g / divisor : -((-g + divisor - 1) / divisor);
            var weight = (long)low;

            // Up where the column is 1 in the point, or where a small negative coefficient would only fill the row.
            if (low * divisor != g && (_x[j] > 0.5 || low == -1))
            {
                weight++;
                paid += ((Int128)weight * divisor) - g;
            }

            if (weight == 0)
                continue;
            columns.Add(j);
            weights.Add(weight);
            at += weight * _x[j];
            norm += (double)weight * weight;
        }

        if (columns.Count == 0 || columns.Count > 1_000 + (_program.Columns / 5))
            return null;
        var total = bound + paid;
        var right = total >= 0 ? total / divisor : -((-total + divisor - 1) / divisor);
        if (Int128.Abs(right) > 1L << 58)
            return null;
        depth = (at - (double)right) / Math.Sqrt(norm);
        return depth < 1e-4 ? null : ([.. columns], [.. weights], (long)right);
    }

    private void Add(int j, Int128 value)
    {
        if (!_in[j])
        {
            _in[j] = true;
            _touched.Add(j);
        }

        _sum[j] += value;
    }

    private void Clear()
    {
        foreach (var j in _touched)
        {
            _sum[j] = 0;
            _in[j] = false;
        }

        _touched.Clear();
    }

    private static Int128 Remainder(Int128 value, long scale)
    {
        var rest = value % scale;
        return rest < 0 ? rest + scale : rest;
    }

    private static Int128 Round(Int128 value, long scale, Int128 fraction, long rest)
    {
        var part = Remainder(value, scale);
        return ((value - part) / scale * rest) + Int128.Max(0, part - fraction);
    }

    private static double Cosine(AddedRow a, AddedRow b)
    {
        double product = 0, first = 0, second = 0;
        foreach (var w in a.Weights)
            first += (double)w * w;
        foreach (var w in b.Weights)
            second += (double)w * w;
        for (int p = 0, q = 0; p < a.Columns.Length && q < b.Columns.Length;)
        {
            if (a.Columns[p] == b.Columns[q])
                product += (double)a.Weights[p++] * b.Weights[q++];
            else if (a.Columns[p] < b.Columns[q])
                p++;
            else
                q++;
        }

        return product / Math.Sqrt(first * second);
    }
}
