using Minka.Measures.Dispersion;
using Minka.Measures.Numerics;

namespace Minka.Selection.Tests.Measures;

public sealed class SampleIntervalsTests
{
    private static readonly decimal[] Drawn = [.. Amounts(60)];

    // Resamples are read as counts of ordered values; here each is drawn, sorted and measured as the formulas say.
    [Fact]
    public void Of_DrawnAmounts_EqualsResamplesMeasuredOneByOne()
    {
        double[] ordered = [.. Drawn.Order().Select(a => (double)a)];
        var found = SampleIntervals.Of(Drawn, 1_000_000)!;
        Same(found.Median!.Value, Naive(ordered, s => Quantiles.Of([.. s.Order()], 0.5)!.Value));
        Same(found.ShareBelow!.Value, Naive(ordered, s => s.Count(v => v < 1_000_000) / (double)s.Count));
        Same(found.Gini!.Value, Naive(ordered, s => AmountDispersion.Of([.. s.Select(v => (decimal)v)]).Gini!.Value));
    }

    [Fact]
    public void Of_SameSeed_SameIntervalsAroundTheFigures()
    {
        var found = SampleIntervals.Of(Drawn, 1_000_000)!;
        found.ShouldBe(SampleIntervals.Of([.. Drawn.Reverse()], 1_000_000));
        found.ShouldNotBe(SampleIntervals.Of(Drawn, 1_000_000, seed: 43));
        ((double)Drawn.Order().ElementAt(29)).ShouldBeInRange(found.Median!.Value.Low, found.Median.Value.High);
    }

    [Fact]
    public void Of_FewOrEqualAmounts_HasNone()
    {
        SampleIntervals.Of([.. Amounts(29)], 1_000_000).ShouldBeNull();
        // No resample lies below: the correction of the bias is undefined.
        SampleIntervals.Of([.. Enumerable.Repeat(5m, 40)], 10).ShouldBe(new SampleIntervals(null, null, null));
    }

    private static IEnumerable<decimal> Amounts(int n)
    {
        var draws = new SeededDraws(7);
        for (var i = 0; i < n; i++)
            yield return Math.Round((decimal)Math.Exp(9 + (7 * draws.Unit())), 2);
    }

    private static void Same((double Low, double High) a, (double Low, double High) b)
    {
        a.Low.ShouldBe(b.Low, Math.Abs(b.Low) * 1e-6);
        a.High.ShouldBe(b.High, Math.Abs(b.High) * 1e-6);
    }

    private static (double Low, double High) Naive(double[] ordered, Func<IReadOnlyList<double>, double> figure)
    {
        var draws = new SeededDraws(42);
        var value = figure(ordered);
        double[] found = [.. Enumerable.Range(0, 999).Select(_ => figure([.. Enumerable.Range(0, ordered.Length).Select(_ => ordered[draws.Below(ordered.Length)])])).Order()];
        double[] left = [.. Enumerable.Range(0, ordered.Length).Select(i => figure([.. ordered.Where((_, j) => j != i)]))];
        var mean = left.Average();
        var a = left.Sum(l => Math.Pow(mean - l, 3)) / (6 * Math.Pow(left.Sum(l => (mean - l) * (mean - l)), 1.5));
        var z0 = NormalQuantile(found.Count(f => f < value) / 999.0);
        return (At(0.025), At(0.975));

        double At(double p)
        {
            var z = z0 + NormalQuantile(p);
            return Quantiles.Of(found, NormalCdf(z0 + (z / (1 - (a * z)))), 6)!.Value;
        }
    }

    /// <summary>Simpson's rule from 0, and bisection: slow, and nothing in common with what is tested.</summary>
    private static double NormalCdf(double x)
    {
        const int Parts = 2_000;
        var h = x / Parts;
        var sum = Enumerable.Range(0, Parts + 1).Sum(i => (i is 0 or Parts ? 1 : i % 2 == 1 ? 4 : 2) * Math.Exp(-i * h * i * h / 2));
        return 0.5 + (sum * h / 3 / Math.Sqrt(2 * Math.PI));
    }

    private static double NormalQuantile(double p)
    {
        var (low, high) = (-9.0, 9.0);
        for (var i = 0; i < 60; i++)
            (low, high) = NormalCdf((low + high) / 2) < p ? ((low + high) / 2, high) : (low, (low + high) / 2);
        return low;
    }
}
