using System.Numerics;
using Minka.Measures.Numerics;

namespace Minka.Measures.Finance;

/// <summary>What can be said of the internal rate of a flow.</summary>
public enum InternalRateCase
{
    /// <summary>Exactly one.</summary>
    Unique,

    /// <summary>Several: the rule of comparing it with the discount rate misleads.</summary>
    NotUnique,

    /// <summary>None.</summary>
    DoesNotExist,
}

/// <summary>
/// All internal rates of return of a flow: the rates above −1 where its net present value is zero. How many there are is
/// decided in whole numbers, so that no rate is lost or made by rounding.
/// </summary>
/// <param name="Case">Unique, several, none.</param>
/// <param name="All">The rates in ascending order, each once though the value may only touch zero there.</param>
/// <remarks>
/// With x = 1/(1 + r) the value is a polynomial. One change of sign gives one rate (Descartes); else Sturm's sequence counts the
/// roots between bounds. Each is halved until a double tells it no better. O(n²) operations on numbers of O(n) digits for Sturm.
/// </remarks>
public sealed record InternalRates(InternalRateCase Case, IReadOnlyList<double> All)
{
    /// <summary>The most years for which several changes of sign are resolved.</summary>
    public const int MostYears = 120;

    /// <summary>The one rate; <see langword="null"/> if it is not unique or does not exist.</summary>
    public double? Rate => Case == InternalRateCase.Unique ? All[0] : null;

    /// <summary>Finds all rates.</summary>
    /// <param name="flows">F₀, F₁, …, exact.</param>
    /// <exception cref="ArgumentException">More than <see cref="MostYears"/> with several changes of sign.</exception>
    public static InternalRates Of(IReadOnlyList<decimal> flows)
    {
        ArgumentNullException.ThrowIfNull(flows);
        var signs = flows.Where(f => f != 0).Select(Math.Sign).ToList();
        var changes = signs.Zip(signs.Skip(1)).Count(p => p.First != p.Second);
        if (changes == 0)
            return new InternalRates(InternalRateCase.DoesNotExist, []);
        if (changes > 1 && flows.Count > MostYears + 1)
            throw new ArgumentException($"A flow of more than {MostYears} years that changes its sign more than once is not resolved.", nameof(flows));

        var scale = flows.Max(f => f.Scale);
        var polynomial = Trimmed([.. flows.Select(f => ExactDecimal.Whole(f, scale))]);
        var sequence = changes == 1 ? [polynomial] : Sturm(polynomial);
        // Cauchy: no root exceeds 1 + max|a_i|/|a_n|; a power of two above it, and its mirror below.
        var high = Bound(polynomial);
        var low = Bound([.. polynomial.Reverse()]);
        var roots = new List<double>();
        Isolate(sequence, changes == 1, BigInteger.Zero, BigInteger.One << (high + low), low, roots);
        double[] rates = [.. roots.Select(x => (1 / x) - 1).Order()];
        return new InternalRates(rates.Length switch { 0 => InternalRateCase.DoesNotExist, 1 => InternalRateCase.Unique, _ => InternalRateCase.NotUnique }, rates);
    }

    /// <summary>The internal rate of dated flows (actual days over 365).</summary>
    /// <param name="flows">Dates and amounts; no date before the first.</param>
    /// <returns>The rates found between −99.99 % and 1,000,000 %; with one change of sign in the order of dates there is exactly one over all rates.</returns>
    /// <remarks>Several changes of sign are searched on a grid of 2,000 points, which may miss two rates that lie closer.</remarks>
    /// <exception cref="ArgumentException">A date lies before the first.</exception>
    public static InternalRates OfDated(IReadOnlyList<(DateOnly Date, double Amount)> flows)
    {
        ArgumentNullException.ThrowIfNull(flows);
        // ln(1 + r) from ln 1e-4 to ln 1e4.
        const int Steps = 2_000;
        var found = new List<double>();
        double Value(double log) => CashFlow.DatedPresentValue(flows, Math.Exp(log) - 1);
        var limit = Math.Log(1e4);
        double from = -limit, before = Value(from);
        if (flows.All(f => f.Amount == 0))
            return new InternalRates(InternalRateCase.DoesNotExist, []);
        for (var k = 1; k <= Steps; k++)
        {
            var to = -limit + (2 * limit * k / Steps);
            var after = Value(to);
            if (before == 0)
                found.Add(Math.Exp(from) - 1);
            else if (after != 0 && before > 0 != after > 0)
                found.Add(Math.Exp(Halve(from, to, before > 0)) - 1);
            (from, before) = (to, after);
        }

        return new InternalRates(found.Count switch { 0 => InternalRateCase.DoesNotExist, 1 => InternalRateCase.Unique, _ => InternalRateCase.NotUnique }, found);

        double Halve(double a, double b, bool positive)
        {
            for (var i = 0; i < 200; i++)
            {
                var middle = a + ((b - a) / 2);
                if (middle <= a || middle >= b)
                    break;
                if (Value(middle) > 0 == positive)
                    a = middle;
                else
                    b = middle;
            }

            return a + ((b - a) / 2);
        }
    }

    /// <summary>Without zeros at either end, which hold only the root 0 or none.</summary>
    private static BigInteger[] Trimmed(BigInteger[] p)
    {
        var (first, last) = (Array.FindIndex(p, c => !c.IsZero), Array.FindLastIndex(p, c => !c.IsZero));
        return first < 0 ? [] : p[first..(last + 1)];
    }

