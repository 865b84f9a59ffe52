namespace Minka.Selection.Optimal;

/// <summary>The row of the tableau, the long-step ratio test over it, and the flips that it asks for.</summary>
internal sealed partial class DualSimplex
{
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
}
