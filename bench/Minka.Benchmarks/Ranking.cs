using System.Diagnostics;
using System.Globalization;
using Minka.Selection.Award;

namespace Minka.Benchmarks;

/// <summary><c>bench ranking [N]</c>: every mode of the award over N proposals (100,000), and the explanations of 500; median of five runs.</summary>
static class Ranking
{
    const int Runs = 5;

    public static void Run(int proposals)
    {
        foreach (var mode in Enum.GetValues<AwardMode>())
        {
            var input = Call(mode, proposals, marked: false);
            Report($"{mode}, {proposals:N0} proposals", () => AwardRanking.Run(input, neededScores: false).Decisions.Count);
        }
        var full = Call(AwardMode.ThresholdThenRank, proposals, marked: true);
        Report($"with gates, bonuses, set-aside, caps, own order, parts, {proposals:N0}", () => AwardRanking.Run(full, neededScores: false).Decisions.Count);
        var small = Call(AwardMode.RankByGroup, 500, marked: false);
        Report("all explanations of 500 proposals (score, budget, request)", () => AwardRanking.Explain(small, [.. small.Candidates.Select(c => c.Id)]).Count);
        var marked = Call(AwardMode.ThresholdThenRank, 500, marked: true);
        Report("second opinion on 500 proposals with every mark", () => AwardCheck.Violations(marked, AwardRanking.Run(marked, neededScores: false)).Count);
    }

    static void Report(string what, Func<int> run)
    {
        run();
        var times = new List<double>();
        for (var i = 0; i < Runs; i++)
        {
            var clock = Stopwatch.StartNew();
            run();
            times.Add(clock.Elapsed.TotalMilliseconds);
        }
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: median {times[Runs / 2]:0} ms, least {times[0]:0} ms"));
    }

    /// <summary>The same call on every machine: a fixed linear congruence, no random source.</summary>
    static AwardInput Call(AwardMode mode, int count, bool marked)
    {
        var state = 20_260_102UL;
        long Next(long below)
        {
            state = unchecked((state * 6_364_136_223_846_793_005UL) + 1_442_695_040_888_963_407UL);
            return (long)((state >> 33) % (ulong)below);
        }

        var groups = mode is AwardMode.StrictRank or AwardMode.LotteryInGreyZone ? 1 : 25;
        var budget = count * 1_000_000_00L;
        return new AwardInput
        {
            Budget = budget,
            Rules = new AwardRules
            {
                Mode = mode,
                Threshold = 6_000,
                MaximumPoints = 10_000,
                Skip = SkipRule.SkipIfUnaffordable,
                ResidualPool = groups > 1,
                ReserveList = true,
                TieKeys = ["cohesion", "need"],
                Gates = marked || mode == AwardMode.QualityGate ? [new("quality", 2_500, true)] : null,
                FlatPoints = mode == AwardMode.QualityGate ? 5_000 : null,
                FlatGate = mode == AwardMode.QualityGate ? "quality" : null,
                GreyZone = mode == AwardMode.LotteryInGreyZone ? new(GreyZoneKind.AroundLine, 300, 300) : null,
                Bonuses = marked ? [new("programme", 1_000)] : null,
                SetAsides = marked ? [new("border", budget / 6, true)] : null,
                MaximumPerApplicant = marked ? 2 : null,
                OwnPriority = marked,
                PartialFunding = marked,
            },
            Groups = [.. Enumerable.Range(0, groups).Select(g => new AwardGroup(Name('L', g), budget / 2 / groups))],
            Candidates = [.. Enumerable.Range(0, count).Select(i =>
            {
                var request = 500_000_00 + Next(7_500_000_00);
                var points = 4_000 + (Next(60) * 100);
                return new AwardCandidate
                {
                    Id = Name('P', i), Group = Name('L', (int)Next(groups)), Request = request, Eligible = true, Points = points, TieKeys = [Next(5), Next(5)], DrawPosition = i + 1,
                    GateValues = marked || mode == AwardMode.QualityGate ? [Math.Min(points, Next(5_000))] : null,
                    Bonuses = marked && Next(4) == 0 ? ["programme"] : null,
                    SetAsides = marked && Next(8) == 0 ? ["border"] : null,
                    Applicant = marked ? Name('A', i / 3) : null,
                    OwnPriority = marked ? 1 + (i % 3) : null,
                    LeastPart = marked && Next(3) == 0 ? request / 2 : null,
                };
            })],
        };
    }

    static string Name(char kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}{number:D6}");
}
