using Minka.Core.Database;

namespace Minka.Core.Planning.Writing;

/// <summary>One part of a strategy as it is written: a list, the answers of one chapter, figures, a table. Saved and versioned apart, so that several people write at once.</summary>
public sealed class StrategyPart : IVersioned
{
    public required StrategyId StrategyId { get; init; }

    /// <summary>Key of a list, <c>text.CHAPTER</c>, <c>figures</c>, <c>economy</c> or <c>guide</c>.</summary>
    public required string Key { get; init; }

    /// <summary>Canonical JSON.</summary>
    public string Content { get; private set; } = "";

    public DateTime SavedAt { get; private set; }

    public int Version { get; private set; }

    public void Save(string content, DateTime at) => (Content, SavedAt) = (content, at);
}

/// <summary>What an editor wrote on an older version of a chapter, until the person chooses.</summary>
public sealed class StrategyAside
{
    public required StrategyId StrategyId { get; init; }

    public required string Key { get; init; }

    public required Guid PersonId { get; init; }

    public string Content { get; private set; } = "";

    public DateTime SavedAt { get; private set; }

    public void Save(string content, DateTime at) => (Content, SavedAt) = (content, at);
}
