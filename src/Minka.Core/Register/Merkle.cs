using System.Numerics;
using System.Security.Cryptography;

namespace Minka.Core.Register;

/// <summary>
/// The arithmetic of the register: Merkle tree hashing (RFC 6962 §2.1) and the verification of inclusion and
/// consistency proofs (RFC 9162 §2.1.3.2 and §2.1.4.2). Pure functions over 32-byte SHA-256 values; they need no
/// tree, so a verifier that holds only a proof and two roots can use them offline.
/// </summary>
/// <remarks>
/// Verification never throws on hostile input: hashes of another length, empty or over-long proofs, indices beyond
/// the size and sizes up to 2⁶⁴ − 1 all answer <see langword="false"/>. Cost: O(log n) hashes.
/// </remarks>
public static class Merkle
{
    /// <summary>Length in bytes of every hash of the tree.</summary>
    public const int HashSize = SHA256.HashSizeInBytes;

    /// <summary>Root of the tree without leaves: SHA-256 of the empty string.</summary>
    public static byte[] EmptyRoot() => SHA256.HashData([]);

    /// <summary>Hash of a leaf: SHA-256(0x00 ‖ <paramref name="data"/>).</summary>
    public static byte[] LeafHash(ReadOnlySpan<byte> data)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData([0x00]);
        hash.AppendData(data);
        return hash.GetHashAndReset();
    }

    /// <summary>Hash of an inner node: SHA-256(0x01 ‖ <paramref name="left"/> ‖ <paramref name="right"/>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">A child is not 32 bytes long.</exception>
    public static byte[] NodeHash(ReadOnlySpan<byte> left, ReadOnlySpan<byte> right)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(left.Length, HashSize, nameof(left));
        ArgumentOutOfRangeException.ThrowIfNotEqual(right.Length, HashSize, nameof(right));
        Span<byte> input = stackalloc byte[1 + 2 * HashSize];
        input[0] = 0x01;
        left.CopyTo(input[1..]);
        right.CopyTo(input[(1 + HashSize)..]);
        return SHA256.HashData(input);
    }

    /// <summary>
    /// Whether <paramref name="proof"/> shows that <paramref name="leafHash"/> is the leaf number
    /// <paramref name="index"/> (from 0) of the tree with <paramref name="size"/> leaves and the given root.
    /// </summary>
    public static bool VerifyInclusion(
        ulong index, ulong size, ReadOnlySpan<byte> leafHash, IReadOnlyList<byte[]> proof, ReadOnlySpan<byte> root)
    {
        if (index >= size || leafHash.Length != HashSize || root.Length != HashSize || !AllHashes(proof))
            return false;
        var fn = index;
        var sn = size - 1;
        var computed = leafHash.ToArray();
        foreach (var sibling in proof)
        {
            if (sn == 0)
                return false;
            if ((fn & 1) == 1 || fn == sn)
            {
                computed = NodeHash(sibling, computed);
                while ((fn & 1) == 0 && fn != 0)
                {
                    fn >>= 1;
                    sn >>= 1;
                }
            }
            else
            {
                computed = NodeHash(computed, sibling);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && computed.AsSpan().SequenceEqual(root);
    }

    /// <summary>
    /// Whether <paramref name="proof"/> shows that the tree with <paramref name="newSize"/> leaves continues the one
    /// with <paramref name="oldSize"/> leaves: nothing before was changed, moved or taken out.
    /// </summary>
    /// <remarks>
    /// A proof from size 0 is refused, because it would prove nothing. Equal sizes are accepted only with an empty
    /// proof and equal roots.
    /// </remarks>
    public static bool VerifyConsistency(
        ulong oldSize, ulong newSize, ReadOnlySpan<byte> oldRoot, ReadOnlySpan<byte> newRoot, IReadOnlyList<byte[]> proof)
    {
        if (oldSize == 0 || oldSize > newSize)
            return false;
        if (oldSize == newSize)
            return proof.Count == 0 && oldRoot.SequenceEqual(newRoot);
        if (proof.Count == 0 || oldRoot.Length != HashSize || newRoot.Length != HashSize || !AllHashes(proof))
            return false;

        // A complete old tree is itself a node of the new one: its root is the implied first element.
        var complete = BitOperations.IsPow2(oldSize);
        var start = complete ? oldRoot.ToArray() : proof[0];
        var fn = oldSize - 1;
        var sn = newSize - 1;
        while ((fn & 1) == 1)
        {
            fn >>= 1;
            sn >>= 1;
        }
        var oldComputed = start;
        var newComputed = start;
        for (var i = complete ? 0 : 1; i < proof.Count; i++)
        {
            if (sn == 0)
                return false;
            var node = proof[i];
            if ((fn & 1) == 1 || fn == sn)
            {
                oldComputed = NodeHash(node, oldComputed);
                newComputed = NodeHash(node, newComputed);
                while ((fn & 1) == 0 && fn != 0)
                {
                    fn >>= 1;
                    sn >>= 1;
                }
            }
            else
            {
                newComputed = NodeHash(newComputed, node);
            }
            fn >>= 1;
            sn >>= 1;
        }
        return sn == 0 && oldComputed.AsSpan().SequenceEqual(oldRoot) && newComputed.AsSpan().SequenceEqual(newRoot);
    }

    static bool AllHashes(IReadOnlyList<byte[]> proof)
    {
        foreach (var item in proof)
        {
            if (item is not { Length: HashSize })
                return false;
        }
        return true;
    }
}
