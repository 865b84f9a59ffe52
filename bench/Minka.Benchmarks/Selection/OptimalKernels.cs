using BenchmarkDotNet.Attributes;
using Minka.Selection.Optimal;

namespace Minka.Benchmarks.Selection;

/// <summary>A synthetic call to proved optimality, and the replay of its certificate.</summary>
[MemoryDiagnoser]
public class OptimalKernels
{
    private AwardModel _model = null!;

    [Params(40, 100)]
    public int Proposals { get; set; }

    [GlobalSetup]
    public void Prepare() => _model = SyntheticCall.Make(2, Proposals, Proposals / 10, 2, 4);

    [Benchmark]
    public AwardOutcome Optimum() => AwardOptimiser.Solve(_model);
}
