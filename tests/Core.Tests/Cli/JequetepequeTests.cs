using System.Text;
using Minka.Core.Applications;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Panels;
using Minka.Core.Register;
using Minka.Core.Rules;
using Minka.Core.Territories;
using Minka.Core.Territories.Packs;
using Minka.Core.Tests.Docs;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Cli;

/// <summary>The ten chains that the founding chapter names, as a programme and as the same forty works each by itself (invented amounts).</summary>
public sealed class JequetepequeTests
{
    static ProgrammeFile Read(string name) => ProgrammeFile.Read(File.ReadAllBytes(Path.Combine(GlossaryTests.Root(), "docs", "examples", name)), PackReader.BuiltIn);

    static readonly ProgrammeFile Whole = Read("jequetepeque.json"), Loose = Read("jequetepeque-loose.json");

    static ProgrammePanels Panels(ProgrammeFile file) => ProgrammePanels.Of(file.Content!, PlanningLimits.Reference, file.Traits);

    [Fact]
    public void Files_HaveNoFaults_AndAreTheSameWorks()
    {
        Whole.Faults.ShouldBeEmpty();
        Loose.Faults.ShouldBeEmpty();
        (Whole.IsDemo, Loose.IsDemo).ShouldBe((true, true));
        Loose.Content!.Projects.Select(p => (p.Code, p.Title, p.PlannedCost)).ShouldBe(Whole.Content!.Projects.Select(p => (p.Code, p.Title, p.PlannedCost)));
        Whole.Content.Projects.Count.ShouldBe(40);
        Panels(Whole).Chains.Select(c => c.Chain).ShouldBe(["agroindustria", "apicultura", "artesanía", "chirimoya", "cuyes", "leche", "mango", "tara", "turismo", "vid"], ignoreOrder: true);
    }

    [Fact]
    public void Panel_OfTheProgramme_AndOfTheLooseWorks_AreVisiblyOther()
    {
        var (whole, loose) = (PanelFigures.Of(Panels(Whole).Cohesion.Measured), PanelFigures.Of(Panels(Loose).Cohesion.Measured));
        Panels(Loose).Funding.Total.ShouldBe(Panels(Whole).Funding.Total);
        whole.LinkedPairs!.Value.ShouldBeGreaterThan(0.35);
        loose.LinkedPairs!.Value.ShouldBeLessThan(0.06);
        (whole.Isolated, whole.IsolatedShare, whole.OffAxisShare, whole.Largest).ShouldBe((0, 0, 0, 1));
        loose.IsolatedShare!.Value.ShouldBeGreaterThan(0.5);
        loose.OffAxisShare.ShouldBe(1);
        (whole.Strength!.Value / loose.Strength!.Value).ShouldBeGreaterThan(5);
        FormalChecks.OfProgramme(Whole.Content!, BuiltInPacks.Fdd, Whole.NeedPosition).ShouldAllBe(c => c.Reason.Met == true);
        FormalChecks.OfProgramme(Loose.Content!, BuiltInPacks.Fdd, Loose.NeedPosition).Where(c => c.Fails).Select(c => c.Reason.Code).ShouldBe(["form.axes", "cohesion.off-axis", "cohesion.isolated"], ignoreOrder: true);
        Panels(Whole).History[0].Met.ShouldBe(true);
        Panels(Loose).History[0].Met.ShouldBe(false);
    }

