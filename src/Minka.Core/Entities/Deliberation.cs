using Minka.Core.Kernel;

namespace Minka.Core.Entities;

/// <summary>A member's written leave for another one to vote for it in one assembly.</summary>
public sealed class Proxy
{
    public required AssemblyId AssemblyId { get; init; }

    public required MemberId GiverId { get; init; }

    public required DateTime GivenAt { get; init; }

    public required MemberId HolderId { get; init; }

    /// <summary>What it stands in: "carta del 3 de marzo".</summary>
    public required string Document { get; init; }

    public DateTime? RevokedAt { get; private set; }

    public bool HoldsAt(DateTime instant) => GivenAt <= instant && (RevokedAt is not { } revoked || instant < revoked);

    internal void Revoke(DateTime now) => RevokedAt = now;
}

/// <summary>A time in which a session stood still.</summary>
public sealed class SessionBreak
{
    public required AssemblyId AssemblyId { get; init; }

    /// <summary>From 1 within the assembly.</summary>
    public required int Number { get; init; }

    public required DateTime SuspendedAt { get; init; }

    public required string Why { get; init; }

    /// <summary>When it was said that it would go on.</summary>
    public DateTime? ResumesAt { get; init; }

    public DateTime? ResumedAt { get; private set; }

    internal void Resume(DateTime now) => ResumedAt = now;
}

/// <summary>A motion that would change the text of another one; it is voted before it.</summary>
public sealed class Amendment
{
    public required MotionId MotionId { get; init; }

    public required MotionId AmendsId { get; init; }
}

/// <summary>Hands of one interest group: heads, each with one vote.</summary>
public sealed record HandCount(Sector Sector, string InterestGroup, int Yes, int No, int Abstain)
{
    public int Sum => Yes + No + Abstain;
}

/// <summary>A show of hands as the secretary counted it.</summary>
public sealed class ShowOfHands
{
    public required MotionId MotionId { get; init; }

    public IReadOnlyList<HandCount> Figures { get; private set; } = [];

    public DateTime At { get; private set; }

    internal void Count(IReadOnlyList<HandCount> figures, DateTime now) => (Figures, At) = (figures, now);
}

/// <summary>Why a member was against, where a body decides by consensus.</summary>
public sealed class Objection
{
    public required MotionId MotionId { get; init; }

    public required MemberId MemberId { get; init; }

    public required string Text { get; init; }

    public required DateTime At { get; init; }
}

/// <summary>An assembly without a meeting: votes are given in writing until an instant.</summary>
public sealed class WrittenProcedure
{
    public required AssemblyId AssemblyId { get; init; }

    public required DateTime Until { get; init; }

    public Deadline Deadline => new(Until);
}
