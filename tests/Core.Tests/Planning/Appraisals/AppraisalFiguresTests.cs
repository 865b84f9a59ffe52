using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Appraisals;
using Minka.Core.Rules;
using Minka.Core.Tests.Planning.Panels;
using Minka.Measures.Finance;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Planning.Appraisals;

public sealed class AppraisalFiguresTests
{
    static CostLineContent Line(int year, long soles, FundingSource source = FundingSource.Fund) => new("Obra", null, source, year, Money.Soles(soles));

    static AppraisalYear Year(int year, long operation, long benefits) => new(year, Money.Soles(operation), Money.Soles(benefits));

    static readonly AppraisalInput Social = new() { Rate = RateKind.Social, SocialRate = "pe-social" };

    static ProjectContent Project(long cost, params CostLineContent[] lines) => PanelsTests.Project("P1", cost, lines: lines);

    /// <summary>Golden finance/bc_ratio_and_ce.</summary>
    [Fact]
    public void Figures_OfTheGolden_AreThose()
    {
        var project = Project(750_000, Line(2027, 450_000), Line(2027, 50_000, FundingSource.District), Line(2028, 130_000, FundingSource.District), Line(2028, 120_000, FundingSource.PrivateCash))
            with
        { BeneficiaryWomen = 1_000, BeneficiaryMen = 800 };
        var figures = AppraisalFigures.Of(project, Social with { Jobs = 45, Years = [.. Enumerable.Range(2029, 10).Select(y => Year(y, 40_000, 220_000))] })!;
        figures.Rate.ShouldBe(BasisPoints.Percent(8));
        figures.RateSource.ShouldContain("Anexo N.º 11");
        figures.Present.Benefits.ShouldBe(1366868.4331177012, 1e-6);
        figures.Present.Costs.ShouldBe(980003.0147756089, 1e-6);
        figures.Present.Net.ShouldBe(386865.4183420923, 1e-6);
        figures.Present.BenefitCostRatio!.Value.ShouldBe(1.3947594165622774, 1e-12);
        figures.Present.CostPerBeneficiary!.Value.ShouldBe(544.4461193197827, 1e-9);
        figures.Leverage.PrivatePerGrant!.Value.ShouldBe(0.26666666666666666, 1e-12);
        figures.Leverage.MatchPerGrant!.Value.ShouldBe(0.6666666666666666, 1e-12);
        figures.Leverage.GrantShare!.Value.ShouldBe(0.6, 1e-12);
        figures.Leverage.GrantPerJob!.Value.ShouldBe(10_000, 1e-9);
        figures.Flow.Count.ShouldBe(12);
        figures.Flow[0].ShouldBe(new FlowYear(2027, 0, Money.Soles(500_000), Money.Zero, Money.Zero));
        figures.Internal.Case.ShouldBe(InternalRateCase.Unique);
    }

    /// <summary>Golden finance/annuity_and_cae and finance/cashflow_simple.</summary>
    [Fact]
    public void AnnualCost_AndSimpleFlow_AreThoseOfTheGoldens()
    {
        var upkeep = AppraisalFigures.Of(Project(1_000_000, Line(2026, 1_000_000)), Social with { Years = [.. Enumerable.Range(2027, 10).Select(y => Year(y, 50_000, 0))] })!;
        upkeep.RecoveryFactor!.Value.ShouldBe(0.14902948869707533, 1e-12);
        upkeep.Present.Costs.ShouldBe(1335504.0699470723, 1e-6);
        upkeep.AnnualCost!.Value.ShouldBe(199029.4886970753, 1e-6);
        upkeep.Internal.Case.ShouldBe(InternalRateCase.DoesNotExist);
        var simple = AppraisalFigures.Of(Project(1_000, Line(2026, 1_000)), Social with { Years = [.. Enumerable.Range(2027, 5).Select(y => Year(y, 0, 300))] })!;
        simple.Present.Net.ShouldBe(197.81301112342553, 1e-9);
        simple.Internal.Rate!.Value.ShouldBe(0.15238237116630649, 1e-12);
        simple.Payback!.Value.ShouldBe(4.031159, 1e-6);
    }

    /// <summary>Goldens finance/cashflow_two_irr and finance/cashflow_no_irr: the page must say so.</summary>
    [Fact]
    public void InternalRate_NotUniqueOrNone_IsSaid()
    {
        var two = AppraisalFigures.Of(Project(232, Line(2026, 100), Line(2028, 132)), Social with { Years = [Year(2027, 0, 230)] })!;
        two.Internal.Case.ShouldBe(InternalRateCase.NotUnique);
        two.Checks.ShouldContain(r => r.Code == "appraisal.rate-not-unique" && r.Args[0]!.Equals(2));
        two.Present.Net.ShouldBe(-0.20576131687242594, 1e-9);
        var none = AppraisalFigures.Of(Project(200, Line(2027, 200)), Social with { Years = [Year(2026, 0, 100), Year(2028, 0, 150)] })!;
        none.Internal.Case.ShouldBe(InternalRateCase.DoesNotExist);
        none.Present.Net.ShouldBe(43.41563786008231, 1e-9);
    }

