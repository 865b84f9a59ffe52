using System.Numerics;

namespace Minka.Selection.Participatory;

/// <summary>Quotients of large whole numbers as doubles, to about 60 bits before the last rounding.</summary>
internal static class Quotient
{
    /// <summary>The quotient; relative error below 2⁻⁵². Both may be far beyond the range of a double.</summary>
    public static double ToDouble(BigInteger numerator, BigInteger denominator)
    {
        if (numerator.IsZero)
            return 0;
        var shift = (int)(62 - numerator.GetBitLength() + denominator.GetBitLength());
        var scaled = shift >= 0 ? (numerator << shift) / denominator : numerator / (denominator << -shift);
        return Math.ScaleB((double)(long)scaled, -shift);
    }
}
