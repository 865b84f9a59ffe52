using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Register;

/// <summary>An act as the public list shows it: who it was is told by role only.</summary>
public sealed record ActRow(long Index, DateTime At, string Kind, string Role, Digest LeafHash);

/// <summary>A page of acts, newest first.</summary>
public sealed record ActPage(IReadOnlyList<ActRow> Acts, int Total, int Page);

/// <summary>
/// What the public sees of the register. A page of all acts is a window of consecutive indices, so that it costs the same in a
/// register of a thousand and of a million acts.
/// </summary>
[UseCase]
public sealed class RegisterPages(AppDb db, RegisterTree tree, ActKinds kinds)
{
    /// <summary>Acts on one page.</summary>
    public const int Size = 50;

    /// <summary>A page of acts.</summary>
    /// <param name="page">From 1; taken to the nearest page that there is.</param>
    /// <param name="context">First part of the kind, such as <c>call</c>; null for all acts.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async Task<ActPage> ListAsync(int page, string? context = null, CancellationToken cancel = default)
    {
        await tree.CatchUpAsync(db, cancel);
        var chosen = db.Acts.AsQueryable();
        int total;
        if (context is null)
        {
            total = checked((int)tree.Size);
            page = Within(page, total);
            var below = total - (page - 1) * Size;
            chosen = chosen.Where(a => a.Index < below && a.Index >= below - Size).OrderByDescending(a => a.Index);
        }
        else
        {
            var prefix = context + ".";
            chosen = chosen.Where(a => a.Kind.StartsWith(prefix));
            total = await chosen.CountAsync(cancel);
            page = Within(page, total);
            chosen = chosen.OrderByDescending(a => a.Index).Skip((page - 1) * Size).Take(Size);
        }
        return new ActPage([.. Rows(await chosen.Select(a => new ActFacts(a.Index, a.At, a.Kind, a.Role)).ToListAsync(cancel))], total, page);
    }

    /// <summary>All acts of a context, or of all, newest first, in windows of consecutive indices: none of it whole in memory.</summary>
    public async IAsyncEnumerable<ActRow> AllAsync(string? context = null, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancel = default)
    {
        const int Window = 5_000;
        await tree.CatchUpAsync(db, cancel);
        for (var below = tree.Size; below > 0; below -= Window)
        {
            var (from, to) = (below - Window, below);
            var chosen = db.Acts.Where(a => a.Index >= from && a.Index < to);
            if (context is not null)
            {
                var prefix = context + ".";
                chosen = chosen.Where(a => a.Kind.StartsWith(prefix));
            }
            foreach (var row in Rows(await chosen.OrderByDescending(a => a.Index).Select(a => new ActFacts(a.Index, a.At, a.Kind, a.Role)).ToListAsync(cancel))) yield return row;
        }
    }

    sealed record ActFacts(long Index, DateTime At, string Kind, string Role);

    IEnumerable<ActRow> Rows(IEnumerable<ActFacts> acts) => acts.Select(a => new ActRow(a.Index, a.At, a.Kind, a.Role,
        new Digest(Convert.ToHexStringLower(tree.Read(t => t.LeafHash(checked((ulong)a.Index)))))));

    /// <summary>The contexts that have acts, such as <c>call</c>.</summary>
    public async Task<IReadOnlyList<string>> ContextsAsync(CancellationToken cancel = default) =>
        [.. (await kinds.SeenAsync(db, tree, cancel)).Select(k => k.Split('.')[0]).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];

    static int Within(int page, int total) => Math.Clamp(page, 1, Math.Max(1, (total + Size - 1) / Size));
}

/// <summary>The kinds of acts that there are. Acts never go away, so only new ones are looked at.</summary>
public sealed class ActKinds
{
    readonly Lock gate = new();
    readonly SortedSet<string> seen = new(StringComparer.Ordinal);
    long upTo;

    /// <summary>All kinds so far. O(acts since the last call).</summary>
    public async Task<IReadOnlyList<string>> SeenAsync(AppDb db, RegisterTree tree, CancellationToken cancel = default)
    {
        var (from, to) = (Interlocked.Read(ref upTo), tree.Size);
        var fresh = from < to ? await db.Acts.Where(a => a.Index >= from && a.Index < to).Select(a => a.Kind).Distinct().ToListAsync(cancel) : [];
        lock (gate)
        {
            seen.UnionWith(fresh);
            if (to > upTo)
                Interlocked.Exchange(ref upTo, to);
            return [.. seen];
        }
    }
}

/// <summary>The proof that one leaf is in the register, ready to be checked by anyone.</summary>
/// <param name="Index">Index of the leaf, from 0.</param>
/// <param name="Leaf">The leaf itself: canonical JSON, the bytes whose hash is in the tree.</param>
/// <param name="LeafHash">SHA-256(0x00 ‖ leaf).</param>
/// <param name="Size">Number of leaves of the head.</param>
/// <param name="Root">Root of the head.</param>
/// <param name="Hashes">The proof, from the leaf upwards.</param>
/// <param name="Checkpoint">The signed head; null while none covers the leaf.</param>
public sealed record InclusionProof(long Index, byte[] Leaf, Digest LeafHash, long Size, Digest Root, IReadOnlyList<Digest> Hashes, StoredCheckpoint? Checkpoint);

/// <summary>The proof that a head continues an earlier one.</summary>
public sealed record ConsistencyProof(long OldSize, Digest OldRoot, long NewSize, Digest NewRoot, IReadOnlyList<Digest> Hashes);

/// <summary>Makes proofs from the tree of this process.</summary>
[UseCase]
public sealed class RegisterProofs(AppDb db, RegisterTree tree)
{
    /// <summary>The proof of a leaf against the newest signed head, or against the whole tree while no head covers it.</summary>
    /// <exception cref="NotFound">There is no such leaf.</exception>
    public async Task<InclusionProof> OfLeafAsync(long index, CancellationToken cancel = default)
    {
        await tree.CatchUpAsync(db, cancel);
        var leaf = await db.Leaves.SingleOrDefaultAsync(l => l.Index == index, cancel) ?? throw new NotFound("leaf", index);
        var newest = await db.Checkpoints.OrderByDescending(c => c.Size).FirstOrDefaultAsync(cancel);
        var checkpoint = newest is not null && newest.Size > index ? newest : null;
        var size = checkpoint?.Size ?? tree.Size;
        return tree.Read(t => new InclusionProof(
            index, leaf.Body, Hex(leaf.Hash), size, Hex(t.Root((ulong)size)), Hex(t.InclusionProof((ulong)index, (ulong)size)), checkpoint));
    }

    /// <summary>The proof that the tree of one size continues that of another.</summary>
    /// <exception cref="RuleBroken"><c>register.sizes</c>: sizes that prove nothing or that the register never had.</exception>
    public async Task<ConsistencyProof> BetweenAsync(long oldSize, long newSize, CancellationToken cancel = default)
    {
        await tree.CatchUpAsync(db, cancel);
        if (oldSize < 1 || newSize < oldSize || newSize > tree.Size)
            throw new RuleBroken("register.sizes", oldSize, newSize, tree.Size);
        return tree.Read(t => new ConsistencyProof(
            oldSize, Hex(t.Root((ulong)oldSize)), newSize, Hex(t.Root((ulong)newSize)), Hex(t.ConsistencyProof((ulong)oldSize, (ulong)newSize))));
    }

    static Digest Hex(byte[] hash) => new(Convert.ToHexStringLower(hash));

    static IReadOnlyList<Digest> Hex(IReadOnlyList<byte[]> hashes) => [.. hashes.Select(Hex)];
}
