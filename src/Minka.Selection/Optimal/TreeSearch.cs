namespace Minka.Selection.Optimal;

/// <summary>
/// Branch and bound over one worker's relaxation. Every closed node is closed by integers (<see cref="IntegerBound"/>), by a
/// row that no completion can satisfy, or because all its columns are fixed.
/// </summary>
internal sealed partial class TreeSearch
{
    private const double Whole = 1e-6;

    private SearchState _state;
    private readonly SearchSpace _space;
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
    private readonly int[] _oneOf;
    private readonly List<int> _stepColumns = [];
    private readonly List<bool> _stepValues = [];
    private int _free;
    private bool _recording;

    public TreeSearch(SearchState state)
    {
        _state = state;
        _space = state.Space;
        (_program, _data) = (_space.Program, state.Data);
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
        _upCost = new double[_n + _m];
        _downCost = new double[_n + _m];
        _upCount = new int[_n + _m];
        _downCount = new int[_n + _m];
        _oneOf = OneOfRows(_program);
    }

    /// <summary>Goes on with another state of the same program: what is needed may differ.</summary>
    public void Take(SearchState state) => _state = state;

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
        /// <summary>What was branched on: a column, or columns + row; −1 for neither.</summary>
        public int Branch;
        public bool Up;
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

            if (work.Node is null && FloorOf(work.Bound) < Needed)
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
            if (((visited & 15) == 1 && (_state.Stop() || nodes > _state.NodeLimit)) || (_state.Best.Value >= _state.Enough && nodes <= 500))
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

            if (Visit(current, stack) == Outcome.Branched && share && _state.BestFirst && Lags(current.Bound))
            {
                // Others promise clearly more: the two children wait their turn.
                stack[^1].Basis ??= stack[^2].Basis;
                while (stack.Count > 0)
                    Donate(stack);
                return true;
            }

            if (share && stack.Count > 1 && (_state.BestFirst || (_state.Threads > 1 && _state.Idle > 0)))
                Donate(stack);
            if (share && _state.BestFirst && nodes % 16 == 3 && stack.Count > 0)
                RoundGreedily();
            if (stack.Count == 0)
                return true;
            current = stack[^1];
            stack.RemoveAt(stack.Count - 1);
            if (FloorOf(current.Bound) < Needed && !_recording)
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

    // Whether a bound is far below the best open one, measured by what is needed.
    private bool Lags(double bound)
    {
        double top;
        lock (_state.Open)
        {
            if (!_state.Open.TryPeek(out _, out var first))
                return false;
            top = -first.Bound;
        }

        var needed = Needed;
        return needed != long.MinValue && top < 4e18 && bound < top - (0.3 * (top - needed));
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

    private long Needed => _state.Best.Value is var v && v == long.MinValue ? _state.Target : Math.Max(v + (_state.Best.Strict ? 1 : 0), _state.Target);

    private static long FloorOf(double bound) => bound >= 4e18 ? long.MaxValue : bound <= -4e18 ? long.MinValue : (long)Math.Floor(bound + 1e-6);

    private bool IsClosedBy(Int128 floor)
    {
        var value = _state.Best.Value;
        if (floor < _state.Target)
            return true;
        if (value == long.MinValue)
            return false;
        if (floor < value)
            return true;
        if (floor != value)
            return false;
        if (_state.Best.Strict || !_state.Best.CouldComeBefore(_space.Whole(_fixed)))
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
        var choice = Choose(node, bound);
        if (choice < 0)
        {
            BranchBlindly(node, proof, stack);
            return Outcome.Branched;
        }

        if (choice >= _n)
            PushRow(node, proof, stack, choice - _n, 0, bound, RowSum(choice - _n));
        else
            Push(node, proof, stack, choice, _x[choice] >= 0.5, bound, _x[choice]);
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

    private int[] Named(int[] rows) => [.. rows.Select(r => _space.RowIds[r])];

    private void Close(ProofNode? proof)
    {
        if (proof is null)
            return;
        var (rows, multipliers) = _bound.Multipliers();
        proof.Closing = new ProofStep(_bound.Scale, Named(rows), multipliers, [], []);
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
        else if (_bound.LongGains is { } whole)
        {
            var room = slack > long.MaxValue ? long.MaxValue : (long)slack;
            for (var j = 0; j < _n; j++)
            {
                if (_fixed[j] < 0 && Math.Abs(whole[j]) > room)
                {
                    _stepColumns.Add(j);
                    _stepValues.Add(whole[j] > 0);
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
            proof.Add(new ProofStep(_bound.Scale, Named(rows), multipliers, [.. _stepColumns.Select(j => _space.Columns[j])], [.. _stepValues]));
        }

        for (var k = 0; k < _stepColumns.Count; k++)
            Fix(_stepColumns[k], _stepValues[k]);
        return true;
    }

    public int RowCount => _m;

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

    public int Trail => _trail.Count;

    public int Free => _free;
}
