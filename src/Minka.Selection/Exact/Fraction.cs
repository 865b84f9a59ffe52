using System.Globalization;
using System.Numerics;

namespace Minka.Selection.Exact;

/// <summary>
/// An exact rational number: numerator over a positive denominator, always in lowest terms, so that two equal values
/// are equal field by field. No operation rounds and none overflows.
/// </summary>
/// <remarks>
/// The default value is zero. Each operation costs one greatest common divisor of the operands' size.
/// Two fractions that are equal as numbers have the same hash code and the same text.
/// </remarks>
public readonly struct Fraction : IEquatable<Fraction>, IComparable<Fraction>
{
    private readonly BigInteger _numerator;
    private readonly BigInteger _denominator;

    /// <summary>Makes <paramref name="numerator"/> / <paramref name="denominator"/> and reduces it.</summary>
    /// <param name="numerator">Any integer.</param>
    /// <param name="denominator">Any integer but zero; a negative sign moves to the numerator.</param>
    /// <exception cref="DivideByZeroException"><paramref name="denominator"/> is zero.</exception>
    public Fraction(BigInteger numerator, BigInteger denominator)
    {
        if (denominator.IsZero)
            throw new DivideByZeroException("A fraction needs a denominator that is not zero.");

        var divisor = BigInteger.GreatestCommonDivisor(numerator, denominator);
        if (denominator.Sign < 0)
            divisor = -divisor;

        _numerator = numerator / divisor;
        _denominator = denominator / divisor;
    }

    private Fraction(BigInteger whole)
    {
        _numerator = whole;
        _denominator = BigInteger.One;
    }

    /// <summary>0.</summary>
    public static Fraction Zero => default;

    /// <summary>1.</summary>
    public static Fraction One => new(BigInteger.One);

    /// <summary>The numerator in lowest terms; carries the sign.</summary>
    public BigInteger Numerator => _numerator;

    /// <summary>The denominator in lowest terms; at least 1.</summary>
    public BigInteger Denominator => _denominator.IsZero ? BigInteger.One : _denominator;

    /// <summary>−1, 0 or 1.</summary>
    public int Sign => _numerator.Sign;

    /// <summary>True if the value has no fractional part.</summary>
    public bool IsWhole => Denominator.IsOne;

    /// <summary>The whole number <paramref name="value"/>.</summary>
    /// <param name="value">Any integer.</param>
    public static implicit operator Fraction(long value) => new(new BigInteger(value));

    /// <summary>The whole number <paramref name="value"/>.</summary>
    /// <param name="value">Any integer.</param>
    public static implicit operator Fraction(BigInteger value) => new(value);

    /// <summary>The sum.</summary>
    /// <param name="left">First term.</param>
    /// <param name="right">Second term.</param>
    public static Fraction operator +(Fraction left, Fraction right) =>
        new((left.Numerator * right.Denominator) + (right.Numerator * left.Denominator), left.Denominator * right.Denominator);

    /// <summary>The difference.</summary>
    /// <param name="left">What is reduced.</param>
    /// <param name="right">What is taken away.</param>
    public static Fraction operator -(Fraction left, Fraction right) =>
        new((left.Numerator * right.Denominator) - (right.Numerator * left.Denominator), left.Denominator * right.Denominator);

    /// <summary>The opposite.</summary>
    /// <param name="value">The value.</param>
    public static Fraction operator -(Fraction value) => new(-value.Numerator, value.Denominator);

    /// <summary>The product.</summary>
    /// <param name="left">First factor.</param>
    /// <param name="right">Second factor.</param>
    public static Fraction operator *(Fraction left, Fraction right) =>
        new(left.Numerator * right.Numerator, left.Denominator * right.Denominator);

    /// <summary>The quotient.</summary>
    /// <param name="left">What is divided.</param>
    /// <param name="right">The divisor.</param>
    /// <exception cref="DivideByZeroException"><paramref name="right"/> is zero.</exception>
    public static Fraction operator /(Fraction left, Fraction right) =>
        new(left.Numerator * right.Denominator, left.Denominator * right.Numerator);

    /// <summary>Equality as numbers.</summary>
    /// <param name="left">First value.</param>
    /// <param name="right">Second value.</param>
    public static bool operator ==(Fraction left, Fraction right) => left.Equals(right);

    /// <summary>Inequality as numbers.</summary>
    /// <param name="left">First value.</param>
    /// <param name="right">Second value.</param>
    public static bool operator !=(Fraction left, Fraction right) => !left.Equals(right);

    /// <summary>Order as numbers.</summary>
    /// <param name="left">First value.</param>
    /// <param name="right">Second value.</param>
    public static bool operator <(Fraction left, Fraction right) => left.CompareTo(right) < 0;

    /// <summary>Order as numbers.</summary>
    /// <param name="left">First value.</param>
    /// <param name="right">Second value.</param>
    public static bool operator >(Fraction left, Fraction right) => left.CompareTo(right) > 0;

    /// <summary>Order as numbers.</summary>
    /// <param name="left">First value.</param>
    /// <param name="right">Second value.</param>
    public static bool operator <=(Fraction left, Fraction right) => left.CompareTo(right) <= 0;

    /// <summary>Order as numbers.</summary>
    /// <param name="left">First value.</param>
    /// <param name="right">Second value.</param>
    public static bool operator >=(Fraction left, Fraction right) => left.CompareTo(right) >= 0;

    /// <summary>The lesser of two values.</summary>
    /// <param name="left">First value.</param>
    /// <param name="right">Second value.</param>
    public static Fraction Min(Fraction left, Fraction right) => left <= right ? left : right;

    /// <summary>The greater of two values.</summary>
    /// <param name="left">First value.</param>
    /// <param name="right">Second value.</param>
    public static Fraction Max(Fraction left, Fraction right) => left >= right ? left : right;

    /// <summary>The value to a whole power; a negative exponent inverts, and any value to the power 0 is 1.</summary>
    /// <param name="exponent">The exponent.</param>
    /// <exception cref="DivideByZeroException">The value is zero and the exponent negative.</exception>
    public Fraction Power(int exponent) => exponent >= 0
        ? new(BigInteger.Pow(Numerator, exponent), BigInteger.Pow(Denominator, exponent))
        : new(BigInteger.Pow(Denominator, -exponent), BigInteger.Pow(Numerator, -exponent));

    /// <summary>The greatest integer that does not exceed the value (towards minus infinity).</summary>
    public BigInteger Floor()
    {
        var quotient = BigInteger.DivRem(Numerator, Denominator, out var remainder);
        return remainder.Sign < 0 ? quotient - 1 : quotient;
    }

    /// <summary>The least integer that is not below the value (towards plus infinity).</summary>
    public BigInteger Ceiling() => -(-this).Floor();

    /// <summary>The nearest integer; an exact half goes up (towards plus infinity).</summary>
    public BigInteger RoundHalfUp() => (this + new Fraction(1, 2)).Floor();

    /// <summary>The nearest <see cref="double"/>, for display only; no rule of this library decides by it.</summary>
    public double ToDouble()
    {
        // Scaled to 64 significant bits first: numerator and denominator alone may lie outside the range of a double.
        if (Sign == 0)
            return 0;

        var shift = (int)(64 - Numerator.GetBitLength() + Denominator.GetBitLength());
        var scaled = shift >= 0 ? (Numerator << shift) / Denominator : Numerator / (Denominator << -shift);
        return Math.ScaleB((double)scaled, -shift);
    }

    /// <summary>
    /// Reads “12”, “−0.45”, “1.5e-3” or “100/9” exactly; digits, one decimal point, an exponent up to ±400, no group separators, the
    /// same in every culture.
    /// </summary>
    /// <param name="text">The text.</param>
    /// <param name="value">The value; zero if the text is not a number.</param>
    public static bool TryParse(string? text, out Fraction value)
    {
        value = Zero;
        if (text is null || text.Length > 1_000)
            return false;

        var slash = text.IndexOf('/', StringComparison.Ordinal);
        if (slash >= 0)
        {
            if (!BigInteger.TryParse(text.AsSpan(0, slash), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var above)
                || !BigInteger.TryParse(text.AsSpan(slash + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var below) || below.IsZero)
                return false;
            value = new Fraction(above, below);
            return true;
        }

        var mark = text.IndexOfAny(['e', 'E']);
        var exponent = 0;
        if (mark >= 0 && (!int.TryParse(text.AsSpan(mark + 1), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out exponent) || Math.Abs(exponent) > 400))
            return false;
        var digits = mark >= 0 ? text[..mark] : text;
        var point = digits.IndexOf('.', StringComparison.Ordinal);
        if (point >= 0)
        {
            exponent -= digits.Length - point - 1;
            digits = digits.Remove(point, 1);
        }

        if (!BigInteger.TryParse(digits, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var whole))
            return false;
        value = whole * ((Fraction)10).Power(exponent);
        return true;
    }

    /// <inheritdoc/>
    public int CompareTo(Fraction other) => (Numerator * other.Denominator).CompareTo(other.Numerator * Denominator);

    /// <inheritdoc/>
    public bool Equals(Fraction other) => Numerator == other.Numerator && Denominator == other.Denominator;

    /// <inheritdoc/>
    public override bool Equals(object? obj) => obj is Fraction other && Equals(other);

    /// <inheritdoc/>
    public override int GetHashCode() => HashCode.Combine(Numerator, Denominator);

    /// <summary>“3” for a whole number, else “100/9”; the same in every culture.</summary>
    public override string ToString() => IsWhole
        ? Numerator.ToString(CultureInfo.InvariantCulture)
        : string.Create(CultureInfo.InvariantCulture, $"{Numerator}/{Denominator}");
}
