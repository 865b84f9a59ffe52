namespace Minka.Measures.Spending;

/// <summary>Prices of years against each other: what a sol of one year is in another's.</summary>
/// <remarks>Laspeyres or any other index of yearly averages; only ratios count, so its base is free.</remarks>
public sealed class PriceIndex
{
    private readonly SortedDictionary<int, double> _levels;

    private PriceIndex(SortedDictionary<int, double> levels) => _levels = levels;

    /// <summary>An index by its levels.</summary>
    /// <param name="levels">Level of each year, above zero.</param>
    /// <exception cref="ArgumentException">A level is not above zero or not finite.</exception>
    public static PriceIndex OfLevels(IEnumerable<KeyValuePair<int, double>> levels)
    {
        var sorted = new SortedDictionary<int, double>();
        foreach (var (year, level) in levels)
            sorted[year] = double.IsFinite(level) && level > 0 ? level : throw new ArgumentException($"The index of {year} is not above zero.", nameof(levels));
        return new PriceIndex(sorted);
    }

    /// <summary>An index chained from yearly changes; the year before the first is 100.</summary>
    /// <param name="changes">Change of the yearly average in per cent against the year before; years without a gap.</param>
    /// <exception cref="ArgumentException">A year is missing between two, or prices fall by all.</exception>
    public static PriceIndex OfChanges(IEnumerable<KeyValuePair<int, double>> changes)
    {
        var levels = new SortedDictionary<int, double>();
        foreach (var (year, change) in changes.OrderBy(c => c.Key))
        {
            if (levels.Count == 0)
                levels[year - 1] = 100;
            levels[year] = (levels.TryGetValue(year - 1, out var before) ? before : throw new ArgumentException($"The change of {year - 1} is missing.", nameof(changes))) * (1 + (change / 100));
        }

        return OfLevels(levels);
    }

    /// <summary>The years it tells, in order, with their levels.</summary>
    public IReadOnlyDictionary<int, double> Levels => _levels;

    /// <summary>What an amount of one year is multiplied by to be in prices of another.</summary>
    /// <param name="from">Year of the amount.</param>
    /// <param name="to">Year of the prices.</param>
    /// <returns><see langword="null"/> if the index does not tell one of them. O(log n).</returns>
    public double? Factor(int from, int to) => _levels.TryGetValue(from, out var a) && _levels.TryGetValue(to, out var b) ? b / a : null;
}
