namespace Minka.Selection.Optimal;

/// <summary>
/// All explanations of an award within one time: first both ends of every figure, then exact solves, those nearest to the cut line first.
/// </summary>
internal sealed class ExplainingAll
{
    private readonly AwardModel _model;
    private readonly AwardOutcome _outcome;
    private readonly SolveOptions _options;
    private readonly AwardProgram _award;
    private readonly Explaining _exact;
    private readonly long _best, _started;
    private readonly bool[] _now;
    private readonly int[] _levels;
    private readonly ExactResult?[] _opposite;
    private readonly Bracket?[] _budgets, _requests;
    private readonly bool[] _noBudget, _noRequest;
    private readonly List<(CurveStep Step, int[] Levels)> _known = [];

    public ExplainingAll(AwardModel model, AwardOutcome outcome, SolveOptions options)
    {
        _started = options.Clock.GetTimestamp();
        (_model, _outcome) = (model, outcome);
        _options = options with { Canonical = false, RecordProof = false, Start = null, Progress = null };
        _exact = new Explaining(model, outcome, _options);
        _award = _exact.Award;
        _best = outcome.Stages[0].Value;
        _levels = [.. outcome.Decisions.Select((d, p) => d.Level is null ? -1 : model.Proposals[p].Levels.Select((l, k) => (l.Id, k)).First(l => l.Id == d.Level).k)];
        _now = _award.Chosen(_levels);
        var n = model.Proposals.Count;
        (_opposite, _budgets, _requests, _noBudget, _noRequest) = (new ExactResult?[n], new Bracket?[n], new Bracket?[n], new bool[n], new bool[n]);
    }

    /// <summary>Whether to go on with exact solves once both ends of every figure are known.</summary>
    public bool Exactly { get; init; } = true;

    public AwardExplanation Explain(int steps)
    {
        var n = _model.Proposals.Count;
        var runs = Workers();
        var all = Enumerable.Range(0, n).ToArray();
        if (runs.Count > 0)
        {
            // First the relaxation alone, which is quick: everybody gets both ends.
            Share(runs, all, 0.5, (run, p) => Learn(p, run.EstimateWith(Columns(p), !Funded(p), _now, search: false)));
            Compare();
            Share(runs, [.. all.OrderBy(Distance).ThenBy(p => p)], 0.5, (run, p) => Learn(p, run.EstimateWith(Columns(p), !Funded(p), _now, List(p))));
            Compare();
        }

        var unfunded = all.Where(p => !Funded(p)).OrderBy(Distance).ThenBy(p => p).ToArray();
        Grid(0.7);
        var known = _known.ConvertAll(k => k.Step);
        Share([.. runs.Select(_ => (Lines: new MoneyLines(_award), Room: new RequestRoom(_award)))], unfunded, 0.9, (tools, p) => Money(tools.Lines, tools.Room, p, known));

        if (!Exactly)
            return new AwardExplanation([.. all.Select(Told)], [new CurveStep(_model.Budget, _best)]);

        // Exact: score and margin of those nearest to the line, then budgets and requests, which take longer.
        var order = all.Where(p => _opposite[p] is { Status: SolveStatus.Feasible or SolveStatus.Unknown }).OrderBy(Distance).ThenBy(p => p).ToArray();
        Share(runs, order, 1, (run, p) => Learn(p, run.SolveWith(Columns(p), !Funded(p), _now, List(p), Left(1))));
        Compare();
        var told = all.Select(Told).ToArray();
        foreach (var p in all.OrderBy(p => _opposite[p] is { Status: SolveStatus.Infeasible } ? double.MinValue : Distance(p)))
        {
            if (Left(1) <= TimeSpan.Zero)
                break;
            if (told[p].Complete)
                continue;
            _exact.Limit = Left(1);
            var whole = Funded(p) ? _exact.Funded(p) : _exact.Unfunded(p);
            told[p] = whole.Complete ? whole : told[p];
        }

        _exact.Limit = Left(1);
        IReadOnlyList<CurveStep> curve = Left(1) > TimeSpan.Zero ? _exact.Steps(null, steps) : [new CurveStep(_model.Budget, _best)];
        return new AwardExplanation(told, curve);
    }

    private int[] Columns(int p) => [.. _award.Columns(p)];

    private bool[]? List(int p) => _opposite[p] is { Chosen.Count: > 0 } known ? [.. known.Chosen] : null;

    // Keeps the better of what is known at each end.
    private void Learn(int p, ExactResult result)
    {
        if (_opposite[p] is { } before && result.Status is not (SolveStatus.Optimal or SolveStatus.Infeasible))
        {
            var better = (result.Objective ?? long.MinValue) > (before.Objective ?? long.MinValue) ? result : before;
            result = Enclosed(better, before.Bound is null || result.Bound < before.Bound ? result.Bound : before.Bound);
        }

        _opposite[p] = result;
    }

    private static ExactResult Enclosed(ExactResult list, long? bound) => list with
    {
        Bound = bound,
        Status = list.Objective is null ? SolveStatus.Unknown : list.Objective == bound ? SolveStatus.Optimal : SolveStatus.Feasible,
    };

    // A list found for one proposal may be the best known for another too.
    private void Compare()
    {
        var found = _opposite.OfType<ExactResult>().Where(o => o.Chosen.Count > 0).DistinctBy(o => o.Chosen).ToArray();
        foreach (var list in found)
        {
            var levels = _award.Levels(list.Chosen);
            for (var p = 0; p < levels.Length; p++)
            {
                if (levels[p] >= 0 != Funded(p) && _opposite[p] is { Status: SolveStatus.Feasible or SolveStatus.Unknown } known && list.Objective > (known.Objective ?? long.MinValue))
                    _opposite[p] = Enclosed(list, known.Bound);
            }
        }
    }

