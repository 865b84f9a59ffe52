using System.Numerics;
using Minka.Selection.Exact;

namespace Minka.Selection.Participatory;

/// <summary>What a rule decided.</summary>
public sealed record PbOutcome
{
    /// <summary>The rule and its parameters.</summary>
    public required PbSettings Settings { get; init; }

    /// <summary>Funded projects, as indices, in the order in which they were funded.</summary>
    public required IReadOnlyList<int> Order { get; init; }

    /// <summary>What they cost together; never more than the budget.</summary>
    public required Fraction Spent { get; init; }

    /// <summary>
    /// The least relative distance between the project chosen in a round and the next that was not exactly tied with it, over all rounds
    /// (and all reruns of a completion that were computed): 1 where nothing was ever close. A small figure says that little decided.
    /// </summary>
    public required double MinRelGap { get; init; }

    /// <summary>Whether the deciding run was in rational numbers, by wish or because doubles could not separate a decision.</summary>
    public required bool Exact { get; init; }

    /// <summary>How often doubles were in doubt and the election was restarted in rational numbers.</summary>
    public int Restarts { get; init; }

    /// <summary>How many runs a completion computed; 1 without one.</summary>
    public int Runs { get; init; } = 1;

    /// <summary>Steps by which a completion raised the budget before it returned this outcome.</summary>
    public BigInteger Steps { get; init; }

    /// <summary>What each voter had to spend at the start of the deciding run; null for rules without shares.</summary>
    public Fraction? Share { get; init; }

    /// <summary>The rounds, with <see cref="PbSettings.Explain"/>; empty otherwise.</summary>
    public IReadOnlyList<PbRound> Rounds { get; init; } = [];

    /// <summary>Identifiers of the funded projects in ordinal order.</summary>
    /// <param name="election">The election that was decided.</param>
    public IReadOnlyList<string> Winners(Election election)
    {
        ArgumentNullException.ThrowIfNull(election);
        return [.. Order.Select(p => election.Projects[p].Id).Order(StringComparer.Ordinal)];
    }
}

/// <summary>One round of a rule: the project funded, its price and who paid.</summary>
/// <param name="Project">The project, as an index.</param>
/// <param name="Price">
/// What decided, exactly: ρ, the money per unit of utility, for equal shares; the load for Phragmén and maximin support; ρ/α for bounded overspending; the score for greedy by votes; score per cost for
/// greedy by density. Money is in the currency of the election, utility in its own units. Zero for a project that cost nothing.
/// </param>
/// <param name="Tied">Projects exactly tied with it at that moment, itself included; the tie order decided among them.</param>
/// <param name="Payments">Who paid how much, by group of ballots, for the rules that share money out; empty for greedy ones.</param>
/// <param name="Gap">Relative distance of the next project that was not tied; 1 if there was none.</param>
/// <param name="Completion">True for what <see cref="Completion.Add1U"/> or <see cref="Completion.Epsilon"/> added.</param>
public sealed record PbRound(int Project, Fraction Price, IReadOnlyList<int> Tied, IReadOnlyList<PbPayment> Payments, double Gap, bool Completion = false);

/// <summary>What each voter of a group pays for a project.</summary>
/// <param name="Group">The group of ballots.</param>
/// <param name="Each">What each of its voters pays; the group pays this times its multiplicity.</param>
/// <param name="Left">What each has left afterwards (for Phragmén: the load carried).</param>
public readonly record struct PbPayment(int Group, Fraction Each, Fraction Left);
