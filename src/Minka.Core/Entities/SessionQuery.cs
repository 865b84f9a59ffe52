using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;

namespace Minka.Core.Entities;

/// <summary>A member of the roll as the session sees it.</summary>
/// <param name="Representative">Personal.</param>
/// <param name="Stay">The last time that somebody came for it, or null.</param>
public sealed record SessionSeat(RollSeat Seat, string Representative, Guid? RepresentativePersonId, bool MandateInForce, bool MayDelegate, Attendance? Stay, bool IsPresent);

/// <param name="Outcome">Final when decided; while the voting is open, what it would come to now; else null.</param>
public sealed record SessionMotion(Motion Motion, IReadOnlyDictionary<MemberId, Choice> Votes, MotionOutcome? Outcome, string? Resolution);

/// <summary>All that the page of a session and its minutes show.</summary>
public sealed record SessionView(
    CoordinationEntity Entity,
    Assembly Assembly,
    QuorumReport FirstCall,
    QuorumReport SecondCall,
    IReadOnlyList<SessionSeat> Seats,
    IReadOnlyList<SessionMotion> Motions)
{
    /// <summary>The quorum that counts: of the call under which the session was opened, else of the first.</summary>
    public QuorumReport Quorum => Assembly.Call == AssemblyCall.Second ? SecondCall : FirstCall;

    public SessionMotion? Voting => Motions.FirstOrDefault(m => m.Motion.State == MotionState.Voting);
}

[UseCase]
public sealed class SessionQuery(AppDb db)
{
    public async Task<SessionView?> FindAsync(AssemblyId id, DateTime now, CancellationToken cancel = default)
    {
        if (!await db.Assemblies.AnyAsync(a => a.Id == id, cancel)) return null;
        var room = await db.RoomAsync(id, cancel);
        // After the close the figures are those of the close.
        var instant = room.Assembly.ClosedAt is { } closed ? closed.AddTicks(-1) : now;
        var present = room.PresentAt(instant);
        var ids = room.Members;
        var members = await db.Members.Where(m => ids.Contains(m.Id)).ToDictionaryAsync(m => m.Id, cancel);
        var today = Kernel.LegalTime.DayIn(instant);
        var seats = room.Roll.Select(s => new SessionSeat(
            s,
            members[s.MemberId].RepresentativeName,
            members[s.MemberId].RepresentativePersonId,
            members[s.MemberId].IsInForceOn(today),
            room.Template.Attendance.MayDelegate(s.InterestGroup),
            room.Attendances.LastOrDefault(a => a.MemberId == s.MemberId),
            present.Contains(s.MemberId))).ToList();
        var motions = await db.Motions.Where(m => m.AssemblyId == id).OrderBy(m => m.Order).ToListAsync(cancel);
        var motionIds = motions.ConvertAll(m => m.Id);
        var votes = (await db.Votes.Where(v => motionIds.Contains(v.MotionId)).ToListAsync(cancel)).ToLookup(v => v.MotionId);
        var resolutions = await db.Resolutions.Where(r => r.AssemblyId == id).ToDictionaryAsync(r => r.MotionId, cancel);
        return new SessionView(
            room.Entity,
            room.Assembly,
            room.QuorumAt(instant, AssemblyCall.First),
            room.QuorumAt(instant, AssemblyCall.Second),
            seats,
            [.. motions.Select(m => new SessionMotion(
                m,
                votes[m.Id].ToDictionary(v => v.MemberId, v => v.Choice),
                m.Outcome ?? (m.State == MotionState.Voting ? CloseVoting.Decide(room, m, [.. votes[m.Id]], instant) : null),
                resolutions.GetValueOrDefault(m.Id)?.Code))]);
    }
}
