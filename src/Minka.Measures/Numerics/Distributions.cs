namespace Minka.Measures.Numerics;

/// <summary>Normal and F distributions, as far as intervals and tests need them; about 1e-14 relative in the bodies.</summary>
/// <remarks>Sources: Marsaglia (2004) for Φ; Acklam's start refined by Halley for its inverse; Lentz's continued fraction for the incomplete beta.</remarks>
internal static class Distributions
{
    /// <summary>Φ(x), the standard normal distribution function.</summary>
    internal static double NormalCdf(double x) => x < 0 ? UpperTail(-x) : 1 - UpperTail(x);

    /// <summary>1 − Φ(x), without loss in the tail.</summary>
    internal static double NormalUpper(double x) => x < 0 ? 1 - UpperTail(-x) : UpperTail(x);

    /// <summary>Φ⁻¹(p); infinite at 0 and 1.</summary>
    internal static double NormalQuantile(double p)
    {
        if (double.IsNaN(p) || p < 0 || p > 1)
            throw new ArgumentOutOfRangeException(nameof(p), p, "A probability lies between 0 and 1.");
        if (p is 0 or 1)
            return p == 0 ? double.NegativeInfinity : double.PositiveInfinity;

        var lower = p <= 0.5;
        var tail = lower ? p : 1 - p;
        var t = Math.Sqrt(-2 * Math.Log(tail));
        var x = t - ((2.515517 + (0.802853 * t) + (0.010328 * t * t)) / (1 + (1.432788 * t) + (0.189269 * t * t) + (0.001308 * t * t * t)));
        for (var i = 0; i < 4; i++)
        {
            var e = (tail - UpperTail(x)) / Density(x);
            x -= e / (1 + (x * e / 2));
        }

        return lower ? -x : x;
    }

    /// <summary>P(F ≤ f) with a and b degrees of freedom, which may be broken numbers.</summary>
    internal static double FCdf(double f, double a, double b) => f <= 0 ? 0 : IncompleteBeta(a * f / ((a * f) + b), a / 2, b / 2);

    /// <summary>P(F &gt; f), without loss in the tail.</summary>
    internal static double FUpper(double f, double a, double b) => f <= 0 ? 1 : IncompleteBeta(b / ((a * f) + b), b / 2, a / 2);

    /// <summary>The quantile of F, by bisection of its beta form.</summary>
    internal static double FQuantile(double p, double a, double b)
    {
        double low = 0, high = 1;
        for (var i = 0; i < 200 && low < high; i++)
        {
            var middle = low + ((high - low) / 2);
            if (middle <= low || middle >= high)
                break;
            if (IncompleteBeta(middle, a / 2, b / 2) < p)
                low = middle;
            else
                high = middle;
        }

        return b * high / (a * (1 - high));
    }

    private static double Density(double x) => Math.Exp(-x * x / 2) / Math.Sqrt(2 * Math.PI);

    /// <summary>1 − Φ(x) for x ≥ 0.</summary>
    private static double UpperTail(double x)
    {
        if (x > 39)
            return 0;
        if (x < 2.5)
        {
            double term = x, sum = x;
            for (var k = 3; Math.Abs(term) > sum * 1e-18; k += 2)
                sum += term *= x * x / k;
            return 0.5 - (Density(x) * sum);
        }

        // Φ(−x)/φ(x) = 1/(x + 1/(x + 2/(x + 3/(x + …)))).
        var fraction = x;
        for (var k = 200; k >= 1; k--)
            fraction = x + (k / fraction);
        return Density(x) / fraction;
    }

    /// <summary>The regularised incomplete beta function I_x(a, b).</summary>
    private static double IncompleteBeta(double x, double a, double b)
    {
        if (x <= 0 || x >= 1)
            return x <= 0 ? 0 : 1;
        var front = Math.Exp((a * Math.Log(x)) + (b * Math.Log(1 - x)) + LogGamma(a + b) - LogGamma(a) - LogGamma(b));
        return x < (a + 1) / (a + b + 2) ? front * BetaFraction(x, a, b) / a : 1 - (front * BetaFraction(1 - x, b, a) / b);
    }

    private static double BetaFraction(double x, double a, double b)
    {
        const double Tiny = 1e-300;
        double c = 1, d = 1 / NotZero(1 - ((a + b) * x / (a + 1))), h = d;
        for (var m = 1; m < 1000; m++)
        {
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            d = 1 / NotZero(1 + (even * d));
            c = NotZero(1 + (even / c));
            h *= d * c;
            var odd = -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
            d = 1 / NotZero(1 + (odd * d));
            c = NotZero(1 + (odd / c));
            h *= d * c;
            if (Math.Abs((d * c) - 1) < 1e-16)
                break;
        }

        return h;

        static double NotZero(double value) => Math.Abs(value) < Tiny ? Tiny : value;
    }

    /// <summary>ln Γ(x) for x &gt; 0 (Lanczos, g = 7).</summary>
    private static double LogGamma(double x)
    {
        ReadOnlySpan<double> c =
        [
            0.99999999999980993, 676.5203681218851, -1259.1392167224028, 771.32342877765313, -176.61502916214059,
            12.507343278686905, -0.13857109526572012, 9.9843695780195716e-6, 1.5056327351493116e-7,
        ];
        if (x < 0.5)
            return Math.Log(Math.PI / Math.Abs(Math.Sin(Math.PI * x))) - LogGamma(1 - x);
        var y = x - 1;
        var sum = c[0];
        for (var i = 1; i < c.Length; i++)
            sum += c[i] / (y + i);
        var t = y + 7.5;
        return (0.5 * Math.Log(2 * Math.PI)) + ((y + 0.5) * Math.Log(t)) - t + Math.Log(sum);
    }
}
