using Minka.Core.Entities.Ballots;

namespace Minka.Core.Entities.Elections;

/// <summary>What the minutes tell of secret votings and elections.</summary>
static class SecretParts
{
    public static MinutesContent Add(MinutesContent minutes, IReadOnlyList<Motion> motions, IReadOnlyList<BallotBox> boxes, IReadOnlyList<OrganElection> elections)
    {
        BallotCount? CountOf(Guid subject) => boxes.LastOrDefault(b => b.SubjectId == subject && b.State == BallotBoxState.Counted)?.Count;
        return minutes with
        {
            Motions = [.. minutes.Motions.Select((m, i) => m with { Secret = CountOf(motions[i].Id.Value) })],
            Elections = elections.Count == 0 ? null : [.. elections.OrderBy(e => e.Organ, StringComparer.Ordinal).Select(e => Of(e))],
        };
    }

    static MinutesElection Of(OrganElection election)
    {
        var fates = election.Result?.Candidates.ToDictionary(c => c.Id, StringComparer.Ordinal) ?? [];
        return new MinutesElection(election.Organ, election.Rule.Seats, election.State, election.Count,
            [.. election.Candidates.Select(c => (c.Label, Fate: fates.GetValueOrDefault(c.Id))).OrderByDescending(c => c.Fate?.Votes ?? 0).ThenBy(c => c.Label, StringComparer.Ordinal)
                .Select(c => new MinutesCandidate(c.Label, c.Fate?.Votes ?? 0, c.Fate?.Fate))],
            election.Result?.Reasons ?? [], election.Beacon);
    }
}
