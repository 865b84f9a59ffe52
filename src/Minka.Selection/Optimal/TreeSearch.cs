namespace Minka.Selection.Optimal;

/// <summary>What all workers of a search share: the open subtrees, the best solution, the counts and the reasons to stop.</summary>
internal sealed class SearchState(ZeroOneProgram program, LinearData data, Incumbent best, int[] order, Func<bool> stop, int threads, bool record)
{
    public readonly int[] Order = order;
    public readonly ZeroOneProgram Program = program;
    public readonly LinearData Data = data;
    public Incumbent Best { get; private set; } = best;

    public void Replace(Incumbent best) => Best = best;

    public readonly Func<bool> Stop = stop;
    public readonly bool Record = record;
    public readonly int Threads = threads;
    public readonly PriorityQueue<SubTree, (double Bound, int Depth, long Number)> Open = new();

    /// <summary>True for programs of many rows: dive, then go on where the bound is greatest. Else strictly depth first.</summary>
    public bool BestFirst { get; init; } = data.Rows > BasisInverse.GreatestDense;

    private long _number;

    /// <summary>Adds a subtree; the caller holds the lock.</summary>
    public void Add(SubTree tree) => Open.Enqueue(tree, (-tree.Bound, -tree.Depth, _number++));

    public long Nodes;
    public long TieNodes;

    /// <summary>After so many nodes that only ties keep open, ties are left to the second phase.</summary>
    public long TieLimit = 2_000;
    public int Idle;
    public volatile bool Stopped;

    /// <summary>True where any solution of the needed value ends the search.</summary>
    public bool FirstWins;

    /// <summary>Nodes after which the search stops; counts over all workers.</summary>
    public long NodeLimit = long.MaxValue;

    /// <summary>The bounds of subtrees that were left open when the search stopped.</summary>
    public long OpenBound = long.MinValue;
}

/// <summary>A subtree that somebody can work on: the fixings that lead to it, its basis, its bound.</summary>
internal sealed record SubTree((int Index, long Low, long Up)[] Path, BasisSnapshot? Basis, double Bound, ProofNode? Node, int Depth);

/// <summary>
/// Depth-first branch and bound over one worker's relaxation. Every closed node is closed by integers (<see cref="IntegerBound"/>), by a
/// row that no completion can satisfy, or because all its columns are fixed.
/// </summary>
internal sealed class TreeSearch
{
    private const double Whole = 1e-6;

    private readonly SearchState _state;
    private readonly ZeroOneProgram _program;
    private readonly LinearData _data;
    private readonly DualSimplex _simplex;
    private readonly IntegerBound _bound;
    private readonly int _n, _m;
    private readonly sbyte[] _fixed;
    private readonly long[] _lower, _upper, _least, _most, _greatestEntry;
    private readonly long[] _rowEntry, _columnEntry;
    private readonly List<Change> _trail = [];
    private readonly Queue<int> _dirty = new();
    private readonly bool[] _isDirty;
    private readonly double[] _x, _duals;
    private readonly double[] _upCost, _downCost;
    private readonly int[] _upCount, _downCount;
    private readonly List<int> _stepColumns = [];
    private readonly List<bool> _stepValues = [];
    private int _free;
    private bool _recording;

    public TreeSearch(SearchState state)
    {
        _state = state;
        (_program, _data) = (state.Program, state.Data);
        (_n, _m) = (_program.Columns, _data.Rows);
        _simplex = new DualSimplex(_data);
        _bound = new IntegerBound(_program, _data);
        _fixed = new sbyte[_n];
        Array.Fill(_fixed, (sbyte)-1);
        _free = _n;
        _lower = new long[_m];
        _upper = new long[_m];
        _least = new long[_m];
        _most = new long[_m];
        _greatestEntry = new long[_m];
        _isDirty = new bool[_m];
        _rowEntry = new long[_data.RowColumn.Length];
        _columnEntry = new long[_data.RowColumn.Length];
        var next = (int[])_data.ColumnStart.Clone();
        for (var i = 0; i < _m; i++)
        {
            var row = _program.Rows[i];
            _lower[i] = row.Lower ?? long.MinValue;
            _upper[i] = row.Upper ?? long.MaxValue;
            _simplex.SetRow(i, row.Lower, row.Upper);
            for (var k = 0; k < row.Columns.Count; k++)
            {
                var a = row.Coefficients[k];
                _rowEntry[_data.RowStart[i] + k] = a;
                _columnEntry[next[row.Columns[k]]++] = a;
                _least[i] += Math.Min(a, 0);
                _most[i] += Math.Max(a, 0);
                _greatestEntry[i] = Math.Max(_greatestEntry[i], Math.Abs(a));
            }
        }

        _x = new double[_n];
        _duals = new double[_m];
        _upCost = new double[_n];
        _downCost = new double[_n];
        _upCount = new int[_n];
        _downCount = new int[_n];
    }

