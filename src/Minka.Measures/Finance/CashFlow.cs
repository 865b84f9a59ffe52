namespace Minka.Measures.Finance;

/// <summary>Present values and times of a flow of money, one amount a year from year 0. Rates are shares (0.08 for 8 %), above −1.</summary>
/// <remarks>
/// Year 0 is not discounted, as Invierte.pe asks. All O(n). Social discount rates are reference data with a date, never constants here.
/// </remarks>
public static class CashFlow
{
    /// <summary>Net present value Σ F_t/(1 + r)^t with year 0 undiscounted.</summary>
    /// <param name="flows">F₀, F₁, …, in one unit.</param>
    /// <param name="rate">The discount rate.</param>
    /// <returns>0 for no flows.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is −1 or less.</exception>
    public static double PresentValue(IReadOnlyList<double> flows, double rate)
    {
        ArgumentNullException.ThrowIfNull(flows);
        Check(rate);
        double sum = 0;
        for (var t = flows.Count - 1; t >= 0; t--)
            sum = (sum / (1 + rate)) + flows[t];
        return sum;
    }

    /// <summary>The value of a spreadsheet's NPV, which discounts the first flow too: the present value / (1 + r).</summary>
    /// <param name="flows">F₀, F₁, ….</param>
    /// <param name="rate">The discount rate.</param>
    /// <exception cref="ArgumentOutOfRangeException">The rate is −1 or less.</exception>
    public static double SpreadsheetValue(IReadOnlyList<double> flows, double rate) => PresentValue(flows, rate) / (1 + rate);

    /// <summary>Net present value with a rate that changes over the years, as long horizons ask (a decreasing long-term rate).</summary>
    /// <param name="flows">F₀, F₁, ….</param>
    /// <param name="rates">The rate of each year from 1 on; the last holds for all later years.</param>
    /// <exception cref="ArgumentException">There is no rate.</exception>
    public static double PresentValue(IReadOnlyList<double> flows, IReadOnlyList<double> rates)
    {
        ArgumentNullException.ThrowIfNull(flows);
        ArgumentNullException.ThrowIfNull(rates);
        if (rates.Count == 0)
            throw new ArgumentException("At least one rate is needed.", nameof(rates));
        double factor = 1, sum = 0;
        for (var t = 0; t < flows.Count; t++)
        {
            if (t > 0)
                factor /= 1 + Check(rates[Math.Min(t, rates.Count) - 1]);
            sum += flows[t] * factor;
        }

        return sum;
    }

    /// <summary>Present value of dated flows by actual days over 365, at the first date.</summary>
    /// <param name="flows">Dates and amounts; no date before the first.</param>
    /// <param name="rate">The discount rate of a year.</param>
    /// <exception cref="ArgumentException">A date lies before the first.</exception>
    public static double DatedPresentValue(IReadOnlyList<(DateOnly Date, double Amount)> flows, double rate)
    {
        ArgumentNullException.ThrowIfNull(flows);
        Check(rate);
        if (flows.Any(f => f.Date < flows[0].Date))
            throw new ArgumentException("No date may lie before the first.", nameof(flows));
        return flows.Sum(f => f.Amount * Math.Pow(1 + rate, -(f.Date.DayNumber - flows[0].Date.DayNumber) / 365.0));
    }

    /// <summary>Modified internal rate: outlays financed at one rate, receipts reinvested at another.</summary>
    /// <param name="flows">F₀, F₁, ….</param>
    /// <param name="finance">Rate of the outlays.</param>
    /// <param name="reinvest">Rate of the receipts.</param>
    /// <returns><see langword="null"/> without an outlay, a receipt or a second year.</returns>
    public static double? ModifiedRate(IReadOnlyList<double> flows, double finance, double reinvest)
    {
        ArgumentNullException.ThrowIfNull(flows);
        var years = flows.Count - 1;
        var outlays = -PresentValue([.. flows.Select(f => Math.Min(f, 0))], finance);
        var receipts = PresentValue([.. flows.Select(f => Math.Max(f, 0))], reinvest) * Math.Pow(1 + reinvest, years);
        return years < 1 || outlays == 0 || receipts == 0 ? null : Math.Pow(receipts / outlays, 1.0 / years) - 1;
    }

    /// <summary>Years until the sum of the flows, discounted, is no longer negative, linear within the year.</summary>
    /// <param name="flows">F₀, F₁, ….</param>
    /// <param name="rate">The discount rate; 0 for the plain payback.</param>
    /// <returns><see langword="null"/> if that never happens.</returns>
    /// <exception cref="ArgumentOutOfRangeException">The rate is −1 or less.</exception>
    public static double? Payback(IReadOnlyList<double> flows, double rate = 0)
    {
        ArgumentNullException.ThrowIfNull(flows);
        Check(rate);
        double sum = 0;
        for (var t = 0; t < flows.Count; t++)
        {
            var flow = flows[t] * Math.Pow(1 + rate, -t);
            if (sum + flow >= 0)
                return t == 0 ? 0 : t - 1 + (-sum / flow);
            sum += flow;
        }

        return null;
    }

    /// <summary>Capital recovery factor r(1 + r)ⁿ/((1 + r)ⁿ − 1): the yearly payment of a debt of 1; 1/n without interest.</summary>
    /// <param name="rate">The rate.</param>
    /// <param name="years">Years, at least 1.</param>
    /// <exception cref="ArgumentOutOfRangeException">No year, or a rate of −1 or less.</exception>
    public static double RecoveryFactor(double rate, int years)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(years, 1);
        Check(rate);
        return rate == 0 ? 1.0 / years : rate / -(Math.Exp(-years * Math.Log(1 + rate)) - 1);
    }

    private static double Check(double rate) => rate > -1 && double.IsFinite(rate) ? rate : throw new ArgumentOutOfRangeException(nameof(rate), rate, "A rate is above −1.");
}
