using Minka.Measures.Dispersion;

namespace Minka.Selection.Tests.Measures;

public sealed class DispersionTests
{
    // methods.md §1.2: eight of ten projects are small and hold an eighth of the money, yet HHI says concentrated.
    private static readonly decimal[] TenProjects = [45_000, 60_000, 80_000, 80_000, 120_000, 250_000, 400_000, 900_000, 1_500_000, 12_000_000];

    [Fact]
    public void Of_TenProjects_NoIndexTellsAll()
    {
        var d = AmountDispersion.Of(TenProjects);
        d.Hhi!.Value.ShouldBe(0.6192, 1e-3);
        d.EffectiveNumber!.Value.ShouldBe(2.4, 0.05);
        d.Gini!.Value.ShouldBe(0.7960, 1e-3);
        d.Median.ShouldBe(185_000);
        d.SizeWeightedMean!.Value.ShouldBe(9.5e6, 0.1e6);
        var sizes = SizeProfile.Of([.. TenProjects.Select(a => (long)a * 100)]);
        sizes.Below1MCount.ShouldBe(0.8);
        sizes.Below1MAmount!.Value.ShouldBe(0.1254, 1e-4);
        sizes.Below100kCount.ShouldBe(0.4);
        (sizes.MediumCount, sizes.LargeCount).ShouldBe((0.1, 0.1));
    }

    // goldens/methods/fragmentation.json, uneven5.
    [Fact]
    public void Of_UnevenAmounts_IsTheKnownAnswer()
    {
        var d = AmountDispersion.Of([10, 20, 30, 40, 100]);
        d.Hhi!.Value.ShouldBe(0.325, 1e-12);
        d.HhiNormalised!.Value.ShouldBe(0.15625, 1e-12);
        d.EffectiveNumber!.Value.ShouldBe(3.7926853107656178, 1e-12);
        d.EffectiveNumberOfOrder2!.Value.ShouldBe(3.0769230769230766, 1e-12);
        d.EffectiveNumberOfInfiniteOrder!.Value.ShouldBe(2, 1e-12);
        (d.Cr1, d.Cr4).ShouldBe((0.5, 0.95));
        d.Gini!.Value.ShouldBe(0.4, 1e-12);
        d.GiniSample!.Value.ShouldBe(0.5, 1e-12);
        d.TheilT!.Value.ShouldBe(0.27636361895732137, 1e-12);
        d.P90!.Value.ShouldBe(76, 1e-12);
    }

    [Fact]
    public void Of_NothingOrZeros_IsUndefinedNotZero()
    {
        foreach (var d in new[] { AmountDispersion.Of([]), AmountDispersion.Of([0, 0]) })
        {
            new object?[] { d.Hhi, d.HhiNormalised, d.SizeWeightedMean, d.Shannon, d.Pielou, d.Cr1, d.Cr4, d.Gini, d.GiniSample, d.TheilT, d.TheilL, d.Variation, d.Fragmentation, d.EffectiveNumber }
                .ShouldAllBe(v => v == null);
            d.Total.ShouldBe(0);
        }

        AmountDispersion.Of([]).Mean.ShouldBeNull();
        AmountDispersion.Of([0, 0]).Mean.ShouldBe(0);
        var single = AmountDispersion.Of([500]);
        (single.Hhi, single.Gini, single.Cr4).ShouldBe((1, 0, 1));
        (single.HhiNormalised, single.Pielou, single.GiniSample).ShouldBe((null, null, null));
        Should.Throw<ArgumentOutOfRangeException>(() => AmountDispersion.Of([1, -1]));
    }

    [Fact]
    public void Of_RandomAmounts_AgreesWithTheDefinitions()
    {
        var draws = new Sequence(7);
        for (var round = 0; round < 200; round++)
        {
            decimal[] x = [.. Enumerable.Range(0, 1 + (int)draws.Next(12)).Select(_ => (decimal)draws.Next(50))];
            if (x.Sum() == 0)
                continue;
            var d = AmountDispersion.Of(x);
            double n = x.Length, mean = (double)x.Sum() / n;
            // Gini as the mean absolute difference over twice the mean.
            d.Gini!.Value.ShouldBe(x.SelectMany(a => x.Select(b => (double)Math.Abs(a - b))).Sum() / (2 * n * n * mean), 1e-12);
            d.TheilT!.Value.ShouldBeInRange(-1e-12, Math.Log(n) + 1e-12);
            d.Hhi!.Value.ShouldBeInRange((1.0 / d.Positive) - 1e-12, 1 + 1e-12);
            (d.EffectiveNumberOfInfiniteOrder <= d.EffectiveNumberOfOrder2 + 1e-9 && d.EffectiveNumberOfOrder2 <= d.EffectiveNumber + 1e-9 && d.EffectiveNumber <= d.Positive + 1e-9).ShouldBeTrue();
            // Scale and order make no difference.
            var scaled = AmountDispersion.Of([.. x.Reverse().Select(a => a * 37)]);
            scaled.Gini!.Value.ShouldBe(d.Gini.Value, 1e-12);
            scaled.Shannon!.Value.ShouldBe(d.Shannon!.Value, 1e-12);
        }
    }

