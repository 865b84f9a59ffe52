using Minka.Measures.Numerics;

namespace Minka.Measures.Dispersion;

/// <summary>Resamples of a Gini index: the usual three intervals, for those who compare; <see cref="GiniUncertainty.Of"/> says which to show.</summary>
/// <param name="Error">Standard error of the resamples.</param>
/// <param name="Bias">Mean of the resamples less the index.</param>
/// <param name="Percentile">Percentile interval.</param>
/// <param name="Bca">Bias-corrected and accelerated interval; <see langword="null"/> where it is undefined.</param>
/// <param name="Basic">Basic interval, which may leave the range of the index.</param>
/// <param name="Acceleration">a of the BCa interval.</param>
public sealed record GiniResamples(double Error, double Bias, (double Low, double High) Percentile, (double Low, double High)? Bca, (double Low, double High) Basic, double Acceleration);

/// <summary>How far a Gini index rests on single projects.</summary>
/// <param name="Gini">The index of the population.</param>
/// <param name="LeaveOneOut">Least and greatest index with one amount left out; <see langword="null"/> for one amount.</param>
/// <param name="Interval">The BCa interval within the range of the index; only from 30 amounts on.</param>
/// <param name="Domination">Greatest |θ − θ₍ᵢ₎|/θ; <see langword="null"/> where it is undefined.</param>
public sealed record GiniUncertainty(double Gini, (double Low, double High)? LeaveOneOut, (double Low, double High)? Interval, double? Domination)
{
    /// <summary>The fewest amounts for which an interval is shown.</summary>
    public const int LeastForInterval = 30;

    /// <summary>Whether one project dominates: leaving it out changes the index by more than a tenth.</summary>
    public bool DominatedByOne => Domination > 0.1;

    /// <summary>What to show beside a Gini index. A registry is a census, so an interval is about a super-population.</summary>
    /// <param name="amounts">Amounts of zero or more.</param>
    /// <param name="level">Coverage of the interval.</param>
    /// <param name="resamples">Number of resamples.</param>
    /// <param name="seed">The seed; the same figures for the same seed.</param>
    /// <returns><see langword="null"/> where the index is undefined.</returns>
    /// <remarks>O(resamples · n log n) from 30 amounts on, else O(n log n). Source: Efron (1987).</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative.</exception>
    public static GiniUncertainty? Of(IReadOnlyList<decimal> amounts, double level = 0.95, int resamples = 1_999, long seed = 42)
    {
        if (AmountDispersion.Of(amounts).Gini is not { } gini)
            return null;
        double[] left = [.. Jackknife(amounts).OfType<double>()];
        double? domination = gini == 0 || left.Length == 0 ? null : left.Max(l => Math.Abs(gini - l)) / gini;
        var interval = amounts.Count >= LeastForInterval ? Resample(amounts, level, resamples, seed)?.Bca : null;
        return new GiniUncertainty(
            gini,
            left.Length == 0 ? null : (left.Min(), left.Max()),
            interval is { } i ? (Math.Clamp(i.Low, 0, 1), Math.Clamp(i.High, 0, 1)) : null,
            domination);
    }

    /// <summary>The index with each amount left out in turn.</summary>
    /// <param name="amounts">Amounts of zero or more.</param>
    /// <returns>In the order of the amounts; <see langword="null"/> where nothing is left.</returns>
    /// <remarks>O(n log n): ranks and sums are corrected, not computed anew.</remarks>
    public static IReadOnlyList<double?> Jackknife(IReadOnlyList<decimal> amounts)
    {
        ArgumentNullException.ThrowIfNull(amounts);
        var n = amounts.Count;
        var total = amounts.Sum();
        int[] order = [.. Enumerable.Range(0, n).OrderBy(i => amounts[i])];
        var result = new double?[n];
        decimal weighted = 0, above = total;
        for (var i = 0; i < n; i++)
            weighted += (i + 1) * amounts[order[i]];
        for (var i = 0; i < n; i++)
        {
            var x = amounts[order[i]];
            above -= x;
            // Without x those above it move down one place.
            var (rest, sum) = (weighted - ((i + 1) * x) - above, total - x);
            result[order[i]] = sum == 0 || n < 2 ? null : (double)((2 * rest) - (n * sum)) / ((n - 1) * (double)sum);
        }

        return result;
    }

    /// <summary>Bootstraps the index of the population.</summary>
    /// <param name="amounts">Amounts of zero or more.</param>
    /// <param name="level">Coverage of the intervals.</param>
    /// <param name="resamples">Number of resamples, at least 100.</param>
    /// <param name="seed">The seed.</param>
    /// <returns><see langword="null"/> where the index is undefined.</returns>
    /// <remarks>A resample without money has no index and is left out. O(resamples · n log n).</remarks>
    public static GiniResamples? Resample(IReadOnlyList<decimal> amounts, double level, int resamples, long seed)
    {
        ArgumentNullException.ThrowIfNull(amounts);
        ArgumentOutOfRangeException.ThrowIfLessThan(resamples, 100);
        if (!(level is > 0 and < 1))
            throw new ArgumentOutOfRangeException(nameof(level), level, "A level lies between 0 and 1.");
        if (AmountDispersion.Of(amounts).Gini is not { } gini)
            return null;

        double[] values = [.. amounts.Select(a => (double)a)];
        var draws = new SeededDraws(seed);
        var sample = new double[values.Length];
        var found = new List<double>(resamples);
        for (var r = 0; r < resamples; r++)
        {
            for (var i = 0; i < sample.Length; i++)
                sample[i] = values[draws.Below(values.Length)];
            Array.Sort(sample);
            double total = 0, weighted = 0;
            for (var i = 0; i < sample.Length; i++)
            {
                total += sample[i];
                weighted += ((2.0 * (i + 1)) - sample.Length - 1) * sample[i];
            }

            if (total > 0)
                found.Add(weighted / (sample.Length * total));
        }

        found.Sort();
        var mean = found.Average();
        var alpha = (1 - level) / 2;
        var (low, high) = (At(alpha), At(1 - alpha));
        double[] left = [.. Jackknife(amounts).OfType<double>()];
        var middle = left.Length == 0 ? 0 : left.Average();
        var squares = left.Sum(l => (middle - l) * (middle - l));
        var acceleration = squares == 0 ? 0 : left.Sum(l => Math.Pow(middle - l, 3)) / (6 * Math.Pow(squares, 1.5));
        var below = (double)found.Count(f => f < gini) / found.Count;
        (double, double)? bca = below is > 0 and < 1 ? (At(Adjusted(alpha)), At(Adjusted(1 - alpha))) : null;
        return new GiniResamples(
            Math.Sqrt(found.Sum(f => (f - mean) * (f - mean)) / (found.Count - 1)), mean - gini, (low, high), bca, ((2 * gini) - high, (2 * gini) - low), acceleration);

        double Adjusted(double a)
        {
            var z = Distributions.NormalQuantile(below) + Distributions.NormalQuantile(a);
            return Distributions.NormalCdf(Distributions.NormalQuantile(below) + (z / (1 - (acceleration * z))));
        }

        double At(double p) => Quantiles.Of(found, p, 6)!.Value;
    }
}
