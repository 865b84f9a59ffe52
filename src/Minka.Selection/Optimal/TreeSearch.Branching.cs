namespace Minka.Selection.Optimal;

/// <summary>On what to branch, and the two children.</summary>
internal sealed partial class TreeSearch
{
    // For each column the shortest row that lets at most one of its columns be 1, or −1.
    private static int[] OneOfRows(ZeroOneProgram program)
    {
        var best = new int[program.Columns];
        Array.Fill(best, -1);
        for (var i = 0; i < program.Rows.Count; i++)
        {
            var row = program.Rows[i];
            if (row.Upper != 1 || row.Lower is not null || row.Columns.Count < 2 || row.Coefficients.Any(a => a != 1))
                continue;
            foreach (var j in row.Columns)
            {
                if (best[j] < 0 || program.Rows[best[j]].Columns.Count > row.Columns.Count)
                    best[j] = i;
            }
        }

        return best;
    }

    /// <summary>Columns, and those of which they are alternatives.</summary>
    public IEnumerable<int> WithAlternatives(IEnumerable<int> columns) => columns.SelectMany(j => _oneOf[j] < 0 ? [j] : _program.Rows[_oneOf[j]].Columns.Append(j)).Distinct();

    private double RowSum(int row)
    {
        double sum = 0;
        for (var k = _data.RowStart[row]; k < _data.RowStart[row + 1]; k++)
            sum += _x[_data.RowColumn[k]] * _rowEntry[k];
        return sum;
    }

    private bool BranchOnCount(Pending node, ProofNode? proof, List<Pending> stack, double bound)
    {
        var row = CountRow;
        if (_lower[row] == _upper[row])
            return false;
        var sum = RowSum(row);
        var floor = Math.Floor(sum);
        var fraction = sum - floor;
        if (fraction is < 0.02 or > 0.98)
            return false;
        var split = (long)floor;
        if (split < _lower[row] || split >= _upper[row])
            return false;
        PushRow(node, proof, stack, row, split, bound, sum);
        return true;
    }

    // Two children: the row's sum at most here, or above.
    private void PushRow(Pending node, ProofNode? proof, List<Pending> stack, int row, long split, double bound, double sum)
    {
        var fraction = sum - split;
        var basis = _simplex.Save();
        ProofNode? zero = null, one = null;
        if (proof is not null)
        {
            proof.Branch = -2 - _space.RowIds[row];
            proof.Split = split;
            proof.Zero = zero = new ProofNode();
            proof.One = one = new ProofNode();
        }

        var branch = row == CountRow ? -1 : _n + row;
        var at = new Pending { Mark = _trail.Count, Apply = new Change(-2 - row, _lower[row], split), Basis = basis, Bound = bound, Node = zero, Branch = branch, Fraction = fraction, ParentBound = bound, Depth = node.Depth + 1 };
        var above = new Pending { Mark = _trail.Count, Apply = new Change(-2 - row, split + 1, _upper[row]), Basis = basis, Bound = bound, Node = one, Branch = branch, Up = true, Fraction = fraction, ParentBound = bound, Depth = node.Depth + 1 };
        if (fraction > 0.5)
        {
            stack.Add(at);
            stack.Add(above);
        }
        else
        {
            stack.Add(above);
            stack.Add(at);
        }

        // The next goes on from the basis at hand.
        stack[^1].Basis = null;
    }

    // Without a usable relaxation, or where only ties keep the node open: the first free column of the published order, because ties are
    // closed along it; else any.
    private void BranchBlindly(Pending node, ProofNode? proof, List<Pending> stack)
    {
        var column = -1;
        foreach (var j in _state.Order)
        {
            if (_fixed[j] < 0)
            {
                column = j;
                break;
            }
        }

        for (var j = 0; j < _n && column < 0; j++)
        {
            if (_fixed[j] < 0)
                column = j;
        }

        Push(node, proof, stack, column, _x[column] > 0.5, node.Bound, double.NaN);
    }

    private void Push(Pending node, ProofNode? proof, List<Pending> stack, int column, bool first, double bound, double fraction)
    {
        ProofNode? zero = null, one = null;
        if (proof is not null)
        {
            proof.Branch = _space.Columns[column];
            proof.Zero = zero = new ProofNode();
            proof.One = one = new ProofNode();
        }

        var later = first ? 0 : 1;
        stack.Add(new Pending { Mark = _trail.Count, Apply = new Change(column, later, later), Basis = _simplex.Save(), Bound = bound, Node = first ? zero : one, Branch = column, Up = later == 1, Fraction = fraction, ParentBound = bound, Depth = node.Depth + 1 });
        var now = 1 - later;
        stack.Add(new Pending { Mark = _trail.Count, Apply = new Change(column, now, now), Bound = bound, Node = first ? one : zero, Branch = column, Up = now == 1, Fraction = fraction, ParentBound = bound, Depth = node.Depth + 1 });
    }