    public DualSimplex Simplex => _simplex;

    public sbyte[] Fixed => _fixed;

    public double[] X => _x;

    public double[] RowDuals => _duals;

    /// <summary>The row whose sum may be branched on (all columns with the same coefficient), or −1.</summary>
    public int CountRow { get; set; } = -1;

    private enum Outcome
    {
        Closed,
        Branched,
    }

    private readonly record struct Change(int Index, long Low, long Up);

    private sealed class Pending
    {
        public int Mark;
        public Change Apply;
        public BasisSnapshot? Basis;
        public double Bound;
        public ProofNode? Node;
        public int Branch;
        public double Fraction;
        public double ParentBound;
        public int Depth;
    }

    /// <summary>Takes subtrees from the shared stack until none is left or the search is stopped.</summary>
    public void Run()
    {
        while (true)
        {
            SubTree? work = null;
            lock (_state.Open)
            {
                // What is still open when the search stops counts with its bound.
                if (_state.Stopped)
                {
                    Monitor.PulseAll(_state.Open);
                    return;
                }

                while (!_state.Open.TryDequeue(out work, out _))
                {
                    _state.Idle++;
                    if (_state.Idle == _state.Threads || _state.Stopped)
                    {
                        Monitor.PulseAll(_state.Open);
                        return;
                    }

                    Monitor.Wait(_state.Open);
                    if (_state.Idle == _state.Threads || _state.Stopped)
                        return;
                    _state.Idle--;
                }
            }

            if (work.Node is null && _state.Best.Value != long.MinValue && FloorOf(work.Bound) < Needed)
                continue;
            Explore(work);
        }
    }

    private void Explore(SubTree tree)
    {
        Undo(0);
        _recording = _state.Record;
        foreach (var (index, low, up) in tree.Path)
            Apply(new Change(index, low, up));
        if (tree.Basis is not null)
            _simplex.Load(tree.Basis);
        Search(tree.Node, tree.Bound, tree.Depth, long.MaxValue);
    }

    /// <summary>Explores the subtree under the current fixings.</summary>
    /// <param name="root">Where to record the proof, or null.</param>
    /// <param name="bound">What is known to bound it.</param>
    /// <param name="depth">The depth of its root.</param>
    /// <param name="nodeLimit">Stop after so many nodes (for dives that need no proof).</param>
    /// <returns>True if it was explored to the end.</returns>
    public bool Search(ProofNode? root, double bound, int depth, long nodeLimit)
    {
        var stack = new List<Pending>();
        var baseMark = _trail.Count;
        var current = new Pending { Mark = baseMark, Bound = bound, Node = root, Branch = -1, Depth = depth };
        var share = nodeLimit == long.MaxValue;
        long visited = 0;
        while (true)
        {
            var nodes = Interlocked.Increment(ref _state.Nodes);
            visited++;
            if (_state.FirstWins && _state.Best.Chosen is not null)
                return true;
            if ((visited & 15) == 1 && (_state.Stop() || nodes > _state.NodeLimit))
            {
                if (share)
                    _state.Stopped = true;
            }

            if (_state.Stopped || visited > nodeLimit)
            {
                if (share)
                {
                    lock (_state.Open)
                    {
                        _state.OpenBound = Math.Max(_state.OpenBound, FloorOf(current.Bound));
                        foreach (var open in stack)
                            _state.OpenBound = Math.Max(_state.OpenBound, FloorOf(open.Bound));
                        Monitor.PulseAll(_state.Open);
                    }
                }

                return false;
            }

            if (Visit(current, stack) == Outcome.Branched)
            {
                // The first child is at hand: it was put on top.
            }

            if (share && stack.Count > 1 && (_state.BestFirst || (_state.Threads > 1 && _state.Idle > 0)))
                Donate(stack);
            if (share && _state.BestFirst && visited % 16 == 3 && stack.Count > 0)
                RoundGreedily();
            if (stack.Count == 0)
                return true;
            current = stack[^1];
            stack.RemoveAt(stack.Count - 1);
            if (_state.Best.Value != long.MinValue && FloorOf(current.Bound) < Needed && !_recording)
            {
                // Closed in the meantime by a better solution.
                while (stack.Count > 0 && FloorOf(current.Bound) < Needed)
                {
                    current = stack[^1];
                    stack.RemoveAt(stack.Count - 1);
                }

                if (FloorOf(current.Bound) < Needed)
                    return true;
            }

            Undo(current.Mark);
            Apply(current.Apply);
            if (current.Basis is not null)
                _simplex.Load(current.Basis);
        }
    }

