using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using Minka.Core.Kernel;

namespace Minka.Core.Register;

/// <summary>
/// The key-encryption keys of this installation, in the folder <c>keys</c> of its data (<c>sealing-N.key</c>, mode 600).
/// They wrap the data keys that the database holds; the newest wraps, all unwrap. Without this folder a copy of the
/// database opens nothing, so it is backed up apart.
/// </summary>
public sealed class SealingKeys : IDisposable
{
    const string Prefix = "sealing-";
    const string Suffix = ".key";
    readonly string? folder;
    readonly List<DataKey> ring;

    SealingKeys(string? folder, List<DataKey> ring)
    {
        this.folder = folder;
        this.ring = ring;
    }

    /// <summary>Number of keys; the last made wraps.</summary>
    public int Count => ring.Count;

    /// <summary>A key that lives in memory only: for tests.</summary>
    public static SealingKeys InMemory(IEntropy entropy) => new(null, [DataKey.New(entropy)]);

    /// <summary>Opens the keys in a folder, or makes the first one there.</summary>
    /// <exception cref="MalformedException">A key file cannot be read (<c>register.keys.sealing</c>).</exception>
    public static SealingKeys OpenOrCreate(string folder, IEntropy entropy)
    {
        KeyFolder.Create(folder);
        var keys = new SealingKeys(folder, []);
        for (var number = 1; File.Exists(PathOf(folder, number)); number++)
            keys.ring.Add(Read(PathOf(folder, number)));
        if (keys.Count == 0)
            keys.Rotate(entropy);
        return keys;
    }

    /// <summary>Makes a new key that wraps from now on. Older ones still unwrap.</summary>
    public void Rotate(IEntropy entropy)
    {
        var key = DataKey.New(entropy);
        if (folder is not null)
        {
            var text = Encoding.ASCII.GetBytes(Convert.ToBase64String(key.Bytes) + "\n");
            KeyFolder.WriteSecret(PathOf(folder, ring.Count + 1), text);
            CryptographicOperations.ZeroMemory(text);
        }
        ring.Add(key);
    }

    /// <summary>
    /// A code that stands for a secret in public, such as <c>7F3-K92-04</c>: HMAC-SHA-256 under the first key, so that it never
    /// changes and tells nothing to whoever has not that key. Two secrets share one once in 3.4 · 10¹⁰ pairs.
    /// </summary>
    /// <param name="kind">What it is a code of; the same secret has another code for another kind.</param>
    /// <param name="secret">What it stands for.</param>
    public ShortCode Pseudonym(string kind, string secret) =>
        ShortCode.Of(HMACSHA256.HashData(ring[0].Bytes, Encoding.UTF8.GetBytes($"minka pseudonym: {kind}: {secret}")));

    /// <summary>Wraps a data key for storage in the database.</summary>
    /// <param name="key">The data key.</param>
    /// <param name="associatedData">Whose key it is, such as <c>application/ID</c>.</param>
    /// <param name="entropy">Source of the nonce.</param>
    public byte[] Wrap(DataKey key, ReadOnlySpan<byte> associatedData, IEntropy entropy) =>
        SealedBox.Seal(SealedBox.WrappedKeyKind, key.Bytes, associatedData, ring[^1], entropy);

    /// <summary>Unwraps a data key. The caller disposes of it.</summary>
    /// <exception cref="MalformedException">Not a wrapped key (<c>register.box</c>).</exception>
    /// <exception cref="CryptographicException">No key of this folder wrapped it, it belongs to another thing, or it was changed.</exception>
    public DataKey Unwrap(ReadOnlySpan<byte> wrapped, ReadOnlySpan<byte> associatedData)
    {
        for (var i = ring.Count - 1; i >= 0; i--)
        {
            if (i > 0 && wrapped.Length > 21 && !wrapped.Slice(5, 16).SequenceEqual(SealedBox.Commitment(ring[i])))
                continue;
            var bytes = SealedBox.Open(SealedBox.WrappedKeyKind, wrapped, associatedData, ring[i]);
            try
            {
                return bytes.Length == DataKey.Size ? DataKey.From(bytes) : throw new MalformedException("register.box");
            }
            finally
            {
                CryptographicOperations.ZeroMemory(bytes);
            }
        }
        throw new CryptographicException("No key of this installation wrapped it.");
    }

    /// <summary>Erases the keys from memory.</summary>
    public void Dispose() => ring.ForEach(k => k.Dispose());

    static string PathOf(string folder, int number) =>
        Path.Combine(folder, Prefix + number.ToString(CultureInfo.InvariantCulture) + Suffix);

    static DataKey Read(string path)
    {
        var bytes = Base64Strict.Decode(File.ReadAllText(path, Encoding.ASCII).TrimEnd('\n', '\r'));
        if (bytes is not { Length: DataKey.Size })
            throw new MalformedException("register.keys.sealing", Path.GetFileName(path));
        var key = DataKey.From(bytes);
        CryptographicOperations.ZeroMemory(bytes);
        return key;
    }
}
