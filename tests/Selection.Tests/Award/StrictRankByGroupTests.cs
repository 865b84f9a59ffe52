using System.Text.Json;
using Minka.Selection.Award;

namespace Minka.Selection.Tests.Award;

public sealed class StrictRankByGroupTests
{
    private static readonly AwardRules Rules = new()
    {
        Threshold = 6_000,
        MaximumPoints = 10_000,
        Skip = SkipRule.SkipIfUnaffordable,
        ResidualPool = true,
        ReserveList = true,
        TieKeys = ["cohesion", "need"],
    };

    /// <summary>Two leagues of 100 and 60, 20 unassigned. League A: 90 points for 70, 80 for 50 (skipped), 70 for 30. League B: 75 for 60, 65 for 40.</summary>
    private static AwardInput TwoLeagues => Input(180, [new("A", 100), new("B", 60)],
        Candidate("a1", "A", 70, 9_000),
        Candidate("a2", "A", 50, 8_000),
        Candidate("a3", "A", 30, 7_000),
        Candidate("b1", "B", 60, 7_500),
        Candidate("b2", "B", 40, 6_500),
        Candidate("b3", "B", 10, 5_999),
        Candidate("b4", "B", 10, null));

    [Fact]
    public void Run_TwoLeagues_FundsByStrictRankAndSaysWhy()
    {
        var result = AwardRanking.Run(TwoLeagues);

        Outcomes(result).ShouldBe("a1 FundedInGroup, a2 Reserve, a3 FundedInGroup, b1 FundedInGroup, b2 Reserve, b3 BelowThreshold, b4 NotEligible");
        result.Groups.ShouldBe([new("A", 100, 100, 0, 7_000), new("B", 60, 60, 0, 7_500)]);
        result.Residual.ShouldBe(new ResidualAccount(20, 0, 20, 0, 20, null));
        (result.Awarded, result.Left).ShouldBe((160, 20));

        var a2 = Decision(result, "a2");
        (a2.RankInGroup, a2.OverallRank, a2.Reason, a2.GroupCutOff).ShouldBe((2, 2, AwardReason.Unaffordable, 7_000));
        a2.InGroup.ShouldBe(new StageVisit(2, 30, AwardStepKind.Skip));
        a2.InResidual.ShouldBe(new StageVisit(1, 20, AwardStepKind.Skip));
        a2.Needed.ShouldBe(new NeededScore(9_001, NoScoreReason.None, null), "equal points would lose the open tie");
        Decision(result, "b2").Needed.Points.ShouldBe(7_501);
        Decision(result, "b3").Needed.Points.ShouldBe(6_000, "the pool's 20 would do");
        Decision(result, "b4").Needed.NoScore.ShouldBe(NoScoreReason.NotEligible);
        Decision(result, "a1").Needed.Points.ShouldBe(8_001, "how far a winner could have fallen");
        result.Reserve.ShouldBe([new(1, "a2", "A", 1, 50), new(2, "b2", "B", 1, 40)]);
        AwardCheck.Violations(TwoLeagues, result).ShouldBeEmpty();
    }

    [Fact]
    public void Run_TwoLeagues_TracesMoneyBeforeAndAfterEachStep() =>
        AwardRanking.Run(TwoLeagues).Trace.Select(s => $"{s.Number} {s.Stage} {s.Kind} {s.Group} {s.Candidate} {s.Request}: {s.MoneyBefore} > {s.MoneyAfter}").ShouldBe(
        [
            "1 Group Fund A a1 70: 100 > 30",
            "2 Group Skip A a2 50: 30 > 30",
            "3 Group Fund A a3 30: 30 > 0",
            "4 Group Fund B b1 60: 60 > 0",
            "5 Group Skip B b2 40: 0 > 0",
            "6 Release Release   20: 0 > 20",
            "7 Residual Skip A a2 50: 20 > 20",
            "8 Residual Skip B b2 40: 20 > 20",
        ]);

    [Fact]
    public void Run_WithoutSkip_StopsTheListAndReleasesTheRest()
    {
        var input = TwoLeagues with { Rules = Rules with { Skip = SkipRule.None } };
        var result = AwardRanking.Run(input);

        Outcomes(result).ShouldBe("a1 FundedInGroup, a2 FundedFromResidual, a3 Reserve, b1 FundedInGroup, b2 Reserve, b3 BelowThreshold, b4 NotEligible");
        result.Residual.ShouldBe(new ResidualAccount(20, 30, 50, 50, 0, 8_000));
        Decision(result, "a3").InGroup.ShouldBe(new StageVisit(3, 30, AwardStepKind.NotReached));
        Decision(result, "a3").Reason.ShouldBe(AwardReason.Unaffordable, "the pool reached it with nothing left");
        Decision(result, "b2").Reason.ShouldBe(AwardReason.ListStopped);
        AwardCheck.Violations(input, result).ShouldBeEmpty();
    }

