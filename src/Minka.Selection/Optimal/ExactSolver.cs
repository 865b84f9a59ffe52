namespace Minka.Selection.Optimal;

/// <summary>How a solve ended.</summary>
public enum SolveStatus
{
    /// <summary>The solution is proved to be the best.</summary>
    Optimal,

    /// <summary>Stopped early: the solution is the best found, <see cref="ExactResult.Gap"/> says how far it may be from the best.</summary>
    Feasible,

    /// <summary>Proved that no solution satisfies all rows.</summary>
    Infeasible,

    /// <summary>Stopped early without any solution.</summary>
    Unknown,
}

/// <summary>What a running solve reports.</summary>
/// <param name="Objective">The best objective so far; null while there is none.</param>
/// <param name="Bound">A proved upper bound of the objective; null before the first.</param>
/// <param name="Nodes">Nodes visited.</param>
/// <param name="Elapsed">Time since the start.</param>
public readonly record struct SolveProgress(long? Objective, long? Bound, long Nodes, TimeSpan Elapsed);

/// <summary>How to solve.</summary>
public sealed record SolveOptions
{
    /// <summary>The longest time; null for no limit. A solve that reaches it never calls its result optimal.</summary>
    public TimeSpan? TimeLimit { get; init; }

    /// <summary>The clock that measures it.</summary>
    public TimeProvider Clock { get; init; } = TimeProvider.System;

    /// <summary>The greatest number of nodes; null for no limit. Unlike a time limit it stops in the same place each time, with one thread.</summary>
    public long? NodeLimit { get; init; }

    /// <summary>Workers. A finished solve gives the same solution for any number.</summary>
    public int Threads { get; init; } = 1;

    /// <summary>Whether to keep the proof for a certificate.</summary>
    public bool RecordProof { get; init; }

    /// <summary>Whether to determine the canonical optimum; if not, any optimum may be returned.</summary>
    public bool Canonical { get; init; } = true;

    /// <summary>A solution to start from, checked before it is used; for each column whether it is 1.</summary>
    public IReadOnlyList<bool>? Start { get; init; }

    /// <summary>Told now and then how far the solve is, on the solving thread.</summary>
    public Action<SolveProgress>? Progress { get; init; }

    /// <summary>Stops the solve; the best solution so far is returned.</summary>
    public CancellationToken Cancel { get; init; }
}

/// <summary>What a solve found and proved.</summary>
public sealed record ExactResult
{
    /// <summary>How it ended.</summary>
    public required SolveStatus Status { get; init; }

    /// <summary>For each column whether it is 1; empty if there is no solution.</summary>
    public required IReadOnlyList<bool> Chosen { get; init; }

    /// <summary>The solution's objective; null if there is none.</summary>
    public long? Objective { get; init; }

    /// <summary>A proved upper bound of every solution's objective; null if none was proved or nothing is feasible.</summary>
    public long? Bound { get; init; }

    /// <summary>True if the solution is proved to be the canonical one among the best.</summary>
    public bool Canonical { get; init; }

    /// <summary>Nodes visited.</summary>
    public long Nodes { get; init; }

    /// <summary>Pivots of the first worker's simplex.</summary>
    public long Pivots { get; init; }

    /// <summary>Time used, by the clock of the options.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>The relative gap (bound − objective)/max(1, |objective|); 0 if optimal, null without a solution.</summary>
    public double? Gap => Objective is { } o && Bound is { } b ? (b - (double)o) / Math.Max(1, Math.Abs((double)o)) : null;

    /// <summary>The program that was searched: the given one, extended by rows that hold for every solution.</summary>
    internal ZeroOneProgram? Searched { get; init; }

    /// <summary>How each row of the extension follows.</summary>
    internal IReadOnlyList<AddedRow> Added { get; init; } = [];

    /// <summary>The proof, if it was recorded.</summary>
    internal ProofNode? Proof { get; init; }

