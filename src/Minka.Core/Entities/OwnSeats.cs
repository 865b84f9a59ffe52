using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities.Ballots;

namespace Minka.Core.Entities;

/// <summary>One seat on a roll for which a person speaks, or may.</summary>
public static class OwnSeats
{
    /// <summary>Seats of the members that the person represents, or is the accredited alternate of where the rule lets one come.</summary>
    public static async Task<IReadOnlyList<(RollSeat Seat, Member Member)>> FindAsync(AppDb db, AssemblyId assembly, Guid person, DateOnly day, CancellationToken cancel = default)
    {
        var alternates = db.Representations.Where(r => r.PersonId == person && r.IsAlternate && r.EndedAt == null && r.From <= day && day <= r.To).Select(r => r.MemberId);
        var found = await (from m in db.Members
                           where m.RepresentativePersonId == person || alternates.Contains(m.Id)
                           join s in db.RollSeats on m.Id equals s.MemberId
                           where s.AssemblyId == assembly
                           orderby s.Organisation
                           select new { Seat = s, Member = m }).ToListAsync(cancel);
        if (found.Count == 0) return [];
        var entity = found[0].Member.EntityId;
        var template = (await db.LawAsync(entity, cancel)).Template;
        return [.. found.Where(f => f.Member.RepresentativePersonId == person || template.Attendance.MayDelegate(f.Member.InterestGroup)).Select(f => (f.Seat, f.Member))];
    }
}

/// <summary>One point that a person may vote on now.</summary>
/// <param name="Seats">Those of the person; each with the rule that keeps it from voting, or null, and with what was voted.</param>
public sealed record OwnVoting(Motion Motion, IReadOnlyList<OwnVote> Seats);

/// <param name="Barred">Code of the rule that keeps it from voting, or null.</param>
/// <param name="Giver">It votes by proxy, through the person.</param>
public sealed record OwnVote(MemberId Member, string Organisation, int Votes, Choice? Cast, string? Barred, bool Giver);

/// <summary>What a representative's own page of votes reads: the own seats, not the room, whatever its size.</summary>
[UseCase]
public sealed class OwnVotesQuery(AppDb db, InterestVault vault)
{
    public async Task<IReadOnlyList<OwnVoting>> FindAsync(Assembly assembly, Guid person, DateTime now, CancellationToken cancel = default)
    {
        var id = assembly.Id;
        var law = await db.LawAsync(assembly.EntityId, cancel);
        var today = law.Zone.DayIn(now);
        var written = await db.WrittenProcedures.AnyAsync(w => w.AssemblyId == id, cancel);
        var motions = await db.Motions.Where(m => m.AssemblyId == id && m.State == MotionState.Voting).OrderBy(m => m.Order).ToListAsync(cancel);
        var secret = (await db.BallotBoxes.Where(b => b.AssemblyId == id && b.State == BallotBoxState.Open).Select(b => b.SubjectId).ToListAsync(cancel)).ToHashSet();
        motions.RemoveAll(m => secret.Contains(m.Id.Value));
        var seats = new List<(RollSeat Seat, Member Member, bool There, bool Speaks, bool Giver)>();
        foreach (var (seat, member) in await OwnSeats.FindAsync(db, id, person, today, cancel))
        {
            var stay = await db.StayAsync(id, seat.MemberId, cancel);
            var speaks = stay is null || (await Speakers.NowAsync(db, member, stay, cancel)).Person == person;
            seats.Add((seat, member, written || stay is not null, speaks, false));
            if (stay is null || !speaks) continue;
            var givers = await (from p in db.Proxies
                                where p.AssemblyId == id && p.HolderId == seat.MemberId && p.GivenAt <= now && (p.RevokedAt == null || p.RevokedAt > now)
                                join s in db.RollSeats on new { p.AssemblyId, MemberId = p.GiverId } equals new { s.AssemblyId, s.MemberId }
                                join m in db.Members on p.GiverId equals m.Id
                                where !db.Set<Attendance>().Any(a => a.AssemblyId == id && a.MemberId == p.GiverId && a.LeftAt == null)
                                select new { Seat = s, Member = m }).ToListAsync(cancel);
            seats.AddRange(givers.Select(g => (g.Seat, g.Member, true, true, true)));
        }
        var result = new List<OwnVoting>();
        foreach (var motion in motions)
        {
            var (own, ids) = (new List<OwnVote>(), seats.ConvertAll(s => s.Seat.MemberId));
            var motionId = motion.Id;
            var cast = await db.Votes.Where(v => v.MotionId == motionId && ids.Contains(v.MemberId) && v.Choice != Choice.Conflict).ToDictionaryAsync(v => v.MemberId, v => v.Choice, cancel);
            foreach (var (seat, member, there, speaks, giver) in seats)
            {
                Choice? voted = cast.TryGetValue(seat.MemberId, out var choice) ? choice : null;
                var barred = voted is not null ? null
                    : !member.IsInForceOn(law.Zone.DayIn(motion.VotingOpenedAt ?? now)) ? EntitiesRules.VoteMandateExpired
                    : !there ? EntitiesRules.VoteAbsent
                    : !speaks ? EntitiesRules.OtherSpeaks
                    : await Conflicts.BarsAsync(db, vault, motionId, member, giver ? member.RepresentativePersonId : person, today, cancel) ? EntitiesRules.VoteConflict : null;
                own.Add(new OwnVote(seat.MemberId, seat.Organisation, seat.Votes, voted, barred, giver));
            }
            result.Add(new OwnVoting(motion, own));
        }
        return result;
    }
}
