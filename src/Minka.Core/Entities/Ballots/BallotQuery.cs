using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;

namespace Minka.Core.Entities.Ballots;

/// <summary>One seat that a person may cast a secret ballot for.</summary>
/// <param name="Barred">Code of the rule that keeps it from voting, or null.</param>
public sealed record OwnSeat(MemberId Member, string Organisation, int Votes, bool TookPart, string? Barred);

/// <summary>What pages of secret votings read: few rows each, whatever the size of the room.</summary>
[UseCase]
public sealed class BallotQuery(AppDb db, InterestVault vault)
{
    public Task<BallotBox?> FindAsync(AssemblyId assembly, BallotBoxId id, CancellationToken cancel = default) =>
        db.BallotBoxes.SingleOrDefaultAsync(b => b.Id == id && b.AssemblyId == assembly, cancel);

    public Task<List<BallotBox>> OfAsync(AssemblyId assembly, CancellationToken cancel = default) =>
        db.BallotBoxes.Where(b => b.AssemblyId == assembly).OrderBy(b => b.OpenedAt).ToListAsync(cancel);

    /// <summary>The seats on the roll that the person speaks for, as representative or as alternate.</summary>
    public async Task<IReadOnlyList<OwnSeat>> OwnAsync(BallotBox box, Guid person, DateTime now, CancellationToken cancel = default)
    {
        var (assembly, id) = (box.AssemblyId, box.Id);
        var entity = await db.Assemblies.Where(a => a.Id == assembly).Select(a => a.EntityId).SingleAsync(cancel);
        var law = await db.LawAsync(entity, cancel);
        var today = law.Zone.DayIn(now);
        // What keeps a seat from voting is asked of those alone that have not.
        var own = new List<OwnSeat>();
        foreach (var (seat, member) in await OwnSeats.FindAsync(db, assembly, person, today, cancel))
        {
            var took = await db.BallotParticipations.AnyAsync(p => p.BoxId == id && p.MemberId == member.Id, cancel);
            own.Add(new OwnSeat(seat.MemberId, seat.Organisation, seat.Votes, took, took ? null : await BarredAsync(box, law, member, person, today, cancel)));
        }
        return own;
    }

    async Task<string?> BarredAsync(BallotBox box, EntityLaw law, Member member, Guid person, DateOnly today, CancellationToken cancel)
    {
        if (!member.IsInForceOn(today)) return EntitiesRules.VoteMandateExpired;
        if (await db.StayAsync(box.AssemblyId, member.Id, cancel) is not { } stay) return EntitiesRules.VoteAbsent;
        if ((await Speakers.NowAsync(db, member, stay, cancel)).Person != person) return EntitiesRules.OtherSpeaks;
        return box.Subject == BallotSubject.Motion && await Conflicts.BarsAsync(db, vault, MotionId.From(box.SubjectId), member, person, today, cancel) ? EntitiesRules.VoteConflict : null;
    }

    /// <summary>Members present, without a conflict, who have not taken part: they may be handed a paper ballot.</summary>
    public async Task<IReadOnlyList<RollSeat>> PendingAsync(BallotBox box, DateTime now, CancellationToken cancel = default)
    {
        var (assembly, id, motion) = (box.AssemblyId, box.Id, MotionId.From(box.SubjectId));
        var (attendances, parts, votes, withdrawals) = (db.Attendances, db.BallotParticipations, db.Votes, db.Withdrawals);
        var pending = await db.RollSeats.Where(s => s.AssemblyId == assembly
            && attendances.Any(a => a.AssemblyId == assembly && a.MemberId == s.MemberId && a.LeftAt == null)
            && !parts.Any(p => p.BoxId == id && p.MemberId == s.MemberId)
            && !withdrawals.Any(w => w.MotionId == motion && w.MemberId == s.MemberId)
            && !votes.Any(v => v.MotionId == motion && v.MemberId == s.MemberId)).OrderBy(s => s.Organisation).ToListAsync(cancel);
        if (await db.PartiesAsync(motion, cancel) is not { Count: > 0 } parties) return pending;
        var entity = await db.Assemblies.Where(a => a.Id == assembly).Select(a => a.EntityId).SingleAsync(cancel);
        var tied = await Interests.TiedMembersAsync(db, vault, assembly, [.. parties.Select(p => p.Party)], (await db.LawAsync(entity, cancel)).Zone.DayIn(now), span: new Interests.Span(box.OpenedAt, now), cancel: cancel);
        return [.. pending.Where(s => !tied.Contains(s.MemberId))];
    }

    public async Task<(int Members, long Votes, long OnPaper)> TookPartAsync(BallotBoxId id, CancellationToken cancel = default)
    {
        var took = await db.BallotParticipations.Where(p => p.BoxId == id).GroupBy(p => p.OnPaper).Select(g => new { g.Key, Count = g.Count(), Votes = g.Sum(p => (long)p.Votes) }).ToListAsync(cancel);
        return (took.Sum(p => p.Count), took.Sum(p => p.Votes), took.Where(p => p.Key).Sum(p => p.Votes));
    }

    /// <summary>Whether the votes of those who took part so far have the composition that the rule asks; no ballot is read.</summary>
    public async Task<CompositionReport> CompositionAsync(BallotBox box, CancellationToken cancel = default)
    {
        var id = box.Id;
        var room = await db.RoomAsync(box.AssemblyId, cancel);
        var took = await db.BallotParticipations.Where(p => p.BoxId == id).Select(p => p.MemberId).ToHashSetAsync(cancel);
        return Composition.OfVotes(room.Template, room.Roll.Where(s => took.Contains(s.MemberId)).Select(room.WeightOf));
    }

    /// <summary>Organisations that took part, in the order of their names.</summary>
    public Task<List<string>> NamesAsync(BallotBox box, CancellationToken cancel = default)
    {
        var (assembly, id) = (box.AssemblyId, box.Id);
        return (from p in db.BallotParticipations where p.BoxId == id join s in db.RollSeats on p.MemberId equals s.MemberId where s.AssemblyId == assembly orderby s.Organisation select s.Organisation).ToListAsync(cancel);
    }

    public Task<bool> IsListedAsync(Guid urn, string code, CancellationToken cancel = default) => db.CountedCodes.AnyAsync(c => c.UrnId == urn && c.Code == code, cancel);
}
