namespace Minka.Selection.Optimal;

/// <summary>One relaxation, prepared once, from which a program is solved or bounded under many conditions.</summary>
internal sealed partial class ExactRun
{
    private (SearchSpace Space, TreeSearch First, BasisSnapshot Basis, int Mark)? _opened;

    /// <summary>The relaxation with its added rows, from which the program can be solved under many conditions. False if it is infeasible.</summary>
    public bool Open()
    {
        AddCount();
        var space = SearchSpace.Of(_given, _added, [.. Enumerable.Range(0, _added.Count)]);
        var first = Begin(space, 1, -1);
        if (!first.Propagate(null) || !Tighten(ref space, ref first, 1, -1, null, bare: true))
            return false;
        _opened = (space, first, first.Simplex.Save(), first.Trail);
        _openBound = _rootBound;
        return true;
    }

    /// <summary>Another run over what <see cref="Open"/> has prepared, for a thread of its own; before any condition was set.</summary>
    public ExactRun Fork()
    {
        var (space, first, basis, _) = _opened!.Value;
        var other = new ExactRun(_given, _options);
        other._added.AddRange(_added);
        var search = other.Begin(space, 1, -1);
        foreach (var (column, value) in first.Fixings())
            search.Fix(column, value);
        search.Propagate(null);
        search.Simplex.Load(basis);
        other._openBound = _openBound;
        other._opened = (space, search, basis, search.Trail);
        return other;
    }

    /// <summary>Solves under a condition, from what <see cref="Open"/> has prepared.</summary>
    /// <param name="columns">Columns of which at most one can be 1; if there are several, a row says so.</param>
    /// <param name="taken">Whether one of them must be, or none.</param>
    /// <param name="near">A solution of the program without the condition, to look nearby first.</param>
    /// <param name="start">A solution under the condition, to start from; null for none.</param>
    /// <param name="limit">The longest time; null for that of the options.</param>
    public ExactResult SolveWith(int[] columns, bool taken, bool[] near, bool[]? start = null, TimeSpan? limit = null)
    {
        if (!Prepare(columns, taken, near, start, true, limit, out var space, out var first))
            return Finish(space, null, first, exhausted: true);
        return Conclude(space, first, null, [120, 300]);
    }

    /// <summary>
    /// Bounds under a condition: the relaxation's proved bound, and the best solution that a short search nearby finds.
    /// <see cref="ExactResult.Status"/> is a proof only where it says so, as ever.
    /// </summary>
    /// <param name="columns">As in <see cref="SolveWith"/>.</param>
    /// <param name="taken">As in <see cref="SolveWith"/>.</param>
    /// <param name="near">As in <see cref="SolveWith"/>.</param>
    /// <param name="start">As in <see cref="SolveWith"/>.</param>
    /// <param name="search">Whether to search nearby, or only to round the relaxation.</param>
    public ExactResult EstimateWith(int[] columns, bool taken, bool[] near, bool[]? start = null, bool search = true)
    {
        if (!Prepare(columns, taken, near, start, search, null, out var space, out var first))
            return Finish(space, null, first, exhausted: true);
        var chosen = _best.Chosen;
        long? bound = _rootBound == long.MaxValue ? null : chosen is null ? _rootBound : Math.Max(_rootBound, _best.Value);
        return new ExactResult
        {
            Status = chosen is null ? SolveStatus.Unknown : bound == _best.Value ? SolveStatus.Optimal : SolveStatus.Feasible,
            Chosen = chosen ?? [],
            Objective = chosen is null ? null : _best.Value,
            Bound = bound,
            Nodes = _nodes,
        };
    }

    // The relaxation under the condition and a search nearby. False if nothing better is left.
    private bool Prepare(int[] columns, bool taken, bool[] near, bool[]? start, bool search, TimeSpan? limit, out SearchSpace space, out TreeSearch first)
    {
        (space, first, var basis, var mark) = _opened!.Value;
        _started = _options.Clock.GetTimestamp();
        if (limit is { } most)
            _options = _options with { TimeLimit = most };
        _best = new Incumbent(_given, _order) { Strict = !_options.Canonical };
        if (start is not null)
            _best.Offer(start);
        (_rootBound, _nodes, _reported) = (long.MaxValue, 0, 0);
        first.Undo(mark);
        first.Simplex.Load(basis);
        _state = new SearchState(space, _best, _order, Stop, 1, record: false);
        first.Take(_state);
        if (!Condition(space, first, columns, taken) || !first.Propagate(null))
            return false;
        return Prepare(first, -1, first: start is null) is not { } gains || !search || SearchNearBound(space, first, near, gains, Math.Max(1, _openBound - (long)_given.Objective(near)));
    }

    // The distance of the optimum from the relaxation without the condition tells what to expect with it: so near the bound the parts that
    // must be searched are small. Farther away if nothing is found.
    private bool SearchNearBound(SearchSpace space, TreeSearch first, bool[] near, double[] gains, long gap)
    {
        var basis = first.Simplex.Save();
        var differ = Enumerable.Range(0, near.Length).Where(j => Math.Abs(first.X[j] - (near[j] ? 1 : 0)) > 0.01).ToArray();
        var least = gains.Select((g, j) => (Gain: Math.Abs(g), Column: j)).Where(g => first.Fixed[g.Column] < 0).OrderBy(g => g.Gain).ThenBy(g => g.Column).Take(120).Select(g => g.Column);
        HashSet<int> free = [.. first.WithAlternatives(differ), .. least];
        foreach (var times in Far)
        {
            var before = _best.Value;
            var target = _rootBound - (times * gap);
            if (Stop() || target <= before)
                break;
            if (!SearchPart(space, first, basis, null, free, target))
                return false;
            if (_best.Value >= target)
                return true;
        }

        return SearchNear(space, first, basis, null, near);
    }

    private static readonly int[] Far = [2, 4, 8, 16];

    private long _openBound;

    private static bool Condition(SearchSpace space, TreeSearch first, int[] columns, bool taken)
    {
        if (!taken || columns.Length == 1)
        {
            var value = taken ? 1 : 0;
            if (columns.Any(c => first.Fixed[c] == 1 - value))
                return false;
            foreach (var c in columns)
                first.Fix(c, taken);
            return true;
        }

        var row = Enumerable.Range(0, space.Program.Rows.Count).First(i => space.Program.Rows[i] is var r && r.Upper == 1 && r.Lower is null && r.Columns.SequenceEqual(columns) && r.Coefficients.All(a => a == 1));
        first.Demand(row);
        return true;
    }
}
