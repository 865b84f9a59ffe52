using Minka.Selection.Exact;

namespace Minka.Selection.Allocation;

/// <summary>Which limit of its claim a share rests on.</summary>
public enum Bound
{
    /// <summary>Neither: the share is exactly weight × multiplier.</summary>
    None,

    /// <summary>The floor: proportion alone would give less.</summary>
    Floor,

    /// <summary>The ceiling: proportion alone would give more.</summary>
    Ceiling,
}

/// <summary>What one party receives.</summary>
public sealed record AllocatedShare
{
    /// <summary>The party.</summary>
    public required string Code { get; init; }

    /// <summary>The exact share before rounding.</summary>
    public required Fraction Exact { get; init; }

    /// <summary>The share in whole units, which is the one that counts.</summary>
    public required long Amount { get; init; }

    /// <summary>The limit that holds the share, if any.</summary>
    public required Bound Bound { get; init; }

    /// <summary>True if the largest-remainder step gave this party one unit above the integer part of <see cref="Exact"/>.</summary>
    public required bool RoundedUp { get; init; }
}

/// <summary>A finished distribution.</summary>
public sealed record BoundedAllocation
{
    /// <summary>What was distributed; equals the sum of the amounts.</summary>
    public required long Total { get; init; }

    /// <summary>The least λ ≥ 0 for which the shares add up to the total.</summary>
    public required Fraction Multiplier { get; init; }

    /// <summary>One entry per claim, in the order of the claims.</summary>
    public required IReadOnlyList<AllocatedShare> Shares { get; init; }
}

/// <summary>
/// Distribution in proportion to weights between floors and ceilings (“water-filling”):
/// x = clamp(λ·weight, floor, ceiling) with one λ for all, such that the shares add up to the total.
/// </summary>
/// <remarks>
/// λ is found exactly, by sweeping the breakpoints floor/weight and ceiling/weight in order; nothing is renormalised
/// or iterated, and all arithmetic is rational. Where a whole interval of λ gives the same shares, the least is reported.
/// A claim of weight zero receives its floor.
/// <para>
/// Whole units come from the largest-remainder method (Hare) on the exact shares. Units left over go to the largest
/// remainders; ties by weight, the greater first, then by code in ordinal order. Because floors and ceilings are whole,
/// and the units left are fewer than the shares with a fractional part, no rounded share leaves its limits.
/// </para>
/// <para>Complexity: O(n log n) rational operations. Source: the bounded proportional rule of territorial funds; Hare's method in Balinski and Young, <i>Fair Representation</i> (1982).</para>
/// </remarks>
public static class BoundedProportional
{
    /// <summary>Distributes <paramref name="total"/> among the claims.</summary>
    /// <param name="total">What is distributed, in whole units (for money: minor units). Zero or more.</param>
    /// <param name="claims">The parties; the order has no influence on what each receives.</param>
    /// <returns>One share per claim; the amounts add up to <paramref name="total"/>.</returns>
    /// <exception cref="ArgumentException">A negative total, weight or floor; a code that is empty or occurs twice.</exception>
    /// <exception cref="InfeasibleAllocationException">The total does not fit between the limits; the exception says why.</exception>
    public static BoundedAllocation Share(long total, IReadOnlyList<Claim> claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        Claims.Validate(total, claims);
        var (multiplier, exact) = WaterFilling.Solve(total, [.. claims.Select(c => new ExactClaim(c.Code, c.Weight, c.Floor, c.Ceiling))]);
        var (amounts, roundedUp) = LargestRemainder(total, claims, exact);
        var shares = new AllocatedShare[claims.Count];
        for (var i = 0; i < claims.Count; i++)
        {
            var free = multiplier * claims[i].Weight;
            shares[i] = new AllocatedShare
            {
                Code = claims[i].Code,
                Exact = exact[i],
                Amount = amounts[i],
                RoundedUp = roundedUp[i],
                Bound = free < exact[i] ? Bound.Floor : free > exact[i] ? Bound.Ceiling : Bound.None,
            };
        }

        return new BoundedAllocation { Total = total, Multiplier = multiplier, Shares = shares };
    }

    private static (long[] Amounts, bool[] RoundedUp) LargestRemainder(long total, IReadOnlyList<Claim> claims, IReadOnlyList<Fraction> exact)
    {
        var amounts = new long[claims.Count];
        var roundedUp = new bool[claims.Count];
        var left = total;
        for (var i = 0; i < claims.Count; i++)
        {
            amounts[i] = (long)exact[i].Floor();
            left -= amounts[i];
        }

        var order = Enumerable.Range(0, claims.Count)
            .OrderByDescending(i => exact[i] - amounts[i])
            .ThenByDescending(i => claims[i].Weight)
            .ThenBy(i => claims[i].Code, StringComparer.Ordinal);
        foreach (var i in order)
        {
            if (left == 0)
                break;

            amounts[i]++;
            roundedUp[i] = true;
            left--;
        }

        return (amounts, roundedUp);
    }
}
