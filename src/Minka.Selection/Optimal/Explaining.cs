namespace Minka.Selection.Optimal;

/// <summary>The solves behind the explanations.</summary>
internal sealed class Explaining
{
    private readonly AwardModel _model;
    private readonly AwardOutcome _outcome;
    private readonly AwardProgram _award;
    private SolveOptions _options;
    private readonly long _best;
    private readonly bool[] _now;
    private ExactRun? _run;

    public AwardProgram Award => _award;

    /// <summary>The longest time of what follows, solve by solve.</summary>
    public TimeSpan? Limit
    {
        set => _options = _options with { TimeLimit = value };
    }

    private bool _opened;

    public Explaining(AwardModel model, AwardOutcome outcome, SolveOptions? options)
    {
        if (outcome.Status != SolveStatus.Optimal)
            throw new ArgumentException("Only a proved optimum can be explained.", nameof(outcome));
        if (model.Objectives[0] != AwardObjective.Merit)
            throw new ArgumentException("Explanations need merit as the first objective.", nameof(model));
        (_model, _outcome) = (model, outcome);
        _award = new AwardProgram(model);
        _options = (options ?? new SolveOptions()) with { Canonical = false, RecordProof = false, Start = null, Progress = null };
        _best = outcome.Stages[0].Value;
        var levels = outcome.Decisions.Select((d, p) => d.Level is null ? -1 : model.Proposals[p].Levels.Select((l, k) => (l.Id, k)).First(l => l.Id == d.Level).k).ToArray();
        _now = _award.Chosen(levels);
    }

    public int IndexOf(string id) => _award.Index.TryGetValue(id, out var p) ? p : throw new ArgumentException($"There is no proposal {id}.", nameof(id));

    public ProposalExplanation Funded(int p)
    {
        var id = _model.Proposals[p].Id;
        var without = With(p, taken: false);
        if (without.Status is SolveStatus.Feasible or SolveStatus.Unknown)
            return new ProposalExplanation { Id = id, Funded = true, Complete = false };
        return without.Status == SolveStatus.Infeasible
            ? new ProposalExplanation { Id = id, Funded = true }
            : new ProposalExplanation { Id = id, Funded = true, Margin = _best - without.Objective!.Value, MarginRange = Exactly(_best - without.Objective!.Value), Brings = Difference(without.Chosen, _now) };
    }

    public ProposalExplanation Unfunded(int p)
    {
        var proposal = _model.Proposals[p];
        var with = With(p, taken: true);
        if (with.Status is SolveStatus.Feasible or SolveStatus.Unknown)
            return new ProposalExplanation { Id = proposal.Id, Funded = false, Complete = false };
        var (budget, complete) = BudgetEnough(p);
        var (request, complete2) = GreatestRequest(p);
        if (with.Status == SolveStatus.Infeasible)
        {
            return new ProposalExplanation
            {
                Id = proposal.Id,
                Funded = false,
                BudgetEnough = budget,
                BudgetRange = Exactly(budget),
                GreatestRequest = request,
                RequestRange = Exactly(request),
                NoBudget = complete && budget is null,
                NoRequest = complete2 && request is null,
                Complete = complete && complete2,
                Conflict = Exclusion(p),
            };
        }

        // With a rise of all its values by what is missing it ties with the best; one more wins for certain.
        var rise = _best - with.Objective!.Value;
        var atTie = _model with { Proposals = [.. _model.Proposals.Select((q, k) => k == p ? q with { Levels = [.. q.Levels.Select(l => l with { Value = l.Value + rise })] } : q)] };
        var tie = AwardOptimiser.Solve(atTie, _options with { Canonical = true });
        var wins = tie.Status == SolveStatus.Optimal && tie.Decisions[p].Level is not null;
        return new ProposalExplanation
        {
            Id = proposal.Id,
            Funded = false,
            ScoreNeeded = proposal.Levels[0].Value + rise + (wins ? 0 : 1),
            ScoreRange = Exactly(proposal.Levels[0].Value + rise + (wins ? 0 : 1)),
            Displaces = Difference(_now, with.Chosen),
            Brings = Difference(with.Chosen, _now),
            BudgetEnough = budget,
            BudgetRange = Exactly(budget),
            GreatestRequest = request,
            RequestRange = Exactly(request),
            NoBudget = complete && budget is null,
            NoRequest = complete2 && request is null,
            Complete = complete && complete2 && tie.Status == SolveStatus.Optimal,
        };
    }

