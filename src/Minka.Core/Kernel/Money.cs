using System.Globalization;
using System.Numerics;

namespace Minka.Core.Kernel;

/// <summary>An amount in the fund's currency, in whole minor units (céntimos). Arithmetic is checked: overflow throws.</summary>
/// <param name="Minor">Céntimos; may be negative only in differences.</param>
public readonly record struct Money(long Minor) : IComparable<Money>,
    IAdditionOperators<Money, Money, Money>, ISubtractionOperators<Money, Money, Money>
{
    public static readonly Money Zero = new(0);

    /// <summary>An amount of whole soles.</summary>
    public static Money Soles(long soles) => new(soles * 100);

    public bool IsZero => Minor == 0;
    public bool IsNegative => Minor < 0;
    public bool IsPositive => Minor > 0;

    public static Money operator +(Money left, Money right) => new(left.Minor + right.Minor);
    public static Money operator -(Money left, Money right) => new(left.Minor - right.Minor);
    public static Money operator -(Money value) => new(-value.Minor);
    public static Money operator *(Money value, long times) => new(value.Minor * times);
    public static bool operator <(Money left, Money right) => left.Minor < right.Minor;
    public static bool operator >(Money left, Money right) => left.Minor > right.Minor;
    public static bool operator <=(Money left, Money right) => left.Minor <= right.Minor;
    public static bool operator >=(Money left, Money right) => left.Minor >= right.Minor;
    public int CompareTo(Money other) => Minor.CompareTo(other.Minor);

    /// <summary>The share of <paramref name="whole"/> that this amount is, rounded half away from zero; null when the whole is zero.</summary>
    public BasisPoints? ShareOf(Money whole) =>
        whole.Minor == 0 ? null : new BasisPoints((int)Rounded((Int128)Minor * 10_000, whole.Minor));

    /// <summary>A percentage of this amount, rounded half away from zero to the céntimo.</summary>
    public Money Percent(BasisPoints rate) => new(Rounded((Int128)Minor * rate.Value, 10_000));

    /// <summary>The least amount that is at least the given percentage of this one.</summary>
    public Money PercentCeiling(BasisPoints rate)
    {
        var product = (Int128)Minor * rate.Value;
        var quotient = product / 10_000;
        return new((long)(product % 10_000 > 0 ? quotient + 1 : quotient));
    }

    /// <summary>
    /// Splits the amount in proportion to the weights by largest remainder, so that the parts add up exactly.
    /// Ties of remainder go to the larger weight, then to the earlier position. O(n log n).
    /// </summary>
    /// <param name="weights">Not negative, at least one positive.</param>
    /// <exception cref="ArgumentException">No positive weight, or a negative one.</exception>
    public IReadOnlyList<Money> Split(IReadOnlyList<long> weights)
    {
        if (weights.Count == 0 || weights.Any(w => w < 0) || weights.All(w => w == 0))
            throw new ArgumentException("Weights must be non-negative with at least one positive.", nameof(weights));
        var total = weights.Aggregate(BigInteger.Zero, (sum, w) => sum + w);
        var sign = Minor < 0 ? -1 : 1;
        var whole = BigInteger.Abs(Minor);
        var parts = weights.Select((w, i) =>
        {
            var quotient = BigInteger.DivRem(whole * w, total, out var remainder);
            return (Index: i, Weight: w, Quotient: (long)quotient, Remainder: remainder);
        }).ToArray();
        var left = (long)(whole - parts.Aggregate(BigInteger.Zero, (sum, p) => sum + p.Quotient));
        var result = parts.Select(p => p.Quotient).ToArray();
        foreach (var part in parts.OrderByDescending(p => p.Remainder).ThenByDescending(p => p.Weight).ThenBy(p => p.Index).Take((int)left))
            result[part.Index]++;
        return [.. result.Select(m => new Money(m * sign))];
    }

    /// <summary>Plain decimal notation with a point and two decimals ("1234.50"), for files and digests.</summary>
    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{(Minor < 0 ? "-" : "")}{UInt128.CreateChecked(Int128.Abs(Minor)) / 100}.{(long)(Int128.Abs(Minor) % 100):00}");

    /// <summary>As a text for people writes it: thousands parted by thin spaces ("1 234.50").</summary>
    public string Written()
    {
        var plain = ToString();
        for (var at = plain.Length - 6; at > (Minor < 0 ? 1 : 0); at -= 3) plain = plain.Insert(at, "\u202F");
        return plain;
    }

    static long Rounded(Int128 numerator, Int128 denominator)
    {
        var negative = numerator < 0 != denominator < 0;
        var (n, d) = (Int128.Abs(numerator), Int128.Abs(denominator));
        var quotient = (n + (d / 2)) / d;
        if (d % 2 == 1) quotient = ((2 * n) + d) / (2 * d);
        return checked((long)(negative ? -quotient : quotient));
    }
}

/// <summary>Sums of money over a sequence.</summary>
public static class MoneySums
{
    public static Money Sum(this IEnumerable<Money> amounts) => amounts.Aggregate(Money.Zero, (sum, m) => sum + m);

    public static Money SumMoney<T>(this IEnumerable<T> items, Func<T, Money> amount) => items.Select(amount).Sum();
}

/// <summary>A rate in hundredths of a percent: 10,000 is the whole.</summary>
public readonly record struct BasisPoints(int Value) : IComparable<BasisPoints>
{
    public static readonly BasisPoints Whole = new(10_000);

    public static BasisPoints Percent(int percent) => new(percent * 100);

    public static bool operator <(BasisPoints left, BasisPoints right) => left.Value < right.Value;
    public static bool operator >(BasisPoints left, BasisPoints right) => left.Value > right.Value;
    public static bool operator <=(BasisPoints left, BasisPoints right) => left.Value <= right.Value;
    public static bool operator >=(BasisPoints left, BasisPoints right) => left.Value >= right.Value;
    public int CompareTo(BasisPoints other) => Value.CompareTo(other.Value);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Value / 100}.{Math.Abs(Value % 100):00}%");
}
