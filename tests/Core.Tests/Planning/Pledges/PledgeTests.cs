using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Pledges;
using Minka.Core.Rules;
using Minka.Core.Tests.Planning.Panels;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Planning.Pledges;

public sealed class PledgeTests
{
    static readonly Programme Programme = Programme.Start(new(new Guid("01900000-0000-7000-8000-0000000000b1")), new EntityId(new Guid("01900000-0000-7000-8000-0000000000b2")), "x",
        new() { StrategyId = new(Guid.Empty), Title = "t", Objective = "o" });

    static readonly PledgeInput Soles = new() { Partner = "Municipalidad DEMO", Source = FundingSource.District, Year = 2027, Currency = PledgeCurrency.Pen, Amount = 50_000_00 };
    static readonly PledgeInput Dollars = Soles with { Partner = "Cooperación DEMO", Source = FundingSource.Cooperation, Currency = PledgeCurrency.Usd, Amount = 10_000_01, Exchange = new(3_752_500, new(2026, 11, 20), "SBS, venta") };
    static readonly PledgeDocument Letter = new(PledgePaper.Letter, "Carta 12-2026", new(2026, 11, 2), default, Digest.Of("carta"), "carta.pdf");
    static readonly PledgeValue Value = new(Money.Soles(45_000), "Tres cotizaciones", "Agencia agraria", new(2026, 11, 20));

    static Pledge Make(PledgeInput input) => Pledge.Make(new(new Guid("01900000-0000-7000-8000-0000000000b3")), Programme, input);

    static Pledge In(PledgeState state)
    {
        var pledge = Make(Soles);
        if (state >= PledgeState.Documented) pledge.Prove(Letter);
        if (state == PledgeState.Valued) pledge.Appraise(Value);
        if (state == PledgeState.Withdrawn) pledge.Withdraw("ya no");
        pledge.State.ShouldBe(state);
        return pledge;
    }

    /// <summary>Every pair of state and verb: those in the table go on, all others are refused and change nothing.</summary>
    [Fact]
    public void Verbs_OutsideTheTable_AreRefused()
    {
        var verbs = new Dictionary<string, Action<Pledge>>
        {
            ["change"] = p => p.Change(Soles with { Amount = 1 }),
            ["document"] = p => p.Prove(Letter),
            ["value"] = p => p.Appraise(Value),
            ["withdraw"] = p => p.Withdraw("ya no"),
        };
        Pledge.Table.Rows.Select(r => r.Verb).Distinct().ShouldBe(verbs.Keys, ignoreOrder: true);
        foreach (var state in Enum.GetValues<PledgeState>())
        {
            foreach (var (verb, act) in verbs)
            {
                var pledge = In(state);
                if (Pledge.Table.May(state, verb))
                {
                    act(pledge);
                    pledge.State.ShouldBe(Pledge.Table.Next(state, verb), $"{state} {verb}");
                    continue;
                }
                var before = (pledge.State, pledge.Amount, pledge.Document, pledge.Value, pledge.WithdrawnWhy);
                Should.Throw<RuleBroken>(() => act(pledge), $"{state} {verb}").Code.ShouldBe("state.forbidden");
                (pledge.State, pledge.Amount, pledge.Document, pledge.Value, pledge.WithdrawnWhy).ShouldBe(before);
            }
        }
    }

    [Fact]
    public void Currencies_AreNeverMixed()
    {
        Make(Dollars).Promised().ShouldBe(new Money(37_525_04));
        Should.Throw<RuleBroken>(() => Make(Dollars with { Exchange = null })).Code.ShouldBe(PledgeRules.RateMissing);
        Should.Throw<RuleBroken>(() => Make(Soles with { Exchange = Dollars.Exchange })).Code.ShouldBe(PledgeRules.RateMissing);
        Should.Throw<RuleBroken>(() => Make(Dollars with { Exchange = Dollars.Exchange! with { Rate = 0 } })).Code.ShouldBe(PledgeRules.RateRange);
        Should.Throw<RuleBroken>(() => Make(Dollars with { Exchange = Dollars.Exchange! with { Source = " " } })).Code.ShouldBe(PlanningRules.TextMissing);
    }

    [Fact]
    public void Refusals_OfPledgesThatAreNone()
    {
        Should.Throw<RuleBroken>(() => Make(Soles with { Source = FundingSource.Fund })).Code.ShouldBe(PledgeRules.FundPledgesNothing);
        Should.Throw<RuleBroken>(() => Make(Soles with { Amount = -1 })).Code.ShouldBe(PlanningRules.AmountNotPositive);
        Should.Throw<RuleBroken>(() => Make(Soles with { Year = 27 })).Code.ShouldBe(PlanningRules.YearOutOfRange);
        Should.Throw<RuleBroken>(() => Make(Dollars).Prove(Letter with { Kind = PledgePaper.BudgetCertificate })).Code.ShouldBe(PledgeRules.PaperOfPublicMoney);
        Make(Soles).ShouldSatisfyAllConditions(p => p.Prove(Letter with { Kind = PledgePaper.BudgetForecast }), p => p.State.ShouldBe(PledgeState.Documented));
    }

    [Fact]
    public void Totals_CountWhatIsAtLeastSoFar_AndTheNeedFallsStepByStep()
    {
        CostLineContent[] lines = [new("a", null, FundingSource.Fund, 2027, Money.Soles(100_000)), new("b", null, FundingSource.District, 2027, Money.Soles(60_000)), new("c", null, FundingSource.Cooperation, 2028, Money.Soles(40_000))];
        var funding = FundingTable.Of([PanelsTests.Project("P1", 200_000, lines: lines)]);
        var withdrawn = In(PledgeState.Withdrawn);
        var totals = PledgeTotals.Of(funding, [In(PledgeState.Valued), Make(Dollars), withdrawn]);
        totals.Rows.Select(r => (r.Source, r.Planned, r.Pledged, r.Documented, r.Valued)).ShouldBe([
            (FundingSource.District, Money.Soles(60_000), Money.Soles(45_000), Money.Soles(45_000), Money.Soles(45_000)),
            (FundingSource.Cooperation, Money.Soles(40_000), new Money(37_525_04), Money.Zero, Money.Zero)]);
        totals.Rows[0].Open.ShouldBe(Money.Soles(15_000));
        totals.Rows.ShouldAllBe(r => r.Unplanned == Money.Zero);
        PledgeTotals.Of(FundingTable.Of([PanelsTests.Project("P1", 200_000, lines: lines[..2])]), [In(PledgeState.Valued), Make(Dollars), In(PledgeState.Pledged)]).Rows
            .ShouldContain(r => r.Source == FundingSource.Cooperation && r.Planned == Money.Zero && r.Unplanned == new Money(37_525_04));
        totals.Against(Money.Soles(60_000)).ShouldBe(new MatchNeed(Money.Soles(60_000), Money.Zero, Money.Zero, Money.Soles(15_000), Money.Soles(15_000)));
    }
}