    // Gives the open subtree nearest to the root to whoever waits.
    private void Donate(List<Pending> stack)
    {
        var given = stack[0];
        stack.RemoveAt(0);
        var path = new List<(int Index, long Low, long Up)>();
        // The bounds of rows at the mark: what the first later change replaced, or what is in force.
        var rows = new Dictionary<int, (long Low, long Up)>();
        for (var k = _trail.Count - 1; k >= given.Mark; k--)
        {
            if (_trail[k].Index < 0)
                rows[_trail[k].Index] = (_trail[k].Low, _trail[k].Up);
        }

        for (var k = 0; k < given.Mark; k++)
        {
            var index = _trail[k].Index;
            if (index >= 0)
                path.Add((index, _fixed[index], _fixed[index]));
            else if (rows.TryGetValue(index, out var bounds))
                path.Add((index, bounds.Low, bounds.Up));
            else
                path.Add((index, _lower[-2 - index], _upper[-2 - index]));
        }

        path.Add((given.Apply.Index, given.Apply.Low, given.Apply.Up));
        lock (_state.Open)
        {
            _state.Add(new SubTree([.. path], given.Basis, given.Bound, given.Node, given.Depth));
            Monitor.Pulse(_state.Open);
        }
    }

    private long Needed => _state.Best.Value is var v && v == long.MinValue ? long.MinValue : v + (_state.Best.Strict ? 1 : 0);

    private static long FloorOf(double bound) => bound >= 4e18 ? long.MaxValue : bound <= -4e18 ? long.MinValue : (long)Math.Floor(bound + 1e-6);

    private bool IsClosedBy(Int128 floor)
    {
        var value = _state.Best.Value;
        if (value == long.MinValue)
            return false;
        if (floor < value)
            return true;
        if (floor != value)
            return false;
        if (_state.Best.Strict || !_state.Best.CouldComeBefore(_fixed))
            return true;
        if (Interlocked.Increment(ref _state.TieNodes) > _state.TieLimit)
            _state.Best.Strict = true;
        return false;
    }

