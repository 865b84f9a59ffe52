using Minka.Selection.Award;
using static Minka.Selection.Tests.Award.StrictRankByGroupTests;

namespace Minka.Selection.Tests.Award;

/// <summary>The checker must catch every kind of false claim; a checker that passes all would pass the other tests too.</summary>
public sealed class AwardCheckTests
{
    private static readonly AwardInput Truth = Input(180, [new("A", 100), new("B", 60)],
        Candidate("a1", "A", 70, 9_000),
        Candidate("a2", "A", 50, 8_000),
        Candidate("a3", "A", 30, 8_000) with { TieKeys = [0, -1] },
        Candidate("b1", "B", 60, 7_500),
        Candidate("b2", "B", 40, 6_500),
        Candidate("b3", "B", 10, 5_999));

    private static readonly AwardResult Result = AwardRanking.Run(Truth);

    [Fact]
    public void Violations_TrueResult_AreNone() => AwardCheck.Violations(Truth, Result).ShouldBeEmpty();

    [Fact]
    public void Violations_EachFalseClaim_IsCaught()
    {
        Caught(Result with { Decisions = [.. Result.Decisions.Skip(1)] }, AwardProperty.Completeness);
        Caught(Result with { Decisions = [.. Result.Decisions, Result.Decisions[0]] }, AwardProperty.Completeness);
        Caught(Changed("a1", d => d with { Points = 9_001 }), AwardProperty.Completeness);
        Caught(Changed("a1", d => d with { Request = 69 }), AwardProperty.Completeness);
        Caught(Changed("a1", d => d with { RankInGroup = 2 }), AwardProperty.Rank);
        Caught(Changed("b1", d => d with { OverallRank = 1 }), AwardProperty.Rank);
        Caught(Changed("a1", d => d with { Awarded = 71 }), AwardProperty.Outcome);
        Caught(Changed("b3", d => d with { Outcome = AwardOutcome.FundedFromResidual, Awarded = 10 }), AwardProperty.Outcome);
        Caught(Changed("a2", d => d with { Reason = AwardReason.ListStopped }), AwardProperty.Outcome);
        Caught(Changed("a2", d => d with { Outcome = AwardOutcome.FundedInGroup, Awarded = 50, Reason = AwardReason.WithinEnvelope }), AwardProperty.StrictOrder);
        Caught(Changed("a3", d => d with { Outcome = AwardOutcome.Reserve, Awarded = 0, Reason = AwardReason.Unaffordable }), AwardProperty.StrictOrder);
        Caught(Changed("a2", d => d with { InGroup = d.InGroup! with { MoneyLeft = 29 } }), AwardProperty.StrictOrder);
        Caught(Changed("a2", d => d with { InResidual = null }), AwardProperty.ResidualOrder);
        Caught(Changed("a2", d => d with { GroupCutOff = 1 }), AwardProperty.Envelope);
        Caught(Changed("a2", d => d with { ReservePosition = 2 }), AwardProperty.Reserve);
        Caught(Changed("a2", d => d with { Needed = new(9_000, NoScoreReason.None, null) }), AwardProperty.NeededScore);
        Caught(Changed("a2", d => d with { Needed = new(9_002, NoScoreReason.None, null) }), AwardProperty.NeededScore);
        Caught(Changed("a2", d => d with { Needed = new(null, NoScoreReason.MaximumNotEnough, null) }), AwardProperty.NeededScore);
        Caught(Changed("a2", d => d with { Needed = new(null, NoScoreReason.RequestTooLarge, 40) }), AwardProperty.NeededScore);
        Caught(Result with { Groups = [Result.Groups[0] with { Used = 99 }, Result.Groups[1]] }, AwardProperty.Envelope);
        Caught(Result with { Residual = Result.Residual! with { Total = 21 } }, AwardProperty.Pool);
        Caught(Result with { Residual = null }, AwardProperty.Pool);
        Caught(Result with { Reserve = [.. Result.Reserve.Reverse()] }, AwardProperty.Reserve);
        Caught(Result with { Awarded = 1 }, AwardProperty.Budget);
        Caught(Result with { Trace = [.. Result.Trace.Skip(1)] }, AwardProperty.Trace);
        Caught(Result with { Trace = [.. Result.Trace.Select(s => s with { MoneyBefore = s.MoneyBefore + 1 })] }, AwardProperty.Trace);
        Caught(Result with { Ties = [] }, AwardProperty.Ties);
        Caught(Result with { Ties = [Result.Ties[0] with { ResolvedBy = ["cohesion"] }] }, AwardProperty.Ties);
    }

    [Fact]
    public void Violations_OpenTieInTheInput_IsCaught()
    {
        var tied = Truth with { Candidates = [.. Truth.Candidates.Select(c => c with { TieKeys = [0, 0] })] };
        AwardCheck.Violations(tied, Result).ShouldContain(v => v.Property == AwardProperty.OpenTie);
    }

    [Fact]
    public void Violations_FalsePromotions_AreCaught()
    {
        string[][] rounds = [["a1"]];
        var promoted = AwardRanking.PromoteFromReserve(Truth, rounds);
        AwardCheck.Violations(Truth, Result, rounds, promoted).ShouldBeEmpty();
        Wrong(promoted with { Rounds = [] });
        Wrong(promoted with { Rounds = [promoted.Rounds[0] with { Promotions = [.. promoted.Rounds[0].Promotions.Reverse()] }] });
        Wrong(promoted with { Holders = [] });
        Wrong(promoted with { Reserve = Result.Reserve });
        Wrong(promoted with { Awarded = 0 });
        Wrong(promoted with { Left = 1 });

        void Wrong(PromotionResult claimed) =>
            AwardCheck.Violations(Truth, Result, rounds, claimed).ShouldContain(v => v.Property == AwardProperty.Promotion);
    }

    private static AwardResult Changed(string id, Func<AwardDecision, AwardDecision> change) =>
        Result with { Decisions = [.. Result.Decisions.Select(d => d.Id == id ? change(d) : d)] };

    private static void Caught(AwardResult claimed, AwardProperty property) =>
        AwardCheck.Violations(Truth, claimed).ShouldContain(v => v.Property == property);
}
