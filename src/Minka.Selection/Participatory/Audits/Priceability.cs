using Minka.Selection.Exact;

namespace Minka.Selection.Participatory.Audits;

/// <summary>
/// A price system: every voter has the same money, pays only for funded projects that she supports, every funded project is paid in full, and no supporters of an
/// unfunded project have more left together than it costs. That such a system exists means that nobody's vote was worth more than another's.
/// </summary>
/// <param name="Share">The money of each voter; it may exceed budget / voters after a completion raised it.</param>
/// <param name="Rounds">What each ballot group pays for each project.</param>
/// <param name="Unpaid">Funded projects that the payments do not cover (those that a greedy completion or a greedy rule added).</param>
/// <param name="LeftOver">Unfunded projects with a cost whose supporters have more left than it costs.</param>
/// <remarks>Source: Peters, Skowron 2020, with costs as in Peters, Pierczyński, Skowron 2021. Other price systems may exist where this one fails: only the payments of the rule's own run are looked at.</remarks>
public sealed record Priceability(Fraction Share, IReadOnlyList<PbRound> Rounds, IReadOnlyList<int> Unpaid, IReadOnlyList<int> LeftOver)
{
    /// <summary>Whether the payments are a price system for the outcome.</summary>
    public bool Holds => Unpaid.Count == 0 && LeftOver.Count == 0;

    /// <summary>Reads the price system out of an explained outcome and checks every condition anew.</summary>
    /// <param name="election">The election.</param>
    /// <param name="outcome">An outcome run with <see cref="PbSettings.Explain"/>.</param>
    /// <returns>The system; null for rules that know no payments (greedy rules, maximin support) or whose voters may overspend.</returns>
    /// <remarks>O(payments). Exact.</remarks>
    public static Priceability? Of(Election election, PbOutcome outcome)
    {
        ArgumentNullException.ThrowIfNull(election);
        ArgumentNullException.ThrowIfNull(outcome);
        var field = election.Field;
        if (outcome.Settings.Rule is not (PbRule.EqualShares or PbRule.Phragmen) || (outcome.Rounds.Count == 0 && outcome.Order.Count > 0) || outcome.Settings.Completion == Completion.Epsilon)
            return null;
        var paid = new Fraction[field.Groups];
        var unpaid = new List<int>();
        foreach (var round in outcome.Rounds)
        {
            var collected = Fraction.Zero;
            foreach (var payment in round.Payments)
            {
                collected += payment.Each * field.Multiplicity[payment.Group];
                paid[payment.Group] += payment.Each;
            }

            if (collected != election.Projects[round.Project].Cost)
                unpaid.Add(round.Project);
        }

        // Phragmén gives money continuously: at its end every voter has had as much as the heaviest load.
        var share = outcome.Settings.Rule == PbRule.EqualShares ? outcome.Share ?? Fraction.Zero : paid.Aggregate(Fraction.Zero, Fraction.Max);
        var left = new List<int>();
        var funded = outcome.Order.ToHashSet();
        var utility = outcome.Settings.Rule == PbRule.EqualShares ? outcome.Settings.UtilityFor(election.Ballots.Kind) : Utility.Cardinality;
        var support = new Support(field, utility, outcome.Settings.BordaOffset, election.Ballots);
        for (var p = 0; p < field.Projects; p++)
        {
            if (funded.Contains(p) || field.Cost[p] == 0)
                continue;
            var rest = Fraction.Zero;
            for (var i = support.Start[p]; i < support.Start[p + 1]; i++)
                rest += (share - paid[support.Group[i]]) * field.Multiplicity[support.Group[i]];
            if (rest > election.Projects[p].Cost)
                left.Add(p);
        }

        return new Priceability(share, outcome.Rounds, unpaid, left);
    }
}
