using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities;

/// <summary>Suspends a session, for an hour or for days. All leave the room; whoever comes back is written down again.</summary>
[UseCase]
public sealed class SuspendSession(Writer writer)
{
    /// <param name="resumesAt">When it is to go on, UTC; null: not said yet.</param>
    public Task ExecuteAsync(AssemblyId id, string why, DateTime? resumesAt, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("assembly.suspend", actor, async work =>
        {
            var room = await work.RoomAsync(id, cancel);
            if (string.IsNullOrWhiteSpace(why)) throw new RuleBroken(EntitiesRules.WhyMissing);
            if (why.Length > 400) throw new RuleBroken(EntitiesRules.TextTooLong, 400);
            if (resumesAt <= work.Now) throw new RuleBroken(EntitiesRules.ResumesInThePast, resumesAt);
            if (await work.Db.AnyVotingAsync(id, cancel)) throw new RuleBroken(EntitiesRules.VotingUnderWay);
            room.Assembly.Suspend();
            foreach (var stay in room.Attendances.Where(a => a.LeftAt is null)) stay.Leave(work.Now);
            work.Db.SessionBreaks.Add(new SessionBreak { AssemblyId = id, Number = room.Breaks.Count + 1, SuspendedAt = work.Now, Why = why.Trim(), ResumesAt = resumesAt });
            work.Happened(new SessionSuspended(id, room.Breaks.Count + 1));
        }, new ActNote("assembly", id.Value), cancel);

    /// <summary>Goes on under the call of the opening, when its quorum is there again.</summary>
    public Task ResumeAsync(AssemblyId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("assembly.resume", actor, async work =>
        {
            var room = await work.RoomAsync(id, cancel);
            var quorum = room.QuorumAt(work.Now);
            room.Assembly.Resume(quorum);
            var pause = room.Breaks[^1];
            pause.Resume(work.Now);
            work.Happened(new SessionResumed(id, pause.Number, quorum.Roll, quorum.Present, quorum.Required));
        }, new ActNote("assembly", id.Value), cancel);
}
