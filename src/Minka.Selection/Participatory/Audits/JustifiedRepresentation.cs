using System.Numerics;
using Minka.Selection.Exact;

namespace Minka.Selection.Participatory.Audits;

/// <summary>
/// EJR+ up to any project: no group of supporters of an unfunded project is served below what its share of the budget would buy, even counting that project.
/// </summary>
/// <remarks>
/// <para><b>The variant.</b> With budget B, n voters, utilities u and funded set W, the outcome fails if there are an unfunded p and a group S of its supporters such that for <i>every</i> i in S:
/// u_i(W) + u_i(p) ≤ (B/n) · Σ_{j∈S} u_j(p) / c(p). Under cost utility the right side is |S|·B/n, what the members' shares amount to. For unit costs and approvals this is implied by EJR+
/// (Brill, Peters 2023, “Robust and Verifiable Proportionality Axioms for Multiwinner Voting”). For general costs the Method of Equal Shares without completion guarantees exactly this:
/// while all of S can still pay c(p)·u_i(p)/Σu_j(p), nothing dearer per utility is bought, so the first who cannot has already got more than the right side minus u_i(p).</para>
/// <para><b>Verification</b> is polynomial: for each p and each level t, the best group is all supporters with u_i(W) + u_i(p) ≤ t. O(s log s) for s named projects. Exact.</para>
/// </remarks>
/// <param name="Utility">The utility.</param>
/// <param name="Claims">For each unfunded supported project with a cost, the group that comes nearest to a claim: the certificate if none has one.</param>
public sealed record JustifiedRepresentation(Utility Utility, IReadOnlyList<RepresentationClaim> Claims)
{
    /// <summary>Whether no group has a claim.</summary>
    public bool Holds => Claims.All(c => !c.Violates);

    /// <summary>Audits an outcome.</summary>
    /// <param name="election">The election.</param>
    /// <param name="funded">The funded projects, as indices.</param>
    /// <param name="utility">The utility.</param>
    /// <param name="bordaOffset">As in <see cref="PbSettings.BordaOffset"/>.</param>
    /// <exception cref="InvalidElectionException">The utility does not apply to these ballots.</exception>
    public static JustifiedRepresentation Of(Election election, IReadOnlyCollection<int> funded, Utility utility, int bordaOffset = 0)
    {
        ArgumentNullException.ThrowIfNull(election);
        ArgumentNullException.ThrowIfNull(funded);
        var field = election.Field;
        var support = new Support(field, utility, bordaOffset, election.Ballots);
        var served = new BigInteger[field.Groups];
        foreach (var p in funded)
        {
            for (var i = support.Start[p]; i < support.Start[p + 1]; i++)
                served[support.Group[i]] += support.UtilityAt(p, i);
        }

        var claims = new List<RepresentationClaim>();
        var isFunded = funded.ToHashSet();
        for (var p = 0; p < field.Projects; p++)
        {
            if (isFunded.Contains(p) || field.Cost[p] == 0 || support.Weight[p] == 0)
                continue;
            var levels = new List<(BigInteger Level, int Entry)>();
            for (var i = support.Start[p]; i < support.Start[p + 1]; i++)
                levels.Add((served[support.Group[i]] + support.UtilityAt(p, i), i));
            levels.Sort((a, b) => a.Level.CompareTo(b.Level));

            // Entitled = B · Σu / (n · c); compared without division. The nearest claim is the greatest entitled / level.
            BigInteger sum = 0, bestSum = 0, bestLevel = 1;
            long voters = 0, bestVoters = 0;
            var bestCount = 0;
            for (var k = 0; k < levels.Count; k++)
            {
                var (level, entry) = levels[k];
                sum += (BigInteger)support.UtilityAt(p, entry) * field.Multiplicity[support.Group[entry]];
                voters += field.Multiplicity[support.Group[entry]];
                if ((k + 1 < levels.Count && levels[k + 1].Level == level) || sum * bestLevel <= bestSum * level)
                    continue;
                (bestSum, bestLevel, bestVoters, bestCount) = (sum, level, voters, k + 1);
            }

            var entitled = new Fraction((BigInteger)field.Budget * bestSum, (BigInteger)field.Voters * field.Cost[p] * support.Scale);
            var reached = new Fraction(bestLevel, support.Scale);
            claims.Add(new RepresentationClaim(p, reached, entitled, bestVoters, [.. levels.Take(bestCount).Select(l => support.Group[l.Entry]).Order()]));
        }

        return new JustifiedRepresentation(utility, claims);
    }
}

/// <summary>The group of supporters of an unfunded project that comes nearest to a claim on it.</summary>
/// <param name="Project">The project.</param>
/// <param name="Level">The most that any member of the group gets from what is funded and this project together.</param>
/// <param name="Entitled">What the members' shares would buy at this project's price per utility.</param>
/// <param name="Voters">How many voters the group has.</param>
/// <param name="Groups">Its ballot groups.</param>
public sealed record RepresentationClaim(int Project, Fraction Level, Fraction Entitled, long Voters, IReadOnlyList<int> Groups)
{
    /// <summary>Whether the group has a claim: every member gets no more than what the group is entitled to.</summary>
    public bool Violates => Level <= Entitled;
}
