namespace Minka.Selection.Optimal;

/// <summary>Fixings, what follows from them row by row, and the way back.</summary>
internal sealed partial class TreeSearch
{
    /// <summary>A row's bounds in force.</summary>
    public (long? Lower, long? Upper) BoundsOf(int row) => (_lower[row] == long.MinValue ? null : _lower[row], _upper[row] == long.MaxValue ? null : _upper[row]);

    /// <summary>Demands that one of a row's columns is taken.</summary>
    public void Demand(int row) => Apply(new Change(-2 - row, 1, _upper[row]));

    private void Apply(Change change)
    {
        if (change.Index >= 0)
        {
            Fix(change.Index, change.Low == 1);
            return;
        }

        var row = -2 - change.Index;
        _trail.Add(new Change(change.Index, _lower[row], _upper[row]));
        _lower[row] = change.Low;
        _upper[row] = change.Up;
        _simplex.SetRow(row, change.Low == long.MinValue ? null : change.Low, change.Up == long.MaxValue ? null : change.Up);
        Mark(row);
    }

    public void Fix(int column, bool value)
    {
        unchecked
        {
            if (_fixed[column] >= 0)
            {
                if (_fixed[column] == 1 != value)
                    throw new InvalidOperationException($"Column {column} is fixed to the other value already.");
                return;
            }

            _fixed[column] = value ? (sbyte)1 : (sbyte)0;
            _free--;
            _trail.Add(new Change(column, 0, 0));
            for (var k = _data.ColumnStart[column]; k < _data.ColumnStart[column + 1]; k++)
            {
                var (row, a) = (_data.ColumnRow[k], _columnEntry[k]);
                if (value == a > 0)
                    _least[row] += Math.Abs(a);
                else
                    _most[row] -= Math.Abs(a);
                if (!_isDirty[row])
                    Mark(row);
            }

            _simplex.SetColumn(column, value ? 1 : 0, value ? 1 : 0);
        }
    }

    private void Mark(int row)
    {
        if (_isDirty[row])
            return;
        _isDirty[row] = true;
        _dirty.Enqueue(row);
    }

    /// <summary>Takes back everything after a mark of the trail.</summary>
    public void Undo(int mark)
    {
        unchecked
        {
            while (_trail.Count > mark)
            {
                var change = _trail[^1];
                _trail.RemoveAt(_trail.Count - 1);
                if (change.Index < 0)
                {
                    var r = -2 - change.Index;
                    _lower[r] = change.Low;
                    _upper[r] = change.Up;
                    _simplex.SetRow(r, change.Low == long.MinValue ? null : change.Low, change.Up == long.MaxValue ? null : change.Up);
                    continue;
                }

                var column = change.Index;
                var value = _fixed[column] == 1;
                _fixed[column] = -1;
                _free++;
                for (var k = _data.ColumnStart[column]; k < _data.ColumnStart[column + 1]; k++)
                {
                    var (row, a) = (_data.ColumnRow[k], _columnEntry[k]);
                    if (value == a > 0)
                        _least[row] -= Math.Abs(a);
                    else
                        _most[row] += Math.Abs(a);
                }

                _simplex.SetColumn(column, 0, 1);
            }

            while (_dirty.TryDequeue(out var row))
                _isDirty[row] = false;
        }
    }

    /// <summary>The columns that are fixed, in the order of their fixing.</summary>
    public (int Column, bool Value)[] Fixings() => [.. _trail.Where(c => c.Index >= 0).Select(c => (c.Index, _fixed[c.Index] == 1))];

    public void MarkAll()
    {
        for (var i = 0; i < _m; i++)
            Mark(i);
    }

    /// <summary>Draws what follows from each changed row on its own.</summary>
    /// <returns>False if a row cannot be satisfied any more.</returns>
    public bool Propagate(ProofNode? proof)
    {
        unchecked
        {
            while (_dirty.TryDequeue(out var row))
            {
                _isDirty[row] = false;
                if (_lower[row] > _upper[row])
                    return FailBetween(proof, row);
                var greatest = _greatestEntry[row];
                if (_upper[row] != long.MaxValue)
                {
                    var slack = _upper[row] - _least[row];
                    if (slack < 0)
                        return Fail(proof, row, upper: true);
                    if (slack < greatest)
                        FixInRow(proof, row, slack, upper: true);
                }

                if (_lower[row] != long.MinValue)
                {
                    var slack = _most[row] - _lower[row];
                    if (slack < 0)
                        return Fail(proof, row, upper: false);
                    if (slack < greatest)
                        FixInRow(proof, row, slack, upper: false);
                }
            }

            return true;
        }
    }

    private bool Fail(ProofNode? proof, int row, bool upper)
    {
        if (proof is not null)
            proof.Closing = ProofStep.OfRow(_space.RowIds[row], upper, [], []);
        while (_dirty.TryDequeue(out var other))
            _isDirty[other] = false;
        return false;
    }

    // The two bounds of one row contradict each other.
    private bool FailBetween(ProofNode? proof, int row)
    {
        Fail(proof, row, upper: true);
        if (proof is not null)
            proof.Closing = new ProofStep(0, [_space.RowIds[row], _space.RowIds[row]], [1, -1], [], []);
        return false;
    }

    private void FixInRow(ProofNode? proof, int row, long slack, bool upper)
    {
        unchecked
        {
            var columns = proof is null ? null : new List<int>();
            var values = proof is null ? null : new List<bool>();
            for (var k = _data.RowStart[row]; k < _data.RowStart[row + 1]; k++)
            {
                var j = _data.RowColumn[k];
                if (_fixed[j] >= 0 || Math.Abs(_rowEntry[k]) <= slack)
                    continue;
                var value = _rowEntry[k] > 0 != upper;
                columns?.Add(j);
                values?.Add(value);
                Fix(j, value);
            }

            if (columns is { Count: > 0 })
                proof!.Add(ProofStep.OfRow(_space.RowIds[row], upper, [.. columns.Select(j => _space.Columns[j])], [.. values!]));
        }
    }
}
