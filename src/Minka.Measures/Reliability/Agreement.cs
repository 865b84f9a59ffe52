using Minka.Measures.Numerics;

namespace Minka.Measures.Reliability;

/// <summary>How two ratings differ.</summary>
public enum RatingMetric
{
    /// <summary>Equal or not.</summary>
    Nominal,

    /// <summary>By the ranks between them.</summary>
    Ordinal,

    /// <summary>By their difference.</summary>
    Interval,

    /// <summary>By their difference over their sum.</summary>
    Ratio,
}

/// <summary>Krippendorff's α: agreement of any number of raters, gaps allowed.</summary>
public static class Krippendorff
{
    /// <summary>α = 1 − observed / expected disagreement.</summary>
    /// <param name="ratings">A row a rater, a column an item; <see langword="null"/> for not rated.</param>
    /// <param name="metric">How ratings differ.</param>
    /// <returns>1 for full agreement; <see langword="null"/> if nothing is rated twice or all ratings are equal (not 1).</returns>
    /// <remarks>O(items · raters² + values²). Source: Krippendorff (2011).</remarks>
    /// <exception cref="ArgumentException">Rows differ in length, a rating is not finite, or a negative one is measured by ratio.</exception>
    public static double? Alpha(IReadOnlyList<IReadOnlyList<double?>> ratings, RatingMetric metric)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        if (ratings.Any(r => r.Count != ratings[0].Count || r.Any(v => v is { } x && (!double.IsFinite(x) || (metric == RatingMetric.Ratio && x < 0)))))
            throw new ArgumentException("Every rater needs a place for every item, with finite ratings (of zero or more for the ratio).", nameof(ratings));
        if (ratings.Count == 0)
            return null;
        List<List<double>> items = [.. Enumerable.Range(0, ratings[0].Count).Select(i => ratings.Select(r => r[i]).OfType<double>().ToList()).Where(i => i.Count > 1)];
        double[] values = [.. items.SelectMany(i => i).Distinct().Order()];
        if (values.Length < 2)
            return null;
        var index = values.Select((v, i) => (v, i)).ToDictionary(p => p.v, p => p.i);
        var (coincidences, totals) = (new double[values.Length, values.Length], new double[values.Length]);
        foreach (var item in items)
        {
            for (var a = 0; a < item.Count; a++)
            {
                totals[index[item[a]]]++;
                for (var b = 0; b < item.Count; b++)
                {
                    if (a != b)
                        coincidences[index[item[a]], index[item[b]]] += 1.0 / (item.Count - 1);
                }
            }
        }

        double observed = 0, expected = 0;
        for (var c = 0; c < values.Length; c++)
        {
            var between = 0.0;
            for (var k = c + 1; k < values.Length; k++)
            {
                between += totals[k - 1];
                var difference = metric switch
                {
                    RatingMetric.Nominal => 1,
                    RatingMetric.Ordinal => between + totals[k] - ((totals[c] + totals[k]) / 2),
                    RatingMetric.Interval => values[c] - values[k],
                    _ => (values[c] - values[k]) / (values[c] + values[k]),
                };
                observed += coincidences[c, k] * difference * difference;
                expected += totals[c] * totals[k] * difference * difference;
            }
        }

        return 1 - ((totals.Sum() - 1) * observed / expected);
    }
}

/// <summary>Kendall's W: concordance of rankings, with ties.</summary>
/// <param name="W">0 to 1, corrected for ties.</param>
/// <param name="WithoutCorrection">The same as if there were no ties.</param>
/// <param name="ChiSquare">m(n − 1)W.</param>
/// <param name="Freedom">n − 1.</param>
/// <param name="F">(m − 1)W/(1 − W); <see langword="null"/> for W = 1.</param>
/// <param name="P">P of that F.</param>
/// <param name="MeanSpearman">(mW − 1)/(m − 1), by definition.</param>
/// <param name="RankSums">Sum of the ranks of each item.</param>
/// <remarks>Sources: Kendall and Babington Smith (1939); Legendre (2005) for F.</remarks>
public sealed record KendallConcordance(
    double W, double WithoutCorrection, double ChiSquare, int Freedom, double? F, double? P, double MeanSpearman, IReadOnlyList<double> RankSums)
{
    /// <summary>Compares rankings.</summary>
    /// <param name="ratings">A row a rater, a column an item, without gaps; ranked within each row, ties share the mean rank.</param>
    /// <returns><see langword="null"/> with fewer than two raters or items, or if every rater ties all items.</returns>
    /// <remarks>O(raters · items log items).</remarks>
    /// <exception cref="ArgumentException">Rows differ in length or a rating is not finite.</exception>
    public static KendallConcordance? Of(IReadOnlyList<IReadOnlyList<double>> ratings)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        if (ratings.Any(r => r.Count != ratings[0].Count || r.Any(v => !double.IsFinite(v))))
            throw new ArgumentException("Every rater needs a finite rating for every item.", nameof(ratings));
        if (ratings.Count < 2 || ratings[0].Count < 2)
            return null;
        double m = ratings.Count, n = ratings[0].Count;
        var sums = new double[ratings[0].Count];
        var ties = 0.0;
        foreach (var row in ratings)
        {
            var at = 0;
            foreach (var group in row.Select((v, i) => (v, i)).GroupBy(p => p.v).OrderBy(g => g.Key))
            {
                var t = group.Count();
                foreach (var (_, i) in group)
                    sums[i] += at + ((t + 1) / 2.0);
                at += t;
                ties += ((double)t * t * t) - t;
            }
        }

        var squares = sums.Sum(s => Math.Pow(s - (m * (n + 1) / 2), 2));
        var all = m * m * ((n * n * n) - n);
        if (all - (m * ties) <= 0)
            return null;
        var w = 12 * squares / (all - (m * ties));
        double? f = 1 - w < 1e-15 ? null : w * (m - 1) / (1 - w);
        var freedom = n - 1 - (2 / m);
        return new KendallConcordance(
            w, 12 * squares / all, m * (n - 1) * w, (int)n - 1, f, f is { } x && freedom > 0 ? Distributions.FUpper(x, freedom, freedom * (m - 1)) : null, ((m * w) - 1) / (m - 1), sums);
    }
}