    [Fact]
    public void Advice_JoinsTheIrrigationProfiles_NamesWhoStandsAlone_AndFindsAxes()
    {
        var advice = Panels(Loose).Advice;
        var irrigation = advice.Single(a => a.Kind == AdviceKind.Bundle && a.Words.Args.Contains("riego"));
        irrigation.Projects.ShouldBe(["P1", "P5", "P9", "P17"]);
        (irrigation.Before.Projects, irrigation.After!.Projects).ShouldBe((40, 37));
        irrigation.After.IsolatedShare.ShouldNotBeNull();
        advice.Count(a => a.Kind == AdviceKind.Alone).ShouldBe(PanelFigures.Of(Panels(Loose).Cohesion.Measured).Isolated);
        advice.Where(a => a.Kind == AdviceKind.Axis).ShouldNotBeEmpty();
        advice.Where(a => a.Kind == AdviceKind.Axis).ShouldAllBe(a => a.After!.OffAxisShare < a.Before.OffAxisShare);
        Panels(Whole).Advice.Where(a => a.Kind is AdviceKind.Alone or AdviceKind.Axis or AdviceKind.Tie).ShouldBeEmpty();
    }

    [Fact]
    public void Calendar_OfTheProgramme_HasItsCriticalWay()
    {
        var schedule = Panels(Whole).Schedule;
        schedule.From.ShouldBe(new DateOnly(2027, 3, 1));
        schedule.Untold.ShouldBeEmpty();
        schedule.Critical.Count.ShouldBeGreaterThan(1);
        schedule.Months.ShouldBeLessThanOrEqualTo(Whole.Months!.Value);
        ProgrammeFile.Read(Encoding.UTF8.GetBytes(File.ReadAllText(Path.Combine(GlossaryTests.Root(), "docs", "examples", "jequetepeque.json")).Replace("\"start\": \"2027-03\"", "\"start\": \"marzo\"", StringComparison.Ordinal)), PackReader.BuiltIn)
            .Faults.ShouldAllBe(f => f.Code == "month");
    }

    /// <summary>The file becomes a programme of an entity whose strategy has the same axes, and says the same figures there.</summary>
    [Fact]
    public async Task File_BecomesAProgramme_WithTheSameFigures()
    {
        await using var database = await TestDatabase.CreateAsync();
        var manager = new Actor(null, "manager");
        var entity = new EntityId(new Guid("01900000-0000-7000-8000-000000000001"));
        var content = Whole.Content!;
        foreach (var code in content.PlaceCodes()) await database.WithAsync<AddDistrict, string>(u => u.ExecuteAsync(new NewDistrict(code, $"Distrito {code} (DEMO)", null), manager));
        var strategy = await database.WithAsync<StartStrategy, StrategyId>(u => u.ExecuteAsync(entity, new() { Title = "Estrategia (DEMO)", Vision = "Vender juntos", YearFrom = 2027, YearTo = 2031 }, manager));
        async Task AxisAsync(AxisContent a) => await database.WithAsync<AddAxis, AxisId>(u => u.ExecuteAsync(entity, strategy, new() { Code = a.Code, Name = a.Name, Objective = a.Objective, Indicator = a.Indicator, Baseline = a.Baseline, Target = a.Target, TargetYear = a.TargetYear, Source = a.Source }, manager));
        Task<StartedProgramme> ImportAsync() => database.WithAsync<ImportProgramme, StartedProgramme>(u => u.ExecuteAsync(entity, strategy, content, manager));
        foreach (var axis in content.Strategy.Axes.Take(2)) await AxisAsync(axis);
        (await Should.ThrowAsync<RuleBroken>(ImportAsync)).ShouldSatisfyAllConditions(r => r.Code.ShouldBe(PlanningRules.AxisMissing), r => r.Args.ShouldBe(["E3", "E1, E2"]));
        await AxisAsync(content.Strategy.Axes[2]);
        var started = await ImportAsync();
        var kept = await database.ReadAsync(async db => await db.ProgrammeContentAsync(await db.ProgrammeAsync(started.Id)));
        var (file, stored) = (Panels(Whole), ProgrammePanels.Of(kept, PlanningLimits.Reference, Whole.Traits));
        stored.Figures.ShouldBe(file.Figures);
        stored.Funding.Total.ShouldBe(file.Funding.Total);
        stored.Schedule.Critical.ShouldBe(file.Schedule.Critical);
        stored.Advice.Select(a => a.Words.Code).ShouldBe(file.Advice.Select(a => a.Words.Code));
    }
}
