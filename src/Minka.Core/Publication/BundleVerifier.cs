using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Publication;

/// <summary>What the verifier found of one claim.</summary>
public sealed record ClaimVerdict(string Claim, bool Passed, string Detail);

/// <summary>The verdicts on a bundle, and on what its trust rests.</summary>
public sealed record BundleReport(Digest? Digest, IReadOnlyList<ClaimVerdict> Claims, string Trust)
{
    public bool Passed => Claims.Count > 0 && Claims.All(c => c.Passed);
}

/// <summary>
/// Recomputes a public bundle from its bytes alone: no database, no network. Each claim is checked apart, so that one that
/// fails names itself and the others still speak.
/// </summary>
public sealed partial class BundleVerifier
{
    readonly List<ClaimVerdict> claims = [];
    IReadOnlyDictionary<string, byte[]> files = new Dictionary<string, byte[]>(StringComparer.Ordinal);
    List<JsonObject> leaves = [];
    List<byte[]> hashes = [];
    ILookup<string, (JsonObject Leaf, JsonObject Event)>? byType;
    IReadOnlyList<VerifyingKey> keys = [];
    CallRules? rules;
    string call = "";

    // Leaves of the last return of the call to its publication, to its screening or before, and to any stage: what was told
    // before them no longer counts.
    long reopened = -1;
    long rescreened = -1;
    long reseated = -1;
    IReadOnlyList<BundleApplication> applications = [];

    BundleVerifier()
    {
    }

    /// <param name="fingerprint">Of the key that the verifier trusts, or null.</param>
    /// <param name="head">A signed checkpoint that was kept elsewhere, or null.</param>
    public static BundleReport Verify(byte[] zip, string? fingerprint = null, string? head = null)
    {
        var verifier = new BundleVerifier();
        var digest = verifier.Run(zip, fingerprint, head);
        return new(digest, verifier.claims, verifier.Trust(fingerprint, head));
    }

    // An anchor counts only where the bundle agrees with it.
    string Trust(string? fingerprint, string? head)
    {
        var held = new List<string>();
        if (head is not null && claims.Any(c => c is { Claim: "head", Passed: true })) held.Add("head kept elsewhere");
        if (fingerprint is not null && claims.Any(c => c is { Claim: "key", Passed: true })) held.Add("key fingerprint given");
        return held.Count > 0 ? string.Join(", ", held) : fingerprint is null && head is null ? NotAnchored : $"{NotAnchored}: it disagrees with what was given";
    }

    const string NotAnchored = "key from the bundle, NOT anchored";

