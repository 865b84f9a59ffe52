using Minka.Core.Awards;
using Minka.Core.Evaluation;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Rules;
using Minka.Selection.Award;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Rules;

/// <summary>A worked example of each published scoring rule, from the pack through the engine to its second opinion.</summary>
public sealed class AwardPacksTests
{
    [Fact]
    public void FoniprelFirstVersion_QualityAboveFiftyThenRank()
    {
        // A quality mark of 50 is not “more than 50”: 25 of 50 points stay out although the total is the highest.
        var (input, result) = Award("pe-foniprel-v1", 300_000_00,
            ("puente", 120_000_00, new() { ["quality"] = 40, ["supplementaryFinance"] = 5, ["articulation"] = 15 }),
            ("agua", 100_000_00, new() { ["quality"] = 30, ["border"] = 5, ["needs"] = 10, ["executionRate"] = 5 }),
            ("escuela", 150_000_00, new() { ["quality"] = 26, ["articulation"] = 15, ["supplementaryFinance"] = 5 }),
            ("posta", 10_000_00, new() { ["quality"] = 25, ["supplementaryFinance"] = 15, ["articulation"] = 15, ["border"] = 5, ["needs"] = 10, ["executionRate"] = 5 }));
        input.Rules.Mode.ShouldBe(AwardMode.ThresholdThenRank);
        Told(result).ShouldBe("puente 60 FundedInGroup; agua 50 FundedInGroup; escuela 46 Reserve; posta 75 BelowThreshold");
        Decision(result, "posta").FailedGate.ShouldBe("quality");
        AwardRanking.Explain(input, "escuela").LargestRequest.ShouldBe(80_000_00);
    }

    [Fact]
    public void FoniprelLaterVersion_QualityIsAGateAndAProgrammeWeighsTen()
    {
        // 26 and 50 of quality are worth the same 50; ten points for the programme put the weaker paper first.
        var (input, result) = Award("pe-foniprel-v2", 200_000_00,
            ("obra", 150_000_00, new() { ["quality"] = 50, ["executionRate"] = 5 }),
            ("programa", 150_000_00, new() { ["quality"] = 26, ["programme"] = 10 }),
            ("frontera", 50_000_00, new() { ["quality"] = 30, ["border"] = 10, ["needs"] = 10 }),
            ("suelta", 20_000_00, new() { ["quality"] = 25, ["needs"] = 10, ["border"] = 10, ["programme"] = 10 }));
        input.Rules.Mode.ShouldBe(AwardMode.QualityGate);
        Told(result).ShouldBe("frontera 70 FundedInGroup; programa 60 FundedInGroup; obra 55 Reserve; suelta 55 BelowThreshold");
        Decision(result, "programa").Points.ShouldBe(3_600);
        Decision(result, "programa").RankingPoints.ShouldBe(6_000);
    }

    [Fact]
    public void Huancavelica_LevelsFiveThreeOneZero_AddUpAndRank()
    {
        var pack = BuiltInPacks.All.Select(r => r.Pack!).Single(p => p.Id == "pe-procompite-huancavelica");
        pack.Criteria.Items.Select(c => string.Join('/', c.Levels.Select(l => l.Points).OrderDescending())).ShouldBe(["5/3/1", "5/3/1", "5/3/1/0"]);
        pack.Criteria.Items.ShouldNotContain(c => c.Id == "2.1", "its levels were not found, so the pack does not invent them");
        var (input, result) = Award("pe-procompite-huancavelica", 300_000_00,
            ("cuyes", 160_000_00, new() { ["1.1"] = 5, ["1.2"] = 3, ["1.3"] = 5 }),
            ("quesos", 160_000_00, new() { ["1.1"] = 3, ["1.2"] = 5, ["1.3"] = 3 }),
            ("truchas", 100_000_00, new() { ["1.1"] = 1, ["1.2"] = 1, ["1.3"] = 0 }));
        input.Rules.Mode.ShouldBe(AwardMode.RankByGroup);
        Told(result).ShouldBe("cuyes 13 FundedInGroup; quesos 11 Reserve; truchas 2 FundedInGroup");
    }

