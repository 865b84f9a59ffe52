namespace Minka.Measures.Dispersion;

/// <summary>The projects of one band of sizes.</summary>
/// <param name="From">The least size of the band, in minor units.</param>
/// <param name="To">Where the band ends, in minor units (excluded, but for the last limit, which belongs below); <see langword="null"/> for no end.</param>
/// <param name="Count">How many projects.</param>
/// <param name="Amount">Their money, in minor units.</param>
/// <param name="CountShare">Share of the projects, 0 to 1; <see langword="null"/> without projects.</param>
/// <param name="AmountShare">Share of the money, 0 to 1; <see langword="null"/> without money.</param>
public sealed record SizeBand(long From, long? To, int Count, long Amount, double? CountShare, double? AmountShare);

/// <summary>The distribution of projects over bands of size.</summary>
/// <remarks>
/// The bands of Peruvian practice: under 100 thousand, 100 thousand to 1 million, 1 to 10 million with both ends, more
/// than 10 million. Source: Instituto Peruano de Economía, Informe IPE Áncash (2020): small &lt; 1 M, medium 1–10 M, large &gt; 10 M.
/// </remarks>
public static class SizeBands
{
    /// <summary>The limits of Peruvian practice in céntimos: S/ 100 thousand, S/ 1 million, S/ 10 million.</summary>
    public static IReadOnlyList<long> PeruLimits { get; } = [100_000_00, 1_000_000_00, 10_000_000_00];

    /// <summary>Counts projects and money in bands between limits. A size equal to a limit belongs above it, but for the last limit, which belongs below.</summary>
    /// <param name="amounts">The size of each project, zero or more, in minor units.</param>
    /// <param name="limits">The limits, strictly increasing, at least one, in minor units.</param>
    /// <returns>One band more than there are limits, smallest first.</returns>
    /// <exception cref="ArgumentException">The limits are empty or do not increase.</exception>
    public static IReadOnlyList<SizeBand> Of(IReadOnlyCollection<long> amounts, IReadOnlyList<long> limits)
    {
        ArgumentNullException.ThrowIfNull(amounts);
        ArgumentNullException.ThrowIfNull(limits);
        if (limits.Count == 0 || limits.Zip(limits.Skip(1)).Any(pair => pair.Second <= pair.First))
            throw new ArgumentException("The limits of size bands must increase.", nameof(limits));

        var counts = new int[limits.Count + 1];
        var sums = new long[limits.Count + 1];
        foreach (var amount in amounts)
        {
            var band = limits.Count(limit => amount >= limit);
            if (amount == limits[^1])
                band--;
            counts[band]++;
            sums[band] += amount;
        }

        double count = amounts.Count, total = sums.Sum();
        return [.. counts.Select((n, i) => new SizeBand(
            i == 0 ? 0 : limits[i - 1],
            i == limits.Count ? null : limits[i],
            n,
            sums[i],
            count == 0 ? null : n / count,
            total == 0 ? null : sums[i] / total))];
    }
}