    Digest? Run(byte[] zip, string? fingerprint, string? head)
    {
        Claim("container", () =>
        {
            (files, var differs) = StoredZip.Read(zip);
            Must(differs is null, $"not as published, byte for byte: {differs} differs");
            return $"{files.Count} files";
        });
        if (files.Count == 0) return null;
        Digest? digest = null;
        Claim("files", () =>
        {
            var manifest = Read<BundleManifest>("manifest.json");
            Must(manifest.Format == BundleManifest.Format1, "another format");
            Must(files["manifest.json"].AsSpan().SequenceEqual(CanonicalJson.Bytes(manifest)), "manifest.json is not in canonical form");
            var listed = manifest.Files.ToDictionary(f => f.Path, StringComparer.Ordinal);
            foreach (var (path, bytes) in files)
            {
                if (path == "manifest.json" || path.StartsWith("signatures/", StringComparison.Ordinal)) continue;
                Must(listed.TryGetValue(path, out var file), $"{path} is not in the manifest");
                Must(Digest.Of(bytes) == file!.Sha256 && bytes.LongLength == file.Bytes, $"{path} has another digest");
            }
            foreach (var path in listed.Keys) Must(files.ContainsKey(path), $"{path} is missing");
            digest = Digest.Of(files["manifest.json"]);
            return $"{listed.Count} files as listed";
        });
        Claim("keys", () =>
        {
            keys = SigningKeys.ReadJwks(Text("keys.json"));
            Must(SigningKeys.Jwks(keys) == Text("keys.json"), "keys.json is not in its one form");
            return $"{keys.Count} keys";
        });
        Claim("register", () =>
        {
            var tree = new Frontier();
            foreach (var line in SplitLines(files["register/leaves.jsonl"]))
            {
                var hash = Merkle.LeafHash(line);
                tree.Append(hash);
                hashes.Add(hash);
                var leaf = JsonNode.Parse(line)!.AsObject();
                Must(leaf["index"]!.GetValue<long>() == leaves.Count, $"leaf {leaves.Count} bears another index");
                leaves.Add(leaf);
            }
            var stated = JsonNode.Parse(files["register/head.json"])!;
            Must(stated["size"]!.GetValue<long>() == leaves.Count && stated["root"]!.GetValue<string>() == Convert.ToHexStringLower(tree.Root()), "the leaves do not give the root");
            return $"{leaves.Count} leaves give the root {stated["root"]!.GetValue<string>()[..16]}…";
        });
        Claim("checkpoint", () =>
        {
            var (checkpoint, signer) = Checkpoint.Read(Text("signatures/checkpoint.txt"), keys);
            Must(signer is not null, "no key of the bundle signed it");
            var stated = JsonNode.Parse(files["register/head.json"])!;
            Must(checkpoint.Origin == stated["origin"]!.GetValue<string>() && checkpoint.Size == (ulong)leaves.Count
                && Convert.ToHexStringLower(checkpoint.Root) == stated["root"]!.GetValue<string>(), "it signs another head");
            var manifest = Read<BundleManifest>("manifest.json");
            Must(manifest.Origin == checkpoint.Origin && manifest.RegisterSize == leaves.Count, "the manifest names another register");
            var told = EventsOf("registerOpened").Select(e => (Key: Field(e.Event, "key"), From: 0L))
                .Concat(EventsOf("registerKeyRotated").Select(e => (Key: Field(e.Event, "key"), From: e.Event["from"]!.GetValue<long>()))).ToList();
            Must(keys.Select(k => ((string?)k.Id, checked((long)k.From))).SequenceEqual(told), "its keys are not those that the register tells");
            Must(keys[^1].To is null && keys.Zip(keys.Skip(1)).All(k => k.First.To == k.Second.From), "its keys do not follow one another");
            return $"signed by {signer!.Fingerprint}";
        });
        if (fingerprint is not null)
        {
            Claim("key", () =>
            {
                var (_, signer) = Checkpoint.Read(Text("signatures/checkpoint.txt"), keys);
                Must(signer is not null && signer.HasFingerprint(fingerprint), "the checkpoint is signed by another key");
                return "the checkpoint is signed by the key given";
            });
        }
        if (head is not null)
        {
            Claim("head", () =>
            {
                var (kept, signer) = Checkpoint.Read(head, keys);
                Must(signer is not null, "the head kept elsewhere is signed by a key that this bundle does not know");
                Must(kept.Size <= (ulong)leaves.Count, $"the head is newer ({kept.Size} leaves) than the bundle ({leaves.Count})");
                var prefix = new Frontier();
                foreach (var hash in hashes.Take((int)kept.Size)) prefix.Append(hash);
                Must(prefix.Root().AsSpan().SequenceEqual(kept.Root), "the bundle's register is not the one whose head was kept");
                return $"contains the head of {kept.Size} leaves";
            });
        }
        Claim("publication", CheckPublication);
        Claim("rules", CheckRules);
        Claim("applications", CheckApplications);
        Claim("receipts", CheckReceipts);
        Claim("resolutions", CheckResolutions);
        Claim("screening", CheckScreening);
        Claim("scores", CheckScores);
        Claim("draws", CheckDraws);
        Claim("award-input", CheckAwardInput);
        Claim("award", CheckAward);
        if (files.ContainsKey("award/comparison.json")) Claim("comparison", CheckComparison);
        Claim("approval", CheckApproval);
        Claim("reserve", CheckReserve);
        Claim("agreements", CheckAgreements);
        Claim("privacy", CheckPrivacy);
        return digest;
    }

    string CheckPublication()
    {
        var manifest = Read<BundleManifest>("manifest.json");
        var content = BundlePublished.DigestOf(manifest.Call, manifest.Demo, manifest.Files).Hex;
        Must(EventsOf("bundlePublished").LastOrDefault().Event is { } published && Field(published, "content") == content, "the register states another content of this bundle");
        return "the register states the digest of all that is told here";
    }