    private static Bracket? Exactly(long? figure) => figure is { } f ? new Bracket(f, f) : null;

    public IReadOnlyList<CurveStep> Steps(Envelope? envelope, int count)
    {
        var amount = envelope?.Ceiling ?? _model.Budget;
        var steps = new List<CurveStep> { new(amount, _best) };
        while (steps.Count < count)
        {
            // The least money with which more than the last step is reached, then all that this money reaches.
            var members = envelope is null
                ? Enumerable.Range(0, _model.Proposals.Count)
                : Enumerable.Range(0, _model.Proposals.Count).Where(p => _model.Proposals[p].Groups.TryGetValue(envelope.Dimension, out var g) && g == envelope.Group);
            var least = LeastMoney(members, envelope is null ? "budget" : $"ceiling {envelope.Dimension}:{envelope.Group}", steps[^1].Objective + 1, null);
            if (least is not { } next)
                break;
            var changed = envelope is null
                ? _model with { Budget = next }
                : _model with { Envelopes = [.. _model.Envelopes.Select(e => e == envelope ? e with { Ceiling = next } : e)] };
            var best = Solve(Copy(new AwardProgram(changed)), -1, 0);
            if (best.Status != SolveStatus.Optimal)
                break;
            steps.Add(new CurveStep(next, best.Objective!.Value));
        }

        return steps;
    }

    // Walks both curves: the least budget at which the proposal reaches what the others reach now; there the others may reach more; and so on.
    private (long? Budget, bool Complete) BudgetEnough(int p)
    {
        var target = _best;
        var all = Enumerable.Range(0, _model.Proposals.Count).ToArray();
        while (true)
        {
            var least = LeastMoney(all, "budget", target, p, out var complete);
            if (least is not { } money)
                return (null, complete);
            var budget = Math.Max(money, _model.Budget);
            var award = new AwardProgram(_model with { Budget = budget });
            var best = Solve(Copy(award), -1, 0);
            var with = Solve(Copy(award), p, 1);
            if (best.Status != SolveStatus.Optimal || with.Status != SolveStatus.Optimal)
                return (null, false);
            if (with.Objective == best.Objective)
                return (budget, true);
            target = best.Objective!.Value;
        }
    }

    // The least cut of the request with which the proposal, at its first level, reaches what is reached without it.
    private (long? Request, bool Complete) GreatestRequest(int p)
    {
        // Without it the best is what it is now, for it is not funded now.
        var proposal = _model.Proposals[p];
        var request = proposal.Levels[0].Amount;

        // The cut in binary digits: it counts against every row of money that the proposal is in.
        var digits = request == 0 ? 0 : 64 - System.Numerics.BitOperations.LeadingZeroCount((ulong)request);
        var program = new ZeroOneProgram();
        for (var j = 0; j < _award.Program.Columns; j++)
            program.AddColumn(0);
        for (var d = 0; d < digits; d++)
            program.AddColumn(-(1L << d));
        var (first, n) = (_award.First[p], _award.Program.Columns);
        var cut = Enumerable.Range(0, digits).Select(d => (n + d, 1L << d)).ToArray();
        foreach (var (row, terms, isMoney) in MoneyRows())
        {
            var own = isMoney && terms.Any(t => t.Column == first);
            program.AddRow(row.Name, own ? terms.Concat(cut.Select(c => (c.Item1, -c.Item2))) : terms, row.Lower, row.Upper);
        }

        program.AddRow("forced", [(first, 1)], 1, 1);
        program.AddRow("cut", cut, null, request);
        program.AddRow("reached", _award.Program.Values.Select((v, j) => (j, v)), _best, null);
        var result = ExactSolver.Solve(program, _options);
        return result.Status switch
        {
            SolveStatus.Optimal => (request + result.Objective!.Value, true),
            SolveStatus.Infeasible => (null, true),
            _ => (null, false),
        };
    }

