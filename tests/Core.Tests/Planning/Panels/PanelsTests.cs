using FsCheck;
using FsCheck.Fluent;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Panels;
using Minka.Core.Rules;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Planning.Panels;

public sealed class PanelsTests
{
    static readonly PlanningLimits Limits = new(3, 2, BasisPoints.Percent(10), Money.Soles(100_000), BasisPoints.Percent(40));

    internal static ProjectContent Project(string code, long soles, string? axis = "E1", string? chain = null, string[]? places = null, string[]? after = null, string? conglomerate = null, string? title = null,
        string[]? organisations = null, params IReadOnlyList<CostLineContent> lines) => new()
        {
            Id = new(Guid.Empty),
            Code = code,
            Title = title ?? $"Obra {code}",
            Problem = "p",
            Objective = "o",
            Axis = axis,
            Chain = chain,
            Conglomerate = conglomerate,
            Places = places ?? ["060501"],
            BeneficiaryWomen = 10,
            BeneficiaryMen = 8,
            Organisations = organisations ?? [],
            After = after ?? [],
            PlannedCost = Money.Soles(soles),
            Lines = lines,
        };

    internal static ProgrammeContent Programme(params ProjectContent[] projects) => new()
    {
        Id = new(Guid.Empty),
        EntityId = new(Guid.Empty),
        Title = "t",
        Objective = "o",
        Strategy = new StrategyContent
        {
            Id = new(Guid.Empty),
            Number = 1,
            Title = "t",
            Vision = "v",
            YearFrom = 2026,
            YearTo = 2030,
            Axes = [.. new[] { "E1", "E2" }.Select(c => new AxisContent(new(Guid.Empty), c, $"Eje {c}", "o", "i", "b", "t", 2030, "s"))],
        },
        Projects = projects,
    };

    static IReadOnlyList<ProgrammeAdvice> Advice(params ProjectContent[] projects) => ProgrammePanels.Of(Programme(projects), Limits).Advice;

    [Fact]
    public void Alone_IsNamedWithItsShareOfTheMoney_AndWhatWouldTieIt()
    {
        var advice = Advice(Project("P1", 300_000), Project("P2", 300_000, places: ["060502"]), Project("P3", 400_000, axis: "E2", places: ["080101"]));
        advice.Select(a => a.Kind).ShouldBe([AdviceKind.Tie, AdviceKind.Alone]);
        advice[0].Words.Args.ShouldBe(["P3 Obra P3", "P1 Obra P1", new BasisPoints(4_000), new BasisPoints(0)]);
        advice[1].Words.Args.ShouldBe(["P3 Obra P3", new BasisPoints(4_000)]);
        advice[1].Before.LinkedPairs.ShouldBe(1.0 / 3);
        advice[1].After!.LinkedPairs.ShouldBe(1);
        advice[1].After!.IsolatedShare.ShouldBe(0);
    }

    [Fact]
    public void OffAxis_GoesWhereItsChainIs_ThenWhereItsPlacesAre()
    {
        var advice = Advice(
            Project("P1", 900_000, axis: "E1", places: ["060501"]), Project("P2", 300_000, axis: "E2", chain: "Tara", places: ["060502"]),
            Project("P3", 60_000, axis: null, chain: "tara", places: ["060501"]), Project("P4", 40_000, axis: null, places: ["060502"]));
        advice.Where(a => a.Kind == AdviceKind.Axis).Select(a => (a.Projects[0], a.Words.Args[1])).ShouldBe([("P3", "Eje E2"), ("P4", "Eje E2")]);
        advice.First(a => a.Kind == AdviceKind.Axis).ShouldSatisfyAllConditions(a => a.Before.OffAxisShare!.Value.ShouldBe(100.0 / 1300, 1e-12), a => a.After!.OffAxisShare!.Value.ShouldBe(40.0 / 1300, 1e-12));
    }

    [Fact]
    public void Bundle_BySharedChainOrByTheWordOfTheirTitles_TellsTheFiguresThatItsTrialGave()
    {
        var programme = Programme(
            Project("P1", 90_000, axis: null, title: "Riego de La Mascota", places: ["060501"]), Project("P2", 80_000, axis: null, title: "Mejoramiento del riego Chapolán", places: ["060502"]),
            Project("P3", 70_000, axis: null, title: "Riego Catán", places: ["060503"]), Project("P4", 60_000, axis: null, title: "Perfil de riego Cholol", places: ["060504"]),
            Project("P5", 500_000, axis: null, title: "Plaza", places: ["060601"]));
        var panels = ProgrammePanels.Of(programme, Limits);
        var bundle = panels.Advice.Single(a => a.Kind == AdviceKind.Bundle);
        bundle.Projects.ShouldBe(["P1", "P2", "P3", "P4"]);
        bundle.Words.Code.ShouldBe("advice.bundle-word");
        bundle.Words.Args.ShouldBe([4, "riego", "0605", "P1, P2, P3, P4", Money.Soles(300_000), 5, 2, new BasisPoints(0), new BasisPoints(0), new BasisPoints(10_000), new BasisPoints(10_000)]);
        (bundle.Before.Small, bundle.After!.Small).ShouldBe((4, 0));
        var one = ProgrammeAdvice.AsOne(programme.Projects, HistoricalTests.Candidates(programme).Single());
        one.Select(p => (p.Code, p.PlannedCost, p.Places.Count)).ShouldBe([("P5", Money.Soles(500_000), 1), ("P1", Money.Soles(300_000), 4)]);
        HistoricalTests.Candidates(Programme([.. programme.Projects.Select(p => p with { Chain = "fruta" })])).Single().ShouldSatisfyAllConditions(c => c.Chain.ShouldBe("fruta"), c => c.Word.ShouldBeNull());
    }

