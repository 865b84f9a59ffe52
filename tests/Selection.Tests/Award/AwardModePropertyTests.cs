using System.Globalization;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Minka.Selection.Award;

namespace Minka.Selection.Tests.Award;

/// <summary>Small random awards of every mode, dense in ties, marks, caps, parts and exhausted money, against brute force.</summary>
public sealed class AwardModePropertyTests
{
    private const long Most = 8;

    private static readonly Config Many = Config.QuickThrowOnFailure.WithMaxTest(4_000);

    private static readonly Gen<(AwardMode Mode, int Groups, bool Pool)> Shapes =
        from mode in Gen.Elements(Enum.GetValues<AwardMode>())
        from groups in Gen.Choose(1, 3)
        from pool in Gen.Elements(true, false)
        select (mode, mode is AwardMode.StrictRank or AwardMode.LotteryInGreyZone ? 1 : groups, mode != AwardMode.LotteryInGreyZone && pool);

    private static readonly Gen<AwardRules> AllRules =
        from shape in Shapes
        from skip in Gen.Elements(SkipRule.None, SkipRule.SkipIfUnaffordable)
        from reserve in Gen.Elements(true, true, false)
        from threshold in Gen.Elements(0L, 1L, 3L)
        from exclusive in Gen.Elements(true, false)
        from gates in Gen.Choose(0, 2)
        from flat in Gen.Elements(0L, 4L)
        from bonus in Gen.Elements(true, false)
        from cap in Gen.Elements<int?>(null, 1, 2)
        from writers in Gen.Elements<int?>(null, null, 1)
        from own in Gen.Elements(true, false)
        from part in Gen.Elements(true, false)
        from sets in Gen.Choose(0, 2)
        from release in Gen.Elements(true, false)
        from kind in Gen.Elements(GreyZoneKind.Fixed, GreyZoneKind.AroundLine)
        from low in Gen.Choose(0, 3)
        from high in Gen.Choose(0, 3)
        let gate = shape.Mode == AwardMode.QualityGate && gates > 0 && flat == 0
        select new AwardRules
        {
            Mode = shape.Mode,
            Threshold = shape.Mode == AwardMode.ThresholdThenRank ? Math.Max(1, threshold) : threshold,
            ThresholdExclusive = exclusive,
            MaximumPoints = Most,
            Skip = skip,
            ResidualPool = shape.Pool,
            ReserveList = reserve,
            TieKeys = ["key"],
            Gates = gates == 0 ? null : [.. Enumerable.Range(0, gates).Select(g => new PointsGate(Name('C', g), 1, g == 1))],
            FlatPoints = shape.Mode == AwardMode.QualityGate ? flat : null,
            FlatGate = gate ? "C0" : null,
            Bonuses = bonus ? [new("border", 1), new("programme", 2)] : null,
            MaximumBonus = bonus && exclusive ? 2 : null,
            MaximumPerApplicant = cap,
            MaximumPerPlanWriter = writers,
            OwnPriority = own,
            PartialFunding = part,
            SetAsides = shape.Mode == AwardMode.LotteryInGreyZone || sets == 0 ? null
                : [.. Enumerable.Range(0, sets).Select(s => new SetAside(Name('S', s), 6 + (5 * s), release && (shape.Groups == 1 || shape.Pool)))],
            GreyZone = shape.Mode == AwardMode.LotteryInGreyZone ? new(kind, kind == GreyZoneKind.Fixed ? Math.Min(low, high) + 2 : low, kind == GreyZoneKind.Fixed ? Math.Max(low, high) + 2 : high) : null,
        };

