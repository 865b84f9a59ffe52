using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities.Ballots;
using Minka.Core.Entities.Elections;
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
            if (room.Assembly.State != AssemblyState.Suspended) room.Assembly.MustBeInSession();
            var motions = await work.Db.Motions.Where(m => m.AssemblyId == id).OrderBy(m => m.Order).ToListAsync(cancel);
            if (motions.Any(m => m.State == MotionState.Voting)) throw new RuleBroken(EntitiesRules.VotingUnderWay);
            var ids = motions.ConvertAll(m => m.Id);
            var votes = await work.Db.Votes.Where(v => ids.Contains(v.MotionId)).ToListAsync(cancel);
            var resolutions = await work.Db.Resolutions.Where(r => r.AssemblyId == id).ToListAsync(cancel);
            var deliberation = new Deliberation(
                await work.Db.Amendments.Where(a => ids.Contains(a.MotionId)).ToListAsync(cancel),
                await work.Db.Objections.Where(o => ids.Contains(o.MotionId)).OrderBy(o => o.At).ToListAsync(cancel),
                await work.Db.ShowsOfHands.Where(h => ids.Contains(h.MotionId)).ToListAsync(cancel));
            var boxes = await work.Db.BallotBoxes.Where(b => b.AssemblyId == id).OrderBy(b => b.OpenedAt).ToListAsync(cancel);
            if (boxes.Exists(b => b.State == BallotBoxState.Open)) throw new RuleBroken(EntitiesRules.VotingUnderWay);
            var elections = await work.Db.OrganElections.Where(e => e.AssemblyId == id).ToListAsync(cancel);
            var quorum = room.QuorumAt(room.Assembly.OpenedAt!.Value);
            // In writing, whoever answered took part, and withdrawing from a point is an answer.
            var answered = votes.Select(v => v.MemberId).Concat(await work.Db.Withdrawals.Where(w => ids.Contains(w.MotionId)).Select(w => w.MemberId).ToListAsync(cancel)).ToHashSet();
            if (room.Written is not null) quorum = quorum with { Present = answered.Count, At = work.Now };
            foreach (var stay in room.Attendances.Where(a => a.LeftAt is null)) stay.Leave(work.Now);
            room.Assembly.Close(SecretParts.Add(Minutes(room, quorum, motions, votes, answered, resolutions, deliberation, work.Now), motions, boxes, elections), work.Now);
            var digest = room.Assembly.MinutesDigest!.Value;
            work.Happened(new SessionClosed(id, digest));
            return digest;
        }, new ActNote("assembly", id.Value), cancel);

    sealed record Deliberation(List<Amendment> Amendments, List<Objection> Objections, List<ShowOfHands> Hands);

    static MinutesContent Minutes(AssemblyRoom room, QuorumReport quorum, List<Motion> motions, List<Vote> votes, HashSet<MemberId> answered, List<Resolution> resolutions, Deliberation deliberation, DateTime now)
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
                .Select(a => new MinutesAttendance(seats[a.MemberId].Organisation, seats[a.MemberId].Sector, a.IsProxy, a.ArrivedAt, a.LeftAt) { ByAlternate = a.AlternateId is null ? null : true })],
            [.. room.Roll.Where(s => room.Attendances.All(a => a.MemberId != s.MemberId) && (room.Written is null || !answered.Contains(s.MemberId))).Select(s => s.Organisation).Order(StringComparer.Ordinal)],
            [.. motions.Select(m => new MinutesMotion(m.Order, m.Title, m.Text, m.State, m.Majority, m.SubjectLabel, m.SubjectDigest, m.Outcome,
                [.. votes.Where(v => v.MotionId == m.Id && v.Choice != Choice.Conflict).Select(v => new MinutesVote(seats[v.MemberId].Organisation, v.Choice, seats[v.MemberId].Votes))
                    .OrderBy(v => v.Organisation, StringComparer.Ordinal)],
                resolutions.FirstOrDefault(r => r.MotionId == m.Id)?.Code)
            {
                Amends = deliberation.Amendments.Find(a => a.MotionId == m.Id) is { } amendment ? motions.Find(o => o.Id == amendment.AmendsId)?.Order : null,
                Objections = Some(deliberation.Objections.Where(o => o.MotionId == m.Id).Select(o => new MinutesObjection(seats[o.MemberId].Organisation, o.Text))),
                Withdrew = m.Outcome?.Withdrew,
                Hands = deliberation.Hands.Find(h => h.MotionId == m.Id)?.Figures,
            })])
        {
            Proxies = Some(room.Proxies.Select(p => new MinutesProxy(seats[p.GiverId].Organisation, seats[p.HolderId].Organisation, p.GivenAt, p.RevokedAt))),
            Breaks = Some(room.Breaks.Select(b => new MinutesBreak(b.SuspendedAt, b.Why, b.ResumedAt))),
            WrittenUntil = room.Written?.Until,
        };

        static IReadOnlyList<T>? Some<T>(IEnumerable<T> items) => items.ToList() is { Count: > 0 } list ? list : null;
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
