namespace Minka.Selection.Optimal;

/// <summary>What was decided about a proposal.</summary>
/// <param name="Id">The proposal.</param>
/// <param name="Level">The level at which it is funded; null if it is not.</param>
/// <param name="Amount">The money awarded, minor units; 0 if it is not funded.</param>
public sealed record AwardedLevel(string Id, string? Level, long Amount);

/// <summary>The result of one objective.</summary>
/// <param name="Objective">Which.</param>
/// <param name="Value">The sum reached: points, weights, number of proposals, or money.</param>
/// <param name="Bound">What no solution can surpass (for the fewest and the least: fall below), given the objectives before.</param>
/// <param name="Proved">Whether the value is proved to be the best.</param>
public sealed record StageResult(AwardObjective Objective, long Value, long? Bound, bool Proved);

/// <summary>The result of an optimisation.</summary>
public sealed record AwardOutcome
{
    /// <summary>How it ended; <see cref="SolveStatus.Optimal"/> only if every objective in turn is proved.</summary>
    public required SolveStatus Status { get; init; }

    /// <summary>One decision a proposal, in the model's order; empty if there is no solution.</summary>
    public required IReadOnlyList<AwardedLevel> Decisions { get; init; }

    /// <summary>The objectives as far as the solve came.</summary>
    public required IReadOnlyList<StageResult> Stages { get; init; }

    /// <summary>Whether the solution is proved to be the first in the published order among all that are best.</summary>
    public bool Canonical { get; init; }

    /// <summary>Money awarded in total, minor units.</summary>
    public long Awarded { get; init; }

    /// <summary>Where nothing is feasible: a smallest set of rules that cannot hold together (without any of them the others can).</summary>
    public IReadOnlyList<AwardConstraint> Conflict { get; init; } = [];

    /// <summary>Where it is proved that nothing is funded although that is feasible: why.</summary>
    public NothingFunded? Nothing { get; init; }

    /// <summary>Rules of the model that concern nobody, for whoever wrote it: often a wrong id.</summary>
    public IReadOnlyList<AwardNote> Notes { get; init; } = [];

    /// <summary>Nodes visited.</summary>
    public long Nodes { get; init; }

    /// <summary>Time used.</summary>
    public TimeSpan Elapsed { get; init; }

    /// <summary>A proved upper bound of the first objective where no list was found; else see <see cref="Stages"/>.</summary>
    public long? Bound => Stages.Count > 0 ? Stages[0].Bound : Runs.Count > 0 ? Runs[0].Bound : null;

    /// <summary>The runs of the stages, for the certificate.</summary>
    internal IReadOnlyList<ExactResult> Runs { get; init; } = [];
}

/// <summary>A rule that concerns nobody.</summary>
/// <param name="Kind"><c>floor</c> or <c>ceiling</c> (nobody belongs to the group), <c>cap</c> (nobody of that name applies).</param>
/// <param name="Of">Whom it names: an envelope as <c>dimension:group</c>, or <c>applicant:…</c>, <c>planWriter:…</c>.</param>
/// <param name="Place">Where in the model.</param>
/// <param name="KnownDimension">For envelopes whether any proposal has the dimension.</param>
public sealed record AwardNote(string Kind, string Of, string Place, bool KnownDimension)
{
    /// <summary>The note in words, in English; other languages take the values.</summary>
    public override string ToString() => (Kind, KnownDimension) switch
    {
        ("cap", _) => $"{Place}: nobody is {Of}, so this cap limits nothing",
        ("floor", true) => $"{Place}: no proposal belongs to {Of}, so nothing can reach its floor",
        ("floor", _) => $"{Place}: no proposal names the dimension of {Of}, so nothing can reach its floor",
        (_, true) => $"{Place}: no proposal belongs to {Of}, so its ceiling limits nothing",
        _ => $"{Place}: no proposal names the dimension of {Of}, so its ceiling limits nothing",
    };
}

/// <summary>Why an award funds nothing.</summary>
public enum NothingFunded
{
    /// <summary>There is no proposal.</summary>
    NoProposals,

    /// <summary>The budget is zero and every level costs money.</summary>
    NoBudget,

    /// <summary>No level costs as little as the budget.</summary>
    AllTooDear,

    /// <summary>No choice that the rules allow has a value above zero.</summary>
    NothingWorthwhile,
}

/// <summary>Decides an <see cref="AwardModel"/> exactly: objective after objective, each with the results of those before as rules.</summary>
public static class AwardOptimiser
{
    /// <summary>Decides.</summary>
    /// <param name="model">The model.</param>
    /// <param name="options">How to solve; null for the defaults.</param>
    /// <exception cref="InvalidAwardModelException">The model is faulty.</exception>
    public static AwardOutcome Solve(AwardModel model, SolveOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        options ??= new SolveOptions();
        var award = new AwardProgram(model);
        return Solve(award, options, conflict: true) with { Notes = ModelCheck.Idle(model) };
    }

