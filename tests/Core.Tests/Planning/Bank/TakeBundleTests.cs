using Microsoft.EntityFrameworkCore;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Bank;
using Minka.Core.Register;
using Minka.Core.Territories;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Planning.Bank;

public sealed class TakeBundleTests
{
    static readonly Actor Manager = new(null, "manager");
    static readonly EntityId Entity = new(new Guid("01900000-0000-7000-8000-000000000001"));
    static readonly EntityId Other = new(new Guid("01900000-0000-7000-8000-000000000002"));

    static RegisteredInvestment Investment(string code, long soles = 150_000) =>
        new(code, $"DEMO: MEJORAMIENTO DEL CANAL {code}", Money.Soles(soles), ["060501"], true, "Del banco de inversiones: demo.csv", Digest.Of("demo"));

    static BundleInput Input(params string[] codes) => new([.. codes.Select(c => Investment(c))], "Canales de Chilete", "Por completar: falta agua", "Por completar: regar");

    static async Task<(TestDatabase Database, StrategyId Strategy)> BeginAsync(string provider)
    {
        var database = await TestDatabase.CreateAsync(provider);
        await database.WithAsync<AddDistrict, string>(u => u.ExecuteAsync(new NewDistrict("060501", "Distrito", null), Manager));
        return (database, await database.WithAsync<StartStrategy, StrategyId>(u => u.ExecuteAsync(Entity, new() { Title = "Estrategia", Vision = "Vivir bien", YearFrom = 2026, YearTo = 2030 }, Manager)));
    }

    static Task<TakenBundle> TakeAsync(TestDatabase database, BundleInput input) => database.WithAsync<TakeBundle, TakenBundle>(u => u.ExecuteAsync(Entity, input, Manager));

    [Theory, BothDatabases]
    public async Task Investments_IntoTheBank_AreSheetsWithTheirSource_AndTakenAgainAreTheSame(string provider)
    {
        var (database, _) = await BeginAsync(provider);
        await using var __ = database;

        var taken = await TakeAsync(database, Input("2000001", "2000002", "2000002"));
        taken.Investments.Select(i => i.Outcome).ShouldBe([BundleOutcome.Added, BundleOutcome.Added]);
        taken.Slug.ShouldBeNull();
        var project = await database.ReadAsync(db => db.Projects.SingleAsync(p => p.Id == taken.Investments[0].Project));
        (project.ProgrammeId, project.Stage, project.PlannedCost, project.Conglomerate, project.EntityId).ShouldBe((null, ProjectStage.Viable, Money.Soles(150_000), "Canales de Chilete", Entity));
        project.Places.ShouldBe(["060501"]);
        var sheet = await database.ReadAsync(db => db.ProjectSheets.SingleAsync(s => s.ProjectId == project.Id));
        sheet.InvestmentCode.ShouldBe("2000001");
        sheet.Documents.ShouldHaveSingleItem().ShouldSatisfyAllConditions(d => d.Reference.ShouldBe("Del banco de inversiones: demo.csv"), d => d.Digest.ShouldBe(Digest.Of("demo")));

        var again = await TakeAsync(database, Input("2000001", "2000003"));
        again.Investments.Select(i => i.Outcome).ShouldBe([BundleOutcome.Reused, BundleOutcome.Added]);
        again.Investments[0].Project.ShouldBe(project.Id);
        (await database.ReadAsync(db => db.Projects.Select(p => p.Code).ToListAsync())).Order().ShouldBe(["B1", "B2", "B3"]);
    }

