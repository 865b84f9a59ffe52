using FsCheck;
using FsCheck.Fluent;
using Minka.Core.Fund;
using Minka.Core.Fund.Leagues;
using Minka.Core.Kernel;
using Minka.Core.Rules;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Fund;

public sealed class LeaguePlanTests
{
    static readonly RulePack Fdd = BuiltInPacks.Fdd;

    [Fact]
    public void Positions_OfKnownFigures_AreMidRanks()
    {
        var positions = new Positions([10, 20, 20, 40]);
        positions.Of(10).ShouldBe(1_250);
        positions.Of(20).ShouldBe(5_000);
        positions.Of(40).ShouldBe(8_750);
        positions.Of(null).ShouldBe(Positions.Middle);
        new Positions([]).Of(3).ShouldBe(Positions.Middle);
        new Positions([7]).Of(7).ShouldBe(Positions.Middle);
    }

    [Fact]
    public void Leagues_OfNineTerritoriesWithThreeApplicantsEach_AreTheNineCellsWithKnownEnvelopes()
    {
        // Need and resources in all nine pairings; the same population, so that weight is need alone: 30, 20, 10 thrice.
        var rows = Enumerable.Range(0, 9).Select(i => new NeedRow($"01{i + 1:00}", $"P{i}", 1_000, new BasisPoints(3_000 - (i / 3 * 1_000)), Money.Soles(100 + (i % 3 * 100)), "x")).ToList();
        var applicants = rows.SelectMany(r => Enumerable.Repeat<IReadOnlyList<string>>([r.ProvinceCode], 3)).ToList();
        var leagues = LeaguePlan.Draw(NeedPositions.Place(rows), applicants, Fdd, Money.Soles(18_000));
        leagues.Select(l => l.Code).ShouldBe(["A1", "A2", "A3", "B1", "B2", "B3", "C1", "C2", "C3"]);
        leagues.Select(l => l.Envelope).ShouldBe([.. new[] { 3_000, 3_000, 3_000, 2_000, 2_000, 2_000, 1_000, 1_000, 1_000 }.Select(s => Money.Soles(s))]);
        leagues.ShouldAllBe(l => l.Applicants == 3);
    }

    [Fact]
    public void Envelopes_OfVeryUnequalTerritories_RestOnFloorAndCeilingOfAnEqualShare()
    {
        var rows = Enumerable.Range(0, 9).Select(i => new NeedRow($"01{i + 1:00}", $"P{i}", i == 0 ? 1_000_000 : 100, new BasisPoints(3_000 - (i / 3 * 1_000)), Money.Soles(100 + (i % 3 * 100)), "x")).ToList();
        var applicants = rows.SelectMany(r => Enumerable.Repeat<IReadOnlyList<string>>([r.ProvinceCode], 3)).ToList();
        var leagues = LeaguePlan.Draw(NeedPositions.Place(rows), applicants, Fdd, Money.Soles(9_000));
        leagues[0].Envelope.ShouldBe(Money.Soles(2_500));
        leagues.Skip(1).ShouldAllBe(l => l.Envelope >= Money.Soles(500));
        leagues.SumMoney(l => l.Envelope).ShouldBe(Money.Soles(9_000));
    }

    [Fact]
    public void League_WithTooFewApplicants_JoinsTheNearestByNeedThenResources()
    {
        var rows = Enumerable.Range(0, 9).Select(i => new NeedRow($"01{i + 1:00}", $"P{i}", 1_000, new BasisPoints(3_000 - (i / 3 * 1_000)), Money.Soles(100 + (i % 3 * 100)), "x")).ToList();
        // Two applicants in A1, three elsewhere: A1 joins A2, its neighbour of the same need.
        var applicants = rows.SelectMany((r, i) => Enumerable.Repeat<IReadOnlyList<string>>([r.ProvinceCode], i == 0 ? 2 : 3)).ToList();
        var leagues = LeaguePlan.Draw(NeedPositions.Place(rows), applicants, Fdd, Money.Soles(9_000));
        leagues.Select(l => l.Code).ShouldBe(["A1+A2", "A3", "B1", "B2", "B3", "C1", "C2", "C3"]);
        leagues[0].Applicants.ShouldBe(5);
    }

