using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Minka.Measures.Finance;

namespace Minka.Cli.Selfcheck;

/// <summary>Cases of <c>finance.json</c>: ex-ante evaluation and tranches. Where a case names no rate, 8 % holds, the general social rate of its sources.</summary>
static partial class FinanceKinds
{
    const string File = "finance";

    const double SocialRate = 0.08;

    public static readonly IReadOnlyList<CaseKind> All =
    [
        new(File, c => c.InputIsNumbers && c.Expected.ValueKind == JsonValueKind.Object, Flow),
        new(File, c => c.InputIsTable && c.Input.EnumerateArray().All(f => f.GetArrayLength() == 2 && f[0].ValueKind == JsonValueKind.String) && c.Expected.ValueKind == JsonValueKind.Object, DatedFlow),
        new(File, c => c.InputHas("capital", "om", "n", "r") && c.InputHasOnly("capital", "om", "n", "r"), Annuity),
        new(File, c => c.InputHas("benefits", "costs") && c.InputHasOnly("benefits", "costs", "beneficiaries", "jobs", "grant", "private", "public_local", "r"), Ratios),
        new(File, c => c.InputHas("grant", "match", "claims") && c.InputHasOnly("grant", "match", "claims", "retention", "kind_cap"), Tranches),
    ];

    [GeneratedRegex(@"^x?npv_?(?<rate>\d+(?:[._]\d+)?)(?:pct)?(?:_(?<style>t0_undiscounted|excel_style_first_at_t1))?$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex RateInName();

    static double Percent(Match name) => double.Parse(name.Groups["rate"].Value.Replace('_', '.'), CultureInfo.InvariantCulture) / 100;

    static object? Flow(KnownCase known)
    {
        var exact = known.Input.Moneys();
        double[] flows = [.. exact.Select(f => (double)f)];
        var answers = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["irr_all"] = known.Expects("irr_all") || known.Expects("irr") ? InternalRates.Of(exact).All : null,
            ["mirr"] = CashFlow.ModifiedRate(flows, SocialRate, SocialRate),
            ["payback"] = CashFlow.Payback(flows),
            ["discounted_payback"] = CashFlow.Payback(flows, SocialRate),
        };
        if (known.Expects("irr")) answers["irr"] = InternalRates.Of(exact).Rate;
        foreach (var name in known.Expected.EnumerateObject().Select(p => p.Name))
        {
            if (RateInName().Match(name) is { Success: true } match && match.Groups["style"].Success)
                answers[name] = match.Groups["style"].Value == "t0_undiscounted" ? CashFlow.PresentValue(flows, Percent(match)) : CashFlow.SpreadsheetValue(flows, Percent(match));
        }
        return answers;
    }

    static object? DatedFlow(KnownCase known)
    {
        List<(DateOnly, double)> flows = [.. known.Input.EnumerateArray().Select(f => (DateOnly.ParseExact(f[0].GetString()!, "yyyy-MM-dd", CultureInfo.InvariantCulture), f[1].Real()))];
        var rates = InternalRates.OfDated(flows);
        var answers = new Dictionary<string, object?>(StringComparer.Ordinal) { ["xirr"] = rates.Rate, ["xirr_all"] = rates.All };
        foreach (var name in known.Expected.EnumerateObject().Select(p => p.Name))
        {
            if (RateInName().Match(name) is { Success: true } match && !match.Groups["style"].Success) answers[name] = CashFlow.DatedPresentValue(flows, Percent(match));
        }
        return answers;
    }

    static object? Annuity(KnownCase known)
    {
        var cost = EquivalentAnnualCost.Of(known.Input.Real("capital"), known.Input.Real("om"), checked((int)known.Input.Whole("n")), known.Input.Real("r"));
        return new Dictionary<string, object?>(StringComparer.Ordinal) { ["crf"] = cost.RecoveryFactor, ["cost_pv"] = cost.PresentCost, ["cae"] = cost.Annual };
    }

    static object? Ratios(KnownCase known)
    {
        decimal Of(string name) => known.Input.TryGetProperty(name, out var value) ? value.Money() : 0;
        var rate = known.Input.TryGetProperty("r", out var told) ? told.Real() : SocialRate;
        var appraisal = BenefitCost.Of(known.Input.GetProperty("benefits").Reals(), known.Input.GetProperty("costs").Reals(), rate, (double)Of("beneficiaries"));
        var leverage = Leverage.Of(Of("grant"), Of("private"), Of("public_local"), Of("jobs"));
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["pv_b"] = appraisal.Benefits,
            ["pv_c"] = appraisal.Costs,
            ["bc"] = appraisal.BenefitCostRatio,
            ["van"] = appraisal.Net,
            ["cost_per_beneficiary"] = appraisal.CostPerBeneficiary,
            ["grant_per_job"] = leverage.GrantPerJob,
            ["leverage_private_per_grant"] = leverage.PrivatePerGrant,
            ["match_ratio"] = leverage.MatchPerGrant,
            ["grant_share"] = leverage.GrantShare,
        };
    }

    static object? Tranches(KnownCase known)
    {
        var claims = known.Input.GetProperty("claims").EnumerateArray()
            .Select(c => c.EnumerateObject().All(p => p.Name is "grant_exp" or "match_cash" or "match_kind" or "ineligible" or "final")
                ? new ExpenditureClaim(c.GetProperty("grant_exp").Money(), c.GetProperty("match_cash").Money(), c.GetProperty("match_kind").Money(), c.GetProperty("ineligible").Money(), c.GetProperty("final").Truth())
                : throw new CaseFails("a claim holds more than this version knows")).ToList();
        var retention = known.Input.TryGetProperty("retention", out var told) ? told.Money() : 0.10m;
        decimal? cap = known.Input.TryGetProperty("kind_cap", out var most) ? most.Money() : null;
        return PariPassu.Settle(known.Input.GetProperty("grant").Money(), known.Input.GetProperty("match").Money(), retention, claims, cap).Select(s => new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["cum_eligible"] = (double)s.Eligible,
            ["entitled"] = (double)s.Entitled,
            ["pay"] = (double)s.Pay,
            ["recover"] = (double)s.Recover,
            ["paid"] = (double)s.Paid,
        }).ToList();
    }
}
