using Minka.Selection.Optimal;

namespace Minka.Selection.Tests.Optimal;

public sealed class RobustnessTests
{
    [Fact]
    public void FundingProbability_ClearAndCloseScores_TellsThemApart()
    {
        // Four proposals, three evaluators; the second evaluator is harsher by 10 points throughout. Two are clear, two are close.
        double[] quality = [90, 70, 69.5, 40];
        double[] noise = [1.2, -0.8, 0.4, -1.1, 0.9, 0.3, -0.5, -1.0, 0.7, 0.2, 1.0, -0.6];
        var scores = Enumerable.Range(0, 12).Select(k => new EvaluatorScore(k / 3, k % 3, quality[k / 3] - (k % 3 == 1 ? 10 : 0) + noise[k])).ToArray();
        IReadOnlyList<double> Run() => Robustness.FundingProbability(4, Robustness.QualityDraws(4, scores, 2_000, Uniform(7)), draw => draw.Select((q, k) => (q, k)).OrderByDescending(d => d.q).Take(2).Select(d => d.k));
        var probabilities = Run();
        probabilities[0].ShouldBeGreaterThan(0.95);
        probabilities[3].ShouldBeLessThan(0.05);
        probabilities[1].ShouldBeInRange(0.15, 0.9);
        probabilities.Sum().ShouldBe(2, 1e-9);
        Run().ShouldBe(probabilities, "the same numbers give the same result");
    }

    [Fact]
    public void WeightDraws_DominatedProposal_IsNeverFirst()
    {
        var probabilities = Robustness.FundingProbability(3, Robustness.WeightDraws([[9, 2], [2, 9], [1, 1]], 4_000, Uniform(3)), draw => [draw.Select((q, k) => (q, k)).MaxBy(d => d.q).k]);
        probabilities[2].ShouldBe(0);
        probabilities[0].ShouldBe(0.5, 0.05);
    }

    [Fact]
    public void OptimisedRule_NoNoise_GivesTheAward()
    {
        var model = new AwardModel { Budget = 10, Proposals = [AwardOptimiserTests.One("A", 5, 5), AwardOptimiserTests.One("C", 10, 11)] };
        Robustness.FundingProbability(2, [[5.0, 11.0]], Robustness.OptimisedRule(model)).ShouldBe([0, 1]);
    }

    [Fact]
    public void QualityDraws_FaultyScores_AreRefused()
    {
        Should.Throw<ArgumentException>(() => Robustness.QualityDraws(2, [new(0, 0, 5)], 5, Uniform(1)));
        Should.Throw<ArgumentException>(() => Robustness.QualityDraws(1, [new(0, 0, double.NaN)], 5, Uniform(1)));
    }

    private static Func<double> Uniform(ulong seed)
    {
        var state = seed;
        return () =>
        {
            state = unchecked((state * 6_364_136_223_846_793_005UL) + 1_442_695_040_888_963_407UL);
            return (state >> 11) / (double)(1UL << 53);
        };
    }
}
