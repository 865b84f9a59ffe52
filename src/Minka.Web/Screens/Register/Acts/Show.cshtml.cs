using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Web.Access;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Register.Acts;

/// <summary>One step from the leaf up to the root.</summary>
public sealed record ProofStep(bool SiblingIsLeft, string Sibling, string Result);

[Public]
public sealed class ShowModel(RegisterProofs proofs, RegisterTree tree) : Screen
{
    // A page stays within 100 KB: a leaf that wrote very many rows is shown by its beginning and downloaded whole.
    const int ShownCharacters = 40_000;

    public InclusionProof Proof { get; private set; } = null!;

    public string Verb { get; private set; } = "";

    public string RoleWord { get; private set; } = "";

    public DateTime At { get; private set; }

    public string Pretty { get; private set; } = "";

    /// <summary>Checked here again, with the code that verifies offline.</summary>
    public bool Verified { get; private set; }

    public IReadOnlyList<ProofStep> Steps { get; private set; } = [];

    public bool HasNext { get; private set; }

    public IReadOnlyList<Crumb> Trail { get; private set; } = [];

    public override async Task LoadAsync()
    {
        if (!long.TryParse(Route("index"), NumberStyles.None, CultureInfo.InvariantCulture, out var index)) throw new NotFound("leaf", Route("index"));
        Proof = await proofs.OfLeafAsync(index);
        var leaf = JsonNode.Parse(Proof.Leaf)!;
        Verb = ActWords.Verb(T, (string)leaf["kind"]!);
        RoleWord = ActWords.Role(T, (string)leaf["role"]!);
        At = DateTime.Parse((string)leaf["at"]!, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal);
        Pretty = leaf.ToJsonString(Indented);
        if (Pretty.Length > ShownCharacters) Pretty = Pretty[..ShownCharacters] + "\n…";
        var hashes = Proof.Hashes.Select(h => h.ToBytes()).ToList();
        Verified = Merkle.VerifyInclusion((ulong)index, (ulong)Proof.Size, Merkle.LeafHash(Proof.Leaf), hashes, Proof.Root.ToBytes());
        Steps = StepsOf((ulong)index, (ulong)Proof.Size, Proof.LeafHash.ToBytes(), hashes);
        HasNext = index + 1 < tree.Size;
        Trail = [new Crumb(T["register.list.title"], "/registro"), new Crumb(T["register.show.title", index])];
    }

    static readonly JsonSerializerOptions Indented = JsonForms.Create(indented: true);

    static List<ProofStep> StepsOf(ulong index, ulong size, byte[] hash, List<byte[]> proof)
    {
        var steps = new List<ProofStep>();
        var (fn, sn) = (index, size - 1);
        foreach (var sibling in proof)
        {
            var left = (fn & 1) == 1 || fn == sn;
            hash = left ? Merkle.NodeHash(sibling, hash) : Merkle.NodeHash(hash, sibling);
            if (left)
            {
                while ((fn & 1) == 0 && fn != 0) (fn, sn) = (fn >> 1, sn >> 1);
            }
            (fn, sn) = (fn >> 1, sn >> 1);
            steps.Add(new ProofStep(left, Convert.ToHexStringLower(sibling), Convert.ToHexStringLower(hash)));
        }
        return steps;
    }
}
