using Minka.Core.Kernel;
using Minka.Core.Rules;
using Minka.Measures.Finance;

namespace Minka.Core.Planning.Appraisals;

/// <summary>One year of a project's flow. The investment is that of its cost lines, whoever pays.</summary>
/// <param name="T">Years after the first, which is not discounted.</param>
public sealed record FlowYear(int Year, int T, Money Investment, Money Operation, Money Benefits)
{
    public Money Cost => Investment + Operation;

    public Money Net => Benefits - Cost;
}

/// <summary>
/// What an ex-ante evaluation says of a project, each figure from the same flow: soles by year, the first year undiscounted. A ratio over nothing
/// is null. Formulas: <see cref="CashFlow"/>, <see cref="InternalRates"/>, <see cref="BenefitCost"/>.
/// </summary>
public sealed record AppraisalFigures
{
    /// <summary>Every year from the first that has money to the last.</summary>
    public required IReadOnlyList<FlowYear> Flow { get; init; }
    public required RateKind Kind { get; init; }
    public required BasisPoints Rate { get; init; }

    /// <summary>The norm of a social rate, or what the owners said of theirs.</summary>
    public required string RateSource { get; init; }
    public required BenefitCost Present { get; init; }
    public required InternalRates Internal { get; init; }

    /// <summary>CAE: the present cost spread evenly over the years after the first; null with one year.</summary>
    public required double? AnnualCost { get; init; }
    public required double? RecoveryFactor { get; init; }
    public required double? Payback { get; init; }
    public required Leverage Leverage { get; init; }
    public required int Jobs { get; init; }

    /// <summary>What is met, what is not, and what nobody told.</summary>
    public required IReadOnlyList<Reason> Checks { get; init; }

    /// <returns>Null where the project has no money in any year: there is nothing to value.</returns>
    public static AppraisalFigures? Of(ProjectContent project, AppraisalInput input)
    {
        var years = project.Lines.Select(l => l.Year).Concat(input.Years.Select(y => y.Year)).ToList();
        if (years.Count == 0) return null;
        var first = years.Min();
        List<FlowYear> flow = [.. Enumerable.Range(first, Math.Min(years.Max() - first + 1, InternalRates.MostYears)).Select(year =>
        {
            var typed = input.Years.FirstOrDefault(y => y.Year == year);
            return new FlowYear(year, year - first, project.Lines.Where(l => l.Year == year).SumMoney(l => l.Amount), typed?.Operation ?? Money.Zero, typed?.Benefits ?? Money.Zero);
        })];
        var (rate, source) = RateOf(input);
        var r = rate.Value / 10_000.0;
        var people = (double)project.BeneficiaryWomen + project.BeneficiaryMen;
        var present = BenefitCost.Of([.. flow.Select(y => Soles(y.Benefits))], [.. flow.Select(y => Soles(y.Cost))], r, people);
        var factor = flow.Count < 2 ? (double?)null : CashFlow.RecoveryFactor(r, flow.Count - 1);
        var table = FundingTable.Of([project]);
        var ofPrivate = table.OfSource(FundingSource.PrivateCash) + table.OfSource(FundingSource.PrivateInKind);
        var fund = table.OfSource(FundingSource.Fund);
        var figures = new AppraisalFigures
        {
            Flow = flow,
            Kind = input.Rate,
            Rate = rate,
            RateSource = source,
            Present = present,
            Internal = InternalRates.Of([.. flow.Select(y => y.Net.Minor / 100m)]),
            RecoveryFactor = factor,
            AnnualCost = factor * present.Costs,
            Payback = CashFlow.Payback([.. flow.Select(y => Soles(y.Net))], r),
            Leverage = Leverage.Of(fund.Minor / 100m, ofPrivate.Minor / 100m, (table.Total - fund - ofPrivate).Minor / 100m, input.Jobs),
            Jobs = input.Jobs,
            Checks = [],
        };
        return figures with { Checks = ChecksOf(project, input, figures) };
    }

    public static (BasisPoints Rate, string Source) RateOf(AppraisalInput input) =>
        input.Rate == RateKind.Private ? (input.PrivateRate ?? default, input.PrivateSource ?? "") : DiscountRates.Find(input.SocialRate) is { } rate ? (rate.Rate, rate.Source) : (DiscountRates.Current.Rate, DiscountRates.Current.Source);

    static double Soles(Money amount) => amount.Minor / 100.0;

    static List<Reason> ChecksOf(ProjectContent project, AppraisalInput input, AppraisalFigures figures)
    {
        var sheet = project.More?.Sheet;
        var checks = new List<Reason>();
        if (project.Gap() is { IsZero: false } gap) checks.Add(Reason.Fails("appraisal.gap", gap.IsPositive ? gap : -gap));
        if (figures.Flow.Any(y => y.Benefits.IsPositive)) checks.Add(new(figures.Present.Net >= 0 ? "appraisal.worth" : "appraisal.not-worth", figures.Present.Net >= 0, figures.Rate));
        else checks.Add(Reason.Note("appraisal.no-benefits"));
        checks.Add(figures.Internal.Case switch
        {
            InternalRateCase.Unique => Reason.Ok("appraisal.rate-unique"),
            InternalRateCase.NotUnique => Reason.Note("appraisal.rate-not-unique", figures.Internal.All.Count),
            _ => Reason.Note("appraisal.rate-none"),
        });
        if (sheet?.Kind == ProjectKind.BusinessPlan)
            checks.Add(new("appraisal.horizon", figures.Flow.Count(y => y.Operation.IsPositive || y.Benefits.IsPositive) >= Appraisal.BusinessPlanYears, figures.Flow.Count(y => y.Operation.IsPositive || y.Benefits.IsPositive), Appraisal.BusinessPlanYears));
        checks.Add(sheet?.Upkeep switch
        {
            null => Reason.Fails("appraisal.upkeep-missing"),
            { Commitment: null } upkeep => Reason.Fails("appraisal.upkeep-paper", upkeep.Who),
            var upkeep => Reason.Ok("appraisal.upkeep", upkeep.Who, upkeep.Commitment),
        });
        if (sheet?.Upkeep?.YearlyCost is { } yearly && figures.Flow.Where(y => y.Operation.IsPositive).ToList() is { Count: > 0 } run && run.Min(y => y.Operation) is var least && least < yearly)
            checks.Add(Reason.Fails("appraisal.upkeep-short", least, yearly));
        checks.Add(Capacity(project, input));
        return checks;
    }

    /// <summary>Our own reading: what one year of the project asks, against the mean of what the executor spent in the years told.</summary>
    static Reason Capacity(ProjectContent project, AppraisalInput input)
    {
        if (input.Executor is null || input.Executed.Count == 0) return Reason.Fails("appraisal.capacity-untold");
        if (project.Lines.Count == 0) return Reason.Note("appraisal.capacity-no-lines", input.Executor);
        var peak = project.Lines.GroupBy(l => l.Year).Select(g => (Year: g.Key, Amount: g.SumMoney(l => l.Amount))).OrderByDescending(y => y.Amount).ThenBy(y => y.Year).First();
        var mean = input.Executed.SumMoney(y => y.Amount).Split([.. Enumerable.Repeat(1L, input.Executed.Count)])[0];
        return new("appraisal.capacity", peak.Amount <= mean, input.Executor, mean, input.Executed[0].Year, input.Executed[^1].Year, peak.Amount, peak.Year, peak.Amount.ShareOf(mean));
    }
}