    private Outcome Visit(Pending node, List<Pending> stack)
    {
        var proof = _recording ? node.Node : null;
        if (!Propagate(proof))
            return Outcome.Closed;
        double bound;
        var passes = 0;
        while (true)
        {
            if (_free == 0)
            {
                Point();
                return Outcome.Closed;
            }

            var needed = Needed;
            var status = _simplex.Solve(needed == long.MinValue ? double.NegativeInfinity : needed - 1e-6, node.Depth == 0 ? 2_000 + (30 * (_m + _n)) : 5_000, _state.Stop);
            if (status == RelaxationStatus.Infeasible && _bound.Prove(_simplex.Ray!, ray: true, _fixed, _lower, _upper) && _bound.Total < 0)
            {
                Close(proof);
                return Outcome.Closed;
            }

            if (status == RelaxationStatus.Infeasible)
                status = RelaxationStatus.Stalled;
            _simplex.Duals(_duals);
            bound = node.Bound;
            var proven = _bound.Prove(_duals, ray: false, _fixed, _lower, _upper);
            if (proven)
            {
                bound = Math.Min(bound, (double)_bound.Total / _bound.Scale);
                if (IsClosedBy(_bound.Floor))
                {
                    Close(proof);
                    return Outcome.Closed;
                }
            }

            if (status == RelaxationStatus.Cutoff)
            {
                // Below by less than the rounding of the multipliers: solve on, then judge again.
                status = _simplex.Solve(double.NegativeInfinity, 5_000, _state.Stop);
                _simplex.Duals(_duals);
                proven = status == RelaxationStatus.Optimal && _bound.Prove(_duals, ray: false, _fixed, _lower, _upper);
                if (proven)
                {
                    bound = Math.Min(bound, (double)_bound.Total / _bound.Scale);
                    if (IsClosedBy(_bound.Floor))
                    {
                        Close(proof);
                        return Outcome.Closed;
                    }
                }
            }

            if (node.Branch >= 0 && passes == 0)
                Learn(node, bound);
            node.Bound = bound;
            if (status != RelaxationStatus.Optimal)
            {
                BranchBlindly(node, proof, stack);
                return Outcome.Branched;
            }

            _simplex.Values(_x);
            var whole = IsWhole();
            if (whole && Round() && proven && IsClosedBy(_bound.Floor))
            {
                Close(proof);
                return Outcome.Closed;
            }

            if (proven && FixByGain(proof))
            {
                if (!Propagate(proof))
                    return Outcome.Closed;
                // The relaxation's point may have been cut off by what followed from the fixings.
                if (++passes < 5 && !PointStands())
                    continue;
                if (_free == 0)
                    continue;
            }

            if (whole)
            {
                BranchBlindly(node, proof, stack);
                return Outcome.Branched;
            }

            break;
        }

        if (CountRow >= 0 && BranchOnCount(node, proof, stack, bound))
            return Outcome.Branched;
        var column = Choose(node, bound);
        if (column < 0)
        {
            BranchBlindly(node, proof, stack);
            return Outcome.Branched;
        }

        Push(node, proof, stack, column, _x[column] >= 0.5, bound, _x[column]);
        return Outcome.Branched;
    }

    private bool PointStands()
    {
        for (var j = 0; j < _n; j++)
        {
            if (_fixed[j] >= 0 && Math.Abs(_x[j] - _fixed[j]) > Whole)
                return false;
        }

        return true;
    }

    private bool IsWhole()
    {
        for (var j = 0; j < _n; j++)
        {
            var x = _x[j];
            if (x > Whole && x < 1 - Whole)
                return false;
        }

        return true;
    }

    private bool Round()
    {
        var chosen = new bool[_n];
        for (var j = 0; j < _n; j++)
            chosen[j] = _fixed[j] >= 0 ? _fixed[j] == 1 : _x[j] > 0.5;
        return _state.Best.Offer(chosen) || _state.Best.Value != long.MinValue;
    }

    private void Point()
    {
        var chosen = new bool[_n];
        for (var j = 0; j < _n; j++)
            chosen[j] = _fixed[j] == 1;
        _state.Best.Offer(chosen);
    }

    private void Close(ProofNode? proof)
    {
        if (proof is null)
            return;
        var (rows, multipliers) = _bound.Multipliers();
        proof.Closing = new ProofStep(_bound.Scale, rows, multipliers, [], []);
    }

