namespace Minka.Measures.Dispersion;

/// <summary>
/// The size and the concentration of a list of amounts. An undefined figure is <see langword="null"/>, never 0 or 1: most
/// are undefined without amounts or when all are zero.
/// </summary>
/// <remarks>
/// No figure alone says whether investment is atomised: one megaproject raises HHI and Gini although most projects are
/// dwarfs. Show size (median, bands) beside concentration.
/// </remarks>
public sealed record AmountDispersion
{
    /// <summary>Number of amounts, zeros included.</summary>
    public required int Count { get; init; }

    /// <summary>Number of amounts above zero; the effective number of order 0.</summary>
    public required int Positive { get; init; }

    /// <summary>The exact sum.</summary>
    public required decimal Total { get; init; }

    /// <summary>Total / count.</summary>
    public required double? Mean { get; init; }

    /// <summary>The middle one (quantile of type 7).</summary>
    public required double? Median { get; init; }

    /// <summary>The ninetieth percentile (quantile of type 7).</summary>
    public required double? P90 { get; init; }

    /// <summary>Herfindahl–Hirschman index Σ s², from 1/N to 1; times 10,000 in competition law.</summary>
    public required double? Hhi { get; init; }

    /// <summary>(HHI − 1/N)/(1 − 1/N), N the positive amounts; <see langword="null"/> for one.</summary>
    public required double? HhiNormalised { get; init; }

    /// <summary>Σx²/Σx = total × HHI: the size of the project in which the average unit of money is.</summary>
    public required double? SizeWeightedMean { get; init; }

    /// <summary>Shannon entropy −Σ s ln s in nats.</summary>
    public required double? Shannon { get; init; }

    /// <summary>Pielou's evenness H / ln N; <see langword="null"/> for one positive amount.</summary>
    public required double? Pielou { get; init; }

    /// <summary>The greatest share; its inverse is the effective number of infinite order.</summary>
    public required double? Cr1 { get; init; }

    /// <summary>Sum of the four greatest shares; 1 with fewer than four.</summary>
    public required double? Cr4 { get; init; }

    /// <summary>Gini index of the population, zeros included, 0 to 1 − 1/n.</summary>
    public required double? Gini { get; init; }

    /// <summary>Gini index corrected for the sample, × n/(n − 1); <see langword="null"/> for one amount.</summary>
    public required double? GiniSample { get; init; }

    /// <summary>Theil T, zeros contribute 0; from 0 to ln n.</summary>
    public required double? TheilT { get; init; }

    /// <summary>Theil L (mean logarithmic deviation) of the positive amounts alone, since it is undefined with zeros.</summary>
    public required double? TheilL { get; init; }

    /// <summary>Coefficient of variation, standard deviation of the population / mean.</summary>
    public required double? Variation { get; init; }

    /// <summary>1 − HHI: the chance that two units of money lie in different projects (Gini–Simpson).</summary>
    public double? Fragmentation => 1 - Hhi;

    /// <summary>exp(H), Hill's number of order 1.</summary>
    public double? EffectiveNumber => Shannon is { } h ? Math.Exp(h) : null;

    /// <summary>1/HHI, Hill's number of order 2.</summary>
    public double? EffectiveNumberOfOrder2 => 1 / Hhi;

    /// <summary>1/s_max, Hill's number of infinite order.</summary>
    public double? EffectiveNumberOfInfiniteOrder => 1 / Cr1;

    /// <summary>Measures a list of amounts.</summary>
    /// <param name="amounts">Amounts of zero or more, in any one unit and order.</param>
    /// <remarks>
    /// O(n log n). The total is exact; the rest are doubles of exact shares. Sources: Herfindahl–Hirschman; Shannon (1948); Hill (1973); Gini (1912);
    /// Theil (1967).
    /// </remarks>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative.</exception>
    /// <exception cref="OverflowException">The amounts add up to more than a decimal holds.</exception>
    public static AmountDispersion Of(IReadOnlyCollection<decimal> amounts)
    {
        ArgumentNullException.ThrowIfNull(amounts);
        decimal[] sorted = [.. amounts];
        Array.Sort(sorted);
        if (sorted.Length > 0 && sorted[0] < 0)
            throw new ArgumentOutOfRangeException(nameof(amounts), sorted[0], "An amount is negative.");

        var total = sorted.Sum();
        var n = sorted.Length;
        var values = Array.ConvertAll(sorted, x => (double)x);
        var positive = sorted.Count(x => x > 0);
        double? mean = n == 0 ? null : (double)total / n;
        var money = total > 0;
        var shares = money ? Array.ConvertAll(values, x => x / (double)total) : [];
        double hhi = 0, shannon = 0, gini = 0, theil = 0, log = 0, squares = 0;
        for (var i = 0; i < shares.Length; i++)
        {
            var (x, s) = (values[i], shares[i]);
            hhi += s * s;
            gini += ((2.0 * (i + 1)) - n - 1) * s;
            squares += (x - mean!.Value) * (x - mean.Value);
            if (x == 0)
                continue;
            shannon -= s * Math.Log(s);
            theil += x / mean.Value * Math.Log(x / mean.Value);
            log += Math.Log((double)total / positive / x);
        }

        return new AmountDispersion
        {
            Count = n,
            Positive = positive,
            Total = total,
            Mean = mean,
            Median = Quantiles.Of(values, 0.5),
            P90 = Quantiles.Of(values, 0.9),
            Hhi = money ? hhi : null,
            HhiNormalised = positive > 1 ? (hhi - (1.0 / positive)) / (1 - (1.0 / positive)) : null,
            SizeWeightedMean = money ? (double)total * hhi : null,
            Shannon = money ? shannon : null,
            Pielou = positive > 1 ? shannon / Math.Log(positive) : null,
            Cr1 = money ? shares[^1] : null,
            Cr4 = !money ? null : n <= 4 ? 1 : shares[^4..].Sum(),
            Gini = money ? gini / n : null,
            GiniSample = money && n > 1 ? gini / (n - 1) : null,
            TheilT = money ? theil / n : null,
            TheilL = money ? log / positive : null,
            Variation = money ? Math.Sqrt(squares / n) / mean : null,
        };
    }
}
