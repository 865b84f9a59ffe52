using Minka.Core.Kernel;

namespace Minka.Core.Register;

public readonly record struct ActId(Guid Value) : ITypedId<ActId>
{
    public static ActId From(Guid value) => new(value);
}

/// <summary>Who acts, and in which role. A job of the system has no person.</summary>
public sealed record Actor(Guid? PersonId, string Role)
{
    /// <summary>The system itself: clocks, checkpoints, first-run set-up.</summary>
    public static readonly Actor System = new(null, "system");
}

/// <summary>One thing that somebody did, once. Every row of the database belongs to the act that last wrote it.</summary>
public sealed class Act
{
    public required ActId Id { get; init; }

    /// <summary>Context and verb: <c>call.publish</c>.</summary>
    public required string Kind { get; init; }

    public Guid? PersonId { get; init; }

    public required string Role { get; init; }

    public required DateTime At { get; init; }

    /// <summary>Position of its leaf in the register, from 0.</summary>
    public required long Index { get; init; }

    public string? SubjectKind { get; init; }

    public Guid? SubjectId { get; init; }

    /// <summary>The reason given, in the person's words.</summary>
    public string? Why { get; init; }
}

/// <summary>Something that an act brought about, in the past tense: ids, amounts and digests only, never personal data.</summary>
public interface IEvent;

/// <summary>A later context's answer to an earlier one's event, in the same transaction.</summary>
public interface IEventHandler<in TEvent>
    where TEvent : IEvent
{
    Task HandleAsync(TEvent happened, Database.Work work);
}

/// <summary>The leaf of an act: the bytes whose hash is in the Merkle tree.</summary>
public sealed class Leaf
{
    public required long Index { get; init; }

    /// <summary>Canonical JSON.</summary>
    public required byte[] Body { get; init; }

    /// <summary>SHA-256(0x00 ‖ body), RFC 6962.</summary>
    public required byte[] Hash { get; init; }
}

/// <summary>The salt and the digests of each column of a row, as its last act left it. The leaf holds the digest of them all.</summary>
public sealed class Seal
{
    public required string Table { get; init; }

    public required string Key { get; init; }

    public required long Index { get; set; }

    public required byte[] Salt { get; set; }

    /// <summary>32 bytes a column, in the order of the column names.</summary>
    public required byte[] Columns { get; set; }
}
