using System.Text.Json;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Register;

public sealed class MerkleTests
{
    private const int Sizes = 130;

    [SharedFact("goldens/merkle")]
    public void Inclusion_PublishedVectors_AnswerAsPublished()
    {
        var files = Vectors("inclusion");
        files.Length.ShouldBe(98);
        foreach (var file in files)
        {
            using var vector = JsonDocument.Parse(File.ReadAllBytes(file));
            var v = vector.RootElement;
            Merkle.VerifyInclusion(
                    v.GetProperty("leafIdx").GetUInt64(), v.GetProperty("treeSize").GetUInt64(),
                    Bytes(v, "leafHash"), Proof(v), Bytes(v, "root"))
                .ShouldBe(!v.GetProperty("wantErr").GetBoolean(), file);
        }
    }

    [SharedFact("goldens/merkle")]
    public void Consistency_PublishedVectors_AnswerAsPublished()
    {
        var files = Vectors("consistency");
        files.Length.ShouldBe(98);
        foreach (var file in files)
        {
            using var vector = JsonDocument.Parse(File.ReadAllBytes(file));
            var v = vector.RootElement;
            Merkle.VerifyConsistency(
                    v.GetProperty("size1").GetUInt64(), v.GetProperty("size2").GetUInt64(),
                    Bytes(v, "root1"), Bytes(v, "root2"), Proof(v))
                .ShouldBe(!v.GetProperty("wantErr").GetBoolean(), file);
        }
    }

