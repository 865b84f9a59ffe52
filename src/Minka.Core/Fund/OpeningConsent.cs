namespace Minka.Core.Fund;

/// <summary>The word of one official that the sealed applications of a call may be opened. Where the rules ask several, the last one opens.</summary>
public sealed class OpeningConsent
{
    public required CallId CallId { get; init; }

    /// <summary>Of the call: a new publication asks anew.</summary>
    public required int Round { get; init; }

    public required Guid PersonId { get; init; }

    public required string Role { get; init; }

    public required DateTime At { get; init; }
}