    private void Learn(Pending node, double bound)
    {
        if (double.IsNaN(node.Fraction))
            return;
        var loss = Math.Max(node.ParentBound - bound, 0);
        if (node.Up)
        {
            _upCost[node.Branch] += loss / (1 - node.Fraction);
            _upCount[node.Branch]++;
        }
        else
        {
            _downCost[node.Branch] += loss / node.Fraction;
            _downCount[node.Branch]++;
        }
    }

    // Reliability branching (Achterberg, Koch, Martin 2005): trial pivots while a column is little known, pseudo-costs after.
    private int Choose(Pending node, double bound)
    {
        double meanUp = 0, meanDown = 0;
        int ups = 0, downs = 0;
        var candidates = new List<(double Score, int Choice, double X)>();
        for (var k = 0; k < _upCount.Length; k++)
        {
            if (_upCount[k] > 0)
            {
                meanUp += _upCost[k] / _upCount[k];
                ups++;
            }

            if (_downCount[k] > 0)
            {
                meanDown += _downCost[k] / _downCount[k];
                downs++;
            }
        }

        meanUp = ups > 0 ? meanUp / ups : 1;
        meanDown = downs > 0 ? meanDown / downs : 1;
        void Consider(int k, double x)
        {
            var up = (1 - x) * (_upCount[k] > 0 ? _upCost[k] / _upCount[k] : meanUp);
            var down = x * (_downCount[k] > 0 ? _downCost[k] / _downCount[k] : meanDown);
            candidates.Add((Score(up, down), k, x));
        }

        _rowsMet.Clear();
        for (var j = 0; j < _n; j++)
        {
            var x = _x[j];
            if (_fixed[j] >= 0 || x <= Whole || x >= 1 - Whole)
                continue;

            // A column that is one of several alternatives: whether any of them is taken says more than whether this one is.
            if (_oneOf[j] is var row and >= 0 && RowSum(row) is var sum and > 0.01 and < 0.99 && HasOtherFree(row, j))
            {
                if (_rowsMet.Add(row))
                    Consider(_n + row, sum);
                continue;
            }

            Consider(j, x);
        }

        if (candidates.Count == 0)
            return -1;
        candidates.Sort((a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Choice.CompareTo(b.Choice));
        var best = candidates[0].Choice;
        var bestScore = double.NegativeInfinity;
        var trials = 0;
        var small = _m <= BasisInverse.GreatestDense;
        var reliable = small ? 4 : 1;
        var most = small ? 8 : node.Depth < 6 ? 8 : 3;
        var lookAhead = 0;
        foreach (var (score, choice, x) in candidates)
        {
            var known = Math.Min(_upCount[choice], _downCount[choice]) >= reliable;
            var value = score;
            if (!known && trials < most)
            {
                if (trials++ == 0)
                    _simplex.Keep();
                var needed = Needed;
                var stop = needed == long.MinValue ? double.NegativeInfinity : needed - 1e-6;
                var down = Trial(choice, 0, stop, bound, small ? 10 : 15);
                var up = Trial(choice, 1, stop, bound, small ? 10 : 15);
                _upCost[choice] += up / (1 - x);
                _upCount[choice]++;
                _downCost[choice] += down / x;
                _downCount[choice]++;
                value = Score(up, down);
            }

            if (value > bestScore)
            {
                (bestScore, best) = (value, choice);
                lookAhead = 0;
            }
            else if (++lookAhead > 4)
            {
                break;
            }
        }

        return best;
    }

    private readonly HashSet<int> _rowsMet = [];

    private bool HasOtherFree(int row, int column)
    {
        for (var k = _data.RowStart[row]; k < _data.RowStart[row + 1]; k++)
        {
            if (_data.RowColumn[k] != column && _fixed[_data.RowColumn[k]] < 0)
                return true;
        }

        return false;
    }

    // What the relaxation loses in a few pivots if a column, or an at-most-one row, takes a value.
    private double Trial(int choice, int value, double stop, double bound, int pivots)
    {
        if (choice < _n)
            _simplex.SetColumn(choice, value, value);
        else
            _simplex.SetRow(choice - _n, value == 0 ? null : 1, value);
        var status = _simplex.Solve(stop, pivots);
        var loss = Math.Max(bound - _simplex.Objective, 0);
        if (status == RelaxationStatus.Infeasible)
            loss = Math.Max(loss, _state.Best.Value == long.MinValue ? Math.Abs(bound) * 0.1 : bound - _state.Best.Value);
        if (choice < _n)
            _simplex.SetColumn(choice, 0, 1);
        else
            _simplex.SetRow(choice - _n, null, 1);
        _simplex.Return();
        return loss;
    }

    private static double Score(double up, double down) => Math.Max(up, 1e-6) * Math.Max(down, 1e-6);
}
