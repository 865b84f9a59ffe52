namespace Minka.Measures.Dispersion;

/// <summary>
/// How amounts concentrate. Each function takes amounts that are zero or more, in any one unit, and gives
/// <see langword="null"/> where the measure is undefined (no amounts, or all zero), never 0 or 1 instead.
/// </summary>
/// <remarks>
/// All are O(n). One measure alone misleads: a single megaproject makes a portfolio of dwarfs look concentrated; show
/// them beside the size bands. Sources: Herfindahl–Hirschman; Shannon (1948); Hill (1973).
/// </remarks>
public static class Concentration
{
    /// <summary>Herfindahl–Hirschman index Σ s², from 1/n (equal) to 1 (single).</summary>
    /// <param name="amounts">The amounts.</param>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative.</exception>
    public static double? Hhi(IReadOnlyCollection<long> amounts) => Shares(amounts)?.Sum(s => s * s);

    /// <summary>Shannon entropy −Σ s ln s in nats, with 0·ln 0 = 0; from 0 (single) to ln n (equal).</summary>
    /// <param name="amounts">The amounts.</param>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative.</exception>
    public static double? Shannon(IReadOnlyCollection<long> amounts) =>
        Shares(amounts)?.Sum(s => s > 0 ? -s * Math.Log(s) : 0);

    /// <summary>Effective number exp(H): how many equal parts would be as diverse (Hill number of order 1).</summary>
    /// <param name="amounts">The amounts.</param>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative.</exception>
    public static double? EffectiveNumber(IReadOnlyCollection<long> amounts) => Shannon(amounts) is { } h ? Math.Exp(h) : null;

    /// <summary>
    /// The chain rule of entropy, exp(H) = exp(H between groups) × exp(H within groups): “effective projects = effective
    /// axes × effective projects per axis”.
    /// </summary>
    /// <param name="groups">The amounts of each group; a group without money adds nothing.</param>
    /// <returns><see langword="null"/> if there is no money.</returns>
    /// <exception cref="ArgumentOutOfRangeException">An amount is negative.</exception>
    public static EffectiveNumbers? EffectiveNumbersOf(IReadOnlyCollection<IReadOnlyCollection<long>> groups)
    {
        ArgumentNullException.ThrowIfNull(groups);
        long[] totals = [.. groups.Select(g => g.Sum())];
        if (Shannon(totals) is not { } between)
            return null;

        double total = totals.Sum();
        var within = groups.Zip(totals, (g, t) => t == 0 ? 0 : t / total * Shannon(g)!.Value).Sum();
        return new EffectiveNumbers(Math.Exp(between + within), Math.Exp(between), Math.Exp(within));
    }

    private static double[]? Shares(IReadOnlyCollection<long> amounts)
    {
        ArgumentNullException.ThrowIfNull(amounts);
        if (amounts.Any(a => a < 0))
            throw new ArgumentOutOfRangeException(nameof(amounts), "An amount is negative.");

        double total = amounts.Sum();
        return total == 0 ? null : [.. amounts.Select(a => a / total)];
    }
}

/// <summary>The parts of an effective number; <c>All = Groups × PerGroup</c>.</summary>
/// <param name="All">Effective number of all items.</param>
/// <param name="Groups">Effective number of groups.</param>
/// <param name="PerGroup">Effective number of items per group.</param>
public sealed record EffectiveNumbers(double All, double Groups, double PerGroup);
