using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities;

/// <summary>
/// Writes a member's vote: the secretary at the roll call, or the representative. A declared conflict takes the vote away and
/// leaves the presence.
/// </summary>
[UseCase]
public sealed class CastVote(Writer writer)
{
    /// <summary>The vote of one member.</summary>
    /// <param name="member">A representative may only name a member that he or she represents.</param>
    public Task ExecuteAsync(MotionId id, MemberId member, Choice choice, Actor actor, CancellationToken cancel = default) =>
        ExecuteAsync(id, [(member, choice)], actor, cancel);

    /// <summary>The roll call, as the secretary writes it: all votes or none.</summary>
    public Task ExecuteAsync(MotionId id, IReadOnlyList<(MemberId Member, Choice Choice)> votes, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("motion.vote", actor, async work =>
        {
            var motion = await work.MotionAsync(id, cancel);
            var room = await work.RoomAsync(motion.AssemblyId, cancel);
            var cast = await work.Db.Votes.Where(v => v.MotionId == id).ToListAsync(cancel);
            if (await work.Db.ShowsOfHands.AnyAsync(h => h.MotionId == id, cancel)) throw new RuleBroken(EntitiesRules.HandsTyped);
            var own = actor.Role == Role.Representative.Word();
            foreach (var (memberId, choice) in votes)
            {
                if (room.Roll.FirstOrDefault(s => s.MemberId == memberId) is not { } seat) throw new RuleBroken(EntitiesRules.VoteNotMember);
                var member = await work.Db.Members.SingleAsync(m => m.Id == memberId, cancel);
                var holder = room.ProxiesAt(work.Now).FirstOrDefault(p => p.GiverId == memberId)?.HolderId;
                if (own && !await RepresentsAsync(work, actor, member, holder, cancel)) throw new RuleBroken(EntitiesRules.VoteNotYours);
                MustBeOpen(room.Assembly, motion, choice);
                if (room.Written?.Deadline.HasPassedAt(work.Now) == true) throw new RuleBroken(EntitiesRules.WrittenOver, room.Written.Until);
                await Ballots.SecretVoting.GuardAsync(work, id, memberId, choice, cancel);
                if (cast.FirstOrDefault(v => v.MemberId == memberId) is { } before)
                    throw new RuleBroken(before.Choice == Choice.Conflict ? EntitiesRules.VoteConflict : EntitiesRules.VoteTwice, seat.Organisation);
                if (!member.IsInForceOn(LegalTime.DayIn(motion.VotingOpenedAt ?? work.Now))) throw new RuleBroken(EntitiesRules.VoteMandateExpired, seat.Organisation, member.MandateTo);
                if (!room.MayVoteAt(work.Now, memberId)) throw new RuleBroken(EntitiesRules.VoteAbsent, seat.Organisation);
                // Who withdrew from the decision does not take part in it for another either.
                if (choice != Choice.Conflict && holder is { } carrier && cast.Any(v => v.MemberId == carrier && v.Choice == Choice.Conflict))
                    throw new RuleBroken(EntitiesRules.HolderConflicted, seat.Organisation, room.Seat(carrier).Organisation);
                var vote = new Vote { MotionId = id, MemberId = memberId, Choice = choice, CastAt = work.Now, ByRepresentative = own };
                work.Db.Votes.Add(vote);
                cast.Add(vote);
                work.Happened(choice == Choice.Conflict ? new ConflictDeclared(id, memberId) : new VoteCast(id, memberId));
            }
        }, new ActNote("motion", id.Value), cancel);

    static async Task<bool> RepresentsAsync(Work work, Actor actor, Member member, MemberId? holder, CancellationToken cancel) =>
        actor.PersonId is { } person && (member.RepresentativePersonId == person
            || (holder is { } carrier && await work.Db.Members.AnyAsync(m => m.Id == carrier && m.RepresentativePersonId == person, cancel)));

    // A conflict may be declared before the voting; a vote is cast while it is open.
    static void MustBeOpen(Assembly assembly, Motion motion, Choice choice)
    {
        assembly.MustBeInSession();
        var early = choice == Choice.Conflict && motion.State == MotionState.Proposed;
        if (motion.State != MotionState.Voting && !early) throw new RuleBroken(EntitiesRules.VotingNotOpen);
    }
}
