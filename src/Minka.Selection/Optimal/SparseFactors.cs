namespace Minka.Selection.Optimal;

/// <summary>
/// Sparse triangular factors with product-form updates: columns and rows with a single entry are pivoted first without arithmetic, what is
/// left is factored column by column with threshold pivoting.
/// </summary>
internal sealed class SparseFactors(int rows) : BasisInverse
{
    private readonly double[] _diagonal = new double[rows];
    private readonly int[] _pivotRows = new int[rows];
    private readonly Pool _lower = new();
    private readonly Pool _upperColumns = new();
    private readonly Pool _upperRows = new();
    private readonly int[] _lowerStart = new int[rows + 1];
    private readonly int[] _upperStart = new int[rows + 1];
    private readonly int[] _upperRowStart = new int[rows + 1];
    private readonly Pool _etas = new();
    private readonly List<int> _etaStart = [0];
    private readonly List<int> _etaRow = [];
    private readonly List<double> _etaPivot = [];
    private readonly double[] _work = new double[rows];
    private (int Factors, int Updates, int Entries) _kept;
    private int _factors;

    public override int UpdateLimit => 80;

    public override void Keep() => _kept = (_factors, Updates, _etas.Count);

    public override bool Return()
    {
        if (_kept.Factors != _factors)
            return false;
        Updates = _kept.Updates;
        _etas.Count = _kept.Entries;
        _etaStart.RemoveRange(Updates + 1, _etaStart.Count - Updates - 1);
        _etaRow.RemoveRange(Updates, _etaRow.Count - Updates);
        _etaPivot.RemoveRange(Updates, _etaPivot.Count - Updates);
        return true;
    }

