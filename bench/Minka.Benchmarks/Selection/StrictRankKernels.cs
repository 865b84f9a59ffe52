using System.Globalization;
using BenchmarkDotNet.Attributes;
using Minka.Selection.Award;

namespace Minka.Benchmarks.Selection;

/// <summary>The award with its whole argument (every needed score included) and its independent check.</summary>
[MemoryDiagnoser]
public class StrictRankKernels
{
    private AwardInput _input = null!;
    private AwardResult _result = null!;

    [Params(12, 100, 500)]
    public int Applications { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        // A fixed linear congruence: the same call on every machine, without a random source.
        var state = 20_260_101UL;
        long Next(long below)
        {
            state = unchecked((state * 6_364_136_223_846_793_005UL) + 1_442_695_040_888_963_407UL);
            return (long)((state >> 33) % (ulong)below);
        }

        _input = new AwardInput
        {
            Budget = Applications * 2_000_000_00L,
            Rules = new AwardRules
            {
                Threshold = 6_000,
                MaximumPoints = 10_000,
                Skip = SkipRule.SkipIfUnaffordable,
                ResidualPool = true,
                ReserveList = true,
                TieKeys = ["cohesion", "need"],
            },
            Groups = [.. Enumerable.Range(0, 9).Select(g => new AwardGroup(Name('L', g), Applications * 2_000_000_00L / 9))],
            Candidates = [.. Enumerable.Range(0, Applications).Select(i => new AwardCandidate
            {
                Id = Name('A', i),
                Group = Name('L', (int)Next(9)),
                Request = 500_000_00 + Next(7_500_000_00),
                Eligible = Next(20) > 0,
                Points = 4_000 + (Next(60) * 100),
                TieKeys = [Next(5), Next(5)],
                DrawPosition = i + 1,
            })],
        };
        _result = AwardRanking.Run(_input);
    }

    [Benchmark]
    public AwardResult Award() => AwardRanking.Run(_input);

    [Benchmark]
    public IReadOnlyList<AwardViolation> Check() => AwardCheck.Violations(_input, _result);

    private static string Name(char kind, int number) => string.Create(CultureInfo.InvariantCulture, $"{kind}{number:D4}");
}
