using Minka.Selection.Exact;

namespace Minka.Selection.Allocation;

/// <summary>The series of divisors of a highest-averages method.</summary>
public enum DivisorSeries
{
    /// <summary>1, 3, 5, … (Webster, Sainte-Laguë): unbiased between great and small.</summary>
    SainteLague,

    /// <summary>1, 2, 3, … (Jefferson, D'Hondt): favours the great.</summary>
    DHondt,
}

/// <summary>What one party receives of a number of places.</summary>
/// <param name="Code">The party.</param>
/// <param name="Count">How many places it receives.</param>
public sealed record AllocatedCount(string Code, int Count);

/// <summary>A finished distribution of places.</summary>
public sealed record CountAllocation
{
    /// <summary>One entry per claim, in the order of the claims.</summary>
    public required IReadOnlyList<AllocatedCount> Counts { get; init; }

    /// <summary>The codes in the order in which the places were given; the first n entries are the result for n places.</summary>
    public required IReadOnlyList<string> Order { get; init; }
}

/// <summary>
/// Distribution of places that cannot be divided (slots, seats) by highest averages. Unlike the largest remainder it
/// is house-monotone: one more place never costs anybody a place.
/// </summary>
/// <remarks>
/// Floors are met first, in the order of the averages among those below their floor; ceilings close a party.
/// Equal averages go to the greater weight, then to the code in ordinal order. All comparisons are exact.
/// Complexity: O(places × n). Source: Balinski and Young, <i>Fair Representation</i> (1982).
/// </remarks>
public static class HighestAverages
{
    /// <summary>Distributes <paramref name="places"/> among the claims.</summary>
    /// <param name="places">How many places there are. Zero or more.</param>
    /// <param name="claims">The parties, with floor and ceiling in places.</param>
    /// <param name="series">The divisors; Sainte-Laguë unless the rules say otherwise.</param>
    /// <exception cref="ArgumentException">Negative places, weight or floor; a code that is empty or occurs twice.</exception>
    /// <exception cref="InfeasibleAllocationException">Floors, ceilings or weights leave places without a taker, or ask for more than there are.</exception>
    public static CountAllocation Assign(int places, IReadOnlyList<Claim> claims, DivisorSeries series = DivisorSeries.SainteLague)
    {
        ArgumentNullException.ThrowIfNull(claims);
        Claims.Validate(places, claims);
        long floors = 0;
        foreach (var claim in claims)
        {
            if (claim.Ceiling < claim.Floor)
                throw new InfeasibleAllocationException(Infeasibility.FloorAboveCeiling, places, claim.Ceiling.Value, claim.Code);
            floors += claim.Floor;
        }

        if (floors > places)
            throw new InfeasibleAllocationException(Infeasibility.FloorsExceedTotal, places, floors);

        var counts = new int[claims.Count];
        var order = new List<string>(places);
        while (order.Count < places)
        {
            var belowFloor = order.Count < floors;
            var best = -1;
            for (var i = 0; i < claims.Count; i++)
            {
                var open = belowFloor ? counts[i] < claims[i].Floor : claims[i].Weight.Sign > 0 && !(counts[i] >= claims[i].Ceiling);
                if (open && (best < 0 || Precedes(claims[i], counts[i], claims[best], counts[best], series)))
                    best = i;
            }

            if (best < 0)
            {
                var reason = claims.All(c => c.Weight.Sign == 0) ? Infeasibility.NoWeight
                    : claims.All(c => c.Ceiling is not null) && claims.Sum(c => c.Ceiling!.Value) < places ? Infeasibility.CeilingsBelowTotal
                    : Infeasibility.WeightsCannotReachTotal;
                throw new InfeasibleAllocationException(reason, places, order.Count);
            }

            counts[best]++;
            order.Add(claims[best].Code);
        }

        return new CountAllocation { Counts = [.. claims.Select((c, i) => new AllocatedCount(c.Code, counts[i]))], Order = order };
    }

    private static bool Precedes(Claim a, int countA, Claim b, int countB, DivisorSeries series)
    {
        var byAverage = (a.Weight * Divisor(countB, series)).CompareTo(b.Weight * Divisor(countA, series));
        if (byAverage != 0)
            return byAverage > 0;

        var byWeight = a.Weight.CompareTo(b.Weight);
        return byWeight != 0 ? byWeight > 0 : string.CompareOrdinal(a.Code, b.Code) < 0;
    }

    private static Fraction Divisor(int count, DivisorSeries series) => series == DivisorSeries.SainteLague ? (2L * count) + 1 : count + 1L;
}