    [Fact]
    public void AsOne_KeepsWhatComesBeforeAndAfter()
    {
        var projects = new[]
        {
            Project("P1", 10, chain: "x"), Project("P2", 20, chain: "x", after: ["P1", "P5"]), Project("P3", 30, chain: "x"), Project("P4", 40, after: ["P2", "P3"], places: ["080101"]), Project("P5", 50, places: ["080101"]),
        };
        var one = ProgrammeAdvice.AsOne(projects, HistoricalTests.Candidates(Programme(projects)).Single());
        one.Single(p => p.Code == "P4").After.ShouldBe(["P1"]);
        one.Single(p => p.Code == "P1").After.ShouldBe(["P5"]);
    }

    [Fact]
    public void Chains_AreOneHoweverWritten_AndAddUp()
    {
        var chains = ProgrammePanels.Of(Programme(Project("P1", 100, chain: "Café", organisations: ["La Flor"]), Project("P2", 300, axis: "E2", chain: "cafe", places: ["060502"], organisations: ["la flor"]), Project("P3", 600, axis: null)), Limits).Chains;
        chains.Select(c => (c.Chain, c.Amount, c.Districts, c.Organisations)).ShouldBe([("Café", Money.Soles(400), 2, 1), (null, Money.Soles(600), 1, 0)]);
        chains[0].Axes.ShouldBe(["E1", "E2"]);
        chains.Sum(c => c.Share!.Value.Value).ShouldBe(10_000);
    }

    [Fact]
    public void Figures_TheirQuotientIsTheirValue_AndTheGoldenIsReproduced()
    {
        // Golden cohesion/pairs4: S = .75, .25, 0, .5, 0, 0 with other weights; here the fifths, computed by hand: P1–P2 axis and place, P1–P3 axis.
        var panels = ProgrammePanels.Of(Programme(Project("P1", 100), Project("P2", 300), Project("P3", 200, places: ["060502"]), Project("P4", 400, axis: null, places: ["080101"])), Limits);
        var figures = panels.Figures.ToDictionary(f => f.Code);
        figures["linked-pairs"].ShouldSatisfyAllConditions(f => f.Part.ShouldBe(3), f => f.Whole.ShouldBe(6), f => f.Value.ShouldBe(0.5));
        figures["strength"].Part!.Value.ShouldBe(100 * 300 * 0.4 + 100 * 200 * 0.2 + 300 * 200 * 0.2, 1e-9);
        figures["isolated"].Value.ShouldBe(0.4);
        foreach (var f in panels.Figures.Where(f => f is { Part: not null, Whole: > 0 })) f.Value!.Value.ShouldBe(f.Part!.Value / f.Whole!.Value, 1e-12);
        figures["median-size"].Value.ShouldBe(250);
        figures["sol-size"].Value!.Value.ShouldBe((100 * 100 + 300 * 300 + 200 * 200 + 400 * 400) / 1000.0, 1e-9);
    }

    /// <summary>Whatever is typed: rows, columns and the whole of the funding table agree to the céntimo, and the chains and axes add up to the costs.</summary>
    [Fact]
    public void Money_AddsUp()
    {
        var line = from source in Gen.Elements(FundingSources.All.ToArray()) from year in Gen.Choose(2026, 2031) from amount in Gen.Choose(1, 2_000_000_00) select new CostLineContent("c", null, source, year, new Money(amount));
        var project = from cost in Gen.Choose(0, 2_000_000)
                      from axis in Gen.Elements("E1", "E2", null)
                      from chain in Gen.Elements("cacao", "Cacao", "tara", null)
                      from lines in line.ListOf()
                      select Project("P", cost, axis, chain) with { Lines = [.. lines] };
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(200), Prop.ForAll(project.ListOf().ToArbitrary(), list =>
        {
            var content = Programme([.. list.Select((p, i) => p with { Code = $"P{i + 1}" })]);
            var panels = ProgrammePanels.Of(content, Limits);
            var table = panels.Funding;
            var all = content.Projects.SelectMany(p => p.Lines).SumMoney(l => l.Amount);
            return table.Total == all && table.YearTotals.Sum() == all && table.Rows.SumMoney(r => r.Total) == all
                && table.Years.Index().All(y => table.Rows.SumMoney(r => r.Amounts[y.Index]) == table.YearTotals[y.Index])
                && panels.Chains.SumMoney(c => c.Amount) == content.Projects.SumMoney(p => p.PlannedCost)
                && panels.Cohesion.Axes.SumMoney(a => a.Amount) == table.PlannedCost
                && content.Projects.SumMoney(p => p.Gap()) == table.Gaps.SumMoney(g => g.Gap);
        }));
    }
}
