namespace Minka.Core.Register;

/// <summary>A signed head of the register, kept forever.</summary>
public sealed class StoredCheckpoint
{
    /// <summary>Number of leaves.</summary>
    public required long Size { get; init; }

    /// <summary>When it was signed, UTC, cut to the second as in the note.</summary>
    public required DateTime At { get; init; }

    /// <summary>The signed note, as it is served.</summary>
    public required string Note { get; init; }
}
