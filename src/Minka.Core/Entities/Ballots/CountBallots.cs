using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities.Elections;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities.Ballots;

/// <summary>Closes a secret voting on a motion, opens the urn and decides: quorum and composition of those who took part, majority of the ballots.</summary>
[UseCase]
public sealed class CloseSecretVoting(Writer writer)
{
    public Task<MotionOutcome> ExecuteAsync(BallotBoxId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("ballot.count", actor, async work =>
        {
            var box = await work.BoxAsync(id, cancel);
            var room = await work.RoomAsync(box.AssemblyId, cancel);
            room.Assembly.MustBeInSession();
            if (box.Subject != BallotSubject.Motion) throw new NotFound("motion", box.SubjectId);
            var motion = await work.MotionAsync(MotionId.From(box.SubjectId), cancel);
            var took = await BallotCounting.CountAsync(work, box, cancel);
            var votes = await work.Db.Votes.Where(v => v.MotionId == motion.Id).ToListAsync(cancel);
            var conflicted = await Conflicts.OfAsync(work.Db, work.Vault(), room, motion, votes, work.Now, cancel);
            var outcome = Decide(room, motion, box.Count!, took, conflicted, work.Now);
            motion.Close(outcome, work.Now);
            work.Happened(new VotingClosed(motion.Id, outcome.IsAdopted, outcome.Quorum.Roll, outcome.Quorum.Present, outcome.Quorum.Required,
                outcome.Tally.Yes, outcome.Tally.No, outcome.Tally.Abstain, outcome.Tally.Conflict, outcome.Tally.Unused, outcome.Tally.Needed,
                CanonicalJson.DigestOf(outcome)));
            await CloseVoting.FollowAsync(work, room, motion, outcome, cancel);
            return outcome;
        }, new ActNote("ballot-box", id.Value), cancel);

    // Who voted what is unknown, so the composition is that of all who took part, abstentions among them. Blank and null ballots
    // weigh as abstentions: they were cast by people who could decide.
    static MotionOutcome Decide(AssemblyRoom room, Motion motion, BallotCount count, IReadOnlyList<BallotParticipation> took, IReadOnlySet<MemberId> conflicted, DateTime now)
    {
        var voted = took.Select(p => p.MemberId).ToHashSet();
        var day = room.DayIn(motion.VotingOpenedAt ?? now);
        // An interest that was declared after the ballot was in can't take it out again: nobody knows which one it is.
        var excused = conflicted.Except(voted).ToHashSet();
        var free = room.Roll.Where(s => room.Mandates[s.MemberId].Covers(day) && !excused.Contains(s.MemberId)).ToList();
        // Whoever took part was there: a ballot is taken from nobody who is absent.
        var there = room.PresentAt(now).Union(voted).ToHashSet();
        var voters = free.Where(s => there.Contains(s.MemberId)).ToList();
        int Of(string option) => checked((int)count.Of(option));
        var tally = Tally.Count(motion.Majority,
        [
            new Ballot(Choice.Yes, Of("yes")),
            new Ballot(Choice.No, Of("no")),
            new Ballot(Choice.Abstain, checked((int)(count.Of("abstain") + count.Blank + count.Null))),
            .. room.Roll.Where(s => excused.Contains(s.MemberId) && there.Contains(s.MemberId) && room.Mandates[s.MemberId].Covers(day)).Select(s => new Ballot(Choice.Conflict, s.Votes)),
        ],
            voters.Where(s => !voted.Contains(s.MemberId)).Sum(s => (long)s.Votes),
            free.Except(voters).Sum(s => (long)s.Votes),
            room.Template.DecisionRule.TwoThirdsOfAll);
        var rules = room.Template.DecisionRule.Shares;
        var composition = Composition.Check(rules, CompositionScope.Votes, voters.Where(s => voted.Contains(s.MemberId)).Select(room.WeightOf));
        var ofPresent = Composition.Check(rules, CompositionScope.Present, voters.Select(room.WeightOf));
        composition = composition with { Reasons = [.. composition.Reasons, .. ofPresent.Reasons], Failures = [.. composition.Failures, .. ofPresent.Failures] };
        var quorum = room.QuorumAt(now) with { Present = room.MembersOn(day).Count(there.Contains) };
        var valid = quorum.IsMet && composition.IsMet;
        var withdrew = room.MembersOn(day).Count(m => excused.Contains(m) && there.Contains(m));
        IReadOnlyList<Reason> told = [.. withdrew > 0 ? [Reason.Note("decision.withdrew", withdrew)] : (IReadOnlyList<Reason>)[], .. conflicted.Any(voted.Contains) ? [Reason.Note("decision.interest-too-late")] : (IReadOnlyList<Reason>)[]];
        return new MotionOutcome(valid && tally.IsMet, quorum, tally, composition, [quorum.Reason, tally.Reason, .. composition.Reasons, .. told]) { IsInvalid = !valid, Withdrew = withdrew > 0 ? withdrew : null };
    }
}

/// <summary>Ends a secret voting without counting it: its ballots are erased, and nobody ever learns them.</summary>
[UseCase]
public sealed class AnnulBallotBox(Writer writer)
{
    public Task ExecuteAsync(BallotBoxId id, string why, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("ballot.annul", actor, async work =>
        {
            var box = await work.BoxAsync(id, cancel);
            box.Annul(why, work.Now);
            (await work.UrnAsync(id.Value, cancel)).Erase();
            work.Happened(new BallotBoxAnnulled(id));
            if (box.Subject == BallotSubject.Election)
            {
                (await work.ElectionAsync(OrganElectionId.From(box.SubjectId), cancel)).Annul();
                return;
            }
            // The motion was put to the vote, and nothing came of it: it is rejected for want of votes, and may be proposed again.
            var motion = await work.MotionAsync(MotionId.From(box.SubjectId), cancel);
            var room = await work.RoomAsync(box.AssemblyId, cancel);
            var votes = await work.Db.Votes.Where(v => v.MotionId == motion.Id).ToListAsync(cancel);
            var outcome = CloseVoting.Decide(room, motion, votes, await Conflicts.OfAsync(work.Db, work.Vault(), room, motion, votes, work.Now, cancel), work.Now);
            motion.Close(outcome with { IsAdopted = false }, work.Now);
        }, new ActNote("ballot-box", id.Value), cancel);
}

static class BallotCounting
{
    /// <summary>Opens the urn, adds the paper and writes the count; who took part.</summary>
    public static async Task<IReadOnlyList<BallotParticipation>> CountAsync(Work work, BallotBox box, CancellationToken cancel)
    {
        box.MustBeOpen();
        var id = box.Id;
        var took = await work.Db.BallotParticipations.Where(p => p.BoxId == id).ToListAsync(cancel);
        if (took.Count < BallotBoxes.FewestVoters) throw new RuleBroken(BallotRules.TooFew, took.Count, BallotBoxes.FewestVoters);
        var paper = await PaperAsync(work, box, took.Where(p => p.OnPaper).Sum(p => (long)p.Votes), cancel);
        var ballots = work.Keeper().Empty(work, await work.UrnAsync(id.Value, cancel));
        var count = BallotCount.Of(box.Paper, ballots, paper);
        box.Counted(count, work.Now);
        var rows = work.Db.CountedBallots.Local.Where(b => b.UrnId == id.Value).OrderBy(b => b.Id);
        var codes = work.Db.CountedCodes.Local.Where(c => c.UrnId == id.Value).Select(c => c.Code).Order(StringComparer.Ordinal);
        work.Happened(new BallotBoxCounted(id, count.Ballots, took.Count, CanonicalJson.DigestOf(count),
            CanonicalJson.DigestOf(rows.Select(r => new { r.Id, r.Marking.IsNull, r.Marking.Values }).ToList()), CanonicalJson.DigestOf(codes.ToList())));
        return took;
    }

    static async Task<PaperTally?> PaperAsync(Work work, BallotBox box, long handedOut, CancellationToken cancel)
    {
        if (handedOut == 0) return null;
        var id = box.Id;
        var typed = await work.Db.PaperCounts.Where(p => p.BoxId == id).OrderBy(p => p.Round).ToListAsync(cancel);
        if (typed.Count < 2) throw new RuleBroken(BallotRules.PaperUncounted, handedOut);
        return PaperTally.Differences(typed[0].Tally, typed[1].Tally) is { Count: > 0 } differences ? throw new RuleBroken(BallotRules.PaperDiffers, differences.Count) : typed[0].Tally;
    }
}
