using System.Security.Cryptography;
using Minka.Core.Kernel;

namespace Minka.Core.Register;

/// <summary>
/// A 256-bit key in memory that is erased when it is disposed of. One per application (its drafts and its sealed
/// submission), kept only wrapped by <see cref="SealingKeys"/>.
/// </summary>
public sealed class DataKey : IDisposable
{
    /// <summary>Length of a key in bytes.</summary>
    public const int Size = 32;

    readonly byte[] material;
    bool erased;

    DataKey(byte[] material) => this.material = material;

    /// <summary>Draws a new key.</summary>
    public static DataKey New(IEntropy entropy)
    {
        // Pinned, so that the collector leaves no copies behind when it moves objects.
        var bytes = GC.AllocateArray<byte>(Size, pinned: true);
        entropy.Fill(bytes);
        return new DataKey(bytes);
    }

    /// <summary>Takes over the bytes of a key; the caller erases its own copy.</summary>
    public static DataKey From(ReadOnlySpan<byte> key)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(key.Length, Size, nameof(key));
        var bytes = GC.AllocateArray<byte>(Size, pinned: true);
        key.CopyTo(bytes);
        return new DataKey(bytes);
    }

    internal ReadOnlySpan<byte> Bytes
    {
        get
        {
            ObjectDisposedException.ThrowIf(erased, this);
            return material;
        }
    }

    /// <summary>Erases the key.</summary>
    public void Dispose()
    {
        CryptographicOperations.ZeroMemory(material);
        erased = true;
    }
}

/// <summary>
/// Authenticated encryption of a content: AES-256-GCM with associated data, in a versioned envelope.
/// </summary>
/// <remarks>
/// <para>Envelope: <c>"MSB"</c>, version 1, kind, 16 bytes of key commitment, 12 bytes of nonce, ciphertext, 16 bytes of
/// tag. The commitment (HMAC-SHA-256 of a constant under the key) makes a box open under one key only, which GCM alone does
/// not promise, and tells "another key" from "changed". Header and associated data are both authenticated.</para>
/// <para>The associated data says what the content is, such as <c>application/ID/draft/7</c>: a box put in the place of
/// another does not open.</para>
/// <para>Nonces are random; a key seals far fewer than the 2³² messages that this allows (NIST SP 800-38D §8.3).</para>
/// <para>Server-side sealing keeps curious staff, backups and stolen discs from reading. It does not protect from an operator
/// who holds the keys folder and the database.</para>
/// </remarks>
public static class SealedBox
{
    /// <summary>Bytes that a box is longer than its content.</summary>
    public const int Overhead = HeaderSize + TagSize;

    const int CommitmentSize = 16;
    const int NonceSize = 12;
    const int TagSize = 16;
    const int HeaderSize = 3 + 1 + 1 + CommitmentSize + NonceSize;
    const byte Version = 1;
    internal const byte ContentKind = 1;
    internal const byte WrappedKeyKind = 2;

    /// <summary>Seals a content.</summary>
    /// <param name="content">What is to be kept secret.</param>
    /// <param name="associatedData">What and whose it is; authenticated, not stored.</param>
    /// <param name="key">The key.</param>
    /// <param name="entropy">Source of the nonce.</param>
    public static byte[] Seal(ReadOnlySpan<byte> content, ReadOnlySpan<byte> associatedData, DataKey key, IEntropy entropy) =>
        Seal(ContentKind, content, associatedData, key, entropy);

    /// <summary>Opens a box. The caller erases the content when it is done with it (<see cref="CryptographicOperations.ZeroMemory"/>).</summary>
    /// <exception cref="MalformedException">Not a box, or a version that this code does not know (<c>register.box</c>, <c>register.box.version</c>).</exception>
    /// <exception cref="CryptographicException">Another key, another associated data, or changed bytes.</exception>
    public static byte[] Open(ReadOnlySpan<byte> box, ReadOnlySpan<byte> associatedData, DataKey key) =>
        Open(ContentKind, box, associatedData, key);

    internal static byte[] Seal(byte kind, ReadOnlySpan<byte> content, ReadOnlySpan<byte> associatedData, DataKey key, IEntropy entropy)
    {
        var box = new byte[checked(Overhead + content.Length)];
        var header = box.AsSpan(0, HeaderSize);
        "MSB"u8.CopyTo(header);
        header[3] = Version;
        header[4] = kind;
        Commitment(key).CopyTo(header[5..]);
        var nonce = header[(5 + CommitmentSize)..];
        entropy.Fill(nonce);
        using var gcm = new AesGcm(key.Bytes, TagSize);
        gcm.Encrypt(nonce, content, box.AsSpan(HeaderSize, content.Length), box.AsSpan(HeaderSize + content.Length), [.. header, .. associatedData]);
        return box;
    }

    internal static byte[] Open(byte kind, ReadOnlySpan<byte> box, ReadOnlySpan<byte> associatedData, DataKey key)
    {
        if (box.Length < Overhead || !box.StartsWith("MSB"u8) || box[4] != kind)
            throw new MalformedException("register.box");
        if (box[3] != Version)
            throw new MalformedException("register.box.version", box[3].ToString());
        var header = box[..HeaderSize];
        if (!CryptographicOperations.FixedTimeEquals(header.Slice(5, CommitmentSize), Commitment(key)))
            throw new CryptographicException("The box was sealed under another key.");
        var content = new byte[box.Length - Overhead];
        using var gcm = new AesGcm(key.Bytes, TagSize);
        gcm.Decrypt(header[(5 + CommitmentSize)..], box[HeaderSize..^TagSize], box[^TagSize..], content, [.. header, .. associatedData]);
        return content;
    }

    internal static byte[] Commitment(DataKey key) =>
        HMACSHA256.HashData(key.Bytes, "minka sealed box 1: key commitment"u8)[..CommitmentSize];
}
