using Minka.Core.Database;
using Minka.Core.Register;

namespace Minka.Core.Entities;

/// <summary>Opens the session under the first or the second call, when its quorum is there.</summary>
[UseCase]
public sealed class OpenSession(Writer writer)
{
    public Task ExecuteAsync(AssemblyId id, AssemblyCall call, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("assembly.open", actor, async work =>
        {
            var room = await work.RoomAsync(id, cancel);
            var quorum = room.QuorumAt(work.Now, call);
            room.Assembly.Open(call, room.Written is null ? quorum : null, work.Now);
            work.Happened(new SessionOpened(id, call, quorum.Roll, quorum.Present, quorum.Required));
        }, new ActNote("assembly", id.Value), cancel);
}
