using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities.Ballots;

/// <summary>
/// Opens a secret voting on a motion, when there is quorum. A member with several votes gives as many equal ballots; where that could not
/// hide who voted what, the secret voting is refused with the reason.
/// </summary>
[UseCase]
public sealed class OpenSecretVoting(Writer writer)
{
    public Task<BallotBoxId> ExecuteAsync(MotionId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("ballot.open", actor, async work =>
        {
            var motion = await work.MotionAsync(id, cancel);
            var room = await work.RoomAsync(motion.AssemblyId, cancel);
            room.Assembly.MustBeInSession();
            if (room.Written is not null) throw new RuleBroken(EntitiesRules.WrittenNoRoom);
            // Who voted what in which sector would have to be known.
            if (motion.Majority == MajorityKind.Double) throw new RuleBroken(BallotRules.BySector);
            await OpenVoting.AmendmentsFirstAsync(work, id, cancel);
            var quorum = room.QuorumAt(work.Now);
            motion.OpenVoting(quorum, work.Now);
            work.Happened(new VotingOpened(id, quorum.Present, quorum.Required));
            return (await BallotBoxes.OpenAsync(work, room, BallotSubject.Motion, id.Value, motion.Title, BallotPaper.YesNo, cancel)).Id;
        }, new ActNote("motion", id.Value), cancel);
}

static class BallotBoxes
{
    /// <summary>Fewer votes than this are no secret, whatever the box.</summary>
    public const int FewestVoters = 3;

    /// <summary>Opens a box inside another act: one voting at a time.</summary>
    public static async Task<BallotBox> OpenAsync(Work work, AssemblyRoom room, BallotSubject subject, Guid subjectId, string title, BallotPaper paper, CancellationToken cancel)
    {
        paper.Check();
        var assembly = room.Assembly.Id;
        if (await work.Db.BallotBoxes.AnyAsync(b => b.AssemblyId == assembly && b.State == BallotBoxState.Open, cancel)
            || await work.Db.Motions.AnyAsync(m => m.AssemblyId == assembly && m.State == MotionState.Voting && m.Id != MotionId.From(subjectId), cancel))
            throw new RuleBroken(EntitiesRules.OtherVotingUnderWay);
        var present = room.PresentAt(work.Now);
        MustHide([.. room.Roll.Where(s => present.Contains(s.MemberId))], paper);
        var box = new BallotBox
        {
            Id = work.NewId<BallotBoxId>(),
            AssemblyId = assembly,
            Subject = subject,
            SubjectId = subjectId,
            Title = title,
            Paper = paper,
            OpenedAt = work.Now,
        };
        work.Db.BallotBoxes.Add(box);
        work.Db.Urns.Add(work.Keeper().Create(box.Id.Value, paper));
        work.Happened(new BallotBoxOpened(box.Id, assembly, subject, subjectId, CanonicalJson.DigestOf(paper)));
        return box;
    }

    public static UrnKeeper Keeper(this Work work) => (UrnKeeper)work.Services.GetService(typeof(UrnKeeper))!;

    // A seat heavier than all others together shows in any result; and a paper with several marks, handed in as often as a seat
    // has votes, is a pattern that names the seat.
    static void MustHide(IReadOnlyList<RollSeat> present, BallotPaper paper)
    {
        if (present.Count < FewestVoters) throw new RuleBroken(BallotRules.TooFew, present.Count, FewestVoters);
        var heaviest = present.MaxBy(s => s.Votes)!;
        var others = present.Sum(s => (long)s.Votes) - heaviest.Votes;
        if (heaviest.Votes > others) throw new RuleBroken(BallotRules.WeightTells, heaviest.Organisation, heaviest.Votes, others);
        if (paper.Form != BallotForm.One && present.DistinctBy(s => s.Votes).Count() > 1) throw new RuleBroken(BallotRules.WeightsDiffer);
    }
}
