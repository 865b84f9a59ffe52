using Minka.Core.Territories;
using Minka.Core.Territories.Packs;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Territories;

public sealed class ChoroplethTests
{
    [Fact]
    public void Quantile_EvenValues_GivesEqualCounts()
    {
        var map = Choropleth.Make(Enumerable.Range(1, 25).Select(v => (decimal?)v).Append(null));

        map.Classes.Select(c => (c.From, c.To, c.Count)).ShouldBe([(1, 5, 5), (6, 10, 5), (11, 15, 5), (16, 20, 5), (21, 25, 5)]);
        map.Missing.ShouldBe(1);
        map.ClassOf(5).ShouldBe(0);
        map.ClassOf(6).ShouldBe(1);
        map.ClassOf(25).ShouldBe(4);
        map.ClassOf(null).ShouldBeNull();
        map.Classes[0].Label(v => $"{v}").ShouldBe("1 – 5");
    }

    [Fact]
    public void Quantile_ManyEqualValues_NeverPartsThem()
    {
        var map = Choropleth.Make(((int[])[1, 1, 1, 1, 1, 1, 2, 3, 4, 5]).Select(v => (decimal?)v));

        map.Classes.Select(c => c.Count).ShouldBe([6, 1, 1, 1, 1]);
    }

    [Theory]
    [InlineData(ClassMethod.Quantile)]
    [InlineData(ClassMethod.NaturalBreaks)]
    public void Make_FewOrNoValues_GivesFewerClasses(ClassMethod method)
    {
        Choropleth.Make([], method).Classes.ShouldBeEmpty();
        Choropleth.Make([null, null], method).Missing.ShouldBe(2);
        Choropleth.Make([null], method).ClassOf(3).ShouldBeNull();
        Choropleth.Make([7, 7, 7], method).Classes.ShouldBe([new(7, 7, 3)]);
        Choropleth.Make([7, 8], method).Classes.Count.ShouldBe(2);
    }

    [Fact]
    public void NaturalBreaks_ThreeHeaps_FindsThem() =>
        Choropleth.Make([1, 2, 1.5m, 10, 11, 10.5m, 100, 101], ClassMethod.NaturalBreaks, 3).Classes.Select(c => (c.From, c.To))
            .ShouldBe([(1, 2), (10, 11), (100, 101)]);

    [Fact]
    public void NaturalBreaks_AgainstEveryOtherDivision_IsTheBest()
    {
        var random = new Random(3);
        for (var round = 0; round < 60; round++)
        {
            var values = Enumerable.Range(0, random.Next(3, 10)).Select(_ => (decimal)random.Next(0, 40)).ToArray();
            var made = Choropleth.Make(values.Select(v => (decimal?)v), ClassMethod.NaturalBreaks, 3);

            Cost(made.Classes.Select(c => values.Where(v => v >= c.From && v <= c.To))).ShouldBe(BestCost(values), 1e-9);
        }

        static double BestCost(decimal[] values)
        {
            var d = values.Distinct().Order().ToArray();
            if (d.Length <= 3) return 0;
            var best = double.MaxValue;
            for (var i = 1; i < d.Length; i++)
                for (var j = i + 1; j < d.Length; j++)
                    best = Math.Min(best, Cost([values.Where(v => v < d[i]), values.Where(v => v >= d[i] && v < d[j]), values.Where(v => v >= d[j])]));
            return best;
        }

        static double Cost(IEnumerable<IEnumerable<decimal>> classes) =>
            classes.Sum(c => c.Sum(v => Math.Pow((double)v - (double)c.Average(), 2)));
    }

    [Theory]
    [InlineData(ClassMethod.Quantile)]
    [InlineData(ClassMethod.NaturalBreaks)]
    public void Make_RealIndicator_CountsEveryTerritoryOnce(ClassMethod method)
    {
        var indicator = PackReader.BuiltIn.Indicator("populated-places", Level.Province)!;

        var map = Choropleth.Make(PackReader.BuiltIn.Provinces.Select(p => indicator.Of(p.Code)), method);

        map.Classes.Count.ShouldBe(5);
        map.Classes.Sum(c => c.Count).ShouldBe(196);
        map.Classes.Zip(map.Classes.Skip(1)).ShouldAllBe(x => x.First.To < x.Second.From);
        foreach (var (c, i) in map.Classes.Select((c, i) => (c, i)))
            indicator.Values.Values.Count(v => map.ClassOf(v) == i).ShouldBe(c.Count);
    }
}