    [Theory]
    [InlineData("pe-foniprel-v1-2009.json")]
    [InlineData("pe-foniprel-v2-2015.json")]
    [InlineData("pe-procompite-huancavelica-2012.json")]
    public void Packs_OfPublishedRules_LoadAndSayWhatIsNotKnown(string file)
    {
        var reading = RulePackReader.Read(BuiltInFiles.Read(file));
        reading.Faults.Select(f => f.ToString()).ShouldBeEmpty();
        PackValues.Of(reading.Pack!).ShouldContain(v => !v.IsKnown && v.Confidence == Confidence.NotFound);
        PackReadiness.Of(reading.Pack!).ShouldNotContain(r => r.Met == true, "a call cannot be run until its fund fixes the rest");
    }

    [Fact]
    public void LaterFoniprel_Weights_AreShownAsUnverified() =>
        BuiltInPacks.All.Select(r => r.Pack!).Single(p => p.Id == "pe-foniprel-v2").Criteria.Items.ShouldAllBe(c => c.MaxPoints.Confidence == Confidence.Unverified);

    // What no source tells is fixed here as a call would fix it: skip, ties by need, no reserve term but 90 days.
    static (AwardInput Input, AwardResult Result) Award(string id, long budget, params (string Code, long Request, Dictionary<string, int> Points)[] files)
    {
        var pack = BuiltInPacks.All.Select(r => r.Pack!).Single(p => p.Id == id);
        static Sourced<T> Fixed<T>(T value) => new(value, true, "convocatoria", Confidence.Own);
        pack = pack with
        {
            Evaluation = pack.Evaluation with { Threshold = Fixed(0), Evaluators = Fixed(1), ThirdReaderAbove = Fixed(99), Combination = Fixed(ScoreCombination.MeanThenMedian) },
            Criteria = pack.Criteria with { DeclaredTotal = Fixed(pack.Criteria.DeclaredTotal.Or(15)) },
            Award = pack.Award with
            {
                Ranking = Fixed(pack.Award.Ranking.Or(RankingKind.StrictRankByGroup)),
                Skip = Fixed(Core.Rules.SkipRule.UnaffordableWithReason),
                ReserveDays = Fixed(90),
                Residual = Fixed(Core.Rules.ResidualPool.None),
                TieBreaks = Fixed<IReadOnlyList<string>>(["need", "publicDraw"]),
            },
        };
        var rules = new CallRules
        {
            CallId = default,
            Slug = "",
            Title = "",
            Purpose = "",
            FundId = default,
            FundName = "",
            Institution = "",
            Round = 1,
            Pack = pack,
            PackDigest = default,
            Adjustments = [],
            Budget = new Money(budget),
            ProvinceCodes = [],
            Territories = [],
            Digest = default,
            Leagues = [new FrozenLeague("U", new("Liga única", "Single league"), 0, new Money(budget), [], files.Length)],
        };
        var shape = AwardInputs.RulesOf(rules);
        var input = new AwardInput
        {
            Budget = budget,
            Rules = shape,
            Groups = AwardInputs.GroupsOf(rules),
            Candidates = [.. files.Select((f, i) => AwardInputs.CandidateOf(rules, shape, new(
                f.Code, "U", null, true, new Money(f.Request), new Money(f.Request * 2), i, Guid.Empty, null,
                FinalScores.Compute([new ScoreSheet(1, pack.Criteria.Items.ToDictionary(c => c.Id, c => f.Points.GetValueOrDefault(c.Id), StringComparer.Ordinal))], pack.Evaluation), null)))],
        };
        var result = AwardRanking.Run(input);
        AwardCheck.Violations(input, result).ShouldBeEmpty();
        return (input, result);
    }

    static string Told(AwardResult result) => string.Join("; ", result.Decisions.Select(d => $"{d.Id} {(d.RankingPoints ?? d.Points) / 100} {d.Outcome}"));

    static AwardDecision Decision(AwardResult result, string id) => result.Decisions.Single(d => d.Id == id);
}
