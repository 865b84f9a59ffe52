namespace Minka.Selection.Optimal;

/// <summary>
/// Multipliers of rows in whole numbers, and what they prove: <c>Scale·Σ value·x ≤ Total</c> for every feasible x within the fixings, hence
/// objective ≤ ⌊Total/Scale⌋; with scale 0, that nothing is feasible if the total is negative.
/// </summary>
/// <remarks>
/// For any multipliers Y (positive on rows with an upper bound, negative on rows with a lower one) and any feasible x:
/// <c>Scale·c·x ≤ Σ Y_i·bound_i + Σ_j max over allowed x_j of (Scale·c_j − Σ_i Y_i·a_ij)·x_j</c>. The floating-point duals of the
/// simplex method are rounded to such Y, so that rounding can weaken a bound and never falsify it. While every intermediate value stays
/// below 2^53 the integers are carried in doubles, which is exact; below 2^62 in 64 bits, else in 128.
/// </remarks>
internal sealed class IntegerBound
{
    private readonly ZeroOneProgram _program;
    private readonly LinearData _data;
    private readonly double[][]? _full;
    private readonly double[] _values;
    private readonly double[] _rowTotals;
    private readonly double _valueTotal;
    private readonly long[] _multipliers;
    private readonly double[] _exact;
    private readonly long[] _long;
    private readonly Int128[] _wide;
    private readonly long[] _entries;

    public IntegerBound(ZeroOneProgram program, LinearData data)
    {
        (_program, _data) = (program, data);
        _values = [.. program.Values.Select(v => (double)v)];
        _valueTotal = _values.Sum(Math.Abs);
        _rowTotals = new double[data.Rows];
        _multipliers = new long[data.Rows];
        _exact = new double[program.Columns];
        _long = new long[program.Columns];
        _wide = new Int128[program.Columns];
        _entries = new long[data.RowColumn.Length];
        var at = 0;
        for (var i = 0; i < data.Rows; i++)
        {
            double sum = 0;
            foreach (var a in program.Rows[i].Coefficients)
            {
                _entries[at++] = a;
                sum += Math.Abs((double)a);
            }

            _rowTotals[i] = sum;
        }

        if (data.Full is not null)
        {
            _full = new double[data.Rows][];
            for (var i = 0; i < data.Rows; i++)
            {
                _full[i] = new double[program.Columns];
                var row = program.Rows[i];
                for (var k = 0; k < row.Columns.Count; k++)
                    _full[i][row.Columns[k]] = row.Coefficients[k];
            }
        }
    }

    /// <summary>The scale of the last bound; 0 for a ray.</summary>
    public long Scale { get; private set; }

    /// <summary>The total of the last bound.</summary>
    public Int128 Total { get; private set; }

    /// <summary>The multipliers of the last bound that are not zero.</summary>
    public (int[] Rows, long[] Multipliers) Multipliers()
    {
        var rows = new List<int>();
        for (var i = 0; i < _multipliers.Length; i++)
        {
            if (_multipliers[i] != 0)
                rows.Add(i);
        }

        return ([.. rows], [.. rows.Select(r => _multipliers[r])]);
    }

    /// <summary>The largest objective that the last bound allows.</summary>
    public Int128 Floor => Total >= 0 ? Total / Scale : -((-Total + Scale - 1) / Scale);

    /// <summary>What the last bound leaves for each free column: its gain if it is 1 rather than 0, in units of the scale.</summary>
    public Int128 Gain(int column) => _isExact ? (Int128)_exact[column] : _isLong ? _long[column] : _wide[column];

    private bool _isExact, _isLong;

    /// <summary>The gains as they lie where 64 bits suffice; else null.</summary>
    public long[]? LongGains => _isLong ? _long : null;

    /// <summary>In exact mode the gains as they lie; else null.</summary>
    public double[]? ExactGains => _isExact ? _exact : null;

