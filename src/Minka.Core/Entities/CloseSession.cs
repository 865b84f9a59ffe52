using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities;

/// <summary>Closes the session. The minutes are made from the data now, and their digest is what will be signed.</summary>
[UseCase]
public sealed class CloseSession(Writer writer)
{
    public Task<Digest> ExecuteAsync(AssemblyId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("assembly.close", actor, async work =>
        {
            var room = await work.RoomAsync(id, cancel);
            room.Assembly.MustBeInSession();
            var motions = await work.Db.Motions.Where(m => m.AssemblyId == id).OrderBy(m => m.Order).ToListAsync(cancel);
            if (motions.Any(m => m.State == MotionState.Voting)) throw new RuleBroken(EntitiesRules.VotingUnderWay);
            var ids = motions.ConvertAll(m => m.Id);
            var votes = await work.Db.Votes.Where(v => ids.Contains(v.MotionId)).ToListAsync(cancel);
            var resolutions = await work.Db.Resolutions.Where(r => r.AssemblyId == id).ToListAsync(cancel);
            var quorum = room.QuorumAt(room.Assembly.OpenedAt!.Value);
            foreach (var stay in room.Attendances.Where(a => a.LeftAt is null)) stay.Leave(work.Now);
            room.Assembly.Close(Minutes(room, quorum, motions, votes, resolutions, work.Now), work.Now);
            var digest = room.Assembly.MinutesDigest!.Value;
            work.Happened(new SessionClosed(id, digest));
            return digest;
        }, new ActNote("assembly", id.Value), cancel);

    static MinutesContent Minutes(AssemblyRoom room, QuorumReport quorum, List<Motion> motions, List<Vote> votes, List<Resolution> resolutions, DateTime now)
    {
        var assembly = room.Assembly;
        var seats = room.Roll.ToDictionary(s => s.MemberId);
        return new MinutesContent(
            room.Entity.Id,
            room.Entity.Name,
            assembly.Number,
            assembly.Title,
            assembly.Place,
            assembly.ConvenedAt,
            assembly.FirstCallAt,
            assembly.SecondCallAt,
            assembly.Call!.Value,
            assembly.OpenedAt!.Value,
            now,
            quorum,
            [.. room.Attendances.OrderBy(a => a.ArrivedAt).ThenBy(a => seats[a.MemberId].Organisation, StringComparer.Ordinal)
                .Select(a => new MinutesAttendance(seats[a.MemberId].Organisation, seats[a.MemberId].Sector, a.IsProxy, a.ArrivedAt, a.LeftAt))],
            [.. room.Roll.Where(s => room.Attendances.All(a => a.MemberId != s.MemberId)).Select(s => s.Organisation).Order(StringComparer.Ordinal)],
            [.. motions.Select(m => new MinutesMotion(m.Order, m.Title, m.Text, m.State, m.Majority, m.SubjectLabel, m.SubjectDigest, m.Outcome,
                [.. votes.Where(v => v.MotionId == m.Id).Select(v => new MinutesVote(seats[v.MemberId].Organisation, v.Choice, seats[v.MemberId].Votes))
                    .OrderBy(v => v.Organisation, StringComparer.Ordinal)],
                resolutions.FirstOrDefault(r => r.MotionId == m.Id)?.Code))]);
    }
}

/// <summary>Minutes take legal effect with their first signature.</summary>
sealed class SignMinutes : IEventHandler<SignatureAttached>
{
    public async Task HandleAsync(SignatureAttached happened, Work work)
    {
        if (happened.SubjectKind != Assembly.MinutesSubject) return;
        var id = AssemblyId.From(happened.SubjectId);
        var assembly = await work.AssemblyAsync(id, CancellationToken.None);
        if (assembly.MinutesDigest != happened.SubjectDigest) throw new RuleBroken(EntitiesRules.MinutesNotReady);
        assembly.MarkSigned(work.Now);
    }
}
