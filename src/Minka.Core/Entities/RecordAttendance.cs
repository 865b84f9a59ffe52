using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Entities;

/// <summary>Writes who arrives and who leaves, at the instant of the act.</summary>
[UseCase]
public sealed class RecordAttendance(Writer writer)
{
    /// <param name="proxy">Name of somebody else who attends for the accredited representative; null: the representative.</param>
    public Task ArriveAsync(AssemblyId id, MemberId member, string? proxy, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("assembly.arrive", actor, work => ArriveAsync(work, id, [(member, proxy, false)], cancel), new ActNote("assembly", id.Value), cancel);

    /// <summary>The accredited alternate comes in the place of the representative.</summary>
    public Task ArriveAlternateAsync(AssemblyId id, MemberId member, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("assembly.arrive", actor, work => ArriveAsync(work, id, [(member, null, true)], cancel), new ActNote("assembly", id.Value), cancel);

    /// <summary>Several at once, as a secretary reads the list.</summary>
    public Task ArriveAsync(AssemblyId id, IReadOnlyList<MemberId> members, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("assembly.arrive", actor, work => ArriveAsync(work, id, [.. members.Select(m => (m, (string?)null, false))], cancel), new ActNote("assembly", id.Value), cancel);

    public Task LeaveAsync(AssemblyId id, MemberId member, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("assembly.leave", actor, async work =>
        {
            var room = await work.RoomAsync(id, cancel);
            room.Assembly.MustBeUnderWay();
            room.Seat(member);
            var stay = room.Attendances.FirstOrDefault(a => a.MemberId == member && a.LeftAt is null) ?? throw new RuleBroken(EntitiesRules.NotPresent);
            stay.Leave(work.Now);
            work.Happened(new MemberLeft(id, member));
        }, new ActNote("assembly", id.Value), cancel);

    static async Task ArriveAsync(Work work, AssemblyId id, IReadOnlyList<(MemberId Member, string? Proxy, bool ByAlternate)> arrivals, CancellationToken cancel)
    {
        var room = await work.RoomAsync(id, cancel);
        room.Assembly.MustBeUnderWay();
        if (room.Written is not null) throw new RuleBroken(EntitiesRules.WrittenNoRoom);
        foreach (var (memberId, proxy, byAlternate) in arrivals.DistinctBy(a => a.Member))
        {
            var seat = room.Seat(memberId);
            if (room.Attendances.Any(a => a.MemberId == memberId && a.LeftAt is null)) throw new RuleBroken(EntitiesRules.AlreadyPresent, seat.Organisation);
            if (room.ProxiesAt(work.Now).FirstOrDefault(p => p.GiverId == memberId) is { } gave)
                throw new RuleBroken(EntitiesRules.GiverArrives, seat.Organisation, room.Seat(gave.HolderId).Organisation);
            var alternate = byAlternate ? await Speakers.AlternateAsync(work.Db, memberId, room.DayIn(work.Now), cancel) ?? throw new RuleBroken(EntitiesRules.NotAlternate, seat.Organisation) : null;
            var isProxy = byAlternate || !string.IsNullOrWhiteSpace(proxy);
            if (isProxy && !room.Template.Attendance.MayDelegate(seat.InterestGroup))
                throw new RuleBroken(EntitiesRules.NotDelegable, seat.Organisation, room.Template.Attendance.Source);
            var member = await work.Db.Members.SingleAsync(m => m.Id == memberId, cancel);
            work.Db.Attendances.Add(new Attendance
            {
                Id = work.NewId<AttendanceId>(),
                AssemblyId = id,
                MemberId = memberId,
                Attendee = alternate?.Name ?? (isProxy ? proxy!.Trim() : member.RepresentativeName),
                IsProxy = isProxy,
                AlternateId = alternate?.Id,
                ArrivedAt = work.Now,
            });
            work.Happened(new MemberArrived(id, memberId, isProxy));
        }
    }
}