    [Fact]
    public void Applicant_OfSeveralProvinces_CompetesWhereNeedIsGreatest()
    {
        var placed = NeedPositions.Place([new("0101", "a", 1, BasisPoints.Percent(10), null, "x"), new("0102", "b", 1, BasisPoints.Percent(60), null, "x"), new("0103", "c", 1, BasisPoints.Percent(60), null, "x")]);
        LeaguePlan.Of(placed, ["0101", "0103", "0102", "9999"])!.ProvinceCode.ShouldBe("0102");
        LeaguePlan.Of(placed, ["9999"]).ShouldBeNull();
    }

    [Fact]
    public void Leagues_WithoutAnyFigure_AreOneOfAll()
    {
        NeedRow[] rows = [new("0101", "a", null, null, null, "nadie"), new("0102", "b", null, null, null, "nadie")];
        var leagues = LeaguePlan.Draw(NeedPositions.Place(rows), [], Fdd, new Money(101));
        leagues.ShouldHaveSingleItem().ProvinceCodes.ShouldBe(["0101", "0102"]);
        leagues[0].Envelope.ShouldBe(new Money(101));
        leagues[0].Name.ShouldBe(LeaguePlan.OnlyName);
    }

    [Fact]
    public void Envelopes_WhenNothingHasWeight_AreRefusedInWords()
    {
        NeedRow[] rows = [new("0101", "a", 10, new BasisPoints(0), null, "x")];
        Should.Throw<RuleBroken>(() => LeaguePlan.Draw(NeedPositions.Place(rows), [], Fdd, new Money(101))).Code.ShouldBe(FundRules.EnvelopeWeights);
    }

    /// <summary>Whatever the figures and the order: each territory once, envelopes add up, nobody too small unless alone.</summary>
    [Fact]
    public void Leagues_OfAnyTerritories_HoldEachOnceAndAddUp() =>
        Prop.ForAll(
            Gen.ListOf(from population in Gen.Choose(0, 500_000)
                       from need in Gen.Choose(-1, 10_000)
                       from resources in Gen.Choose(-1, 200_000)
                       from entities in Gen.Choose(0, 5)
                       select (population, need, resources, entities)).Where(l => l.Count is > 0 and < 60).ToArbitrary(),
            Gen.Choose(1, 2_000_000_000).ToArbitrary(),
            (list, budget) =>
            {
                var rows = list.Select((t, i) => new NeedRow($"{i + 100:0000}", "p", t.population == 0 ? null : t.population, t.need <= 0 ? null : new BasisPoints(t.need), t.resources < 0 ? null : new Money(t.resources), "x")).ToList();
                var applicants = rows.SelectMany((r, i) => Enumerable.Repeat<IReadOnlyList<string>>([r.ProvinceCode], list[i].entities)).ToList();
                var placed = NeedPositions.Place(rows);
                var leagues = LeaguePlan.Draw(placed, applicants, Fdd, new Money(budget));
                var mirrored = LeaguePlan.Draw([.. placed.Reverse()], [.. applicants.AsEnumerable().Reverse()], Fdd, new Money(budget));
                LeagueChecks.Run([.. rows.Select(r => r.ProvinceCode)], [.. leagues.Select(l => (l.Code, l.Envelope, l.ProvinceCodes))], new Money(budget)).AllMet().ShouldBeTrue();
                leagues.Sum(l => l.Applicants).ShouldBe(applicants.Count);
                (leagues.Count == 1 || leagues.All(l => l.Applicants >= 3)).ShouldBeTrue();
                mirrored.Select(l => (l.Code, l.Envelope)).ShouldBe(leagues.Select(l => (l.Code, l.Envelope)));
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(300));

    [Fact]
    public void Check_OfLeaguesThatLeaveOutOrDouble_NamesEach()
    {
        (string, Money, IReadOnlyList<string>)[] leagues = [("A", new Money(60), ["0101", "0102"]), ("B", new Money(41), ["0102", "0909"]), ("C", new Money(0), [])];
        var reasons = LeagueChecks.Run(["0101", "0102", "0103"], leagues, new Money(100));
        reasons.Where(r => r.Met == false).Select(r => r.Code).ShouldBe([FundRules.LeagueLeavesOut, FundRules.LeagueDoubles, FundRules.LeagueForeign, FundRules.LeagueEmpty, FundRules.EnvelopesDoNotAddUp]);
        LeagueChecks.Run(["0101"], [], new Money(1)).Single().Code.ShouldBe(FundRules.LeaguesMissing);
    }
}
