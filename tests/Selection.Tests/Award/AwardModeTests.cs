using Minka.Selection.Award;

namespace Minka.Selection.Tests.Award;

/// <summary>Known answers of each mode and mark, worked out by hand.</summary>
public sealed class AwardModeTests
{
    private static readonly AwardRules Plain = new() { Threshold = 0, MaximumPoints = 100, Skip = SkipRule.SkipIfUnaffordable, ResidualPool = false, ReserveList = true };

    [Fact]
    public void SkipIfUnaffordable_ABiggerBudget_CanCostTheAward()
    {
        // A asks 5 and C asks 10 with more points: A wins with 5 to 9, loses with 10 to 14, wins again from 15 on.
        AwardInput With(long budget) => One(budget, Plain, C("c", 10, 90), C("a", 5, 50));
        Enumerable.Range(5, 12).Select(b => Funded(With(b)).StartsWith("a ", StringComparison.Ordinal)).ShouldBe([true, true, true, true, true, false, false, false, false, false, true, true]);

        var told = AwardRanking.Explain(With(4), "a");
        (told.ExtraBudget, told.LosesAgainAt, told.LosesAgain, told.LargestRequest).ShouldBe((1, 6, true, 4));
        told = AwardRanking.Explain(With(10), "a");
        (told.ExtraBudget, told.LosesAgainAt, told.LargestRequest, told.Needed.Points).ShouldBe((5, null, null, 91));
        told.Displaced.ShouldBe(["c"]);
    }

    [Fact]
    public void PartialFunding_OnlyWithConsentAndAboveTheLeastPart()
    {
        var rules = Plain with { PartialFunding = true, Skip = SkipRule.None };
        Funded(One(10, rules, C("a", 6, 9), C("b", 8, 8) with { LeastPart = 4 }, C("c", 1, 7))).ShouldBe("a 6 WithinEnvelope, b 4 InPart");
        Funded(One(10, rules, C("a", 6, 9), C("b", 8, 8) with { LeastPart = 5 }, C("c", 1, 7))).ShouldBe("a 6 WithinEnvelope");
        Funded(One(10, rules, C("a", 6, 9), C("b", 8, 8), C("c", 1, 7))).ShouldBe("a 6 WithinEnvelope");
    }

    [Fact]
    public void QualityGate_AllAboveTheBarHaveTheSamePoints_TheKeysDecide()
    {
        var rules = Plain with { Mode = AwardMode.QualityGate, Threshold = 50, ThresholdExclusive = true, FlatPoints = 50, TieKeys = ["need"] };
        var input = One(10, rules, C("brilliant", 10, 100) with { TieKeys = [1] }, C("plain", 10, 51) with { TieKeys = [2] }, C("short", 1, 50) with { TieKeys = [3] });
        Funded(input).ShouldBe("plain 10 WithinEnvelope");
        var told = AwardRanking.Run(input).Decisions.ToDictionary(d => d.Id);
        told["brilliant"].Needed.NoScore.ShouldBe(NoScoreReason.PointsDoNotDecide);
        told["plain"].Needed.Points.ShouldBe(51);
        told["short"].Outcome.ShouldBe(AwardOutcome.BelowThreshold);
        told["short"].Needed.Points.ShouldBe(51, "one point more and the greatest need would have won");
    }

