namespace Minka.Measures.Dispersion;

/// <summary>Quantiles by the nine definitions of R (Hyndman and Fan 1996). Figures shown use type 7, which is Excel's PERCENTILE.INC.</summary>
public static class Quantiles
{
    /// <summary>The quantile of a sorted list.</summary>
    /// <param name="ascending">Values in ascending order; not checked.</param>
    /// <param name="p">The probability, 0 to 1.</param>
    /// <param name="type">1 to 9.</param>
    /// <returns>In the unit of the values; <see langword="null"/> without values.</returns>
    /// <remarks>O(1). Like R, positions within four units of rounding of a whole number count as whole.</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The probability or the type is outside its range.</exception>
    public static double? Of(IReadOnlyList<double> ascending, double p, int type = 7)
    {
        ArgumentNullException.ThrowIfNull(ascending);
        if (!(p is >= 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(p), p, "A probability lies between 0 and 1.");
        if (type is < 1 or > 9)
            throw new ArgumentOutOfRangeException(nameof(type), type, "There are nine types of quantile.");
        var n = ascending.Count;
        if (n == 0)
            return null;

        const double Fuzz = 4 * 2.220446049250313e-16;
        double position, weight;
        if (type <= 3)
        {
            position = type == 3 ? (n * p) - 0.5 : n * p;
            var below = Math.Floor(position + Fuzz);
            var between = position > below + Fuzz;
            weight = type switch
            {
                1 => between ? 1 : 0,
                2 => between ? 1 : 0.5,
                _ => between || Math.Abs(below % 2) == 1 ? 1 : 0,
            };
            return At(below, weight);
        }

        var (a, b) = type switch { 4 => (0, 1.0), 5 => (0.5, 0.5), 6 => (0, 0), 7 => (1, 1), 8 => (1.0 / 3, 1.0 / 3), _ => (3.0 / 8, 3.0 / 8) };
        position = a + (p * (n + 1 - a - b));
        var floor = Math.Floor(position + Fuzz);
        weight = position - floor;
        return At(floor, Math.Abs(weight) < Fuzz ? 0 : weight);

        double At(double j, double w)
        {
            var (low, high) = (ascending[Clamp(j)], ascending[Clamp(j + 1)]);
            return w == 0 ? low : w == 1 ? high : low + (w * (high - low));
        }

        int Clamp(double j) => (int)Math.Clamp(j, 1, n) - 1;
    }
}
