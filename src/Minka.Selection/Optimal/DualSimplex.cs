using System.Numerics;

namespace Minka.Selection.Optimal;

/// <summary>How a relaxation's solve ended.</summary>
internal enum RelaxationStatus
{
    /// <summary>Solved.</summary>
    Optimal,

    /// <summary>The bound fell below what is needed; the duals at hand show it.</summary>
    Cutoff,

    /// <summary>No point satisfies the rows within the bounds; the ray shows it.</summary>
    Infeasible,

    /// <summary>Stopped by the limit of pivots or by numerical trouble: the duals are valid but not the best.</summary>
    Stalled,
}

/// <summary>The basis of a relaxation, to return to it later.</summary>
internal sealed record BasisSnapshot(int[] Head, byte[] State, double[] Weights);

/// <summary>
/// Bounded-variable dual simplex with dual steepest-edge pricing and the long-step ratio test, warm-started from whatever basis it holds.
/// Every basis of a 0/1 program is dual feasible once each column rests at the bound that its reduced cost asks for.
/// </summary>
/// <remarks>
/// Source: I. Maros, Computational Techniques of the Simplex Method (2003), chapters 9 and 10; J. J. Forrest and D. Goldfarb, Mathematical
/// Programming 57 (1992), for the weights. Numbers are floating point: nothing is pruned on their word (see <see cref="IntegerBound"/>).
/// </remarks>
internal sealed class DualSimplex
{
    private const double PrimalTolerance = 1e-9;
    private const double PivotTolerance = 1e-9;
    private const byte Basic = 0, AtLower = 1, AtUpper = 2;

    private readonly LinearData _data;
    private readonly BasisInverse _inverse;
    private readonly int _m, _n, _all;
    private readonly double[] _low, _up;
    private readonly byte[] _state;
    private readonly int[] _head;
    private readonly double[] _basic;
    private readonly double[] _reduced;
    private readonly double[] _weight;
    private readonly double[] _weightOf;
    private readonly double[] _rho, _alpha, _column, _tau, _flip;
    private readonly int[] _touched;
    private readonly bool[] _seen;
    private readonly int[] _candidates;
    private readonly double[] _ratios;
    private readonly int[] _flipped;
    private int _flips;
    private int _touchedCount;
    private bool _fresh;
    private (int[] Head, byte[] State, double[] Basic, double[] Reduced, double[] Weight, bool Fresh, double Objective)? _kept;

    public DualSimplex(LinearData data)
    {
        _data = data;
        (_m, _n, _all) = (data.Rows, data.Structurals, data.Rows + data.Structurals);
        _inverse = BasisInverse.For(data);
        _low = new double[_all];
        _up = new double[_all];
        _state = new byte[_all];
        _head = new int[_m];
        _basic = new double[_m];
        _reduced = new double[_all];
        _weight = new double[_m];
        _weightOf = new double[_all];
        _rho = new double[_m];
        _alpha = new double[_all];
        _column = new double[_m];
        _tau = new double[_m];
        _flip = new double[_m];
        _touched = new int[_all];
        _seen = new bool[_all];
        _candidates = new int[_all];
        _ratios = new double[_all];
        _flipped = new int[_all];
        for (var j = 0; j < _n; j++)
            _up[j] = 1;
        Reset();
    }

    /// <summary>Pivots since the start.</summary>
    public long Pivots { get; private set; }

    /// <summary>The objective of the relaxation in the program's own unit (to be maximised); valid after a solve.</summary>
    public double Objective { get; private set; }

    /// <summary>The row that proved the relaxation empty, in the program's own units, as multipliers of rows.</summary>
    public double[]? Ray { get; private set; }

    public void SetColumn(int column, int low, int up)
    {
        if (_low[column] == low && _up[column] == up)
            return;
        var before = ValueOf(column);
        _low[column] = low;
        _up[column] = up;
        if (_state[column] != Basic)
        {
            if (low != up)
                _state[column] = _reduced[column] >= 0 ? AtLower : AtUpper;
            if (ValueOf(column) != before)
                _fresh = false;
        }
    }