    [Fact]
    public void Run_WithoutPoolAndReserve_LeavesTheRestUnspent()
    {
        var input = TwoLeagues with { Rules = Rules with { ResidualPool = false, ReserveList = false, Skip = SkipRule.None } };
        var result = AwardRanking.Run(input);

        Outcomes(result).ShouldBe("a1 FundedInGroup, a2 NotFunded, a3 NotFunded, b1 FundedInGroup, b2 NotFunded, b3 BelowThreshold, b4 NotEligible");
        (result.Residual, result.Reserve.Count, result.Left).ShouldBe((null, 0, 50));
        Decision(result, "a3").Reason.ShouldBe(AwardReason.ListStopped);
        AwardCheck.Violations(input, result).ShouldBeEmpty();
    }

    [Fact]
    public void Run_EqualPoints_AreResolvedByTheKeysThenByTheDraw()
    {
        var input = Input(100, [new("A", 100)],
            Candidate("a", "A", 50, 7_000) with { TieKeys = [1, 9], DrawPosition = 1 },
            Candidate("b", "A", 50, 7_000) with { TieKeys = [2, 1], DrawPosition = 4 },
            Candidate("c", "A", 50, 7_000) with { TieKeys = [2, 0], DrawPosition = 3 },
            Candidate("d", "A", 50, 7_000) with { TieKeys = [2, 0], DrawPosition = 2 });
        var result = AwardRanking.Run(input);

        var tie = result.Ties.ShouldHaveSingleItem();
        tie.Ids.ShouldBe(["b", "d", "c", "a"]);
        tie.ResolvedBy.ShouldBe(["need", ResolvedTie.PublicDrawName, "cohesion"]);
        Decision(result, "c").Needed.Points.ShouldBe(7_001);
        Decision(result, "d").Needed.Points.ShouldBe(7_000);
        AwardCheck.Violations(input, result).ShouldBeEmpty();
    }

    [Fact]
    public void Run_OpenTie_AsksForTheDrawInsteadOfDeciding()
    {
        var input = Input(100, [new("A", 50), new("B", 50)], Candidate("x", "A", 50, 7_000), Candidate("y", "B", 50, 7_000), Candidate("low", "A", 1, 5_000), Candidate("low2", "A", 1, 5_000));
        AwardRanking.OpenTies(input).ShouldHaveSingleItem().Ids.ShouldBe(["x", "y"]);
        var refused = Should.Throw<InvalidAwardInputException>(() => AwardRanking.Run(input));
        (refused.Fault, string.Join(",", refused.Codes)).ShouldBe((AwardFault.OpenTie, "x,y"));

        var drawn = input with { Candidates = [.. input.Candidates.Select((c, i) => c with { DrawPosition = i < 2 ? i + 1 : null })] };
        var result = AwardRanking.Run(drawn);
        Decision(result, "low").RankInGroup.ShouldBe(2);
        Decision(result, "low2").RankInGroup.ShouldBe(2, "below the threshold equal ranks stay equal");
        AwardCheck.Violations(drawn, result).ShouldBeEmpty();
    }

    [Fact]
    public void Run_NoScoreWouldDo_SaysWhy()
    {
        var input = Input(100, [new("A", 60), new("B", 40)],
            Candidate("large", "A", 101, 7_000),
            Candidate("first", "A", 60, 10_000) with { TieKeys = [1, 0] },
            Candidate("second", "A", 60, 9_000),
            Candidate("other", "B", 40, 9_500));
        var result = AwardRanking.Run(input);

        Decision(result, "large").Needed.ShouldBe(new NeededScore(null, NoScoreReason.RequestTooLarge, 60));
        Decision(result, "second").Needed.ShouldBe(new NeededScore(null, NoScoreReason.MaximumNotEnough, null));
        AwardCheck.Violations(input, result).ShouldBeEmpty();
    }

    [Fact]
    public void Run_AnyOrderOfTheLists_GivesTheSameResult()
    {
        var reversed = TwoLeagues with { Groups = [.. TwoLeagues.Groups.Reverse()], Candidates = [.. TwoLeagues.Candidates.Reverse()] };
        Text(AwardRanking.Run(reversed)).ShouldBe(Text(AwardRanking.Run(TwoLeagues)));
    }