    private bool Funded(int p) => _levels[p] >= 0;

    private double Distance(int p) => _opposite[p] is { } o ? _best - (double)(o.Bound ?? o.Objective ?? long.MinValue) : double.MaxValue;

    // What is left of a part of the time.
    private TimeSpan Left(double part)
    {
        var left = (_options.TimeLimit!.Value * part) - _options.Clock.GetElapsedTime(_started);
        return left > TimeSpan.Zero && !_options.Cancel.IsCancellationRequested ? left : TimeSpan.Zero;
    }

    private List<ExactRun> Workers()
    {
        var first = new ExactRun(_award.Program, _options);
        if (!first.Open())
            return [];
        return [first, .. Enumerable.Range(1, Math.Max(1, _options.Threads) - 1).Select(_ => first.Fork())];
    }

    // Each worker takes the next proposal until none is left or this part of the time is over.
    private void Share<T>(IReadOnlyList<T> workers, int[] proposals, double part, Action<T, int> act)
    {
        var next = -1;
        var tasks = workers.Select(w => Task.Factory.StartNew(
            () =>
            {
                while (Interlocked.Increment(ref next) is var k && k < proposals.Length && Left(part) > TimeSpan.Zero)
                    act(w, proposals[k]);
            },
            CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default)).ToArray();
        Task.WaitAll(tasks);
    }

    // Optima at greater budgets: whoever is in one knows a budget that is enough.
    private void Grid(double part)
    {
        _known.Add((new CurveStep(_model.Budget, _best), _levels));
        var all = _award.AllMoney;
        foreach (var thousandths in (int[])[10, 40, 20, 5, 80, int.MaxValue, 160, 320])
        {
            var budget = thousandths == int.MaxValue ? all : (long)Int128.Min(all, _model.Budget + ((Int128)_model.Budget * thousandths / 1_000));
            var left = Left(part);
            if (left <= TimeSpan.Zero)
                break;
            var before = _known.FindLastIndex(k => k.Step.Amount <= budget);
            if (before < 0 || _known[before].Step.Amount == budget)
                continue;
            var award = new AwardProgram(_model with { Budget = budget });
            var start = _known.Take(before + 1).Last(k => k.Levels.Length > 0).Levels;
            var result = ExactSolver.Solve(award.Program, _options with { TimeLimit = left / 3, Start = award.Chosen(start) });
            if (result.Objective is not { } value)
                continue;

            // A list that is not proved is still known to be reached; but it does not tell who is in an optimum.
            _known.Insert(before + 1, (new CurveStep(budget, value), result.Status == SolveStatus.Optimal ? award.Levels(result.Chosen) : []));
        }
    }

    private void Money(MoneyLines lines, RequestRoom room, int p, IReadOnlyList<CurveStep> known)
    {
        long? enough = null;
        foreach (var (step, levels) in _known)
        {
            if (levels.Length == 0 || levels[p] < 0)
                continue;
            enough = step.Amount;
            break;
        }

        if (lines.LeastBudget(p, known) is { } least)
            _budgets[p] = new Bracket(least, enough);
        else
            _noBudget[p] = true;

        if (lines.GreatestRequest(p, _best) is { } greatest)
        {
            var found = room.Find(p, _levels, _best);
            if (_opposite[p] is { Chosen.Count: > 0 } other)
                found = Greater(found, room.Find(p, _award.Levels(other.Chosen), _best));
            _requests[p] = new Bracket(found, greatest);
        }
        else
        {
            _noRequest[p] = true;
        }
    }

    private static long? Greater(long? a, long? b) => a is null || b > a ? b : a;

    private ProposalExplanation Told(int p)
    {
        var (proposal, other) = (_model.Proposals[p], _opposite[p]);
        var told = new ProposalExplanation { Id = proposal.Id, Funded = Funded(p), Complete = false };
        if (other is null)
            return told;
        var impossible = other.Status == SolveStatus.Infeasible;
        if (Funded(p))
        {
            if (impossible)
                return told with { Complete = true };
            var range = other.Bound is { } b ? new Bracket(Math.Max(0, _best - b), _best - other.Objective) : null;
            return told with
            {
                Margin = range is { IsExact: true } ? range.Low : null,
                MarginRange = range,
                Brings = _exact.Difference(other.Chosen, _now),
                Complete = range is { IsExact: true },
            };
        }

        var value = proposal.Levels[0].Value;
        var wins = other.Chosen.Count > 0 && other.Bound == other.Objective && WinsTies(other.Chosen);
        var score = impossible || other.Bound is not { } bound ? null : new Bracket(value + Math.Max(0, _best - bound), other.Objective is { } o ? value + _best - o + (wins ? 0 : 1) : null);
        return told with
        {
            ScoreNeeded = score is { IsExact: true } ? score.Low : null,
            ScoreRange = score,
            Displaces = _exact.Difference(_now, other.Chosen),
            Brings = _exact.Difference(other.Chosen, _now),
            BudgetEnough = _budgets[p] is { IsExact: true } budget ? budget.Low : null,
            BudgetRange = _budgets[p],
            GreatestRequest = _requests[p] is { IsExact: true } request ? request.Low : null,
            RequestRange = _requests[p],
            NoBudget = _noBudget[p],
            NoRequest = _noRequest[p],
        };
    }

    // With merit alone the published order decides a tie: a list that stands before the award wins it.
    private bool WinsTies(IReadOnlyList<bool> chosen) => _outcome.Stages.Count == 1 && _outcome.Canonical && Incumbent.IsBefore([.. chosen], _now, [.. _award.Program.Order]);
}
