using System.Diagnostics;
using System.Globalization;
using Minka.Measures.Cohesion;
using Minka.Measures.Dispersion;
using Minka.Measures.Finance;
using Minka.Measures.Spatial;

namespace Minka.Benchmarks;

/// <summary>The measures of planning and of the observatory at their stated sizes: the median of some runs after one that warms up.</summary>
static class MeasuresBench
{
    public static void Run()
    {
        // A fixed linear congruence: the same input on every machine.
        var state = 20_260_101UL;
        long Next(long below)
        {
            state = unchecked((state * 6_364_136_223_846_793_005UL) + 1_442_695_040_888_963_407UL);
            return (long)((state >> 33) % (ulong)below);
        }

        foreach (var size in new[] { 200, 1_000 })
        {
            var programme = new CohesionInput
            {
                DeclaredAxes = ["a0", "a1", "a2", "a3", "a4", "a5"],
                Projects = [.. Enumerable.Range(0, size).Select(i => new CohesionProject
                {
                    Id = "p" + i.ToString("D4", CultureInfo.InvariantCulture),
                    Axis = "a" + Next(8),
                    Chain = "c" + Next(20),
                    Places = [.. Enumerable.Range(0, 1 + (int)Next(4)).Select(_ => "d" + Next(60)).Distinct()],
                    Beneficiaries = [.. Enumerable.Range(0, (int)Next(3)).Select(_ => "o" + Next(300)).Distinct()],
                    After = i == 0 ? [] : ["p" + Next(i).ToString("D4", CultureInfo.InvariantCulture)],
                    Amount = 50_000_00 + Next(5_000_000_00),
                })],
            };
            Tell($"cohesion of {size:N0} projects, all pairs", 9, () => ProgrammeCohesion.Measure(programme).Pairs.Count);
        }

        List<UncertainFactor> factors = [.. Enumerable.Range(0, 150).Select(i => new UncertainFactor("f" + i, 0.8, 1, 1.4))];
        List<UncertainProject> projects = [.. Enumerable.Range(0, 50).Select(p => new UncertainProject("p" + p,
            [.. Enumerable.Range(0, 3).Select(k => new FlowPart([.. Enumerable.Range(0, 11).Select(t => k == 0 ? (t == 0 ? -1000.0 : 0) : (k == 1 ? -20.0 : 190.0 + Next(20)))], "f" + ((3 * p) + k)))]))];
        Tell("Monte Carlo, 10,000 draws × 50 projects × 3 factors", 9, () => Uncertainty.Simulate(projects, factors, 0.08, 10_000, 1).Draws);
        Tell("tornado of 150 factors", 9, () => Uncertainty.Tornado(projects, factors, 0.08).Count);

        decimal[] amounts = [.. Enumerable.Range(0, 1_000_000).Select(_ => (decimal)(1_000 + Next(10_000_000)))];
        Tell("size and concentration of 1,000,000 amounts", 5, () => AmountDispersion.Of(amounts).Count);
        decimal[] flows = [-1_000_000, .. Enumerable.Range(0, 60).Select(t => (decimal)(t % 20 == 19 ? -400_000 : 60_000 + Next(9_000)))];
        Tell("all internal rates of 60 years with six changes of sign", 5, () => InternalRates.Of(flows).All.Count);
        var places = new Neighbours([.. Enumerable.Range(0, 1_891).Select(i => (IReadOnlyCollection<int>)[.. new[] { i - 40, i - 1, i + 1, i + 40 }.Where(j => j is >= 0 and < 1_891)])]);
        double[] values = [.. Enumerable.Range(0, 1_891).Select(_ => (double)Next(1_000))];
        Tell("Moran of 1,891 places, 999 permutations", 5, () => SpatialAutocorrelation.MoranPermuted(values, places, 999, 1) is null ? 0 : 1);
        Tell("local Moran of 1,891 places, 999 conditional permutations each", 5, () => SpatialAutocorrelation.LocalMoranPermuted(values, places, 999, 1)!.Count);
    }

    static void Tell(string what, int runs, Func<int> work)
    {
        work();
        double[] times = [.. Enumerable.Range(0, runs).Select(_ =>
        {
            var clock = Stopwatch.StartNew();
            work();
            return clock.Elapsed.TotalMilliseconds;
        }).Order()];
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{what}: median {times[runs / 2]:0.0} ms, slowest {times[^1]:0.0} ms"));
    }
}
