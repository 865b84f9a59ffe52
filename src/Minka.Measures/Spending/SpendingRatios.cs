namespace Minka.Measures.Spending;

/// <summary>A project in a year's budget.</summary>
/// <param name="Modified">PIM, the modified budget.</param>
/// <param name="AccruedBefore">Devengado of the year before.</param>
public sealed record BudgetLine(decimal Modified, decimal AccruedBefore);

/// <summary>A public work that is not finished.</summary>
/// <param name="Amount">Its cost.</param>
/// <param name="LastProgress">When physical progress was last reported; <see langword="null"/> for never, or unknown.</param>
public sealed record OpenWork(decimal Amount, DateOnly? LastProgress);

/// <summary>A project's tags, which may share it between axes.</summary>
/// <param name="Amount">Its cost.</param>
/// <param name="Tags">Axis and weight; the weights add up to at most 1, the rest is untagged.</param>
public sealed record TaggedAmount(decimal Amount, IReadOnlyList<(string Axis, decimal Weight)> Tags);

/// <summary>How public investment is executed. Shares are 0 to 1 unless said otherwise; a share of nothing is <see langword="null"/>. All O(n).</summary>
public static class SpendingRatios
{
    /// <summary>Execution: accrued / modified budget (devengado/PIM). Above 1 points at an error of the data and is not cut.</summary>
    /// <param name="accrued">Devengado.</param>
    /// <param name="modified">PIM.</param>
    public static double? Execution(decimal accrued, decimal modified) => modified == 0 ? null : (double)(accrued / modified);

    /// <summary>Share of the year's budget in projects that had also accrued the year before; undefined in the first year.</summary>
    /// <param name="lines">The projects of the year.</param>
    public static double? Continuity(IReadOnlyCollection<BudgetLine> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        var all = lines.Sum(l => l.Modified);
        return all == 0 ? null : (double)(lines.Where(l => l.AccruedBefore > 0).Sum(l => l.Modified) / all);
    }

    /// <summary>Share of the live projects without budget this year.</summary>
    /// <param name="lines">The live projects.</param>
    public static double? WithoutBudget(IReadOnlyCollection<BudgetLine> lines)
    {
        ArgumentNullException.ThrowIfNull(lines);
        return lines.Count == 0 ? null : (double)lines.Count(l => l.Modified == 0) / lines.Count;
    }

    /// <summary>Paralysed works by the comptroller's rule: unfinished, and no physical progress for six months.</summary>
    /// <param name="works">Unfinished works; those of unknown progress are left out.</param>
    /// <param name="on">The day of the count.</param>
    /// <returns>Share by number and by money, and how many works have a known progress.</returns>
    public static (double? Count, double? Amount, int Known) Paralysed(IReadOnlyCollection<OpenWork> works, DateOnly on)
    {
        ArgumentNullException.ThrowIfNull(works);
        var known = works.Where(w => w.LastProgress is not null).ToList();
        var still = known.Where(w => w.LastProgress!.Value.AddMonths(6) <= on).ToList();
        var money = known.Sum(w => w.Amount);
        return (known.Count == 0 ? null : (double)still.Count / known.Count, money == 0 ? null : (double)(still.Sum(w => w.Amount) / money), known.Count);
    }

    /// <summary>Overrun of cost: (updated − viable)/viable, both in prices of one year; negative for a saving.</summary>
    /// <param name="updated">The updated cost.</param>
    /// <param name="viable">The cost declared viable.</param>
    public static double? CostOverrun(decimal updated, decimal viable) => viable == 0 ? null : (double)((updated - viable) / viable);

    /// <summary>Overrun of cost without the rise of prices: the viable cost is first brought to the prices of the updated one.</summary>
    /// <param name="updated">The updated cost.</param>
    /// <param name="updatedYear">The year of its prices.</param>
    /// <param name="viable">The cost declared viable.</param>
    /// <param name="viableYear">The year of its prices.</param>
    /// <param name="prices">The index.</param>
    /// <returns><see langword="null"/> without a viable cost, or if the index lacks one of the years.</returns>
    public static double? CostOverrun(decimal updated, int updatedYear, decimal viable, int viableYear, PriceIndex prices)
    {
        ArgumentNullException.ThrowIfNull(prices);
        return viable == 0 || prices.Factor(viableYear, updatedYear) is not { } factor ? null : ((double)updated / ((double)viable * factor)) - 1;
    }

    /// <summary>Overrun of all projects together, weighted by their viable cost.</summary>
    /// <param name="costs">Updated and viable cost of each.</param>
    public static double? WeightedCostOverrun(IReadOnlyCollection<(decimal Updated, decimal Viable)> costs)
    {
        ArgumentNullException.ThrowIfNull(costs);
        var known = costs.Where(c => c.Viable > 0).ToList();
        return CostOverrun(known.Sum(c => c.Updated), known.Sum(c => c.Viable));
    }

    /// <summary>Overrun of time: (actual or expected end − planned end)/planned duration. For an unfinished work the end is today, so the figure is a lower bound.</summary>
    /// <param name="start">Planned start.</param>
    /// <param name="planned">Planned end.</param>
    /// <param name="end">Actual or expected end, or today.</param>
    /// <returns><see langword="null"/> if the plan has no duration.</returns>
    public static double? TimeOverrun(DateOnly start, DateOnly planned, DateOnly end) =>
        planned <= start ? null : (double)(end.DayNumber - planned.DayNumber) / (planned.DayNumber - start.DayNumber);

    /// <summary>Share of the money on declared axes, fractions of tags included; what is untagged is not aligned and told apart.</summary>
    /// <param name="amounts">Projects with their tags.</param>
    /// <param name="declared">The declared axes.</param>
    /// <exception cref="ArgumentException">Weights of a project are negative or exceed 1.</exception>
    public static (double? Aligned, double? Untagged) Alignment(IReadOnlyCollection<TaggedAmount> amounts, IReadOnlySet<string> declared)
    {
        ArgumentNullException.ThrowIfNull(amounts);
        if (amounts.Any(a => a.Tags.Any(t => t.Weight < 0) || a.Tags.Sum(t => t.Weight) > 1))
            throw new ArgumentException("The weights of a project's tags are zero or more and at most 1 together.", nameof(amounts));
        var all = amounts.Sum(a => a.Amount);
        if (all == 0)
            return (null, null);
        return ((double)(amounts.Sum(a => a.Amount * a.Tags.Where(t => declared.Contains(t.Axis)).Sum(t => t.Weight)) / all),
            (double)(amounts.Sum(a => a.Amount * (1 - a.Tags.Sum(t => t.Weight))) / all));
    }

    /// <summary>Concentration index C = 2·cov(amount, rank)/mean: above 0 where the better-off get more; ranks are (i − ½)/n, ties share theirs.</summary>
    /// <param name="places">Standing (wealth, least first) and amount of each place.</param>
    /// <returns><see langword="null"/> without places or money.</returns>
    public static double? ConcentrationIndex(IReadOnlyCollection<(double Standing, double Amount)> places)
    {
        ArgumentNullException.ThrowIfNull(places);
        var n = places.Count;
        if (n == 0 || places.Sum(p => p.Amount) == 0)
            return null;
        var mean = places.Average(p => p.Amount);
        double sum = 0;
        var at = 0;
        foreach (var group in places.GroupBy(p => p.Standing).OrderBy(g => g.Key))
        {
            var rank = (at + (group.Count() / 2.0)) / n;
            sum += group.Sum(p => (p.Amount - mean) * (rank - 0.5));
            at += group.Count();
        }

        return 2 * sum / n / mean;
    }
}
