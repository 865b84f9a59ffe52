using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities;

/// <summary>
/// Writes a member's vote: the secretary at the roll call, or who speaks for the member. A conflict, declared or known from the
/// motion's parties, takes the vote away and leaves the presence. It loads the seats that vote, not the room, so that a thousand may
/// vote within seconds.
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
            var call = await RollCall.LoadAsync(work, motion, cancel);
            if (await work.Db.ShowsOfHands.AnyAsync(h => h.MotionId == id, cancel)) throw new RuleBroken(EntitiesRules.HandsTyped);
            var own = actor.Role == Role.Representative.Word();
            foreach (var (memberId, choice) in votes)
            {
                var seat = await call.SeatAsync(memberId, cancel);
                var alternate = own ? await call.MustSpeakAsync(seat, actor.PersonId, cancel) : seat.Speaker.Alternate;
                MustBeOpen(call.Assembly, motion, choice);
                if (call.Written?.Deadline.HasPassedAt(work.Now) == true) throw new RuleBroken(EntitiesRules.WrittenOver, call.Written.Until);
                await Ballots.SecretVoting.GuardAsync(work, id, memberId, choice, cancel);
                if (call.Withdrawn.Contains(memberId)) throw new RuleBroken(EntitiesRules.VoteConflict, seat.Organisation);
                if (call.Voted.Contains(memberId) || await work.Db.Votes.AnyAsync(v => v.MotionId == id && v.MemberId == memberId && v.Choice != Choice.Conflict, cancel))
                    throw new RuleBroken(EntitiesRules.VoteTwice, seat.Organisation);
                var speaker = own && call.Written is not null ? actor.PersonId : seat.Speaker.Person;
                if (await Conflicts.BarsAsync(work.Db, work.Vault(), id, seat.Member, speaker, call.Day, cancel)) throw new RuleBroken(EntitiesRules.VoteConflict, seat.Organisation);
                if (!seat.Member.IsInForceOn(call.Day)) throw new RuleBroken(EntitiesRules.VoteMandateExpired, seat.Organisation, seat.Member.MandateTo);
                if (!call.IsThere(seat)) throw new RuleBroken(EntitiesRules.VoteAbsent, seat.Organisation);
                if (choice == Choice.Conflict)
                {
                    work.Db.Withdrawals.Add(new Withdrawal { Id = WithdrawalId.From(new Guid(work.Entropy.Bytes(16))), MotionId = id, MemberId = memberId, At = work.Now });
                    call.Withdrawn.Add(memberId);
                    work.Happened(new ConflictDeclared(id));
                    continue;
                }
                // Who stays out of the decision does not take part in it for another either.
                if (seat.Holder is { } holder && (call.Withdrawn.Contains(holder.Member.Id) || await Conflicts.BarsAsync(work.Db, work.Vault(), id, holder.Member, holder.Speaker.Person, call.Day, cancel)))
                    throw new RuleBroken(EntitiesRules.HolderConflicted, seat.Organisation, holder.Organisation);
                work.Db.Votes.Add(new Vote { MotionId = id, MemberId = memberId, Choice = choice, CastAt = work.Now, ByRepresentative = own, AlternateId = alternate });
                call.Voted.Add(memberId);
                work.Happened(new VoteCast(id, memberId));
            }
        }, new ActNote("motion", id.Value), cancel);

    // A conflict may be declared before the voting; a vote is cast while it is open.
    static void MustBeOpen(Assembly assembly, Motion motion, Choice choice)
    {
        assembly.MustBeInSession();
        var early = choice == Choice.Conflict && motion.State == MotionState.Proposed;
        if (motion.State != MotionState.Voting && !early) throw new RuleBroken(EntitiesRules.VotingNotOpen);
    }
}