    public void SetRow(int row, long? low, long? up)
    {
        var scale = _data.RowScale[row];
        var j = _n + row;
        var before = ValueOf(j);
        _low[j] = low is { } l ? l * scale : double.NegativeInfinity;
        _up[j] = up is { } u ? u * scale : double.PositiveInfinity;
        if (_state[j] != Basic)
        {
            if (_state[j] == AtLower && double.IsInfinity(_low[j]))
                _state[j] = AtUpper;
            else if (_state[j] == AtUpper && double.IsInfinity(_up[j]))
                _state[j] = AtLower;
            else if (!double.IsInfinity(_low[j]) && !double.IsInfinity(_up[j]))
                _state[j] = _reduced[j] >= 0 ? AtLower : AtUpper;
            if (ValueOf(j) != before)
                _fresh = false;
        }
    }

    /// <summary>Returns to the basis of logical columns.</summary>
    public void Reset()
    {
        for (var j = 0; j < _n; j++)
            _state[j] = _data.Cost[j] >= 0 ? AtLower : AtUpper;
        for (var i = 0; i < _m; i++)
        {
            _state[_n + i] = Basic;
            _head[i] = _n + i;
        }

        Array.Fill(_weight, 1.0);
        Refactor();
    }

    public BasisSnapshot Save() => new((int[])_head.Clone(), (byte[])_state.Clone(), (double[])_weight.Clone());

    public void Load(BasisSnapshot basis)
    {
        Array.Copy(basis.Head, _head, _m);
        Array.Copy(basis.State, _state, _all);
        Array.Copy(basis.Weights, _weight, _m);
        Refactor();
    }

    /// <summary>Keeps everything as it is, for a trial of a few pivots.</summary>
    public void Keep()
    {
        _kept ??= (new int[_m], new byte[_all], new double[_m], new double[_all], new double[_m], false, 0);
        var (head, state, basic, reduced, weight, _, _) = _kept.Value;
        Array.Copy(_head, head, _m);
        Array.Copy(_state, state, _all);
        Array.Copy(_basic, basic, _m);
        Array.Copy(_reduced, reduced, _all);
        Array.Copy(_weight, weight, _m);
        _inverse.Keep();
        _kept = _kept.Value with { Fresh = _fresh, Objective = Objective };
    }

    /// <summary>Returns to what was kept; the bounds must be what they were then.</summary>
    public void Return()
    {
        var (head, state, basic, reduced, weight, fresh, objective) = _kept!.Value;
        Array.Copy(head, _head, _m);
        Array.Copy(state, _state, _all);
        Array.Copy(weight, _weight, _m);
        Objective = objective;
        if (!_inverse.Return())
        {
            Refactor();
            Recompute();
            return;
        }

        Array.Copy(basic, _basic, _m);
        Array.Copy(reduced, _reduced, _all);
        _fresh = fresh;
    }

    /// <summary>Takes over the basis of a program with other rows and perhaps fewer columns. Rows and columns that are left out must not be needed for it: rows' logicals basic, columns at a bound.</summary>
    /// <param name="basis">The other program's basis.</param>
    /// <param name="columns">For each column here its index there.</param>
    /// <param name="rows">For each row here its index there, or −1 for a new one.</param>
    /// <param name="there">How many columns the other program has.</param>
    public void LoadFrom(BasisSnapshot basis, IReadOnlyList<int> columns, IReadOnlyList<int> rows, int there)
    {
        var place = new int[basis.State.Length];
        Array.Fill(place, -1);
        for (var j = 0; j < _n; j++)
            place[columns[j]] = j;
        for (var i = 0; i < _m; i++)
        {
            if (rows[i] >= 0)
                place[there + rows[i]] = _n + i;
        }

        var at = 0;
        Array.Fill(_state, AtLower);
        for (var v = 0; v < place.Length; v++)
        {
            if (place[v] >= 0)
                _state[place[v]] = basis.State[v];
        }

        for (var i = 0; i < basis.Head.Length; i++)
        {
            if (place[basis.Head[i]] < 0)
                continue;
            if (at == _m)
            {
                Reset();
                return;
            }

            _head[at] = place[basis.Head[i]];
            _weight[at++] = basis.Weights[i];
        }

        for (var i = 0; i < _m && at < _m; i++)
        {
            if (rows[i] >= 0)
                continue;
            _state[_n + i] = Basic;
            _head[at] = _n + i;
            _weight[at++] = 1;
        }

        // What is still missing was basic there and is left out here.
        while (at < _m)
        {
            _head[at] = -1;
            _weight[at++] = 1;
        }

        Refactor();
    }

