using Minka.Selection.Exact;

namespace Minka.Selection.Allocation;

/// <summary>One party to an exact distribution, with limits that need not be whole.</summary>
/// <param name="Code">Name of the party; named in an error.</param>
/// <param name="Weight">Its weight, zero or more.</param>
/// <param name="Floor">The least that it must receive; zero or more.</param>
/// <param name="Ceiling">The most that it may receive; <see langword="null"/> for no limit.</param>
public sealed record ExactClaim(string Code, Fraction Weight, Fraction Floor, Fraction? Ceiling);

/// <summary>
/// The exact core of the bounded proportional rule: x = clamp(λ·weight, floor, ceiling) with the least λ ≥ 0 for which the
/// shares add up to the total.
/// </summary>
/// <remarks>
/// The sum of the shares grows with λ along straight lines between the breakpoints floor/weight and ceiling/weight; they
/// are swept in order, so nothing is renormalised or iterated. O(n log n) rational operations.
/// </remarks>
public static class WaterFilling
{
    /// <summary>The multiplier and the shares, in the order of the claims.</summary>
    /// <param name="total">What is distributed; zero or more.</param>
    /// <param name="claims">The parties.</param>
    /// <exception cref="ArgumentException">A negative total, weight or floor.</exception>
    /// <exception cref="InfeasibleAllocationException">The total does not fit between the limits; the exception says why.</exception>
    public static (Fraction Multiplier, IReadOnlyList<Fraction> Shares) Solve(Fraction total, IReadOnlyList<ExactClaim> claims)
    {
        ArgumentNullException.ThrowIfNull(claims);
        if (total.Sign < 0)
            throw new ArgumentException("The total is negative.", nameof(total));
        foreach (var claim in claims)
        {
            if (claim.Weight.Sign < 0 || claim.Floor.Sign < 0)
                throw new ArgumentException($"The weight or the floor of '{claim.Code}' is negative.", nameof(claims));
        }

        RefuseInfeasible(total, claims);
        var multiplier = FindMultiplier(total, claims);
        return (multiplier, [.. claims.Select(c => Clamp(multiplier * c.Weight, c))]);
    }

    private static void RefuseInfeasible(Fraction total, IReadOnlyList<ExactClaim> claims)
    {
        Fraction floors = 0, ceilings = 0, reach = 0;
        var unlimited = false;
        var unlimitedReach = false;
        foreach (var claim in claims)
        {
            if (claim.Ceiling is { } limit && limit < claim.Floor)
                throw new InfeasibleAllocationException(Infeasibility.FloorAboveCeiling, total, limit, claim.Code);

            floors += claim.Floor;
            unlimited |= claim.Ceiling is null;
            unlimitedReach |= claim.Ceiling is null && claim.Weight.Sign > 0;
            ceilings += claim.Ceiling ?? 0;
            reach += claim.Weight.Sign > 0 ? claim.Ceiling ?? 0 : claim.Floor;
        }

        if (floors > total)
            throw new InfeasibleAllocationException(Infeasibility.FloorsExceedTotal, total, floors);
        if (!unlimited && ceilings < total)
            throw new InfeasibleAllocationException(Infeasibility.CeilingsBelowTotal, total, ceilings);
        if (!unlimitedReach && reach < total)
        {
            var nobody = claims.All(c => c.Weight.Sign == 0);
            throw new InfeasibleAllocationException(nobody ? Infeasibility.NoWeight : Infeasibility.WeightsCannotReachTotal, total, reach);
        }
    }

    private static Fraction FindMultiplier(Fraction total, IReadOnlyList<ExactClaim> claims)
    {
        var breakpoints = new List<(Fraction At, Fraction SlopeChange)>();
        Fraction sum = 0;
        foreach (var claim in claims)
        {
            sum += claim.Floor;
            if (claim.Weight.Sign == 0)
                continue;

            breakpoints.Add((claim.Floor / claim.Weight, claim.Weight));
            if (claim.Ceiling is { } ceiling)
                breakpoints.Add((ceiling / claim.Weight, -claim.Weight));
        }

        breakpoints.Sort((a, b) => a.At.CompareTo(b.At));
        Fraction lambda = 0, slope = 0;
        foreach (var (at, change) in breakpoints)
        {
            if (sum == total)
                return lambda;

            var next = sum + (slope * (at - lambda));
            if (next >= total)
                break;

            (sum, lambda, slope) = (next, at, slope + change);
        }

        return sum == total ? lambda : lambda + ((total - sum) / slope);
    }

    private static Fraction Clamp(Fraction value, ExactClaim claim)
    {
        var raised = Fraction.Max(value, claim.Floor);
        return claim.Ceiling is { } ceiling ? Fraction.Min(raised, ceiling) : raised;
    }
}
