using System.Numerics;

namespace Minka.Core.Register;

/// <summary>
/// The right edge of a Merkle tree: the roots of its complete subtrees, one for each set bit of the size, largest
/// first. Enough to append leaves and to know the root, at O(log n) memory; not enough to make proofs
/// (<see cref="MerkleTree"/> does that).
/// </summary>
/// <remarks>Not safe for concurrent use: the one writer of the register owns it.</remarks>
public sealed class Frontier
{
    readonly List<byte[]> _roots;

    /// <summary>The frontier of the tree without leaves.</summary>
    public Frontier() : this(0, [])
    {
    }

    /// <summary>A frontier read back from storage.</summary>
    /// <param name="size">Number of leaves.</param>
    /// <param name="roots">Roots of the complete subtrees, largest first.</param>
    /// <exception cref="ArgumentException">The number of roots does not fit the size, or one is not 32 bytes long.</exception>
    public Frontier(ulong size, IEnumerable<byte[]> roots)
    {
        _roots = [.. roots];
        if (_roots.Count != BitOperations.PopCount(size))
            throw new ArgumentException("A frontier holds one hash for each complete subtree of its size.", nameof(roots));
        if (_roots.Exists(r => r is not { Length: Merkle.HashSize }))
            throw new ArgumentException("A frontier holds 32-byte hashes.", nameof(roots));
        Size = size;
    }

    /// <summary>Number of leaves.</summary>
    public ulong Size { get; private set; }

    /// <summary>Roots of the complete subtrees, largest first: what has to be stored to continue later.</summary>
    public IReadOnlyList<byte[]> Roots => _roots;

    /// <summary>Adds a leaf by its hash. O(log n), amortised one node hash.</summary>
    /// <exception cref="ArgumentException">The hash is not 32 bytes long.</exception>
    public void Append(ReadOnlySpan<byte> leafHash)
    {
        if (leafHash.Length != Merkle.HashSize)
            throw new ArgumentException("A leaf hash has 32 bytes.", nameof(leafHash));
        var node = leafHash.ToArray();
        for (var n = Size; (n & 1) == 1; n >>= 1)
        {
            node = Merkle.NodeHash(_roots[^1], node);
            _roots.RemoveAt(_roots.Count - 1);
        }
        _roots.Add(node);
        Size++;
    }

    /// <summary>Root of the tree. O(log n).</summary>
    public byte[] Root()
    {
        if (_roots.Count == 0)
            return Merkle.EmptyRoot();
        var root = (byte[])_roots[^1].Clone();
        for (var i = _roots.Count - 2; i >= 0; i--)
            root = Merkle.NodeHash(_roots[i], root);
        return root;
    }

    /// <summary>A copy that can be advanced apart: for a transaction that may be rolled back.</summary>
    public Frontier Copy() => new(Size, _roots);
}
