namespace Minka.Selection.Optimal;

/// <summary>The inverse as a full matrix: fastest while the rows are few.</summary>
internal sealed class DenseInverse(int rows) : BasisInverse
{
    private readonly double[] _inverse = new double[rows * rows];
    private readonly double[] _work = new double[rows * rows];
    private readonly double[] _buffer = new double[rows];
    private readonly double[] _keptInverse = new double[rows * rows];
    private int _keptUpdates;

    public override int UpdateLimit => 100;

    public override void Keep()
    {
        Array.Copy(_inverse, _keptInverse, _inverse.Length);
        _keptUpdates = Updates;
    }

    public override bool Return()
    {
        Array.Copy(_keptInverse, _inverse, _inverse.Length);
        Updates = _keptUpdates;
        return true;
    }

    public override bool Factor(LinearData data, int[] head)
    {
        unchecked
        {
            var m = rows;
            Updates = 0;
            Array.Clear(_work);
            Array.Clear(_inverse);

            // Logical columns (−e) pivot in their own row; the others by Gauss-Jordan with partial pivoting.
            var taken = new bool[m];
            var order = new int[m];
            Array.Fill(order, -1);
            var rest = new List<int>();
            foreach (var variable in head)
            {
                if (variable >= data.Structurals)
                {
                    order[variable - data.Structurals] = variable;
                    taken[variable - data.Structurals] = true;
                }
                else if (variable >= 0)
                {
                    rest.Add(variable);
                }
            }

            for (var i = 0; i < m; i++)
                _inverse[(i * m) + i] = order[i] >= 0 ? -1 : 1;
            var column = _buffer;
            foreach (var variable in rest)
            {
                // The column in the coordinates of what is inverted so far.
                Array.Clear(column);
                for (var k = data.ColumnStart[variable]; k < data.ColumnStart[variable + 1]; k++)
                {
                    var (row, value) = (data.ColumnRow[k], data.ColumnValue[k]);
                    for (var i = 0; i < m; i++)
                        column[i] += _inverse[(i * m) + row] * value;
                }

                var pivot = -1;
                for (var i = 0; i < m; i++)
                {
                    if (!taken[i] && (pivot < 0 || Math.Abs(column[i]) > Math.Abs(column[pivot])))
                        pivot = i;
                }

                if (pivot < 0 || Math.Abs(column[pivot]) < 1e-10)
                    continue;
                taken[pivot] = true;
                order[pivot] = variable;
                Eliminate(pivot, column);
            }

            // A row that is left still has its own unit vector as its column of the inverse: its logical column turns the sign.
            var whole = true;
            for (var i = 0; i < m; i++)
            {
                if (taken[i])
                    continue;
                whole = false;
                order[i] = data.Structurals + i;
                for (var k = 0; k < m; k++)
                    _inverse[(i * m) + k] = -_inverse[(i * m) + k];
            }

            order.CopyTo(head, 0);
            return whole;
        }
    }

    public override void Forward(double[] x)
    {
        unchecked
        {
            var m = rows;
            for (var i = 0; i < m; i++)
            {
                double sum = 0;
                var row = _inverse.AsSpan(i * m, m);
                for (var k = 0; k < row.Length; k++)
                    sum += row[k] * x[k];
                _buffer[i] = sum;
            }

            Array.Copy(_buffer, x, m);
        }
    }

    public override void Backward(double[] y)
    {
        unchecked
        {
            var m = rows;
            Array.Clear(_buffer);
            for (var i = 0; i < m; i++)
            {
                var weight = y[i];
                if (weight == 0)
                    continue;
                var row = _inverse.AsSpan(i * m, m);
                for (var k = 0; k < row.Length; k++)
                    _buffer[k] += weight * row[k];
            }

            Array.Copy(_buffer, y, m);
        }
    }

    public override void Row(int position, double[] rho) => Array.Copy(_inverse, position * rows, rho, 0, rows);

    public override void Update(int position, double[] column)
    {
        Eliminate(position, column);
        Updates++;
    }

    private void Eliminate(int pivot, double[] column)
    {
        unchecked
        {
            var m = rows;
            var source = _inverse.AsSpan(pivot * m, m);
            var scale = 1 / column[pivot];
            for (var k = 0; k < source.Length; k++)
                source[k] *= scale;
            for (var i = 0; i < m; i++)
            {
                var factor = column[i];
                if (i == pivot || factor == 0)
                    continue;
                var target = _inverse.AsSpan(i * m, m);
                for (var k = 0; k < source.Length; k++)
                    target[k] -= factor * source[k];
            }
        }
    }
}