    public override bool Factor(LinearData data, int[] head)
    {
        unchecked
        {
            var m = rows;
            _factors++;
            Updates = 0;
            _etas.Count = 0;
            _etaStart.Clear();
            _etaStart.Add(0);
            _etaRow.Clear();
            _etaPivot.Clear();
            _lower.Count = _upperColumns.Count = 0;

            // Entries of the basis by row, and how many are active in each row and column.
            var rowCount = new int[m];
            var columnCount = new int[m];
            for (var c = 0; c < m; c++)
            {
                var v = head[c];
                if (v < 0)
                    continue;
                if (v >= data.Structurals)
                {
                    columnCount[c] = 1;
                    rowCount[v - data.Structurals]++;
                }
                else
                {
                    columnCount[c] = data.ColumnStart[v + 1] - data.ColumnStart[v];
                    for (var k = data.ColumnStart[v]; k < data.ColumnStart[v + 1]; k++)
                        rowCount[data.ColumnRow[k]]++;
                }
            }

            var rowStart = new int[m + 1];
            for (var i = 0; i < m; i++)
                rowStart[i + 1] = rowStart[i] + rowCount[i];
            var byRow = new int[rowStart[m]];
            var fill = (int[])rowStart.Clone();
            for (var c = 0; c < m; c++)
            {
                var v = head[c];
                if (v < 0)
                    continue;
                if (v >= data.Structurals)
                {
                    byRow[fill[v - data.Structurals]++] = c;
                    continue;
                }

                for (var k = data.ColumnStart[v]; k < data.ColumnStart[v + 1]; k++)
                    byRow[fill[data.ColumnRow[k]]++] = c;
            }

            var pivotOfRow = new int[m];
            Array.Fill(pivotOfRow, -1);
            var columnDone = new bool[m];
            var order = new int[m];
            var stage = 0;
            var queue = new Queue<int>();
            for (var c = 0; c < m; c++)
            {
                if (columnCount[c] == 1)
                    queue.Enqueue(c);
            }

            // Columns with one active entry: pivot, their other entries (in pivoted rows) go to U.
            while (queue.TryDequeue(out var c))
            {
                if (columnDone[c] || columnCount[c] != 1)
                    continue;
                var row = -1;
                double value = 0;
                foreach (var (i, a) in Entries(data, head[c]))
                {
                    if (pivotOfRow[i] < 0)
                    {
                        (row, value) = (i, a);
                        break;
                    }
                }

                if (row < 0 || Math.Abs(value) < 1e-9)
                    continue;
                foreach (var (i, a) in Entries(data, head[c]))
                {
                    if (i != row)
                        _upperColumns.Add(i, a);
                }

                columnDone[c] = true;
                order[row] = head[c];
                pivotOfRow[row] = stage;
                _pivotRows[stage] = row;
                _diagonal[row] = value;
                _lowerStart[stage + 1] = _lower.Count;
                _upperStart[++stage] = _upperColumns.Count;
                for (var k = rowStart[row]; k < rowStart[row + 1]; k++)
                {
                    if (!columnDone[byRow[k]] && --columnCount[byRow[k]] == 1)
                        queue.Enqueue(byRow[k]);
                }
            }

            // Rows with one active entry: pivot, the rest of the column goes to L.
            for (var i = 0; i < m; i++)
            {
                rowCount[i] = 0;
                if (pivotOfRow[i] >= 0)
                    continue;
                for (var k = rowStart[i]; k < rowStart[i + 1]; k++)
                {
                    if (!columnDone[byRow[k]])
                        rowCount[i]++;
                }

                if (rowCount[i] == 1)
                    queue.Enqueue(i);
            }

            while (queue.TryDequeue(out var row))
            {
                if (pivotOfRow[row] >= 0 || rowCount[row] != 1)
                    continue;
                var c = -1;
                for (var k = rowStart[row]; k < rowStart[row + 1]; k++)
                {
                    if (!columnDone[byRow[k]])
                    {
                        c = byRow[k];
                        break;
                    }
                }

                if (c < 0)
                    continue;
                double value = 0;
                foreach (var (i, a) in Entries(data, head[c]))
                {
                    if (i == row)
                        value = a;
                }

                if (Math.Abs(value) < 1e-6)
                {
                    // Too small to divide by: left to the threshold pivoting below.
                    rowCount[row] = 0;
                    continue;
                }

                columnDone[c] = true;
                foreach (var (i, a) in Entries(data, head[c]))
                {
                    if (i == row)
                        continue;
                    if (pivotOfRow[i] >= 0)
                    {
                        _upperColumns.Add(i, a);
                    }
                    else
                    {
                        _lower.Add(i, a / value);
                        if (--rowCount[i] == 1)
                            queue.Enqueue(i);
                    }
                }

                order[row] = head[c];
                pivotOfRow[row] = stage;
                _pivotRows[stage] = row;
                _diagonal[row] = value;
                _lowerStart[stage + 1] = _lower.Count;
                _upperStart[++stage] = _upperColumns.Count;
            }

            // The rest, column by column: x = L⁻¹·a over the stages so far, then a pivot among the rows that are left.
            var nucleus = new List<int>();
            for (var c = 0; c < m; c++)
            {
                if (!columnDone[c] && head[c] >= 0)
                    nucleus.Add(c);
            }

            nucleus.Sort((a, b) => columnCount[a] != columnCount[b] ? columnCount[a].CompareTo(columnCount[b]) : a.CompareTo(b));
            var first = stage;
            Array.Clear(_work);
            var touched = new List<int>();
            foreach (var c in nucleus)
            {
                touched.Clear();
                foreach (var (i, a) in Entries(data, head[c]))
                {
                    _work[i] = a;
                    touched.Add(i);
                }

                // Rows pivoted as the only entry of a row cannot be met by these columns; earlier columns of the rest can.
                for (var s = first; s < stage; s++)
                {
                    var x = _work[_pivotRows[s]];
                    if (x == 0)
                        continue;
                    for (var k = _lowerStart[s]; k < _lowerStart[s + 1]; k++)
                    {
                        var i = _lower.Index[k];
                        if (_work[i] == 0)
                        {
                            touched.Add(i);
                            _work[i] = -x * _lower.Value[k];
                            if (_work[i] == 0)
                                _work[i] = 1e-300;
                        }
                        else
                        {
                            _work[i] -= x * _lower.Value[k];
                            if (_work[i] == 0)
                                _work[i] = 1e-300;
                        }
                    }
                }

                double greatest = 0;
                foreach (var i in touched)
                {
                    if (pivotOfRow[i] < 0)
                        greatest = Math.Max(greatest, Math.Abs(_work[i]));
                }

                if (greatest < 1e-9)
                {
                    foreach (var i in touched)
                        _work[i] = 0;
                    continue;
                }

                var pivot = -1;
                foreach (var i in touched)
                {
                    if (pivotOfRow[i] >= 0 || Math.Abs(_work[i]) < 0.1 * greatest)
                        continue;
                    if (pivot < 0 || rowCount[i] < rowCount[pivot] || (rowCount[i] == rowCount[pivot] && Math.Abs(_work[i]) > Math.Abs(_work[pivot])))
                        pivot = i;
                }

                var diagonal = _work[pivot];
                foreach (var i in touched)
                {
                    var value = _work[i];
                    _work[i] = 0;
                    if (i == pivot || Math.Abs(value) < 1e-14)
                        continue;
                    if (pivotOfRow[i] >= 0)
                        _upperColumns.Add(i, value);
                    else
                        _lower.Add(i, value / diagonal);
                }

                order[pivot] = head[c];
                pivotOfRow[pivot] = stage;
                _pivotRows[stage] = pivot;
                _diagonal[pivot] = diagonal;
                _lowerStart[stage + 1] = _lower.Count;
                _upperStart[++stage] = _upperColumns.Count;
            }

            var whole = true;
            for (var i = 0; i < m; i++)
            {
                if (pivotOfRow[i] >= 0)
                    continue;
                whole = false;
                order[i] = data.Structurals + i;
                pivotOfRow[i] = stage;
                _pivotRows[stage] = i;
                _diagonal[i] = -1;
                _lowerStart[stage + 1] = _lower.Count;
                _upperStart[++stage] = _upperColumns.Count;
            }

            order.CopyTo(head, 0);
            TransposeUpper(m, pivotOfRow);
            return whole;
        }
    }

