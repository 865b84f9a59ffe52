using Minka.Selection.Exact;

namespace Minka.Selection.Allocation;

/// <summary>One region of a <see cref="GapMethod"/>.</summary>
/// <param name="Code">Name of the region.</param>
/// <param name="Population">Inhabitants.</param>
/// <param name="ProductPerHead">Its product per head, in the unit of the reference.</param>
/// <param name="Unemployed">Its unemployed.</param>
/// <param name="LabourForce">Its labour force.</param>
/// <param name="ReferenceRate">The unemployment rate (0 to 1) above which its unemployed count.</param>
public sealed record GapRegion(string Code, Fraction Population, Fraction ProductPerHead, Fraction Unemployed, Fraction LabourForce, Fraction ReferenceRate);

/// <summary>The steps of one region's amount.</summary>
/// <param name="Code">The region.</param>
/// <param name="Gap">Population × (reference − product per head); 0 where the region reaches the reference.</param>
/// <param name="GapAmount">Gap × coefficient.</param>
/// <param name="ExcessUnemployed">Unemployed above reference rate × labour force; 0 where there are fewer.</param>
/// <param name="Premium">Excess unemployed × premium.</param>
/// <param name="Total">Gap amount + premium.</param>
public sealed record GapShare(string Code, Fraction Gap, Fraction GapAmount, Fraction ExcessUnemployed, Fraction Premium, Fraction Total);

/// <summary>
/// The gap method of European cohesion policy (“Berlin method”): a share of the gap between the reference product and the
/// region's own, and a premium for each unemployed person above the average rate. Floors, ceilings and safety nets come
/// after it, by <see cref="WaterFilling"/>.
/// </summary>
/// <remarks>Exact. Source: COM(2004) 492, Annex II. A region above the reference, or below the average rate, has a zero there, never a negative amount.</remarks>
public static class GapMethod
{
    /// <summary>The amounts, in the order of the regions.</summary>
    /// <param name="reference">The reference product per head.</param>
    /// <param name="coefficient">The share of the gap.</param>
    /// <param name="premium">The amount for each unemployed person above the average rate.</param>
    /// <param name="regions">The regions.</param>
    public static IReadOnlyList<GapShare> Share(Fraction reference, Fraction coefficient, Fraction premium, IReadOnlyList<GapRegion> regions)
    {
        ArgumentNullException.ThrowIfNull(regions);
        return [.. regions.Select(r =>
        {
            var gap = r.Population * Fraction.Max(0, reference - r.ProductPerHead);
            var excess = Fraction.Max(0, r.Unemployed - (r.ReferenceRate * r.LabourForce));
            return new GapShare(r.Code, gap, gap * coefficient, excess, excess * premium, (gap * coefficient) + (excess * premium));
        })];
    }
}
