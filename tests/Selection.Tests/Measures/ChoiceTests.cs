using Minka.Measures.Choice;

namespace Minka.Selection.Tests.Measures;

public sealed class ChoiceTests
{
    // Saaty's textbook table; goldens/methods/mcdm.json, ahp_3x3.
    [Fact]
    public void Comparison_Textbook_IsTheKnownAnswer()
    {
        var c = PairwiseComparison.Of([[1, 3, 5], [1.0 / 3, 1, 3], [0.2, 1.0 / 3, 1]]);
        c.Weights[0].ShouldBe(0.6369855717447571, 1e-12);
        c.Eigenvalue.ShouldBe(3.0385110905581705, 1e-12);
        c.Ratio!.Value.ShouldBe(0.03319921599842283, 1e-12);
        c.GeometricIndex!.Value.ShouldBe(0.11516438781225202, 1e-12);
        c.Acceptable.ShouldBeTrue();
    }

    [Fact]
    public void Comparison_Circle_GivesEqualWeightsAndIsRefused()
    {
        var c = PairwiseComparison.Of([[1, 5, 0.2], [0.2, 1, 5], [5, 0.2, 1]]);
        c.Weights.ShouldAllBe(w => Math.Abs(w - (1.0 / 3)) < 1e-12);
        c.Eigenvalue.ShouldBe(6.2, 1e-12);
        c.Acceptable.ShouldBeFalse();
    }

    [Fact]
    public void Comparison_Consistent_GivesBackItsWeights()
    {
        double[] weights = [0.5, 0.25, 0.125, 0.1, 0.025];
        var c = PairwiseComparison.Of([.. weights.Select(a => (IReadOnlyList<double>)[.. weights.Select(b => a / b)])]);
        c.Weights.Zip(weights).ShouldAllBe(z => Math.Abs(z.First - z.Second) < 1e-12);
        c.Ratio!.Value.ShouldBe(0, 1e-12);
        (PairwiseComparison.Of([[1, 4], [0.25, 1]]).Ratio, PairwiseComparison.Of([[1]]).Weights[0]).ShouldBe((0, 1));
        PairwiseComparison.Of([.. Enumerable.Range(0, 11).Select(_ => (IReadOnlyList<double>)[.. Enumerable.Repeat(1.0, 11)])]).Ratio.ShouldBeNull();
        Should.Throw<ArgumentException>(() => PairwiseComparison.Of([[1, 2], [2, 1]]));
        Should.Throw<ArgumentException>(() => PairwiseComparison.Of([[1, 2, 3], [0.5, 1, 1]]));
        PairwiseComparison.Group([[[1, 2], [0.5, 1]], [[1, 8], [0.125, 1]]])[0][1].ShouldBe(4, 1e-12);
    }

    // Exact: goldens/methods/mcdm.json, smaa2_exact.
    [Fact]
    public void Acceptability_TwoCriteria_IsExact()
    {
        var a = WeightAcceptability.Of([[1, 0], [0, 1], [0.6, 0.6]]);
        a.First.Zip([0.4, 0.4, 0.2]).ShouldAllBe(z => Math.Abs(z.First - z.Second) < 1e-14);
        a.CentralWeights[2]!.Zip([0.5, 0.5]).ShouldAllBe(z => Math.Abs(z.First - z.Second) < 1e-14);
        WeightAcceptability.Of([[1, 1], [0, 0]]).CentralWeights[1].ShouldBeNull();
        // Equal alternatives share the better rank.
        WeightAcceptability.Of([[1, 0], [1, 0]]).First.ShouldBe([1, 1]);
    }

    [Fact]
    public void Acceptability_ThreeCriteria_IsSymmetricAndAgreesWithDraws()
    {
        var corners = WeightAcceptability.Of([[1, 0, 0], [0, 1, 0], [0, 0, 1]]);
        corners.Exact.ShouldBeTrue();
        corners.First.ShouldAllBe(f => Math.Abs(f - (1.0 / 3)) < 1e-12);
        double[][] scores = [[0.9, 0.2, 0.4], [0.3, 0.8, 0.5], [0.5, 0.5, 0.55], [0.1, 0.3, 0.9]];
        var exact = WeightAcceptability.Of(scores);
        exact.Ranks.ShouldAllBe(r => Math.Abs(r.Sum() - 1) < 1e-12);
        // A fourth criterion on which all are alike leaves a simulation of the same order, other weights: compare by brute force instead.
        var draws = new Sequence(1);
        var first = new int[4];
        const int Draws = 40_000;
        for (var d = 0; d < Draws; d++)
        {
            double[] cuts = [0, .. new[] { draws.Unit(), draws.Unit() }.Order(), 1];
            double[] w = [cuts[1], cuts[2] - cuts[1], 1 - cuts[2]];
            first[Enumerable.Range(0, 4).MaxBy(i => scores[i].Zip(w, (s, x) => s * x).Sum())]++;
        }

        exact.First.Zip(first).ShouldAllBe(z => Math.Abs(z.First - ((double)z.Second / Draws)) < 0.01);
        var simulated = WeightAcceptability.Of([[1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0], [0, 0, 0, 1]], 20_000, 3);
        simulated.Exact.ShouldBeFalse();
        simulated.First.ShouldAllBe(f => Math.Abs(f - 0.25) < 0.02);
    }

    [Fact]
    public void Outranking_Edges_AreDefined()
    {
        Topsis.Of([[1, 5], [1, 5]], [0.5, 0.5], [true, false]).Closeness.ShouldBe([null, null]);
        var flows = Promethee.Of([[80, 100], [65, 80], [90, 150]], [0.5, 0.5], [true, false], [new(5, 20), PreferenceFunction.Usual]);
        flows.Net.Sum().ShouldBe(0, 1e-12);
        Should.Throw<ArgumentException>(() => Promethee.Of([[1]], [1], [true], [PreferenceFunction.Usual]));
        Should.Throw<ArgumentException>(() => Topsis.Of([[1, 2]], [1], [true]));
    }

    [Fact]
    public void Rubric_GatesBeforeWeights()
    {
        var score = RubricScore.Of([new(0.3m, 4, 5), new(0.7m, 1, 4, Minimum: 2)]);
        score.Points.ShouldBe(24 + 17.5m);
        score.Failed.ShouldBe([1]);
        Should.Throw<ArgumentException>(() => RubricScore.Of([new(0.3m, 4, 5)]));
    }
}