    [Fact]
    public void Lottery_AroundTheLine_DrawsOnlyThoseInTheZone()
    {
        var rules = Plain with { Mode = AwardMode.LotteryInGreyZone, GreyZone = new(GreyZoneKind.AroundLine, 5, 5) };
        var input = One(30, rules, C("top", 10, 90), C("x", 10, 72), C("y", 10, 70), C("z", 10, 66), C("low", 10, 64));
        AwardRanking.OpenTies(input).ShouldHaveSingleItem().Ids.ShouldBe(["x", "y", "z"]);
        var drawn = input with { Candidates = [.. input.Candidates.Select(c => c with { DrawPosition = c.Id switch { "z" => 1, "y" => 2, "x" => 3, _ => null } })] };
        Funded(drawn).ShouldBe("top 10 WithinEnvelope, y 10 WithinEnvelope, z 10 WithinEnvelope");
        var zone = AwardRanking.Run(drawn).Zone.ShouldNotBeNull();
        (zone.Line, zone.Low, zone.High, string.Join(' ', zone.Ids)).ShouldBe((70, 65, 75, "z y x"));
        AwardRanking.Run(One(50, rules, [.. input.Candidates])).Zone.ShouldBeNull("the money reaches everybody");
    }

    [Fact]
    public void SetAside_IsWalkedFirstByItsMark_AndReleasesTheRest()
    {
        var rules = Plain with { SetAsides = [new("border", 10, Release: true)] };
        AwardInput With(bool release) => One(20, rules with { SetAsides = [new("border", 10, release)] }, C("inland", 12, 90), C("border1", 8, 50) with { SetAsides = ["border"] }, C("border2", 8, 40) with { SetAsides = ["border"] });
        var result = AwardRanking.Run(With(release: true));
        Funded(With(release: true)).ShouldBe("border1 8 WithinSetAside, inland 12 WithinEnvelope");
        result.SetAsides!.ShouldHaveSingleItem().ShouldBe(new SetAsideAccount("border", 10, 8, 2, true, 50));
        result.Groups.ShouldHaveSingleItem().ShouldBe(new GroupAccount("U", 10, 12, 0, 90) { Received = 2 });
        Funded(With(release: false)).ShouldBe("border1 8 WithinSetAside, border2 8 WithinEnvelope", "without release inland does not fit into 10");
    }

    [Fact]
    public void CapsAndOwnOrder_PassOverAndHoldBack()
    {
        var rules = Plain with { MaximumPerApplicant = 1 };
        Funded(One(30, rules, C("a1", 10, 90) with { Applicant = "a" }, C("a2", 10, 80) with { Applicant = "a" }, C("b1", 10, 70) with { Applicant = "b" })).ShouldBe("a1 10 WithinEnvelope, b1 10 WithinEnvelope");
        var own = One(20, rules with { OwnPriority = true }, C("a1", 10, 90) with { Applicant = "a", OwnPriority = 2 }, C("a2", 10, 60) with { Applicant = "a", OwnPriority = 1 }, C("b1", 10, 70) with { Applicant = "b" });
        Funded(own).ShouldBe("a2 10 WithinEnvelope, b1 10 WithinEnvelope", "the applicant prefers a2, and a1 waits for it");
        AwardRanking.Run(own).Decisions.Single(d => d.Id == "a1").Reason.ShouldBe(AwardReason.CapReached);
        AwardRanking.Explain(own, "a1").NoBudget.ShouldBe(NoBudgetReason.MoneyDoesNotDecide);
    }

    [Fact]
    public void BonusesAndGates_RankButNeverRescue()
    {
        var rules = Plain with { Mode = AwardMode.ThresholdThenRank, Threshold = 60, Gates = [new("quality", 50, Exclusive: true)], Bonuses = [new("programme", 10), new("border", 5)], MaximumBonus = 12 };
        AwardCandidate B(string id, long points, long quality, params string[] bonuses) => C(id, 10, points) with { GateValues = [quality], Bonuses = bonuses };
        var input = One(20, rules, B("a", 75, 60), B("b", 65, 60, "programme", "border"), B("c", 59, 60, "programme"), B("d", 95, 50, "border"));
        Funded(input).ShouldBe("a 10 WithinEnvelope, b 10 WithinEnvelope");
        var told = AwardRanking.Run(input).Decisions.ToDictionary(d => d.Id);
        (told["b"].RankingPoints, told["b"].RankInGroup).ShouldBe((77, 1));
        told["c"].Reason.ShouldBe(AwardReason.BelowThreshold);
        (told["d"].Reason, told["d"].FailedGate, told["d"].Needed.NoScore).ShouldBe((AwardReason.GateFailed, "quality", NoScoreReason.GateFailed));
    }

