using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities;

/// <summary>
/// Closes a voting and decides: quorum at this instant, majority, and the composition of the votes cast. All three are kept
/// with their figures. A motion that fails any of them is rejected, with the reason.
/// </summary>
[UseCase]
public sealed class CloseVoting(Writer writer)
{
    public Task<MotionOutcome> ExecuteAsync(MotionId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("motion.close-voting", actor, async work =>
        {
            var motion = await work.MotionAsync(id, cancel);
            var room = await work.RoomAsync(motion.AssemblyId, cancel);
            room.Assembly.MustBeInSession();
            await Ballots.SecretVoting.MustNotBeAsync(work, id, cancel);
            var votes = await work.Db.Votes.Where(v => v.MotionId == id).ToListAsync(cancel);
            var conflicted = await Conflicts.OfAsync(work.Db, work.Vault(), room, motion, votes, work.Now, cancel);
            if (room.Written is { } written && written.Deadline.IsOpenAt(work.Now) && room.MembersOn(room.DayIn(work.Now)).Except(votes.Select(v => v.MemberId)).Except(conflicted).Any())
                throw new RuleBroken(EntitiesRules.WrittenNotOver, written.Until);
            var hands = await work.Db.ShowsOfHands.SingleOrDefaultAsync(h => h.MotionId == id, cancel);
            var outcome = Decide(room, motion, votes, conflicted, work.Now, hands);
            motion.Close(outcome, work.Now);
            work.Happened(new VotingClosed(id, outcome.IsAdopted, outcome.Quorum.Roll, outcome.Quorum.Present, outcome.Quorum.Required,
                outcome.Tally.Yes, outcome.Tally.No, outcome.Tally.Abstain, outcome.Tally.Conflict, outcome.Tally.Unused, outcome.Tally.Needed,
                CanonicalJson.DigestOf(outcome)));
            await FollowAsync(work, room, motion, outcome, cancel);
            return outcome;
        }, new ActNote("motion", id.Value), cancel);

    /// <summary>What the voting would come to at an instant; the session page shows it while it is open.</summary>
    internal static MotionOutcome Decide(AssemblyRoom room, Motion motion, IReadOnlyCollection<Vote> votes, IReadOnlySet<MemberId> conflicted, DateTime instant, ShowOfHands? hands = null)
    {
        var call = room.Assembly.Call ?? AssemblyCall.First;
        // In writing, who answered took part, and who stays out answered by that.
        var here = room.Written is null ? room.PresentAt(instant) : votes.Select(v => v.MemberId).Concat(conflicted).ToHashSet();
        var names = room.Roll.ToDictionary(s => Key(s.MemberId), s => s.Organisation, StringComparer.Ordinal);
        var ballots = hands is null ? votes.Where(v => v.Choice != Choice.Conflict).Select(v => (v.MemberId, v.Choice)).ToList() : Spread(room, hands, room.VotersAt(hands.At, conflicted));
        // A ballot stands when its member or its holder leaves before the close; the quorum counts who is still in the room.
        var voters = here.Concat(ballots.Select(b => b.MemberId)).ToHashSet();
        var inRoom = room.Template.ProxyRule.CountForQuorum ? here.Concat(room.CarriedAt(instant)).Distinct() : here;
        var day = room.DayIn(motion.VotingOpenedAt ?? instant);
        var decided = Decision.Of(new DecisionCase(
            room.Template.DecisionRule,
            [.. room.Roll.Select(s => new DecisionSeat(Key(s.MemberId), s.Sector, s.InterestGroup, s.Votes, room.Mandates[s.MemberId].From, room.Mandates[s.MemberId].To, room.Women?.Contains(s.MemberId)))],
            // One voting is one act, of the day on which it was opened, though it ends after midnight.
            day,
            call,
            QuorumNeed.Of(room.Template.QuorumOf(call).Kind),
            motion.Majority,
            [.. voters.Select(Key)],
            [.. room.ProxiesAt(instant).Where(p => !voters.Contains(p.GiverId)).Select(p => (Key(p.GiverId), Key(p.HolderId)))],
            [.. conflicted.Select(Key)],
            [.. ballots.Select(b => (Key(b.MemberId), b.Choice))],
            [.. inRoom.Select(Key)]));
        var quorum = new QuorumReport(call, room.Template.QuorumOf(call).Kind, decided.Roll, decided.Present, decided.Needed, instant);
        var withdrew = room.MembersOn(day).Count(m => conflicted.Contains(m) && voters.Contains(m));
        return new MotionOutcome(decided.Outcome == DecisionOutcome.Adopted, quorum, decided.Tally, decided.Composition, [.. Told(decided.Reasons, withdrew).Select(Named)])
        {
            IsInvalid = decided.Outcome == DecisionOutcome.Invalid,
            Withdrew = withdrew > 0 ? withdrew : null,
        };

        // Seats are told by the names of their organisations.
        Reason Named(Reason reason) => reason with { Args = [.. reason.Args.Select(a => a is string text && names.TryGetValue(text, out var name) ? name : a)] };

        static string Key(MemberId member) => member.Value.ToString();
    }

    /// <summary>What is kept and published says how many stayed out because of an interest, and never who.</summary>
    static IEnumerable<Reason> Told(IReadOnlyList<Reason> reasons, int withdrew)
    {
        var kept = reasons.Where(r => r.Code is not ("ballot.conflicted" or "conflicted.unknown" or "proxy.holder-conflicted"));
        return withdrew == 0 ? kept : kept.Append(Reason.Note("decision.withdrew", withdrew));
    }

    /// <summary>
    /// Hands given to seats of their group, one vote each: which seat raised which hand is not known and changes no figure. Where a rule
    /// counts women, the fewest that the hands allow.
    /// </summary>
    static List<(MemberId MemberId, Choice Choice)> Spread(AssemblyRoom room, ShowOfHands hands, IReadOnlyList<RollSeat> voters)
    {
        var result = new List<(MemberId, Choice)>();
        foreach (var f in hands.Figures)
        {
            var choices = Enumerable.Repeat(Choice.Yes, f.Yes).Concat(Enumerable.Repeat(Choice.No, f.No)).Concat(Enumerable.Repeat(Choice.Abstain, f.Abstain));
            result.AddRange(voters.Where(s => s.Sector == f.Sector && s.InterestGroup == f.InterestGroup)
                .OrderBy(s => room.Women?.Contains(s.MemberId) == true).Select(s => s.MemberId).Zip(choices));
        }
        return result;
    }

    /// <summary>What follows from an adopted motion: an amendment changes its motion's text, any other is a resolution.</summary>
    internal static async Task FollowAsync(Work work, AssemblyRoom room, Motion motion, MotionOutcome outcome, CancellationToken cancel)
    {
        if (!outcome.IsAdopted) return;
        if (await work.Db.Amendments.SingleOrDefaultAsync(a => a.MotionId == motion.Id, cancel) is { } amendment)
        {
            var amended = await work.MotionAsync(amendment.AmendsId, cancel);
            amended.Amend(motion.Text);
            work.Happened(new MotionAmended(amended.Id, motion.Id, Digest.Of(motion.Text)));
            return;
        }
        await AdoptAsync(work, room, motion, outcome, cancel);
    }

    static async Task AdoptAsync(Work work, AssemblyRoom room, Motion motion, MotionOutcome outcome, CancellationToken cancel)
    {
        var resolution = new Resolution
        {
            Id = work.NewId<ResolutionId>(),
            EntityId = room.Entity.Id,
            AssemblyId = room.Assembly.Id,
            MotionId = motion.Id,
            Number = room.Entity.NextResolution(),
            Title = motion.Title,
            Text = motion.Text,
            SubjectKind = motion.SubjectKind,
            SubjectId = motion.SubjectId,
            SubjectDigest = motion.SubjectDigest,
            SubjectLabel = motion.SubjectLabel,
            AdoptedAt = work.Now,
            Outcome = outcome,
        };
        work.Db.Resolutions.Add(resolution);
        if (motion is { SubjectKind: Resolution.RevokeSubject, SubjectId: { } target })
        {
            var targetId = ResolutionId.From(target);
            var revoked = await work.Db.Resolutions.SingleAsync(r => r.Id == targetId, cancel);
            revoked.Revoke(resolution.Id, resolution.Code, work.Now);
            work.Happened(new ResolutionEnded(revoked.Id, revoked.State));
        }
        // Handlers of later contexts ask for the resolution.
        await work.FlushAsync(cancel);
        work.Happened(new ResolutionAdopted(resolution.Id, room.Entity.Id, resolution.SubjectKind, resolution.SubjectId, resolution.SubjectDigest));
    }
}
