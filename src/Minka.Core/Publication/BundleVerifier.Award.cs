using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using Minka.Core.Agreements;
using Minka.Core.Applications;
using Minka.Core.Awards;
using Minka.Core.Evaluation;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Selection.Award;
using Minka.Selection.Draw;
using Minka.Selection.Optimal;

namespace Minka.Core.Publication;

/// <summary>The award, what stands beside it, and what followed from it.</summary>
public sealed partial class BundleVerifier
{
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
}