    private long? LeastMoney(IEnumerable<int> members, string without, long target, int? forced) => LeastMoney(members, without, target, forced, out _);

    // The least money of some proposals with which the target is reached, all rules but one kept.
    private long? LeastMoney(IEnumerable<int> members, string without, long target, int? forced, out bool complete)
    {
        var values = new long[_award.Program.Columns];
        foreach (var p in members)
        {
            foreach (var c in _award.Columns(p))
                values[c] = -_model.Proposals[p].Levels[c - _award.First[p]].Amount;
        }

        var program = _award.Program.With(values, r => r.Name != without);
        program.AddRow("reached", _award.Program.Values.Select((v, j) => (j, v)), target, null);
        var result = Solve(program, forced ?? -1, 1);
        complete = result.Status is SolveStatus.Optimal or SolveStatus.Infeasible;
        return result.Status == SolveStatus.Optimal ? -result.Objective!.Value : null;
    }

    // The rows with money in minor units again: the program divides by common divisors.
    private IEnumerable<(ProgramRow Row, IEnumerable<(int Column, long Coefficient)> Terms, bool IsMoney)> MoneyRows()
    {
        for (var i = 0; i < _award.Program.Rows.Count; i++)
        {
            var row = _award.Program.Rows[i];
            var rule = _award.Rules[i];
            if (rule is null || rule.Kind is not ("budget" or "floor" or "ceiling" or "cap-amount"))
            {
                yield return (row, row.Columns.Select((j, k) => (j, row.Coefficients[k])), false);
                continue;
            }

            var bound = rule.Amount;
            var lower = rule.Kind == "floor" ? bound : (long?)null;
            yield return (row with { Lower = lower, Upper = lower is null ? bound : null }, MoneyTerms(row), true);
        }
    }

    private IEnumerable<(int Column, long Coefficient)> MoneyTerms(ProgramRow row)
    {
        var at = 0;
        foreach (var j in row.Columns)
        {
            while (_award.First[at + 1] <= j)
                at++;
            yield return (j, _model.Proposals[at].Levels[j - _award.First[at]].Amount);
        }
    }

    private List<AwardConstraint> Exclusion(int p)
    {
        // What excludes it: the rules, with the proposal demanded by a floor of its own.
        var id = _model.Proposals[p].Id;
        var forced = new AwardConstraint("forced", id, 1);
        return [.. Conflicts.Smallest(_model, _options, (p, forced)).Where(c => c != forced)];
    }

    // The optimum with or without a proposal: the relaxation is prepared once for all of them.
    private ExactResult With(int proposal, bool taken)
    {
        if (_run is null)
        {
            _run = new ExactRun(_award.Program, _options);
            _opened = _run.Open();
        }

        return _opened ? _run.SolveWith([.. _award.Columns(proposal)], taken, _now, limit: _options.TimeLimit) : Solve(Copy(_award), proposal, taken ? 1 : 0);
    }

    private ExactResult Solve(ZeroOneProgram program, int proposal, long funded)
    {
        if (proposal >= 0)
            program.AddRow("forced", _award.Columns(proposal).Select(c => (c, 1L)), funded, funded);
        return ExactSolver.Solve(program, _options);
    }

    private static ZeroOneProgram Copy(AwardProgram award) => award.Program.With(award.Program.Values);

    public string[] Difference(IReadOnlyList<bool> here, IReadOnlyList<bool> notThere)
    {
        if (here.Count == 0 || notThere.Count == 0)
            return [];
        var (a, b) = (_award.Levels(here), _award.Levels(notThere));
        return [.. Enumerable.Range(0, a.Length).Where(p => a[p] >= 0 && b[p] < 0).Select(p => _model.Proposals[p].Id)];
    }
}
