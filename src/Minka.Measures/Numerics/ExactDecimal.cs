using System.Numerics;

namespace Minka.Measures.Numerics;

/// <summary>Decimals as whole numbers, so that nothing is lost.</summary>
internal static class ExactDecimal
{
    /// <summary>value × 10^scale, where scale is at least the value's own.</summary>
    internal static BigInteger Whole(decimal value, int scale)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var magnitude = unchecked((new BigInteger((uint)bits[2]) << 64) + (new BigInteger((uint)bits[1]) << 32) + (uint)bits[0]);
        return (value < 0 ? -magnitude : magnitude) * BigInteger.Pow(10, scale - value.Scale);
    }
}