    [Fact]
    public void Checks_NameUpkeepHorizonAndCapacity()
    {
        var plan = Project(300_000, Line(2027, 200_000), Line(2028, 100_000)) with
        {
            More = new(null, ProjectStage.Profile, new SheetInput { Kind = ProjectKind.BusinessPlan, Upkeep = new("Cooperativa DEMO", Money.Soles(9_000), null) }),
        };
        var input = Social with { Years = [.. Enumerable.Range(2028, 4).Select(y => Year(y, 8_000, 90_000))], Executor = "Municipalidad DEMO", Executed = [new(2024, Money.Soles(100_000), "Consulta amigable"), new(2025, Money.Soles(140_000), "Consulta amigable")] };
        var checks = AppraisalFigures.Of(plan, input)!.Checks.ToDictionary(c => c.Code);
        (checks["appraisal.horizon"].Met, checks["appraisal.upkeep-paper"].Met, checks["appraisal.upkeep-short"].Met, checks["appraisal.capacity"].Met).ShouldBe((false, false, false, false));
        checks["appraisal.capacity"].Args.ShouldBe(["Municipalidad DEMO", Money.Soles(120_000), 2024, 2025, Money.Soles(200_000), 2027, new BasisPoints(16_667)]);
        var five = AppraisalFigures.Of(plan with { More = plan.More! with { Sheet = plan.More.Sheet with { Upkeep = new("Cooperativa DEMO", Money.Soles(8_000), "Acta 3") } } },
            input with { Years = [.. Enumerable.Range(2028, 5).Select(y => Year(y, 8_000, 90_000))], Executed = [new(2025, Money.Soles(200_000), "Consulta amigable")] })!.Checks;
        five.Where(c => c.Code is "appraisal.horizon" or "appraisal.upkeep" or "appraisal.capacity").ShouldAllBe(c => c.Met == true);
        AppraisalFigures.Of(Project(5), Social).ShouldBeNull();
        AppraisalFigures.Of(Project(100, Line(2027, 60)), Social)!.Checks.ShouldContain(r => r.Code == "appraisal.gap" && r.Args[0]!.Equals(Money.Soles(40)));
    }

    [Fact]
    public void Programme_AddsUpAtEachOwnRate_AndTheSameSeedGivesTheSameFigures()
    {
        FlowRange[] ranges = [new(FlowKind.Investment, BasisPoints.Percent(90), BasisPoints.Percent(130), null), new(FlowKind.Benefits, BasisPoints.Percent(60), BasisPoints.Percent(110), "Precios 2019–2025")];
        var one = Project(1_000, Line(2026, 1_000)) with { Id = new(new Guid("01900000-0000-7000-8000-0000000000a1")), BeneficiaryWomen = 0, BeneficiaryMen = 0 };
        var two = one with { Id = new(new Guid("01900000-0000-7000-8000-0000000000a2")), Code = "P2" };
        var none = one with { Id = new(new Guid("01900000-0000-7000-8000-0000000000a3")), Code = "P3" };
        var social = Social with { Years = [.. Enumerable.Range(2027, 5).Select(y => Year(y, 0, 300))], Ranges = ranges };
        var owners = social with { Rate = RateKind.Private, SocialRate = null, PrivateRate = BasisPoints.Percent(12), PrivateSource = "Préstamo agrario" };
        var all = ProgrammeAppraisal.Of(PanelsTests.Programme(one, two, none), new Dictionary<ProjectId, AppraisalInput> { [one.Id] = social, [two.Id] = owners });
        all.Missing.ShouldBe(["P3"]);
        all.NetSocial.ShouldNotBeNull().ShouldBe(197.81301112342553, 1e-9);
        all.NetPrivate.ShouldNotBeNull().ShouldBe(CashFlow.PresentValue([-1000, 300, 300, 300, 300, 300], 0.12), 1e-9);
        all.Net.ShouldBe(all.NetSocial.Value + all.NetPrivate.Value, 1e-9);
        all.Projects[0].Figures!.Present.CostPerBeneficiary.ShouldBeNull();

        // The bar of one part is what the whole becomes with it alone at its ends.
        var benefits = all.Doubts.Single(d => d.Project == "P1" && d.Part == FlowKind.Benefits);
        benefits.Bar.AtLow.ShouldBe(all.Net - 0.4 * (197.81301112342553 + 1000), 1e-9);
        benefits.Bar.AtHigh.ShouldBe(all.Net + 0.1 * (197.81301112342553 + 1000), 1e-9);
        all.Doubts.Select(d => d.Bar.Swing).ShouldBeInOrder(SortDirection.Descending);

        var (first, again, other) = (all.Simulate(7)!, all.Simulate(7)!, all.Simulate(8)!);
        first.Programme.ShouldBe(again.Programme);
        first.Programme.ShouldNotBe(other.Programme);
        (first.Seed, first.Draws).ShouldBe((7, ProgrammeAppraisal.Draws));
        first.Programme.P5.ShouldBeLessThan(first.Programme.P50);
        ProgrammeAppraisal.Of(PanelsTests.Programme(one), new Dictionary<ProjectId, AppraisalInput> { [one.Id] = social with { Ranges = [] } }).Simulate(1).ShouldBeNull();
    }

    [Fact]
    public void Rates_AreReferenceDataWithTheirSource()
    {
        DiscountRates.Current.ShouldSatisfyAllConditions(r => r.RateBp.ShouldBe(800), r => r.Source.ShouldContain("001-2019-EF/63.01"), r => r.Confidence.ShouldBe(Confidence.Seen));
        DiscountRates.Find("pe-social-snip")!.Source.ShouldBe("sin fuente");
        DiscountRates.All.Select(r => r.Code).Distinct().Count().ShouldBe(DiscountRates.All.Count);
    }
}
