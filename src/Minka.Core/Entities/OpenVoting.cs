using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities;

/// <summary>Opens the voting on a motion, when there is quorum. In a room one voting at a time; in writing, as many as there are points.</summary>
[UseCase]
public sealed class OpenVoting(Writer writer)
{
    public Task ExecuteAsync(MotionId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("motion.open-voting", actor, async work =>
        {
            var motion = await work.MotionAsync(id, cancel);
            var room = await work.RoomAsync(motion.AssemblyId, cancel);
            room.Assembly.MustBeInSession();
            if (room.Written is null && await work.Db.Motions.AnyAsync(m => m.AssemblyId == motion.AssemblyId && m.State == MotionState.Voting && m.Id != id, cancel))
                throw new RuleBroken(EntitiesRules.OtherVotingUnderWay);
            await AmendmentsFirstAsync(work, id, cancel);
            if (room.Written?.Deadline.HasPassedAt(work.Now) == true) throw new RuleBroken(EntitiesRules.WrittenOver, room.Written.Until);
            var quorum = room.QuorumAt(work.Now);
            motion.OpenVoting(room.Written is null ? quorum : null, work.Now);
            work.Happened(new VotingOpened(id, quorum.Present, quorum.Required));
        }, new ActNote("motion", id.Value), cancel);

    /// <summary>What would change the text of a motion is voted before it.</summary>
    internal static async Task AmendmentsFirstAsync(Work work, MotionId id, CancellationToken cancel)
    {
        var pending = await work.Db.Amendments.Where(a => a.AmendsId == id).Join(work.Db.Motions, a => a.MotionId, m => m.Id, (_, m) => m).Where(m => m.State == MotionState.Proposed)
            .OrderBy(m => m.Order).FirstOrDefaultAsync(cancel);
        if (pending is not null) throw new RuleBroken(EntitiesRules.AmendmentsFirst, pending.Order);
    }
}
