using System.Text.Json.Serialization;
using Minka.Core.Entities.Ballots;
using Minka.Core.Kernel;

namespace Minka.Core.Entities.Elections;

public enum QuotaKind
{
    /// <summary>Women among the elected.</summary>
    Women,

    /// <summary>Elected of one sector.</summary>
    Sector,

    /// <summary>Elected of the private and the social sector together.</summary>
    NonPublic,
}

/// <summary>At least so many of the elected.</summary>
/// <param name="Sector">For <see cref="QuotaKind.Sector"/> only.</param>
public sealed record Quota(QuotaKind Kind, int Least, Sector? Sector = null)
{
    public bool Counts(Candidate candidate) => Kind switch
    {
        QuotaKind.Women => candidate.IsWoman,
        QuotaKind.NonPublic => candidate.Sector != Entities.Sector.Public,
        _ => candidate.Sector == Sector,
    };
}

public enum ElectionMajority
{
    /// <summary>The most votes.</summary>
    Plurality,

    /// <summary>More than half of the valid ballots, else a second round between the two first; for one seat only.</summary>
    Absolute,
}

/// <summary>How an organ is elected: data of the election, hashed before the first ballot.</summary>
/// <param name="Source">The article or statute that says so.</param>
/// <param name="Beacon">The public source of a draw, named before anybody knows its value.</param>
public sealed record ElectionRule(int Seats, ElectionMajority Majority, IReadOnlyList<Quota> Quotas, string Source, string Beacon)
{
    /// <summary>The public rule that it follows, of <c>rulepacks/elections.json</c>; null: written for this election.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Pack { get; init; }
}

/// <param name="Id">Short: what the ballot holds and the draw orders.</param>
/// <param name="Label">The organisation or list; public.</param>
/// <param name="Person">Personal: for the entity's own people.</param>
public sealed record Candidate(string Id, string Label, string? Person, bool IsWoman, Sector Sector);

public enum CandidateFate
{
    /// <summary>Among the most voted.</summary>
    ByVotes,

    /// <summary>Elected before others with more votes, because a quota asks it.</summary>
    ByQuota,

    /// <summary>Has votes for a seat, but a quota keeps it for others.</summary>
    PassedOver,

    NotElected,

    /// <summary>Depends on the draw.</summary>
    Tied,

    /// <summary>Goes to the second round.</summary>
    SecondRound,
}

/// <param name="Place">From 1 by votes; equal votes share it before the draw.</param>
/// <param name="Drawn">Place in the draw, where there was one.</param>
public sealed record CandidateOutcome(string Id, long Votes, int Place, CandidateFate Fate, int? Drawn);

/// <param name="Open">Ids whose fate the draw decides; empty when there is none.</param>
/// <param name="Vacant">Seats that nobody got.</param>
public sealed record ElectionResult(IReadOnlyList<CandidateOutcome> Candidates, IReadOnlyList<string> Elected, IReadOnlyList<string> Open, IReadOnlyList<string> SecondRound, int Vacant, long Valid, IReadOnlyList<Reason> Reasons)
{
    const string VoidCode = "election.void";

    public bool NeedsDraw => Open.Count > 0;

    [JsonIgnore]
    public bool IsVoid => Reasons.Any(r => r.Code == VoidCode);

    /// <summary>The same votes, by which nobody is elected.</summary>
    public ElectionResult WithoutEffect() => this with
    {
        Candidates = [.. Candidates.Select(c => c with { Fate = CandidateFate.NotElected })],
        Elected = [],
        Open = [],
        SecondRound = [],
        Vacant = 0,
        Reasons = [.. Reasons.Where(r => !r.Code.StartsWith("election.", StringComparison.Ordinal) || r.Code == "election.counted"), Reason.Note(VoidCode)],
    };
}

