using System.Globalization;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Minka.Cli.Selecting;
using Minka.Core.Applications;
using Minka.Core.Awards;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Register;
using Minka.Selection.Award;
using Minka.Selection.Optimal;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Awards;

public sealed class CompareWithOptimumTests
{
    static readonly AwardRules Rules = new() { Threshold = 5_000, MaximumPoints = 10_000, Skip = SkipRule.SkipIfUnaffordable, ResidualPool = false, ReserveList = true };
    static readonly IReadOnlyDictionary<string, string> NoTitles = new Dictionary<string, string>();
    static readonly Digest Seed = Digest.Of("seed");

    static AwardCandidate C(string id, long request, long points, string group = "A", string? applicant = null) =>
        new() { Id = id, Group = group, Request = request, Eligible = true, Points = points * 100, Applicant = applicant };

    static AwardInput One(long budget, params IReadOnlyList<AwardCandidate> candidates) =>
        new() { Budget = budget, Rules = Rules, Groups = [new("A", budget)], Candidates = candidates };

    static AwardOptimum Compare(AwardInput input, IReadOnlyDictionary<string, Reach>? reach = null)
    {
        var result = AwardRanking.Run(input);
        return AwardOptimum.Of(OptimumModel.Of("m", input, result, NoTitles)!, result, reach ?? new Dictionary<string, Reach>(), out _)!;
    }

    [Fact]
    public void Two_small_ones_have_more_points_than_the_first_of_the_ranking()
    {
        // The ranking funds a (10 of 10, 90 points); b and c cost the same together and have 60 + 55.
        var reach = new Dictionary<string, Reach> { ["a"] = new(300, ["0601"]), ["b"] = new(200, ["0601", "0602"]), ["c"] = new(null, ["0602", "0603"]) };
        var told = Compare(One(10, C("a", 10, 90), C("b", 5, 60), C("c", 5, 55), C("d", 1, 49)), reach);
        (told.Proved, told.Unique, told.Gap).ShouldBe((true, true, 0L));
        (told.Price.Declared.Points, told.Price.Other.Points, told.Price.Points).ShouldBe((9_000, 11_500, 2_500));
        (told.Price.Declared.People, told.Price.Other.People, told.Price.Other.PeopleUnknown).ShouldBe((300L, 200L, 1));
        (told.Price.Declared.Places, told.Price.Other.Places).ShouldBe((1, 3));
        told.Best.Select(b => b.Id).ShouldBe(["b", "c"]);
        told.Qualified.ShouldBe(["a", "b", "c"], ignoreOrder: true, "whoever stays below the threshold competes in neither");
    }

    [Fact]
    public void Where_the_ranking_is_already_the_best_it_costs_nothing()
    {
        var told = Compare(One(10, C("a", 5, 90), C("b", 5, 60), C("c", 5, 55)));
        (told.Price.Points, told.Proved).ShouldBe((0, true));
        told.Price.OnlyOther.ShouldBeEmpty();
        told.Best.Select(b => b.Id).ShouldBe(["a", "b"]);
    }

    [Fact]
    public void Nobody_qualified_so_there_is_nothing_to_choose()
    {
        var input = One(10, C("a", 5, 40));
        OptimumModel.Of("m", input, AwardRanking.Run(input), NoTitles).ShouldBeNull();
    }

    [Fact]
    public void Purses_stay_apart_without_a_common_pool()
    {
        // b2 fits in what A leaves, but no rule lets money leave A.
        var apart = new AwardInput { Budget = 20, Rules = Rules, Groups = [new("A", 10), new("B", 10)], Candidates = [C("a", 4, 60), C("b1", 8, 90, "B"), C("b2", 6, 80, "B")] };
        Compare(apart).Best.Select(b => b.Id).ShouldBe(["a", "b1"]);
        Compare(apart with { Rules = Rules with { ResidualPool = true } }).Best.Select(b => b.Id).ShouldBe(["a", "b1", "b2"]);
    }

