namespace Minka.Selection.Optimal;

/// <summary>One figure of an explanation, run again.</summary>
/// <param name="Id">The proposal.</param>
/// <param name="Figure"><c>score</c>, <c>margin</c>, <c>budget</c> or <c>request</c>.</param>
/// <param name="Change">What was changed for this run: the value, fall, budget or request.</param>
/// <param name="Expected">Whether the proposal should be funded then.</param>
/// <param name="Passed">Whether it was as expected; null if the run was stopped before it was decided.</param>
public sealed record FigureCheck(string Id, string Figure, long Change, bool Expected, bool? Passed);

/// <summary>
/// Checks explanations by deciding the award again, from nothing, with the stated change: with the figure the proposal must be funded, with one unit
/// less (for requests, more; for falls, beyond) it must not. Of a range both ends are checked so.
/// </summary>
/// <remarks>Takes two solves a figure: minutes for a call of hundreds. Nothing of what explained is used.</remarks>
public static class ExplanationCheck
{
    /// <summary>Checks the explanation of one proposal.</summary>
    /// <param name="model">The model.</param>
    /// <param name="explanation">What was told.</param>
    /// <param name="options">How to solve; the time limit holds for each run.</param>
    public static IReadOnlyList<FigureCheck> Of(AwardModel model, ProposalExplanation explanation, SolveOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        ArgumentNullException.ThrowIfNull(explanation);
        var p = model.Proposals.TakeWhile(q => q.Id != explanation.Id).Count();
        if (p == model.Proposals.Count)
            throw new ArgumentException($"There is no proposal {explanation.Id}.", nameof(explanation));
        var how = (options ?? new SolveOptions()) with { RecordProof = false, Start = null, Progress = null };
        var checks = new List<FigureCheck>();
        void Check(string figure, long change, bool expected, AwardModel changed)
        {
            var again = AwardOptimiser.Solve(changed, how);
            bool? funded = again.Status switch { SolveStatus.Optimal => again.Decisions[p].Level is not null, SolveStatus.Infeasible => false, _ => null };
            checks.Add(new FigureCheck(explanation.Id, figure, change, expected, funded == expected ? true : funded is null ? null : false));
        }

        var (value, request) = (model.Proposals[p].Levels[0].Value, model.Proposals[p].Levels[0].Amount);
        if (explanation.ScoreRange is { } score)
        {
            if (score.High is { } enough)
                Check("score", enough, true, Raised(model, p, enough - value));
            if (score.Low is { } low)
                Check("score", low - 1, false, Raised(model, p, low - 1 - value));
        }

        if (explanation.MarginRange is { } margin)
        {
            if (margin.Low is > 0 and var stays)
                Check("margin", stays - 1, true, Raised(model, p, 1 - stays));
            if (margin.High is { } goes)
                Check("margin", goes + 1, false, Raised(model, p, -goes - 1));
        }

        // "An optimum funds it": among equals it may stand behind, so one unit of value more must win for certain.
        if (explanation.BudgetRange is { } budget)
        {
            if (budget.High is { } enough)
                Check("budget", enough, true, Raised(model, p, 1) with { Budget = enough });
            if (budget.Low is { } low && low > model.Budget)
                Check("budget", low - 1, false, model with { Budget = low - 1 });
        }

        if (explanation.RequestRange is { } asked)
        {
            if (asked.Low is { } enough)
                Check("request", enough, true, Asking(Raised(model, p, 1), p, enough));
            if (asked.High is { } high && high < request)
                Check("request", high + 1, false, Asking(model, p, high + 1));
        }

        return checks;
    }

    private static AwardModel Raised(AwardModel model, int p, long by) => Changed(model, p, q => q with { Levels = [.. q.Levels.Select(l => l with { Value = l.Value + by })] });

    // The request is about the first level; the others stay out of it.
    private static AwardModel Asking(AwardModel model, int p, long amount) => Changed(model, p, q => q with { Levels = [q.Levels[0] with { Amount = amount }] });

    private static AwardModel Changed(AwardModel model, int p, Func<AwardProposal, AwardProposal> change) =>
        model with { Proposals = [.. model.Proposals.Select((q, k) => k == p ? change(q) : q)] };
}
