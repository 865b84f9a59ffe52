namespace Minka.Measures.Regional;

/// <summary>What a region is specialised in, from a table sectors × regions of employment or production. All O(cells).</summary>
/// <remarks>Source: Hoover and Balassa for the quotient; Krugman (1991) for the index.</remarks>
public static class Specialisation
{
    /// <summary>Location quotients LQ = (e_ir/e_r)/(e_i/e): above 1 where the region has more of the sector than the whole.</summary>
    /// <param name="table">A row a sector, a column a region; zero or more.</param>
    /// <param name="threshold">A sector whose total is below it is suppressed.</param>
    /// <returns>The same shape; <see langword="null"/> for an empty sector or region, and for suppressed sectors.</returns>
    /// <exception cref="ArgumentException">Rows differ in length or a value is negative or not finite.</exception>
    public static IReadOnlyList<IReadOnlyList<double?>> Quotients(IReadOnlyList<IReadOnlyList<double>> table, double threshold = 0)
    {
        Check(table);
        var regions = table.Count == 0 ? [] : Enumerable.Range(0, table[0].Count).Select(r => table.Sum(s => s[r])).ToArray();
        var all = regions.Sum();
        return [.. table.Select(sector =>
        {
            var total = sector.Sum();
            return (IReadOnlyList<double?>)[.. sector.Select((e, r) => total == 0 || regions[r] == 0 || total < threshold ? (double?)null : e / regions[r] / (total / all))];
        })];
    }

    /// <summary>The symmetric quotient (LQ − 1)/(LQ + 1), from −1 to 1.</summary>
    /// <param name="quotient">A location quotient.</param>
    public static double? Symmetric(double? quotient) => (quotient - 1) / (quotient + 1);

    /// <summary>Krugman's index Σ |share in one − share in the other|: 0 for like structures, 2 for none in common.</summary>
    /// <param name="one">Values by sector of one region.</param>
    /// <param name="other">Values by sector of the other, in the same order.</param>
    /// <returns><see langword="null"/> if a region is empty.</returns>
    /// <exception cref="ArgumentException">Lengths differ or a value is negative or not finite.</exception>
    public static double? Krugman(IReadOnlyList<double> one, IReadOnlyList<double> other)
    {
        Check([one, other]);
        var (a, b) = (one.Sum(), other.Sum());
        return a == 0 || b == 0 ? null : one.Zip(other, (x, y) => Math.Abs((x / a) - (y / b))).Sum();
    }

    private static void Check(IReadOnlyList<IReadOnlyList<double>> table)
    {
        ArgumentNullException.ThrowIfNull(table);
        if (table.Any(s => s.Count != table[0].Count || s.Any(e => !(e >= 0) || !double.IsFinite(e))))
            throw new ArgumentException("Rows must be of one length, with values of zero or more.", nameof(table));
    }
}
