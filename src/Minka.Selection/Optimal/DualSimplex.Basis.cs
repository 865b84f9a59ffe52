namespace Minka.Selection.Optimal;

/// <summary>Bases: kept, loaded, taken over from other programs, factored anew.</summary>
internal sealed partial class DualSimplex
{
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
}
