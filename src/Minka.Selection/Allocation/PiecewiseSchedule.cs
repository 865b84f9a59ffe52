using System.Globalization;
using Minka.Selection.Exact;

namespace Minka.Selection.Allocation;

/// <summary>One corner of a schedule, in basis points on both sides (10,000 = 100 %).</summary>
/// <param name="At">Where: need, wealth or another position, in basis points.</param>
/// <param name="Rate">The rate there, in basis points.</param>
public sealed record Knot(int At, int Rate);

/// <summary>Which way a schedule must go.</summary>
public enum Slope
{
    /// <summary>The rate never falls.</summary>
    NonDecreasing,

    /// <summary>The rate never rises.</summary>
    NonIncreasing,
}

/// <summary>
/// A rate that follows a position along straight lines between declared knots and is constant outside them: the
/// minimum match by need, the greatest grant share by wealth. No steps, hence no cliff at which it pays to split or to park.
/// </summary>
/// <remarks>
/// Interpolation is exact. Rounding happens once and in stated ways: <see cref="RateAt"/> rounds to the nearest basis
/// point, halves up; <see cref="LeastPartOf"/> and <see cref="GreatestPartOf"/> apply that published rate to an amount
/// and round to the minor unit against the applicant's slack (up for a minimum, down for a maximum).
/// Each evaluation is a binary search, O(log n).
/// </remarks>
public sealed class PiecewiseSchedule
{
    private readonly Knot[] _knots;
    private readonly PiecewiseLine _line;

    /// <summary>Makes a schedule and refuses one that is not what it says.</summary>
    /// <param name="knots">At least one knot, positions strictly increasing, rates from 0 to 10,000.</param>
    /// <param name="slope">The declared direction; a knot that goes the other way is refused.</param>
    /// <exception cref="ArgumentException">No knot, a position that does not increase, a rate outside 0…10,000, or a rate against the direction; the message names the knot.</exception>
    public PiecewiseSchedule(IReadOnlyList<Knot> knots, Slope slope)
    {
        ArgumentNullException.ThrowIfNull(knots);
        if (knots.Count == 0)
            throw new ArgumentException("A schedule needs at least one knot.", nameof(knots));

        for (var i = 0; i < knots.Count; i++)
        {
            var text = string.Create(CultureInfo.InvariantCulture, $"knot {i + 1} ({knots[i].At}; {knots[i].Rate})");
            if (knots[i].Rate is < 0 or > 10_000)
                throw new ArgumentException($"The rate of {text} is outside 0…10000 basis points.", nameof(knots));
            if (i == 0)
                continue;
            if (knots[i].At <= knots[i - 1].At)
                throw new ArgumentException($"The position of {text} does not increase.", nameof(knots));
            if (slope == Slope.NonDecreasing ? knots[i].Rate < knots[i - 1].Rate : knots[i].Rate > knots[i - 1].Rate)
                throw new ArgumentException($"The rate of {text} goes against the declared direction {slope}.", nameof(knots));
        }

        _knots = [.. knots];
        _line = new PiecewiseLine([.. knots.Select(k => ((Fraction)k.At, (Fraction)k.Rate))]);
        Slope = slope;
    }

    /// <summary>The knots, in order of position.</summary>
    public IReadOnlyList<Knot> Knots => _knots;

    /// <summary>The declared direction.</summary>
    public Slope Slope { get; }

    /// <summary>The exact rate, in basis points, at a position in basis points; clamped to the first and last knot outside them.</summary>
    /// <param name="at">The position, in basis points; any fraction.</param>
    public Fraction ExactRateAt(Fraction at) => _line.At(at);

    /// <summary>The published rate: <see cref="ExactRateAt"/> to the nearest basis point, halves up. Monotone, as the exact rate is.</summary>
    /// <param name="at">The position, in basis points.</param>
    public int RateAt(int at) => (int)ExactRateAt(at).RoundHalfUp();

    /// <summary>The least part of an amount that the schedule demands: amount × published rate, rounded up to the minor unit.</summary>
    /// <param name="amount">An amount in minor units, zero or more.</param>
    /// <param name="at">The position, in basis points.</param>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative.</exception>
    public long LeastPartOf(long amount, int at)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        return (long)((Fraction)amount * new Fraction(RateAt(at), 10_000)).Ceiling();
    }

    /// <summary>The greatest part of an amount that the schedule allows: amount × published rate, rounded down to the minor unit.</summary>
    /// <param name="amount">An amount in minor units, zero or more.</param>
    /// <param name="at">The position, in basis points.</param>
    /// <exception cref="ArgumentOutOfRangeException">The amount is negative.</exception>
    public long GreatestPartOf(long amount, int at)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(amount);
        return (long)((Fraction)amount * new Fraction(RateAt(at), 10_000)).Floor();
    }
}
