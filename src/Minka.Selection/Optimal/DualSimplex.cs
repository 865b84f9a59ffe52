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
internal sealed partial class DualSimplex
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