    /// <summary>Whether the proof also excludes the tied solutions that would come first in the published order.</summary>
    internal bool ProofIsCanonical { get; init; }
}

/// <summary>
/// Solves a <see cref="ZeroOneProgram"/> to proved optimality: dual simplex relaxations, fixing by reduced costs, branch and bound with
/// reliability branching and branching on the number of chosen columns.
/// </summary>
/// <remarks>
/// <para>Every bound that prunes is proved in whole numbers; floating point only guides the search. A finished solve returns the canonical
/// optimum whatever the number of threads.</para>
/// <para>Worst case exponential in the number of columns; memory proportional to depth times rows, plus the proof if it is recorded.</para>
/// <para>Sources: reduced-cost fixing and restricted cores: J. Puchinger, G. Raidl, U. Pferschy, INFORMS Journal on Computing 22 (2010);
/// splitting by the number of chosen columns: Y. Vimont, S. Boussier, M. Vasquez, Journal of Combinatorial Optimization 15 (2008), and
/// R. Mansini, M. G. Speranza, INFORMS Journal on Computing 24 (2012); reliability branching: T. Achterberg, T. Koch, A. Martin,
/// Operations Research Letters 33 (2005).</para>
/// </remarks>
public static class ExactSolver
{
    /// <summary>Solves a program.</summary>
    /// <param name="program">What to solve.</param>
    /// <param name="options">How; null for the defaults.</param>
    /// <returns>The result; only <see cref="SolveStatus.Optimal"/> and <see cref="SolveStatus.Infeasible"/> are proofs.</returns>
    public static ExactResult Solve(ZeroOneProgram program, SolveOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(program);
        return new ExactRun(program, options ?? new SolveOptions()).Solve();
    }
}

/// <summary>One solve.</summary>
internal sealed class ExactRun
{
    private readonly ZeroOneProgram _given;
    private readonly SolveOptions _options;
    private readonly bool _nested;
    private readonly long _started;
    private readonly int[] _order;
    private readonly Incumbent _best;
    private readonly List<AddedRow> _added = [];
    private SearchState? _state;
    private long _reported;
    private long _nodes;
    private long _rootBound = long.MaxValue;

    public ExactRun(ZeroOneProgram program, SolveOptions options, bool nested = false)
    {
        (_given, _options, _nested) = (program, options, nested);
        _started = options.Clock.GetTimestamp();
        _order = program.Order.Count > 0 ? [.. program.Order] : [.. Enumerable.Range(0, program.Columns)];
        _best = new Incumbent(program, _order) { Strict = !options.Canonical };
    }

    public ExactResult Solve()
    {
        var program = Extend(out var countRow);
        var root = _options.RecordProof ? new ProofNode() : null;
        if (_options.Start is { } start && start.Count == program.Columns)
            _best.Offer([.. start]);

        var threads = Math.Max(1, _options.Threads);
        var blocks = _nested ? null : new BlockCuts(_given);
        var first = Begin(program, threads, countRow);
        if (!first.Propagate(root))
            return Finish(program, root, first, exhausted: true);
        BasisSnapshot? basis = null;
        for (var round = 0; first.Free > 0; round++)
        {
            var gains = Prepare(first, basis, round == 0);
            if (gains is null || Stop())
                break;
            if (!first.FixAtRoot(root))
                return Finish(program, root, first, exhausted: true);
            if (blocks is not { Any: true } || round == MostRounds || _rootBound <= _best.Value)
                break;
            var cuts = blocks.Separate(first.X, gains, first.RowDuals, _added, _given.Rows.Count, _best.Value == long.MinValue ? 0 : _rootBound - _best.Value, SolveBlock);
            if (cuts.Count == 0)
                break;
            basis = first.Simplex.Save();
            program = program.With(program.Values);
            foreach (var cut in cuts)
            {
                program.AddRow($"added {_added.Count}", cut.Columns.Select((j, k) => (j, cut.Weights[k])), null, cut.Bound);
                _added.Add(cut);
            }

            var path = first.Fixings();
            first = Begin(program, threads, countRow);
            foreach (var (column, value) in path)
                first.Fix(column, value);
            if (!first.Propagate(root))
                return Finish(program, root, first, exhausted: true);
            first.Simplex.LoadExtended(basis);
        }

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

        return Finish(program, root, first, exhausted: !_state.Stopped);
    }