    string CheckRules()
    {
        var freezes = Read<List<BundleFreeze>>("rules/freezes.json");
        foreach (var freeze in freezes)
        {
            Must(Digest.Of(files[freeze.Path]) == freeze.Digest, $"freeze {freeze.Number} has another digest");
            var type = freeze.Number == 1 ? "callPublished" : "rulesIntegrated";
            Must(EventsOf(type).Any(e => Field(e.Event, "rules") == freeze.Digest.Hex), $"freeze {freeze.Number} is not in the register");
        }
        var last = freezes.OrderBy(f => f.Round).ThenBy(f => f.Number).Last();
        Must(last.Number == 2, "there are no integrated rules");
        rules = CallRules.Of(Text(last.Path));
        call = rules.CallId.Value.ToString();
        var back = EventsOf("callRolledBack").Where(e => Field(e.Event, "callId") == call).ToList();
        reopened = Last(back.Where(e => Field(e.Event, "to") == "published"));
        rescreened = Last(back.Where(e => Field(e.Event, "to") != "evaluating"));
        reseated = Last(back);
        Must(Read<BundleManifest>("manifest.json").Call == rules.Slug, "the manifest names another call");
        var calendar = Read<CallCalendar>("rules/calendar.json");
        Must(EventsOf("callPublished", "rulesIntegrated", "calendarExtended").Any(e => e.Event.Any(p => p.Value is JsonValue v && v.ToString() == calendar.Digest.Hex)), "the calendar is not in the register");
        return $"freeze 2 {last.Digest.Short}… and its calendar are in the register";

        static long Last(IEnumerable<(JsonObject Leaf, JsonObject Event)> found) => found.Select(e => Index(e.Leaf)).DefaultIfEmpty(-1).Max();
    }

    string CheckPrivacy()
    {
        foreach (var (path, bytes) in files)
        {
            if (path == "register/leaves.jsonl" || path.StartsWith("signatures/", StringComparison.Ordinal)) continue;
            var text = Encoding.UTF8.GetString(bytes);
            Must(!EMail().IsMatch(text), $"{path} holds an e-mail address");
            Must(!Dni().IsMatch(text), $"{path} holds what looks like a DNI");
        }
        return "no e-mail address and no DNI found";
    }

    void Claim(string name, Func<string> check)
    {
        try
        {
            claims.Add(new(name, true, check()));
        }
        catch (Broken broken)
        {
            claims.Add(new(name, false, broken.Message));
        }
        // Whatever a hostile file makes of a check: the claim fails, the verifier speaks on.
        catch (Exception e) when (e is not (OutOfMemoryException or StackOverflowException))
        {
            claims.Add(new(name, false, $"cannot be read: {e.Message}"));
        }
    }

    static void Must(bool holds, string otherwise)
    {
        if (!holds) throw new Broken(otherwise);
    }

    T Read<T>(string path) => JsonSerializer.Deserialize<T>(files[path], CanonicalJson.Options) ?? throw new JsonException(path);

    string Text(string path) => new UTF8Encoding(false, true).GetString(files[path]);

    /// <summary>In the order of the register.</summary>
    IEnumerable<(JsonObject Leaf, JsonObject Event)> EventsOf(params string[] types)
    {
        byType ??= leaves.SelectMany(l => Events(l).Select(e => (Leaf: l, Event: e))).ToLookup(e => Type(e.Event), StringComparer.Ordinal);
        return types.Length == 1 ? byType[types[0]] : types.SelectMany(t => byType[t]).OrderBy(e => Index(e.Leaf));
    }

    static IEnumerable<JsonObject> Events(JsonObject leaf) => leaf["events"]!.AsArray().Select(e => e!.AsObject());

    static string Type(JsonObject happened) => happened["type"]!.GetValue<string>();

    static string? Field(JsonObject happened, string name) => happened[name]?.ToString();

    static long Index(JsonObject leaf) => leaf["index"]!.GetValue<long>();

    static DateTime At(JsonObject leaf) => DateTime.Parse(leaf["at"]!.GetValue<string>(), CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal);

    static IEnumerable<byte[]> SplitLines(byte[] bytes)
    {
        var start = 0;
        for (var i = 0; i < bytes.Length; i++)
        {
            if (bytes[i] != '\n') continue;
            yield return bytes[start..i];
            start = i + 1;
        }
        if (start != bytes.Length) throw new FormatException("the last leaf is cut");
    }

    [GeneratedRegex(@"[\w.+-]+@[\w-]+\.[\w.]+")]
    private static partial Regex EMail();

    [GeneratedRegex("""(?i)\bDNI\b[^0-9]{0,8}\d{8}\b""")]
    private static partial Regex Dni();

    sealed class Broken(string message) : Exception(message);
}
