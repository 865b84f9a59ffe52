namespace Minka.Selection.Award;

/// <summary>Why no greater budget answers “what would have been enough”.</summary>
public enum NoBudgetReason
{
    /// <summary>A budget answers it, or the application is funded anyway.</summary>
    None,

    /// <summary>It took no part or did not qualify; money does not enter.</summary>
    NotQualified,

    /// <summary>No money would do: a cap holds it back.</summary>
    MoneyDoesNotDecide,

    /// <summary>The search was given up after as many steps as were allowed; there may be an answer.</summary>
    GivenUp,
}

/// <summary>
/// What would have changed one application's outcome, everything else being the same. Each figure was checked by running
/// the award with it, and by its failing with one unit less (of the request: one unit more).
/// </summary>
public sealed record AwardExplanation
{
    /// <summary>The application.</summary>
    public required string Id { get; init; }

    /// <summary>True if it is funded as things are.</summary>
    public required bool Funded { get; init; }

    /// <summary>The least points that would have been funded.</summary>
    public required NeededScore Needed { get; init; }

    /// <summary>Who would have lost the award if it had had those points, in ordinal order.</summary>
    public required IReadOnlyList<string> Displaced { get; init; }

    /// <summary>
    /// For a loser: the least money that, added to the envelope of its group and to the budget, would have funded it; minor
    /// units. Not monotone where unaffordable requests are skipped: still more money may fund somebody ahead instead.
    /// </summary>
    public required long? ExtraBudget { get; init; }

    /// <summary>Why there is no such budget.</summary>
    public required NoBudgetReason NoBudget { get; init; }

    /// <summary>For a qualified loser: the largest request up to its own that would have been funded; <see langword="null"/> if none.</summary>
    public required long? LargestRequest { get; init; }

    /// <summary>
    /// True if with a still greater budget than the one that is enough (some amount between it and twice as much extra money)
    /// the application would have lost again; the step at which that first happens is <see cref="LosesAgainAt"/>.
    /// </summary>
    public bool LosesAgain => LosesAgainAt is not null;

    /// <summary>The least extra money above <see cref="ExtraBudget"/> with which it would have lost again, as far as the search went.</summary>
    public required long? LosesAgainAt { get; init; }
}

/// <summary>Answers “what would have changed it” by running the award again; nothing is estimated.</summary>
internal sealed class Explainer(Field field, ScoreSearch search, int mostRuns)
{
    private readonly Spending _asItIs = Spending.Run(field, WhatIf.Nothing);

    public AwardExplanation Of(int asking)
    {
        var candidate = field.Candidates[asking];
        var funded = _asItIs.Funded[asking] is not null;
        var needed = search.For(asking);
        var loser = !funded && field.IsQualified(asking);
        var (extra, reason) = loser ? EnoughMoney(asking) : (null, funded ? NoBudgetReason.None : NoBudgetReason.NotQualified);
        return new AwardExplanation
        {
            Id = candidate.Id,
            Funded = funded,
            Needed = needed,
            Displaced = funded || needed.Points is not { } points ? [] : Displaced(asking, points),
            ExtraBudget = extra,
            NoBudget = reason,
            LargestRequest = loser ? LargestRequest(asking) : null,
            LosesAgainAt = extra is { } enough ? LosesAgainAt(asking, enough) : null,
        };
    }

    private List<string> Displaced(int asking, long points)
    {
        var then = Spending.Run(field, new WhatIf(asking, Points: points));
        return [.. Enumerable.Range(0, field.Candidates.Length).Where(c => _asItIs.Funded[c] is not null && then.Funded[c] is null).Select(c => field.Candidates[c].Id)];
    }

    // No decision changes before the next gap is filled, so walking from gap to gap visits every outcome in turn.
    private (long? Extra, NoBudgetReason Reason) EnoughMoney(int asking)
    {
        var extra = 0L;
        for (var run = 0; run < mostRuns; run++)
        {
            var now = Spending.Run(field, new WhatIf(asking, ExtraMoney: extra));
            if (now.Funded[asking] is not null)
            {
                if (Spending.Run(field, new WhatIf(asking, ExtraMoney: extra - 1)).Funded[asking] is not null)
                    throw new InvalidOperationException($"The budget that would have been enough for {field.Candidates[asking].Id} does not hold when the award is run again.");
                return (extra, NoBudgetReason.None);
            }

            if (now.NextGap == 0 || now.NextGap > Room(asking) - extra)
                return (null, NoBudgetReason.MoneyDoesNotDecide);
            extra += now.NextGap;
        }

        return (null, NoBudgetReason.GivenUp);
    }

    private long? LosesAgainAt(int asking, long enough)
    {
        var extra = enough;
        for (var run = 0; run < mostRuns && extra < Room(asking); run++)
        {
            var now = Spending.Run(field, new WhatIf(asking, ExtraMoney: extra));
            if (now.Funded[asking] is null)
                return extra;
            if (now.NextGap == 0 || now.NextGap > Room(asking) - extra)
                return null;
            extra += now.NextGap;
        }

        return null;
    }

    // What can be added before the sum of all money overflows.
    private long Room(int asking) => long.MaxValue / 4 - field.Groups[field.GroupOf[asking]].Envelope;

    private long? LargestRequest(int asking)
    {
        var own = field.Candidates[asking].Request;
        if (own == 1)
            return null;

        var breaks = new List<long> { own - 1 };
        field.LineGap(new WhatIf(asking), breaks);
        long[] tops = [.. breaks.Where(b => b >= 1 && b < own).Distinct().OrderDescending()];
        for (var i = 0; i < tops.Length; i++)
        {
            var below = i + 1 < tops.Length ? tops[i + 1] : 0;
            var top = Spending.Run(field, new WhatIf(asking, Request: tops[i]));
            var found = top.Funded[asking] is not null ? tops[i] : top.MostMet;
            if (found <= below)
                continue;
            if (Spending.Run(field, new WhatIf(asking, Request: found)).Funded[asking] is null
                || Spending.Run(field, new WhatIf(asking, Request: found + 1)).Funded[asking] is not null)
                throw new InvalidOperationException($"The largest request of {field.Candidates[asking].Id} does not hold when the award is run again.");
            return found;
        }

        return null;
    }
}