    internal static AwardOutcome Solve(AwardProgram award, SolveOptions options, bool conflict)
    {
        var started = options.Clock.GetTimestamp();
        var model = award.Model;
        var program = award.Program;
        var stages = new List<StageResult>();
        var runs = new List<ExactResult>();
        IReadOnlyList<bool>? chosen = null;
        var kinds = model.Objectives.Where(o => o != AwardObjective.Draw).ToArray();
        var status = SolveStatus.Optimal;
        var canonical = false;
        for (var k = 0; k < kinds.Length; k++)
        {
            var stage = program.With(award.Objectives[k]);
            for (var before = 0; before < k; before++)
                stage.AddRow("objective " + kinds[before], award.Objectives[before].Select((v, j) => (j, v)), runs[before].Objective, null);
            var run = ExactSolver.Solve(stage, options with
            {
                TimeLimit = Left(options, started),
                Canonical = options.Canonical && k == kinds.Length - 1,
                Start = chosen ?? options.Start,
            });
            runs.Add(run);
            if (run.Status is SolveStatus.Infeasible or SolveStatus.Unknown)
            {
                if (k == 0)
                {
                    return new AwardOutcome
                    {
                        Status = run.Status,
                        Decisions = [],
                        Stages = [],
                        Conflict = run.Status == SolveStatus.Infeasible && conflict ? Conflicts.Smallest(model, options with { TimeLimit = Left(options, started) }) : [],
                        Nodes = run.Nodes,
                        Elapsed = options.Clock.GetElapsedTime(started),
                        Runs = runs,
                    };
                }

                status = SolveStatus.Feasible;
                break;
            }

            chosen = run.Chosen;
            var sign = kinds[k] is AwardObjective.FewestProjects or AwardObjective.LeastCost ? -1 : 1;
            stages.Add(new StageResult(kinds[k], sign * run.Objective!.Value, run.Bound is { } b ? sign * b : null, run.Status == SolveStatus.Optimal));
            canonical = run.Canonical;
            if (run.Status != SolveStatus.Optimal)
            {
                status = SolveStatus.Feasible;
                break;
            }
        }

        var levels = award.Levels(chosen!);
        var decisions = levels.Select((l, p) => l < 0
            ? new AwardedLevel(model.Proposals[p].Id, null, 0)
            : new AwardedLevel(model.Proposals[p].Id, model.Proposals[p].Levels[l].Id, model.Proposals[p].Levels[l].Amount)).ToArray();
        return new AwardOutcome
        {
            Status = status,
            Decisions = decisions,
            Stages = stages,
            Canonical = status == SolveStatus.Optimal && canonical,
            Awarded = decisions.Sum(d => d.Amount),
            Nothing = status == SolveStatus.Optimal && levels.All(l => l < 0) ? WhyNothing(model) : null,
            Nodes = runs.Sum(r => r.Nodes),
            Elapsed = options.Clock.GetElapsedTime(started),
            Runs = runs,
        };
    }

    /// <summary>What is left of the time limit; null without one.</summary>
    internal static TimeSpan? Left(SolveOptions options, long started)
    {
        if (options.TimeLimit is not { } limit)
            return null;
        var left = limit - options.Clock.GetElapsedTime(started);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private static NothingFunded WhyNothing(AwardModel model)
    {
        if (model.Proposals.Count == 0)
            return NothingFunded.NoProposals;
        var least = model.Proposals.Min(p => p.Levels.Min(l => l.Amount));
        if (least > model.Budget)
            return model.Budget == 0 ? NothingFunded.NoBudget : NothingFunded.AllTooDear;
        return NothingFunded.NothingWorthwhile;
    }
}

/// <summary>Finds a smallest set of rules that cannot hold together.</summary>
internal static class Conflicts
{
    /// <summary>
    /// A set of rules that is infeasible and of which no part is: what can be left out is left out, in halves first (U. Junker, AAAI 2004).
    /// Empty if the time does not suffice.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="options">How to solve.</param>
    /// <param name="demanded">A proposal that is demanded besides, and the rule that says so; null for none.</param>
    public static IReadOnlyList<AwardConstraint> Smallest(AwardModel model, SolveOptions options, (int Proposal, AwardConstraint Rule)? demanded = null)
    {
        var all = new AwardProgram(model).Rules.OfType<AwardConstraint>().Distinct().ToList();
        if (demanded is { } extra)
            all.Add(extra.Rule);

        // Floors alone can make a model infeasible: they come last, so that few of them stay.
        all = [.. all.OrderBy(r => r.Kind is "floor" or "forced" ? 0 : 1)];
        var unknown = false;
        var started = options.Clock.GetTimestamp();
        bool Feasible(IEnumerable<AwardConstraint> rules)
        {
            var kept = rules.ToHashSet();
            var award = new AwardProgram(model, kept.Contains);
            var program = award.Program.With(new long[award.Program.Columns]);
            if (demanded is { } d && kept.Contains(d.Rule))
                program.AddRow("forced", award.Columns(d.Proposal).Select(c => (c, 1L)), 1, 1);
            var result = ExactSolver.Solve(program, options with { TimeLimit = AwardOptimiser.Left(options, started), Canonical = false, RecordProof = false, Start = null, Progress = null });
            unknown |= result.Status is SolveStatus.Unknown;
            return result.Status != SolveStatus.Infeasible;
        }

        List<AwardConstraint> Explain(List<AwardConstraint> background, bool added, List<AwardConstraint> rules)
        {
            if (unknown || (added && !Feasible(background)))
                return [];
            if (rules.Count == 1)
                return rules;
            var half = rules.Count / 2;
            var (first, second) = (rules[..half], rules[half..]);
            var fromSecond = Explain([.. background, .. first], first.Count > 0, second);
            var fromFirst = Explain([.. background, .. fromSecond], fromSecond.Count > 0, first);
            return [.. fromFirst, .. fromSecond];
        }

        if (all.Count == 0)
            return [];
        var conflict = Explain([], false, all);
        return unknown ? [] : conflict;
    }
}
