using Minka.Core.Awards;
using Minka.Selection.Award;
using Minka.Selection.Optimal;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Awards;

public sealed class OptimumReasonsTests
{
    static readonly AwardRules Rules = new() { Threshold = 5_000, MaximumPoints = 10_000, Skip = SkipRule.SkipIfUnaffordable, ResidualPool = false, ReserveList = true };
    static readonly IReadOnlyDictionary<string, string> NoTitles = new Dictionary<string, string>();

    static AwardCandidate C(string id, long request, long points, string group = "A", string? applicant = null) =>
        new() { Id = id, Group = group, Request = request, Eligible = true, Points = points * 100, Applicant = applicant };

    static (OptimumModel Model, AwardOptimum Optimum) Solved(AwardInput input)
    {
        var result = AwardRanking.Run(input);
        var model = OptimumModel.Of("m", input, result, NoTitles)!;
        return (model, AwardOptimum.Of(model, result, new Dictionary<string, Reach>(), out _)!);
    }

    static AwardInput One(long budget, params IReadOnlyList<AwardCandidate> candidates) =>
        new() { Budget = budget, Rules = Rules, Groups = [new("A", budget)], Candidates = candidates };

    [Fact]
    public void Each_is_told_what_the_opposite_decision_would_cost_and_who_would_change_places()
    {
        // The rule funds a (90). The best portfolio is b and c (115); with a it would be a alone, without b or without c also.
        var (model, optimum) = Solved(One(10, C("a", 10, 90), C("b", 5, 60), C("c", 5, 55), C("low", 1, 49)));
        var reasons = OptimumReasons.Of(model, optimum)!;
        reasons.Select(r => r.Code).ShouldBe(["a", "b", "c"], "whoever did not compete has no reason beside the optimum");
        reasons.ShouldAllBe(r => r.IsExact && r.Low == 2_500);
        reasons[0].Leaves.ShouldBe(["b", "c"]);
        reasons[0].Comes.ShouldBe([]);
        reasons[1].Leaves.ShouldBe(["c"]);
        reasons[1].Comes.ShouldBe(["a"]);
        reasons[2].Leaves.ShouldBe(["b"]);
        reasons[2].Comes.ShouldBe(["a"]);
        reasons.ShouldAllBe(r => OptimumReasons.Fault(model, optimum, r) == null);
    }

    [Fact]
    public void A_purse_that_is_shared_is_no_second_door()
    {
        // Without the purse of its league b would still be in by the common pool: being out means out of both.
        var input = new AwardInput { Budget = 20, Rules = Rules with { ResidualPool = true }, Groups = [new("A", 10), new("B", 10)], Candidates = [C("a", 4, 60), C("b", 6, 80, "B"), C("c", 6, 70, "B")] };
        var (model, optimum) = Solved(input);
        optimum.Best.Select(b => b.Id).ShouldBe(["a", "b", "c"]);
        OptimumReasons.Of(model, optimum)!.Select(r => (r.Code, r.Low, r.High)).ShouldBe([("a", 6_000, 6_000L), ("b", 8_000, 8_000L), ("c", 7_000, 7_000L)]);
    }

    /// <summary>One hundred and fifty small awards: each figure against trying every choice of purses with the opposite decision.</summary>
    [Fact]
    public void Every_figure_is_that_of_trying_everything()
    {
        var (told, tight) = (0, 0);
        for (var seed = 0; seed < 150; seed++)
        {
            var random = new Numbers(seed);
            var input = new AwardInput
            {
                Budget = 30,
                Rules = Rules with { ResidualPool = random.Below(2) == 1, MaximumPerApplicant = random.Below(3) == 0 ? 1 : null },
                Groups = [new("A", 8 + random.Below(5)), new("B", 8 + random.Below(5))],
                Candidates = [.. Enumerable.Range(0, 6).Select(i => C($"p{i}", 1 + random.Below(12), 45 + random.Below(50), random.Below(2) == 0 ? "A" : "B", random.Below(2) == 0 ? "x" : null) with { DrawPosition = i + 1 })],
            };
            var result = AwardRanking.Run(input);
            if (OptimumModel.Of("m", input, result, NoTitles) is not { } model) continue;
            var optimum = AwardOptimum.Of(model, result, new Dictionary<string, Reach>(), out _)!;
            foreach (var reason in OptimumReasons.Of(model, optimum)!)
            {
                OptimumReasons.Fault(model, optimum, reason).ShouldBeNull();
                reason.IsExact.ShouldBeTrue();
                var opposite = Best(input, result, reason.Code, !optimum.Funds(reason.Code));
                reason.High.ShouldBe(optimum.Price.Other.Points - opposite, $"seed {seed}, {reason.Code}");
                told++;
                if (reason.Leaves.Count + reason.Comes.Count > 1) tight++;
            }
        }
        told.ShouldBeGreaterThan(400);
        tight.ShouldBeGreaterThan(30, "else no portfolio is rearranged and this shows little");

        static long Best(AwardInput input, AwardResult result, string about, bool takes)
        {
            var those = input.Candidates.Where(c => c.Points >= Rules.Threshold).ToList();
            var (pool, best) = (result.Residual?.Total ?? 0, -1L);
            for (var choice = 0; choice < (int)Math.Pow(3, those.Count); choice++)
            {
                var (rest, points, common, ofX, taken) = (choice, 0L, 0L, 0, false);
                var own = input.Groups.ToDictionary(g => g.Code, _ => 0L);
                foreach (var c in those)
                {
                    var purse = rest % 3;
                    rest /= 3;
                    if (purse == 0) continue;
                    taken |= c.Id == about;
                    points += c.Points!.Value;
                    ofX += c.Applicant is null ? 0 : 1;
                    if (purse == 1) own[c.Group] += c.Request;
                    else common += c.Request;
                }
                if (taken == takes && input.Groups.All(g => own[g.Code] <= g.Envelope) && common <= pool && own.Values.Sum() + common <= input.Budget && ofX <= (input.Rules.MaximumPerApplicant ?? 99))
                    best = Math.Max(best, points);
            }
            return best;
        }
    }

