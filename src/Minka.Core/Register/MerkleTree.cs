using System.Numerics;

namespace Minka.Core.Register;

/// <summary>
/// An append-only Merkle tree in memory. Keeps the hashes of all complete subtrees by level, so that an append, a
/// root and a proof for <i>any</i> earlier size cost O(log n) hashes. Memory: 64 bytes a leaf.
/// </summary>
/// <remarks>Not safe for concurrent writes; concurrent reads without a writer are safe. Limit: 2²⁵ leaves.</remarks>
public sealed class MerkleTree
{
    // Level 0 holds leaf hashes, level k the roots of complete subtrees of 2^k leaves, each level one flat array.
    readonly List<Level> _levels = [new()];

    /// <summary>Number of leaves.</summary>
    public ulong Size { get; private set; }

    /// <summary>Adds a leaf by its hash (<see cref="Merkle.LeafHash"/>) and returns its index, from 0.</summary>
    /// <exception cref="ArgumentException">The hash is not 32 bytes long.</exception>
    public ulong Append(ReadOnlySpan<byte> leafHash)
    {
        if (leafHash.Length != Merkle.HashSize)
            throw new ArgumentException("A leaf hash has 32 bytes.", nameof(leafHash));
        _levels[0].Add(leafHash);
        var index = Size++;
        var level = 0;
        for (var n = index; (n & 1) == 1; n >>= 1, level++)
        {
            if (level + 1 == _levels.Count)
                _levels.Add(new Level());
            _levels[level + 1].Add(Merkle.NodeHash(_levels[level][checked((int)n - 1)], _levels[level][checked((int)n)]));
        }
        return index;
    }

    /// <summary>The hash of the leaf number <paramref name="index"/>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">There is no such leaf.</exception>
    public byte[] LeafHash(ulong index)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, Size);
        return _levels[0][checked((int)index)].ToArray();
    }

    /// <summary>Root of the whole tree.</summary>
    public byte[] Root() => Root(Size);

    /// <summary>Root that the tree had when it held <paramref name="size"/> leaves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree never had that size.</exception>
    public byte[] Root(ulong size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        return size == 0 ? Merkle.EmptyRoot() : Subtree(0, size);
    }

    /// <summary>The frontier that the tree had at <paramref name="size"/> leaves.</summary>
    /// <exception cref="ArgumentOutOfRangeException">The tree never had that size.</exception>
    public Frontier Frontier(ulong size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        var roots = new List<byte[]>();
        ulong start = 0;
        for (var level = 63; level >= 0; level--)
        {
            var width = 1UL << level;
            if ((size & width) == 0)
                continue;
            roots.Add(Subtree(start, width));
            start += width;
        }
        return new Frontier(size, roots);
    }

    /// <summary>
    /// Proof that the leaf number <paramref name="index"/> is in the tree of <paramref name="size"/> leaves
    /// (RFC 9162 §2.1.3.1), from the leaf upwards.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">The leaf is not in the tree of that size, or the tree never had it.</exception>
    public IReadOnlyList<byte[]> InclusionProof(ulong index, ulong size)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var proof = new List<byte[]>();
        ulong start = 0;
        var count = size;
        while (count > 1)
        {
            var left = LargestPowerBelow(count);
            if (index - start < left)
            {
                proof.Add(Subtree(start + left, count - left));
                count = left;
            }
            else
            {
                proof.Add(Subtree(start, left));
                start += left;
                count -= left;
            }
        }
        proof.Reverse();
        return proof;
    }

    /// <summary>
    /// Proof that the tree of <paramref name="newSize"/> leaves continues that of <paramref name="oldSize"/> leaves
    /// (RFC 9162 §2.1.4.1). Empty when the sizes are equal.
    /// </summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// The old size is 0 (such a proof proves nothing) or beyond the new one, or the tree never had the new size.
    /// </exception>
    public IReadOnlyList<byte[]> ConsistencyProof(ulong oldSize, ulong newSize)
    {
        ArgumentOutOfRangeException.ThrowIfZero(oldSize);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(newSize, Size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(oldSize, newSize);
        var proof = new List<byte[]>();
        ulong start = 0;
        var count = newSize;
        var old = oldSize;
        var oldIsWhole = true;
        while (old != count)
        {
            var left = LargestPowerBelow(count);
            if (old <= left)
            {
                proof.Add(Subtree(start + left, count - left));
                count = left;
            }
            else
            {
                proof.Add(Subtree(start, left));
                start += left;
                count -= left;
                old -= left;
                oldIsWhole = false;
            }
        }
        if (!oldIsWhole)
            proof.Add(Subtree(start, count));
        proof.Reverse();
        return proof;
    }

    /// <summary>Number of nodes of a level that are roots of complete subtrees of 2^level leaves.</summary>
    public ulong Nodes(int level) => level is >= 0 and < 64 ? Size >> level : 0;

    /// <summary>
    /// A stretch of node hashes of one level, one after another: a tile in the sense of C2SP <c>tlog-tiles</c>, from which anyone
    /// builds every proof without asking for it.
    /// </summary>
    /// <param name="level">0 for leaf hashes, k for roots of complete subtrees of 2^k leaves.</param>
    /// <param name="from">First node.</param>
    /// <param name="count">How many.</param>
    /// <exception cref="ArgumentOutOfRangeException">The tree does not have all these nodes.</exception>
    public byte[] Stretch(int level, ulong from, int count)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(from, Nodes(level));
        ArgumentOutOfRangeException.ThrowIfGreaterThan((ulong)count, Nodes(level) - from, nameof(count));
        var hashes = new byte[checked(count * Merkle.HashSize)];
        for (var i = 0; i < count; i++)
            _levels[level][checked((int)from + i)].CopyTo(hashes.AsSpan(i * Merkle.HashSize));
        return hashes;
    }

    // Every left part of a split is a complete subtree and stored; only the right edge is folded.
    byte[] Subtree(ulong start, ulong count)
    {
        if (BitOperations.IsPow2(count))
        {
            var level = BitOperations.TrailingZeroCount(count);
            return _levels[level][checked((int)(start >> level))].ToArray();
        }
        var left = LargestPowerBelow(count);
        return Merkle.NodeHash(Subtree(start, left), Subtree(start + left, count - left));
    }

    static ulong LargestPowerBelow(ulong count) => 1UL << (63 - BitOperations.LeadingZeroCount(count - 1));

    sealed class Level
    {
        byte[] _bytes = new byte[16 * Merkle.HashSize];
        int _count;

        public ReadOnlySpan<byte> this[int index]
        {
            get
            {
                ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, _count);
                return _bytes.AsSpan(index * Merkle.HashSize, Merkle.HashSize);
            }
        }

        public void Add(ReadOnlySpan<byte> hash)
        {
            var at = checked(_count * Merkle.HashSize);
            if (at == _bytes.Length)
                Array.Resize(ref _bytes, checked(_bytes.Length * 2));
            hash.CopyTo(_bytes.AsSpan(at));
            _count++;
        }
    }
}
