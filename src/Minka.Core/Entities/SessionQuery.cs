using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;

namespace Minka.Core.Entities;

/// <summary>A member of the roll as the session sees it.</summary>
/// <param name="Representative">Personal.</param>
/// <param name="Stay">The last time that somebody came for it, or null.</param>
public sealed record SessionSeat(RollSeat Seat, string Representative, Guid? RepresentativePersonId, bool MandateInForce, bool MayDelegate, Attendance? Stay, bool IsPresent)
{
    /// <summary>The accredited alternate who may come instead; null: nobody, or the representative must come. Personal.</summary>
    public string? Alternate { get; init; }

    /// <summary>Who holds its proxy, or null.</summary>
    public RollSeat? Holder { get; init; }

    /// <summary>Whether it may vote now: there, represented by somebody there, or in writing.</summary>
    public bool MayVote { get; init; }

    /// <summary>Whether it may give a proxy.</summary>
    public bool MayGiveProxy { get; init; }
}

/// <param name="Outcome">Final when decided; while the voting is open, what it would come to now; else null.</param>
public sealed record SessionMotion(Motion Motion, IReadOnlyDictionary<MemberId, Choice> Votes, MotionOutcome? Outcome, string? Resolution)
{
    /// <summary>The motion whose text it would change.</summary>
    public Motion? Amends { get; init; }

    public ShowOfHands? Hands { get; init; }

    /// <summary>What it touches; told while it is not decided.</summary>
    public IReadOnlyList<Party> Parties { get; init; } = [];

    /// <summary>Who stays out while it is not decided: for whoever runs the room, and for nobody else.</summary>
    public IReadOnlySet<MemberId> Conflicted { get; init; } = new HashSet<MemberId>();

    public IReadOnlyList<Objection> Objections { get; init; } = [];
}

/// <summary>All that the page of a session and its minutes show.</summary>
public sealed record SessionView(
    CoordinationEntity Entity,
    Assembly Assembly,
    QuorumReport FirstCall,
    QuorumReport SecondCall,
    IReadOnlyList<SessionSeat> Seats,
    IReadOnlyList<SessionMotion> Motions)
{
    public IReadOnlyList<SessionBreak> Breaks { get; init; } = [];

    public WrittenProcedure? Written { get; init; }

    /// <summary>The composition of the votes present now, where there is a rule for votes.</summary>
    public CompositionReport? PresentComposition { get; init; }

    /// <summary>The quorum that counts: of the call under which the session was opened, else of the first.</summary>
    public QuorumReport Quorum => Assembly.Call == AssemblyCall.Second ? SecondCall : FirstCall;

    public SessionMotion? Voting => Motions.FirstOrDefault(m => m.Motion.State == MotionState.Voting);

    /// <summary>All that is being voted on: in writing there may be several.</summary>
    public IReadOnlyList<SessionMotion> Votings => [.. Motions.Where(m => m.Motion.State == MotionState.Voting)];
}

[UseCase]
public sealed class SessionQuery(AppDb db, InterestVault vault)
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
        var today = room.DayIn(instant);
        var alternates = await Representations.AlternatesAsync(db, room.Entity.Id, today, cancel);
        var proxies = room.ProxiesAt(instant).ToList();
        var seats = room.Roll.Select(s => new SessionSeat(
            s,
            members[s.MemberId].RepresentativeName,
            members[s.MemberId].RepresentativePersonId,
            members[s.MemberId].IsInForceOn(today),
            room.Template.Attendance.MayDelegate(s.InterestGroup),
            room.Attendances.LastOrDefault(a => a.MemberId == s.MemberId),
            present.Contains(s.MemberId))
        {
            Alternate = room.Template.Attendance.MayDelegate(s.InterestGroup) ? alternates.GetValueOrDefault(s.MemberId) : null,
            Holder = proxies.Find(p => p.GiverId == s.MemberId) is { } p ? room.Seat(p.HolderId) : null,
            MayVote = room.MayVoteAt(instant, s.MemberId),
            MayGiveProxy = room.Written is null && room.Template.ProxyRule.MayGive(s.Sector, s.InterestGroup),
        }).ToList();
        var motions = await db.Motions.Where(m => m.AssemblyId == id).OrderBy(m => m.Order).ToListAsync(cancel);
        var motionIds = motions.ConvertAll(m => m.Id);
        var votes = (await db.Votes.Where(v => motionIds.Contains(v.MotionId)).ToListAsync(cancel)).ToLookup(v => v.MotionId);
        var amendments = await db.Amendments.Where(a => motionIds.Contains(a.MotionId)).ToDictionaryAsync(a => a.MotionId, a => a.AmendsId, cancel);
        var hands = await db.ShowsOfHands.Where(h => motionIds.Contains(h.MotionId)).ToDictionaryAsync(h => h.MotionId, cancel);
        var objections = (await db.Objections.Where(o => motionIds.Contains(o.MotionId)).OrderBy(o => o.At).ToListAsync(cancel)).ToLookup(o => o.MotionId);
        var resolutions = await db.Resolutions.Where(r => r.AssemblyId == id).ToDictionaryAsync(r => r.MotionId, cancel);
        var parties = (await db.MotionParties.Where(p => motionIds.Contains(p.MotionId)).OrderBy(p => p.Order).ToListAsync(cancel)).ToLookup(p => p.MotionId);
        var conflicted = new Dictionary<MotionId, IReadOnlySet<MemberId>>();
        foreach (var motion in motions.Where(m => m.State is MotionState.Proposed or MotionState.Voting)) conflicted[motion.Id] = await Conflicts.OfAsync(db, vault, room, motion, [.. votes[motion.Id]], instant, cancel);
        return new SessionView(
            room.Entity,
            room.Assembly,
            room.QuorumAt(instant, AssemblyCall.First),
            room.QuorumAt(instant, AssemblyCall.Second),
            seats,
            [.. motions.Select(m => new SessionMotion(
                m,
                votes[m.Id].Where(v => v.Choice != Choice.Conflict).ToDictionary(v => v.MemberId, v => v.Choice),
                m.Outcome ?? (m.State == MotionState.Voting ? CloseVoting.Decide(room, m, [.. votes[m.Id]], conflicted[m.Id], instant, hands.GetValueOrDefault(m.Id)) : null),
                resolutions.GetValueOrDefault(m.Id)?.Code)
            {
                Amends = amendments.TryGetValue(m.Id, out var amended) ? motions.Find(o => o.Id == amended) : null,
                Hands = hands.GetValueOrDefault(m.Id),
                Parties = [.. parties[m.Id].Select(p => p.Party)],
                Conflicted = conflicted.GetValueOrDefault(m.Id) ?? new HashSet<MemberId>(),
                Objections = [.. objections[m.Id]],
            })])
        {
            Breaks = room.Breaks,
            Written = room.Written,
            PresentComposition = Composition.OfVotes(room.Template, room.VotersAt(instant).Select(room.WeightOf)),
        };
    }
}
