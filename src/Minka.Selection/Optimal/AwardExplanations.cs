namespace Minka.Selection.Optimal;

/// <summary>
/// Answers, by solving again under a condition, what would have changed an optimised award. About the first objective (merit); whether a tie
/// is won depends on the objectives after it and on the published order, and is found by solving.
/// </summary>
/// <remarks>
/// Whether a proposal is in the optimum is <b>not monotone</b> in the budget or in its request: with more money a better set may do without
/// it. So budgets and requests are found by walking the step curves of OPT and of OPT with the proposal, never by bisection.
/// </remarks>
public static class AwardExplanations
{
    /// <summary>
    /// Explains every proposal, and the next steps of the budget. With a time limit every figure is first enclosed between two proved ends, then made
    /// exact for as many proposals as the time allows, those nearest to the cut line first.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="outcome">Its optimum.</param>
    /// <param name="options">How to solve; the time limit holds for all explanations together.</param>
    /// <param name="steps">How many steps of the budget curve.</param>
    public static AwardExplanation Of(AwardModel model, AwardOutcome outcome, SolveOptions? options = null, int steps = 5)
    {
        var run = new Explaining(model, outcome, options);
        return options?.TimeLimit is null
            ? new([.. outcome.Decisions.Select((d, p) => d.Level is null ? run.Unfunded(p) : run.Funded(p))], run.Steps(null, steps))
            : new ExplainingAll(model, outcome, options).Explain(steps);
    }

    /// <summary>Explains one proposal.</summary>
    /// <param name="model">The model.</param>
    /// <param name="outcome">Its optimum, proved.</param>
    /// <param name="id">The proposal.</param>
    /// <param name="options">How to solve.</param>
    /// <exception cref="ArgumentException">The outcome is not proved, its first objective is not merit, or the id is not known.</exception>
    public static ProposalExplanation OfProposal(AwardModel model, AwardOutcome outcome, string id, SolveOptions? options = null)
    {
        var run = new Explaining(model, outcome, options);
        var p = run.IndexOf(id);
        return outcome.Decisions[p].Level is null ? run.Unfunded(p) : run.Funded(p);
    }

    /// <summary>The step curve OPT(B) from the present budget upwards, exactly: at each amount told the objective rises, between them it does not.</summary>
    /// <param name="model">The model.</param>
    /// <param name="outcome">Its optimum, proved.</param>
    /// <param name="count">How many steps at most, the present one included.</param>
    /// <param name="options">How to solve.</param>
    public static IReadOnlyList<CurveStep> BudgetSteps(AwardModel model, AwardOutcome outcome, int count, SolveOptions? options = null) =>
        new Explaining(model, outcome, options).Steps(null, count);

    /// <summary>The step curve OPT(ceiling) of one envelope from its present ceiling upwards: the price of the envelope.</summary>
    /// <param name="model">The model.</param>
    /// <param name="outcome">Its optimum, proved.</param>
    /// <param name="envelope">An envelope of the model that has a ceiling.</param>
    /// <param name="count">How many steps at most, the present one included.</param>
    /// <param name="options">How to solve.</param>
    public static IReadOnlyList<CurveStep> EnvelopeSteps(AwardModel model, AwardOutcome outcome, Envelope envelope, int count, SolveOptions? options = null)
    {
        if (!model.Envelopes.Contains(envelope) || envelope.Ceiling is null)
            throw new ArgumentException("The envelope is not of this model, or has no ceiling.", nameof(envelope));
        return new Explaining(model, outcome, options).Steps(envelope, count);
    }
}