    // Fixes columns whose other value the last bound excludes, by integers.
    private bool FixByGain(ProofNode? proof)
    {
        var needed = Needed;
        if (needed == long.MinValue)
            return false;
        _stepColumns.Clear();
        _stepValues.Clear();
        // Excluded if floor((Total − |gain|)/Scale) < needed, that is Total − |gain| < needed·Scale.
        var slack = _bound.Total - ((Int128)needed * _bound.Scale);
        if (_bound.ExactGains is { } gains)
        {
            var room = (double)slack;
            for (var j = 0; j < _n; j++)
            {
                if (_fixed[j] < 0 && Math.Abs(gains[j]) > room)
                {
                    _stepColumns.Add(j);
                    _stepValues.Add(gains[j] > 0);
                }
            }
        }
        else
        {
            for (var j = 0; j < _n; j++)
            {
                if (_fixed[j] >= 0)
                    continue;
                var gain = _bound.Gain(j);
                if (gain > slack || -gain > slack)
                {
                    _stepColumns.Add(j);
                    _stepValues.Add(gain > 0);
                }
            }
        }

        if (_stepColumns.Count == 0)
            return false;
        if (proof is not null)
        {
            var (rows, multipliers) = _bound.Multipliers();
            proof.Add(new ProofStep(_bound.Scale, rows, multipliers, [.. _stepColumns], [.. _stepValues]));
        }

        for (var k = 0; k < _stepColumns.Count; k++)
            Fix(_stepColumns[k], _stepValues[k]);
        return true;
    }

    private bool BranchOnCount(Pending node, ProofNode? proof, List<Pending> stack, double bound)
    {
        var row = CountRow;
        if (_lower[row] == _upper[row])
            return false;
        double sum = 0;
        for (var k = _data.RowStart[row]; k < _data.RowStart[row + 1]; k++)
            sum += _x[_data.RowColumn[k]] * _rowEntry[k];
        var floor = Math.Floor(sum);
        var fraction = sum - floor;
        if (fraction is < 0.02 or > 0.98)
            return false;
        var split = (long)floor;
        if (split < _lower[row] || split >= _upper[row])
            return false;
        var basis = _simplex.Save();
        ProofNode? zero = null, one = null;
        if (proof is not null)
        {
            proof.Branch = -2 - row;
            proof.Split = split;
            proof.Zero = zero = new ProofNode();
            proof.One = one = new ProofNode();
        }

        var at = new Pending { Mark = _trail.Count, Apply = new Change(-2 - row, _lower[row], split), Basis = basis, Bound = bound, Node = zero, Branch = -1, Depth = node.Depth + 1 };
        var above = new Pending { Mark = _trail.Count, Apply = new Change(-2 - row, split + 1, _upper[row]), Basis = basis, Bound = bound, Node = one, Branch = -1, Depth = node.Depth + 1 };
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

        return true;
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
            proof.Branch = column;
            proof.Zero = zero = new ProofNode();
            proof.One = one = new ProofNode();
        }

