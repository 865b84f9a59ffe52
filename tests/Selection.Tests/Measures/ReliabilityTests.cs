using Minka.Measures.Reliability;

namespace Minka.Selection.Tests.Measures;

public sealed class ReliabilityTests
{
    private static readonly double[][] ShroutFleiss = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]];

    // Shrout and Fleiss (1979); limits by R's psych (goldens/methods/r_reference.json).
    [Fact]
    public void Icc_ShroutFleiss_ValuesAndLimits()
    {
        var icc = IntraclassCorrelation.Of(ShroutFleiss)!;
        icc.Form("ICC2").Value.ShouldBe(0.289763779527559, 1e-12);
        icc.Form("ICC3k").Value.ShouldBe(0.909315542377069, 1e-12);
        icc.Form("ICC2").Low.ShouldBe(0.018786513374712, 1e-9);
        icc.Form("ICC2").High.ShouldBe(0.761084369648953, 1e-9);
        icc.Form("ICC2k").High.ShouldBe(0.927232040167722, 1e-9);
        icc.Form("ICC1k").Low.ShouldBe(-0.884442155238119, 1e-9);
        icc.Form("ICC1").P.ShouldBe(0.16476880834464, 1e-12);
        (icc.Form("ICC3").P / 0.000134566516484337).ShouldBe(1, 1e-9);
        IntraclassCorrelation.Of([[1, 1], [1, 1]]).ShouldBeNull();
        IntraclassCorrelation.Of([[1, 2]]).ShouldBeNull();
        Should.Throw<ArgumentException>(() => IntraclassCorrelation.Of([[1, 2], [1]]));
    }

    // Krippendorff (2011): .743 .815 .849 .797.
    [Fact]
    public void Alpha_FourByTwelve_AllMetrics()
    {
        double?[][] ratings =
        [
            [1, 2, 3, 3, 2, 1, 4, 1, 2, null, null, null], [1, 2, 3, 3, 2, 2, 4, 1, 2, 5, null, 3],
            [null, 3, 3, 3, 2, 3, 4, 2, 2, 5, 1, null], [1, 2, 3, 3, 2, 4, 4, 1, 2, 5, 1, null],
        ];
        Enum.GetValues<RatingMetric>().Zip([0.743421052631579, 0.8153875037548813, 0.8491071428571428, 0.797402774711612]).ShouldAllBe(z => Math.Abs(Krippendorff.Alpha(ratings, z.First)!.Value - z.Second) < 1e-12);
        Krippendorff.Alpha([[1, 1], [1, 1]], RatingMetric.Nominal).ShouldBeNull();
        Krippendorff.Alpha([[1, 2], [null, null]], RatingMetric.Nominal).ShouldBeNull();
        Krippendorff.Alpha([[1, 2], [1, 2]], RatingMetric.Interval).ShouldBe(1);
    }

    [Fact]
    public void Kendall_TiesAndNone()
    {
        var w = KendallConcordance.Of([[1, 2, 3, 4, 5], [2, 1, 3, 5, 4], [1, 3, 2, 4, 5]])!;
        w.W.ShouldBe(0.8444444444444444, 1e-12);
        w.MeanSpearman.ShouldBe(0.7666666666666666, 1e-12);
        var tied = KendallConcordance.Of([.. Enumerable.Range(0, 4).Select(r => (IReadOnlyList<double>)[.. ShroutFleiss.Select(t => t[r])])])!;
        tied.W.ShouldBe(0.8870370370370371, 1e-12);
        (tied.P!.Value / 4.13984807229081e-06).ShouldBe(1, 1e-9);
        KendallConcordance.Of([[1, 1], [1, 1]]).ShouldBeNull();
    }

    // Exact fractions of goldens/methods/calibration.json.
    [Fact]
    public void Calibration_EightScores_IsExact()
    {
        GivenScore[] scores =
        [
            new("P1", "E1", 80), new("P1", "E2", 70), new("P2", "E2", 60), new("P2", "E3", 75), new("P3", "E1", 90), new("P3", "E3", 95), new("P4", "E2", 50), new("P4", "E1", 62),
        ];
        var fit = EvaluatorCalibration.Fit(scores);
        fit.Quality["P2"].ShouldBe(new Quotient(1028, 15));
        fit.Bias["E2"].ShouldBe(new Quotient(-131, 15));
        fit.Bias["E2"].ToDouble().ShouldBe(-131.0 / 15, 1e-15);
        EvaluatorCalibration.Fit(scores, 1).Quality["P1"].ShouldBe(new Quotient(77, 1));
        EvaluatorCalibration.Components([.. scores, new("P9", "E9", 1)]).Count.ShouldBe(2);
        Should.Throw<ArgumentException>(() => EvaluatorCalibration.Fit([.. scores, new("P9", "E9", 1)]));
        EvaluatorCalibration.Fit([new("P", "E", 7)]).Quality["P"].ShouldBe(new Quotient(7, 1));
    }

    [Fact]
    public void Calibration_ScoresOfTheModel_AreGivenBack()
    {
        decimal[] quality = [50, 61, 72.5m, 80], bias = [-4, 1, 3];
        GivenScore[] scores = [.. quality.SelectMany((q, p) => bias.Select((b, e) => new GivenScore($"p{p}", $"e{e}", q + b)))];
        var fit = EvaluatorCalibration.Fit(scores);
        quality.Select((q, p) => fit.Quality[$"p{p}"].ToDouble() - (double)q).ShouldAllBe(d => Math.Abs(d) < 1e-12);
        bias.Select((b, e) => fit.Bias[$"e{e}"].ToDouble() - (double)b).ShouldAllBe(d => Math.Abs(d) < 1e-12);
    }

    [Fact]
    public void Normalised_ConstantOrSingle_IsZero()
    {
        NormalisedScores.Of([7, 7, 7]).Z.ShouldBe([0, 0, 0]);
        var one = NormalisedScores.Of([7]);
        (one.Z[0], one.MinMax[0], one.Rank[0]).ShouldBe((0, 0, 0));
        NormalisedScores.Of([1, 2, 2, 3]).Rank.ShouldBe([0, 0.5, 0.5, 1]);
    }

    [Fact]
    public void Discrepancy_ThreeScores_NeverLeavesTheirRange()
    {
        var draws = new Sequence(2);
        for (var i = 0; i < 500; i++)
        {
            decimal[] s = [draws.Next(101), draws.Next(101), draws.Next(101)];
            Discrepancy.Settle(s[0], s[1], s[2]).ShouldBeInRange(s.Min(), s.Max());
        }

        Discrepancy.Settle(50, 70, 60).ShouldBe(60);
        Discrepancy.Settle(50, 80, 75).ShouldBe(77.5m);
        Discrepancy.NeedsThird(50, 70, 20, 0).ShouldBeFalse();
        Discrepancy.NeedsThird(50, 70.5m, 20, 0).ShouldBeTrue();
        Discrepancy.NeedsThird(58, 62, 20, 60).ShouldBeTrue();
    }

    [Fact]
    public void Assignment_RandomInstances_AgreeWithEnumeration()
    {
        var draws = new Sequence(8);
        for (var round = 0; round < 60; round++)
        {
            var (p, r) = (1 + (int)draws.Next(4), 2 + (int)draws.Next(3));
            long[][] similarity = [.. Enumerable.Range(0, p).Select(_ => Enumerable.Range(0, r).Select(_ => draws.Next(10)).ToArray())];
            var conflicts = Enumerable.Range(0, p * r).Where(_ => draws.Next(5) == 0).Select(i => (i / r, i % r)).ToHashSet();
            var problem = new AssignmentProblem(similarity, conflicts, 1 + (int)draws.Next(2), 1 + (int)draws.Next(3));
            var all = Enumerate(problem).ToList();
            EvaluatorAssignment.Feasible(problem).ShouldBe(all.Count);
            var (greatest, fairest) = (EvaluatorAssignment.FirstOfGreatestTotal(problem), EvaluatorAssignment.Fairest(problem));
            if (all.Count == 0)
            {
                (greatest, fairest, EvaluatorAssignment.OfGreatestTotal(problem)).ShouldBe((null, null, null));
                continue;
            }

            var best = all.Max(a => a.Total);
            (greatest!.Total, EvaluatorAssignment.OfGreatestTotal(problem)!.Total).ShouldBe((best, best));
            greatest.Evaluators.ShouldBe(all.First(a => a.Total == best).Evaluators);
            var worst = all.Max(a => a.Worst);
            fairest!.Worst.ShouldBe(worst);
            fairest.Total.ShouldBe(all.Where(a => a.Worst == worst).Max(a => a.Total));
        }
    }

    [Fact]
    public void Assignment_TooFewWithoutConflict_NamesTheProposal() =>
        EvaluatorAssignment.Scarce(new AssignmentProblem([[1, 1], [1, 1]], new HashSet<(int, int)> { (1, 0) }, 2, 2)).ShouldBe([1]);

    private static IEnumerable<EvaluatorAssignment> Enumerate(AssignmentProblem problem)
    {
        var (p, r) = (problem.Similarity.Count, problem.Similarity[0].Count);
        int[][] subsets = [.. Enumerable.Range(0, 1 << r).Select(m => Enumerable.Range(0, r).Where(j => (m >> j & 1) == 1).ToArray()).Where(s => s.Length == problem.PerProposal)
            .OrderBy(s => string.Join(",", s), StringComparer.Ordinal)];
        foreach (var choice in Product(subsets, p))
        {
            if (choice.Select((s, i) => s.Any(j => problem.Conflicts.Contains((i, j)))).Any(c => c) || Enumerable.Range(0, r).Any(j => choice.Count(s => s.Contains(j)) > problem.MaximumLoad))
                continue;
            long[] sums = [.. choice.Select((s, i) => s.Sum(j => problem.Similarity[i][j]))];
            yield return new EvaluatorAssignment(choice, sums.Sum(), sums.Min());
        }
    }

    private static IEnumerable<int[][]> Product(int[][] subsets, int p) => p == 0 ? [[]] : Product(subsets, p - 1).SelectMany(head => subsets.Select(s => (int[][])[.. head, s]));
}
