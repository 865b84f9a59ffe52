using Minka.Measures.Dispersion;
using Minka.Measures.Numerics;

namespace Minka.Measures.Finance;

/// <summary>A factor that multiplies parts of a project's flows, and how far it may lie from 1.</summary>
/// <param name="Name">Parts that name the same factor move together, in all projects.</param>
/// <param name="Low">The least value.</param>
/// <param name="Likely">The most likely one, between the others.</param>
/// <param name="High">The greatest.</param>
public sealed record UncertainFactor(string Name, double Low, double Likely, double High);

/// <summary>A part of a project's flows.</summary>
/// <param name="Flows">By year from 0; costs are negative.</param>
/// <param name="Factor">Name of what multiplies it; <see langword="null"/> for a sure part.</param>
public sealed record FlowPart(IReadOnlyList<double> Flows, string? Factor);

/// <summary>A project as the sum of its parts.</summary>
/// <param name="Id">Its name.</param>
/// <param name="Parts">Investment, operation, benefits ….</param>
public sealed record UncertainProject(string Id, IReadOnlyList<FlowPart> Parts);

/// <summary>One bar of a tornado: the net present value with one factor at its ends, the others likely.</summary>
/// <param name="Factor">Its name.</param>
/// <param name="AtLow">Value with the factor low.</param>
/// <param name="AtHigh">Value with the factor high.</param>
/// <param name="SwitchAt">The factor at which the value is zero (it may lie outside its range); <see langword="null"/> if it has no influence.</param>
public sealed record TornadoBar(string Factor, double AtLow, double AtHigh, double? SwitchAt)
{
    /// <summary>Length of the bar.</summary>
    public double Swing => Math.Abs(AtHigh - AtLow);
}

/// <summary>The distribution of a net present value over the draws.</summary>
/// <param name="Mean">Mean.</param>
/// <param name="Deviation">Standard deviation.</param>
/// <param name="P5">Fifth percentile.</param>
/// <param name="P50">Median.</param>
/// <param name="P95">Ninety-fifth percentile.</param>
/// <param name="Positive">Share of the draws above zero.</param>
public sealed record ValueDistribution(double Mean, double Deviation, double P5, double P50, double P95, double Positive);

/// <summary>A simulation, which the same seed repeats to the last digit.</summary>
/// <param name="Programme">The sum of all projects.</param>
/// <param name="Projects">Each project by its name.</param>
/// <param name="Draws">How many.</param>
/// <param name="Seed">The seed.</param>
public sealed record SimulatedValue(ValueDistribution Programme, IReadOnlyDictionary<string, ValueDistribution> Projects, int Draws, long Seed);

/// <summary>How sure the net present value of a programme is. The value is linear in each factor, so present values are taken once.</summary>
public static class Uncertainty
{
    /// <summary>The bars of a tornado, longest first, then by name.</summary>
    /// <param name="projects">The projects.</param>
    /// <param name="factors">Every factor that a part names.</param>
    /// <param name="rate">The discount rate, above −1.</param>
    /// <remarks>O(parts · years + factors).</remarks>
    /// <exception cref="ArgumentException">A factor is missing, occurs twice or is out of order.</exception>
    public static IReadOnlyList<TornadoBar> Tornado(IReadOnlyList<UncertainProject> projects, IReadOnlyList<UncertainFactor> factors, double rate)
    {
        var (sure, values) = Values(projects, factors, rate);
        double[] whole = [.. factors.Select((_, f) => values.Sum(p => p[f]))];
        var likely = sure.Sum() + factors.Select((f, i) => f.Likely * whole[i]).Sum();
        return [.. factors.Select((f, i) =>
        {
            var rest = likely - (f.Likely * whole[i]);
            return new TornadoBar(f.Name, rest + (f.Low * whole[i]), rest + (f.High * whole[i]), whole[i] == 0 ? null : -rest / whole[i]);
        }).OrderByDescending(b => b.Swing).ThenBy(b => b.Factor, StringComparer.Ordinal)];
    }

