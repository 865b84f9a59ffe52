using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities;

/// <summary>Opens the voting on a motion, when there is quorum. One voting at a time.</summary>
[UseCase]
public sealed class OpenVoting(Writer writer)
{
    public Task ExecuteAsync(MotionId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("motion.open-voting", actor, async work =>
        {
            var motion = await work.MotionAsync(id, cancel);
            var room = await work.RoomAsync(motion.AssemblyId, cancel);
            room.Assembly.MustBeInSession();
            if (await work.Db.Motions.AnyAsync(m => m.AssemblyId == motion.AssemblyId && m.State == MotionState.Voting && m.Id != id, cancel))
                throw new RuleBroken(EntitiesRules.OtherVotingUnderWay);
            var quorum = room.QuorumAt(work.Now);
            motion.OpenVoting(quorum, work.Now);
            work.Happened(new VotingOpened(id, quorum.Present, quorum.Required));
        }, new ActNote("motion", id.Value), cancel);
}
