namespace Minka.Selection.Optimal;

/// <summary>One solve.</summary>
internal sealed partial class ExactRun
{
    private readonly ZeroOneProgram _given;
    private SolveOptions _options;
    private long _started;
    private readonly int[] _order;
    private Incumbent _best;
    private readonly List<AddedRow> _added = [];
    private SearchState? _state;
    private long _reported;
    private long _nodes;
    private long _rootBound = long.MaxValue;

    public ExactRun(ZeroOneProgram program, SolveOptions options)
    {
        (_given, _options) = (program, options);
        _started = options.Clock.GetTimestamp();
        _order = program.Order.Count > 0 ? [.. program.Order] : [.. Enumerable.Range(0, program.Columns)];
        _best = new Incumbent(program, _order) { Strict = !options.Canonical };
    }

    public ExactResult Solve()
    {
        var countRow = AddCount();
        var root = _options.RecordProof ? new ProofNode() : null;
        if (_options.Start is { } start && start.Count == _given.Columns)
            _best.Offer([.. start]);
        _best.Offer(new bool[_given.Columns]);

        var threads = Math.Max(1, _options.Threads);
        var space = SearchSpace.Of(_given, _added, [.. Enumerable.Range(0, _added.Count)]);
        var first = Begin(space, threads, countRow);
        if (!first.Propagate(root) || !Tighten(ref space, ref first, threads, countRow, root))
            return Finish(space, root, first, exhausted: true);

        if (countRow >= 0)
            return Finish(space, root, first, exhausted: RunTree(first, threads, countRow, root));

        return Conclude(space, first, root, CoreSizes);
    }

    // How good the optimum is, is guessed: near the bound at first, lower while that proves wrong. With the guess the root fixes almost
    // everything, and whatever is found at least as good as guessed is right to have been searched for.
    private ExactResult Conclude(SearchSpace space, TreeSearch first, ProofNode? root, int[] coreSizes)
    {
        var threads = Math.Max(1, _options.Threads);
        var basis = first.Simplex.Save();
        if (!SearchParts(space, first, basis, root, coreSizes))
            return Finish(space, root, first, exhausted: true);
        var mark = first.Trail;
        var recorded = root?.Steps?.Count ?? 0;
        var least = _given.Values.Sum(v => Math.Min(v, 0));
        var room = Room(first);
        while (true)
        {
            // The last guess is none: what the best solution leaves open, or everything.
            var known = _best.Value != long.MinValue;
            var open = !known || _rootBound == long.MaxValue ? long.MaxValue : _rootBound - _best.Value;
            var last = _rootBound == long.MaxValue || (known ? open <= Math.Max(room, 4) : _rootBound - room <= least);
            var target = last ? long.MinValue : _rootBound - room;
            var enough = !last ? target : open == long.MaxValue ? long.MaxValue : _best.Value + Math.Max(2, open / 5);
            _state = new SearchState(space, _best, _order, Stop, threads, _options.RecordProof) { NodeLimit = NodesLeft(), Target = target };
            first.Take(_state);
            var exhausted = !first.FixAtRoot(root);
            if (!exhausted)
            {
                var tree = Core(space, first, basis, threads, _options.RecordProof, NodesLeft(), target, enough);
                exhausted = RunTree(tree, threads, -1, root);
                _nodes += _state.Nodes;
                _state.Nodes = 0;
            }

            var again = !exhausted && _best.Value >= enough && !Stop();
            if (!again && (!exhausted || last || _best.Value >= target))
                return Finish(space, root, first, exhausted);
            if (again)
                _rootBound = Math.Max(_best.Value, OpenBound());
            else
                (_rootBound, room) = (target - 1, Math.Min(room, long.MaxValue / 8) * 3);
            if (root is not null)
            {
                root.Steps?.RemoveRange(recorded, root.Steps.Count - recorded);
                (root.Branch, root.Zero, root.One, root.Closing) = (-1, null, null, null);
            }

            first.Undo(mark);
            first.Simplex.Load(basis);
            if (again && !SearchNear(space, first, basis, root))
                return Finish(space, root, first, exhausted: true);
            mark = first.Trail;
            recorded = root?.Steps?.Count ?? 0;
        }
    }

    // A tree over what is free at the root, starting from its relaxation.
    private TreeSearch Core(SearchSpace space, TreeSearch first, BasisSnapshot basis, int threads, bool record, long nodes, long target, long enough)
    {
        var core = space.Without(first.Fixed, first.BoundsOf, out var columns, out var rows);
        _state = new SearchState(core, _best, _order, Stop, threads, record) { NodeLimit = nodes, Target = target, Enough = enough };
        var tree = new TreeSearch(_state);
        tree.MarkAll();
        if (columns.Length > 0)
            tree.Simplex.LoadFrom(basis, columns, rows, space.Program.Columns);
        return tree;
    }