    [Fact]
    public void An_applicant_has_no_more_awards_than_the_rules_allow()
    {
        var input = One(10, C("a", 5, 90, applicant: "x"), C("b", 5, 80, applicant: "x"), C("c", 5, 60, applicant: "y"));
        Compare(input).Best.Select(b => b.Id).ShouldBe(["a", "b"]);
        Compare(input with { Rules = Rules with { MaximumPerApplicant = 1 } }).Best.Select(b => b.Id).ShouldBe(["a", "c"]);
    }

    /// <summary>Two hundred small awards against every choice of purses; the optimum is never below the declared rule.</summary>
    [Fact]
    public void The_optimum_is_that_of_trying_everything()
    {
        var differing = 0;
        for (var seed = 0; seed < 200; seed++)
        {
            var random = new DeterministicRandom(seed);
            var pool = random.Below(2) == 1;
            var input = new AwardInput
            {
                Budget = 30,
                Rules = Rules with { ResidualPool = pool, Skip = random.Below(2) == 1 ? SkipRule.None : SkipRule.SkipIfUnaffordable, MaximumPerApplicant = random.Below(3) == 0 ? 1 : null },
                Groups = [new("A", 8 + random.Below(5)), new("B", 8 + random.Below(5))],
                Candidates = [.. Enumerable.Range(0, 6).Select(i => C($"p{i}", 1 + random.Below(12), 45 + random.Below(50), random.Below(2) == 0 ? "A" : "B", random.Below(2) == 0 ? "x" : null) with { DrawPosition = i + 1 })],
            };
            var result = AwardRanking.Run(input);
            if (OptimumModel.Of("m", input, result, NoTitles) is not { } model) continue;
            var told = AwardOptimum.Of(model, result, new Dictionary<string, Reach>(), out var certificate)!;
            CertificateCheck.Verify(certificate).ShouldAllBe(c => c.Passed);
            told.Proved.ShouldBeTrue();
            told.Price.Points.ShouldBeGreaterThanOrEqualTo(0);
            told.Price.Other.Points.ShouldBe(Best(input, result), $"seed {seed}");
            if (told.Price.Points > 0) differing++;
        }
        differing.ShouldBeGreaterThan(20, "else the awards are too easy to tell anything");

        static long Best(AwardInput input, AwardResult result)
        {
            var those = input.Candidates.Where(c => c.Points >= Rules.Threshold).ToList();
            var pool = result.Residual?.Total ?? 0;
            long best = 0;
            for (var choice = 0; choice < (int)Math.Pow(3, those.Count); choice++)
            {
                var (rest, points, common) = (choice, 0L, 0L);
                var own = input.Groups.ToDictionary(g => g.Code, _ => 0L);
                var ofX = 0;
                foreach (var c in those)
                {
                    var purse = rest % 3;
                    rest /= 3;
                    if (purse == 0) continue;
                    points += c.Points!.Value;
                    ofX += c.Applicant is null ? 0 : 1;
                    if (purse == 1) own[c.Group] += c.Request;
                    else common += c.Request;
                }
                if (input.Groups.All(g => own[g.Code] <= g.Envelope) && common <= pool && own.Values.Sum() + common <= input.Budget && ofX <= (input.Rules.MaximumPerApplicant ?? 99)) best = Math.Max(best, points);
            }
            return best;
        }
    }

    [Fact]
    public void A_search_without_time_says_that_nothing_is_proved_and_never_falls_below_the_rule()
    {
        var random = new DeterministicRandom(7);
        var input = One(5_000, [.. Enumerable.Range(0, 60).Select(i => C($"p{i:00}", 100 + random.Below(400), 50 + random.Below(50)) with { DrawPosition = i + 1 })]);
        var result = AwardRanking.Run(input);
        var told = AwardOptimum.Of(OptimumModel.Of("m", input, result, NoTitles)!, result, new Dictionary<string, Reach>(), out _, TimeSpan.Zero)!;
        told.ShouldNotBeNull();
        told.Price.Points.ShouldBeGreaterThanOrEqualTo(0);
        if (!told.Proved) told.Unique.ShouldBeFalse();
        if (told.Proved) told.Gap.ShouldBe(0);
    }