    [Fact]
    public void Decompositions_RandomGroups_AreIdentities()
    {
        var draws = new Sequence(11);
        for (var round = 0; round < 200; round++)
        {
            List<IReadOnlyCollection<decimal>> groups = [.. Enumerable.Range(0, 1 + (int)draws.Next(5)).Select(_ => (IReadOnlyCollection<decimal>)[.. Enumerable.Range(0, (int)draws.Next(5)).Select(_ => (decimal)draws.Next(20))])];
            if (groups.Sum(g => g.Sum()) == 0)
            {
                Decompositions.TheilT(groups).ShouldBeNull();
                continue;
            }

            var (t, l, h, e) = (Decompositions.TheilT(groups)!, Decompositions.TheilL(groups)!, Decompositions.Hhi(groups)!, Decompositions.Entropy(groups)!);
            (t.Within + t.Between).ShouldBe(t.All, 1e-12);
            (l.Within + l.Between).ShouldBe(l.All, 1e-12);
            h.Parts.Sum().ShouldBe(h.All, 1e-12);
            (e.Between + e.Within).ShouldBe(e.All, 1e-12);
        }
    }

    // goldens/methods/fragmentation.json, theil_decomposition.
    [Fact]
    public void TheilT_ThreeGroups_IsTheKnownAnswer()
    {
        var t = Decompositions.TheilT([[10, 20, 30], [40, 100], [5, 5, 5, 5]])!;
        t.All.ShouldBe(0.5546759985426468, 1e-12);
        t.Within.ShouldBe(0.08416065597319003, 1e-12);
        t.BetweenShare!.Value.ShouldBe(0.8482706008655261, 1e-12);
        t.PerGroup[2].ShouldBe(0);
    }

    // goldens/methods/r_reference.json, quantile_types: R's nine definitions of the ninetieth percentile.
    [Fact]
    public void Quantiles_NineTypes_AreThoseOfR()
    {
        double[] sorted = [.. TenProjects.Select(v => (double)v)];
        Enumerable.Range(1, 9).Select(t => Math.Round(Quantiles.Of(sorted, 0.9, t)!.Value)).ShouldBe([1_500_000, 6_750_000, 1_500_000, 1_500_000, 6_750_000, 10_950_000, 2_550_000, 8_150_000, 7_800_000]);
        Quantiles.Of([], 0.5).ShouldBeNull();
        for (var type = 1; type <= 9; type++)
        {
            Quantiles.Of([3], 0.5, type).ShouldBe(3);
            (Quantiles.Of(sorted, 0, type), Quantiles.Of(sorted, 1, type)).ShouldBe((45_000, 12_000_000));
        }
    }

    [Fact]
    public void Uncertainty_FewProjects_ShowsTheRangeNotAnInterval()
    {
        var few = GiniUncertainty.Of(TenProjects)!;
        few.Interval.ShouldBeNull();
        few.LeaveOneOut!.Value.Low.ShouldBe(0.591945657447841, 1e-12);
        few.LeaveOneOut!.Value.High.ShouldBe(0.81569190288243, 1e-12);
        few.DominatedByOne.ShouldBeTrue();

        decimal[] many = [.. Enumerable.Range(1, 40).Select(i => (decimal)(i * i))];
        var shown = GiniUncertainty.Of(many)!;
        shown.DominatedByOne.ShouldBeFalse();
        (shown.Interval!.Value.Low < shown.Gini && shown.Gini < shown.Interval.Value.High && shown.Interval.Value.High <= 1).ShouldBeTrue();
        GiniUncertainty.Of(many).ShouldBe(shown);
        GiniUncertainty.Of([0, 0]).ShouldBeNull();
        GiniUncertainty.Of([5])!.LeaveOneOut.ShouldBeNull();
    }

    [Fact]
    public void Jackknife_EveryAmount_IsTheIndexWithoutIt()
    {
        decimal[] x = [7, 0, 7, 3, 12, 1];
        GiniUncertainty.Jackknife(x).Select((g, i) => g!.Value - AmountDispersion.Of([.. x.Where((_, j) => j != i)]).Gini!.Value).ShouldAllBe(d => Math.Abs(d) < 1e-14);
    }

    [Fact]
    public void FixedCost_Bundling_SavesOverheads()
    {
        FixedCost.Burden(10, 30_000, 1_000_000).ShouldBe(0.3);
        FixedCost.Burden(10, 30_000, 0).ShouldBeNull();
        FixedCost.Saving(10, 3, 30_000).ShouldBe(210_000);
        Should.Throw<ArgumentOutOfRangeException>(() => FixedCost.Saving(3, 10, 1));
    }
}

/// <summary>A fixed linear congruence: the same cases on every machine.</summary>
internal sealed class Sequence(ulong seed)
{
    private ulong _state = seed;

    public long Next(long below)
    {
        _state = unchecked((_state * 6_364_136_223_846_793_005UL) + 1_442_695_040_888_963_407UL);
        return (long)((_state >> 33) % (ulong)below);
    }

    public double Unit() => Next(1_000_000) / 1_000_000.0;
}
