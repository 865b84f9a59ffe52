using Minka.Measures.Numerics;

namespace Minka.Measures.Dispersion;

/// <summary>How far figures of a sample of projects may lie from those of all projects: bias-corrected and accelerated bootstrap intervals, each within its range.</summary>
/// <param name="Median">Of the median; <see langword="null"/> where it is undefined.</param>
/// <param name="ShareBelow">Of the share of amounts below the limit, by number.</param>
/// <param name="Gini">Of the Gini index of the population.</param>
public sealed record SampleIntervals((double Low, double High)? Median, (double Low, double High)? ShareBelow, (double Low, double High)? Gini)
{
    /// <summary>Resamples the amounts.</summary>
    /// <param name="amounts">Amounts of zero or more.</param>
    /// <param name="limit">The limit of the share.</param>
    /// <param name="level">Coverage of the intervals.</param>
    /// <param name="resamples">Number of resamples, at least 100.</param>
    /// <param name="seed">The seed; the same figures for the same seed.</param>
    /// <returns><see langword="null"/> with fewer than <see cref="GiniUncertainty.LeastForInterval"/> amounts: there the range of leaving one out is what may be shown.</returns>
    /// <remarks>O(n log n + resamples · n): a resample is how often each amount was drawn, read in order. Source: Efron (1987); methods.md §1.4.</remarks>
    public static SampleIntervals? Of(IReadOnlyList<decimal> amounts, decimal limit, double level = 0.95, int resamples = 999, long seed = 42)
    {
        ArgumentNullException.ThrowIfNull(amounts);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 100);
        if (!(level is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(level), level, "A level lies between 0 and 1.");
        var n = amounts.Count;
        if (n < GiniUncertainty.LeastForInterval)
            return null;
        decimal[] ordered = [.. amounts.Order()];
        double[] values = [.. ordered.Select(a => (double)a)];
        var below = ordered.Count(a => a < limit);
        var draws = new SeededDraws(seed);
        var times = new int[n];
        var (medians, shares, ginis) = (new List<double>(resamples), new List<double>(resamples), new List<double>(resamples));
        for (var r = 0; r < resamples; r++)
        {
            Array.Clear(times);
            for (var i = 0; i < n; i++)
                times[draws.Below(n)]++;
            Read(values, times, below, medians, shares, ginis);
        }

        double[] medianLeft = [.. Enumerable.Range(0, n).Select(i => (Left(values, (n - 2) / 2, i) + Left(values, (n - 1) / 2, i)) / 2)];
        double[] shareLeft = [.. Enumerable.Range(0, n).Select(i => (below - (i < below ? 1.0 : 0)) / (n - 1))];
        double[] giniLeft = [.. GiniUncertainty.Jackknife(ordered).OfType<double>()];
        var alpha = (1 - level) / 2;
        return new SampleIntervals(
            Bca(medians, Quantiles.Of(values, 0.5)!.Value, medianLeft, alpha, values[0], values[^1]),
            Bca(shares, (double)below / n, shareLeft, alpha, 0, 1),
            AmountDispersion.Of(ordered).Gini is { } gini ? Bca(ginis, gini, giniLeft, alpha, 0, 1) : null);
    }

    /// <summary>The figures of one resample, given how often each of the ordered values was drawn.</summary>
    private static void Read(double[] values, int[] times, int below, List<double> medians, List<double> shares, List<double> ginis)
    {
        var n = values.Length;
        double low = 0, high = 0, total = 0, weighted = 0;
        var (seen, under) = (0, 0);
        for (var i = 0; i < n; i++)
        {
            double c = times[i];
            if (c == 0)
                continue;
            var next = seen + times[i];
            if (seen <= (n - 1) / 2 && (n - 1) / 2 < next)
                low = values[i];
            if (seen <= n / 2 && n / 2 < next)
                high = values[i];
            under += i < below ? times[i] : 0;
            total += c * values[i];
            // Ranks seen + 1 to next: Σ(2·rank − n − 1).
            weighted += c * (seen + next - n) * values[i];
            seen = next;
        }

        medians.Add((low + high) / 2);
        shares.Add((double)under / n);
        if (total > 0)
            ginis.Add(weighted / (n * total));
    }

    /// <summary>An ordered value of those that are left without the one at <paramref name="out"/>.</summary>
    private static double Left(double[] values, int rank, int @out) => values[rank < @out ? rank : rank + 1];

    private static (double Low, double High)? Bca(List<double> found, double value, double[] left, double alpha, double least, double greatest)
    {
        found.Sort();
        var share = found.Count == 0 ? 0 : (double)found.Count(f => f < value) / found.Count;
        if (share is <= 0 or >= 1)
            return null;
        var middle = left.Average();
        var squares = left.Sum(l => (middle - l) * (middle - l));
        var a = squares == 0 ? 0 : left.Sum(l => Math.Pow(middle - l, 3)) / (6 * Math.Pow(squares, 1.5));
        var z0 = Distributions.NormalQuantile(share);
        return (Math.Clamp(At(alpha), least, greatest), Math.Clamp(At(1 - alpha), least, greatest));

        double At(double p)
        {
            var z = z0 + Distributions.NormalQuantile(p);
            return Quantiles.Of(found, Distributions.NormalCdf(z0 + (z / (1 - (a * z)))), 6)!.Value;
        }
    }
}
