using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Fund;

/// <summary>The rules as they stood at one act: 1 at the publication, 2 integrated, before opening. Written once.</summary>
public sealed class Freeze : IAppendOnly
{
    public required FreezeId Id { get; init; }

    public required CallId CallId { get; init; }

    public required int Round { get; init; }

    public required int Number { get; init; }

    /// <summary>Canonical JSON, whose SHA-256 is the digest; read it with <see cref="CallRules.Of(Freeze)"/>.</summary>
    public required string Rules { get; init; }

    public required Digest Digest { get; init; }

    public required DateTime At { get; init; }
}

/// <summary>A calendar that took the place of another before the close, and why.</summary>
public sealed class CalendarChange : IAppendOnly
{
    public required CalendarChangeId Id { get; init; }

    public required CallId CallId { get; init; }

    /// <summary>From 1 in each call.</summary>
    public required int Number { get; init; }

    public required CallCalendar Before { get; init; }

    public required Digest BeforeDigest { get; init; }

    public required CallCalendar After { get; init; }

    public required Digest AfterDigest { get; init; }

    public required string Why { get; init; }

    public required DateTime At { get; init; }
}

/// <summary>An annulment, whole or back to a stage, with what the call was until then.</summary>
public sealed class Annulment : IAppendOnly
{
    public required AnnulmentId Id { get; init; }

    public required CallId CallId { get; init; }

    public required int Number { get; init; }

    public required CallState From { get; init; }

    /// <summary><see cref="CallState.Annulled"/>, or the stage to be lived again.</summary>
    public required CallState To { get; init; }

    public required string Why { get; init; }

    public required DateTime At { get; init; }

    /// <summary>Canonical JSON of the call, its calendar, freezes, questions, needs and leagues.</summary>
    public required string Snapshot { get; init; }

    public required Digest SnapshotDigest { get; init; }
}

/// <summary>A copy of something of a later context that an annulment undid, written by that context.</summary>
public sealed class AnnulmentCopy : IAppendOnly
{
    public required AnnulmentId AnnulmentId { get; init; }

    public required string SubjectKind { get; init; }

    public required Guid SubjectId { get; init; }

    public required string Content { get; init; }
}