    /// <summary>The value of each structural column.</summary>
    public void Values(double[] x)
    {
        for (var j = 0; j < _n; j++)
            x[j] = _state[j] == Basic ? 0 : ValueOf(j);
        for (var i = 0; i < _m; i++)
        {
            if (_head[i] < _n)
                x[_head[i]] = _basic[i];
        }
    }

    /// <summary>Multipliers of rows for the maximisation in the program's own units: positive presses on the upper bound.</summary>
    public void Duals(double[] duals)
    {
        for (var i = 0; i < _m; i++)
            duals[i] = _state[_n + i] == Basic ? 0 : -_reduced[_n + i] * _data.RowScale[i] / _data.ObjectiveScale;
    }

    /// <summary>Whether a column, or the logical column of a row (structurals + row), is basic.</summary>
    public bool IsBasic(int column) => _state[column] == Basic;

    /// <summary>Whether a column that is not basic rests at its upper bound.</summary>
    public bool RestsAtUpper(int column) => _state[column] == AtUpper;

    /// <summary>The structural columns of the basis with their positions.</summary>
    public IEnumerable<(int Column, int Position)> BasicColumns() => Enumerable.Range(0, _m).Where(i => _head[i] < _n).Select(i => (_head[i], i));

    /// <summary>The multipliers, in the program's own units, with which the rows add up to the tableau row of a basic column.</summary>
    public void InverseRow(int position, double[] multipliers)
    {
        _inverse.Row(position, multipliers);
        for (var i = 0; i < _m; i++)
            multipliers[i] *= _data.RowScale[i];
    }

