using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities.Ballots;

/// <summary>Notes who was handed a paper ballot: they took part, and vote no other way.</summary>
[UseCase]
public sealed class HandOutPaper(Writer writer)
{
    public Task ExecuteAsync(BallotBoxId id, IReadOnlyList<MemberId> members, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("ballot.paper", actor, async work =>
        {
            var box = await work.BoxAsync(id, cancel);
            if (members.Count == 0) throw new RuleBroken(EntitiesRules.NobodyChosen);
            foreach (var memberId in members.Distinct())
            {
                var look = await SeatLook.FindAsync(work.Db, box.AssemblyId, memberId, cancel, id) ?? throw new RuleBroken(EntitiesRules.VoteNotMember);
                if (look.TookPart is not null) throw new RuleBroken(BallotRules.Twice, look.Member.Organisation);
                var seat = await BallotSeats.MayVoteAsync(work, box, look, look.Law.Zone.DayIn(work.Now), cancel);
                work.Db.BallotParticipations.Add(new BallotParticipation { BoxId = id, MemberId = memberId, Votes = seat.Votes, OnPaper = true });
                work.Happened(new BallotTaken(id, memberId, OnPaper: true));
            }
        }, new ActNote("ballot-box", id.Value), cancel);
}

/// <summary>Types in the piles of paper ballots, twice: only two typings that agree are counted, and a difference is shown place by place.</summary>
[UseCase]
public sealed class TypePaperCount(Writer writer)
{
    /// <param name="round">1 or 2.</param>
    public Task ExecuteAsync(BallotBoxId id, int round, PaperTally tally, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("ballot.type", actor, async work =>
        {
            var box = await work.BoxAsync(id, cancel);
            box.MustBeOpen();
            if (round is not (1 or 2)) throw new RuleBroken(BallotRules.RoundUnknown);
            if (tally.Options.Count != box.Paper.Options.Count) throw new RuleBroken(BallotRules.PaperWrong);
            if (tally.Options.Append(tally.Blank).Append(tally.Null).Append(tally.Papers).Any(n => n < 0)) throw new RuleBroken(BallotRules.PaperNegative);
            var handedOut = await work.Db.BallotParticipations.Where(p => p.BoxId == id && p.OnPaper).SumAsync(p => (long)p.Votes, cancel);
            var marks = tally.Options.Sum(n => (long)n);
            var valid = (long)tally.Papers - tally.Blank - tally.Null;
            if (tally.Papers > handedOut) throw new RuleBroken(BallotRules.PaperTooMany, tally.Papers, handedOut);
            // Each valid paper has at least one mark and at most as many as the paper allows, and none twice for an option.
            if (marks < valid || marks > valid * box.Paper.Most || tally.Options.Any(n => n > valid)) throw new RuleBroken(BallotRules.PaperSum, marks, valid, valid * box.Paper.Most);
            var kept = await work.Db.PaperCounts.SingleOrDefaultAsync(p => p.BoxId == id && p.Round == round, cancel);
            if (kept is null) work.Db.PaperCounts.Add(kept = new PaperCount { BoxId = id, Round = round });
            kept.Type(tally, work.Now);
            work.Happened(new PaperCountTyped(id, round));
        }, new ActNote("ballot-box", id.Value), cancel);
}
