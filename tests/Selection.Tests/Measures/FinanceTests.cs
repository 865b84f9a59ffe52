using Minka.Measures.Finance;

namespace Minka.Selection.Tests.Measures;

public sealed class FinanceTests
{
    // goldens/methods/finance.json.
    [Fact]
    public void CashFlow_KnownFlow_YearZeroIsNotDiscounted()
    {
        double[] flow = [-1000, 300, 300, 300, 300, 300];
        CashFlow.PresentValue(flow, 0.08).ShouldBe(197.81301112342553, 1e-9);
        CashFlow.SpreadsheetValue(flow, 0.08).ShouldBe(183.16019548465326, 1e-9);
        CashFlow.ModifiedRate(flow, 0.08, 0.08)!.Value.ShouldBe(0.11969969713625517, 1e-12);
        CashFlow.Payback(flow)!.Value.ShouldBe(10.0 / 3, 1e-12);
        CashFlow.Payback(flow, 0.08)!.Value.ShouldBe(4.031159296, 1e-9);
        CashFlow.PresentValue(flow, [0.08]).ShouldBe(CashFlow.PresentValue(flow, 0.08), 1e-9);
        CashFlow.PresentValue([0, 0, 121], [0.1, 0.1, 0.05]).ShouldBe(100, 1e-9);
        CashFlow.Payback([-10, 1]).ShouldBeNull();
        CashFlow.ModifiedRate([10, 10], 0.08, 0.08).ShouldBeNull();
        Should.Throw<ArgumentOutOfRangeException>(() => CashFlow.PresentValue(flow, -1));
    }

    [Fact]
    public void InternalRates_UniqueSeveralNone_AreTold()
    {
        var unique = InternalRates.Of([-1000, 300, 300, 300, 300, 300]);
        unique.Rate!.Value.ShouldBe(0.15238237116630649, 1e-14);
        var several = InternalRates.Of([-100, 230, -132]);
        (several.Case, several.Rate).ShouldBe((InternalRateCase.NotUnique, null));
        several.All.Select(r => Math.Round(r, 12)).ShouldBe([0.1, 0.2]);
        InternalRates.Of([100, -200, 150]).Case.ShouldBe(InternalRateCase.DoesNotExist);
        InternalRates.Of([100, 200]).Case.ShouldBe(InternalRateCase.DoesNotExist);
        InternalRates.Of([]).Case.ShouldBe(InternalRateCase.DoesNotExist);
        InternalRates.Of([-9_999_999_999.99m, 10_999_999_999.989m]).Rate!.Value.ShouldBe(0.1, 1e-14);
        InternalRates.Of([0, -100, 110, 0]).Rate!.Value.ShouldBe(0.1, 1e-14);
    }

    [Fact]
    public void InternalRates_ValueThatOnlyTouchesZero_IsFoundOnce()
    {
        InternalRates.Of([100, -200, 100]).All.ShouldBe([0]);
        InternalRates.Of([100, -220, 121]).Rate!.Value.ShouldBe(0.1, 1e-14);
        // (x − 1)²(x − ½) and (x − 1)(x − ½)²: rates 0 and 1.
        InternalRates.Of([-1, 4, -5, 2]).All.ShouldBe([0, 1]);
        InternalRates.Of([-1, 5, -8, 4]).All.ShouldBe([0, 1]);
    }

    [Fact]
    public void InternalRates_ProductsOfChosenRates_AreAllFound()
    {
        var draws = new Sequence(5);
        for (var round = 0; round < 60; round++)
        {
            // Π (1 − x·(1 + r)) has exactly the chosen rates.
            double[] rates = [.. Enumerable.Range(0, 1 + (int)draws.Next(5)).Select(_ => (draws.Next(300) - 80) / 100.0).Distinct().Order()];
            decimal[] p = [1];
            foreach (var r in rates)
            {
                var next = new decimal[p.Length + 1];
                for (var i = 0; i < p.Length; i++)
                {
                    next[i] += p[i];
                    next[i + 1] -= p[i] * (1 + (decimal)r);
                }

                p = next;
            }

            var found = InternalRates.Of(p);
            found.All.Count.ShouldBe(rates.Length);
            found.All.Zip(rates).ShouldAllBe(z => Math.Abs(z.First - z.Second) < 1e-12);
        }
    }

    // goldens/methods/finance.json, xnpv_xirr_excel_doc: the example of the Microsoft documentation.
    [Fact]
    public void DatedFlows_PublishedExample_Agree()
    {
        List<(DateOnly, double)> flows = [(new(2008, 1, 1), -10000), (new(2008, 3, 1), 2750), (new(2008, 10, 30), 4250), (new(2009, 2, 15), 3250), (new(2009, 4, 1), 2750)];
        CashFlow.DatedPresentValue(flows, 0.09).ShouldBe(2086.647602031535, 1e-9);
        InternalRates.OfDated(flows).Rate!.Value.ShouldBe(0.37336253351883136, 1e-12);
        InternalRates.OfDated([(new(2008, 1, 1), 1), (new(2009, 1, 1), 1)]).Case.ShouldBe(InternalRateCase.DoesNotExist);
        Should.Throw<ArgumentException>(() => CashFlow.DatedPresentValue([(new(2008, 1, 2), 1), (new(2008, 1, 1), 1)], 0.09));
    }