    /// <summary>k with 2^k above every root's modulus.</summary>
    private static int Bound(BigInteger[] p) => Math.Max(1, (int)((p.Max(BigInteger.Abs) / BigInteger.Abs(p[^1])) + 1).GetBitLength() + 1);

    private static List<BigInteger[]> Sturm(BigInteger[] p)
    {
        var sequence = new List<BigInteger[]> { Primitive(p), Primitive([.. p.Skip(1).Select((c, i) => c * (i + 1))]) };
        while (sequence[^1].Length > 1)
        {
            var rest = Rest(sequence[^2], sequence[^1]);
            if (rest.Length == 0)
                break;
            sequence.Add(Primitive([.. rest.Select(c => -c)]));
        }

        // A last member of degree one or more holds the roots that occur more than once. Without it the sequence is that of
        // the distinct roots, and does not vanish as a whole at any of them.
        return sequence[^1].Length == 1 ? sequence : [.. sequence.Select(q => Primitive(Quotient(q, sequence[^1])))];
    }

    /// <summary>A positive multiple of a/b, which leaves no remainder.</summary>
    private static BigInteger[] Quotient(BigInteger[] a, BigInteger[] b)
    {
        var rest = (BigInteger[])a.Clone();
        var quotient = new BigInteger[a.Length - b.Length + 1];
        var lead = b[^1];
        for (var shift = quotient.Length - 1; shift >= 0; shift--)
        {
            var factor = rest[shift + b.Length - 1] * lead.Sign;
            for (var i = 0; i < rest.Length; i++)
                rest[i] *= BigInteger.Abs(lead);
            for (var i = shift + 1; i < quotient.Length; i++)
                quotient[i] *= BigInteger.Abs(lead);
            quotient[shift] = factor;
            for (var i = 0; i < b.Length; i++)
                rest[shift + i] -= factor * b[i];
        }

        return quotient;
    }

    /// <summary>A positive multiple of the remainder of a/b.</summary>
    private static BigInteger[] Rest(BigInteger[] a, BigInteger[] b)
    {
        var rest = (BigInteger[])a.Clone();
        var lead = b[^1];
        for (var shift = a.Length - b.Length; shift >= 0; shift--)
        {
            var top = rest[shift + b.Length - 1];
            if (top.IsZero)
                continue;
            // Multiply by |lead|, so that signs stay.
            for (var i = 0; i < rest.Length; i++)
                rest[i] *= BigInteger.Abs(lead);
            var factor = top * lead.Sign;
            for (var i = 0; i < b.Length; i++)
                rest[shift + i] -= factor * b[i];
        }

        var last = Array.FindLastIndex(rest, c => !c.IsZero);
        return rest[..(last + 1)];
    }

    private static BigInteger[] Primitive(BigInteger[] p)
    {
        var divisor = p.Aggregate(BigInteger.Zero, BigInteger.GreatestCommonDivisor);
        return divisor.IsZero ? p : [.. p.Select(c => c / divisor)];
    }

    /// <summary>Sign of p(numerator / 2^power).</summary>
    private static int SignAt(BigInteger[] p, BigInteger numerator, int power)
    {
        var sum = BigInteger.Zero;
        for (var i = p.Length - 1; i >= 0; i--)
            sum = (sum * numerator) + (p[i] << ((p.Length - 1 - i) * power));
        return sum.Sign;
    }

    private static int Changes(List<BigInteger[]> sequence, BigInteger numerator, int power)
    {
        int before = 0, changes = 0;
        foreach (var sign in sequence.Select(p => SignAt(p, numerator, power)).Where(s => s != 0))
        {
            changes += before != 0 && sign != before ? 1 : 0;
            before = sign;
        }

        return changes;
    }

    /// <summary>Adds the roots in (from, to], ends over 2^power.</summary>
    private static void Isolate(List<BigInteger[]> sequence, bool single, BigInteger from, BigInteger to, int power, List<double> roots)
    {
        var work = new Stack<(BigInteger From, BigInteger To, int Power, int Roots)>();
        work.Push((from, to, power, single ? 1 : Changes(sequence, from, power) - Changes(sequence, to, power)));
        while (work.TryPop(out var part))
        {
            if (part.Roots == 0)
                continue;
            var (a, b) = (Number(part.From, part.Power), Number(part.To, part.Power));
            if (part.Roots == 1 && a > 0 && b - a <= b * 3e-16)
            {
                roots.Add(b);
                continue;
            }

            var middle = part.From + part.To;
            int below;
            if (single)
            {
                // One simple root: the sign before it is that near zero.
                var sign = SignAt(sequence[0], middle, part.Power + 1);
                below = sign != sequence[0][0].Sign ? 1 : 0;
            }
            else
            {
                below = Changes(sequence, part.From << 1, part.Power + 1) - Changes(sequence, middle, part.Power + 1);
            }

            work.Push((part.From << 1, middle, part.Power + 1, below));
            work.Push((middle, part.To << 1, part.Power + 1, part.Roots - below));
        }
    }

    private static double Number(BigInteger numerator, int power)
    {
        if (numerator.IsZero)
            return 0;
        var shift = Math.Max(0, (int)numerator.GetBitLength() - 62);
        return Math.ScaleB((double)(long)(numerator >> shift), shift - power);
    }
}