    // Good solutions: most columns keep the value that the relaxation gives them, the rest is searched for a while. First all but those with the
    // least reduced costs keep it, then those where relaxation and best solution agree. False if nothing better is left.
    private bool SearchParts(SearchSpace space, TreeSearch first, BasisSnapshot basis, ProofNode? root, int[] coreSizes)
    {
        foreach (var size in coreSizes)
        {
            if (Stop() || _rootBound <= _best.Value || first.BoundNow() is not { } bound)
                break;
            var free = bound.Gains.Select((g, j) => (Gain: Math.Abs(g), Column: j)).Where(g => first.Fixed[g.Column] < 0).OrderBy(g => g.Gain).ThenBy(g => g.Column).Take(size).Select(g => g.Column).ToHashSet();
            var before = _best.Value;
            if (!SearchPart(space, first, basis, root, free) || (_best.Value != before && !SearchNear(space, first, basis, root)))
                return false;
            if (free.Count < size)
                break;
        }

        return true;
    }

    // Frees the columns in which relaxation and solution differ, with their alternatives (relaxation-induced neighbourhoods: E. Danna, E. Rothberg,
    // C. Le Pape, Mathematical Programming 102, 2005), as long as that finds better ones.
    private bool SearchNear(SearchSpace space, TreeSearch first, BasisSnapshot basis, ProofNode? root, bool[]? near = null)
    {
        for (var k = 0; k < 5; k++)
        {
            var before = _best.Value;
            if ((near ?? _best.Chosen) is not { } chosen || Stop())
                break;
            var differ = Enumerable.Range(0, chosen.Length).Where(j => Math.Abs(first.X[j] - (chosen[j] ? 1 : 0)) > 0.01);
            if (!SearchPart(space, first, basis, root, [.. first.WithAlternatives(differ)]))
                return false;
            if (_best.Value == before)
                break;
            near = null;
        }

        return true;
    }

    private static readonly int[] CoreSizes = [120, 300, 500, 800];

    private const long NodesOfPart = 300;

    private bool SearchPart(SearchSpace space, TreeSearch first, BasisSnapshot basis, ProofNode? root, HashSet<int> free, long target = long.MinValue)
    {
        var mark = first.Trail;
        var before = _best.Value;
        for (var j = 0; j < first.X.Length; j++)
        {
            if (first.Fixed[j] < 0 && !free.Contains(j) && Math.Abs(first.X[j] - 0.5) > 0.49)
                first.Fix(j, first.X[j] > 0.5);
        }

        if (first.Propagate(null))
        {
            var tree = Core(space, first, basis, 1, record: false, Math.Min(NodesOfPart, NodesLeft()), before == long.MinValue ? target : Math.Max(before + 1, target), long.MaxValue);
            RunTree(tree, 1, -1, null);
            _nodes += _state!.Nodes;
        }

        first.Undo(mark);
        first.Simplex.Load(basis);
        _state = new SearchState(space, _best, _order, Stop, 1, _options.RecordProof);
        first.Take(_state);
        return _best.Value == before || first.FixAtRoot(root);
    }

    private long NodesLeft() => _options.NodeLimit is { } limit ? Math.Max(0, limit - _nodes) : long.MaxValue;

    // The distance from the bound at which about a hundred columns stay free.
    private long Room(TreeSearch search)
    {
        if (search.BoundNow() is not { } bound)
            return 1;
        var gains = bound.Gains.Where((_, j) => search.Fixed[j] < 0).Select(Math.Abs).Order().ToArray();
        return gains.Length == 0 ? 1 : Math.Max(1, (long)gains[Math.Min(gains.Length - 1, 120)]);
    }

