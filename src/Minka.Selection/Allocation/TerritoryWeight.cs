using Minka.Selection.Exact;

namespace Minka.Selection.Allocation;

/// <summary>One factor of a territory's weight.</summary>
/// <param name="Value">The indicator: inhabitants, poverty rate, own resources per head. More than zero if the exponent is negative.</param>
/// <param name="Exponent">Its exponent in the rules; negative to favour low values, 0 to leave it out.</param>
public sealed record WeightFactor(Fraction Value, int Exponent);

/// <summary>
/// The weight of a territory before floors and ceilings: the product of its indicators, each to the exponent that the
/// rules declare; population × poverty is exponent 1 for both.
/// </summary>
public static class TerritoryWeight
{
    /// <summary>The exact product of the factors; 1 for none.</summary>
    /// <param name="factors">Indicators with their exponents.</param>
    /// <exception cref="DivideByZeroException">A factor is zero and its exponent negative.</exception>
    public static Fraction Of(params IReadOnlyList<WeightFactor> factors)
    {
        ArgumentNullException.ThrowIfNull(factors);
        return factors.Aggregate(Fraction.One, (product, factor) => product * factor.Value.Power(factor.Exponent));
    }
}