    [SharedFact("goldens/merkle")]
    public void Roots_ReferenceTree_EqualTheNineReferenceRoots()
    {
        using var reference = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(Shared.At("goldens", "merkle"), "reference_roots.json")));
        var leaves = reference.RootElement.GetProperty("leaf_inputs").EnumerateArray().Select(l => Convert.FromHexString(l.GetString()!)).ToList();
        var roots = reference.RootElement.GetProperty("roots_by_tree_size").EnumerateArray().Select(r => r.GetString()!).ToList();
        roots.Count.ShouldBe(9);
        var tree = new MerkleTree();
        var frontier = new Frontier();
        Convert.ToHexStringLower(tree.Root()).ShouldBe(roots[0]);
        for (var i = 0; i < leaves.Count; i++)
        {
            tree.Append(Merkle.LeafHash(leaves[i]));
            frontier.Append(Merkle.LeafHash(leaves[i]));
            Convert.ToHexStringLower(tree.Root()).ShouldBe(roots[i + 1]);
            Convert.ToHexStringLower(frontier.Root()).ShouldBe(roots[i + 1]);
        }
        for (var size = 0; size < roots.Count; size++)
            Convert.ToHexStringLower(tree.Root((ulong)size)).ShouldBe(roots[size]);
    }

    [Fact]
    public void Root_AnySize_EqualsTheRecursiveDefinition()
    {
        var leaves = Leaves(Sizes);
        var tree = Tree(leaves);
        for (var size = 0; size <= Sizes; size++)
        {
            var expected = Definition(leaves.AsSpan(0, size));
            tree.Root((ulong)size).ShouldBe(expected);
            tree.Frontier((ulong)size).Root().ShouldBe(expected);
        }
    }

    [Fact]
    public void Inclusion_AllLeavesOfAllSizes_VerifyAndRefuseEveryTamper()
    {
        var leaves = Leaves(Sizes);
        var tree = Tree(leaves);
        var proofs = 0;
        var tampers = 0;
        for (ulong size = 1; size <= Sizes; size++)
        {
            var root = tree.Root(size);
            for (ulong index = 0; index < size; index++)
            {
                var proof = tree.InclusionProof(index, size);
                var leaf = leaves[(int)index];
                Merkle.VerifyInclusion(index, size, leaf, proof, root).ShouldBeTrue($"{index} of {size}");
                proofs++;
                if ((index + size) % 3 != 0)
                    continue;
                var bit = (int)((index * 31 + size * 7) % 256);
                Merkle.VerifyInclusion(index, size, Flip(leaf, bit), proof, root).ShouldBeFalse();
                Merkle.VerifyInclusion(index, size, leaf, proof, Flip(root, bit)).ShouldBeFalse();
                for (var i = 0; i < proof.Count; i++)
                    Merkle.VerifyInclusion(index, size, leaf, FlipAt(proof, i, bit), root).ShouldBeFalse();
                Merkle.VerifyInclusion(index, size, leaf, [.. proof, root], root).ShouldBeFalse();
                if (proof.Count > 0)
                    Merkle.VerifyInclusion(index, size, leaf, [.. proof.Take(proof.Count - 1)], root).ShouldBeFalse();
                tampers += 3 + proof.Count;
            }
        }
        proofs.ShouldBe(Sizes * (Sizes + 1) / 2);
        tampers.ShouldBeGreaterThan(8_514);
    }

    [Fact]
    public void Consistency_AllPairsOfSizes_VerifyAndRefuseEveryTamper()
    {
        var tree = Tree(Leaves(Sizes));
        var proofs = 0;
        for (ulong newSize = 1; newSize <= Sizes; newSize++)
        {
            for (ulong oldSize = 1; oldSize <= newSize; oldSize++)
            {
                var (oldRoot, newRoot) = (tree.Root(oldSize), tree.Root(newSize));
                var proof = tree.ConsistencyProof(oldSize, newSize);
                Merkle.VerifyConsistency(oldSize, newSize, oldRoot, newRoot, proof).ShouldBeTrue($"{oldSize} to {newSize}");
                proofs++;
                var bit = (int)((oldSize * 31 + newSize * 7) % 256);
                Merkle.VerifyConsistency(oldSize, newSize, Flip(oldRoot, bit), newRoot, proof).ShouldBeFalse();
                Merkle.VerifyConsistency(oldSize, newSize, oldRoot, Flip(newRoot, bit), proof).ShouldBeFalse();
                Merkle.VerifyConsistency(oldSize, newSize, oldRoot, newRoot, [.. proof, newRoot]).ShouldBeFalse();
                for (var i = 0; i < proof.Count; i++)
                    Merkle.VerifyConsistency(oldSize, newSize, oldRoot, newRoot, FlipAt(proof, i, bit)).ShouldBeFalse();
            }
        }
        proofs.ShouldBe(Sizes * (Sizes + 1) / 2);
    }

    [Fact]
    public void Consistency_FromTheEmptyTree_IsRefused()
    {
        var tree = Tree(Leaves(4));
        Merkle.VerifyConsistency(0, 4, Merkle.EmptyRoot(), tree.Root(), []).ShouldBeFalse();
        Merkle.VerifyConsistency(0, 0, Merkle.EmptyRoot(), Merkle.EmptyRoot(), []).ShouldBeFalse();
        Should.Throw<ArgumentOutOfRangeException>(() => tree.ConsistencyProof(0, 4));
    }

    [Fact]
    public void Proof_SizesNearTheLimit_AreRefusedWithoutOverflow()
    {
        var hash = Merkle.LeafHash([1]);
        Merkle.VerifyInclusion(ulong.MaxValue - 1, ulong.MaxValue, hash, [hash], hash).ShouldBeFalse();
        Merkle.VerifyInclusion(ulong.MaxValue, ulong.MaxValue, hash, [], hash).ShouldBeFalse();
        Merkle.VerifyConsistency(ulong.MaxValue - 1, ulong.MaxValue, hash, hash, [hash]).ShouldBeFalse();
        Merkle.VerifyConsistency(ulong.MaxValue, ulong.MaxValue, hash, hash, []).ShouldBeTrue();
    }

    [Fact]
    public void Frontier_ReadBack_ContinuesTheSameTree()
    {
        var leaves = Leaves(70);
        var tree = new MerkleTree();
        var frontier = new Frontier();
        foreach (var leaf in leaves)
        {
            tree.Append(leaf);
            frontier.Append(leaf);
            frontier.Root().ShouldBe(tree.Root());
            frontier = new Frontier(frontier.Size, frontier.Roots);
        }
        Should.Throw<ArgumentException>(() => new Frontier(3, [leaves[0]]));
    }

    [Fact]
    public void Stretch_OfALevel_HoldsTheHashesOfItsNodes()
    {
        var leaves = Leaves(11);
        var tree = Tree(leaves);
        tree.Nodes(0).ShouldBe(11UL);
        tree.Nodes(3).ShouldBe(1UL);
        tree.Nodes(4).ShouldBe(0UL);
        tree.Stretch(0, 9, 2).ShouldBe([.. leaves[9], .. leaves[10]]);
        tree.Stretch(1, 4, 1).ShouldBe(Merkle.NodeHash(leaves[8], leaves[9]));
        tree.Stretch(3, 0, 1).ShouldBe(tree.Root(8));
        Should.Throw<ArgumentOutOfRangeException>(() => tree.Stretch(0, 10, 2));
        Should.Throw<ArgumentOutOfRangeException>(() => tree.Stretch(4, 0, 1));
        Should.Throw<ArgumentOutOfRangeException>(() => tree.Stretch(0, ulong.MaxValue, 1));
    }

    [Fact]
    public void Frontier_Copied_LeavesTheFirstUntouched()
    {
        var frontier = new Frontier();
        frontier.Append(Merkle.LeafHash([1]));
        var before = frontier.Root();
        frontier.Copy().Append(Merkle.LeafHash([2]));
        frontier.Root().ShouldBe(before);
        frontier.Size.ShouldBe(1UL);
    }

    private static string[] Vectors(string folder) =>
        Directory.GetFiles(Path.Combine(Shared.At("goldens", "merkle"), folder), "*.json", SearchOption.AllDirectories);

    private static byte[] Bytes(JsonElement vector, string name) => Convert.FromBase64String(vector.GetProperty(name).GetString() ?? "");

    private static byte[][] Proof(JsonElement vector) =>
        vector.GetProperty("proof") is { ValueKind: JsonValueKind.Array } proof
            ? [.. proof.EnumerateArray().Select(p => Convert.FromBase64String(p.GetString() ?? ""))]
            : [];

    private static byte[][] Leaves(int count) => [.. Enumerable.Range(0, count).Select(i => Merkle.LeafHash(BitConverter.GetBytes(i)))];

    private static MerkleTree Tree(byte[][] leaves)
    {
        var tree = new MerkleTree();
        foreach (var leaf in leaves)
            tree.Append(leaf);
        return tree;
    }

    private static byte[] Definition(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 0)
            return Merkle.EmptyRoot();
        if (leaves.Length == 1)
            return leaves[0];
        var k = 1;
        while (k * 2 < leaves.Length)
            k *= 2;
        return Merkle.NodeHash(Definition(leaves[..k]), Definition(leaves[k..]));
    }

    private static byte[] Flip(byte[] hash, int bit)
    {
        var copy = (byte[])hash.Clone();
        copy[bit / 8] ^= (byte)(1 << (bit % 8));
        return copy;
    }

    private static byte[][] FlipAt(IReadOnlyList<byte[]> proof, int item, int bit) =>
        [.. proof.Select((p, i) => i == item ? Flip(p, bit) : p)];
}