    /// <summary>Rounds duals and computes what they prove.</summary>
    /// <param name="duals">Multipliers in the program's units, positive on the upper bound.</param>
    /// <param name="ray">True to prove emptiness: the objective gets no weight.</param>
    /// <param name="fixedTo">For each column 0, 1, or −1 if it is free.</param>
    /// <param name="lower">Rows' lower bounds in force; <see cref="long.MinValue"/> for none.</param>
    /// <param name="upper">Rows' upper bounds in force; <see cref="long.MaxValue"/> for none.</param>
    /// <returns>False if the numbers do not allow a bound.</returns>
    public bool Prove(double[] duals, bool ray, sbyte[] fixedTo, long[] lower, long[] upper)
    {
        unchecked
        {
            var m = _data.Rows;
            double weight = ray ? 0 : _valueTotal + Math.Abs((double)_data.Constant), greatest = 0;
            for (var i = 0; i < m; i++)
            {
                var y = duals[i];
                if (double.IsNaN(y) || double.IsInfinity(y))
                    return false;
                if (y == 0)
                    continue;
                greatest = Math.Max(greatest, Math.Abs(y));
                var bound = y > 0 ? upper[i] : lower[i];
                if (bound is not (long.MinValue or long.MaxValue))
                    weight += Math.Abs(y) * (_rowTotals[i] + Math.Abs((double)bound));
            }

            if (weight == 0)
                weight = 1;

            // Exact doubles need every sum below 2^53; they serve if at least 2^24 steps a unit remain of what matters.
            var power = 51 - (int)Math.Ceiling(Math.Log2(weight));
            double unit = Math.Pow(2, power);
            _isExact = ray ? power >= -20 && Precise(duals, unit, 0.01) : power >= 10 && Precise(duals, unit, 0.01);
            var longPower = Math.Min(60 - (int)Math.Ceiling(Math.Log2(weight)), 60);
            _isLong = !_isExact && longPower >= 0 && Precise(duals, Math.Pow(2, longPower), 0.1);
            if (_isLong)
            {
                unit = Math.Pow(2, longPower);
            }
            else if (!_isExact)
            {
                power = Math.Min(118 - (int)Math.Ceiling(Math.Log2(weight)), 60);
                if (greatest > 0)
                    power = Math.Min(power, 60 - (int)Math.Ceiling(Math.Log2(greatest)));
                unit = Math.Pow(2, power);
                if (!ray && power < 0)
                    return false;
            }
            else if (!ray)
            {
                unit = Math.Pow(2, Math.Min(power, 50));
            }

            Scale = ray ? 0 : (long)unit;
            for (var i = 0; i < m; i++)
            {
                var y = Math.Round(duals[i] * unit);
                if (y > 0 && upper[i] == long.MaxValue || y < 0 && lower[i] == long.MinValue)
                    y = 0;
                _multipliers[i] = (long)y;
            }

            if (_isExact)
                ProveExact(ray, fixedTo, lower, upper);
            else if (_isLong)
                ProveLong(fixedTo, lower, upper);
            else
                ProveWide(fixedTo, lower, upper);
            return true;
        }
    }

    // Whether rounding the multipliers at this unit weakens the bound by no more than a small part of one.
    private bool Precise(double[] duals, double unit, double part)
    {
        double error = 0;
        for (var i = 0; i < duals.Length; i++)
        {
            if (duals[i] != 0)
                error += _rowTotals[i];
        }

        return error * 0.5 < unit * part;
    }

    private void ProveExact(bool ray, sbyte[] fixedTo, long[] lower, long[] upper)
    {
        unchecked
        {
            double scale = Scale, total = scale * _data.Constant;
            var n = _program.Columns;
            if (ray)
            {
                Array.Clear(_exact);
            }
            else
            {
                for (var j = 0; j < n; j++)
                    _exact[j] = scale * _values[j];
            }

            for (var i = 0; i < _multipliers.Length; i++)
            {
                double y = _multipliers[i];
                if (y == 0)
                    continue;
                total += y * (y > 0 ? upper[i] : lower[i]);
                if (_full is not null)
                {
                    DualSimplex.AddMultiple(_full[i], -y, _exact);
                }
                else
                {
                    for (var k = _data.RowStart[i]; k < _data.RowStart[i + 1]; k++)
                        _exact[_data.RowColumn[k]] -= y * _entries[k];
                }
            }

            for (var j = 0; j < n; j++)
            {
                var gain = _exact[j];
                if (fixedTo[j] < 0 ? gain > 0 : fixedTo[j] == 1)
                    total += gain;
            }

            Total = (Int128)total;
        }
    }

    private void ProveLong(sbyte[] fixedTo, long[] lower, long[] upper)
    {
        unchecked
        {
            var n = _program.Columns;
            var total = Scale * _data.Constant;
            for (var j = 0; j < n; j++)
                _long[j] = Scale * _program.Values[j];
            for (var i = 0; i < _multipliers.Length; i++)
            {
                var y = _multipliers[i];
                if (y == 0)
                    continue;
                total += y * (y > 0 ? upper[i] : lower[i]);
                for (var k = _data.RowStart[i]; k < _data.RowStart[i + 1]; k++)
                    _long[_data.RowColumn[k]] -= y * _entries[k];
            }

            for (var j = 0; j < n; j++)
            {
                if (fixedTo[j] < 0 ? _long[j] > 0 : fixedTo[j] == 1)
                    total += _long[j];
            }

            Total = total;
        }
    }

    private void ProveWide(sbyte[] fixedTo, long[] lower, long[] upper)
    {
        unchecked
        {
            var n = _program.Columns;
            var total = (Int128)Scale * _data.Constant;
            for (var j = 0; j < n; j++)
                _wide[j] = (Int128)Scale * _program.Values[j];
            for (var i = 0; i < _multipliers.Length; i++)
            {
                var y = _multipliers[i];
                if (y == 0)
                    continue;
                total += (Int128)y * (y > 0 ? upper[i] : lower[i]);
                for (var k = _data.RowStart[i]; k < _data.RowStart[i + 1]; k++)
                    _wide[_data.RowColumn[k]] -= Math.BigMul(y, _entries[k]);
            }

            for (var j = 0; j < n; j++)
            {
                if (fixedTo[j] < 0 ? _wide[j] > 0 : fixedTo[j] == 1)
                    total += _wide[j];
            }

            Total = total;
        }
    }
}