    [Fact]
    public async Task The_model_that_anybody_downloads_has_the_same_optimum_in_the_command_line()
    {
        var input = One(10, C("a", 10, 90), C("b", 5, 60), C("c", 5, 55)) with { Rules = Rules with { ResidualPool = true }, Budget = 12 };
        var result = AwardRanking.Run(input);
        var model = OptimumModel.Of("m", input, result, NoTitles)!;
        var told = AwardOptimum.Of(model, result, new Dictionary<string, Reach>(), out _)!;
        var path = Path.Combine(Path.GetTempPath(), $"minka-{Environment.ProcessId}-modelo-optimo.json");
        await File.WriteAllBytesAsync(path, model.File);
        try
        {
            using var output = new StringWriter(CultureInfo.InvariantCulture);
            using var errors = new StringWriter(CultureInfo.InvariantCulture);
            (await OptimalAward.RunAsync(path, new OptimalOptions(null, 1, false, null, true), output, errors)).ShouldBe(0, errors.ToString());
            var report = JsonDocument.Parse(output.ToString()).RootElement;
            report.GetProperty("status").GetString().ShouldBe("optimal");
            report.GetProperty("objective").GetDecimal().ShouldBe(told.Price.Other.Points / 100m);
            report.GetProperty("selected").EnumerateArray().Select(s => s.GetProperty("id").GetString()!.Split('/')[0]).ShouldBe(told.Best.Select(b => b.Id), ignoreOrder: true);
        }
        finally
        {
            File.Delete(path);
        }
    }

    static List<LockedSheet> Sheets(params IReadOnlyList<(string Code, int First, int Second)> totals) =>
        [.. totals.SelectMany(t => new[] { new LockedSheet(t.Code, "E1", 1, t.First), new LockedSheet(t.Code, "E2", 2, t.Second) })];

    [Fact]
    public void Whoever_fits_in_any_case_is_certain_and_whoever_never_fits_has_no_chance()
    {
        var input = One(10, C("a", 5, 90), C("b", 4, 80), C("huge", 11, 95)) with { Rules = Rules with { Threshold = 0 } };
        var odds = FundingOdds.Of(input, Seed, Sheets(("a", 92, 88), ("b", 78, 82), ("huge", 95, 95)));
        odds.Why.ShouldBeNull();
        odds.Draws.ShouldBe(2_000);
        (odds.Probability["a"], odds.Probability["b"], odds.Probability["huge"]).ShouldBe((10_000, 10_000, 0));
    }

    [Fact]
    public void Odds_follow_the_distance_and_anybody_gets_the_same()
    {
        // One place for three: far ahead, and two whom nothing but noise tells apart.
        var input = One(10, C("a", 10, 95), C("b", 10, 71), C("c", 10, 70));
        var sheets = Sheets(("a", 96, 94), ("b", 72, 70), ("c", 69, 71));
        var odds = FundingOdds.Of(input, Seed, sheets);
        odds.Probability.Values.Sum().ShouldBeInRange(9_000, 10_001);
        odds.Probability["a"].ShouldBeGreaterThan(odds.Probability["b"]);
        odds.Probability["b"].ShouldBeGreaterThanOrEqualTo(odds.Probability["c"]);
        FundingOdds.Of(input, Seed, [.. Enumerable.Reverse(sheets)]).Probability.ShouldBe(odds.Probability, ignoreOrder: true);
        FundingOdds.Of(input, Digest.Of("another"), sheets).Probability["a"].ShouldBeInRange(odds.Probability["a"] - 500, odds.Probability["a"] + 500);
    }

