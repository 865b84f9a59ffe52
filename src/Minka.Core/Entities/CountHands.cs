using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Rules;

namespace Minka.Core.Entities;

/// <summary>
/// Writes a show of hands, by interest group, because composition is judged on the votes cast. Figures beyond the votes that are present
/// are refused. Until the voting closes they may be written again.
/// </summary>
[UseCase]
public sealed class CountHands(Writer writer)
{
    public Task ExecuteAsync(MotionId id, IReadOnlyList<HandCount> figures, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("motion.hands", actor, async work =>
        {
            var motion = await work.MotionAsync(id, cancel);
            var room = await work.RoomAsync(motion.AssemblyId, cancel);
            room.Assembly.MustBeInSession();
            if (motion.State != MotionState.Voting) throw new RuleBroken(EntitiesRules.VotingNotOpen);
            if (room.Written is not null) throw new RuleBroken(EntitiesRules.HandsInWriting);
            await Ballots.SecretVoting.MustNotBeAsync(work, id, cancel);
            var votes = await work.Db.Votes.Where(v => v.MotionId == id).ToListAsync(cancel);
            if (votes.Any(v => v.Choice != Choice.Conflict)) throw new RuleBroken(EntitiesRules.HandsAfterVotes);
            var voters = room.VotersAt(work.Now, await Conflicts.OfAsync(work.Db, work.Vault(), room, motion, votes, work.Now, cancel));
            if (voters.FirstOrDefault(s => s.Votes != 1) is { } heavy) throw new RuleBroken(EntitiesRules.HandsNeedHeads, heavy.Organisation, heavy.Votes);
            if (figures.Any(f => f.Yes < 0 || f.No < 0 || f.Abstain < 0)) throw new RuleBroken(EntitiesRules.HandsNegative);
            foreach (var f in figures)
            {
                var there = voters.Count(s => s.Sector == f.Sector && s.InterestGroup == f.InterestGroup);
                if (f.Sum > there) throw new RuleBroken(EntitiesRules.HandsTooMany, NameOf(f.InterestGroup), f.Sum, there);
            }
            if (figures.Sum(f => f.Sum) == 0) throw new RuleBroken(EntitiesRules.NobodyChosen);
            IReadOnlyList<HandCount> kept = [.. figures.Where(f => f.Sum > 0).OrderBy(f => f.Sector).ThenBy(f => f.InterestGroup, StringComparer.Ordinal)];
            var hands = await work.Db.ShowsOfHands.SingleOrDefaultAsync(h => h.MotionId == id, cancel);
            if (hands is null) work.Db.ShowsOfHands.Add(hands = new ShowOfHands { MotionId = id });
            hands.Count(kept, work.Now);
            work.Happened(new HandsCounted(id, figures.Sum(f => f.Yes), figures.Sum(f => f.No), figures.Sum(f => f.Abstain)));
        }, new ActNote("motion", id.Value), cancel);

    static object NameOf(string group) => InterestGroups.Find(group) is { } found ? new LocalText(found.Es, found.En) : group;
}

/// <summary>Writes why a member was against, so that the minutes of a body of consensus say it.</summary>
[UseCase]
public sealed class RecordObjection(Writer writer)
{
    public Task ExecuteAsync(MotionId id, MemberId member, string text, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("motion.object", actor, async work =>
        {
            if (string.IsNullOrWhiteSpace(text)) throw new RuleBroken(EntitiesRules.ObjectionMissing);
            if (text.Length > 1_000) throw new RuleBroken(EntitiesRules.TextTooLong, 1_000);
            var motion = await work.MotionAsync(id, cancel);
            var room = await work.RoomAsync(motion.AssemblyId, cancel);
            room.Assembly.MustBeInSession();
            var seat = room.Seat(member);
            if (!await work.Db.Votes.AnyAsync(v => v.MotionId == id && v.MemberId == member && v.Choice == Choice.No, cancel)) throw new RuleBroken(EntitiesRules.ObjectionWithoutNo, seat.Organisation);
            if (await work.Db.Objections.AnyAsync(o => o.MotionId == id && o.MemberId == member, cancel)) throw new RuleBroken(EntitiesRules.ObjectionTwice, seat.Organisation);
            work.Db.Objections.Add(new Objection { MotionId = id, MemberId = member, Text = text.Trim(), At = work.Now });
            work.Happened(new ObjectionRecorded(id, member));
        }, new ActNote("motion", id.Value), cancel);
}