        var later = first ? 0 : 1;
        stack.Add(new Pending { Mark = _trail.Count, Apply = new Change(column, later, later), Basis = _simplex.Save(), Bound = bound, Node = first ? zero : one, Branch = column, Fraction = fraction, ParentBound = bound, Depth = node.Depth + 1 });
        var now = 1 - later;
        stack.Add(new Pending { Mark = _trail.Count, Apply = new Change(column, now, now), Bound = bound, Node = first ? one : zero, Branch = column, Fraction = fraction, ParentBound = bound, Depth = node.Depth + 1 });
    }

    private void Learn(Pending node, double bound)
    {
        if (double.IsNaN(node.Fraction))
            return;
        var loss = Math.Max(node.ParentBound - bound, 0);
        if (_fixed[node.Branch] == 1)
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
        var candidates = new List<(double Score, int Column)>();
        for (var j = 0; j < _n; j++)
        {
            if (_upCount[j] > 0)
            {
                meanUp += _upCost[j] / _upCount[j];
                ups++;
            }

            if (_downCount[j] > 0)
            {
                meanDown += _downCost[j] / _downCount[j];
                downs++;
            }
        }

        meanUp = ups > 0 ? meanUp / ups : 1;
        meanDown = downs > 0 ? meanDown / downs : 1;
        for (var j = 0; j < _n; j++)
        {
            var x = _x[j];
            if (_fixed[j] >= 0 || x <= Whole || x >= 1 - Whole)
                continue;
            var up = (1 - x) * (_upCount[j] > 0 ? _upCost[j] / _upCount[j] : meanUp);
            var down = x * (_downCount[j] > 0 ? _downCost[j] / _downCount[j] : meanDown);
            candidates.Add((Score(up, down), j));
        }

        if (candidates.Count == 0)
            return -1;
        candidates.Sort((a, b) => a.Score != b.Score ? b.Score.CompareTo(a.Score) : a.Column.CompareTo(b.Column));
        var best = candidates[0].Column;
        var bestScore = double.NegativeInfinity;
        BasisSnapshot? basis = null;
        var trials = 0;
        var small = _m <= BasisInverse.GreatestDense;
        var reliable = small ? 4 : 1;
        var most = small ? 8 : node.Depth < 6 ? 8 : 3;
        var lookAhead = 0;
        foreach (var (score, j) in candidates)
        {
            var known = Math.Min(_upCount[j], _downCount[j]) >= reliable;
            var value = score;
            if (!known && trials < most)
            {
                trials++;
                basis ??= _simplex.Save();
                var needed = Needed;
                var stop = needed == long.MinValue ? double.NegativeInfinity : needed - 1e-6;
                var down = Trial(j, 0, basis, stop, bound, small ? 10 : 15);
                var up = Trial(j, 1, basis, stop, bound, small ? 10 : 15);
                _upCost[j] += up / (1 - _x[j]);
                _upCount[j]++;
                _downCost[j] += down / _x[j];
                _downCount[j]++;
                value = Score(up, down);
            }

            if (value > bestScore)
            {
                (bestScore, best) = (value, j);
                lookAhead = 0;
            }
            else if (++lookAhead > 4)
            {
                break;
            }
        }

        if (basis is not null)
            _simplex.Load(basis);
        return best;
    }

    private double Trial(int column, int value, BasisSnapshot basis, double stop, double bound, int pivots)
    {
        _simplex.SetColumn(column, value, value);
        var status = _simplex.Solve(stop, pivots);
        var loss = Math.Max(bound - _simplex.Objective, 0);
        if (status == RelaxationStatus.Infeasible)
            loss = Math.Max(loss, _state.Best.Value == long.MinValue ? Math.Abs(bound) * 0.1 : bound - _state.Best.Value);
        _simplex.SetColumn(column, 0, 1);
        _simplex.Load(basis);
        return loss;
    }

    private static double Score(double up, double down) => Math.Max(up, 1e-6) * Math.Max(down, 1e-6);

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

    public int RowCount => _m;

    /// <summary>The columns that are fixed, in the order of their fixing.</summary>
    public (int Column, bool Value)[] Fixings() => [.. _trail.Where(c => c.Index >= 0).Select(c => (c.Index, _fixed[c.Index] == 1))];

    /// <summary>Fixes at the root what the best solution and the duals at hand exclude.</summary>
    /// <returns>False if nothing better is left.</returns>
    public bool FixAtRoot(ProofNode? proof)
    {
        if (!_bound.Prove(_duals, ray: false, _fixed, _lower, _upper))
            return true;
        if (IsClosedBy(_bound.Floor))
        {
            Close(proof);
            return false;
        }

        return !FixByGain(proof) || Propagate(proof);
    }

    /// <summary>What the duals at hand prove at the current fixings.</summary>
    public (long Floor, double[] Gains)? BoundNow()
    {
        if (!_bound.Prove(_duals, ray: false, _fixed, _lower, _upper))
            return null;
        var floor = _bound.Floor > long.MaxValue ? long.MaxValue : (long)_bound.Floor;
        var gains = new double[_n];
        for (var j = 0; j < _n; j++)
            gains[j] = (double)_bound.Gain(j) / _bound.Scale;
        return (floor, gains);
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
        if (_n > 600 || _state.Best.Chosen is not { } start)
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

    public int Trail => _trail.Count;

    public int Free => _free;

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
            proof.Closing = ProofStep.OfRow(row, upper, [], []);
        while (_dirty.TryDequeue(out var other))
            _isDirty[other] = false;
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
                proof!.Add(ProofStep.OfRow(row, upper, [.. columns], [.. values!]));
        }
    }
}
