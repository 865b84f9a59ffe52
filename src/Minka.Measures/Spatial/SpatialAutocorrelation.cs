using Minka.Measures.Numerics;

namespace Minka.Measures.Spatial;

/// <summary>Moran's I with its expectation and its two variances.</summary>
/// <param name="I">The index; positive where like lies beside like.</param>
/// <param name="Expected">−1/(n − 1).</param>
/// <param name="VarianceRandomised">Variance if the values were dealt out anew; <see langword="null"/> with fewer than four places.</param>
/// <param name="VarianceNormal">Variance if the values were normal.</param>
public sealed record Moran(double I, double Expected, double? VarianceRandomised, double VarianceNormal)
{
    /// <summary>(I − E)/√variance under randomisation.</summary>
    public double? ZRandomised => VarianceRandomised is > 0 and var v ? (I - Expected) / Math.Sqrt(v) : null;

    /// <summary>(I − E)/√variance under normality.</summary>
    public double? ZNormal => VarianceNormal > 0 ? (I - Expected) / Math.Sqrt(VarianceNormal) : null;

    /// <summary>One-sided p of clustering under randomisation.</summary>
    public double? PRandomised => ZRandomised is { } z ? Distributions.NormalUpper(z) : null;

    /// <summary>One-sided p of clustering under normality.</summary>
    public double? PNormal => ZNormal is { } z ? Distributions.NormalUpper(z) : null;
}

/// <summary>In which corner of Moran's scatter plot a place lies: its own value, then its neighbours', against the mean.</summary>
public enum Quadrant
{
    /// <summary>Low beside low.</summary>
    LowLow,

    /// <summary>Low beside high.</summary>
    LowHigh,

    /// <summary>High beside low.</summary>
    HighLow,

    /// <summary>High beside high.</summary>
    HighHigh,
}

/// <summary>The local share of a place in Moran's I.</summary>
/// <param name="I">z/m₂ · Σ w z.</param>
/// <param name="Z">Standardised under conditional permutation; <see langword="null"/> where its variance is zero.</param>
/// <param name="Quadrant">Its corner; a value or a lag at the mean counts as low.</param>
public sealed record LocalMoran(double I, double? Z, Quadrant Quadrant);

/// <summary>Whether values cluster in space: Moran, Geary, local Moran, local and global G.</summary>
/// <remarks>
/// Values are rates (per head), never raw totals. A figure is <see langword="null"/> where all values are equal or nobody has a neighbour; local
/// figures also for islands. O(n + borders), permutations times as much. Sources: Cliff and Ord (1981); Anselin (1995); Getis and
/// Ord (1992), Ord and Getis (1995); Sokal, Oden and Thomson (1998) for the local moments. The values agree with R's spdep.
/// </remarks>
public static class SpatialAutocorrelation
{
    /// <summary>Moran's I = (n/S₀)·ΣΣ w z z / Σz².</summary>
    /// <param name="values">One value a place.</param>
    /// <param name="neighbours">Who borders on whom.</param>
    /// <param name="style">Row-standardised unless said otherwise.</param>
    /// <exception cref="ArgumentException">Lengths differ, or a value is not finite.</exception>
    public static Moran? Moran(IReadOnlyList<double> values, Neighbours neighbours, WeightStyle style = WeightStyle.RowStandardised)
    {
        if (Centre(values, neighbours) is not { } z)
            return null;
        double n = neighbours.Count - neighbours.Islands.Count;
        var (s0, s1, s2) = neighbours.Sums(style);
        if (n < 3 || s0 == 0)
            return null;

        var zz = z.Sum(v => v * v);
        var index = n / s0 * Enumerable.Range(0, z.Length).Sum(i => neighbours.Of(i).Count == 0 ? 0 : z[i] * neighbours.Lag(i, style, z)) / zz;
        var expected = -1 / (n - 1);
        var normal = (((n * n * s1) - (n * s2) + (3 * s0 * s0)) / (s0 * s0 * ((n * n) - 1))) - (expected * expected);
        double? randomised = null;
        if (n > 3)
        {
            var kurtosis = z.Length * z.Sum(v => v * v * v * v) / (zz * zz);
            var first = n * ((s1 * ((n * n) - (3 * n) + 3)) - (n * s2) + (3 * s0 * s0));
            var second = kurtosis * ((s1 * ((n * n) - n)) - (2 * n * s2) + (6 * s0 * s0));
            randomised = ((first - second) / ((n - 1) * (n - 2) * (n - 3) * s0 * s0)) - (expected * expected);
        }

        return new Moran(index, expected, randomised, normal);
    }

