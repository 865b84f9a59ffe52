using System.Globalization;
using System.Text;
using System.Text.Json;
using Minka.Core.Applications;
using Minka.Core.Entities;
using Minka.Core.Evaluation;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Register;
using Minka.Selection.Draw;

namespace Minka.Core.Publication;

/// <summary>From what was received to what the readers scored and the draws decided.</summary>
public sealed partial class BundleVerifier
{
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
}
