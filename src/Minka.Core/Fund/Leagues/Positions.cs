namespace Minka.Core.Fund.Leagues;

/// <summary>
/// Where a figure stands among all: 0 is below everybody, 10,000 above. Mid-rank, so that equal figures share one position
/// and the middle of n figures is always 5,000: (2 × how many are less + how many are equal) / 2n.
/// </summary>
public sealed class Positions
{
    public const int Middle = 5_000;

    readonly decimal[] sorted;

    public Positions(IEnumerable<decimal> reference) => sorted = [.. reference.Order()];

    public int Count => sorted.Length;

    /// <summary>The position of a figure of the reference; <see cref="Middle"/> for an unknown one or an empty reference.</summary>
    public int Of(decimal? value)
    {
        if (value is not { } known || sorted.Length == 0) return Middle;
        var less = LowerBound(known, orEqual: false);
        var upTo = LowerBound(known, orEqual: true);
        return (int)(((long)less + upTo) * 10_000 / (2L * sorted.Length));
    }

    int LowerBound(decimal value, bool orEqual)
    {
        int low = 0, high = sorted.Length;
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value || (orEqual && sorted[middle] == value)) low = middle + 1;
            else high = middle;
        }
        return low;
    }
}