    /// <summary>Pseudo p of Moran's I: (1 + permutations that reach it)/(1 + permutations), one-sided.</summary>
    /// <param name="values">One value a place.</param>
    /// <param name="neighbours">Who borders on whom.</param>
    /// <param name="permutations">How many, for instance 999.</param>
    /// <param name="seed">The seed.</param>
    /// <param name="style">Row-standardised unless said otherwise.</param>
    public static double? MoranPermuted(IReadOnlyList<double> values, Neighbours neighbours, int permutations, long seed, WeightStyle style = WeightStyle.RowStandardised)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(permutations);
        if (Centre(values, neighbours) is not { } z || neighbours.Islands.Count == neighbours.Count)
            return null;
        var found = Sum(z);
        var draws = new SeededDraws(seed);
        var dealt = (double[])z.Clone();
        var reached = 0;
        for (var r = 0; r < permutations; r++)
        {
            draws.Shuffle<double>(dealt);
            if (Sum(dealt) >= found - (Math.Abs(found) * 1e-12))
                reached++;
        }

        return (reached + 1.0) / (permutations + 1.0);

        double Sum(double[] v) => Enumerable.Range(0, v.Length).Sum(i => neighbours.Of(i).Count == 0 ? 0 : v[i] * neighbours.Lag(i, style, v));
    }

    /// <summary>Geary's C = (n − 1)/(2 S₀) · ΣΣ w (x_i − x_j)² / Σz²; 1 by chance, less where like lies beside like.</summary>
    /// <param name="values">One value a place.</param>
    /// <param name="neighbours">Who borders on whom.</param>
    /// <param name="style">Row-standardised unless said otherwise.</param>
    public static double? Geary(IReadOnlyList<double> values, Neighbours neighbours, WeightStyle style = WeightStyle.RowStandardised)
    {
        if (Centre(values, neighbours) is not { } z)
            return null;
        double n = neighbours.Count - neighbours.Islands.Count;
        var s0 = neighbours.Sums(style).S0;
        if (n < 2 || s0 == 0)
            return null;
        var sum = Enumerable.Range(0, z.Length).Sum(i => neighbours.Of(i).Sum(j => neighbours.Weight(i, style) * (z[i] - z[j]) * (z[i] - z[j])));
        return (n - 1) * sum / (2 * s0 * z.Sum(v => v * v));
    }

    /// <summary>Local Moran of each place.</summary>
    /// <param name="values">One value a place.</param>
    /// <param name="neighbours">Who borders on whom.</param>
    /// <param name="style">Row-standardised unless said otherwise.</param>
    /// <returns>In the order of the places; <see langword="null"/> for islands. <see langword="null"/> as a whole where all values are equal.</returns>
    public static IReadOnlyList<LocalMoran?>? LocalMoran(IReadOnlyList<double> values, Neighbours neighbours, WeightStyle style = WeightStyle.RowStandardised)
    {
        if (Centre(values, neighbours) is not { } z)
            return null;
        double n = z.Length;
        var m2 = z.Sum(v => v * v) / n;
        return [.. z.Select((v, i) =>
        {
            var borders = neighbours.Of(i).Count;
            if (borders == 0)
                return null;
            var w = neighbours.Weight(i, style);
            var lag = neighbours.Lag(i, style, z);
            var (sum, squares) = (w * borders, w * w * borders);
            var index = v / m2 * lag;
            var expected = -v * v * sum / ((n - 1) * m2);
            var variance = v / m2 * (v / m2) * (n / (n - 2)) * (squares - (sum * sum / (n - 1))) * (m2 - (v * v / (n - 1)));
            double? standardised = n > 2 && variance > 1e-300 ? (index - expected) / Math.Sqrt(variance) : null;
            return new LocalMoran(index, standardised, (v > 0, lag > 0) switch { (false, false) => Quadrant.LowLow, (false, true) => Quadrant.LowHigh, (true, false) => Quadrant.HighLow, _ => Quadrant.HighHigh });
        })];
    }

    /// <summary>Pseudo p of each local Moran by conditional permutation: the place keeps its value, the others are dealt anew; two-sided by the smaller tail, R + 1 rule.</summary>
    /// <param name="values">One value a place.</param>
    /// <param name="neighbours">Who borders on whom.</param>
    /// <param name="permutations">How many, for instance 999.</param>
    /// <param name="seed">The seed.</param>
    /// <returns><see langword="null"/> for islands.</returns>
    public static IReadOnlyList<double?>? LocalMoranPermuted(IReadOnlyList<double> values, Neighbours neighbours, int permutations, long seed)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(permutations);
        if (Centre(values, neighbours) is not { } z)
            return null;
        var draws = new SeededDraws(seed);
        return [.. z.Select((v, i) =>
        {
            var borders = neighbours.Of(i).Count;
            if (borders == 0)
                return (double?)null;
            double[] others = [.. z.Where((_, j) => j != i)];
            var found = neighbours.Of(i).Sum(j => z[j]) * v;
            int atLeast = 0, atMost = 0;
            for (var r = 0; r < permutations; r++)
            {
                // Only as many places as the neighbours take need to be dealt.
                var sum = 0.0;
                for (var k = 0; k < borders; k++)
                {
                    var pick = k + draws.Below(others.Length - k);
                    (others[k], others[pick]) = (others[pick], others[k]);
                    sum += others[k];
                }

                atLeast += sum * v >= found ? 1 : 0;
                atMost += sum * v <= found ? 1 : 0;
            }

            return (Math.Min(atLeast, atMost) + 1.0) / (permutations + 1.0);
        })];
    }

    /// <summary>G* of each place, itself included, with weights of 1: a z-value, high among high values, low among low ones.</summary>
    /// <param name="values">One value a place.</param>
    /// <param name="neighbours">Who borders on whom.</param>
    /// <returns><see langword="null"/> for islands and where a place borders on all others.</returns>
    public static IReadOnlyList<double?>? LocalGStar(IReadOnlyList<double> values, Neighbours neighbours)
    {
        if (Centre(values, neighbours) is not { } z)
            return null;
        double n = z.Length;
        var deviation = Math.Sqrt(z.Sum(v => v * v) / n);
        return [.. z.Select((v, i) =>
        {
            double w = neighbours.Of(i).Count + 1;
            return w == 1 || w >= n ? (double?)null : (v + neighbours.Of(i).Sum(j => z[j])) / (deviation * Math.Sqrt(((n * w) - (w * w)) / (n - 1)));
        })];
    }

    /// <summary>G of each place, itself left out.</summary>
    /// <param name="values">One value a place.</param>
    /// <param name="neighbours">Who borders on whom.</param>
    /// <returns><see langword="null"/> for islands, where a place borders on all others, and where all others are equal.</returns>
    public static IReadOnlyList<double?>? LocalG(IReadOnlyList<double> values, Neighbours neighbours)
    {
        if (Centre(values, neighbours) is not { } z)
            return null;
        var others = z.Length - 1.0;
        var squares = z.Sum(v => v * v);
        return [.. z.Select((v, i) =>
        {
            // The centred values add up to zero, so the others' mean is −v/(n − 1).
            double w = neighbours.Of(i).Count;
            var mean = -v / others;
            var variance = ((squares - (v * v)) / others) - (mean * mean);
            var spread = variance * ((others * w) - (w * w)) / (others - 1);
            return w == 0 || w >= others || spread <= 1e-14 * squares / others ? (double?)null : (neighbours.Of(i).Sum(j => z[j]) - (w * mean)) / Math.Sqrt(spread);
        })];
    }

    /// <summary>Global G = ΣΣ w x x / ΣΣ x x over pairs of different places, with weights of 1.</summary>
    /// <param name="values">One value a place, zero or more.</param>
    /// <param name="neighbours">Who borders on whom.</param>
    /// <returns><see langword="null"/> if fewer than two values are positive.</returns>
    /// <exception cref="ArgumentException">A value is negative: the index has no meaning then.</exception>
    public static double? GlobalG(IReadOnlyList<double> values, Neighbours neighbours)
    {
        Check(values, neighbours);
        if (values.Any(v => v < 0))
            throw new ArgumentException("Global G needs values of zero or more.", nameof(values));
        var sum = values.Sum();
        var all = (sum * sum) - values.Sum(v => v * v);
        return values.Count(v => v > 0) < 2 ? null : values.Select((v, i) => v * neighbours.Of(i).Sum(j => values[j])).Sum() / all;
    }

    /// <summary>Which tests hold when the share of false discoveries is to stay below a level (Benjamini and Hochberg 1995).</summary>
    /// <param name="p">p of each test; <see langword="null"/> where there is none, which never holds and does not count.</param>
    /// <param name="level">The level, for instance 0.05.</param>
    public static IReadOnlyList<bool> Discoveries(IReadOnlyList<double?> p, double level)
    {
        ArgumentNullException.ThrowIfNull(p);
        double[] sorted = [.. p.OfType<double>().Order()];
        var limit = double.NegativeInfinity;
        for (var k = 0; k < sorted.Length; k++)
        {
            if (sorted[k] <= level * (k + 1) / sorted.Length)
                limit = sorted[k];
        }

        return [.. p.Select(v => v <= limit)];
    }

    /// <summary>Two-sided p of z-values, for <see cref="Discoveries"/>.</summary>
    /// <param name="z">Standardised values.</param>
    public static IReadOnlyList<double?> TwoSided(IReadOnlyList<double?> z)
    {
        ArgumentNullException.ThrowIfNull(z);
        return [.. z.Select(v => v is { } x ? 2 * Distributions.NormalUpper(Math.Abs(x)) : (double?)null)];
    }

    /// <summary>Rates of small populations drawn towards the whole's, the more the smaller they are (empirical Bayes, Marshall 1991).</summary>
    /// <param name="counts">Amounts or cases, zero or more.</param>
    /// <param name="populations">People, above zero.</param>
    /// <returns>A rate a place, in counts per head.</returns>
    /// <exception cref="ArgumentException">Lengths differ, a population is not positive, or a count is negative.</exception>
    public static IReadOnlyList<double> SmoothedRates(IReadOnlyList<double> counts, IReadOnlyList<double> populations)
    {
        ArgumentNullException.ThrowIfNull(counts);
        ArgumentNullException.ThrowIfNull(populations);
        if (counts.Count != populations.Count || populations.Any(n => !(n > 0)) || counts.Any(c => !(c >= 0)))
            throw new ArgumentException("A count of zero or more and a population above zero are needed for each place.", nameof(counts));
        if (counts.Count == 0)
            return [];
        var people = populations.Sum();
        var mean = counts.Sum() / people;
        var spread = counts.Zip(populations, (c, n) => n * ((c / n) - mean) * ((c / n) - mean)).Sum() / people;
        var between = Math.Max(0, spread - (mean / (people / counts.Count)));
        return [.. counts.Zip(populations, (c, n) => between == 0 ? mean : mean + (between / (between + (mean / n)) * ((c / n) - mean)))];
    }

    private static double[]? Centre(IReadOnlyList<double> values, Neighbours neighbours)
    {
        Check(values, neighbours);
        if (values.Count == 0 || values.All(v => v == values[0]))
            return null;
        var mean = values.Average();
        return [.. values.Select(v => v - mean)];
    }

    private static void Check(IReadOnlyList<double> values, Neighbours neighbours)
    {
        ArgumentNullException.ThrowIfNull(values);
        ArgumentNullException.ThrowIfNull(neighbours);
        if (values.Count != neighbours.Count || values.Any(v => !double.IsFinite(v)))
            throw new ArgumentException("There must be one finite value for each place.", nameof(values));
    }
}