    private const int MostRounds = 12;

    private TreeSearch Begin(ZeroOneProgram program, int threads, int countRow)
    {
        _nodes += _state?.Nodes ?? 0;
        _state = new SearchState(program, new LinearData(program), _best, _order, Stop, threads, _options.RecordProof) { NodeLimit = _options.NodeLimit ?? long.MaxValue };
        var search = new TreeSearch(_state) { CountRow = countRow };
        search.MarkAll();
        return search;
    }

    private ExactResult? SolveBlock(ZeroOneProgram block)
    {
        if (Stop())
            return null;
        var result = new ExactRun(block, new SolveOptions { Canonical = false, NodeLimit = 400, RecordProof = _options.RecordProof, Clock = _options.Clock, Cancel = _options.Cancel }, nested: true).Solve();
        _nodes += result.Nodes;
        return result.Status == SolveStatus.Optimal || (!_options.RecordProof && result.Bound is not null) ? result : null;
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
    private ZeroOneProgram Extend(out int countRow)
    {
        countRow = -1;
        if (_nested || _given.Rows.Count is 0 or > 60 || _given.Columns < 8 || !_given.Rows.All(r => r.Lower is null && r.Upper is not null && r.Columns.Count > 0.7 * _given.Columns && r.Coefficients.All(a => a > 0)))
            return _given;
        var program = _given.With(_given.Values);
        var columns = Enumerable.Range(0, _given.Columns).ToArray();
        countRow = program.AddRow("count", columns.Select(j => (j, 1L)), 0, _given.Columns);
        _added.Add(new AddedRow([], columns, [.. columns.Select(_ => 1L)], _given.Columns, null));
        return program;
    }

    // The relaxation at the root and good solutions from it, before the tree is begun. Null if there is no point to go on from.
    private double[]? Prepare(TreeSearch search, BasisSnapshot? basis, bool first)
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
        var here = search.Simplex.Save();
        search.RoundGreedily();
        if (first)
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

    private ExactResult Finish(ZeroOneProgram program, ProofNode? root, TreeSearch first, bool exhausted)
    {
        var chosen = _best.Chosen;
        var canonical = exhausted && chosen is not null && !_best.Strict;
        var proofIsCanonical = canonical;
        if (exhausted && chosen is not null && _options.Canonical && !canonical)
            canonical = TryCanonical(program, ref chosen);
        long? objective = chosen is null ? null : _best.Value;
        long? bound = null;
        if (exhausted)
        {
            bound = objective;
        }
        else
        {
            var open = _state!.OpenBound;
            foreach (var (tree, _) in _state.Open.UnorderedItems)
                open = Math.Max(open, tree.Bound >= 4e18 ? long.MaxValue : (long)Math.Floor(tree.Bound + 1e-6));
            open = Math.Min(open, _rootBound);
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
            Searched = program,
            Added = _added,
            Proof = exhausted ? root : null,
            ProofIsCanonical = proofIsCanonical,
        };
    }

    // Too many ties to walk them in one tree: along the published order, each column that is 0 is asked whether an optimum has it 1.
    private bool TryCanonical(ZeroOneProgram program, ref bool[] chosen)
    {
        var value = _best.Value;
        var incumbent = (bool[])chosen.Clone();
        var state = new SearchState(program, _state!.Data, new Incumbent(program, _order, value - 1) { Strict = true }, _order, Stop, 1, record: false) { FirstWins = true, BestFirst = false };
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
                    state.Replace(new Incumbent(program, _order, value - 1) { Strict = true });
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