    [Fact]
    public void Appraisal_KnownCases_Agree()
    {
        var cost = EquivalentAnnualCost.Of(1_000_000, 50_000, 10, 0.08);
        cost.PresentCost.ShouldBe(1335504.0699470723, 1e-6);
        cost.Annual.ShouldBe(199029.4886970753, 1e-6);
        EquivalentAnnualCost.Of(1000, 0, 4, 0).Annual.ShouldBe(250);
        var none = BenefitCost.Of([], [], 0.08, 0);
        (none.BenefitCostRatio, none.CostPerBeneficiary).ShouldBe((null, null));
        Leverage.Of(450_000, 120_000, 180_000, 45).ShouldBe(new Leverage((double)(120m / 450), (double)(300m / 450), 0.6, 10_000));
        Leverage.Of(0, 0, 0, 0).ShouldBe(new Leverage(null, null, null, null));
    }

    [Fact]
    public void PariPassu_KnownClaims_PayRetainAndRecover()
    {
        var claims = new ExpenditureClaim[] { new(100_000, 40_000, 20_000, 0, false), new(200_000, 60_000, 30_000, 10_000, false), new(150_000, 80_000, 40_000, 30_000, true) };
        var settled = PariPassu.Settle(450_000, 300_000, 0.1m, claims);
        settled.Select(s => s.Pay).ShouldBe([96_000, 168_000, 144_000]);
        settled[^1].ShouldBe(new ClaimSettlement(680_000, 408_000, 144_000, 0, 408_000));
        // What is found ineligible later is recovered; kind counts up to its cap; before the end no more than 90 %.
        PariPassu.Settle(600, 400, 0.1m, [new(100, 0, 0, 0, false), new(0, 0, 0, 50, false)]).Select(s => (s.Pay, s.Recover, s.Paid)).ShouldBe([(60, 0, 60), (0, 30, 30)]);
        PariPassu.Settle(600, 400, 0.1m, [new(0, 0, 100, 0, false)], inKindCap: 40)[0].Eligible.ShouldBe(40);
        PariPassu.Settle(600, 400, 0.1m, [new(600, 400, 0, 0, false), new(0, 0, 0, 0, true)]).Select(s => s.Pay).ShouldBe([540, 60]);
        Should.Throw<ArgumentException>(() => PariPassu.Settle(600, 400, 0.1m, [new(0, 0, 0, 0, true), new(0, 0, 0, 0, true)]));
    }

    [Fact]
    public void Tornado_TwoFactors_LongestBarFirstAndSwitchingValues()
    {
        UncertainProject[] projects = [new("a", [new([-1000], "cost"), new([0, 1500], "benefit"), new([10], null)])];
        var bars = Uncertainty.Tornado(projects, [new("cost", 0.9, 1, 1.2), new("benefit", 0.5, 1, 1.1)], 0);
        bars.Select(b => b.Factor).ShouldBe(["benefit", "cost"]);
        (bars[0].AtLow, bars[0].AtHigh).ShouldBe((-240, 660), 1e-9);
        bars[0].SwitchAt!.Value.ShouldBe(0.66, 1e-12);
        bars[1].SwitchAt!.Value.ShouldBe(1.51, 1e-12);
        Should.Throw<ArgumentException>(() => Uncertainty.Tornado(projects, [new("cost", 0.9, 1, 1.2)], 0));
        Should.Throw<ArgumentException>(() => Uncertainty.Tornado(projects, [new("cost", 1.1, 1, 1.2), new("benefit", 1, 1, 1)], 0));
    }

    [Fact]
    public void Simulate_OneTriangle_HasItsMomentsAndRepeats()
    {
        UncertainProject[] projects = [new("a", [new([0, 110], "x"), new([-100], null)]), new("b", [new([50], null)])];
        UncertainFactor[] factors = [new("x", 0.5, 1, 1.2)];
        var run = Uncertainty.Simulate(projects, factors, 0.1, 40_000, 9);
        // A triangle's mean is (a + b + c)/3, its variance (a² + b² + c² − ab − ac − bc)/18.
        run.Projects["a"].Mean.ShouldBe(-10, 0.3);
        run.Projects["a"].Deviation.ShouldBe(100 * Math.Sqrt((0.25 + 1 + 1.44 - 0.5 - 0.6 - 1.2) / 18), 0.2);
        run.Projects["b"].ShouldBe(new ValueDistribution(50, 0, 50, 50, 50, 1));
        run.Programme.Mean.ShouldBe(run.Projects["a"].Mean + 50, 1e-9);
        // P(x > 1) = (1.2 − 1)/(1.2 − 0.5).
        run.Projects["a"].Positive.ShouldBe(0.2 / 0.7, 0.01);
        Uncertainty.Simulate(projects, factors, 0.1, 40_000, 9).Programme.ShouldBe(run.Programme);
        Uncertainty.Simulate(projects, factors, 0.1, 40_000, 10).Programme.ShouldNotBe(run.Programme);
    }
}

internal static class Tuples
{
    public static void ShouldBe(this (double A, double B) found, (double A, double B) expected, double tolerance)
    {
        found.A.ShouldBe(expected.A, tolerance);
        found.B.ShouldBe(expected.B, tolerance);
    }
}
