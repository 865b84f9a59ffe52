using Minka.Measures.Regional;

namespace Minka.Selection.Tests.Measures;

public sealed class RegionalTests
{
    // goldens/methods/regional.json, location_quotient.
    [Fact]
    public void Quotients_TwoRegions_AreTheKnownAnswer()
    {
        var q = Specialisation.Quotients([[800, 300], [100, 500], [100, 200]]);
        q[0][0]!.Value.ShouldBe(1.4545454545454546, 1e-12);
        Specialisation.Symmetric(q[1][0])!.Value.ShouldBe(-0.5, 1e-12);
        Specialisation.Krugman([800, 100, 100], [300, 500, 200])!.Value.ShouldBe(1, 1e-12);
    }

    [Fact]
    public void Quotients_EmptyOrSmallSectors_AreUndefined()
    {
        var q = Specialisation.Quotients([[0, 0], [10, 20], [1, 1]], threshold: 5);
        q[0].ShouldBe([null, null]);
        q[2].ShouldBe([null, null]);
        q[1][0].ShouldNotBeNull();
        Specialisation.Quotients([[0, 1]])[0][0].ShouldBeNull();
        Specialisation.Krugman([0], [1]).ShouldBeNull();
        Should.Throw<ArgumentException>(() => Specialisation.Quotients([[1, 2], [1]]));
        Should.Throw<ArgumentException>(() => Specialisation.Quotients([[1, -2]]));
    }

    [Fact]
    public void ShiftShare_RandomSectors_PartsAddUp()
    {
        var draws = new Sequence(3);
        for (var round = 0; round < 100; round++)
        {
            List<SectorChange> sectors = [.. Enumerable.Range(0, 5).Select(i => new SectorChange($"s{i}", draws.Next(100), draws.Next(100), 100 + draws.Next(900), draws.Next(1000)))];
            var shift = ShiftShare.Of(sectors)!;
            foreach (var (part, sector) in shift.Sectors.Zip(sectors))
            {
                (part.National + part.IndustryMix!.Value + part.Regional!.Value).ShouldBe(sector.RegionLater - sector.Region, 1e-9);
                if (sector.Region > 0)
                    (part.Competitive!.Value + part.Allocation!.Value).ShouldBe(part.Regional.Value, 1e-9);
                else
                    part.Competitive.ShouldBeNull();
            }

            (shift.National + shift.IndustryMix!.Value + shift.Regional!.Value).ShouldBe(shift.Total, 1e-9);
        }

        ShiftShare.Of([new("a", 1, 2, 0, 0)]).ShouldBeNull();
        var born = ShiftShare.Of([new("a", 0, 5, 0, 5), new("b", 10, 10, 10, 10)])!;
        (born.Sectors[0].Regional, born.Regional, born.Total).ShouldBe((null, null, 5));
    }

    // goldens/methods/regional.json, axis_vote_borda_condorcet: plurality would hide who beats all others.
    [Fact]
    public void Ballots_ThreeAxes_BordaAndCondorcetAgreeAgainstPlurality()
    {
        var tally = RankedTally.Of([new(["cafe", "turismo", "lacteos"], 4), new(["turismo", "lacteos", "cafe"], 3), new(["lacteos", "turismo", "cafe"], 2)]);
        tally.Plurality["cafe"].ShouldBe(4);
        tally.Borda.OrderBy(b => b.Key).Select(b => b.Value).ShouldBe([8, 7, 12]);
        tally.Condorcet.ShouldBe("turismo");
        tally.Schulze[0].ShouldBe(["turismo"]);
    }

    // Schulze (2011), example 1: 45 voters, five options, a circle of pairs; E > A > C > B > D.
    [Fact]
    public void Ballots_Circle_SchulzeResolvesIt()
    {
        var tally = RankedTally.Of(
        [
            new(["A", "C", "B", "E", "D"], 5), new(["A", "D", "E", "C", "B"], 5), new(["B", "E", "D", "A", "C"], 8), new(["C", "A", "B", "E", "D"], 3),
            new(["C", "A", "E", "B", "D"], 7), new(["C", "B", "A", "D", "E"], 2), new(["D", "C", "E", "B", "A"], 7), new(["E", "B", "A", "D", "C"], 8),
        ]);
        tally.Condorcet.ShouldBeNull();
        tally.Schulze.Select(s => s.Single()).ShouldBe(["E", "A", "C", "B", "D"]);
        RankedTally.Of([new(["a", "b"], 1), new(["b", "a"], 1)]).Schulze.ShouldHaveSingleItem().ShouldBe(["a", "b"]);
        Should.Throw<ArgumentException>(() => RankedTally.Of([new(["a", "b"], 1), new(["a"], 1)]));
        Should.Throw<ArgumentException>(() => RankedTally.Of([new(["a", "a"], 1)]));
    }

    [Fact]
    public void Screen_RandomRegions_QuotientsWeighToOneAndProposalsPassEveryTest()
    {
        var draws = new Sequence(7);
        for (var round = 0; round < 100; round++)
        {
            List<ScreenedInput> sectors = [.. Enumerable.Range(0, 6).Select(i =>
            {
                var (region, later) = (draws.Next(100), draws.Next(100));
                return new ScreenedInput($"s{i}", region, later, region + 1 + draws.Next(900), later + 1 + draws.Next(900), draws.Next(2) == 0);
            })];
            var screen = AxisScreen.Of(sectors, new ScreenLimits());
            var (region, nation) = (sectors.Sum(s => s.RegionLater), sectors.Sum(s => s.NationLater));
            if (region == 0) continue;

            // The quotients, weighed by the sectors' shares of the nation, make one.
            screen.Sectors.Zip(sectors).Sum(s => s.First.Quotient!.Value * s.Second.NationLater / nation).ShouldBe(1, 1e-9);
            screen.Sectors.Sum(s => s.Share!.Value).ShouldBe(1, 1e-9);
            foreach (var (sector, input) in screen.Sectors.Zip(sectors))
            {
                sector.IsProposed.ShouldBe(sector.Quotient > 1.25 && input.RegionLater - (input.Region * input.NationLater / input.Nation) > 0 && input.RegionLater / region >= 0.05 && input.HasActors);
                (sector.Change!.National + sector.Change.IndustryMix!.Value + sector.Change.Regional!.Value).ShouldBe(input.RegionLater - input.Region, 1e-9);
            }
        }
    }

    [Fact]
    public void Screen_ARegionThatIsTheNation_IsSpecialisedInNothing()
    {
        var screen = AxisScreen.Of([new("a", 10, 20, 10, 20, true), new("b", 5, 5, 5, 5, true)], new ScreenLimits());
        screen.Sectors.ShouldAllBe(s => s.Quotient == 1 && !s.IsProposed);
        screen.Krugman.ShouldBeNull();
        AxisScreen.Of([new("a", 0, 20, 0, 90, true)], new ScreenLimits()).Sectors[0].HasOwnAdvantage.ShouldBeFalse();
        AxisScreen.Of([new("a", 0, 2, 0, 4, true)], new ScreenLimits(), threshold: 5).Sectors[0].Quotient.ShouldBeNull();
        Should.Throw<ArgumentException>(() => AxisScreen.Of([new("a", 10, 1, 9, 9, true)], new ScreenLimits()));
    }
}