    // True if the tree was searched to its end.
    private bool RunTree(TreeSearch first, int threads, int countRow, ProofNode? root)
    {
        var fixings = first.Fixings();
        _state!.Add(new SubTree([.. fixings.Select(f => (f.Column, f.Value ? 1L : 0L, f.Value ? 1L : 0L))], null, double.MaxValue, root, 0));
        if (threads == 1)
        {
            first.Run();
        }
        else
        {
            var others = Enumerable.Range(1, threads - 1).Select(_ => Task.Factory.StartNew(() => new TreeSearch(_state) { CountRow = countRow }.Run(), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
            first.Run();
            Task.WaitAll(others);
        }

        return !_state.Stopped;
    }

    private const int MostRounds = 40;

    // At the root: the relaxation, solutions from it, fixings, and rows that cut off its point, until they no longer pay. False if nothing
    // better is left. Bare: without any solution, so that nothing is fixed by its value.
    private bool Tighten(ref SearchSpace space, ref TreeSearch first, int threads, int countRow, ProofNode? root, bool bare = false)
    {
        BasisSnapshot? basis = null;
        var active = new List<int>(Enumerable.Range(0, _added.Count));
        var (start, last, idle) = (double.MinValue, double.MaxValue, 0);
        for (var round = 0; first.Free > 0; round++)
        {
            var gains = Prepare(first, countRow, round == 0 && !bare);
            if (gains is null || Stop())
                return true;
            if (!first.FixAtRoot(root))
                return false;
            if (countRow >= 0 || round == MostRounds || _rootBound <= _best.Value)
                return true;
            var now = first.Simplex.Objective;
            start = Math.Max(start, now);
            idle = last - now < 0.005 * (start - now) ? idle + 1 : 0;
            last = now;
            if (idle == 4)
                return true;
            var cuts = new RoundingCuts(space.Program, _state!.Data, first.Simplex, first.X, space.RowIds).Separate(40);
            if (cuts.Count == 0)
                return true;

            // Rows that no longer press are left out; the certificate keeps them.
            basis = first.Simplex.Save();
            var kept = new List<int>(Enumerable.Range(0, _given.Rows.Count));
            var stay = new List<int>();
            for (var k = 0; k < active.Count; k++)
            {
                var row = _given.Rows.Count + k;
                if (first.Simplex.IsBasic(_given.Columns + row))
                    continue;
                kept.Add(row);
                stay.Add(active[k]);
            }

            foreach (var cut in cuts)
            {
                kept.Add(-1);
                stay.Add(_added.Count);
                _added.Add(cut);
            }

            active = stay;
            space = SearchSpace.Of(_given, _added, active);
            var path = first.Fixings();
            first = Begin(space, threads, countRow);
            foreach (var (column, value) in path)
                first.Fix(column, value);
            if (!first.Propagate(root))
                return false;
            first.Simplex.LoadFrom(basis, space.Columns, kept, _given.Columns);
        }

        return true;
    }

    private TreeSearch Begin(SearchSpace space, int threads, int countRow)
    {
        _nodes += _state?.Nodes ?? 0;
        _state = new SearchState(space, _best, _order, Stop, threads, _options.RecordProof) { NodeLimit = _options.NodeLimit ?? long.MaxValue };
        var search = new TreeSearch(_state) { CountRow = countRow };
        search.MarkAll();
        return search;
    }

    private bool Stop()
    {
        if (_options.Cancel.IsCancellationRequested)
            return true;
        var elapsed = _options.Clock.GetElapsedTime(_started);
        if (_options.Progress is { } progress && elapsed.Ticks - Volatile.Read(ref _reported) > TimeSpan.TicksPerSecond / 4)
        {
            Volatile.Write(ref _reported, elapsed.Ticks);
            var value = _best.Value;
            progress(new SolveProgress(value == long.MinValue ? null : value, _rootBound == long.MaxValue ? null : Math.Max(_rootBound, value), _nodes + (_state?.Nodes ?? 0), elapsed));
        }

        return _options.TimeLimit is { } limit && elapsed >= limit;
    }

    // A row for the number of chosen columns, where knapsack rows over nearly all columns are all there is.
    private int AddCount()
    {
        if (_given.Rows.Count is 0 or > 60 || _given.Columns < 8 || !_given.Rows.All(r => r.Lower is null && r.Upper is not null && r.Columns.Count > 0.7 * _given.Columns && r.Coefficients.All(a => a > 0)))
            return -1;
        var columns = Enumerable.Range(0, _given.Columns).ToArray();
        _added.Add(new AddedRow(columns, [.. columns.Select(_ => 1L)], 0, _given.Columns, null));
        return _given.Rows.Count;
    }

    // The relaxation at the root and good solutions from it, before the tree is begun. Null if there is no point to go on from.
    private double[]? Prepare(TreeSearch search, int countRow, bool first)
    {
        var status = search.Simplex.Solve(double.NegativeInfinity, 2_000 + (30 * (search.RowCount + _given.Columns)), Stop);
        if (status is RelaxationStatus.Infeasible)
            return null;
        search.Simplex.Values(search.X);
        search.Simplex.Duals(search.RowDuals);
        var bound = search.BoundNow();
        if (bound is not { } b)
            return null;
        _rootBound = Math.Min(_rootBound, b.Floor);
        if (status != RelaxationStatus.Optimal)
            return null;
        if (Stop() || _rootBound <= _best.Value)
            return b.Gains;
        if (countRow < 0)
        {
            if (first)
                search.RoundGreedily();
            return b.Gains;
        }

        var here = search.Simplex.Save();
        search.RoundGreedily();
        search.ImproveBySwaps();

        // Restricted cores: all columns but those with the least reduced costs keep the relaxation's value.
        var sizes = b.Gains.Select((g, j) => (Gain: Math.Abs(g), Column: j)).Where(g => search.Fixed[g.Column] < 0).OrderBy(g => g.Gain).ThenBy(g => g.Column).ToArray();
        foreach (var (extra, nodes) in ((int, long)[])[(10, 200), (25, 600)])
        {
            var core = Math.Min(search.RowCount, 60) + extra;
            if (core >= sizes.Length || Stop())
                break;
            search.Dive(sizes.Skip(core).Select(s => s.Column), here, nodes);
        }

        search.Simplex.Load(here);
        return b.Gains;
    }

    private ExactResult Finish(SearchSpace space, ProofNode? root, TreeSearch first, bool exhausted)
    {
        var chosen = _best.Chosen;
        var canonical = exhausted && chosen is not null && !_best.Strict;
        var proofIsCanonical = canonical;
        if (exhausted && chosen is not null && _options.Canonical && !canonical)
            canonical = TryCanonical(space, ref chosen);
        long? objective = chosen is null ? null : _best.Value;
        long? bound = null;
        if (exhausted)
        {
            bound = objective;
        }
        else
        {
            var open = OpenBound();
            if (open != long.MaxValue)
                bound = Math.Max(open, objective ?? long.MinValue);
        }

        return new ExactResult
        {
            Status = exhausted ? chosen is null ? SolveStatus.Infeasible : SolveStatus.Optimal : chosen is null ? SolveStatus.Unknown : SolveStatus.Feasible,
            Chosen = chosen ?? [],
            Objective = objective,
            Bound = bound,
            Canonical = canonical,
            Nodes = _nodes + _state!.Nodes,
            Pivots = first.Simplex.Pivots,
            Elapsed = _options.Clock.GetElapsedTime(_started),
            Added = _added,
            Proof = exhausted ? root : null,
            ProofIsCanonical = proofIsCanonical,
        };
    }

    // What the subtrees that a stopped search left open may still reach.
    private long OpenBound()
    {
        var open = _state!.OpenBound;
        foreach (var (tree, _) in _state.Open.UnorderedItems)
            open = Math.Max(open, tree.Bound >= 4e18 ? long.MaxValue : (long)Math.Floor(tree.Bound + 1e-6));
        if (_state.Target != long.MinValue)
            open = Math.Max(open, _state.Target - 1);
        return Math.Min(open, _rootBound);
    }

    // Too many ties to walk them in one tree: along the published order, each column that is 0 is asked whether an optimum has it 1.
    private bool TryCanonical(SearchSpace space, ref bool[] chosen)
    {
        var value = _best.Value;
        var incumbent = (bool[])chosen.Clone();
        var state = new SearchState(space, new Incumbent(_given, _order, value - 1) { Strict = true }, _order, Stop, 1, record: false) { FirstWins = true, BestFirst = false };
        var search = new TreeSearch(state);
        search.MarkAll();
        search.Propagate(null);
        foreach (var j in _order)
        {
            if (Stop())
                return false;
            if (search.Fixed[j] >= 0)
            {
                if (search.Fixed[j] == 1 != incumbent[j])
                    throw new InvalidOperationException("The canonical search contradicts the optimum.");
                continue;
            }

            if (!incumbent[j])
            {
                var mark = search.Trail;
                search.Fix(j, true);
                var done = search.Search(null, double.MaxValue, 1, long.MaxValue);
                search.Undo(mark);
                if (state.Best.Chosen is { } found)
                {
                    incumbent = found;
                    state.Replace(new Incumbent(_given, _order, value - 1) { Strict = true });
                }
                else if (!done)
                {
                    return false;
                }
            }

            search.Fix(j, incumbent[j]);
            if (!search.Propagate(null))
                throw new InvalidOperationException("The canonical search contradicts the optimum.");
        }

        chosen = incumbent;
        return true;
    }
}
