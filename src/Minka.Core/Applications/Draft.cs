using Minka.Core.Database;

namespace Minka.Core.Applications;

/// <summary>One section being written, sealed. Its version tells two editors apart.</summary>
public sealed class Draft : IVersioned
{
    public required ApplicationId ApplicationId { get; init; }

    public required FormSection Section { get; init; }

    /// <summary>A sealed box of the section's JSON.</summary>
    public byte[] Box { get; private set; } = [];

    public DateTime SavedAt { get; private set; }

    public Guid? SavedBy { get; private set; }

    public int Version { get; private set; }

    public void Save(byte[] box, Guid? person, DateTime now) => (Box, SavedBy, SavedAt) = (box, person, now);
}

/// <summary>What an editor wrote on a version that another had changed meanwhile: set aside, sealed, until the person chooses.</summary>
public sealed class DraftAside
{
    public required ApplicationId ApplicationId { get; init; }

    public required FormSection Section { get; init; }

    public required Guid PersonId { get; init; }

    public byte[] Box { get; private set; } = [];

    public DateTime SavedAt { get; private set; }

    public void Save(byte[] box, DateTime now) => (Box, SavedAt) = (box, now);
}

/// <summary>A file that waits, sealed, in the data folder. Its name, kind and digest stand in the sealed form alone.</summary>
public sealed class SealedFile
{
    public required SealedFileId Id { get; init; }

    public required ApplicationId ApplicationId { get; init; }

    /// <summary>SHA-256 of the sealed bytes, under which they lie.</summary>
    public required Kernel.Digest BoxDigest { get; init; }

    public required DateTime UploadedAt { get; init; }

    public Guid? UploadedBy { get; init; }
}
