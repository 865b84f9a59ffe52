using Minka.Measures.Numerics;

namespace Minka.Measures.Reliability;

/// <summary>One form of the intraclass correlation with its test and limits.</summary>
/// <param name="Type">ICC1, ICC2, ICC3, ICC1k, ICC2k, ICC3k (Shrout and Fleiss).</param>
/// <param name="Value">The coefficient.</param>
/// <param name="F">Its F.</param>
/// <param name="Between">Degrees of freedom of the targets.</param>
/// <param name="Within">Degrees of freedom of the error.</param>
/// <param name="P">P of that F if the coefficient were zero.</param>
/// <param name="Low">Lower limit at the level asked.</param>
/// <param name="High">Upper limit.</param>
public sealed record IccForm(string Type, double Value, double F, double Between, double Within, double P, double Low, double High);

/// <summary>Agreement of raters who all rate all targets, from the two-way analysis of variance.</summary>
/// <param name="Targets">MSR, mean square between targets.</param>
/// <param name="Raters">MSC, between raters.</param>
/// <param name="Error">MSE, what is left.</param>
/// <param name="WithinTargets">MSW, within targets.</param>
/// <param name="Forms">The six forms, single raters first.</param>
/// <remarks>ICC(3,k) is Cronbach's α. Sources: Shrout and Fleiss (1979); limits as in R's psych.</remarks>
public sealed record IntraclassCorrelation(double Targets, double Raters, double Error, double WithinTargets, IReadOnlyList<IccForm> Forms)
{
    /// <summary>The coefficient of a form.</summary>
    /// <param name="type">ICC1 … ICC3k.</param>
    public IccForm Form(string type) => Forms.Single(f => f.Type == type);

    /// <summary>Analyses a table of ratings.</summary>
    /// <param name="ratings">A row a target, a column a rater, without gaps.</param>
    /// <param name="level">Coverage of the limits.</param>
    /// <returns><see langword="null"/> with fewer than two targets or raters, or if targets or errors do not vary.</returns>
    /// <remarks>O(cells).</remarks>
    /// <exception cref="ArgumentException">Rows differ in length or a rating is not finite.</exception>
    public static IntraclassCorrelation? Of(IReadOnlyList<IReadOnlyList<double>> ratings, double level = 0.95)
    {
        ArgumentNullException.ThrowIfNull(ratings);
        if (ratings.Any(r => r.Count != ratings[0].Count || r.Any(v => !double.IsFinite(v))))
            throw new ArgumentException("Every target needs a finite rating from every rater.", nameof(ratings));
        if (ratings.Count < 2 || ratings[0].Count < 2)
            return null;
        double n = ratings.Count, k = ratings[0].Count;
        double[] rows = [.. ratings.Select(r => r.Average())];
        double[] columns = [.. ratings[0].Select((_, j) => ratings.Average(r => r[j]))];
        var grand = rows.Average();
        var between = k * rows.Sum(m => (m - grand) * (m - grand));
        var raters = n * columns.Sum(m => (m - grand) * (m - grand));
        var within = ratings.Select((r, i) => r.Sum(v => (v - rows[i]) * (v - rows[i]))).Sum();
        var (msr, msc, msw) = (between / (n - 1), raters / (k - 1), within / (n * (k - 1)));
        var mse = ratings.Select((r, i) => r.Select((v, j) => Math.Pow(v - rows[i] - columns[j] + grand, 2)).Sum()).Sum() / ((n - 1) * (k - 1));
        if (msr == 0 || mse <= 1e-300 || msw == 0)
            return null;

        var (d1, d2, d3) = (n - 1, n * (k - 1), (n - 1) * (k - 1));
        var tail = 1 - ((1 - level) / 2);
        var (f1, f3) = (msr / msw, msr / mse);
        var (low1, high1) = (f1 / Distributions.FQuantile(tail, d1, d2), f1 * Distributions.FQuantile(tail, d2, d1));
        var (low3, high3) = (f3 / Distributions.FQuantile(tail, d1, d3), f3 * Distributions.FQuantile(tail, d3, d1));
        var icc2 = (msr - mse) / (msr + ((k - 1) * mse) + (k * (msc - mse) / n));

        // Satterthwaite's degrees of freedom for the raters' part.
        var fj = msc / mse;
        var top = (k - 1) * (n - 1) * Math.Pow((k * icc2 * fj) + (n * (1 + ((k - 1) * icc2))) - (k * icc2), 2);
        var bottom = ((n - 1) * k * k * icc2 * icc2 * fj * fj) + Math.Pow((n * (1 + ((k - 1) * icc2))) - (k * icc2), 2);
        var v = top / bottom;
        var (up, down) = (Distributions.FQuantile(tail, n - 1, v), Distributions.FQuantile(tail, v, n - 1));
        var common = (k * msc) + (((k * n) - k - n) * mse);
        var low2 = n * (msr - (up * mse)) / ((up * common) + (n * msr));
        var high2 = n * ((down * msr) - mse) / (common + (n * down * msr));
        double OfMean(double x) => x * k / (1 + (x * (k - 1)));
        var (p1, p3) = (Distributions.FUpper(f1, d1, d2), Distributions.FUpper(f3, d1, d3));
        return new IntraclassCorrelation(msr, msc, mse, msw,
        [
            new("ICC1", (msr - msw) / (msr + ((k - 1) * msw)), f1, d1, d2, p1, (low1 - 1) / (low1 + k - 1), (high1 - 1) / (high1 + k - 1)),
            new("ICC2", icc2, f3, d1, d3, p3, low2, high2),
            new("ICC3", (msr - mse) / (msr + ((k - 1) * mse)), f3, d1, d3, p3, (low3 - 1) / (low3 + k - 1), (high3 - 1) / (high3 + k - 1)),
            new("ICC1k", (msr - msw) / msr, f1, d1, d2, p1, 1 - (1 / low1), 1 - (1 / high1)),
            new("ICC2k", (msr - mse) / (msr + ((msc - mse) / n)), f3, d1, d3, p3, OfMean(low2), OfMean(high2)),
            new("ICC3k", (msr - mse) / msr, f3, d1, d3, p3, 1 - (1 / low3), 1 - (1 / high3)),
        ]);
    }
}