    private static readonly Arbitrary<AwardInput> Awards = (
        from rules in AllRules
        from groups in rules.Mode is AwardMode.StrictRank or AwardMode.LotteryInGreyZone ? Gen.Constant(1) : Gen.Choose(1, 3)
        let released = rules.SetAsides?.Any(s => s.Release) == true
        let count = released && !rules.ResidualPool ? 1 : groups
        from envelopes in Gen.Choose(0, 30).ListOf(count)
        from unassigned in Gen.Elements(0, 0, 5, 20)
        from applications in Gen.Choose(0, 8)
        from requests in Gen.Choose(1, 20).ListOf(applications)
        from points in Gen.Choose(0, (int)Most).ListOf(applications)
        from keys in Gen.Choose(0, 1).ListOf(applications)
        from homes in Gen.Choose(0, count - 1).ListOf(applications)
        from eligible in Gen.Elements(true, true, true, false).ListOf(applications)
        from drawn in Gen.Elements(true, true, false)
        from shuffled in Gen.Shuffle(Enumerable.Range(1, applications))
        from own in Gen.Shuffle(Enumerable.Range(1, applications))
        from marks in Gen.Choose(0, 63).ListOf(applications)
        from who in Gen.Choose(0, 3).ListOf(applications)
        from writer in Gen.Choose(0, 2).ListOf(applications)
        from parts in Gen.Choose(0, 20).ListOf(applications)
        from gates in Gen.Choose(0, 3).ListOf(applications * 2)
        select new AwardInput
        {
            Budget = envelopes.Sum() + unassigned + (rules.SetAsides?.Sum(s => s.Amount) ?? 0),
            Rules = rules,
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
                GateValues = rules.Gates?.Select((_, g) => (long)Math.Min(points[i], gates[(2 * i) + g])).ToList(),
                Bonuses = rules.Bonuses?.Where((_, b) => (marks[i] & (1 << b)) != 0).Select(b => b.Name).ToList(),
                SetAsides = rules.SetAsides?.Where((_, s) => (marks[i] & (4 << s)) != 0).Select(s => s.Code).ToList(),
                Applicant = who[i] == 0 ? null : Name('A', who[i]),
                PlanWriter = writer[i] == 0 ? null : Name('W', writer[i]),
                OwnPriority = (marks[i] & 16) != 0 ? own[i] : null,
                LeastPart = (marks[i] & 32) != 0 ? Math.Clamp(parts[i], 1, request) : null,
            })],
        }).ToArbitrary();

    [Fact]
    public void Run_AnyMode_PassesTheIndependentCheck()
    {
        var decided = new Dictionary<AwardMode, int>();
        Check(input =>
        {
            if (AwardRanking.OpenTies(input).Count > 0)
                return true;
            decided[input.Rules.Mode] = decided.GetValueOrDefault(input.Rules.Mode) + 1;
            AwardCheck.Violations(input, AwardRanking.Run(input)).ShouldBeEmpty();
            return true;
        });
        Enum.GetValues<AwardMode>().ShouldAllBe(mode => decided.GetValueOrDefault(mode) > 200);
    }

    /// <summary>The two checkers share nothing, so each is held against the other where both apply.</summary>
    [Fact]
    public void Violations_PlainRules_BothCheckersAgree() => CheckDecided((input, result) =>
    {
        var plain = input with
        {
            Rules = new AwardRules { Threshold = input.Rules.Threshold, MaximumPoints = Most, Skip = input.Rules.Skip, ResidualPool = input.Rules.ResidualPool, ReserveList = input.Rules.ReserveList, TieKeys = ["key"] },
            Candidates = [.. input.Candidates.Select((c, i) => new AwardCandidate { Id = c.Id, Group = c.Group, Request = c.Request, Eligible = c.Eligible, Points = c.Points, TieKeys = c.TieKeys, DrawPosition = i + 1 })],
        };
        result = AwardRanking.Run(plain);
        AwardCheck.Violations(plain, result).ShouldBeEmpty();
        // A cap that nobody can reach makes the second checker take over.
        AwardCheck.Violations(plain with { Rules = plain.Rules with { MaximumPerApplicant = 100 } }, result).ShouldBeEmpty();
        return true;
    });

    [Fact]
    public void OpenTies_AnyMode_AreExactlyWhatStopsIt() => Check(input =>
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
        return Text(AwardRanking.Run(permuted)) == Text(result);
    });

    [Fact]
    public void Run_AnyMode_StaysWithinEveryPurse() => CheckDecided((input, result) =>
        result.Awarded <= input.Budget
        && result.Groups.All(g => g.Used <= g.Envelope + g.Received)
        && (result.SetAsides ?? []).All(s => s.Used <= s.Amount)
        && result.Decisions.All(d => d.IsFunded == d.Awarded > 0 && d.Awarded <= d.Request)
        && result.Decisions.Where(d => d.IsFunded).All(d => input.Candidates.Single(c => c.Id == d.Id) is var c && (d.Awarded == c.Request || (input.Rules.PartialFunding && d.Awarded >= c.LeastPart)))
        && Within(result, input, c => c.Applicant, input.Rules.MaximumPerApplicant)
        && Within(result, input, c => c.PlanWriter, input.Rules.MaximumPerPlanWriter));

    [Fact]
    public void Run_MorePoints_NeverUnfundWhereItIsPromised() => CheckDecided((input, result) =>
    {
        var rules = input.Rules;
        var capsStop = rules.Skip == SkipRule.None && (rules.MaximumPerApplicant ?? rules.MaximumPerPlanWriter) is not null;
        if (rules.GreyZone is { Kind: GreyZoneKind.AroundLine } || ((rules.ResidualPool || rules.SetAsides is not null) && (rules.OwnPriority || capsStop)))
            return true;
        foreach (var winner in result.Decisions.Where(d => d.IsFunded))
        {
            for (var points = winner.Points!.Value + 1; points <= Most; points++)
            {
                var raised = Changed(input, winner.Id, c => c with { Points = points });
                if (AwardRanking.OpenTies(raised).Count == 0 && !Funds(raised, winner.Id))
                    return false;
            }
        }

        return true;
    });

    /// <summary>Every figure of every explanation is found again by trying all values in turn.</summary>
    [Fact]
    public void Explain_EveryValueTried_IsWhatItSays()
    {
        int budgets = 0, requests = 0, again = 0;
        Check(input =>
        {
            if (AwardRanking.OpenTies(input).Count > 0)
                return true;
            var result = AwardRanking.Run(input);
            foreach (var told in AwardRanking.Explain(input, [.. input.Candidates.Select(c => c.Id)]))
            {
                var decision = result.Decisions.Single(d => d.Id == told.Id);
                told.Needed.ShouldBe(decision.Needed);
                told.Funded.ShouldBe(decision.IsFunded);
                if (decision.IsFunded || decision.Outcome is AwardOutcome.BelowThreshold or AwardOutcome.NotEligible)
                {
                    (told.ExtraBudget, told.LargestRequest).ShouldBe((null, null));
                    continue;
                }

                var all = input.Candidates.Sum(c => c.Request) + 5;
                var extra = Enumerable.Range(1, (int)all).Select(e => (long?)e).FirstOrDefault(e => FundsLosingTies(WithMoney(input, decision.Group, e!.Value), told.Id));
                told.ExtraBudget.ShouldBe(extra, told.Id);
                told.NoBudget.ShouldBe(extra is null ? NoBudgetReason.MoneyDoesNotDecide : NoBudgetReason.None);
                budgets += extra is null ? 0 : 1;
                var lost = extra is null ? null : Enumerable.Range((int)extra, (int)(all - extra)).Select(e => (long?)e).FirstOrDefault(e => !FundsLosingTies(WithMoney(input, decision.Group, e!.Value), told.Id));
                told.LosesAgainAt.ShouldBe(lost, told.Id);
                again += lost is null ? 0 : 1;
                var request = Enumerable.Range(1, (int)decision.Request).Reverse().Select(r => (long?)r)
                    .FirstOrDefault(r => FundsLosingTies(Changed(input, told.Id, c => c with { Request = r!.Value, LeastPart = c.LeastPart <= r ? c.LeastPart : null }), told.Id));
                told.LargestRequest.ShouldBe(request, told.Id);
                requests += request is null ? 0 : 1;
            }

            return true;
        });
        budgets.ShouldBeGreaterThan(500);
        requests.ShouldBeGreaterThan(300);
        again.ShouldBeGreaterThan(10, "the trap of selection.md must occur");
    }

    [Fact]
    public void PromoteFromReserve_AnyWithdrawals_PassTheIndependentCheck() => CheckDecided((input, result) =>
    {
        var winners = result.Decisions.Where(d => d.IsFunded).Select(d => d.Id).ToList();
        var reserves = result.Reserve.Select(r => r.Id).ToList();
        List<IReadOnlyCollection<string>> rounds = [[.. winners.Take(1)], [.. winners.Skip(1).Take(2)], []];
        var promoted = AwardRanking.PromoteFromReserve(input, rounds);
        AwardCheck.Violations(input, result, rounds, promoted).ShouldBeEmpty();
        return promoted.Awarded <= input.Budget;
    });

    internal static AwardInput Changed(AwardInput input, string id, Func<AwardCandidate, AwardCandidate> change) =>
        input with { Candidates = [.. input.Candidates.Select(c => c.Id == id ? change(c) : c)] };

    internal static AwardInput WithMoney(AwardInput input, string group, long extra) =>
        input with { Budget = input.Budget + extra, Groups = [.. input.Groups.Select(g => g.Code == group ? g with { Envelope = g.Envelope + extra } : g)] };

    internal static bool Funds(AwardInput input, string id) => AwardRanking.Run(input).Decisions.Single(d => d.Id == id).IsFunded;

    internal static string Text(AwardResult result) => JsonSerializer.Serialize(result);

    // A moved line may bring undrawn applications into the zone: they keep their order, and the asking one stands last.
    private static bool FundsLosingTies(AwardInput input, string id)
    {
        if (AwardRanking.OpenTies(input).Count == 0)
            return Funds(input, id);
        var order = input.Candidates.OrderByDescending(Score).ThenByDescending(c => c.TieKeys[0]).ThenBy(c => c.Id, StringComparer.Ordinal).Select(c => c.Id).ToList();
        return input.Candidates.Any(c => c.DrawPosition is not null) ? throw new InvalidOperationException("drawn and still tied")
            : Funds(input with { Candidates = [.. input.Candidates.Select(c => c with { DrawPosition = 1 + (c.Id == id ? order.Count : order.IndexOf(c.Id)) })] }, id);

        long? Score(AwardCandidate c) => c.Points + Math.Min(input.Rules.MaximumBonus ?? 3, (c.Bonuses?.Contains("border") == true ? 1 : 0) + (c.Bonuses?.Contains("programme") == true ? 2 : 0));
    }

    private static bool Within(AwardResult result, AwardInput input, Func<AwardCandidate, string?> whose, int? most) =>
        most is null || result.Decisions.Where(d => d.IsFunded).Select(d => whose(input.Candidates.Single(c => c.Id == d.Id))).OfType<string>().GroupBy(w => w).All(w => w.Count() <= most);

    private static void Check(Func<AwardInput, bool> holds) => Prop.ForAll(Awards, holds).Check(Many);

    private static void CheckDecided(Func<AwardInput, AwardResult, bool> holds) =>
        Check(input => AwardRanking.OpenTies(input).Count > 0 || holds(input, AwardRanking.Run(input)));

    private static string Name(char kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}{number}");
}
