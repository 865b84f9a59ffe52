namespace Minka.Measures.Choice;

/// <summary>Closeness to the best by TOPSIS. For study, not to decide: adding an alternative may turn the order of the others.</summary>
/// <param name="ToBest">Distance to the best of each criterion, by alternative.</param>
/// <param name="ToWorst">Distance to the worst.</param>
/// <param name="Closeness">Worst / (best + worst), 0 to 1; <see langword="null"/> if both are zero.</param>
/// <remarks>Source: Hwang and Yoon (1981).</remarks>
public sealed record Topsis(IReadOnlyList<double> ToBest, IReadOnlyList<double> ToWorst, IReadOnlyList<double?> Closeness)
{
    /// <summary>Compares alternatives.</summary>
    /// <param name="table">A row an alternative, a column a criterion.</param>
    /// <param name="weights">Weights of the criteria, zero or more, used as given.</param>
    /// <param name="benefit">True where more is better.</param>
    /// <remarks>O(cells). A column of zeros counts for nothing.</remarks>
    /// <exception cref="ArgumentException">Sizes differ, a weight is negative, or a value is not finite.</exception>
    public static Topsis Of(IReadOnlyList<IReadOnlyList<double>> table, IReadOnlyList<double> weights, IReadOnlyList<bool> benefit)
    {
        CriteriaTable.Check(table, weights, benefit);
        double[] norms = [.. weights.Select((_, c) => Math.Sqrt(table.Sum(r => r[c] * r[c])))];
        double[][] weighted = [.. table.Select(r => r.Select((v, c) => norms[c] == 0 ? 0 : weights[c] * v / norms[c]).ToArray())];
        double[] Ideal(bool best) => [.. weights.Select((_, c) => benefit[c] == best ? weighted.Max(r => r[c]) : weighted.Min(r => r[c]))];
        static double Distance(double[] a, double[] b) => Math.Sqrt(a.Zip(b, (x, y) => (x - y) * (x - y)).Sum());
        var (top, bottom) = (Ideal(true), Ideal(false));
        double[] plus = [.. weighted.Select(r => Distance(r, top))];
        double[] minus = [.. weighted.Select(r => Distance(r, bottom))];
        return new Topsis(plus, minus, [.. plus.Zip(minus, (p, m) => p + m == 0 ? (double?)null : m / (p + m))]);
    }
}

/// <summary>When a difference counts as a preference, from 0 to 1.</summary>
/// <param name="Indifference">q: up to it a difference counts nothing.</param>
/// <param name="Preference">p ≥ q: above it, fully; linear between. Both 0: any difference counts fully.</param>
public sealed record PreferenceFunction(double Indifference, double Preference)
{
    /// <summary>Type I: any difference counts fully.</summary>
    public static PreferenceFunction Usual { get; } = new(0, 0);

    internal double Of(double difference) =>
        difference <= Indifference || difference <= 0 ? 0 : difference >= Preference ? 1 : (difference - Indifference) / (Preference - Indifference);
}

/// <summary>Flows of PROMETHEE II. For study, not to decide.</summary>
/// <param name="Leaving">φ⁺, how far an alternative outranks the others.</param>
/// <param name="Entering">φ⁻, how far it is outranked.</param>
/// <remarks>Source: Brans and Vincke (1985), preference functions of type I and V.</remarks>
public sealed record Promethee(IReadOnlyList<double> Leaving, IReadOnlyList<double> Entering)
{
    /// <summary>φ = φ⁺ − φ⁻, adding up to zero.</summary>
    public IReadOnlyList<double> Net => [.. Leaving.Zip(Entering, (p, m) => p - m)];

    /// <summary>Compares alternatives, at least two.</summary>
    /// <param name="table">A row an alternative, a column a criterion.</param>
    /// <param name="weights">Weights of the criteria, zero or more, used as given.</param>
    /// <param name="benefit">True where more is better.</param>
    /// <param name="preferences">A function a criterion.</param>
    /// <remarks>O(alternatives² · criteria).</remarks>
    /// <exception cref="ArgumentException">Sizes differ, fewer than two alternatives, a weight is negative, a value not finite, or p below q.</exception>
    public static Promethee Of(IReadOnlyList<IReadOnlyList<double>> table, IReadOnlyList<double> weights, IReadOnlyList<bool> benefit, IReadOnlyList<PreferenceFunction> preferences)
    {
        CriteriaTable.Check(table, weights, benefit);
        ArgumentNullException.ThrowIfNull(preferences);
        if (preferences.Count != weights.Count || table.Count < 2 || preferences.Any(f => !(f.Indifference >= 0) || !(f.Preference >= f.Indifference)))
            throw new ArgumentException("A preference function with 0 ≤ q ≤ p for each criterion and two alternatives are needed.", nameof(preferences));
        var n = table.Count;
        double Preferred(int a, int b) => weights.Select((w, c) => w * preferences[c].Of((table[a][c] - table[b][c]) * (benefit[c] ? 1 : -1))).Sum();
        double[] plus = [.. table.Select((_, a) => Enumerable.Range(0, n).Where(b => b != a).Sum(b => Preferred(a, b)) / (n - 1))];
        double[] minus = [.. table.Select((_, a) => Enumerable.Range(0, n).Where(b => b != a).Sum(b => Preferred(b, a)) / (n - 1))];
        return new Promethee(plus, minus);
    }
}

internal static class CriteriaTable
{
    internal static void Check(IReadOnlyList<IReadOnlyList<double>> table, IReadOnlyList<double> weights, IReadOnlyList<bool> benefit)
    {
        ArgumentNullException.ThrowIfNull(table);
        ArgumentNullException.ThrowIfNull(weights);
        ArgumentNullException.ThrowIfNull(benefit);
        if (weights.Count != benefit.Count || weights.Any(w => !(w >= 0)) || table.Any(r => r.Count != weights.Count || r.Any(v => !double.IsFinite(v))))
            throw new ArgumentException("Each alternative needs a finite value, and each criterion a weight of zero or more and a direction.", nameof(table));
    }
}
