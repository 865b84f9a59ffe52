using System.Diagnostics;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Minka.Core.Agreements;
using Minka.Core.Applications;
using Minka.Core.Awards;
using Minka.Core.Entities;
using Minka.Core.Evaluation;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Register;
using Minka.Selection.Award;
using Minka.Selection.Draw;
using Minka.Selection.Optimal;

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

    string CheckApplications()
    {
        applications = Read<List<BundleApplication>>("applications.json");
        var calendar = Read<CallCalendar>("rules/calendar.json");
        foreach (var a in applications)
        {
            var bytes = files[$"applications/{a.Code}.json"];
            Must(Digest.Of(bytes) == a.Public, $"{a.Code}: the public part has another digest");
            Must(ApplicationContent.DigestOf(a.Public, a.Withheld) == a.Content, $"{a.Code}: the parts do not make the content");
            var content = JsonSerializer.Deserialize<PublicPart>(bytes, CanonicalJson.Options)!;
            Must(content.Rules == rules!.Digest, $"{a.Code}: bound to other rules");
            Must(content.Requested == a.Requested && content.TotalCost == a.TotalCost, $"{a.Code}: another amount");
            Must(Digest.Of(files[$"programmes/{a.Code}.json"]) == content.Programme, $"{a.Code}: another programme");
            var programme = JsonSerializer.Deserialize<ProgrammeContent>(files[$"programmes/{a.Code}.json"], CanonicalJson.Options)!;
            var cost = programme.Projects.SelectMany(p => p.Lines).SumMoney(l => l.Amount);
            Must(cost == content.TotalCost, $"{a.Code}: the lines add up to {cost}");
            var sent = EventsOf("applicationSubmitted").FirstOrDefault(e => Field(e.Event, "submissionId") == a.SubmissionId.Value.ToString() && Field(e.Event, "contentDigest") == a.Content.Hex);
            Must(sent.Event is not null, $"{a.Code}: its submission is not in the register");
            Must(calendar.Dates.Close.IsOpenAt(At(sent.Leaf)), $"{a.Code}: received after the close");
            Must(a.ReceivedAt == At(sent.Leaf), $"{a.Code}: received at another time");
        }
        var opening = EventsOf("callOpenedEnvelopes").LastOrDefault(e => Field(e.Event, "callId") == call && Index(e.Leaf) > reopened);
        Must(opening.Event is not null, "the opening is not in the register");
        var asked = EventsOf("openingAsked").Count(e => Field(e.Event, "callId") == call && Field(e.Event, "round") == rules!.Round.ToString(CultureInfo.InvariantCulture) && Index(e.Leaf) < Index(opening.Leaf));
        Must(asked + 1 >= Fund.Calls.Openings.Officials(rules!), "opened without the officials that the rules ask");
        var told = opening.Event!["envelopes"]!.AsArray().Select(v => (Field(v!.AsObject(), "code"), Field(v!.AsObject(), "submissionId"), Field(v!.AsObject(), "contentDigest"))).Order();
        Must(told.SequenceEqual(applications.Select(a => ((string?)a.Code, (string?)a.SubmissionId.Value.ToString(), (string?)a.Content.Hex)).Order()), "the opened envelopes were others");
        Must(Waiting(Index(opening.Leaf)).SetEquals(applications.Select(a => a.SubmissionId.Value.ToString())), "an application that was received was left out, or one withdrawn was opened");
        return $"{applications.Count} applications as received before the close";
    }

    /// <summary>By the register alone: the last submission of each application that was there at the opening.</summary>
    HashSet<string> Waiting(long before)
    {
        var last = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var (leaf, happened) in EventsOf("applicationSubmitted", "applicationWithdrawn").Where(e => Field(e.Event, "callId") == call && Index(e.Leaf) > reopened && Index(e.Leaf) < before))
        {
            var application = Field(happened, "applicationId")!;
            if (Type(happened) == "applicationSubmitted") last[application] = Field(happened, "submissionId")!;
            else last.Remove(application);
        }
        return [.. last.Values];
    }

    /// <summary>What an application had come to before a leaf, by the register alone.</summary>
    Standing StandingOf(BundleApplication application, long before)
    {
        var id = application.ApplicationId.Value.ToString();
        var standing = Standing.Open;
        foreach (var (leaf, happened) in EventsOf("applicationAdmitted", "applicationRejected", "applicationWithdrawn", "applicationDisqualified"))
        {
            if (Index(leaf) >= before || (Field(happened, "application") ?? Field(happened, "applicationId")) != id) continue;
            standing = Type(happened) switch
            {
                "applicationWithdrawn" when Index(leaf) > reopened => Standing.Left,
                "applicationDisqualified" when Index(leaf) > reopened => Standing.Disqualified,
                "applicationAdmitted" when Index(leaf) > rescreened => Standing.Admitted,
                "applicationRejected" when Index(leaf) > rescreened => Standing.Rejected,
                _ => standing,
            };
        }
        return standing;
    }

    string CheckScreening()
    {
        var findings = Read<List<BundleFinding>>("screening.json").ToLookup(f => f.Application, StringComparer.Ordinal);
        foreach (var a in applications)
        {
            var standing = StandingOf(a, long.MaxValue);
            var asTold = a.State switch
            {
                ApplicationState.Admitted or ApplicationState.Scored => standing == Standing.Admitted,
                ApplicationState.Inadmissible => standing == Standing.Rejected,
                ApplicationState.Withdrawn => standing == Standing.Left,
                ApplicationState.Disqualified => standing == Standing.Disqualified,
                _ => false,
            };
            Must(asTold, $"{a.Code}: the register tells another outcome of its review");
            if (standing is not (Standing.Admitted or Standing.Rejected)) continue;
            var round = findings[a.Code].Select(f => f.Round).DefaultIfEmpty(-1).Max();
            var failing = findings[a.Code].Where(f => f.Round == round && !f.Met).Select(f => f.Requirement).Order(StringComparer.Ordinal).ToList();
            Must(failing.Count == 0 == (standing == Standing.Admitted), $"{a.Code}: its findings say otherwise");
            if (standing == Standing.Admitted) continue;
            var rejected = EventsOf("applicationRejected").Last(e => Field(e.Event, "application") == a.ApplicationId.Value.ToString());
            Must(rejected.Event["requirements"]!.AsArray().Select(r => r!.GetValue<string>()).Order(StringComparer.Ordinal).SequenceEqual(failing), $"{a.Code}: rejected for other requirements");
        }
        Must(findings.All(f => applications.Any(a => a.Code == f.Key)), "findings of an application that is not here");
        return $"{applications.Count} outcomes of the review as the register tells them";
    }

    enum Standing
    {
        Open,
        Admitted,
        Rejected,
        Left,
        Disqualified,
    }

    string CheckReceipts()
    {
        foreach (var a in applications)
        {
            Must(files.TryGetValue($"signatures/receipts/{a.Code}.jws", out var token), $"{a.Code}: no receipt");
            var verdict = Receipt.Check(Encoding.ASCII.GetString(token!), keys, out var payload, out _);
            Must(verdict == JwsVerdict.Valid && payload is not null, $"{a.Code}: the signature of the receipt does not hold");
            Must(payload!.Content == a.Content && payload.Submission == a.SubmissionId.Value, $"{a.Code}: the receipt names another content");
            Must(payload.Size <= (ulong)leaves.Count, $"{a.Code}: the receipt's head is newer than the bundle");
            var leaf = leaves[(int)payload.Index];
            Must(Events(leaf).Any(e => Type(e) == "applicationSubmitted" && Field(e, "submissionId") == a.SubmissionId.Value.ToString()), $"{a.Code}: the receipt names another leaf");
            var tree = new Frontier();
            foreach (var hash in hashes.Take((int)payload.Size)) tree.Append(hash);
            Must(Convert.ToHexStringLower(tree.Root()) == payload.Root.Hex, $"{a.Code}: the receipt's head is not of this register");
            Must(payload.At == At(leaf), $"{a.Code}: the receipt tells another time");
        }
        var expected = applications.Select(a => $"signatures/receipts/{a.Code}.jws").Append("signatures/checkpoint.txt").ToHashSet(StringComparer.Ordinal);
        Must(files.Keys.Where(f => f.StartsWith("signatures/", StringComparison.Ordinal)).All(expected.Contains), "a signature of nothing");
        return $"{applications.Count} receipts hold";
    }

    string CheckResolutions()
    {
        var resolutions = Read<List<BundleResolution>>("resolutions.json").ToDictionary(r => r.Application, StringComparer.Ordinal);
        foreach (var a in applications)
        {
            Must(resolutions.TryGetValue(a.Code, out var r), $"{a.Code}: no resolution");
            var content = JsonSerializer.Deserialize<PublicPart>(files[$"applications/{a.Code}.json"], CanonicalJson.Options)!;
            Must(r!.SubjectDigest == content.Programme && r.EntityId == content.EntityId, $"{a.Code}: the resolution adopted something else");
            var q = r.Outcome.Quorum;
            Must(q.Required == Quorum.Required(q.Kind, q.Roll) && q.IsMet && q.Present <= q.Roll, $"{a.Code}: no quorum");
            var t = r.Outcome.Tally;
            Must(t.Holds && t.IsMet, $"{a.Code}: the tally does not carry");
            Must(r.Outcome.IsAdopted && r.Outcome.Reasons.AllMet(), $"{a.Code}: a reason fails");
            var closed = EventsOf("votingClosed").FirstOrDefault(e => Field(e.Event, "motionId") == r.MotionId.Value.ToString());
            Must(closed.Event is not null && Field(closed.Event, "yes") == t.Yes.ToString(CultureInfo.InvariantCulture)
                && Field(closed.Event, "present") == q.Present.ToString(CultureInfo.InvariantCulture), $"{a.Code}: the vote in the register is another");
            Must(EventsOf("resolutionAdopted").Any(e => Field(e.Event, "resolutionId") == r.Id.Value.ToString() && Field(e.Event, "subjectDigest") == content.Programme.Hex), $"{a.Code}: the resolution is not in the register");
            Must(r.AdoptedAt <= a.ReceivedAt, $"{a.Code}: adopted after it was sent");
        }
        return $"{applications.Count} programmes adopted with quorum and majority";
    }

    string CheckScores()
    {
        var sheets = Read<List<BundleSheet>>("scores.json");
        foreach (var sheet in sheets)
        {
            var digest = Scoring.DigestOf(sheet.Salt, sheet.Scores.Select(s => (s.Criterion, s.Points, s.Reason)));
            Must(EventsOf("scoresLocked").Any(e => Field(e.Event, "assignment") == sheet.Assignment.ToString() && Field(e.Event, "scores") == digest.Hex && At(e.Leaf) == sheet.LockedAt
                && applications.Any(a => a.Code == sheet.Application && Field(e.Event, "application") == a.ApplicationId.Value.ToString())), $"{sheet.Application}: the scores of reader {sheet.Evaluator} are not those locked");
            foreach (var score in sheet.Scores)
            {
                var most = rules!.Pack.Criterion(score.Criterion).MaxPoints.Value;
                Must(score.Points >= 0 && score.Points <= most, $"{sheet.Application}: points outside the scale");
            }
        }
        Must(sheets.Select(s => s.Assignment).Distinct().Count() == sheets.Count, "a sheet stands here twice");
        var locked = EventsOf("scoresLocked").Where(e => Index(e.Leaf) > reseated && applications.Any(a => Field(e.Event, "application") == a.ApplicationId.Value.ToString()));
        Must(locked.Select(e => Field(e.Event, "assignment")).ToHashSet(StringComparer.Ordinal).SetEquals(sheets.Select(s => s.Assignment.ToString())), "a locked sheet is missing, or one is here that no longer counts");
        return $"{sheets.Count} sheets as locked";
    }

    string CheckDraws()
    {
        var draws = Read<List<BundleDraw>>("draws.json");
        foreach (var draw in draws)
        {
            var commitment = PublicDraw.Commit(draw.Salt, [.. draw.Candidates]);
            var text = $"{commitment.SaltHash}:{commitment.CandidatesHash}";
            var told = EventsOf("tieDrawCommitted").FirstOrDefault(e => Field(e.Event, "commitment") == text);
            Must(told.Event is not null && draw.Commitment == text, $"draw {draw.Number}: another commitment");
            if (draw.Beacon is null) continue;
            var drawn = EventsOf("tieDrawn").FirstOrDefault(e => Field(e.Event, "beacon") == draw.Beacon);
            Must(drawn.Event is not null && Index(drawn.Leaf) > Index(told.Leaf), $"draw {draw.Number}: not drawn after its commitment");
        }
        return draws.Count == 0 ? "no draw was needed" : $"{draws.Count} draws, each after its commitment";
    }

    string CheckAwardInput()
    {
        var input = Read<AwardInput>("award/input.json");
        var run = Read<BundleRun>("award/run.json");
        Must(run.Rules == rules!.Digest && Digest.Of(files["award/input.json"]) == run.Input, "another digest");
        var sheets = Read<List<BundleSheet>>("scores.json").ToLookup(s => s.Application);
        var drawn = Read<List<BundleDraw>>("draws.json").Where(d => d.Beacon is not null)
            .SelectMany(d => PublicDraw.Order(d.Salt, d.Beacon!, [.. d.Candidates])).ToDictionary(t => t.Id, t => t.Position, StringComparer.Ordinal);
        Must(input.Budget == rules.Budget.Minor, "another budget");
        Must(input.Groups.SequenceEqual(rules.Leagues.Select(l => new AwardGroup(l.Code, l.Envelope.Minor))), "other leagues or envelopes");
        Must(rules.Leagues.SumMoney(l => l.Envelope) <= rules.Budget, "the envelopes exceed the budget");
        var shape = AwardInputs.RulesOf(rules);
        Must(CanonicalJson.Bytes(input.Rules).AsSpan().SequenceEqual(CanonicalJson.Bytes(shape)), "other rules of award than the frozen ones");
        Must((rules.Pack.Award.BonusCriteria is not null || input.Rules.Threshold == rules.Pack.Evaluation.Threshold.Value * 100L) && input.Rules.MaximumPoints == rules.Pack.Criteria.DeclaredTotal.Value * 100L, "another threshold");
        var keyNames = rules.Pack.Award.TieBreaks.Value.Where(k => k != "publicDraw").ToList();
        Must(input.Rules.TieKeys.SequenceEqual(keyNames), "other tie-breaks");
        var proposed = EventsOf("awardProposed").FirstOrDefault(e => Field(e.Event, "run") == run.Run.ToString());
        Must(proposed.Event is not null, "the ranking is not in the register");
        var standing = applications.ToDictionary(a => a.Code, a => StandingOf(a, Index(proposed.Leaf)), StringComparer.Ordinal);
        foreach (var candidate in input.Candidates)
        {
            var a = applications.FirstOrDefault(x => x.Code == candidate.Id);
            Must(a is not null && standing[candidate.Id] is Standing.Admitted or Standing.Rejected, $"{candidate.Id}: no application that could be ranked");
            Must(candidate.Eligible == (standing[candidate.Id] == Standing.Admitted && a!.League is not null), $"{candidate.Id}: not as its review ended");
            Must(candidate.Request == a!.Requested.Minor, $"{a.Code}: another request");
            var content = JsonSerializer.Deserialize<PublicPart>(files[$"applications/{a.Code}.json"], CanonicalJson.Options)!;
            Must(a.League is null ? !candidate.Eligible : candidate.Group == a.League && rules.Leagues.Any(l => l.Code == a.League), $"{a.Code}: another league");
            if (a.Province is { } province)
            {
                Must(rules.Territories.FirstOrDefault(t => t.Code == province)?.NeedPosition == a.NeedPosition, $"{a.Code}: its province has another need");
                Must(rules.Leagues.FirstOrDefault(l => l.ProvinceCodes.Contains(province))?.Code == a.League, $"{a.Code}: its province is in another league");
            }
            if (!candidate.Eligible)
            {
                Must(candidate.Points is null, $"{a.Code}: points without admission");
                continue;
            }
            var score = FinalScores.Compute([.. sheets[a.Code].OrderBy(s => s.Seat).Select(s => new ScoreSheet(s.Seat, s.Scores.ToDictionary(x => x.Criterion, x => x.Points, StringComparer.Ordinal)))], rules.Pack.Evaluation);
            Must(candidate.Points == score.TotalHundredths, $"{a.Code}: the readers' points give {score.TotalHundredths / 100m:0.00}");
            var wanted = keyNames.Select(k => k switch
            {
                "need" => (long)a.NeedPosition,
                "match" => (content.TotalCost - content.Requested).ShareOf(content.TotalCost)?.Value ?? 0,
                _ => score.CriterionHundredths.GetValueOrDefault(k["criterion:".Length..]),
            });
            Must(candidate.TieKeys.SequenceEqual(wanted), $"{a.Code}: other tie-break values");
            Must(candidate.DrawPosition == (drawn.TryGetValue(a.Code, out var position) ? position : null), $"{a.Code}: another place in the draw");
            var whole = AwardInputs.CandidateOf(rules, shape, new(a.Code, a.League, a.Province, true, a.Requested, content.TotalCost, a.NeedPosition, content.EntityId.Value, content.Terms, score, candidate.DrawPosition));
            Must(CanonicalJson.Bytes(candidate).AsSpan().SequenceEqual(CanonicalJson.Bytes(whole)), $"{a.Code}: other values than its scores give");
        }
        foreach (var (code, _) in standing.Where(s => s.Value is Standing.Admitted or Standing.Rejected)) Must(input.Candidates.Any(c => c.Id == code), $"{code} was left out");
        return $"{input.Candidates.Count} candidates follow from rules, applications and scores";
    }

    string CheckAward()
    {
        var input = Read<AwardInput>("award/input.json");
        var result = Read<AwardResult>("award/result.json");
        Must(Digest.Of(files["award/result.json"]) == Read<BundleRun>("award/run.json").Result, "another digest");
        var violations = AwardCheck.Violations(input, result);
        Must(violations.Count == 0, string.Join("; ", violations.Take(3).Select(v => $"{v.Property} {v.About}")));
        Must(CanonicalJson.Bytes(AwardRanking.Run(input)).AsSpan().SequenceEqual(files["award/result.json"]), "the ranking recomputed is another");
        return $"{result.Decisions.Count(d => d.IsFunded)} funded with S/ {new Money(result.Awarded)} of S/ {new Money(input.Budget)}, recomputed twice";
    }

    string CheckComparison()
    {
        var (input, result, run) = (Read<AwardInput>("award/input.json"), Read<AwardResult>("award/result.json"), Read<BundleRun>("award/run.json"));
        var told = Read<AwardComparison>("award/comparison.json");
        Must(files["award/comparison.json"].AsSpan().SequenceEqual(CanonicalJson.Bytes(told)), "comparison.json is not in canonical form");
        var stated = EventsOf("awardCompared").LastOrDefault(e => Field(e.Event, "run") == run.Run.ToString());
        Must(stated.Event is not null && Field(stated.Event, "content") == Digest.Of(files["award/comparison.json"]).Hex, "the register states another comparison");
        return $"{CheckOptimum(told.Optimum, input, result)}; {CheckReasons(told, input, result)}; {CheckOdds(told.Odds, input, run.Input)}";
    }

    string CheckReasons(AwardComparison told, AwardInput input, AwardResult result)
    {
        if (told.Reasons is not { } reasons) return "no reasons beside the optimum are told";
        Must(told.Optimum is { Proved: true }, "reasons of an optimum that is not proved");
        Must(reasons.Select(r => r.Code).Distinct(StringComparer.Ordinal).Count() == reasons.Count, "two reasons for one application");
        var model = OptimumModel.Of(rules!.Slug, input, result, new Dictionary<string, string>())!;
        var (clock, again) = (Stopwatch.StartNew(), 0);
        foreach (var reason in reasons)
        {
            var fault = OptimumReasons.Fault(model, told.Optimum!, reason);
            Must(fault is null, fault ?? "");
            var left = TimeSpan.FromSeconds(60) - clock.Elapsed;
            if (left <= TimeSpan.Zero || OptimumReasons.Opposite(model, told.Optimum!, reason.Code, left) is not { } solved) continue;
            // Both tell of one figure: an end of the one beyond the other end of the other would contradict it.
            Must(solved.High is not { } high || reason.Low <= high, $"{reason.Code}: the best portfolio with the opposite decision has more points");
            Must(reason.High is not { } found || solved.Low <= found, $"{reason.Code}: no portfolio with the opposite decision has so many points");
            if (solved.IsExact) again++;
        }
        return $"{reasons.Count} reasons beside it, {again} solved again";
    }

    string CheckOptimum(AwardOptimum? told, AwardInput input, AwardResult result)
    {
        var ranked = input.Candidates.Select(c => c.Id).ToHashSet(StringComparer.Ordinal);
        var contents = applications.Where(a => ranked.Contains(a.Code)).ToDictionary(a => a.Code, a => (Public: Read<PublicPart>($"applications/{a.Code}.json"), Programme: Read<ProgrammeContent>($"programmes/{a.Code}.json")), StringComparer.Ordinal);
        var model = OptimumModel.Of(rules!.Slug, input, result, contents.ToDictionary(c => c.Key, c => c.Value.Public.Title, StringComparer.Ordinal));
        Must((told is null) == (model is null), "no optimum where somebody competed, or one where nobody did");
        if (told is null || model is null) return "nobody competed, so there is no optimum";
        var reach = contents.ToDictionary(c => c.Key, c => Reach.Of(c.Value.Programme), StringComparer.Ordinal);
        if (told.Proved && files.TryGetValue("award/optimum-certificate.json", out var certificate))
        {
            var failing = CertificateCheck.Verify(certificate).FirstOrDefault(c => !c.Passed);
            Must(failing is null, $"the certificate of the optimum: {failing?.Claim}, {failing?.Detail}");
            var proof = JsonNode.Parse(certificate)!;
            Must(proof["input"]!.GetValue<string>() == Convert.ToBase64String(model.File), "the certificate proves another model");
            var again = AwardOptimum.Told(model, result, reach, proof["chosen"]!.AsArray().Select(c => c!.GetValue<int>()), true, told.Unique, 0);
            Must(CanonicalJson.Bytes(again).AsSpan().SequenceEqual(CanonicalJson.Bytes(told)), "the certificate proves another optimum");
            Must(!told.Unique || proof["stages"]!.AsArray()[^1]!["canonical"]!.GetValue<bool>(), "the certificate does not prove that it is the first of its kind");
            return $"optimum of {Points(told.Price.Other.Points)} points beside {Points(told.Price.Declared.Points)}, its certificate replayed";
        }
        // Without a proof to replay: searched again, from what is told.
        var solved = AwardOptimum.Of(model, result, reach, out _, TimeSpan.FromSeconds(30));
        Must(!told.Proved || solved is not { Proved: true } || solved.Price.Other.Points == told.Price.Other.Points, "another optimum when it is searched again");
        Must(told.Price.Points >= 0 && CanonicalJson.Bytes(told.Price.Declared).AsSpan().SequenceEqual(CanonicalJson.Bytes(solved?.Price.Declared ?? told.Price.Declared)), "the declared rule has other sums");
        return $"best portfolio found of {Points(told.Price.Other.Points)} points beside {Points(told.Price.Declared.Points)}, {(solved is { Proved: true } && told.Proved ? "proved again" : "not proved")}";

        static string Points(long hundredths) => (hundredths / 100m).ToString("0.00", CultureInfo.InvariantCulture);
    }

    string CheckOdds(FundingOdds told, AwardInput input, Digest seed)
    {
        var sheets = Read<List<BundleSheet>>("scores.json").ConvertAll(s => new LockedSheet(s.Application, s.Evaluator, s.Seat, s.Scores.Sum(x => x.Points)));
        var again = FundingOdds.Of(input, seed, sheets);
        Must(told.Why == again.Why && told.Draws == again.Draws && told.Probability.Count == again.Probability.Count, "other probabilities of being funded");
        // The draws are the same everywhere; logarithm and cosine may differ in their last bit from one system to another, which tips one draw at most here and there.
        var slack = told.Draws == 0 ? 0 : (20_000 / told.Draws) + 1;
        foreach (var (code, share) in again.Probability)
            Must(told.Probability.TryGetValue(code, out var claimed) && Math.Abs(claimed - share) <= slack, $"{code}: another probability of being funded");
        return again.Why is null ? $"{again.Probability.Count} probabilities from {again.Draws} draws" : "no probabilities are told";
    }

    string CheckApproval()
    {
        var run = Read<BundleRun>("award/run.json");
        var proposed = EventsOf("awardProposed").FirstOrDefault(e => Field(e.Event, "run") == run.Run.ToString());
        Must(proposed.Event is not null && Field(proposed.Event, "input") == run.Input.Hex && Field(proposed.Event, "result") == run.Result.Hex && Field(proposed.Event, "rules") == run.Rules.Hex, "another award was proposed");
        var approved = EventsOf("awardApproved").FirstOrDefault(e => Field(e.Event, "run") == run.Run.ToString());
        Must(approved.Event is not null && Field(approved.Event, "result") == run.Result.Hex, "the board approved another list");
        Must(Index(approved.Leaf) > Index(proposed.Leaf), "approved before it was proposed");
        Must(Index(proposed.Leaf) > reseated, "proposed before the call went back to an earlier stage");
        Must(run.ProposedAt == At(proposed.Leaf) && run.DecidedAt == At(approved.Leaf), "proposed or approved at another time");
        Must(EventsOf("scoresLocked").All(e => Index(e.Leaf) < Index(proposed.Leaf) || applications.All(a => Field(e.Event, "application") != a.ApplicationId.Value.ToString())), "scores were locked after the ranking");
        return "the board approved the list as it was computed";
    }

    string CheckReserve()
    {
        var rounds = Read<List<BundleReserve>>("award/reserve.json");
        if (rounds.Count == 0) return "the reserve list was not called";
        var input = Read<AwardInput>("award/input.json");
        var again = AwardRanking.PromoteFromReserve(input, [.. rounds.Select(r => (IReadOnlyCollection<string>)[.. r.Withdrawn])]);
        foreach (var round in rounds)
        {
            var promoted = again.Rounds[round.Number - 1].Promotions.Select(p => p.Id).ToList();
            var expired = !Reserve.IsInTime(Read<BundleRun>("award/run.json").DecidedAt!.Value, round.At, rules!.Pack.Award.ReserveDays.Value);
            Must(expired ? round.Promoted.Count == 0 : round.Promoted.SequenceEqual(promoted), $"round {round.Number}: others should have moved up");
        }
        return $"{rounds.Count} rounds of the reserve list, in its order";
    }

    string CheckAgreements()
    {
        var agreements = Read<List<BundleAgreement>>("agreements.json");
        var input = Read<AwardInput>("award/input.json");
        var rounds = Read<List<BundleReserve>>("award/reserve.json");
        var called = AwardRanking.PromoteFromReserve(input, [.. rounds.Select(r => (IReadOnlyCollection<string>)[.. r.Withdrawn])]);
        // Whoever moved up and left again was awarded that money all the same.
        var moved = called.Rounds.SelectMany(r => r.Promotions).GroupBy(p => p.Id, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.Last().Amount, StringComparer.Ordinal);
        var firsts = Read<AwardResult>("award/result.json").Decisions.Where(d => d.IsFunded).ToDictionary(d => d.Id, d => d.Awarded, StringComparer.Ordinal);
        var live = Money.Zero;
        foreach (var agreement in agreements)
        {
            var path = files.Keys.Where(f => f.StartsWith("agreements/", StringComparison.Ordinal)).SingleOrDefault(f => Digest.Of(files[f]) == agreement.Content);
            Must(path is not null, $"{agreement.Application}: another text");
            var content = JsonSerializer.Deserialize<AgreementContent>(files[path!], CanonicalJson.Options)!;
            Must(content.Application == agreement.Application, $"{agreement.Application}: the text names another");
            var amount = firsts.TryGetValue(agreement.Application, out var awarded) ? awarded : moved.GetValueOrDefault(agreement.Application, -1);
            Must(content.Amount.Minor == amount, $"{agreement.Application}: another amount than awarded");
            Must(content.Tranches.SumMoney(t => t.Amount) == content.Amount, $"{agreement.Application}: the tranches do not add up");
            Must(content.Sources.SumMoney(s => s.Amount) + (content.NotGranted ?? Money.Zero) == content.TotalCost, $"{agreement.Application}: the sources do not add up");
            Must(EventsOf("agreementDrafted").Any(e => Field(e.Event, "agreement") == agreement.Agreement.ToString() && Field(e.Event, "content") == agreement.Content.Hex), $"{agreement.Application}: not in the register");
            if (agreement.State == nameof(AgreementState.Concluded))
                Must(EventsOf("agreementConcluded").Any(e => Field(e.Event, "agreement") == agreement.Agreement.ToString()), $"{agreement.Application}: not concluded in the register");
            if (agreement.State != nameof(AgreementState.Lapsed)) live += content.Amount;
            Must(agreement.State == nameof(AgreementState.Lapsed) == EventsOf("agreementLapsed").Any(e => Field(e.Event, "agreement") == agreement.Agreement.ToString()), $"{agreement.Application}: lapsed in one place only");
            Must(agreement.State == nameof(AgreementState.Lapsed) || !Gone(agreement.Application), $"{agreement.Application}: disqualified, and its agreement stands");
        }
        Must(live.Minor <= input.Budget, "the agreements exceed the budget");
        foreach (var code in firsts.Keys) Must(agreements.Any(a => a.Application == code) || (Gone(code) && rounds.Any(r => r.Withdrawn.Contains(code))), $"{code}: awarded without an agreement");
        return $"{agreements.Count} agreements, S/ {live} within the budget";

        bool Gone(string code) => applications.Any(a => a.Code == code && a.State == ApplicationState.Disqualified);
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