    /// <summary>Solves.</summary>
    /// <param name="needed">Stop once the objective is certainly below this (in the program's unit).</param>
    /// <param name="limit">The greatest number of pivots.</param>
    /// <param name="cancel">Looked at now and then.</param>
    public RelaxationStatus Solve(double needed, int limit, Func<bool>? cancel = null)
    {
        unchecked
        {
            Ray = null;
            if (!_fresh)
                Recompute();
            // In the scaled minimisation: stop once the dual objective exceeds this.
            var stop = double.IsNegativeInfinity(needed) ? double.PositiveInfinity : -(needed - _data.Constant) * _data.ObjectiveScale;
            var objective = DualObjective();
            var retried = false;
            var patience = (3 * (_m + _n)) + 100;
            var noise = 20_260_101UL;
            for (var pivots = 0; ; pivots++)
            {
                if (objective > stop)
                {
                    objective = DualObjective();
                    if (objective > stop)
                        return End(objective, RelaxationStatus.Cutoff);
                }

                if (_inverse.Updates >= _inverse.UpdateLimit)
                {
                    Refactor();
                    Recompute();
                    objective = DualObjective();
                }

                // Leaving row by steepest edge.
                var leave = -1;
                double most = 0;
                for (var i = 0; i < _m; i++)
                {
                    var v = _head[i];
                    var gap = _basic[i] < _low[v] - PrimalTolerance ? _low[v] - _basic[i] : _basic[i] > _up[v] + PrimalTolerance ? _basic[i] - _up[v] : 0;
                    if (gap == 0)
                        continue;
                    var merit = gap * gap / _weight[i];
                    if (pivots > patience)
                    {
                        // Degenerate bases can go round in a circle: an uneven choice leaves it.
                        noise = (noise * 6_364_136_223_846_793_005UL) + 1_442_695_040_888_963_407UL;
                        merit *= 1 + (noise >> 61);
                    }

                    if (merit > most)
                        (most, leave) = (merit, i);
                }

                if (leave < 0)
                    return End(DualObjective(), RelaxationStatus.Optimal);
                if (pivots >= limit || (cancel is not null && (pivots & 31) == 31 && cancel()))
                    return End(DualObjective(), RelaxationStatus.Stalled);

                var p = _head[leave];
                var below = _basic[leave] < _low[p];
                _inverse.Row(leave, _rho);
                PriceRow();
                var entering = RatioTest(leave, below, out var step, ref objective);
                if (entering < 0)
                {
                    if (_inverse.Updates > 0 && !retried)
                    {
                        // Say "empty" only on fresh factors.
                        retried = true;
                        Refactor();
                        Recompute();
                        objective = DualObjective();
                        continue;
                    }

                    var ray = new double[_m];
                    for (var i = 0; i < _m; i++)
                        ray[i] = (below ? _rho[i] : -_rho[i]) * _data.RowScale[i];
                    Ray = ray;
                    return End(DualObjective(), RelaxationStatus.Infeasible);
                }

                Array.Clear(_column);
                AddColumn(entering, 1, _column);
                _inverse.Forward(_column);
                var pivot = _column[leave];
                if (Math.Abs(pivot) < PivotTolerance || Math.Abs(pivot - _alpha[entering]) > 1e-6 * (1 + Math.Abs(pivot)))
                {
                    if (_inverse.Updates == 0 || retried)
                        return End(DualObjective(), RelaxationStatus.Stalled);
                    retried = true;
                    Refactor();
                    Recompute();
                    objective = DualObjective();
                    continue;
                }

                retried = false;
                Flip();

                // Weights, then primal and dual step.
                Array.Copy(_rho, _tau, _m);
                _inverse.Forward(_tau);
                var weight = Math.Max(_weight[leave], 1e-6);
                for (var i = 0; i < _m; i++)
                {
                    if (i == leave || _column[i] == 0)
                        continue;
                    var ratio = _column[i] / pivot;
                    _weight[i] = Math.Max(_weight[i] - (2 * ratio * _tau[i]) + (ratio * ratio * weight), 1e-4);
                }

                _weight[leave] = Math.Max(weight / (pivot * pivot), 1e-4);

                var bound = below ? _low[p] : _up[p];
                var move = (_basic[leave] - bound) / pivot;
                for (var i = 0; i < _m; i++)
                {
                    if (_column[i] != 0)
                        _basic[i] -= move * _column[i];
                }

                _basic[leave] = ValueOf(entering) + move;
                if (_data.Full is not null)
                {
                    AddMultiple(_alpha, -step, _reduced);
                }
                else
                {
                    for (var k = 0; k < _touchedCount; k++)
                        _reduced[_touched[k]] -= step * _alpha[_touched[k]];
                }

                for (var i = 0; i < _m && _data.Full is not null; i++)
                    _reduced[_head[i]] = 0;
                _reduced[entering] = 0;
                _reduced[p] = -step;
                _state[entering] = Basic;
                _state[p] = below ? AtLower : AtUpper;
                _head[leave] = entering;
                _inverse.Update(leave, _column);
                Pivots++;
            }
        }
    }

    /// <summary>target += factor·source, by vectors.</summary>
    internal static void AddMultiple(ReadOnlySpan<double> source, double factor, Span<double> target)
    {
        unchecked
        {
            var width = Vector<double>.Count;
            var factors = new Vector<double>(factor);
            var k = 0;
            for (; k <= source.Length - width; k += width)
                (new Vector<double>(target[k..]) + (factors * new Vector<double>(source[k..]))).CopyTo(target[k..]);
            for (; k < source.Length; k++)
                target[k] += factor * source[k];
        }
    }

    private RelaxationStatus End(double objective, RelaxationStatus status)
    {
        Objective = (-objective / _data.ObjectiveScale) + _data.Constant;
        return status;
    }

