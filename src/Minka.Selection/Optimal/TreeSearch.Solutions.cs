namespace Minka.Selection.Optimal;

/// <summary>Solutions from the relaxation and from others.</summary>
internal sealed partial class TreeSearch
{
    private bool Round()
    {
        var chosen = new bool[_n];
        for (var j = 0; j < _n; j++)
            chosen[j] = _fixed[j] >= 0 ? _fixed[j] == 1 : _x[j] > 0.5;
        return _state.Best.Offer(_space.Whole(chosen)) || _state.Best.Value != long.MinValue;
    }

    private void Point()
    {
        var chosen = new bool[_n];
        for (var j = 0; j < _n; j++)
            chosen[j] = _fixed[j] == 1;
        _state.Best.Offer(_space.Whole(chosen));
    }

    /// <summary>Rounds the relaxation: columns by their value in it, then by value for priced use, each taken if the rows still allow it.</summary>
    public void RoundGreedily()
    {
        var mark = _trail.Count;
        var merit = new double[_n];
        for (var j = 0; j < _n; j++)
        {
            double price = 0;
            for (var k = _data.ColumnStart[j]; k < _data.ColumnStart[j + 1]; k++)
                price += _duals[_data.ColumnRow[k]] * _columnEntry[k];
            merit[j] = _program.Values[j] / Math.Max(price, 1e-9);
        }

        var x = (double[])_x.Clone();
        var order = Enumerable.Range(0, _n).Where(j => _fixed[j] < 0).OrderByDescending(j => Math.Round(x[j], 6)).ThenByDescending(j => merit[j]).ThenBy(j => j).ToArray();
        foreach (var j in order)
        {
            if (_fixed[j] >= 0)
                continue;
            var before = _trail.Count;
            var want = _program.Values[j] > 0 || x[j] > 0.5;
            Fix(j, want);
            if (Propagate(null))
                continue;
            Undo(before);
            Fix(j, !want);
            if (!Propagate(null))
            {
                Undo(mark);
                return;
            }
        }

        Point();
        Undo(mark);
    }

    /// <summary>Exchanges one chosen column for another while that helps.</summary>
    public void ImproveBySwaps()
    {
        if (_n > 600 || _space.IsPart || _state.Best.Chosen is not { } start)
            return;
        unchecked
        {
            var chosen = (bool[])start.Clone();
            var sums = new long[_m];
            for (var i = 0; i < _m; i++)
            {
                for (var k = _data.RowStart[i]; k < _data.RowStart[i + 1]; k++)
                {
                    if (chosen[_data.RowColumn[k]])
                        sums[i] += _rowEntry[k];
                }
            }

            void Add(int j, int sign)
            {
                for (var k = _data.ColumnStart[j]; k < _data.ColumnStart[j + 1]; k++)
                    sums[_data.ColumnRow[k]] += sign * _columnEntry[k];
            }

            bool Holds()
            {
                for (var i = 0; i < _m; i++)
                {
                    if (sums[i] > _upper[i] || sums[i] < _lower[i])
                        return false;
                }

                return true;
            }

            for (var round = 0; round < 50; round++)
            {
                var improved = false;
                for (var enter = 0; enter < _n && !improved; enter++)
                {
                    if (chosen[enter] || _fixed[enter] >= 0)
                        continue;
                    Add(enter, 1);
                    if (_program.Values[enter] > 0 && Holds())
                    {
                        chosen[enter] = true;
                        improved = true;
                        break;
                    }

                    for (var leave = 0; leave < _n && !improved; leave++)
                    {
                        if (!chosen[leave] || _fixed[leave] >= 0 || _program.Values[enter] <= _program.Values[leave])
                            continue;
                        Add(leave, -1);
                        if (Holds())
                        {
                            chosen[enter] = true;
                            chosen[leave] = false;
                            improved = true;
                        }
                        else
                        {
                            Add(leave, 1);
                        }
                    }

                    if (!improved)
                        Add(enter, -1);
                }

                if (!improved)
                    break;
            }

            _state.Best.Offer(chosen);
        }
    }

    /// <summary>A limited search with the given columns fixed to the relaxation's values.</summary>
    public void Dive(IEnumerable<int> columns, BasisSnapshot basis, long nodes)
    {
        var mark = _trail.Count;
        _recording = false;
        _simplex.Load(basis);
        foreach (var j in columns)
        {
            var x = _x[j];
            if (_fixed[j] >= 0 || (x > Whole && x < 1 - Whole))
                continue;
            Fix(j, x > 0.5);
        }

        var values = (double[])_x.Clone();
        Search(null, double.MaxValue, 1, nodes);
        values.CopyTo(_x, 0);
        Undo(mark);
    }
}