    [Theory, BothDatabases]
    public async Task Investments_IntoANewProgramme_AreOneAct_AndCanBeGivenBack(string provider)
    {
        var (database, strategy) = await BeginAsync(provider);
        await using var _ = database;
        // One is an idea in the bank that says its own objective, one is discarded, one lies in another programme.
        var idea = await database.WithAsync<AddToBank, ProjectId>(u => u.ExecuteAsync(Entity, new(new() { Title = "Canal", Problem = "", Objective = "Regar papa", PlannedCost = Money.Soles(9) }, Sheet: new() { InvestmentCode = "2000001" }), Manager));
        var gone = await database.WithAsync<AddToBank, ProjectId>(u => u.ExecuteAsync(Entity, new(new() { Title = "Canal", Problem = "", Objective = "", PlannedCost = Money.Soles(9) }, Sheet: new() { InvestmentCode = "2000002" }), Manager));
        await database.WithAsync<ChangeStage>(u => u.ExecuteAsync(Entity, gone, "discard", null, Manager));
        var first = await TakeAsync(database, Input("2000003") with { Start = new() { StrategyId = strategy, Title = "Agua", Objective = "Agua" } });
        var acts = await database.ReadAsync(db => db.Acts.CountAsync());

        var taken = await TakeAsync(database, Input("2000001", "2000002", "2000003", "2000004") with { Start = new() { StrategyId = strategy, Title = "Canales", Objective = "Regar" } });

        (await database.ReadAsync(db => db.Acts.CountAsync())).ShouldBe(acts + 1);
        taken.Slug.ShouldBe("canales");
        taken.Investments.Select(i => i.Outcome).ShouldBe([BundleOutcome.Reused, BundleOutcome.NotAlive, BundleOutcome.Reused, BundleOutcome.Added]);
        var programme = await database.ReadAsync(db => db.Programmes.SingleAsync(p => p.Slug == "canales"));
        programme.State.ShouldBe(ProgrammeState.Draft);
        var inside = await database.ReadAsync(db => db.Projects.Where(p => p.ProgrammeId == programme.Id).ToListAsync());
        inside.Count.ShouldBe(3);
        inside.Single(p => p.Id == idea).ShouldSatisfyAllConditions(p => p.Problem.ShouldBe("Por completar: falta agua"), p => p.Objective.ShouldBe("Regar papa"), p => p.PlannedCost.ShouldBe(Money.Soles(9)));
        // What lies in another programme stays there too.
        (await database.ReadAsync(db => db.Projects.SingleAsync(p => p.Id == first.Investments[0].Project))).ProgrammeId.ShouldNotBe(programme.Id);
        inside.ShouldContain(p => p.RootId == first.Investments[0].Project);

        var into = await TakeAsync(database, Input("2000001", "2000005") with { Into = programme.Id });
        into.Investments.Select(i => i.Outcome).ShouldBe([BundleOutcome.AlreadyThere, BundleOutcome.Added]);

        await database.WithAsync<ReturnToBank>(u => u.ExecuteAsync(programme.Id, taken.Investments[3].Project, Manager));
        await database.WithAsync<ChangeStage>(u => u.ExecuteAsync(Entity, taken.Investments[3].Project, "discard", null, Manager));
        (await database.ReadAsync(db => db.Projects.SingleAsync(p => p.Id == taken.Investments[3].Project))).ShouldSatisfyAllConditions(p => p.ProgrammeId.ShouldBeNull(), p => p.Stage.ShouldBe(ProjectStage.Discarded));
    }

    [Fact]
    public async Task Take_WhatMayNotBe_WritesNothing()
    {
        var (database, strategy) = await BeginAsync("sqlite");
        await using var _ = database;
        async Task RefusedAsync(string code, BundleInput input) => (await Should.ThrowAsync<RuleBroken>(() => TakeAsync(database, input))).Code.ShouldBe(code);

        await RefusedAsync(PlanningRules.NothingChosen, Input());
        await RefusedAsync(PlanningRules.TooManyCodes, Input([.. Enumerable.Range(0, 201).Select(i => $"{2_000_000 + i}")]));
        var elsewhere = await database.WithAsync<StartStrategy, StrategyId>(u => u.ExecuteAsync(Other, new() { Title = "Otra", Vision = "Vivir bien", YearFrom = 2026, YearTo = 2030 }, Manager));
        await RefusedAsync(PlanningRules.StrategyOfAnother, Input("2000001") with { Start = new() { StrategyId = elsewhere, Title = "Canales", Objective = "Regar" } });
        var theirs = await database.WithAsync<StartProgramme, StartedProgramme>(u => u.ExecuteAsync(Other, new() { StrategyId = elsewhere, Title = "Suyo", Objective = "Regar" }, Manager));
        await RefusedAsync(PlanningRules.ProgrammeOfAnother, Input("2000001") with { Into = theirs.Id });
        // A fault half way undoes the programme and the sheets before it.
        await Should.ThrowAsync<RuleBroken>(() => TakeAsync(database, new([Investment("2000001"), Investment("20")], "Canales", "p", "o", Start: new() { StrategyId = strategy, Title = "Canales", Objective = "Regar" })));
        (await database.ReadAsync(db => db.Projects.CountAsync())).ShouldBe(0);
        (await database.ReadAsync(db => db.Programmes.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public void Rules_OfThePack_AreSoundAndEachSaysItsSource()
    {
        var rules = BundleRules.Own;
        rules.Limits.Check();
        rules.MostYears.ShouldBeGreaterThan(0);
        rules.Sources.ShouldAllBe(s => s.Source.Es.Length > 5);
        rules.Words.Actions.Concat(rules.Words.Places).ShouldAllBe(w => w == w.ToLowerInvariant());
        rules.Words.Actions.Intersect(rules.Words.Places).ShouldBeEmpty();
    }
}
