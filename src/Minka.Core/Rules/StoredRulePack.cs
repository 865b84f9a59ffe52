using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Rules;

public readonly record struct StoredRulePackId(Guid Value) : ITypedId<StoredRulePackId>
{
    public static StoredRulePackId From(Guid value) => new(value);
}

/// <summary>A version of a rule pack that a fund brought. Written once: a change is a new version.</summary>
public sealed class StoredRulePack : IAppendOnly
{
    public required StoredRulePackId Id { get; init; }

    public required string PackId { get; init; }

    public required string PackVersion { get; init; }

    public required LocalText Name { get; init; }

    public required LocalText Mechanism { get; init; }

    /// <summary>Canonical JSON, whose SHA-256 is the digest.</summary>
    public required string Canonical { get; init; }

    public required Digest Digest { get; init; }

    public required DateTime StoredAt { get; init; }
}
