namespace Minka.Measures.Dispersion;

/// <summary>The size of projects by the bands of Peruvian practice, with the shares that reports quote; 0 to 1 of projects or of money.</summary>
/// <param name="Bands">&lt; 100 thousand, 100 thousand to 1 million, 1 to 10 million with both ends, &gt; 10 million.</param>
/// <param name="Below100kCount">Share of the projects below S/ 100 thousand.</param>
/// <param name="Below100kAmount">Share of the money below S/ 100 thousand.</param>
/// <param name="Below1MCount">Share of the projects below S/ 1 million: the «atomización» of IPE.</param>
/// <param name="Below1MAmount">Share of the money below S/ 1 million.</param>
/// <remarks>Shares are <see langword="null"/> without projects or without money. Source: Instituto Peruano de Economía, Informe IPE Áncash (2020).</remarks>
public sealed record SizeProfile(IReadOnlyList<SizeBand> Bands, double? Below100kCount, double? Below100kAmount, double? Below1MCount, double? Below1MAmount)
{
    /// <summary>Share of the projects from 1 to 10 million.</summary>
    public double? MediumCount => Bands[2].CountShare;

    /// <summary>Share of the money from 1 to 10 million.</summary>
    public double? MediumAmount => Bands[2].AmountShare;

    /// <summary>Share of the projects above 10 million.</summary>
    public double? LargeCount => Bands[3].CountShare;

    /// <summary>Share of the money above 10 million.</summary>
    public double? LargeAmount => Bands[3].AmountShare;

    /// <summary>Profiles a list of amounts.</summary>
    /// <param name="amounts">Amounts of zero or more, in minor units.</param>
    /// <param name="minorUnits">Minor units in a sol: 100 for céntimos.</param>
    /// <remarks>O(n).</remarks>
    public static SizeProfile Of(IReadOnlyCollection<long> amounts, long minorUnits = 100)
    {
        var bands = SizeBands.Of(amounts, [.. SizeBands.PeruLimits.Select(l => l / 100 * minorUnits)]);
        return new SizeProfile(
            bands,
            bands[0].CountShare,
            bands[0].AmountShare,
            amounts.Count == 0 ? null : (double)(bands[0].Count + bands[1].Count) / amounts.Count,
            bands[0].AmountShare is null ? null : (double)(bands[0].Amount + bands[1].Amount) / bands.Sum(b => b.Amount));
    }
}

/// <summary>What small projects cost by their number: each one carries studies, contracts and supervision.</summary>
public static class FixedCost
{
    /// <summary>n·F/T: the share of the money that goes into overheads; may exceed 1.</summary>
    /// <param name="projects">Number of projects.</param>
    /// <param name="overhead">Overhead of one project, zero or more.</param>
    /// <param name="total">All money, in the same unit.</param>
    /// <returns><see langword="null"/> without money.</returns>
    /// <exception cref="ArgumentOutOfRangeException">A figure is negative.</exception>
    public static double? Burden(int projects, decimal overhead, decimal total)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(projects);
        ArgumentOutOfRangeException.ThrowIfNegative(overhead);
        ArgumentOutOfRangeException.ThrowIfNegative(total);
        return total == 0 ? null : (double)(projects * overhead / total);
    }

    /// <summary>(n − m)·F: what bundling n projects into m saves.</summary>
    /// <param name="before">Projects before.</param>
    /// <param name="after">Projects after, at most as many.</param>
    /// <param name="overhead">Overhead of one project.</param>
    /// <exception cref="ArgumentOutOfRangeException">More projects after than before, or a negative figure.</exception>
    public static decimal Saving(int before, int after, decimal overhead)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(after);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(after, before);
        ArgumentOutOfRangeException.ThrowIfNegative(overhead);
        return (before - after) * overhead;
    }
}
