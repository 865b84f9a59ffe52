using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Minka.Core.Entities.Ballots;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Publication;

/// <summary>
/// Checks the receipt of a secret ballot from bytes alone: that a register's key signed it, that its code stands in the published list of
/// the count, and that this list is the one that the register closed with. It says that a ballot was in the box and never what it
/// said: neither receipt nor list holds that.
/// </summary>
public static class BallotReceiptVerifier
{
    const string NotAnchored = "key from the receipt, NOT anchored";

    /// <summary>Whether the document is such a receipt, by the type that it states.</summary>
    public static bool IsOne(ReadOnlySpan<byte> document)
    {
        var text = Encoding.UTF8.GetString(document).Trim();
        if (text.Split('.') is not [var header, _, _] || Base64Strict.DecodeUrl(header) is not { } bytes) return false;
        try
        {
            return JsonNode.Parse(bytes)?["typ"]?.ToString() == BallotReceipt.Type;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return false;
        }
    }

    /// <param name="fingerprint">Of the key that the verifier trusts, or null.</param>
    /// <param name="list">The file of the count, as its page gives it (CSV), or null.</param>
    /// <param name="bundle">A public bundle whose register holds the count, or null.</param>
    public static BundleReport Verify(string token, string? fingerprint = null, byte[]? list = null, byte[]? bundle = null)
    {
        var claims = new List<ClaimVerdict>();
        var anchors = new List<string>();
        if (Signed(token.Trim(), claims) is not var (receipt, key)) return new(null, claims, NotAnchored);
        if (fingerprint is not null && Claim(claims, "key", () => key.HasFingerprint(fingerprint) ? "signed by the key given" : throw new FormatException($"signed by another key: {key.Fingerprint}")))
            anchors.Add("key fingerprint given");
        var codes = list is null ? null : Codes(list);
        if (codes is not null) Claim(claims, "list", () => codes.Contains(receipt.Code, StringComparer.Ordinal) ? $"the code is one of the {codes.Count} of the list" : throw new FormatException($"the code is not among the {codes.Count} of the list"));
        if (bundle is not null && Claim(claims, "count", () => InBundle(receipt, key, codes, bundle))) anchors.Add("register of the bundle");
        if (codes is null) claims.Add(new("inclusion", true, "not asked: give the file of the count with --list, and a bundle with --bundle"));
        return new(null, claims, anchors.Count > 0 ? string.Join(", ", anchors) : NotAnchored);
    }

    static (BallotReceipt Receipt, VerifyingKey Key)? Signed(string token, List<ClaimVerdict> claims)
    {
        BallotReceipt? receipt = null;
        VerifyingKey? key = null;
        Claim(claims, "receipt", () =>
        {
            if (token.Split('.') is not [var header, var body, var tail] || Base64Strict.DecodeUrl(header) is null || Base64Strict.DecodeUrl(body) is null || Base64Strict.DecodeUrl(tail) is not { } signature)
                throw new FormatException("not a receipt: three parts of base64url with dots between them are asked");
            foreach (var candidate in KeyRecovery.Candidates(Encoding.ASCII.GetBytes($"{header}.{body}"), signature))
            {
                if (BallotReceipt.Check(token, [candidate]) is not { } found) continue;
                (receipt, key) = (found, candidate);
                return $"a ballot with code {found.Code} was in box {found.Box:D} of {found.Origin}, signed by {candidate.Fingerprint}; what it said is not in it";
            }
            throw new FormatException("changed, or not signed by the key that it names");
        });
        return receipt is not null && key is not null ? (receipt, key) : null;
    }

    // The list tells codes and, apart, ballots: a code is 32 hexadecimal signs that fill a cell.
    static List<string> Codes(byte[] list) =>
        [.. Encoding.UTF8.GetString(list).Split('\n').SelectMany(l => l.Split(';', ',', '\t')).Select(c => c.Trim().Trim('"')).Where(c => c.Length == 32 && c.All(char.IsAsciiHexDigitLower)).Order(StringComparer.Ordinal)];

    static string InBundle(BallotReceipt receipt, VerifyingKey key, List<string>? codes, byte[] bundle)
    {
        var report = BundleVerifier.Verify(bundle);
        if (!report.Passed) throw new FormatException($"the bundle itself fails: {string.Join(", ", report.Claims.Where(c => !c.Passed).Select(c => c.Claim))}");
        var (files, _) = StoredZip.Read(bundle);
        if (!SigningKeys.ReadJwks(Encoding.UTF8.GetString(files[BundlePaths.Keys])).Contains(key)) throw new FormatException("signed by a key that the bundle does not know");
        var box = receipt.Box.ToString("D");
        foreach (var (line, index) in Encoding.UTF8.GetString(files["register/leaves.jsonl"]).Split('\n')[..^1].Select((l, i) => (l, i)))
        {
            // Most leaves are not read as JSON: the box's number is in few.
            if (!line.Contains(box, StringComparison.OrdinalIgnoreCase)) continue;
            var counted = JsonNode.Parse(line)!["events"]!.AsArray().FirstOrDefault(e => e!["codesDigest"] is not null && string.Equals(e["boxId"]?.ToString(), box, StringComparison.OrdinalIgnoreCase));
            if (counted is null) continue;
            if (codes is null) return $"leaf {index} of the bundle's register tells the count of this box";
            return counted["codesDigest"]!.ToString() == CanonicalJson.DigestOf(codes).Hex
                ? $"leaf {index} of the bundle's register closed with this very list: the ballot was counted"
                : throw new FormatException($"leaf {index} of the bundle's register closed with another list of codes");
        }
        throw new FormatException("the bundle's register does not tell the count of this box: it is older, or of another register");
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
