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
            var votes = await work.Db.Votes.Where(v => v.MotionId == id).ToListAsync(cancel);
            var outcome = Decide(room, motion, votes, work.Now);
            motion.Close(outcome, work.Now);
            work.Happened(new VotingClosed(id, outcome.IsAdopted, outcome.Quorum.Roll, outcome.Quorum.Present, outcome.Quorum.Required,
                outcome.Tally.Yes, outcome.Tally.No, outcome.Tally.Abstain, outcome.Tally.Conflict, outcome.Tally.Unused, outcome.Tally.Needed,
                CanonicalJson.DigestOf(outcome)));
            if (outcome.IsAdopted) await AdoptAsync(work, room, motion, outcome, cancel);
            return outcome;
        }, new ActNote("motion", id.Value), cancel);

    /// <summary>What the voting would come to at an instant; the session page shows it while it is open.</summary>
    internal static MotionOutcome Decide(AssemblyRoom room, Motion motion, IReadOnlyCollection<Vote> votes, DateTime instant)
    {
        var seats = room.Roll.ToDictionary(s => s.MemberId);
        var present = room.PresentAt(instant);
        var ballots = votes.Select(v => (v.Choice, Seat: seats[v.MemberId])).ToList();
        var unused = present.Where(m => votes.All(v => v.MemberId != m)).Sum(m => (long)seats[m].Votes);
        var tally = Tally.Count(motion.Majority, ballots.Select(b => new Ballot(b.Choice, b.Seat.Votes)), unused);
        var cast = ballots.Where(b => b.Choice is Choice.Yes or Choice.No || (b.Choice == Choice.Abstain && room.Template.AbstentionIsCast.Value));
        return MotionOutcome.Of(room.QuorumAt(instant), tally, Composition.OfVotes(room.Template, cast.Select(b => b.Seat.Weight)));
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
