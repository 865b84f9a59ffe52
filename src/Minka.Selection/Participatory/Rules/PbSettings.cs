namespace Minka.Selection.Participatory;

/// <summary>A rule and its parameters: with the election, everything that decides an outcome.</summary>
public sealed record PbSettings
{
    /// <summary>The rule.</summary>
    public required PbRule Rule { get; init; }

    /// <summary>The utility, for <see cref="PbRule.EqualShares"/> and <see cref="PbRule.BoundedOverspending"/>. Null chooses by the ballots: points for cumulative and scoring, Borda for ordinal, cost else.</summary>
    public Utility? Utility { get; init; }

    /// <summary>How <see cref="PbRule.EqualShares"/> goes on; no other rule has one.</summary>
    public Completion Completion { get; init; }

    /// <summary>How ties are broken.</summary>
    public TieOrder Tie { get; init; }

    /// <summary>Identifiers in the order of a published draw, for <see cref="TieOrder.Drawn"/>; those not drawn follow by identifier.</summary>
    public IReadOnlyList<string> Drawn { get; init; } = [];

    /// <summary>Added to every Borda point. 0 gives the last project ranked nothing (the convention of the common Python reference: length − position − 1); 1 gives it one point.</summary>
    public int BordaOffset { get; init; }

    /// <summary>True starts <see cref="Completion.Add1"/> from the share rounded down to whole currency units, as some public tools do; false (the default) from the exact share.</summary>
    public bool FloorStart { get; init; }

    /// <summary>Least score for <see cref="PbRule.GreedyThreshold"/>; null takes <c>min_project_score_threshold</c> of the file, else 0.</summary>
    public long? Threshold { get; init; }

    /// <summary>Pairs of projects that exclude each other, for <see cref="PbRule.GreedyExclusive"/>.</summary>
    public IReadOnlyList<(string, string)> Exclusions { get; init; } = [];

    /// <summary>True computes in rational numbers throughout. The outcome is the same; the time is not.</summary>
    public bool Exact { get; init; }

    /// <summary>True keeps rounds with prices and payments. Implies rational numbers.</summary>
    public bool Explain { get; init; }

    /// <summary>The utility that holds for an election.</summary>
    /// <param name="kind">What its ballots say.</param>
    public Utility UtilityFor(BallotKind kind) => Utility ?? kind switch
    {
        BallotKind.Cumulative or BallotKind.Scoring => Participatory.Utility.Points,
        BallotKind.Ordinal => Participatory.Utility.Borda,
        _ => Participatory.Utility.Cost,
    };
}
