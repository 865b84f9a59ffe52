using Microsoft.EntityFrameworkCore;
using Minka.Core.Register;

namespace Minka.Core.Database;

/// <summary>
/// The Merkle tree of all committed leaves, in memory; it follows the table, so that several processes see the same tree.
/// </summary>
public sealed class RegisterTree
{
    readonly Lock gate = new();
    readonly MerkleTree tree = new();

    /// <summary>Instant of the last leaf seen: acts never go back in time.</summary>
    public DateTime LastAt { get; private set; }

    public long Size
    {
        get
        {
            lock (gate) return checked((long)tree.Size);
        }
    }

    public T Read<T>(Func<MerkleTree, T> read)
    {
        lock (gate) return read(tree);
    }

    internal Frontier Frontier()
    {
        lock (gate) return tree.Frontier(tree.Size);
    }

    /// <summary>Loads the leaves that this process has not seen. O(new leaves).</summary>
    public async Task CatchUpAsync(AppDb db, CancellationToken cancel = default)
    {
        var size = Size;
        var hashes = await db.Set<Leaf>().AsNoTracking().Where(l => l.Index >= size).OrderBy(l => l.Index).Select(l => new { l.Index, l.Hash }).ToListAsync(cancel);
        if (hashes.Count == 0) return;
        var last = hashes[^1].Index;
        var at = await db.Set<Act>().AsNoTracking().Where(a => a.Index == last).Select(a => a.At).FirstOrDefaultAsync(cancel);
        lock (gate)
        {
            foreach (var leaf in hashes.Where(l => (ulong)l.Index >= tree.Size)) tree.Append(leaf.Hash);
            if (at > LastAt) LastAt = at;
        }
    }

    internal void Append(long index, byte[] leafHash, DateTime at)
    {
        lock (gate)
        {
            if ((ulong)index == tree.Size) tree.Append(leafHash);
            if (at > LastAt) LastAt = at;
        }
    }
}