    public override void Forward(double[] x)
    {
        unchecked
        {
            var m = rows;
            for (var s = 0; s < m; s++)
            {
                int from = _lowerStart[s], to = _lowerStart[s + 1];
                if (from == to)
                    continue;
                var value = x[_pivotRows[s]];
                if (value == 0)
                    continue;
                for (var k = from; k < to; k++)
                    x[_lower.Index[k]] -= value * _lower.Value[k];
            }

            for (var s = m - 1; s >= 0; s--)
            {
                var row = _pivotRows[s];
                if (x[row] == 0)
                    continue;
                var value = x[row] /= _diagonal[row];
                for (var k = _upperStart[s]; k < _upperStart[s + 1]; k++)
                    x[_upperColumns.Index[k]] -= value * _upperColumns.Value[k];
            }

            for (var e = 0; e < _etaRow.Count; e++)
            {
                var row = _etaRow[e];
                if (x[row] == 0)
                    continue;
                var value = x[row] /= _etaPivot[e];
                for (var k = _etaStart[e]; k < _etaStart[e + 1]; k++)
                    x[_etas.Index[k]] -= value * _etas.Value[k];
            }
        }
    }

    public override void Backward(double[] y)
    {
        unchecked
        {
            for (var e = _etaRow.Count - 1; e >= 0; e--)
            {
                var row = _etaRow[e];
                var sum = y[row];
                for (var k = _etaStart[e]; k < _etaStart[e + 1]; k++)
                    sum -= _etas.Value[k] * y[_etas.Index[k]];
                y[row] = sum / _etaPivot[e];
            }

            var m = rows;
            for (var s = 0; s < m; s++)
            {
                var row = _pivotRows[s];
                if (y[row] == 0)
                    continue;
                var value = y[row] /= _diagonal[row];
                for (var k = _upperRowStart[s]; k < _upperRowStart[s + 1]; k++)
                    y[_upperRows.Index[k]] -= value * _upperRows.Value[k];
            }

            for (var s = m - 1; s >= 0; s--)
            {
                int from = _lowerStart[s], to = _lowerStart[s + 1];
                if (from == to)
                    continue;
                double sum = 0;
                for (var k = from; k < to; k++)
                    sum += _lower.Value[k] * y[_lower.Index[k]];
                y[_pivotRows[s]] -= sum;
            }
        }
    }

    public override void Row(int position, double[] rho)
    {
        Array.Clear(rho);
        rho[position] = 1;
        Backward(rho);
    }

    public override void Update(int position, double[] column)
    {
        for (var i = 0; i < rows; i++)
        {
            if (i != position && Math.Abs(column[i]) > 1e-14)
                _etas.Add(i, column[i]);
        }

        _etaStart.Add(_etas.Count);
        _etaRow.Add(position);
        _etaPivot.Add(column[position]);
        Updates++;
    }

    // U by rows, so that a solve with its transpose can skip zeros.
    private void TransposeUpper(int m, int[] stageOfRow)
    {
        unchecked
        {
            Array.Clear(_upperRowStart);
            for (var k = 0; k < _upperColumns.Count; k++)
                _upperRowStart[stageOfRow[_upperColumns.Index[k]] + 1]++;
            for (var s = 0; s < m; s++)
                _upperRowStart[s + 1] += _upperRowStart[s];
            _upperRows.Reserve(_upperColumns.Count);
            _upperRows.Count = _upperColumns.Count;
            var fill = (int[])_upperRowStart.Clone();
            for (var s = 0; s < m; s++)
            {
                for (var k = _upperStart[s]; k < _upperStart[s + 1]; k++)
                {
                    var slot = fill[stageOfRow[_upperColumns.Index[k]]]++;
                    _upperRows.Index[slot] = _pivotRows[s];
                    _upperRows.Value[slot] = _upperColumns.Value[k];
                }
            }
        }
    }

    private static ColumnEntries Entries(LinearData data, int variable) => new(data, variable);

    private readonly struct ColumnEntries(LinearData data, int variable)
    {
        public Enumerator GetEnumerator() => new(data, variable);

        public struct Enumerator(LinearData data, int variable)
        {
            private int _at = variable >= data.Structurals ? -1 : data.ColumnStart[variable] - 1;
            private bool _done;

            public readonly (int Row, double Value) Current => variable >= data.Structurals ? (variable - data.Structurals, -1) : (data.ColumnRow[_at], data.ColumnValue[_at]);

            public bool MoveNext()
            {
                if (variable >= data.Structurals)
                {
                    if (_done)
                        return false;
                    return _done = true;
                }

                return ++_at < data.ColumnStart[variable + 1];
            }
        }
    }

    private sealed class Pool
    {
        public int[] Index = new int[64];
        public double[] Value = new double[64];
        public int Count;

        public void Add(int index, double value)
        {
            Reserve(Count + 1);
            Index[Count] = index;
            Value[Count++] = value;
        }

        public void Reserve(int count)
        {
            if (count <= Index.Length)
                return;
            Array.Resize(ref Index, Math.Max(count, Index.Length * 2));
            Array.Resize(ref Value, Index.Length);
        }
    }
}
