using System.Globalization;
using System.Numerics;
using BenchmarkDotNet.Attributes;
using Minka.Selection.Participatory;

namespace Minka.Benchmarks.Selection;

/// <summary>One run of equal shares (the kernel that raising completions repeat), plain and with derivatives, and whole rules around it.</summary>
[MemoryDiagnoser]
public class EqualSharesKernels
{
    private Election _election = null!;
    private FastShares _fast = null!;
    private BigInteger _budget;
    private BigInteger _voters;

    [Params(1_000, 50_000)]
    public int Voters { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        // A fixed linear congruence: the same election on every machine.
        var state = 20_261_127UL;
        int Next(int below)
        {
            state = unchecked((state * 6_364_136_223_846_793_005UL) + 1_442_695_040_888_963_407UL);
            return (int)((state >> 33) % (ulong)below);
        }

        string Name(int p) => p.ToString("D3", CultureInfo.InvariantCulture);
        const int count = 80;
        var projects = Enumerable.Range(0, count).Select(p => new Project(Name(p), 5_000 + (Next(400) * 250))).ToList();
        var ballots = Enumerable.Range(0, Voters).Select(_ => new Ballot([.. Enumerable.Range(0, 1 + Next(8)).Select(_ => Name((int)Math.Sqrt(Next(count * count)))).Distinct()]));
        _election = Election.Create("kernel", BallotKind.Approval, 1_200_000, projects, ballots);
        var support = new Support(_election.Field, Utility.Cost, 0, _election.Ballots);
        _fast = new FastShares(support, TieRanks.Of(_election, new PbSettings { Rule = PbRule.EqualShares }));
        (_budget, _voters) = (_election.Field.Budget, Voters);
    }

    [Benchmark(Description = "one run in doubles")]
    public int Plain()
    {
        _fast.Run(_budget, _voters, probe: false);
        return _fast.Count;
    }

    [Benchmark(Description = "one run in doubles with derivatives")]
    public int Probing()
    {
        _fast.Run(_budget, _voters, probe: true);
        return _fast.Count;
    }

    [Benchmark(Description = "mes, set-up included")]
    public PbOutcome EqualShares() => ParticipatoryBudget.Run(_election, new PbSettings { Rule = PbRule.EqualShares });

    [Benchmark(Description = "mes in rationals")]
    public PbOutcome Rational() => ParticipatoryBudget.Run(_election, new PbSettings { Rule = PbRule.EqualShares, Exact = true });

    [Benchmark(Description = "phragmen")]
    public PbOutcome Phragmen() => ParticipatoryBudget.Run(_election, new PbSettings { Rule = PbRule.Phragmen });
}
