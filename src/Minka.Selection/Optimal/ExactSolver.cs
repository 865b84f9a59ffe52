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

/// <summary>A row that the solver added, and why it holds for every solution.</summary>
/// <param name="Kind"><c>count</c>: a sum that is not restricted, to branch on; <c>cover</c>: of the columns named at most all but one.</param>
/// <param name="Row">The row of the given program that it follows from; −1 for a count.</param>
internal sealed record AddedRow(string Kind, int Row);

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
    private readonly long _started;
    private readonly int[] _order;
    private SearchState? _state;
    private long _reported;
    private long _rootBound = long.MaxValue;

    public ExactRun(ZeroOneProgram program, SolveOptions options)
    {
        (_given, _options) = (program, options);
        _started = options.Clock.GetTimestamp();
        _order = program.Order.Count > 0 ? [.. program.Order] : [.. Enumerable.Range(0, program.Columns)];
    }

    public ExactResult Solve()
    {
        var added = new List<AddedRow>();
        var program = Extend(_given, added, out var countRow);
        var data = new LinearData(program);
        var best = new Incumbent(program, _order) { Strict = !_options.Canonical };
        var threads = Math.Max(1, _options.Threads);
        _state = new SearchState(program, data, best, _order, Stop, threads, _options.RecordProof) { NodeLimit = _options.NodeLimit ?? long.MaxValue };
        var first = new TreeSearch(_state) { CountRow = countRow };
        var root = _options.RecordProof ? new ProofNode() : null;
        if (_options.Start is { } start && start.Count == program.Columns)
            best.Offer([.. start]);

        first.MarkAll();
        if (!first.Propagate(root))
            return Finish(program, added, root, first, exhausted: true);
        if (first.Free > 0)
            Prepare(first);
        _state.Open.Push(new SubTree([], null, double.MaxValue, root, 0));
        if (threads == 1)
        {
            RunFrom(first);
        }
        else
        {
            var others = Enumerable.Range(1, threads - 1).Select(_ => Task.Factory.StartNew(() => RunFrom(new TreeSearch(_state) { CountRow = countRow }), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
            RunFrom(first);
            Task.WaitAll(others);
        }

        return Finish(program, added, root, first, exhausted: !_state.Stopped);
    }

    private void RunFrom(TreeSearch search)
    {
        search.MarkAll();
        search.Run();
    }

    private bool Stop()
    {
        if (_options.Cancel.IsCancellationRequested)
            return true;
        var elapsed = _options.Clock.GetElapsedTime(_started);
        if (_options.Progress is { } progress && elapsed.Ticks - Volatile.Read(ref _reported) > TimeSpan.TicksPerSecond / 4)
        {
            Volatile.Write(ref _reported, elapsed.Ticks);
            var value = _state!.Best.Value;
            progress(new SolveProgress(value == long.MinValue ? null : value, _rootBound == long.MaxValue ? null : Math.Max(_rootBound, value), _state.Nodes, elapsed));
        }

        return _options.TimeLimit is { } limit && elapsed >= limit;
    }

    // A row for the number of chosen columns, where knapsack rows over nearly all columns are all there is.
    private static ZeroOneProgram Extend(ZeroOneProgram given, List<AddedRow> added, out int countRow)
    {
        countRow = -1;
        if (given.Rows.Count is 0 or > 60 || given.Columns < 8 || !given.Rows.All(r => r.Lower is null && r.Upper is not null && r.Columns.Count > 0.7 * given.Columns && r.Coefficients.All(a => a > 0)))
            return given;
        var program = given.With(given.Values);
        countRow = program.AddRow("count", Enumerable.Range(0, given.Columns).Select(j => (j, 1L)), 0, given.Columns);
        added.Add(new AddedRow("count", -1));
        return program;
    }

    // The first relaxation and good solutions from it, before the tree is begun.
    private void Prepare(TreeSearch search)
    {
        var status = search.Simplex.Solve(double.NegativeInfinity, 500_000, Stop);
        if (status is RelaxationStatus.Infeasible)
            return;
        search.Simplex.Values(search.X);
        search.Simplex.Duals(search.RowDuals);
        var bound = search.BoundNow();
        if (bound is { } b)
            _rootBound = Math.Min(_rootBound, b.Floor);
        if (status != RelaxationStatus.Optimal || Stop())
            return;
        var basis = search.Simplex.Save();
        search.RoundGreedily();
        search.ImproveBySwaps();
        if (bound is { } gains)
        {
            // Restricted cores: all columns but those with the least reduced costs keep the relaxation's value.
            var sizes = gains.Gains.Select((g, j) => (Gain: Math.Abs(g), Column: j)).Where(g => search.Fixed[g.Column] < 0).OrderBy(g => g.Gain).ThenBy(g => g.Column).ToArray();
            foreach (var (extra, nodes) in ((int, long)[])[(10, 200), (25, 600)])
            {
                var core = Math.Min(search.RowCount, 60) + extra;
                if (core >= sizes.Length || Stop())
                    break;
                search.Dive(sizes.Skip(core).Select(s => s.Column), basis, nodes);
            }
        }

        search.Simplex.Load(basis);
    }

    private ExactResult Finish(ZeroOneProgram program, List<AddedRow> added, ProofNode? root, TreeSearch first, bool exhausted)
    {
        var best = _state!.Best;
        var chosen = best.Chosen;
        var canonical = exhausted && chosen is not null && !best.Strict;
        var proofIsCanonical = canonical;
        if (exhausted && chosen is not null && _options.Canonical && !canonical)
            canonical = TryCanonical(program, ref chosen);
        long? objective = chosen is null ? null : best.Value;
        long? bound = null;
        if (exhausted)
        {
            bound = objective;
        }
        else
        {
            var open = _state.OpenBound;
            foreach (var tree in _state.Open)
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
            Nodes = _state.Nodes,
            Pivots = first.Simplex.Pivots,
            Elapsed = _options.Clock.GetElapsedTime(_started),
            Searched = program,
            Added = added,
            Proof = exhausted ? root : null,
            ProofIsCanonical = proofIsCanonical,
        };
    }

    // Too many ties to walk them in one tree: along the published order, each column that is 0 is asked whether an optimum has it 1.
    private bool TryCanonical(ZeroOneProgram program, ref bool[] chosen)
    {
        var value = _state!.Best.Value;
        var incumbent = (bool[])chosen.Clone();
        var state = new SearchState(program, _state.Data, new Incumbent(program, _order, value - 1) { Strict = true }, _order, Stop, 1, record: false) { FirstWins = true };
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