    [Fact]
    public void They_agree_with_what_the_optimiser_explains_by_itself()
    {
        var (model, optimum) = Solved(One(30, [.. Enumerable.Range(0, 12).Select(i => C($"p{i:00}", 3 + (i * 7 % 9), 51 + (i * 11 % 40)) with { DrawPosition = i + 1 })]));
        var outcome = AwardOptimiser.Solve(model.Task.Model!);
        var explained = AwardExplanations.Of(model.Task.Model!, outcome).Proposals.ToDictionary(p => p.Id);
        foreach (var reason in OptimumReasons.Of(model, optimum)!)
        {
            var (own, by) = (model.Task.Model!.Proposals.Single(p => p.Id == reason.Code).Levels[0].Value, explained[reason.Code]);
            // Whole points there, hundredths here. At a tie the order decides, so that one point more may be needed.
            if (by.Funded) (by.Margin * 100).ShouldBe(reason.Low, reason.Code);
            else ((by.ScoreNeeded!.Value - own) * 100).ShouldBeInRange(reason.Low, reason.Low + 100, reason.Code);
        }
    }

    [Theory]
    [InlineData(6_000, 5_500, 2_500)]
    [InlineData(6_050, 5_500, 2_550)]
    [InlineData(6_055, 5_501, 2_556)]
    public void Points_with_and_without_decimals_are_told_in_hundredths(long b, long c, long costs)
    {
        var (model, optimum) = Solved(One(10, C("a", 10, 90), C("b", 5, 0) with { Points = b }, C("c", 5, 0) with { Points = c }));
        var reasons = OptimumReasons.Of(model, optimum)!;
        reasons.ShouldAllBe(r => r.IsExact && r.Low == costs);
        reasons.ShouldAllBe(r => OptimumReasons.Fault(model, optimum, r) == null);
    }

    [Fact]
    public void Without_time_or_without_a_proved_optimum_nothing_is_claimed()
    {
        var (model, optimum) = Solved(One(10, C("a", 10, 90), C("b", 5, 60), C("c", 5, 55)));
        OptimumReasons.Of(model, optimum, TimeSpan.Zero).ShouldBeEmpty();
        OptimumReasons.Of(model, optimum with { Proved = false }).ShouldBeNull();
    }

    [Fact]
    public void A_reason_that_does_not_add_up_is_seen_without_solving()
    {
        var (model, optimum) = Solved(One(10, C("a", 10, 90), C("b", 5, 60), C("c", 5, 55)));
        var a = OptimumReasons.Of(model, optimum)![0];
        OptimumReasons.Fault(model, optimum, a with { Low = 2_400, High = 2_400 }).ShouldBe("a: its portfolio has other points");
        OptimumReasons.Fault(model, optimum, a with { Leaves = ["b"] }).ShouldBe("a: its portfolio has other points");
        OptimumReasons.Fault(model, optimum, a with { Comes = ["c"] }).ShouldBe("a: somebody leaves who is not in, or comes who is");
        OptimumReasons.Fault(model, optimum, a with { Low = 2_600 }).ShouldBe("a: its ends are the wrong way round");
        OptimumReasons.Fault(model, optimum, a with { Code = "z" }).ShouldBe("z did not compete");
    }

    /// <summary>Small repeatable numbers (an affine generator; no statistics are asked of it).</summary>
    sealed class Numbers(int seed)
    {
        ulong state = unchecked(((ulong)seed * 2_862_933_555_777_941_757) + 3_037_000_493);

        public int Below(int n)
        {
            state = unchecked((state * 6_364_136_223_846_793_005) + 1_442_695_040_888_963_407);
            return (int)((state >> 33) % (ulong)n);
        }
    }
}
