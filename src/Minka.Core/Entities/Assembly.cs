using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Entities;

public enum AssemblyState
{
    Convened,
    InSession,
    Closed,
    Cancelled,

    /// <summary>It opened, stands still, and will go on.</summary>
    Suspended,
}

/// <summary>One meeting of an entity's members, from its convocation to its minutes.</summary>
public sealed class Assembly : IVersioned
{
    /// <summary>Kind of the minutes as a thing that is signed.</summary>
    public const string MinutesSubject = "minutes";

    public static readonly Transitions<AssemblyState> Table = new("assembly",
        new Transition<AssemblyState>(AssemblyState.Convened, "open", AssemblyState.InSession, "secretary"),
        new Transition<AssemblyState>(AssemblyState.Convened, "cancel", AssemblyState.Cancelled, "secretary"),
        new Transition<AssemblyState>(AssemblyState.InSession, "close", AssemblyState.Closed, "secretary"),
        new Transition<AssemblyState>(AssemblyState.InSession, "suspend", AssemblyState.Suspended, "secretary"),
        new Transition<AssemblyState>(AssemblyState.Suspended, "resume", AssemblyState.InSession, "secretary"),
        new Transition<AssemblyState>(AssemblyState.Suspended, "close", AssemblyState.Closed, "secretary"));

    public required AssemblyId Id { get; init; }

    public required EntityId EntityId { get; init; }

    /// <summary>From 1 within the entity.</summary>
    public required int Number { get; init; }

    public required string Title { get; init; }

    public required string Place { get; init; }

    public required DateTime FirstCallAt { get; init; }

    public DateTime? SecondCallAt { get; init; }

    public required DateTime ConvenedAt { get; init; }

    public AssemblyState State { get; private set; }

    /// <summary>Which call the session was opened under.</summary>
    public AssemblyCall? Call { get; private set; }

    public DateTime? OpenedAt { get; private set; }

    public DateTime? ClosedAt { get; private set; }

    public string? CancelledWhy { get; private set; }

    /// <summary>The content of the minutes as it stood at the close; its digest is what a signature stands for.</summary>
    public MinutesContent? Minutes { get; private set; }

    public Digest? MinutesDigest { get; private set; }

    /// <summary>When the first signature was attached; until then the minutes are <i>pendiente de firma</i>.</summary>
    public DateTime? SignedAt { get; private set; }

    public int Version { get; private set; }

    /// <param name="quorum">Null in a written procedure: who answers is known at its end.</param>
    public void Open(AssemblyCall call, QuorumReport? quorum, DateTime now)
    {
        var next = Table.Next(State, "open");
        var from = call == AssemblyCall.First ? FirstCallAt : SecondCallAt ?? throw new RuleBroken(EntitiesRules.NoSecondCall);
        if (now < from) throw new RuleBroken(EntitiesRules.TooEarly, from);
        if (quorum is { IsMet: false }) throw new RuleBroken(EntitiesRules.NoQuorum, quorum.Present, quorum.Required, quorum.Roll);
        (State, Call, OpenedAt) = (next, call, now);
    }

    public void Suspend() => State = Table.Next(State, "suspend");

    public void Resume(QuorumReport quorum)
    {
        var next = Table.Next(State, "resume");
        if (!quorum.IsMet) throw new RuleBroken(EntitiesRules.NoQuorum, quorum.Present, quorum.Required, quorum.Roll);
        State = next;
    }

    public void Cancel(string why)
    {
        var next = Table.Next(State, "cancel");
        if (string.IsNullOrWhiteSpace(why)) throw new RuleBroken(EntitiesRules.WhyMissing);
        (State, CancelledWhy) = (next, why.Trim());
    }

    public void Close(MinutesContent minutes, DateTime now)
    {
        State = Table.Next(State, "close");
        (ClosedAt, Minutes, MinutesDigest) = (now, minutes, CanonicalJson.DigestOf(minutes));
    }

    /// <summary>The minutes were approved with observations: this is what is signed.</summary>
    internal void SettleMinutes(Digest digest) => MinutesDigest = digest;

    internal void MarkSigned(DateTime now)
    {
        if (State != AssemblyState.Closed) throw new RuleBroken(EntitiesRules.MinutesNotReady);
        SignedAt ??= now;
    }

    /// <summary>Convened, in session or suspended: its list and its agenda may still change.</summary>
    public void MustBeUnderWay()
    {
        if (State is not (AssemblyState.Convened or AssemblyState.InSession or AssemblyState.Suspended)) throw new RuleBroken(EntitiesRules.NotInSession);
    }

    public void MustBeInSession()
    {
        if (State == AssemblyState.Suspended) throw new RuleBroken(EntitiesRules.Suspended);
        if (State != AssemblyState.InSession) throw new RuleBroken(EntitiesRules.NotInSession);
    }
}

/// <summary>One member on the roll of an assembly, as it was when the assembly was convened: who came later does not vote.</summary>
public sealed class RollSeat
{
    public required AssemblyId AssemblyId { get; init; }

    public required MemberId MemberId { get; init; }

    public required string Organisation { get; init; }

    public required Sector Sector { get; init; }

    public required string InterestGroup { get; init; }

    public required int Votes { get; init; }

    public SeatWeight Weight => new(Sector, InterestGroup, Votes);
}

/// <summary>One stay of a member's representative in the room.</summary>
public sealed class Attendance
{
    public required AttendanceId Id { get; init; }

    public required AssemblyId AssemblyId { get; init; }

    public required MemberId MemberId { get; init; }

    /// <summary>Who came; personal.</summary>
    public required string Attendee { get; init; }

    /// <summary>Somebody else than the accredited representative.</summary>
    public required bool IsProxy { get; init; }

    /// <summary>The row of the accredited alternate who came; null: the representative, or somebody named on the day.</summary>
    public RepresentationId? AlternateId { get; init; }

    public required DateTime ArrivedAt { get; init; }

    public DateTime? LeftAt { get; private set; }

    public Presence Presence => new(MemberId, ArrivedAt, LeftAt);

    internal void Leave(DateTime now) => LeftAt = now;
}