/// <summary>
/// Decides an election. Candidates are taken in the order of their votes as long as the seats that are left can still meet every quota; so
/// nobody gives way but for a quota, and then the one with the fewest votes. Equal votes are left open when their order would change who is
/// elected. Whoever got no vote is elected only for a quota. Pure; O(candidates² × quotas' states) in the worst case.
/// </summary>
public static class ElectionCount
{
    public static ElectionResult Decide(ElectionRule rule, IReadOnlyList<Candidate> candidates, BallotCount count, IReadOnlyDictionary<string, int>? drawn = null)
    {
        long Votes(Candidate c) => count.Of(c.Id);
        int Drawn(Candidate c) => drawn?.GetValueOrDefault(c.Id, int.MaxValue) ?? int.MaxValue;
        var order = candidates.OrderByDescending(Votes).ThenBy(Drawn).ThenBy(c => c.Id, StringComparer.Ordinal).ToList();
        int Place(Candidate c) => 1 + candidates.Count(o => Votes(o) > Votes(c));
        bool AreOpen(Candidate a, Candidate b) => Votes(a) == Votes(b) && (Drawn(a) == int.MaxValue || Drawn(b) == int.MaxValue);

        ElectionResult Result(IReadOnlyCollection<string> elected, IReadOnlyList<string> open, IReadOnlyList<string> second, Func<Candidate, CandidateFate> fate)
        {
            var vacant = rule.Seats - elected.Count;
            List<Reason> reasons = [Reason.Note("election.counted", count.Valid, count.Blank, count.Null)];
            if (rule.Majority == ElectionMajority.Absolute && order.Count > 0) reasons.Add(new Reason("election.absolute", Votes(order[0]) * 2 > count.Valid, Votes(order[0]), count.Valid));
            if (open.Count == 0 && second.Count == 0)
            {
                foreach (var quota in rule.Quotas)
                {
                    var got = candidates.Count(c => elected.Contains(c.Id) && quota.Counts(c));
                    reasons.Add(quota.Kind switch
                    {
                        QuotaKind.Women => new Reason("election.women", got >= quota.Least, got, quota.Least),
                        QuotaKind.NonPublic => new Reason("election.non-public", got >= quota.Least, got, quota.Least),
                        _ => new Reason("election.sector-" + Composition.Word(quota.Sector!.Value), got >= quota.Least, got, quota.Least),
                    });
                }
                if (vacant > 0) reasons.Add(Reason.Fails("election.vacant", vacant));
            }
            if (open.Count > 0) reasons.Add(Reason.Fails("election.tie", string.Join("; ", open.Select(id => candidates.First(c => c.Id == id).Label))));
            return new ElectionResult([.. order.Select(c => new CandidateOutcome(c.Id, Votes(c), Place(c), fate(c), drawn is not null && drawn.TryGetValue(c.Id, out var d) ? d : null))],
                [.. order.Where(c => elected.Contains(c.Id)).Select(c => c.Id)], open, second, open.Count > 0 || second.Count > 0 ? 0 : vacant, count.Valid, reasons);
        }

        if (rule.Majority == ElectionMajority.Absolute && order.Count > 1 && Votes(order[0]) * 2 <= count.Valid)
        {
            // The two first; whoever ties for the second place is drawn first.
            var second = order[1];
            var rivals = order.Where(c => Votes(c) == Votes(second)).ToList();
            var open = Place(second) == 2 ? rivals.Count > 1 : rivals.Count > 2;
            if (open && rivals.Any(a => rivals.Any(b => a != b && AreOpen(a, b))))
                return Result([], [.. rivals.Select(c => c.Id)], [], c => rivals.Contains(c) ? CandidateFate.Tied : CandidateFate.NotElected);
            var two = order.Take(2).Select(c => c.Id).ToList();
            return Result([], [], two, c => two.Contains(c.Id) ? CandidateFate.SecondRound : CandidateFate.NotElected);
        }

        var chosen = Choose(rule, order, Votes);
        var tied = new List<string>();
        foreach (var group in order.GroupBy(Votes).Where(g => g.Count() > 1))
        {
            var members = group.ToList();
            if (members.TrueForAll(c => chosen.Contains(c.Id)) || members.TrueForAll(c => !chosen.Contains(c.Id)) || !members.Exists(a => members.Exists(b => a != b && AreOpen(a, b)))) continue;
            // Open only where the order among equals changes who is elected: a quota may have decided already.
            var first = order.IndexOf(members[0]);
            var moved = members.Where(c => !chosen.Contains(c.Id)).Where(loser =>
            {
                var other = order.ToList();
                other.Remove(loser);
                other.Insert(first, loser);
                return Choose(rule, other, Votes).Contains(loser.Id);
            }).ToList();
            if (moved.Count > 0) tied.AddRange(members.Select(c => c.Id));
        }
        if (tied.Count > 0)
        {
            var sure = chosen.Except(tied, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
            return Result(sure, tied, [], c => tied.Contains(c.Id) ? CandidateFate.Tied : sure.Contains(c.Id) ? CandidateFate.ByVotes : CandidateFate.NotElected);
        }
        var top = order.Take(rule.Seats).Where(c => Votes(c) > 0).Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        return Result(chosen, [], [], c => chosen.Contains(c.Id)
            ? top.Contains(c.Id) ? CandidateFate.ByVotes : CandidateFate.ByQuota
            : top.Contains(c.Id) ? CandidateFate.PassedOver : CandidateFate.NotElected);
    }

    /// <summary>Whether the candidates could meet every quota at all.</summary>
    public static bool CanMeet(ElectionRule rule, IReadOnlyList<Candidate> candidates) =>
        LeastSeats(rule.Quotas, [.. rule.Quotas.Select(q => q.Least)], candidates) <= rule.Seats;

    static HashSet<string> Choose(ElectionRule rule, List<Candidate> order, Func<Candidate, long> votes)
    {
        var chosen = new HashSet<string>(StringComparer.Ordinal);
        var owed = rule.Quotas.Select(q => q.Least).ToArray();
        // A quota that no choice can meet any more holds no seat back.
        if (!CanMeet(rule, order)) owed = [.. owed.Select(_ => 0)];
        for (var i = 0; i < order.Count && chosen.Count < rule.Seats; i++)
        {
            var candidate = order[i];
            var after = owed.Select((n, q) => rule.Quotas[q].Counts(candidate) ? Math.Max(0, n - 1) : n).ToArray();
            if (votes(candidate) == 0 && after.SequenceEqual(owed)) continue;
            if (LeastSeats(rule.Quotas, after, order.Skip(i + 1)) > rule.Seats - chosen.Count - 1) continue;
            chosen.Add(candidate.Id);
            owed = after;
        }
        return chosen;
    }

    /// <summary>The fewest candidates of the pool that meet what is owed; a very large number when none do.</summary>
    static int LeastSeats(IReadOnlyList<Quota> quotas, int[] owed, IEnumerable<Candidate> pool)
    {
        const int Never = 1_000_000;
        if (owed.All(n => n == 0)) return 0;
        var states = new Dictionary<string, (int[] Owed, int Seats)>(StringComparer.Ordinal) { [string.Join(',', owed)] = (owed, 0) };
        foreach (var candidate in pool)
        {
            foreach (var (state, seats) in states.Values.ToList())
            {
                var next = state.Select((n, q) => quotas[q].Counts(candidate) ? Math.Max(0, n - 1) : n).ToArray();
                var key = string.Join(',', next);
                if (!states.TryGetValue(key, out var known) || known.Seats > seats + 1) states[key] = (next, seats + 1);
            }
        }
        return states.TryGetValue(string.Join(',', owed.Select(_ => 0)), out var met) ? met.Seats : Never;
    }
}
