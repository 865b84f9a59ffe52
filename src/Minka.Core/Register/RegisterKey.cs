namespace Minka.Core.Register;

/// <summary>A public key of the register, as its own leaves name it. The private part lies in the keys folder only.</summary>
public sealed class RegisterKey
{
    /// <summary>RFC 7638 thumbprint.</summary>
    public required string Id { get; init; }

    /// <summary>DER SubjectPublicKeyInfo.</summary>
    public required byte[] Spki { get; init; }

    /// <summary>SHA-256 of the DER key in groups, as people compare it.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>Index of the first leaf that a receipt of this key may name.</summary>
    public required long From { get; init; }

    /// <summary>Index of the first leaf of the next key; null for the key in use.</summary>
    public long? To { get; private set; }

    /// <summary>The next key signs from this leaf on.</summary>
    public void Retire(long to) => To = to;

    /// <summary>The key with which one verifies.</summary>
    /// <exception cref="MalformedException">The stored bytes are no such key (<c>register.key</c>).</exception>
    public VerifyingKey ToVerifyingKey() => VerifyingKey.FromSpki(Spki, checked((ulong)From), To is { } to ? checked((ulong)to) : null);
}

/// <summary>The register took its first key into use.</summary>
/// <param name="Spki">Base64 of the DER public key: whoever holds the leaves holds the keys.</param>
public sealed record RegisterOpened(string Origin, string Key, string Fingerprint, string Spki) : IEvent;

/// <summary>The register took another key into use.</summary>
/// <param name="From">Index of the first leaf under the new key.</param>
public sealed record RegisterKeyRotated(string Former, string Key, string Fingerprint, string Spki, long From) : IEvent;

/// <summary>A head was signed over all leaves up to and including this one.</summary>
public sealed record CheckpointSigned(long Size) : IEvent;
