using Minka.Core.Kernel;

namespace Minka.Core.Register;

public readonly record struct SignatureId(Guid Value) : ITypedId<SignatureId>
{
    public static SignatureId From(Guid value) => new(value);
}

public enum SignatureKind
{
    /// <summary>A scan or photograph of a paper that was signed by hand.</summary>
    SignedScan,

    /// <summary>An electronic signature inside a PDF.</summary>
    Pades,

    /// <summary>An electronic signature in a file of its own.</summary>
    Cades,
}

/// <summary>
/// The evidence that gives legal effect to minutes, an award or an agreement. Without one the thing is <i>pendiente de
/// firma</i>: a click is an approval, never a signature.
/// </summary>
public sealed class Signature
{
    public required SignatureId Id { get; init; }

    /// <summary>"minutes", "award", "agreement".</summary>
    public required string SubjectKind { get; init; }

    public required Guid SubjectId { get; init; }

    /// <summary>Of the content that was signed, as the platform holds it.</summary>
    public required Digest SubjectDigest { get; init; }

    public required StoredFileId StoredFileId { get; init; }

    public required SignatureKind Kind { get; init; }

    public required DateTime CheckedAt { get; init; }

    /// <summary>A text key: what the check found.</summary>
    public required string Verdict { get; init; }

    /// <summary>Who signed, as the certificate or the person who attached it says; personal.</summary>
    public required string Signer { get; init; }
}

/// <summary>Signed evidence was attached: the subject's own context judges in this transaction whether it was due.</summary>
public sealed record SignatureAttached(SignatureId SignatureId, string SubjectKind, Guid SubjectId, Digest SubjectDigest, Digest FileDigest, SignatureKind Kind) : IEvent;