    /// <summary>The second opinion on modes is worth something only if it catches a false result.</summary>
    [Fact]
    public void Violations_FalseResultsOfAMode_AreCaught()
    {
        var rules = Plain with { SetAsides = [new("border", 10, Release: true)], MaximumPerApplicant = 1 };
        var input = One(20, rules, C("inland", 12, 90) with { Applicant = "a" }, C("border1", 8, 50) with { SetAsides = ["border"], Applicant = "b" }, C("border2", 8, 40) with { SetAsides = ["border"], Applicant = "b" });
        var truth = AwardRanking.Run(input);
        AwardCheck.Violations(input, truth).ShouldBeEmpty();
        Caught(truth with { Awarded = truth.Awarded + 1 }, AwardProperty.Budget);
        Caught(truth with { SetAsides = [truth.SetAsides![0] with { Used = 7 }] }, AwardProperty.SetAside);
        Caught(truth with { SetAsides = null }, AwardProperty.SetAside);
        Caught(truth with { Zone = new GreyZone(50, 40, 60, []) }, AwardProperty.GreyZone);
        Caught(truth with { Groups = [truth.Groups[0] with { Received = 0 }] }, AwardProperty.Envelope);
        Caught(truth with { Reserve = [] }, AwardProperty.Reserve);
        Caught(truth with { Trace = [.. truth.Trace.Skip(1)] }, AwardProperty.Trace);
        Caught(Changed("border2", d => d with { Reason = AwardReason.Unaffordable }), AwardProperty.Outcome);
        Caught(Changed("border1", d => d with { Outcome = AwardOutcome.FundedInGroup }), AwardProperty.Outcome);
        Caught(Changed("inland", d => d with { Awarded = 11 }), AwardProperty.Outcome);
        Caught(Changed("inland", d => d with { Needed = d.Needed with { Points = d.Needed.Points + 1 } }), AwardProperty.NeededScore);
        Caught(Changed("inland", d => d with { RankInGroup = 2 }), AwardProperty.Rank);
        Caught(Changed("border1", d => d with { InSetAsides = null }), AwardProperty.SetAside);

        AwardResult Changed(string id, Func<AwardDecision, AwardDecision> change) => truth with { Decisions = [.. truth.Decisions.Select(d => d.Id == id ? change(d) : d)] };
        void Caught(AwardResult claimed, AwardProperty property) => AwardCheck.Violations(input, claimed).ShouldContain(v => v.Property == property, property.ToString());
    }

