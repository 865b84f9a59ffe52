namespace Minka.Measures.Dispersion;

/// <summary>A Theil index split over groups; <c>All = Within + Between</c> but for rounding.</summary>
/// <param name="All">The index of all amounts.</param>
/// <param name="Within">What lies within the groups.</param>
/// <param name="Between">What lies between the groups.</param>
/// <param name="PerGroup">The index of each group, in their order; <see langword="null"/> for a group without money.</param>
public sealed record TheilSplit(double All, double Within, double Between, IReadOnlyList<double?> PerGroup)
{
    /// <summary>Between / All, 0 to 1; <see langword="null"/> if all amounts are equal.</summary>
    public double? BetweenShare => All == 0 ? null : Between / All;
}

/// <summary>The Herfindahl–Hirschman index over groups: HHI = Σ S²·HHI of the group.</summary>
/// <param name="All">The index of all amounts.</param>
/// <param name="Parts">S²·HHI of each group, in their order; 0 for a group without money.</param>
/// <param name="PerGroup">HHI of each group; <see langword="null"/> without money.</param>
public sealed record HhiSplit(double All, IReadOnlyList<double> Parts, IReadOnlyList<double?> PerGroup);

/// <summary>Shannon's entropy over groups: H = between + within, in nats.</summary>
/// <param name="All">Entropy of all amounts.</param>
/// <param name="Between">Entropy of the groups' totals.</param>
/// <param name="Within">Σ S·H of the groups.</param>
public sealed record EntropySplit(double All, double Between, double Within);

/// <summary>What of an inequality lies between groups (axes, functions, provinces) and what within them. All O(n).</summary>
/// <remarks>
/// Groups hold amounts of zero or more. Without any money each is <see langword="null"/>. Sources: Theil (1967); Shorrocks (1980);
/// Shannon (1948).
/// </remarks>
public static class Decompositions
{
    /// <summary>Theil T: T = Σ S_g·T_g + Σ S_g·ln(μ_g/μ), S_g the group's share of the money.</summary>
    /// <param name="groups">The amounts of each group; an empty group adds nothing.</param>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative.</exception>
    public static TheilSplit? TheilT(IReadOnlyList<IReadOnlyCollection<decimal>> groups)
    {
        var (all, parts) = Measure(groups);
        if (all.TheilT is not { } whole)
            return null;
        double within = 0, between = 0;
        foreach (var part in parts.Where(p => p.TheilT is not null))
        {
            var share = (double)(part.Total / all.Total);
            within += share * part.TheilT!.Value;
            between += share * Math.Log(part.Mean!.Value / all.Mean!.Value);
        }

        return new TheilSplit(whole, within, between, [.. parts.Select(p => p.TheilT)]);
    }

    /// <summary>Theil L of the positive amounts: L = Σ (N_g/N)·L_g + Σ (N_g/N)·ln(μ/μ_g).</summary>
    /// <param name="groups">The amounts of each group; zeros are left out.</param>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative.</exception>
    public static TheilSplit? TheilL(IReadOnlyList<IReadOnlyCollection<decimal>> groups)
    {
        var (all, parts) = Measure(groups);
        if (all.TheilL is not { } whole)
            return null;
        double within = 0, between = 0;
        var mean = (double)all.Total / all.Positive;
        foreach (var part in parts.Where(p => p.Positive > 0))
        {
            var share = (double)part.Positive / all.Positive;
            within += share * part.TheilL!.Value;
            between += share * Math.Log(mean / ((double)part.Total / part.Positive));
        }

        return new TheilSplit(whole, within, between, [.. parts.Select(p => p.TheilL)]);
    }

    /// <summary>The Herfindahl–Hirschman index.</summary>
    /// <param name="groups">The amounts of each group.</param>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative.</exception>
    public static HhiSplit? Hhi(IReadOnlyList<IReadOnlyCollection<decimal>> groups)
    {
        var (all, parts) = Measure(groups);
        return all.Hhi is { } whole
            ? new HhiSplit(whole, [.. parts.Select(p => p.Hhi is { } h ? Math.Pow((double)(p.Total / all.Total), 2) * h : 0)], [.. parts.Select(p => p.Hhi)])
            : null;
    }

    /// <summary>Shannon's entropy; exp of its parts multiply: effective projects = effective axes × effective projects per axis.</summary>
    /// <param name="groups">The amounts of each group.</param>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative.</exception>
    public static EntropySplit? Entropy(IReadOnlyList<IReadOnlyCollection<decimal>> groups)
    {
        var (all, parts) = Measure(groups);
        return all.Shannon is { } whole
            ? new EntropySplit(whole, AmountDispersion.Of([.. parts.Select(p => p.Total)]).Shannon!.Value, parts.Sum(p => p.Shannon is { } h ? (double)(p.Total / all.Total) * h : 0))
            : null;
    }

    private static (AmountDispersion All, List<AmountDispersion> Parts) Measure(IReadOnlyList<IReadOnlyCollection<decimal>> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        return (AmountDispersion.Of([.. groups.SelectMany(g => g)]), [.. groups.Select(AmountDispersion.Of)]);
    }
}
