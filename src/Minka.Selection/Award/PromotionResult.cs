namespace Minka.Selection.Award;

/// <summary>Somebody who leaves: a winner who does not sign or resigns, or a reserve who declines.</summary>
/// <param name="Id">The application.</param>
/// <param name="Freed">The money that this sets free; minor units, 0 for a reserve.</param>
/// <param name="Stage">Where the money returns: to the group's envelope or to the residual pool; for a reserve, Group.</param>
public sealed record Withdrawal(string Id, long Freed, AwardStage Stage)
{
    /// <summary>The set-aside to which the money returns.</summary>
    public string? SetAside { get; init; }
}

/// <summary>Somebody who moves up from the reserve list.</summary>
/// <param name="Id">The application.</param>
/// <param name="Group">Its group.</param>
/// <param name="Stage">Whose money it receives: the group's or the residual pool's.</param>
/// <param name="Amount">What it receives; minor units.</param>
public sealed record Promotion(string Id, string Group, AwardStage Stage, long Amount)
{
    /// <summary>The set-aside whose money it is.</summary>
    public string? SetAside { get; init; }
}

/// <summary>What one round of withdrawals leads to.</summary>
public sealed record PromotionRound
{
    /// <summary>1, 2, 3, …</summary>
    public required int Number { get; init; }

    /// <summary>Who left, in ordinal order of the ids.</summary>
    public required IReadOnlyList<Withdrawal> Withdrawals { get; init; }

    /// <summary>Who moves up, in the order in which it was decided.</summary>
    public required IReadOnlyList<Promotion> Promotions { get; init; }

    /// <summary>Every step of the round, in order.</summary>
    public required IReadOnlyList<AwardStep> Trace { get; init; }
}

/// <summary>The state of an award after all rounds of withdrawals.</summary>
public sealed record PromotionResult
{
    /// <summary>The rounds.</summary>
    public required IReadOnlyList<PromotionRound> Rounds { get; init; }

    /// <summary>Who holds an award now, in ordinal order of the ids.</summary>
    public required IReadOnlyList<Promotion> Holders { get; init; }

    /// <summary>Who is still on the reserve list, renumbered, first to last.</summary>
    public required IReadOnlyList<ReserveEntry> Reserve { get; init; }

    /// <summary>The sum of the awards held now; minor units.</summary>
    public required long Awarded { get; init; }

    /// <summary>Budget − awarded; minor units.</summary>
    public required long Left { get; init; }
}