    private double ValueOf(int j) => _state[j] == AtLower ? _low[j] : _up[j];

    // alpha = rho·N over structurals, −rho over logicals.
    private void PriceRow()
    {
        unchecked
        {
            if (_data.Full is { } full)
            {
                var target = _alpha.AsSpan(0, _n);
                target.Clear();
                for (var i = 0; i < _m; i++)
                {
                    if (Math.Abs(_rho[i]) > 1e-14)
                        AddMultiple(full[i], _rho[i], target);
                    _alpha[_n + i] = -_rho[i];
                }

                return;
            }

            for (var k = 0; k < _touchedCount; k++)
            {
                _alpha[_touched[k]] = 0;
                _seen[_touched[k]] = false;
            }

            _touchedCount = 0;
            for (var i = 0; i < _m; i++)
            {
                var weight = _rho[i];
                if (Math.Abs(weight) < 1e-14)
                    continue;
                for (var k = _data.RowStart[i]; k < _data.RowStart[i + 1]; k++)
                {
                    var j = _data.RowColumn[k];
                    if (_state[j] == Basic)
                        continue;
                    if (!_seen[j])
                    {
                        _seen[j] = true;
                        _touched[_touchedCount++] = j;
                    }

                    _alpha[j] += weight * _data.RowValue[k];
                }

                if (_state[_n + i] != Basic)
                {
                    _seen[_n + i] = true;
                    _touched[_touchedCount++] = _n + i;
                    _alpha[_n + i] = -weight;
                }
            }
        }
    }

    // The long-step ratio test: passes breakpoints while the dual objective still rises, and notes whom to flip.
    private int RatioTest(int leave, bool below, out double step, ref double objective)
    {
        unchecked
        {
            var p = _head[leave];
            var slope = below ? _low[p] - _basic[leave] : _basic[leave] - _up[p];
            var count = 0;
            var sign = below ? -1.0 : 1.0;
            var total = _data.Full is not null ? _all : _touchedCount;
            for (var k = 0; k < total; k++)
            {
                var j = _data.Full is not null ? k : _touched[k];
                var state = _state[j];
                if (state == Basic || _low[j] == _up[j])
                    continue;
                var a = sign * _alpha[j];
                if (state == AtLower ? a > PivotTolerance : a < -PivotTolerance)
                {
                    _candidates[count] = j;
                    _ratios[count++] = Math.Max(_reduced[j] / a, 0);
                }
            }

            _flips = 0;
            step = 0;
            var start = 0;
            double passed = 0;
            var sorted = false;
            while (start < count)
            {
                if (!sorted && start > 12)
                {
                    Array.Sort(_ratios, _candidates, start, count - start);
                    sorted = true;
                }

                var best = start;
                if (!sorted)
                {
                    for (var k = start + 1; k < count; k++)
                    {
                        if (_ratios[k] < _ratios[best])
                            best = k;
                    }
                }

                // Among equal ratios the greatest pivot.
                var least = _ratios[best];
                if (!sorted)
                {
                    for (var k = start; k < count; k++)
                    {
                        if (_ratios[k] <= least + 1e-12 && Math.Abs(_alpha[_candidates[k]]) > Math.Abs(_alpha[_candidates[best]]))
                            best = k;
                    }
                }

                var j = _candidates[best];
                var ratio = _ratios[best];
                var size = Math.Abs(_alpha[j]);
                objective += slope * (ratio - passed);
                passed = ratio;
                var range = _up[j] - _low[j];
                var after = slope - (range * size);
                if (after < 0 || double.IsInfinity(range))
                {
                    // A tiny pivot is a poor one: the last flipped candidate may serve better at the same place.
                    step = _reduced[j] / _alpha[j];
                    return j;
                }

                slope = after;
                _flipped[_flips++] = j;
                (_candidates[best], _candidates[start]) = (_candidates[start], _candidates[best]);
                (_ratios[best], _ratios[start]) = (_ratios[start], _ratios[best]);
                start++;
            }

            // Every column rests where it helps most and the row is still violated: empty, if the slope says so clearly.
            if (slope > PrimalTolerance || _flips == 0)
                return -1;
            var last = _flipped[--_flips];
            step = _reduced[last] / _alpha[last];
            return last;
        }
    }

