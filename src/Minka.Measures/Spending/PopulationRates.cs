namespace Minka.Measures.Spending;

/// <summary>Figures for each inhabitant, so that large and small places can be compared.</summary>
public static class PopulationRates
{
    /// <summary>Money per head.</summary>
    /// <param name="amount">Money.</param>
    /// <param name="people">Inhabitants.</param>
    /// <returns><see langword="null"/> where nobody lives or nobody counted.</returns>
    public static double? PerHead(decimal amount, decimal? people) => people is > 0 and { } p ? (double)(amount / p) : null;

    /// <summary>Projects per 10,000 inhabitants.</summary>
    /// <param name="projects">Number of projects.</param>
    /// <param name="people">Inhabitants.</param>
    /// <returns><see langword="null"/> where nobody lives or nobody counted.</returns>
    public static double? ProjectsPerTenThousand(long projects, decimal? people) => people is > 0 and { } p ? (double)(projects * 10_000 / p) : null;
}