    /// <summary>Draws every factor from its triangle, independently, and values the programme each time.</summary>
    /// <param name="projects">The projects.</param>
    /// <param name="factors">Every factor that a part names.</param>
    /// <param name="rate">The discount rate, above −1.</param>
    /// <param name="draws">How many, at least 1.</param>
    /// <param name="seed">The seed.</param>
    /// <remarks>O(draws · (factors + parts) + projects · draws log draws).</remarks>
    /// <exception cref="ArgumentException">A factor is missing, occurs twice or is out of order.</exception>
    public static SimulatedValue Simulate(IReadOnlyList<UncertainProject> projects, IReadOnlyList<UncertainFactor> factors, double rate, int draws, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        var (sure, values) = Values(projects, factors, rate);
        (int Factor, double Value)[][] active = [.. values.Select(v => v.Select((x, f) => (f, x)).Where(p => p.x != 0).ToArray())];
        var random = new SeededDraws(seed);
        var drawn = new double[factors.Count];
        double[][] found = [.. projects.Select(_ => new double[draws])];
        var all = new double[draws];
        for (var d = 0; d < draws; d++)
        {
            for (var f = 0; f < drawn.Length; f++)
                drawn[f] = Triangle(factors[f], random.Unit());
            for (var p = 0; p < found.Length; p++)
            {
                var value = sure[p];
                foreach (var (f, v) in active[p])
                    value += drawn[f] * v;
                found[p][d] = value;
                all[d] += value;
            }
        }

        return new SimulatedValue(Distribution(all), projects.Select((p, i) => (p.Id, i)).ToDictionary(p => p.Id, p => Distribution(found[p.i]), StringComparer.Ordinal), draws, seed);
    }

    private static (double[] Sure, double[][] Values) Values(IReadOnlyList<UncertainProject> projects, IReadOnlyList<UncertainFactor> factors, double rate)
    {
        ArgumentNullException.ThrowIfNull(projects);
        ArgumentNullException.ThrowIfNull(factors);
        var index = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var factor in factors)
        {
            if (!(factor.Low <= factor.Likely && factor.Likely <= factor.High) || !double.IsFinite(factor.High - factor.Low) || !index.TryAdd(factor.Name, index.Count))
                throw new ArgumentException($"The factor '{factor.Name}' occurs twice, or is not in the order low, likely, high.", nameof(factors));
        }

        var sure = new double[projects.Count];
        double[][] values = [.. projects.Select(_ => new double[factors.Count])];
        for (var p = 0; p < projects.Count; p++)
        {
            foreach (var part in projects[p].Parts)
            {
                var value = CashFlow.PresentValue(part.Flows, rate);
                if (part.Factor is null)
                    sure[p] += value;
                else if (index.TryGetValue(part.Factor, out var f))
                    values[p][f] += value;
                else
                    throw new ArgumentException($"The factor '{part.Factor}' of '{projects[p].Id}' is not among the factors.", nameof(factors));
            }
        }

        return (sure, values);
    }

    /// <summary>The inverse distribution function of a triangle.</summary>
    private static double Triangle(UncertainFactor f, double u)
    {
        var width = f.High - f.Low;
        if (width == 0)
            return f.Low;
        return u < (f.Likely - f.Low) / width
            ? f.Low + Math.Sqrt(u * width * (f.Likely - f.Low))
            : f.High - Math.Sqrt((1 - u) * width * (f.High - f.Likely));
    }

    private static ValueDistribution Distribution(double[] values)
    {
        var mean = values.Average();
        var squares = 0.0;
        var positive = 0;
        foreach (var v in values)
        {
            squares += (v - mean) * (v - mean);
            positive += v > 0 ? 1 : 0;
        }

        double[] sorted = [.. values];
        Array.Sort(sorted);
        return new ValueDistribution(
            mean, Math.Sqrt(squares / values.Length), Quantiles.Of(sorted, 0.05)!.Value, Quantiles.Of(sorted, 0.5)!.Value, Quantiles.Of(sorted, 0.95)!.Value, (double)positive / values.Length);
    }
}
