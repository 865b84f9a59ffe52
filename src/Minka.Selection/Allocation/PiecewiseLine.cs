using Minka.Selection.Exact;

namespace Minka.Selection.Allocation;

/// <summary>
/// Straight lines between knots, constant outside them; exact. What <see cref="PiecewiseSchedule"/> adds is the form of a
/// published rate: basis points, a declared direction, rounding.
/// </summary>
public sealed class PiecewiseLine
{
    private readonly (Fraction At, Fraction Value)[] _knots;

    /// <summary>Makes a line.</summary>
    /// <param name="knots">At least one knot, positions strictly increasing.</param>
    /// <exception cref="ArgumentException">No knot, or a position that does not increase; the message names the knot.</exception>
    public PiecewiseLine(IReadOnlyList<(Fraction At, Fraction Value)> knots)
    {
        ArgumentNullException.ThrowIfNull(knots);
        if (knots.Count == 0)
            throw new ArgumentException("A schedule needs at least one knot.", nameof(knots));
        for (var i = 1; i < knots.Count; i++)
        {
            if (knots[i].At <= knots[i - 1].At)
                throw new ArgumentException(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"The position of knot {i + 1} ({knots[i].At}; {knots[i].Value}) does not increase."), nameof(knots));
        }

        _knots = [.. knots];
    }

    /// <summary>The value at a position; that of the first or last knot outside them. Binary search, O(log n).</summary>
    /// <param name="at">The position.</param>
    public Fraction At(Fraction at)
    {
        if (at <= _knots[0].At)
            return _knots[0].Value;
        if (at >= _knots[^1].At)
            return _knots[^1].Value;

        int low = 0, high = _knots.Length - 1;
        while (high - low > 1)
        {
            var middle = (low + high) / 2;
            if (at >= _knots[middle].At)
                low = middle;
            else
                high = middle;
        }

        var (from, to) = (_knots[low], _knots[high]);
        return from.Value + ((at - from.At) * (to.Value - from.Value) / (to.At - from.At));
    }
}
