namespace Minka.Measures.Finance;

/// <summary>The usual ratios of an ex-ante evaluation. A ratio over nothing is <see langword="null"/>.</summary>
/// <param name="Benefits">Present value of the benefits.</param>
/// <param name="Costs">Present value of the costs.</param>
/// <param name="Net">VAN, the difference.</param>
/// <param name="BenefitCostRatio">B/C.</param>
/// <param name="CostPerBeneficiary">Present value of the costs / beneficiaries, which are not discounted.</param>
public sealed record BenefitCost(double Benefits, double Costs, double Net, double? BenefitCostRatio, double? CostPerBeneficiary)
{
    /// <summary>Appraises yearly benefits and costs, year 0 undiscounted.</summary>
    /// <param name="benefits">By year from 0.</param>
    /// <param name="costs">By year from 0, as positive amounts.</param>
    /// <param name="rate">The discount rate, above −1.</param>
    /// <param name="beneficiaries">Units of effectiveness, zero or more.</param>
    /// <remarks>O(years).</remarks>
    /// <exception cref="ArgumentOutOfRangeException">The rate is −1 or less, or beneficiaries are negative.</exception>
    public static BenefitCost Of(IReadOnlyList<double> benefits, IReadOnlyList<double> costs, double rate, double beneficiaries)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(beneficiaries);
        var (b, c) = (CashFlow.PresentValue(benefits, rate), CashFlow.PresentValue(costs, rate));
        return new BenefitCost(b, c, b - c, c == 0 ? null : b / c, beneficiaries == 0 ? null : c / beneficiaries);
    }
}

/// <summary>Costs spread evenly over the years of service.</summary>
/// <param name="RecoveryFactor">The capital recovery factor.</param>
/// <param name="PresentCost">VAC: capital at year 0 and yearly operation and maintenance from year 1.</param>
/// <param name="Annual">CAE = VAC × factor.</param>
public sealed record EquivalentAnnualCost(double RecoveryFactor, double PresentCost, double Annual)
{
    /// <summary>Spreads a capital and a yearly cost.</summary>
    /// <param name="capital">Paid at year 0.</param>
    /// <param name="yearly">Operation and maintenance of each year from 1 to <paramref name="years"/>.</param>
    /// <param name="years">Years of service, at least 1.</param>
    /// <param name="rate">The discount rate, above −1.</param>
    /// <exception cref="ArgumentOutOfRangeException">No year, or a rate of −1 or less.</exception>
    public static EquivalentAnnualCost Of(double capital, double yearly, int years, double rate)
    {
        var factor = CashFlow.RecoveryFactor(rate, years);
        var cost = capital + (yearly / factor);
        return new EquivalentAnnualCost(factor, cost, cost * factor);
    }
}

/// <summary>What a grant moves. Amounts are verified ones, not pledges; a ratio over nothing is <see langword="null"/>.</summary>
/// <param name="PrivatePerGrant">Private money for each unit of the grant.</param>
/// <param name="MatchPerGrant">Private and local public money for each unit of the grant.</param>
/// <param name="GrantShare">The grant's share of all three.</param>
/// <param name="GrantPerJob">The grant / jobs.</param>
public sealed record Leverage(double? PrivatePerGrant, double? MatchPerGrant, double? GrantShare, double? GrantPerJob)
{
    /// <summary>Computes the ratios.</summary>
    /// <param name="grant">The grant, zero or more.</param>
    /// <param name="fromPrivate">Private money, zero or more.</param>
    /// <param name="fromLocal">Local public money, zero or more.</param>
    /// <param name="jobs">Jobs, zero or more.</param>
    /// <exception cref="ArgumentOutOfRangeException">A figure is negative.</exception>
    public static Leverage Of(decimal grant, decimal fromPrivate, decimal fromLocal, decimal jobs)
    {
        foreach (var figure in new[] { grant, fromPrivate, fromLocal, jobs })
            ArgumentOutOfRangeException.ThrowIfNegative(figure);
        var all = grant + fromPrivate + fromLocal;
        return new Leverage(Ratio(fromPrivate, grant), Ratio(fromPrivate + fromLocal, grant), Ratio(grant, all), Ratio(grant, jobs));
    }

    private static double? Ratio(decimal part, decimal whole) => whole == 0 ? null : (double)(part / whole);
}
