using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Minka.Selection.Award;

namespace Minka.Selection.Tests.Award;

/// <summary>Small random awards, dense in ties, skips and exhausted money, against brute force.</summary>
public sealed class AwardPropertyTests
{
    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(1_000);

    private static readonly Arbitrary<AwardInput> Awards = (
        from groups in Gen.Choose(1, 3)
        from envelopes in Gen.Choose(0, 30).ListOf(groups)
        from unassigned in Gen.Elements(0, 0, 5, 20)
        from skip in Gen.Elements(SkipRule.None, SkipRule.SkipIfUnaffordable)
        from pool in Gen.Elements(true, false)
        from reserve in Gen.Elements(true, true, false)
        from threshold in Gen.Elements(0, 3)
        from count in Gen.Choose(0, 8)
        from requests in Gen.Choose(1, 20).ListOf(count)
        from points in Gen.Choose(0, 8).ListOf(count)
        from keys in Gen.Choose(0, 1).ListOf(count)
        from homes in Gen.Choose(0, groups - 1).ListOf(count)
        from eligible in Gen.Elements(true, true, true, false).ListOf(count)
        from drawn in Gen.Elements(true, false)
        from shuffled in Gen.Shuffle(Enumerable.Range(1, count))
        select new AwardInput
        {
            Budget = envelopes.Sum() + unassigned,
            Rules = new AwardRules { Threshold = threshold, MaximumPoints = 8, Skip = skip, ResidualPool = pool, ReserveList = reserve, TieKeys = ["key"] },
            Groups = [.. envelopes.Select((e, g) => new AwardGroup(Name('G', g), e))],
            Candidates = [.. requests.Select((request, i) => new AwardCandidate
            {
                Id = Name('P', i),
                Group = Name('G', homes[i]),
                Request = request,
                Eligible = eligible[i],
                Points = eligible[i] ? points[i] : null,
                TieKeys = [keys[i]],
                DrawPosition = drawn ? shuffled[i] : null,
            })],
        }).ToArbitrary();

    [Fact]
    public void Run_AnyAward_PassesTheIndependentCheck()
    {
        var decided = 0;
        Check(input =>
        {
            if (AwardRanking.OpenTies(input).Count > 0)
                return true;
            decided++;
            AwardCheck.Violations(input, AwardRanking.Run(input)).ShouldBeEmpty();
            return true;
        });
        decided.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void OpenTies_AnyAward_AreExactlyWhatStopsIt() => Check(input =>
    {
        var open = AwardRanking.OpenTies(input).Count > 0;
        try
        {
            AwardRanking.Run(input);
            return !open;
        }
        catch (InvalidAwardInputException refused)
        {
            return open && refused.Fault == AwardFault.OpenTie;
        }
    });

    [Fact]
    public void Run_AnyPermutation_GivesTheSameResult() => CheckDecided((input, result) =>
    {
        var permuted = input with { Groups = [.. input.Groups.Reverse()], Candidates = [.. input.Candidates.OrderBy(c => c.Request).ThenBy(c => c.Points)] };
        return StrictRankByGroupTests.Text(AwardRanking.Run(permuted)) == StrictRankByGroupTests.Text(result);
    });

    [Fact]
    public void Run_MorePoints_NeverUnfund() => CheckDecided((input, result) =>
    {
        foreach (var winner in result.Decisions.Where(d => d.IsFunded))
        {
            for (var points = winner.Points!.Value + 1; points <= input.Rules.MaximumPoints; points++)
            {
                var raised = WithPoints(input, winner.Id, points);
                if (AwardRanking.OpenTies(raised).Count == 0 && !StrictRankByGroupTests.Decision(AwardRanking.Run(raised), winner.Id).IsFunded)
                    return false;
            }
        }

        return true;
    });

    /// <summary>Every score is tried, so that “the least” is proved and not only “one less fails”.</summary>
    [Fact]
    public void Needed_EveryScoreTried_IsTheLeast() => CheckDecided((input, result) =>
    {
        foreach (var decision in result.Decisions.Where(d => d.RankInGroup is not null))
        {
            long? least = null;
            for (var points = 0L; points <= input.Rules.MaximumPoints && least is null; points++)
            {
                var changed = WithPoints(input, decision.Id, points);
                if (AwardRanking.OpenTies(changed).Count > 0)
                    changed = changed with { Candidates = [.. changed.Candidates.Select(c => LosesOpenTies(c, decision.Id))] };
                if (StrictRankByGroupTests.Decision(AwardRanking.Run(changed), decision.Id).IsFunded)
                    least = points;
            }

            if (least != decision.Needed.Points)
                return false;
        }

        return true;

        // Only reached without draw positions: the others, untied among themselves, keep their order and go ahead.
        static AwardCandidate LosesOpenTies(AwardCandidate candidate, string asking) => candidate with { DrawPosition = candidate.Id == asking ? 2 : 1 };
    });

    [Fact]
    public void PromoteFromReserve_AnyWithdrawals_PassTheIndependentCheck() => CheckDecided((input, result) =>
    {
        var winners = result.Decisions.Where(d => d.IsFunded).Select(d => d.Id).ToList();
        var reserves = result.Reserve.Select(r => r.Id).ToList();
        List<IReadOnlyCollection<string>> rounds = [[.. winners.Take(1)], [.. winners.Skip(1).Take(2), .. reserves.TakeLast(1)], []];
        PromotionResult promoted;
        try
        {
            promoted = AwardRanking.PromoteFromReserve(input, rounds);
        }
        catch (InvalidAwardInputException)
        {
            return false;
        }

        AwardCheck.Violations(input, result, rounds, promoted).ShouldBeEmpty();
        return promoted.Awarded <= input.Budget && promoted.Rounds[2].Promotions.Count == 0;
    });

    [Fact]
    public void PromoteFromReserve_NobodyLeaves_NobodyMoves() => CheckDecided((input, result) =>
    {
        var promoted = AwardRanking.PromoteFromReserve(input, [[]]);
        return promoted.Rounds[0].Promotions.Count == 0 && promoted.Awarded == result.Awarded && promoted.Reserve.SequenceEqual(result.Reserve);
    });

    private static void Check(Func<AwardInput, bool> holds) => Prop.ForAll(Awards, holds).Check(Many);

    private static void CheckDecided(Func<AwardInput, AwardResult, bool> holds) =>
        Check(input => AwardRanking.OpenTies(input).Count > 0 || holds(input, AwardRanking.Run(input)));

    private static AwardInput WithPoints(AwardInput input, string id, long points) =>
        input with { Candidates = [.. input.Candidates.Select(c => c.Id == id ? c with { Points = points } : c)] };

    private static string Name(char kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}{number}");
}
