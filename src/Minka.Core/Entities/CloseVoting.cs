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
        var call = room.Assembly.Call ?? AssemblyCall.First;
        var here = room.PresentAt(instant);
        var names = room.Roll.ToDictionary(s => Key(s.MemberId), s => s.Organisation, StringComparer.Ordinal);
        // A ballot stands when its member leaves before the close; the quorum counts who is still in the room.
        var voters = here.Concat(votes.Where(v => v.Choice != Choice.Conflict).Select(v => v.MemberId)).Select(Key).Distinct(StringComparer.Ordinal).ToList();
        var decided = Decision.Of(new DecisionCase(
            room.Template.DecisionRule,
            [.. room.Roll.Select(s => new DecisionSeat(Key(s.MemberId), s.Sector, s.InterestGroup, s.Votes, room.Mandates[s.MemberId].From, room.Mandates[s.MemberId].To))],
            // One voting is one act, of the day on which it was opened, though it ends after midnight.
            LegalTime.DayIn(motion.VotingOpenedAt ?? instant),
            call,
            QuorumNeed.Of(room.Template.QuorumOf(call).Kind),
            motion.Majority,
            voters,
            [],
            [.. votes.Where(v => v.Choice == Choice.Conflict).Select(v => Key(v.MemberId))],
            [.. votes.Where(v => v.Choice != Choice.Conflict).Select(v => (Key(v.MemberId), v.Choice))],
            [.. here.Select(Key)]));
        var quorum = new QuorumReport(call, room.Template.QuorumOf(call).Kind, decided.Roll, decided.Present, decided.Needed, instant);
        return new MotionOutcome(decided.Outcome == DecisionOutcome.Adopted, quorum, decided.Tally, decided.Composition, [.. decided.Reasons.Select(Named)])
        {
            IsInvalid = decided.Outcome == DecisionOutcome.Invalid,
        };

        // Seats are told by the names of their organisations.
        Reason Named(Reason reason) => reason with { Args = [.. reason.Args.Select(a => a is string text && names.TryGetValue(text, out var name) ? name : a)] };

        static string Key(MemberId member) => member.Value.ToString();
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
