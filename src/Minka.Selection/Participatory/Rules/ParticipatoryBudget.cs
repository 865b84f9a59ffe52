using Minka.Selection.Exact;

namespace Minka.Selection.Participatory;

/// <summary>Decides which projects an assembly funds, by a published rule, exactly.</summary>
/// <remarks>
/// <para>Voters i = 1..n (every ballot counts, empty ones too), budget B, share b = B/n, cost c(p), utility u(p). Definitions by rule are in <see cref="PbRule"/>, <see cref="Utility"/> and
/// <see cref="Completion"/>. Conventions: ties go by <see cref="PbSettings.Tie"/>; under equal shares supported projects without cost come first and unsupported ones are never funded; greedy rules and Phragmén
/// fund unsupported projects last, if they fit (Phragmén: if each of the remaining would).</para>
/// <para>No decision rests on a rounded number: doubles carry error bounds and the election is restarted in whole numbers when they do not separate a decision; the order of ballots or projects in the source has no influence.</para>
/// <para>Complexity, with s named projects in different ballots and r rounds: greedy O(m log m); equal shares O(r·s) in the worst case, usually little more than O(s + r·m); Phragmén the same; raising completions a multiple by the number of
/// critical budgets.</para>
/// <para>Sources: Peters, Pierczyński, Skowron 2021 (equal shares); Brill, Freeman, Janson, Lackner 2017 and Los, Christoff, Grossi 2022 (Phragmén with costs); Kraiczy, Robinson, Elkind 2025 (critical budgets).</para>
/// </remarks>
public static class ParticipatoryBudget
{
    /// <summary>Runs a rule.</summary>
    /// <param name="election">The election.</param>
    /// <param name="settings">The rule and its parameters.</param>
    /// <param name="cancel">Stops long runs.</param>
    /// <exception cref="InvalidElectionException">The rule or utility does not apply to these ballots.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static PbOutcome Run(Election election, PbSettings settings, CancellationToken cancel = default)
    {
        ArgumentNullException.ThrowIfNull(election);
        ArgumentNullException.ThrowIfNull(settings);
        return Run(election, election.Field, settings, cancel);
    }

    internal static PbOutcome Run(Election election, Field field, PbSettings settings, CancellationToken cancel = default)
    {
        if (settings.Completion != Completion.None && settings.Rule != PbRule.EqualShares)
            throw new InvalidElectionException(ElectionFault.RuleDoesNotApply, "Only equal shares has a completion.", "Leave the completion out, or choose rule mes.", settings.Completion.ToString());
        foreach (var (a, b) in settings.Exclusions)
        {
            if (election.IndexOf(a) < 0 || election.IndexOf(b) < 0)
                throw new InvalidElectionException(ElectionFault.UnknownProject, $"The exclusion {a}, {b} names a project that is not in the election.", "Correct the identifiers.", election.IndexOf(a) < 0 ? a : b, election.Name);
        }

        var ranks = TieRanks.Of(election, settings);
        switch (settings.Rule)
        {
            case PbRule.EqualShares:
                return EqualShares.Run(election, field, settings, ranks, cancel);
            case PbRule.Phragmen:
                var phragmen = new Phragmen(field, ranks, settings.Explain);
                phragmen.Run(settings.Exact || settings.Explain);
                return Outcome(field, settings, phragmen.Order, phragmen.Rounds, phragmen.Gap, phragmen.Exact) with { Restarts = phragmen.Restarts };
            case PbRule.MaximinSupport:
                var maximin = new MaximinSupport(field, ranks, settings.Explain);
                maximin.Run(cancel);
                return Outcome(field, settings, maximin.Order, maximin.Rounds, maximin.Gap, true);
            case PbRule.BoundedOverspending:
                var support = new Support(field, settings.UtilityFor(election.Ballots.Kind), settings.BordaOffset, election.Ballots);
                var bounded = new BoundedOverspending(support, ranks, settings.Explain);
                bounded.Run(cancel);
                return Outcome(field, settings, bounded.Order, bounded.Rounds, bounded.Gap, false) with { Share = field.Voters == 0 ? null : new Fraction(field.Budget, new System.Numerics.BigInteger(field.Voters) * field.Unit) };
            default:
                var (order, rounds, gap) = Greedy.Run(election, field, settings, ranks, []);
                return Outcome(field, settings, order, rounds, gap, true);
        }
    }

    private static PbOutcome Outcome(Field field, PbSettings settings, List<int> order, List<PbRound> rounds, double gap, bool exact) => new()
    {
        Settings = settings,
        Order = order,
        Spent = field.Money(order.Aggregate(System.Numerics.BigInteger.Zero, (sum, p) => sum + field.Cost[p])),
        MinRelGap = gap,
        Exact = exact,
        Rounds = rounds,
    };
}