    private void Flip()
    {
        unchecked
        {
            if (_flips == 0)
                return;
            Array.Clear(_flip);
            for (var k = 0; k < _flips; k++)
            {
                var j = _flipped[k];
                var before = ValueOf(j);
                _state[j] = _state[j] == AtLower ? AtUpper : AtLower;
                AddColumn(j, ValueOf(j) - before, _flip);
            }

            _inverse.Forward(_flip);
            for (var i = 0; i < _m; i++)
                _basic[i] -= _flip[i];
        }
    }

    private void AddColumn(int j, double factor, double[] target)
    {
        unchecked
        {
            if (j >= _n)
            {
                target[j - _n] -= factor;
                return;
            }

            for (var k = _data.ColumnStart[j]; k < _data.ColumnStart[j + 1]; k++)
                target[_data.ColumnRow[k]] += factor * _data.ColumnValue[k];
        }
    }

    private void Refactor()
    {
        // Weights follow their variable, for factoring reorders the head.
        for (var i = 0; i < _m; i++)
        {
            if (_head[i] >= 0)
                _weightOf[_head[i]] = _weight[i];
        }

        if (!_inverse.Factor(_data, _head))
        {
            // Some columns were replaced by logical ones: who is basic now is told by the head alone.
            for (var j = 0; j < _all; j++)
            {
                if (_state[j] == Basic)
                    _state[j] = double.IsInfinity(_low[j]) || (!double.IsInfinity(_up[j]) && j < _n && _data.Cost[j] < 0) ? AtUpper : AtLower;
            }

            for (var i = 0; i < _m; i++)
            {
                if (_weightOf[_head[i]] == 0)
                    _weightOf[_head[i]] = 1;
                _state[_head[i]] = Basic;
            }
        }

        for (var i = 0; i < _m; i++)
        {
            _weight[i] = _weightOf[_head[i]];
            _weightOf[_head[i]] = 0;
        }

        _fresh = false;
    }

    // Reduced costs from scratch; each boxed column goes to the bound that its reduced cost asks for; then the basic values.
    private void Recompute()
    {
        unchecked
        {
            for (var i = 0; i < _m; i++)
                _tau[i] = _data.Cost[_head[i]];
            _inverse.Backward(_tau);
            Array.Copy(_data.Cost, _reduced, _all);
            for (var i = 0; i < _m; i++)
            {
                var y = _tau[i];
                _reduced[_n + i] = y;
                if (y == 0)
                    continue;
                for (var k = _data.RowStart[i]; k < _data.RowStart[i + 1]; k++)
                    _reduced[_data.RowColumn[k]] -= y * _data.RowValue[k];
            }

            for (var i = 0; i < _m; i++)
                _reduced[_head[i]] = 0;
            Array.Clear(_flip);
            for (var j = 0; j < _all; j++)
            {
                if (_state[j] == Basic)
                    continue;
                if (_low[j] < _up[j])
                {
                    if (double.IsInfinity(_low[j]))
                        _state[j] = AtUpper;
                    else if (double.IsInfinity(_up[j]))
                        _state[j] = AtLower;
                    else if (_reduced[j] > 1e-11)
                        _state[j] = AtLower;
                    else if (_reduced[j] < -1e-11)
                        _state[j] = AtUpper;
                }

                var value = ValueOf(j);
                if (value != 0)
                    AddColumn(j, value, _flip);
            }

            _inverse.Forward(_flip);
            for (var i = 0; i < _m; i++)
                _basic[i] = -_flip[i];
            _fresh = true;
        }
    }

    private double DualObjective()
    {
        unchecked
        {
            double sum = 0;
            for (var j = 0; j < _all; j++)
            {
                if (_state[j] != Basic && _reduced[j] != 0)
                    sum += _reduced[j] * ValueOf(j);
            }

            return sum;
        }
    }
}
