using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;

namespace Minka.Core.Entities.Ballots;

/// <summary>One seat that a person may cast a secret ballot for.</summary>
/// <param name="Barred">Code of the rule that keeps it from voting, or null.</param>
public sealed record OwnSeat(MemberId Member, string Organisation, int Votes, bool TookPart, string? Barred);

/// <summary>What pages of secret votings read: few rows each, whatever the size of the room.</summary>
[UseCase]
public sealed class BallotQuery(AppDb db)
{
    public Task<BallotBox?> FindAsync(AssemblyId assembly, BallotBoxId id, CancellationToken cancel = default) =>
        db.BallotBoxes.SingleOrDefaultAsync(b => b.Id == id && b.AssemblyId == assembly, cancel);

    public Task<List<BallotBox>> OfAsync(AssemblyId assembly, CancellationToken cancel = default) =>
        db.BallotBoxes.Where(b => b.AssemblyId == assembly).OrderBy(b => b.OpenedAt).ToListAsync(cancel);

    /// <summary>The seats that the person represents on the roll.</summary>
    public async Task<IReadOnlyList<OwnSeat>> OwnAsync(BallotBox box, Guid person, DateOnly today, CancellationToken cancel = default)
    {
        var (assembly, id, motion) = (box.AssemblyId, box.Id, MotionId.From(box.SubjectId));
        var (attendances, parts, votes) = (db.Attendances, db.BallotParticipations, db.Votes);
        var seats = await (from m in db.Members
                           where m.RepresentativePersonId == person
                           join s in db.RollSeats on m.Id equals s.MemberId
                           where s.AssemblyId == assembly
                           orderby s.Organisation
                           select new
                           {
                               s.MemberId,
                               s.Organisation,
                               s.Votes,
                               InForce = m.MandateFrom <= today && today <= m.MandateTo,
                               Here = attendances.Any(a => a.AssemblyId == assembly && a.MemberId == m.Id && a.LeftAt == null),
                               TookPart = parts.Any(p => p.BoxId == id && p.MemberId == m.Id),
                               Conflict = votes.Any(v => v.MotionId == motion && v.MemberId == m.Id),
                           }).ToListAsync(cancel);
        return [.. seats.Select(s => new OwnSeat(s.MemberId, s.Organisation, s.Votes, s.TookPart,
            !s.InForce ? EntitiesRules.VoteMandateExpired : !s.Here ? EntitiesRules.VoteAbsent : s.Conflict ? EntitiesRules.VoteConflict : null))];
    }

    /// <summary>Members present, without a conflict, who have not taken part: they may be handed a paper ballot.</summary>
    public async Task<IReadOnlyList<RollSeat>> PendingAsync(BallotBox box, CancellationToken cancel = default)
    {
        var (assembly, id, motion) = (box.AssemblyId, box.Id, MotionId.From(box.SubjectId));
        var (attendances, parts, votes) = (db.Attendances, db.BallotParticipations, db.Votes);
        return await db.RollSeats.Where(s => s.AssemblyId == assembly
            && attendances.Any(a => a.AssemblyId == assembly && a.MemberId == s.MemberId && a.LeftAt == null)
            && !parts.Any(p => p.BoxId == id && p.MemberId == s.MemberId)
            && !votes.Any(v => v.MotionId == motion && v.MemberId == s.MemberId)).OrderBy(s => s.Organisation).ToListAsync(cancel);
    }

    public async Task<(int Members, long Votes, long OnPaper)> TookPartAsync(BallotBoxId id, CancellationToken cancel = default)
    {
        var took = await db.BallotParticipations.Where(p => p.BoxId == id).GroupBy(p => p.OnPaper).Select(g => new { g.Key, Count = g.Count(), Votes = g.Sum(p => (long)p.Votes) }).ToListAsync(cancel);
        return (took.Sum(p => p.Count), took.Sum(p => p.Votes), took.Where(p => p.Key).Sum(p => p.Votes));
    }

    /// <summary>Organisations that took part, in the order of their names.</summary>
    public Task<List<string>> NamesAsync(BallotBox box, CancellationToken cancel = default)
    {
        var (assembly, id) = (box.AssemblyId, box.Id);
        return (from p in db.BallotParticipations where p.BoxId == id join s in db.RollSeats on p.MemberId equals s.MemberId where s.AssemblyId == assembly orderby s.Organisation select s.Organisation).ToListAsync(cancel);
    }

    public Task<bool> IsListedAsync(Guid urn, string code, CancellationToken cancel = default) => db.CountedCodes.AnyAsync(c => c.UrnId == urn && c.Code == code, cancel);
}
