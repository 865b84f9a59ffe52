namespace Minka.Measures.Dispersion;

/// <summary>Projects of like size on a scale of powers of ten.</summary>
/// <param name="From">The least size, included; 0 for the projects without money.</param>
/// <param name="To">Where it ends, excluded.</param>
/// <param name="Count">How many projects.</param>
/// <param name="Amount">Their money.</param>
public sealed record LogBin(double From, double To, int Count, decimal Amount);

/// <summary>A point of a Lorenz curve: the smallest projects, this share of all, hold this share of the money.</summary>
/// <param name="Projects">Share of the projects, 0 to 1.</param>
/// <param name="Money">Share of the money, 0 to 1.</param>
public sealed record LorenzPoint(double Projects, double Money);

/// <summary>How the sizes of projects are distributed, for charts.</summary>
public static class SizeDistribution
{
    /// <summary>Counts sizes on a logarithmic scale.</summary>
    /// <param name="amounts">Amounts of zero or more.</param>
    /// <param name="perDecade">Bins for each power of ten, at least one.</param>
    /// <returns>All bins from the least to the greatest size, empty ones between too; without the amounts of zero.</returns>
    /// <remarks>O(n). A size on a limit belongs above it.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative, or there is no bin.</exception>
    public static IReadOnlyList<LogBin> OnLogScale(IReadOnlyCollection<decimal> amounts, int perDecade = 2)
    {
        ArgumentNullException.ThrowIfNull(amounts);
        ArgumentOutOfRangeException.ThrowIfLessThan(perDecade, 1);
        if (amounts.Any(a => a < 0))
            throw new ArgumentOutOfRangeException(nameof(amounts), "An amount is negative.");
        var found = amounts.Where(a => a > 0).GroupBy(a => Place((double)a)).ToDictionary(g => g.Key, g => (Count: g.Count(), Sum: g.Sum()));
        if (found.Count == 0)
            return [];
        var (first, last) = (found.Keys.Min(), found.Keys.Max());
        return [.. Enumerable.Range(first, last - first + 1).Select(i => new LogBin(Limit(i), Limit(i + 1), found.GetValueOrDefault(i).Count, found.GetValueOrDefault(i).Sum))];

        double Limit(int i) => Math.Pow(10, (double)i / perDecade);

        int Place(double amount)
        {
            // The logarithm of a limit may fall a hair short of it.
            var i = (int)Math.Floor(Math.Log10(amount) * perDecade);
            return amount >= Limit(i + 1) ? i + 1 : amount < Limit(i) ? i - 1 : i;
        }
    }

    /// <summary>The Lorenz curve: which share of the money the smallest projects hold.</summary>
    /// <param name="amounts">Amounts of zero or more.</param>
    /// <param name="most">The most points, the origin included; at least two. Of a longer list every so many-th is kept.</param>
    /// <returns>From (0, 0) to (1, 1), shares not falling; empty without money.</returns>
    /// <remarks>O(n log n). Twice the area between it and the diagonal is the Gini index of the population. Source: Lorenz (1905).</remarks>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative, or there are fewer than two points.</exception>
    public static IReadOnlyList<LorenzPoint> Lorenz(IReadOnlyCollection<decimal> amounts, int most = 41)
    {
        ArgumentNullException.ThrowIfNull(amounts);
        ArgumentOutOfRangeException.ThrowIfLessThan(most, 2);
        decimal[] sorted = [.. amounts];
        Array.Sort(sorted);
        if (sorted.Length > 0 && sorted[0] < 0)
            throw new ArgumentOutOfRangeException(nameof(amounts), sorted[0], "An amount is negative.");
        var total = sorted.Sum();
        if (total == 0)
            return [];
        var steps = Math.Min(most - 1, sorted.Length);
        var points = new List<LorenzPoint>(steps + 1) { new(0, 0) };
        var (at, sum) = (0, 0m);
        for (var k = 1; k <= steps; k++)
        {
            for (var to = (int)((long)k * sorted.Length / steps); at < to; at++)
                sum += sorted[at];
            points.Add(new LorenzPoint((double)at / sorted.Length, (double)(sum / total)));
        }

        return points;
    }
}
