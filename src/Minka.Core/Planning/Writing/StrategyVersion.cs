using Minka.Core.Entities;
using Minka.Core.Kernel;

namespace Minka.Core.Planning.Writing;

public readonly record struct StrategyVersionId(Guid Value) : ITypedId<StrategyVersionId>
{
    public static StrategyVersionId From(Guid value) => new(value);
}

/// <summary>A frozen strategy: what was written on a day, to read and to compare. The one that an assembly adopted has the digest of the strategy in force.</summary>
public sealed class StrategyVersion
{
    StrategyVersion()
    {
    }

    public StrategyVersionId Id { get; private set; }
    public StrategyId StrategyId { get; private set; }
    public EntityId EntityId { get; private set; }

    /// <summary>From 1.</summary>
    public int Number { get; private set; }

    /// <summary>Why it was kept.</summary>
    public string? Note { get; private set; }

    /// <summary>Canonical JSON of <see cref="StrategyContent"/>.</summary>
    public string Content { get; private set; } = "";

    /// <summary>SHA-256 of the content's bytes.</summary>
    public Digest Digest { get; private set; }
    public DateTime FrozenAt { get; private set; }

    public static StrategyVersion Freeze(StrategyVersionId id, Strategy strategy, int number, StrategyContent content, string? note, DateTime at) => new()
    {
        Id = id,
        StrategyId = strategy.Id,
        EntityId = strategy.EntityId,
        Number = number,
        Note = PlanningRules.Optional(note, "note"),
        Content = content.ToCanonicalText(),
        Digest = content.Digest(),
        FrozenAt = at,
    };

    public StrategyContent ReadContent() => StrategyContent.Read(Content);
}

public sealed record StrategyVersionFrozen(StrategyVersionId Version, StrategyId Strategy, int Number, Digest Digest) : Register.IEvent;
