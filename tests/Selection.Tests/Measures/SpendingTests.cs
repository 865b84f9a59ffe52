using Minka.Measures.Cohesion;
using Minka.Measures.Spending;

namespace Minka.Selection.Tests.Measures;

public sealed class SpendingTests
{
    [Theory]
    [InlineData("2.097.6", 2097.6)]
    [InlineData("81.3", 81.3)]
    [InlineData("0.4", 0.4)]
    [InlineData("12.411.1", 12411.1)]
    [InlineData("1.234.567.8", 1234567.8)]
    [InlineData("715.9", 715.9)]
    [InlineData("45", 45)]
    public void ChapterNumber_AsScanned_IsRead(string text, double value)
    {
        ChapterNumber.TryParse(text, out var read).ShouldBeTrue();
        ((double)read).ShouldBe(value);
    }

    [Theory]
    [InlineData("200\uFFFD")]
    [InlineData("2.09.6")]
    [InlineData("")]
    [InlineData("2..6")]
    [InlineData("-1.0")]
    [InlineData(null)]
    public void ChapterNumber_IllegibleOrMalformed_IsNotGuessed(string? text) => ChapterNumber.TryParse(text, out _).ShouldBeFalse();

    [Fact]
    public void Ratios_OfNothing_AreUndefined()
    {
        SpendingRatios.Execution(10, 0).ShouldBeNull();
        SpendingRatios.Execution(11, 10).ShouldBe(1.1);
        SpendingRatios.Continuity([new(100, 5), new(300, 0)]).ShouldBe(0.25);
        SpendingRatios.Continuity([]).ShouldBeNull();
        SpendingRatios.WithoutBudget([new(0, 5), new(300, 0)]).ShouldBe(0.5);
        SpendingRatios.CostOverrun(150, 100).ShouldBe(0.5);
        SpendingRatios.CostOverrun(150, 0).ShouldBeNull();
        var prices = PriceIndex.OfLevels([new(2010, 80), new(2024, 120)]);
        SpendingRatios.CostOverrun(180, 2024, 100, 2010, prices)!.Value.ShouldBe(0.2, 1e-12);
        SpendingRatios.CostOverrun(180, 2024, 100, 2024, prices)!.Value.ShouldBe(0.8, 1e-12);
        SpendingRatios.CostOverrun(180, 2024, 100, 2011, prices).ShouldBeNull();
        SpendingRatios.CostOverrun(180, 2024, 0, 2010, prices).ShouldBeNull();
        SpendingRatios.WeightedCostOverrun([(150, 100), (300, 300), (9, 0)]).ShouldBe(0.125);
        SpendingRatios.TimeOverrun(new(2024, 1, 1), new(2024, 1, 11), new(2024, 1, 16)).ShouldBe(0.5);
        SpendingRatios.TimeOverrun(new(2024, 1, 1), new(2024, 1, 1), new(2024, 1, 16)).ShouldBeNull();
    }

    [Fact]
    public void Paralysed_SixMonthsWithoutProgress_ByTheComptrollersRule()
    {
        var (count, amount, known) = SpendingRatios.Paralysed([new(100, new(2024, 1, 31)), new(300, new(2024, 2, 1)), new(50, null)], new(2024, 7, 31));
        (count, amount, known).ShouldBe((0.5, 0.25, 2));
        SpendingRatios.Paralysed([new(50, null)], new(2024, 7, 31)).ShouldBe((null, null, 0));
    }

    [Fact]
    public void Alignment_FractionalTags_UntaggedApart()
    {
        SpendingRatios.Alignment([new(100, [("cafe", 0.5m), ("via", 0.5m)]), new(100, [])], new HashSet<string> { "cafe" }).ShouldBe((0.25, 0.5));
        SpendingRatios.Alignment([], new HashSet<string>()).ShouldBe((null, null));
        Should.Throw<ArgumentException>(() => SpendingRatios.Alignment([new(100, [("a", 0.7m), ("b", 0.7m)])], new HashSet<string>()));
    }

    [Fact]
    public void Concentration_AllToTheRichestOrEqual()
    {
        SpendingRatios.ConcentrationIndex([(1, 0), (2, 0), (3, 0), (4, 10)])!.Value.ShouldBe(0.75, 1e-12);
        SpendingRatios.ConcentrationIndex([(1, 5), (2, 5)])!.Value.ShouldBe(0, 1e-12);
        SpendingRatios.ConcentrationIndex([(1, 10), (1, 0)])!.Value.ShouldBe(0, 1e-12);
        SpendingRatios.ConcentrationIndex([]).ShouldBeNull();
    }

    [Fact]
    public void GreedyModularity_TwoTriangles_FindsThem()
    {
        var (q, communities) = Modularity.Greedy([(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)], 6)!.Value;
        q.ShouldBe(5.0 / 14, 1e-15);
        communities.ShouldBe([0, 0, 0, 1, 1, 1]);
        Modularity.Greedy([], 3).ShouldBeNull();
    }
}
