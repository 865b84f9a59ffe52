using System.Text;
using System.Text.Json.Nodes;
using Minka.Core.Register;

namespace Minka.Core.Publication;

/// <summary>
/// Checks a receipt from its bytes alone: no database, no network. The signature tells which key made it; whose key that is,
/// a fingerprint, a head or a bundle from elsewhere must say.
/// </summary>
public static class ReceiptVerifier
{
    const string NotAnchored = "key from the receipt, NOT anchored";

    /// <summary>Whether a document is meant as a receipt, be it whole or broken.</summary>
    public static bool LooksLikeOne(ReadOnlySpan<byte> document) =>
        VerifyDocument.KindOf(document) == DocumentKind.Receipt || document.TrimStart(" \t\r\n"u8).StartsWith("eyJ"u8);

    /// <param name="fingerprint">Of the key that the verifier trusts, or null.</param>
    /// <param name="head">A signed checkpoint that was kept elsewhere, or null.</param>
    /// <param name="bundle">A public bundle in which the receipt must be found, or null.</param>
    public static BundleReport Verify(string token, string? fingerprint = null, string? head = null, byte[]? bundle = null)
    {
        var claims = new List<ClaimVerdict>();
        var anchors = new List<string>();
        if (Signed(token.Trim(), claims) is not var (payload, key)) return new(null, claims, NotAnchored);
        if (fingerprint is not null && Claim(claims, "key", () => key.HasFingerprint(fingerprint) ? "signed by the key given" : throw new FormatException($"signed by another key: {key.Fingerprint}")))
            anchors.Add("key fingerprint given");
        if (head is not null && Claim(claims, "head", () => AgainstHead(payload, key, head))) anchors.Add("head kept elsewhere");
        if (bundle is not null)
        {
            var report = BundleVerifier.Verify(bundle, head: head);
            if (Claim(claims, "bundle", () => InBundle(payload, key, bundle, report)) && head is not null) anchors.Add("bundle that contains the head");
        }
        var asked = fingerprint is not null || head is not null || bundle is not null;
        return new(payload.Content, claims, anchors.Count > 0 ? string.Join(", ", anchors) : asked && claims.Exists(c => !c.Passed) ? $"{NotAnchored}: it disagrees with what was given" : NotAnchored);
    }

    static (ReceiptPayload Payload, VerifyingKey Key)? Signed(string token, List<ClaimVerdict> claims)
    {
        ReceiptPayload? payload = null;
        VerifyingKey? key = null;
        Claim(claims, "receipt", () =>
        {
            if (token.Split('.') is not [var header, var body, var tail] || Base64Strict.DecodeUrl(header) is null || Base64Strict.DecodeUrl(body) is null || Base64Strict.DecodeUrl(tail) is not { } signature)
                throw new FormatException("not a receipt: three parts of base64url with dots between them are asked");
            foreach (var candidate in KeyRecovery.Candidates(Encoding.ASCII.GetBytes($"{header}.{body}"), signature))
            {
                if (Receipt.Check(token, [candidate], out payload, out _) != JwsVerdict.Valid) continue;
                key = candidate;
                return $"submission {payload!.Submission} received at {payload.At:yyyy-MM-ddTHH:mm:ss.fffZ}, leaf {payload.Index}, signed by {key.Fingerprint}";
            }
            throw new FormatException("changed, or not signed by the key that it names");
        });
        return payload is not null && key is not null ? (payload, key) : null;
    }

    static string AgainstHead(ReceiptPayload payload, VerifyingKey key, string head)
    {
        var (kept, signer) = Checkpoint.Read(head, [key]);
        if (kept.Origin != payload.Origin) throw new FormatException($"the receipt is of another register ({payload.Origin}) than the head ({kept.Origin})");
        if (signer is null) throw new FormatException("the head kept elsewhere is signed by another key");
        if (kept.Size == payload.Size && !kept.Root.AsSpan().SequenceEqual(payload.Root.ToBytes())) throw new FormatException("the register of that size had another root");
        return kept.Size == payload.Size
            ? $"the head of {kept.Size} leaves is the receipt's own"
            : $"the head of {kept.Size} leaves is signed by the same key; that it contains the receipt's {payload.Size} leaves needs a bundle (--bundle)";
    }

    static string InBundle(ReceiptPayload payload, VerifyingKey key, byte[] bundle, BundleReport report)
    {
        if (!report.Passed) throw new FormatException($"the bundle itself fails: {string.Join(", ", report.Claims.Where(c => !c.Passed).Select(c => c.Claim))}");
        var (files, _) = StoredZip.Read(bundle);
        if (!SigningKeys.ReadJwks(Encoding.UTF8.GetString(files[BundlePaths.Keys])).Contains(key)) throw new FormatException("signed by a key that the bundle does not know");
        var leaves = Encoding.UTF8.GetString(files["register/leaves.jsonl"]).Split('\n')[..^1];
        if (payload.Size > (ulong)leaves.Length) throw new FormatException($"the receipt is newer ({payload.Size} leaves) than the bundle ({leaves.Length})");
        var tree = new Frontier();
        foreach (var line in leaves.Take((int)payload.Size)) tree.Append(Merkle.LeafHash(Encoding.UTF8.GetBytes(line)));
        if (!tree.Root().AsSpan().SequenceEqual(payload.Root.ToBytes())) throw new FormatException("the bundle's register had another root");
        var told = JsonNode.Parse(leaves[(int)payload.Index])!;
        var submission = told["events"]!.AsArray().FirstOrDefault(e => e!["submissionId"]?.ToString() == payload.Submission.ToString());
        if (submission?["contentDigest"]?.ToString() != payload.Content.Hex) throw new FormatException($"leaf {payload.Index} tells another submission");
        return $"leaf {payload.Index} of the bundle's register tells this submission";
    }

    static bool Claim(List<ClaimVerdict> claims, string name, Func<string> check)
    {
        try
        {
            claims.Add(new(name, true, check()));
            return true;
        }
        catch (Exception e) when (e is FormatException or MalformedException)
        {
            claims.Add(new(name, false, e is MalformedException ? $"cannot be read: {e.Message}" : e.Message));
            return false;
        }
    }
}
