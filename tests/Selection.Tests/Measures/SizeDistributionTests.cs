using FsCheck;
using FsCheck.Fluent;
using Minka.Measures.Dispersion;
using Minka.Measures.Spending;

namespace Minka.Selection.Tests.Measures;

public sealed class SizeDistributionTests
{
    [Fact]
    public void OnLogScale_AmountsOnALimit_BelongAboveIt()
    {
        var bins = SizeDistribution.OnLogScale([0, 1, 9.99m, 10, 99, 100, 100_000], 1);

        bins.Select(b => (Math.Round(b.From), b.Count, b.Amount)).ShouldBe([(1, 2, 10.99m), (10, 2, 109m), (100, 1, 100m), (1_000, 0, 0m), (10_000, 0, 0m), (100_000, 1, 100_000m)]);
        SizeDistribution.OnLogScale([0, 0]).ShouldBeEmpty();
        Should.Throw<ArgumentOutOfRangeException>(() => SizeDistribution.OnLogScale([-1]));
    }

    [Fact]
    public void OnLogScale_AnyAmounts_AreAllInTheirBin() => Prop.ForAll<NonNegativeInt[]>(cents =>
    {
        decimal[] amounts = [.. cents.Select(c => c.Get / 100m)];
        var bins = SizeDistribution.OnLogScale(amounts);
        bins.Sum(b => b.Count).ShouldBe(amounts.Count(a => a > 0));
        bins.Sum(b => b.Amount).ShouldBe(amounts.Sum());
        bins.Zip(bins.Skip(1)).ShouldAllBe(p => p.First.To == p.Second.From);
        foreach (var bin in bins)
            bin.Count.ShouldBe(amounts.Count(a => (double)a >= bin.From && (double)a < bin.To));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Lorenz_UnevenAmounts_IsTheKnownCurve() =>
        SizeDistribution.Lorenz([100, 40, 30, 20, 10]).Select(p => (p.Projects, p.Money)).ShouldBe([(0, 0), (0.2, 0.05), (0.4, 0.15), (0.6, 0.3), (0.8, 0.5), (1, 1)]);

    [Fact]
    public void Lorenz_WithEveryPoint_EnclosesHalfTheGini() => Prop.ForAll<NonNegativeInt[]>(amounts =>
    {
        decimal[] money = [.. amounts.Select(a => (decimal)a.Get)];
        var points = SizeDistribution.Lorenz(money, Math.Max(2, money.Length + 1));
        if (money.Sum() == 0)
        {
            points.ShouldBeEmpty();
            return;
        }

        var area = points.Zip(points.Skip(1), (a, b) => (b.Projects - a.Projects) * (a.Money + b.Money) / 2).Sum();
        (1 - (2 * area)).ShouldBe(AmountDispersion.Of(money).Gini!.Value, 1e-9);
        points[^1].ShouldBe(new LorenzPoint(1, 1));
    }).QuickCheckThrowOnFailure();

    [Fact]
    public void Lorenz_OfMany_KeepsFewPointsThatLieOnTheCurve()
    {
        decimal[] amounts = [.. Enumerable.Range(1, 1_000).Select(i => (decimal)i)];
        var points = SizeDistribution.Lorenz(amounts, 11);
        points.Count.ShouldBe(11);
        points[5].ShouldBe(new LorenzPoint(0.5, (double)(amounts.Take(500).Sum() / amounts.Sum())));
    }

    [Fact]
    public void PopulationRates_WithoutPeople_AreNothing()
    {
        PopulationRates.PerHead(1_000, 40).ShouldBe(25);
        PopulationRates.ProjectsPerTenThousand(3, 20_000).ShouldBe(1.5);
        PopulationRates.PerHead(1_000, 0).ShouldBeNull();
        PopulationRates.ProjectsPerTenThousand(3, null).ShouldBeNull();
    }
}
