using Minka.Core.Kernel;

namespace Minka.Core.Register;

public readonly record struct StoredFileId(Guid Value) : ITypedId<StoredFileId>
{
    public static StoredFileId From(Guid value) => new(value);
}

/// <summary>A file that somebody gave. Its bytes lie in the data folder under their digest; this row says what they are.</summary>
public sealed class StoredFile
{
    public required StoredFileId Id { get; init; }

    public required Digest Sha256 { get; init; }

    /// <summary>As the person named it, without folders.</summary>
    public required string Name { get; init; }

    /// <summary>By its bytes, never by its name.</summary>
    public required string MediaType { get; init; }

    public required long Size { get; init; }

    public required DateTime UploadedAt { get; init; }
}

/// <summary>A file that was received, judged and put in its place, before any act names it.</summary>
public sealed record IncomingFile(Digest Sha256, string Name, string MediaType, long Size)
{
    /// <summary>Adds its row to the act.</summary>
    public StoredFile AddTo(Database.Work work)
    {
        var file = new StoredFile { Id = work.NewId<StoredFileId>(), Sha256 = Sha256, Name = Name, MediaType = MediaType, Size = Size, UploadedAt = work.Now };
        work.Db.Set<StoredFile>().Add(file);
        return file;
    }
}