    [Fact]
    public void Run_FaultyInput_IsRefusedWithTheFault()
    {
        Fault(TwoLeagues with { Budget = 159 }).ShouldBe(AwardFault.EnvelopesExceedBudget);
        Fault(TwoLeagues with { Budget = -1 }).ShouldBe(AwardFault.Figures);
        Fault(TwoLeagues with { Groups = [new("A", 1), new("A", 1)] }).ShouldBe(AwardFault.GroupCode);
        Fault(TwoLeagues with { Groups = [new("A", 1)] }).ShouldBe(AwardFault.UnknownGroup);
        Fault(With(Candidate("a1", "A", 1, 6_000))).ShouldBe(AwardFault.CandidateId);
        Fault(With(Candidate("n", "A", 0, 6_000))).ShouldBe(AwardFault.Request);
        Fault(With(Candidate("n", "A", 1, 10_001))).ShouldBe(AwardFault.Points);
        Fault(With(Candidate("n", "A", 1, null) with { Eligible = true })).ShouldBe(AwardFault.Points);
        Fault(With(Candidate("n", "A", 1, 6_000) with { TieKeys = [] })).ShouldBe(AwardFault.TieKeys);
        Fault(With(Candidate("n", "A", 1, 6_000) with { DrawPosition = 0 })).ShouldBe(AwardFault.DrawPosition);

        static AwardInput With(AwardCandidate candidate) => TwoLeagues with { Candidates = [.. TwoLeagues.Candidates, candidate] };
        static AwardFault Fault(AwardInput input) => Should.Throw<InvalidAwardInputException>(() => AwardRanking.Run(input)).Fault;
    }

    [Fact]
    public void PromoteFromReserve_AWinnerDoesNotSign_ThePeersComeFirstThenThePool()
    {
        string[][] rounds = [["a1"], ["b1"], ["b2"]];
        var promoted = AwardRanking.PromoteFromReserve(TwoLeagues, rounds);

        promoted.Rounds[0].Withdrawals.ShouldBe([new("a1", 70, AwardStage.Group)]);
        promoted.Rounds[0].Promotions.ShouldBe([new("a2", "A", AwardStage.Group, 50), new("b2", "B", AwardStage.Residual, 40)]);
        promoted.Rounds[0].Trace.Select(s => (s.Stage, s.Candidate, s.MoneyBefore, s.MoneyAfter)).ShouldBe(
        [
            (AwardStage.Group, "a2", 70, 20),
            (AwardStage.Group, "b2", 0, 0),
            (AwardStage.Release, null, 20, 40),
            (AwardStage.Residual, "b2", 40, 0),
        ]);
        promoted.Rounds[1].Promotions.ShouldBeEmpty();
        promoted.Rounds[2].Withdrawals.ShouldBe([new("b2", 40, AwardStage.Residual)]);
        promoted.Holders.Select(h => h.Id).ShouldBe(["a2", "a3"]);
        (promoted.Awarded, promoted.Left).ShouldBe((80, 100));
        AwardCheck.Violations(TwoLeagues, AwardRanking.Run(TwoLeagues), rounds, promoted).ShouldBeEmpty();
    }

    [Fact]
    public void PromoteFromReserve_SomebodyWhoHoldsNothing_IsRefused()
    {
        Should.Throw<InvalidAwardInputException>(() => AwardRanking.PromoteFromReserve(TwoLeagues, [["b3"]])).Fault.ShouldBe(AwardFault.UnknownWithdrawal);
        Should.Throw<InvalidAwardInputException>(() => AwardRanking.PromoteFromReserve(TwoLeagues, [["a1"], ["a1"]])).Fault.ShouldBe(AwardFault.UnknownWithdrawal);
        Should.Throw<InvalidAwardInputException>(() => AwardRanking.PromoteFromReserve(TwoLeagues, [["nobody"]])).Fault.ShouldBe(AwardFault.UnknownWithdrawal);
    }

    [Fact]
    public void Result_AsJson_ReadsBackTheSame()
    {
        var result = AwardRanking.Run(TwoLeagues);
        var back = JsonSerializer.Deserialize<AwardResult>(Text(result))!;
        Text(back).ShouldBe(Text(result));
        AwardCheck.Violations(JsonSerializer.Deserialize<AwardInput>(JsonSerializer.Serialize(TwoLeagues))!, back).ShouldBeEmpty();
    }

    internal static AwardInput Input(long budget, IReadOnlyList<AwardGroup> groups, params AwardCandidate[] candidates) =>
        new() { Budget = budget, Rules = Rules, Groups = groups, Candidates = candidates };

    internal static AwardCandidate Candidate(string id, string group, long request, long? points) =>
        new() { Id = id, Group = group, Request = request, Eligible = points is not null, Points = points, TieKeys = [0, 0] };

    internal static AwardDecision Decision(AwardResult result, string id) => result.Decisions.Single(d => d.Id == id);

    internal static string Text(AwardResult result) => JsonSerializer.Serialize(result);

    private static string Outcomes(AwardResult result) => string.Join(", ", result.Decisions.OrderBy(d => d.Id, StringComparer.Ordinal).Select(d => $"{d.Id} {d.Outcome}"));
}
