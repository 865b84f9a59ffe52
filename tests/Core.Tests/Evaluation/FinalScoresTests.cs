using Minka.Core.Evaluation;
using Minka.Core.Kernel;
using Minka.Core.Rules;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Evaluation;

public sealed class FinalScoresTests
{
    static readonly EvaluationRules Rules = BuiltInPacks.All.Select(r => r.Pack!).First(p => p.Id == "fdd").Evaluation;

    static ScoreSheet Sheet(int seat, int a, int b) => new(seat, new Dictionary<string, int> { ["a"] = a, ["b"] = b });

    [Theory]
    [InlineData(40, 20, 45, 30, false)]
    [InlineData(40, 20, 46, 30, true)]
    [InlineData(46, 30, 40, 20, true)]
    [InlineData(30, 30, 30, 30, false)]
    public void A_third_reader_is_called_above_the_limit_and_not_at_it(int a1, int b1, int a2, int b2, bool called) =>
        FinalScores.NeedsThirdReader([Sheet(1, a1, b1), Sheet(2, a2, b2)], Rules).ShouldBe(called);

    [Fact]
    public void The_mean_of_two_keeps_its_half()
    {
        var final = FinalScores.Compute([Sheet(1, 40, 20), Sheet(2, 41, 20)], Rules);
        final.TotalHundredths.ShouldBe(60_50);
        final.CriterionHundredths["a"].ShouldBe(40_50);
        final.MeetsThreshold.ShouldBeTrue();
    }

    [Fact]
    public void The_median_of_three_takes_the_middle_total()
    {
        var final = FinalScores.Compute([Sheet(1, 50, 40), Sheet(2, 20, 20), Sheet(3, 30, 35)], Rules);
        final.TotalHundredths.ShouldBe(65_00);
        final.CriterionHundredths["b"].ShouldBe(35_00);
    }

    [Theory]
    [InlineData(60, true)]
    [InlineData(59, false)]
    public void The_threshold_itself_is_enough(int total, bool meets) =>
        FinalScores.Compute([Sheet(1, total - 20, 20), Sheet(2, total - 20, 20)], Rules).MeetsThreshold.ShouldBe(meets);

    [Fact]
    public void Nothing_is_computed_while_a_reader_is_missing()
    {
        Should.Throw<RuleBroken>(() => FinalScores.Compute([Sheet(1, 40, 20)], Rules)).Code.ShouldBe(EvaluationCodes.ScoresPending);
        Should.Throw<RuleBroken>(() => FinalScores.Compute([Sheet(1, 50, 40), Sheet(2, 20, 20)], Rules)).Code.ShouldBe(EvaluationCodes.ScoresPending);
    }
}
