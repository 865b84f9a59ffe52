namespace Minka.Selection.Optimal;

/// <summary>A point of a step curve: from this amount on the best objective is this one.</summary>
/// <param name="Amount">Money, minor units.</param>
/// <param name="Objective">The best sum of values that it allows.</param>
public sealed record CurveStep(long Amount, long Objective);

/// <summary>
/// A figure enclosed between two ends, each of which is proved and can be checked by solving again with it. Where both are the same the figure is exact.
/// </summary>
/// <param name="Low">The lower end; null where none was found.</param>
/// <param name="High">The upper end; null where none was found.</param>
public sealed record Bracket(long? Low, long? High)
{
    /// <summary>Whether nothing is left open.</summary>
    public bool IsExact => Low is not null && Low == High;
}

/// <summary>
/// What would have changed the decision on one proposal. Each figure is exact and can be checked by solving again with it; where time ran out
/// before it was exact, its range tells what is proved.
/// </summary>
public sealed record ProposalExplanation
{
    /// <summary>The proposal.</summary>
    public required string Id { get; init; }

    /// <summary>Whether it is funded.</summary>
    public required bool Funded { get; init; }

    /// <summary>
    /// Not funded: the least value of its first level (the other levels raised alike) with which it would have been funded. Null if funded,
    /// or if no value suffices because the rules exclude it.
    /// </summary>
    public long? ScoreNeeded { get; init; }

    /// <summary>Funded: by how much its values may fall while it certainly stays (at equality the published order decides). Null if no list without it keeps the rules.</summary>
    public long? Margin { get; init; }

    /// <summary>Funded now, but not if this proposal were (funded proposals: who would come in is in <see cref="Brings"/>).</summary>
    public IReadOnlyList<string> Displaces { get; init; } = [];

    /// <summary>Not funded now, but if the decision on this proposal were the opposite.</summary>
    public IReadOnlyList<string> Brings { get; init; } = [];

    /// <summary>Not funded: the least budget, not below the present one, with which an optimum funds it. Null if none does.</summary>
    public long? BudgetEnough { get; init; }

    /// <summary>Not funded: the greatest request (amount of its first level), not above the present one, with which an optimum funds it. Null if none does.</summary>
    public long? GreatestRequest { get; init; }

    /// <summary>Not funded: no value below the lower end would have been funded (relaxation's bound), the upper one would have (a list with it).</summary>
    public Bracket? ScoreRange { get; init; }

    /// <summary>Funded: its values may fall by the lower end while it certainly stays; with a fall beyond the upper end it certainly goes.</summary>
    public Bracket? MarginRange { get; init; }

    /// <summary>Not funded: with no budget from the present one up to just below the lower end does an optimum fund it; with the upper one, an optimum does.</summary>
    public Bracket? BudgetRange { get; init; }

    /// <summary>Not funded: with the lower end as its request an optimum funds it; with none above the upper end, up to the present one, does any.</summary>
    public Bracket? RequestRange { get; init; }

    /// <summary>Not funded: it is proved that with no greater budget an optimum funds it.</summary>
    public bool NoBudget { get; init; }

    /// <summary>Not funded: it is proved that with no smaller request an optimum funds it at its first level.</summary>
    public bool NoRequest { get; init; }

    /// <summary>Not funded and excluded by the rules: a smallest set of them that excludes it.</summary>
    public IReadOnlyList<AwardConstraint> Conflict { get; init; } = [];

    /// <summary>
    /// False if time ran out before all was exact. Then <see cref="Displaces"/> and <see cref="Brings"/> tell of the best list found with the opposite
    /// decision, and a figure that is null and has no range is not known.
    /// </summary>
    public bool Complete { get; init; } = true;
}

/// <summary>The explanation of a whole award.</summary>
/// <param name="Proposals">One a proposal, in the model's order.</param>
/// <param name="BudgetSteps">The next steps of the best objective as the budget grows, the present one first.</param>
public sealed record AwardExplanation(IReadOnlyList<ProposalExplanation> Proposals, IReadOnlyList<CurveStep> BudgetSteps);
