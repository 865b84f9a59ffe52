using System.Globalization;
using BenchmarkDotNet.Attributes;
using Minka.Selection.Allocation;

namespace Minka.Benchmarks.Selection;

/// <summary>Exact envelopes for leagues, departments, provinces and districts.</summary>
[MemoryDiagnoser]
public class AllocationKernels
{
    private Claim[] _claims = null!;

    [Params(9, 25, 196, 1_891)]
    public int Territories { get; set; }

    [GlobalSetup]
    public void Prepare()
    {
        var share = 100_000_000_00L / Territories;
        _claims = [.. Enumerable.Range(0, Territories).Select(i => new Claim(
            i.ToString("D6", CultureInfo.InvariantCulture),
            TerritoryWeight.Of(new WeightFactor(10_000 + (i * 7_919L % 100_003), 1), new WeightFactor(500 + (i * 104_729L % 9_000), 1)),
            share / 4,
            share * 3))];
    }

    [Benchmark]
    public BoundedAllocation Envelopes() => BoundedProportional.Share(100_000_000_00, _claims);
}