    [Fact]
    public void Run_FaultyModes_AreRefusedWithTheFault()
    {
        Fault(Plain with { Mode = AwardMode.ThresholdThenRank }).ShouldBe(AwardFault.Mode);
        Fault(Plain with { Mode = AwardMode.QualityGate }).ShouldBe(AwardFault.Mode);
        Fault(Plain with { Mode = AwardMode.QualityGate, FlatPoints = 5, FlatGate = "q" }).ShouldBe(AwardFault.Mode);
        Fault(Plain with { Mode = AwardMode.LotteryInGreyZone }).ShouldBe(AwardFault.Mode);
        Fault(Plain with { Mode = AwardMode.LotteryInGreyZone, GreyZone = new(GreyZoneKind.Fixed, 9, 8) }).ShouldBe(AwardFault.Mode);
        Fault(Plain with { FlatPoints = 5 }).ShouldBe(AwardFault.Mode);
        Fault(Plain with { MaximumPerApplicant = 0 }).ShouldBe(AwardFault.Caps);
        Fault(Plain with { Bonuses = [new("b", -1)] }).ShouldBe(AwardFault.Figures);
        Fault(Plain with { Gates = [new("q", 1), new("q", 2)] }).ShouldBe(AwardFault.Marks);
        Fault(Plain with { SetAsides = [new("s", 11, false)] }).ShouldBe(AwardFault.EnvelopesExceedBudget);
        Fault(Plain with { MaximumPoints = long.MaxValue }).ShouldBe(AwardFault.Figures);
        Fault(Plain, C("x", 5, 1) with { LeastPart = 6 }).ShouldBe(AwardFault.LeastPart);
        Fault(Plain, C("x", 5, 1) with { Bonuses = ["unknown"] }).ShouldBe(AwardFault.Marks);
        Fault(Plain, C("x", 5, 1) with { Applicant = "a", OwnPriority = 1 }, C("y", 5, 2) with { Applicant = "a", OwnPriority = 1 }).ShouldBe(AwardFault.Caps);
        Should.Throw<InvalidAwardInputException>(() => AwardRanking.Run(One(10, Plain) with { Rules = Plain with { Mode = AwardMode.StrictRank }, Groups = [new("A", 5), new("B", 5)] })).Fault.ShouldBe(AwardFault.Mode);

        static AwardFault Fault(AwardRules rules, params AwardCandidate[] candidates) => Should.Throw<InvalidAwardInputException>(() => AwardRanking.Run(One(10, rules, candidates))).Fault;
    }

    [Fact]
    public void Run_HugeRequests_NeverOverflow()
    {
        var rules = Plain with { Mode = AwardMode.LotteryInGreyZone, GreyZone = new(GreyZoneKind.AroundLine, 1, 1) };
        var input = One(long.MaxValue, rules, [.. Enumerable.Range(0, 5).Select(i => C($"p{i}", long.MaxValue, 50 + i) with { DrawPosition = i + 1 })]);
        AwardRanking.Run(input).Awarded.ShouldBe(long.MaxValue);
        AwardCheck.Violations(input, AwardRanking.Run(input)).ShouldBeEmpty();
        AwardRanking.Explain(input, "p0").NoBudget.ShouldBe(NoBudgetReason.MoneyDoesNotDecide);
    }

    [Fact]
    public void PriceOfRule_TwoSelections_AreCompared()
    {
        PricedItem[] items = [new("a", 90, 100, ["x"]), new("b", 60, null, ["x", "y"]), new("c", 50, 400, ["z"])];
        var price = PriceOfRule.Compare(items, [new("a", 10)], [new("b", 5), new("c", 5)]);
        (price.Points, price.People, price.Places).ShouldBe((20, 300, 2));
        price.ShareOfPoints.ToString().ShouldBe("9/11");
        (string.Join(' ', price.OnlyDeclared), string.Join(' ', price.OnlyOther)).ShouldBe(("a", "b c"));
        (string.Join(' ', price.PlacesOnlyDeclared), string.Join(' ', price.PlacesOnlyOther)).ShouldBe(("", "y z"));
        price.Other.PeopleUnknown.ShouldBe(1);
        Should.Throw<ArgumentException>(() => PriceOfRule.Compare(items, [new("a", 10), new("a", 10)], []));
    }

    private static AwardInput One(long budget, AwardRules rules, params AwardCandidate[] candidates) => new()
    {
        Budget = budget,
        Rules = rules,
        Groups = [new("U", budget - (rules.SetAsides?.Where(s => s.Amount <= budget).Sum(s => s.Amount) ?? 0))],
        Candidates = candidates,
    };

    private static AwardCandidate C(string id, long request, long points) => new() { Id = id, Group = "U", Request = request, Eligible = true, Points = points };

    private static string Funded(AwardInput input)
    {
        var result = AwardRanking.Run(input);
        AwardCheck.Violations(input, result).ShouldBeEmpty();
        return string.Join(", ", result.Decisions.Where(d => d.IsFunded).OrderBy(d => d.Id, StringComparer.Ordinal).Select(d => $"{d.Id} {d.Awarded} {d.Reason}"));
    }
}
