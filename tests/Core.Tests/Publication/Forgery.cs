using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Minka.Core.Applications;
using Minka.Core.Awards;
using Minka.Core.Evaluation;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Publication;
using Minka.Core.Register;
using Minka.Selection.Award;

namespace Minka.Core.Tests.Publication;

/// <summary>What somebody without the register's key can do with a bundle: change it, and make everything agree again.</summary>
sealed class Forgery(byte[] zip)
{
    readonly Dictionary<string, byte[]> files = new(StoredZip.Read(zip).Files, StringComparer.Ordinal);

    public IReadOnlyDictionary<string, byte[]> Files => files;

    public byte[] this[string path]
    {
        get => files[path];
        set => files[path] = value;
    }

    public byte[] Zip() => StoredZip.Write(files);

    public Forgery Remove(string path)
    {
        files.Remove(path);
        return this;
    }

    /// <summary>Lists the files anew, as they are.</summary>
    public Forgery List()
    {
        var manifest = Read<BundleManifest>("manifest.json");
        Put("manifest.json", manifest with
        {
            Files = [.. files.Where(f => f.Key != "manifest.json" && !f.Key.StartsWith("signatures/", StringComparison.Ordinal)).OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => new BundleFile(f.Key, Digest.Of(f.Value), f.Value.Length))],
        });
        return this;
    }

    /// <summary>Takes a point from a reader's sheet and recomputes input, result, register, receipts, head and signatures under another key.</summary>
    /// <param name="keepOldKey">Tells the true key as the first one and the forger's as its successor.</param>
    public Forgery ScoresUnder(SigningKeys mine, bool keepOldKey = false)
    {
        var rules = CallRules.Of(Encoding.UTF8.GetString(files["rules/round-1-freeze-2.json"]));
        var input = Read<AwardInput>("award/input.json");
        var sheets = Read<List<BundleSheet>>("scores.json");
        var code = input.Candidates.Where(c => c.Eligible).OrderByDescending(c => c.Points).First().Id;
        var at = sheets.FindIndex(s => s.Application == code);
        var criterion = rules.Pack.Criteria.Items.Select(c => c.Id).First(c => !input.Rules.TieKeys.Contains($"criterion:{c}"));
        sheets[at] = sheets[at] with { Scores = [.. sheets[at].Scores.Select(s => s.Criterion == criterion ? s with { Points = s.Points - 1 } : s)] };
        Put("scores.json", sheets);
        var points = FinalScores.Compute([.. sheets.Where(s => s.Application == code).OrderBy(s => s.Seat).Select(s => new ScoreSheet(s.Seat, s.Scores.ToDictionary(x => x.Criterion, x => x.Points)))], rules.Pack.Evaluation).TotalHundredths;
        Put("award/input.json", input with { Candidates = [.. input.Candidates.Select(c => c.Id == code ? c with { Points = points } : c)] });
        Put("award/result.json", AwardRanking.Run(Read<AwardInput>("award/input.json")));
        Put("award/run.json", Read<BundleRun>("award/run.json") with { Input = Digest.Of(files["award/input.json"]), Result = Digest.Of(files["award/result.json"]) });

        Compare(rules.Slug);
        var comparison = Digest.Of(files["award/comparison.json"]);
        var changed = sheets[at];
        var run = Read<BundleRun>("award/run.json");
        var sheetDigest = Scoring.DigestOf(changed.Salt, changed.Scores.Select(s => (s.Criterion, s.Points, s.Reason)));
        var key = mine.Current;
        Leaves((_, happened) =>
        {
            switch (happened["type"]!.GetValue<string>())
            {
                case "registerOpened" when !keepOldKey:
                    (happened["origin"], happened["key"], happened["fingerprint"], happened["spki"]) = (mine.Origin, key.Id, key.Fingerprint, Convert.ToBase64String(key.Spki.Span));
                    break;
                case "scoresLocked" when happened["assignment"]!.GetValue<string>() == changed.Assignment.ToString():
                    happened["scores"] = sheetDigest.Hex;
                    break;
                case "awardCompared":
                    happened["content"] = comparison.Hex;
                    break;
                case "awardProposed" or "awardApproved":
                    happened["result"] = run.Result.Hex;
                    if (happened["input"] is not null) happened["input"] = run.Input.Hex;
                    break;
            }
        });
        var old = SigningKeys.ReadJwks(Encoding.UTF8.GetString(files["keys.json"]));
        if (keepOldKey)
        {
            // Told in the second leaf, as if the key had been rotated at once.
            Leaves((_, _) => { }, (leaf, events) =>
            {
                if (leaf == 1) events.Add(new JsonObject { ["type"] = "registerKeyRotated", ["former"] = old[0].Id, ["key"] = key.Id, ["fingerprint"] = key.Fingerprint, ["spki"] = Convert.ToBase64String(key.Spki.Span), ["from"] = 2 });
            });
        }
        files["keys.json"] = Encoding.UTF8.GetBytes(SigningKeys.Jwks(keepOldKey ? [old[0].Within(0, 2), key.Within(2, null)] : [key.Within(0, null)]));
        List();
        var manifest = Read<BundleManifest>("manifest.json");
        var content = BundlePublished.DigestOf(manifest.Call, manifest.Demo, manifest.Files);
        Leaves((_, happened) => { if (happened["type"]!.GetValue<string>() == "bundlePublished") happened["content"] = content.Hex; });

        var hashes = Lines().Select(l => Merkle.LeafHash(l)).ToList();
        var origin = keepOldKey ? manifest.Origin : mine.Origin;
        foreach (var path in files.Keys.Where(f => f.StartsWith("signatures/receipts/", StringComparison.Ordinal)).ToList())
        {
            Receipt.Check(Encoding.ASCII.GetString(files[path]), old, out var payload, out _);
            files[path] = Encoding.ASCII.GetBytes(Receipt.Issue(payload! with { Origin = origin, Root = new Digest(Convert.ToHexStringLower(RootOf(hashes, (int)payload.Size))) }, mine));
        }
        var root = RootOf(hashes, hashes.Count);
        files["register/head.json"] = CanonicalJson.Bytes(new JsonObject { ["origin"] = origin, ["size"] = hashes.Count, ["root"] = Convert.ToHexStringLower(root) });
        files["signatures/checkpoint.txt"] = Encoding.UTF8.GetBytes(Checkpoint.At(origin, (ulong)hashes.Count, root, new DateTime(2027, 6, 1, 0, 0, 0, DateTimeKind.Utc)).Sign(mine).ToString());
        Put("manifest.json", manifest with { Origin = origin });
        return List();
    }

    /// <summary>Tells another comparison, also in the leaves.</summary>
    public Forgery StateComparison(AwardComparison told)
    {
        Put("award/comparison.json", told);
        var digest = Digest.Of(files["award/comparison.json"]);
        Leaves((_, happened) => { if (happened["type"]!.GetValue<string>() == "awardCompared") happened["content"] = digest.Hex; });
        return List();
    }

    // Optimum, certificate and probabilities of the award as it is now.
    void Compare(string slug)
    {
        var (input, result) = (Read<AwardInput>("award/input.json"), Read<AwardResult>("award/result.json"));
        var codes = input.Candidates.Select(c => c.Id).ToList();
        var model = OptimumModel.Of(slug, input, result, codes.ToDictionary(c => c, c => Read<PublicPart>($"applications/{c}.json").Title))!;
        var optimum = AwardOptimum.Of(model, result, codes.ToDictionary(c => c, c => Reach.Of(Read<ProgrammeContent>($"programmes/{c}.json"))), out var certificate);
        var sheets = Read<List<BundleSheet>>("scores.json").ConvertAll(s => new LockedSheet(s.Application, s.Evaluator, s.Seat, s.Scores.Sum(x => x.Points)));
        Put("award/comparison.json", new AwardComparison(optimum, FundingOdds.Of(input, Read<BundleRun>("award/run.json").Input, sheets), OptimumReasons.Of(model, optimum!)));
        files["award/optimum-certificate.json"] = certificate!;
    }

    void Leaves(Action<long, JsonObject> each, Action<long, JsonArray>? whole = null)
    {
        using var written = new MemoryStream();
        foreach (var line in Lines())
        {
            var leaf = JsonNode.Parse(line)!.AsObject();
            var index = leaf["index"]!.GetValue<long>();
            foreach (var happened in leaf["events"]!.AsArray()) each(index, happened!.AsObject());
            whole?.Invoke(index, leaf["events"]!.AsArray());
            written.Write(CanonicalJson.Bytes(leaf));
            written.WriteByte((byte)'\n');
        }
        files["register/leaves.jsonl"] = written.ToArray();
    }

    IEnumerable<byte[]> Lines() => Encoding.UTF8.GetString(files["register/leaves.jsonl"]).Split('\n')[..^1].Select(Encoding.UTF8.GetBytes);

    static byte[] RootOf(List<byte[]> hashes, int size)
    {
        var tree = new Frontier();
        foreach (var hash in hashes.Take(size)) tree.Append(hash);
        return tree.Root();
    }

    public T Read<T>(string path) => JsonSerializer.Deserialize<T>(files[path], CanonicalJson.Options)!;

    public void Put<T>(string path, T value) => files[path] = CanonicalJson.Bytes(value);
}