    [Fact]
    public void Odds_are_not_told_from_a_single_sheet_or_from_other_sheets()
    {
        var input = One(10, C("a", 5, 90), C("b", 5, 80));
        FundingOdds.Of(input, Seed, [.. Sheets(("a", 92, 88)), new("b", "E1", 1, 80)]).Why.ShouldBe(NoOdds.OneSheet);
        FundingOdds.Of(input, Seed, Sheets(("a", 92, 88), ("b", 80, 70))).Why.ShouldBe(NoOdds.SheetsChanged);
        FundingOdds.Of(input, Seed, Sheets(("a", 92, 88), ("b", 80, 80))).Why.ShouldBeNull();
    }

    [Theory, BothDatabases]
    public async Task A_run_is_compared_from_its_input_its_sheets_and_the_frozen_programmes(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var files = await given.FilesInEvaluationAsync(2, 2);
        var call = files[0].Call;
        await given.ScoreAsync(files[0], 80);
        await given.ScoreAsync(files[1], 70);
        var id = await given.WithAsync<ProposeAward, RunId>(p => p.ExecuteAsync(call.Id, call.Operator));
        var run = await given.ReadAsync(db => db.SelectionRuns.SingleAsync(r => r.Id == id));
        var told = (await given.ReadAsync(db => ComparedRuns.FindAsync(db, id)))!;

        var result = run.ReadResult();
        var funded = result.Decisions.Where(d => d.IsFunded).Select(d => d.Id).ToList();
        funded.ShouldNotBeEmpty();
        var versions = await given.ReadAsync(db => db.OpenedApplications.Where(o => funded.Contains(o.Code)).Select(o => o.PublicContent).ToListAsync());
        var programmes = versions.ConvertAll(v => JsonSerializer.Deserialize<PublicPart>(v, CanonicalJson.Options)!.ProgrammeVersionId);
        var contents = (await given.ReadAsync(db => db.ProgrammeVersions.Where(v => programmes.Contains(v.Id)).ToListAsync())).ConvertAll(v => v.ReadContent());
        var price = told.Optimum!.Price;
        price.Declared.People.ShouldBe(contents.Sum(c => c.Projects.Sum(p => (long)p.BeneficiaryWomen + p.BeneficiaryMen)));
        price.Declared.People.ShouldBeGreaterThan(0);
        price.Declared.Places.ShouldBe(contents.SelectMany(c => c.Projects.SelectMany(p => p.Places)).Distinct().Count());
        price.Points.ShouldBeGreaterThanOrEqualTo(0);
        told.Odds.Why.ShouldBeNull();
        told.Odds.Probability.Count.ShouldBe(2);
        (await given.ReadAsync(db => ComparedRuns.FileAsync(db, run))).ShouldNotBeNull();

        // It is computed once and kept: a second time nothing is written, and what is read back is what was computed.
        var acts = await given.ReadAsync(db => db.Acts.CountAsync());
        await given.WithAsync<CompareWithOptimum>(c => c.StoreAsync(id));
        await given.WithAsync<CompareWithOptimum>(c => c.StoreMissingAsync());
        (await given.ReadAsync(db => db.Acts.CountAsync())).ShouldBe(acts);
        var kept = await given.ReadAsync(db => db.RunComparisons.SingleAsync(c => c.RunId == id));
        CanonicalJson.DigestOf(told).ShouldBe(kept.ContentDigest);
        CertificateCheck.Verify(System.Text.Encoding.UTF8.GetBytes(kept.Certificate!)).ShouldAllBe(c => c.Passed);
    }

    /// <summary>Small repeatable numbers (an affine generator; no statistics are asked of it).</summary>
    sealed class DeterministicRandom(int seed)
    {
        ulong state = unchecked(((ulong)seed * 2_862_933_555_777_941_757) + 3_037_000_493);

        public int Below(int n)
        {
            state = unchecked((state * 6_364_136_223_846_793_005) + 1_442_695_040_888_963_407);
            return (int)((state >> 33) % (ulong)n);
        }
    }
}
