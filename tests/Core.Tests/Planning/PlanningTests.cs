using System.Text;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Register;
using Minka.Core.Rules;
using Minka.Core.Territories;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Planning;

public sealed class PlanningTests
{
    static readonly Actor Manager = new(null, "manager");
    static readonly EntityId Entity = new(new Guid("01900000-0000-7000-8000-000000000001"));

    static async Task<(TestDatabase Database, StrategyId Strategy, AxisId Axis, ProgrammeId Programme)> BeginAsync(string provider = "sqlite")
    {
        var database = await TestDatabase.CreateAsync(provider);
        foreach (var code in new[] { "060501", "060502", "060503" })
            await database.WithAsync<AddDistrict, string>(u => u.ExecuteAsync(new NewDistrict(code, $"Distrito {code}", null), Manager));
        var strategy = await database.WithAsync<StartStrategy, StrategyId>(u => u.ExecuteAsync(Entity, new() { Title = "Estrategia", Vision = "Vivir bien", YearFrom = 2026, YearTo = 2030 }, Manager));
        var axis = await database.WithAsync<AddAxis, AxisId>(u => u.ExecuteAsync(Entity, strategy, Sample.Axis("E1"), Manager));
        var programme = await database.WithAsync<StartProgramme, StartedProgramme>(u => u.ExecuteAsync(Entity, new() { StrategyId = strategy, Title = "Café de altura", Objective = "Vender mejor" }, Manager));
        return (database, strategy, axis, programme.Id);
    }

    static Task<ProjectId> AddAsync(TestDatabase database, ProgrammeId programme, ProjectInput input) =>
        database.WithAsync<AddProject, ProjectId>(u => u.ExecuteAsync(programme, input, Manager));

    static Task LinesAsync(TestDatabase database, ProgrammeId programme, ProjectId project, params CostLineInput[] lines) =>
        database.WithAsync<SetCostLines>(u => u.ExecuteAsync(programme, project, null, lines, null, Manager));

    static Task<ProgrammeVersionId> FreezeAsync(TestDatabase database, ProgrammeId programme) =>
        database.WithAsync<FreezeVersion, ProgrammeVersionId>(u => u.ExecuteAsync(programme, Manager));

    static async Task<ProjectId[]> ThreeAsync(TestDatabase database, ProgrammeId programme, AxisId axis)
    {
        var ids = new List<ProjectId>();
        for (var i = 0; i < 3; i++)
        {
            ids.Add(await AddAsync(database, programme, Sample.Project(axis) with { Places = [$"06050{i + 1}"] }));
            await LinesAsync(database, programme, ids[i], Sample.Lines);
        }
        return [.. ids];
    }

    [Theory, BothDatabases]
    public async Task Freeze_OfACompleteProgramme_KeepsItsContentAndDigestForGood(string provider)
    {
        var (database, _, axis, programme) = await BeginAsync(provider);
        await using var _ = database;
        var projects = await ThreeAsync(database, programme, axis);
        var id = await FreezeAsync(database, programme);

        var version = await database.ReadAsync(db => db.ProgrammeVersions.SingleAsync(v => v.Id == id));
        version.Digest.ShouldBe(Digest.Of(version.Content));
        version.ReadContent().Digest().ShouldBe(version.Digest);
        version.Total.ShouldBe(Money.Soles(360_000));
        version.FundAmount.ShouldBe(Money.Soles(210_000));
        (await Should.ThrowAsync<RuleBroken>(() => FreezeAsync(database, programme))).Code.ShouldBe(PlanningRules.Unchanged);

        await database.WithAsync<ChangeProject>(u => u.ExecuteAsync(programme, projects[0], Sample.Project(axis) with { Title = "Otro título" }, null, Manager));
        var second = await FreezeAsync(database, programme);
        var both = await database.ReadAsync(db => db.ProgrammeVersions.OrderBy(v => v.Number).ToListAsync());
        both.Select(v => (v.Id, v.Number)).ShouldBe([(id, 1), (second, 2)]);
        both[0].Digest.ShouldBe(version.Digest);
        both[1].Digest.ShouldNotBe(version.Digest);
    }

    [Fact]
    public async Task Freeze_WithAMissingCentimo_NamesTheProjectAndTheAmount()
    {
        var (database, _, axis, programme) = await BeginAsync();
        await using var _ = database;
        var projects = await ThreeAsync(database, programme, axis);
        await LinesAsync(database, programme, projects[1], Sample.Lines[0], Sample.Lines[1] with { Amount = Sample.Lines[1].Amount - new Money(1) });
        var broken = await Should.ThrowAsync<RuleBroken>(() => FreezeAsync(database, programme));
        broken.Code.ShouldBe(PlanningRules.ProjectGap);
        broken.Args[0].ShouldBe("P2");
        broken.Args[^1].ShouldBe(new Money(1));

        await LinesAsync(database, programme, projects[1], [.. Sample.Lines, Sample.Lines[0]]);
        (await Should.ThrowAsync<RuleBroken>(() => FreezeAsync(database, programme))).Code.ShouldBe(PlanningRules.ProjectExcess);
    }

    [Fact]
    public async Task Freeze_WithTwoProjects_IsRefused()
    {
        var (database, _, axis, programme) = await BeginAsync();
        await using var _ = database;
        var projects = await ThreeAsync(database, programme, axis);
        await database.WithAsync<RemoveProject>(u => u.ExecuteAsync(programme, projects[2], Manager));
        var broken = await Should.ThrowAsync<RuleBroken>(() => FreezeAsync(database, programme));
        broken.Code.ShouldBe(PlanningRules.TooFewProjects);
        broken.Args.ShouldBe([2, 3]);
    }

    [Theory, BothDatabases]
    public async Task TwoEditors_OfOneProject_TheSecondIsToldAndNothingIsOverwritten(string provider)
    {
        var (database, _, axis, programme) = await BeginAsync(provider);
        await using var _ = database;
        var id = await AddAsync(database, programme, Sample.Project(axis));
        var seen = (await database.ReadAsync(db => db.Projects.SingleAsync(p => p.Id == id))).Version;
        await database.WithAsync<ChangeProject>(u => u.ExecuteAsync(programme, id, Sample.Project(axis) with { Title = "Primera" }, seen, Manager));
        await Should.ThrowAsync<ChangedMeanwhile>(() => database.WithAsync<ChangeProject>(u => u.ExecuteAsync(programme, id, Sample.Project(axis) with { Title = "Segunda" }, seen, Manager)));
        (await database.ReadAsync(db => db.Projects.SingleAsync(p => p.Id == id))).Title.ShouldBe("Primera");

        var now = seen + 1;
        await database.WithAsync<SetCostLines>(u => u.ExecuteAsync(programme, id, null, Sample.Lines, now, Manager));
        await Should.ThrowAsync<ChangedMeanwhile>(() => database.WithAsync<SetCostLines>(u => u.ExecuteAsync(programme, id, null, [], now, Manager)));
        (await database.ReadAsync(db => db.CostLines.CountAsync(l => l.ProjectId == id))).ShouldBe(Sample.Lines.Length);
    }

    [Fact]
    public async Task Lines_SetAgain_ReplaceTheWholeTable()
    {
        var (database, _, axis, programme) = await BeginAsync();
        await using var _ = database;
        var id = await AddAsync(database, programme, Sample.Project(axis));
        await LinesAsync(database, programme, id, Sample.Lines);
        await LinesAsync(database, programme, id, Sample.Lines[1]);
        var line = await database.ReadAsync(db => db.CostLines.SingleAsync());
        (line.Order, line.Source, line.Amount).ShouldBe((1, Sample.Lines[1].Source, Sample.Lines[1].Amount));
        (await Should.ThrowAsync<RuleBroken>(() => LinesAsync(database, programme, id, Sample.Lines[0] with { Amount = Money.Zero }))).Code.ShouldBe(PlanningRules.AmountNotPositive);
        (await database.ReadAsync(db => db.CostLines.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task Precedence_InACircle_IsRefusedWithItsProjects()
    {
        var (database, _, axis, programme) = await BeginAsync();
        await using var _ = database;
        var a = await AddAsync(database, programme, Sample.Project(axis));
        var b = await AddAsync(database, programme, Sample.Project(axis) with { After = [a] });
        var broken = await Should.ThrowAsync<RuleBroken>(() => database.WithAsync<ChangeProject>(u => u.ExecuteAsync(programme, a, Sample.Project(axis) with { After = [b] }, null, Manager)));
        broken.Code.ShouldBe(PlanningRules.Cycle);
        ((string)broken.Args[0]!).ShouldContain("P1");
        ((string)broken.Args[0]!).ShouldContain("P2");
    }

    [Fact]
    public async Task Project_OfAnotherProgramme_IsNotFound()
    {
        var (database, strategy, axis, programme) = await BeginAsync();
        await using var _ = database;
        var id = await AddAsync(database, programme, Sample.Project(axis));
        var other = await database.WithAsync<StartProgramme, StartedProgramme>(u => u.ExecuteAsync(Entity, new() { StrategyId = strategy, Title = "Café de altura", Objective = "x" }, Manager));
        other.Slug.ShouldBe("cafe-de-altura-2");
        await Should.ThrowAsync<NotFound>(() => database.WithAsync<ChangeProject>(u => u.ExecuteAsync(other.Id, id, Sample.Project(axis), null, Manager)));
        await Should.ThrowAsync<NotFound>(() => database.WithAsync<ChangeStrategy>(u => u.ExecuteAsync(new(Guid.Empty), strategy, new() { Title = "x", Vision = "x", YearFrom = 2026, YearTo = 2026 }, null, Manager)));
    }

    [Fact]
    public async Task Place_ThatNobodyKnows_IsRefused()
    {
        var (database, _, axis, programme) = await BeginAsync();
        await using var _ = database;
        var broken = await Should.ThrowAsync<RuleBroken>(() => AddAsync(database, programme, Sample.Project(axis) with { Places = ["060501", "999999"] }));
        (broken.Code, broken.Args[0]).ShouldBe((PlanningRules.PlaceUnknown, "999999"));
    }

    [Fact]
    public async Task Programme_TakenToAnAssembly_IsAdoptedAsItWasFrozen()
    {
        await using var database = await TestDatabase.CreateAsync();
        var programme = await database.Given().ProgrammeAsync();
        programme.Version.AdoptedByResolutionId.ShouldBe(programme.Resolution.Id);
        programme.Resolution.SubjectDigest.ShouldBe(programme.Version.Digest);
        (await database.ReadAsync(db => Resolutions.FindInForceAsync(db, programme.Entity.Id, PlanningSubjects.ProgrammeVersion, programme.Version.Id.Value, programme.Version.Digest))).ShouldNotBeNull();
        CohesionCheck.Of(programme.Version.ReadContent(), PlanningLimits.Reference).AllMet.ShouldBeTrue();
        FundingTable.Of(programme.Version.ReadContent()).Gaps.ShouldBeEmpty();
    }

    [Fact]
    public async Task Strategy_BeforeTheAssembly_KeepsOutWhoeverIsTiedToWhatItTouches()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var voters = await given.VotersAsync(9);
        var entity = voters.Session.Entity;
        var strategy = await given.StrategyAsync(entity, adopted: false);
        await given.WithAsync<DeclareInterest>(d => d.ExecuteAsync(voters.People[0], new(InterestKind.Supplier, "Consultora Andina", null, null, null, LegalTime.DayIn(given.Clock.Now), null), new Actor(voters.People[0], "person")));
        var motion = await database.WithAsync<ProposeStrategy, MotionId>(u => u.ExecuteAsync(entity.Id, strategy, voters.Session.Id, Manager, [new Party("Consultora Andina")]));
        await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motion, entity.Actor));
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, entity.Members[0], Minka.Core.Entities.Choice.Yes, voters.ActorOf(0))))).Code.ShouldBe(EntitiesRules.VoteConflict);
        await given.WithAsync<CastVote>(c => c.ExecuteAsync(motion, entity.Members[1], Minka.Core.Entities.Choice.Yes, voters.ActorOf(1)));
    }

    [Fact]
    public async Task Strategy_BeforeTheAssembly_IsLockedUntilWithdrawn()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync();
        var strategy = await given.StrategyAsync(entity, adopted: false);
        var assembly = await given.AssemblyAsync(entity);
        await database.WithAsync<ProposeStrategy, MotionId>(u => u.ExecuteAsync(entity.Id, strategy, assembly, Manager));
        var input = new StrategyInput { Title = "Otra", Vision = "x", YearFrom = 2026, YearTo = 2027 };
        (await Should.ThrowAsync<RuleBroken>(() => database.WithAsync<ChangeStrategy>(u => u.ExecuteAsync(entity.Id, strategy, input, null, Manager)))).Code.ShouldBe(PlanningRules.StrategyLocked);
        await database.WithAsync<WithdrawStrategy>(u => u.ExecuteAsync(entity.Id, strategy, Manager));
        await database.WithAsync<ChangeStrategy>(u => u.ExecuteAsync(entity.Id, strategy, input, null, Manager));
        var other = await given.EntityAsync();
        await Should.ThrowAsync<NotFound>(() => database.WithAsync<ProposeStrategy, MotionId>(u => u.ExecuteAsync(other.Id, strategy, assembly, Manager)));
    }

    [Fact]
    public async Task Axis_InUse_IsNotRemoved()
    {
        var (database, strategy, axis, programme) = await BeginAsync();
        await using var _ = database;
        await AddAsync(database, programme, Sample.Project(axis));
        (await Should.ThrowAsync<RuleBroken>(() => database.WithAsync<RemoveAxis>(u => u.ExecuteAsync(Entity, strategy, axis, Manager)))).Code.ShouldBe(PlanningRules.AxisInUse);
        (await Should.ThrowAsync<RuleBroken>(() => database.WithAsync<AddAxis, AxisId>(u => u.ExecuteAsync(Entity, strategy, Sample.Axis("E1"), Manager)))).Code.ShouldBe(PlanningRules.AxisCodeTaken);
    }

    [Theory, BothDatabases]
    public async Task Resolution_ForTheExactContent_AdoptsStrategyAndVersion(string provider)
    {
        var (database, strategyId, axis, programme) = await BeginAsync(provider);
        await using var _ = database;
        await ThreeAsync(database, programme, axis);
        var versionId = await FreezeAsync(database, programme);
        var version = await database.ReadAsync(db => db.ProgrammeVersions.SingleAsync());
        var digest = await database.ReadAsync(async db => (await db.StrategyContentAsync(await db.Strategies.SingleAsync())).Digest());
        var resolution = new ResolutionId(new Guid("01900000-0000-7000-8000-0000000000aa"));

        await AdoptAsync(new(resolution, Entity, PlanningSubjects.Strategy, strategyId.Value, Digest.Of("other")));
        await AdoptAsync(new(resolution, Entity, PlanningSubjects.ProgrammeVersion, versionId.Value, Digest.Of("other")));
        await AdoptAsync(new(resolution, new(Guid.Empty), PlanningSubjects.ProgrammeVersion, versionId.Value, version.Digest));
        (await database.ReadAsync(db => db.Strategies.SingleAsync())).State.ShouldBe(StrategyState.Draft);
        (await database.ReadAsync(db => db.ProgrammeVersions.SingleAsync())).IsAdopted.ShouldBeFalse();

        await AdoptAsync(new(resolution, Entity, PlanningSubjects.Strategy, strategyId.Value, digest));
        await AdoptAsync(new(resolution, Entity, PlanningSubjects.ProgrammeVersion, versionId.Value, version.Digest));
        var strategy = await database.ReadAsync(db => db.Strategies.SingleAsync());
        (strategy.State, strategy.AdoptedDigest, strategy.AdoptedByResolutionId).ShouldBe((StrategyState.InForce, digest, resolution));
        (await database.ReadAsync(db => db.ProgrammeVersions.SingleAsync())).AdoptedByResolutionId.ShouldBe(resolution);
        var adopted = await database.ReadAsync(db => db.Programmes.SingleAsync());
        (adopted.State, adopted.AdoptedVersionId).ShouldBe((ProgrammeState.Adopted, versionId));
        (await Should.ThrowAsync<RuleBroken>(() => database.WithAsync<ChangeStrategy>(u => u.ExecuteAsync(Entity, strategyId, new() { Title = "x", Vision = "x", YearFrom = 2026, YearTo = 2027 }, null, Manager)))).Code.ShouldBe(PlanningRules.StrategyLocked);

        Task AdoptAsync(ResolutionAdopted adopted) => database.Writer.ActAsync("test.adopt", Actor.System, w =>
        {
            w.Happened(adopted);
            return Task.CompletedTask;
        });
    }

    [Fact]
    public async Task NextStrategy_AfterOneInForce_BeginsWithItsAxes()
    {
        var (database, first, _, _) = await BeginAsync();
        await using var _ = database;
        var input = new StrategyInput { Title = "Segunda", Vision = "x", YearFrom = 2031, YearTo = 2035 };
        (await Should.ThrowAsync<RuleBroken>(() => database.WithAsync<StartStrategy, StrategyId>(u => u.ExecuteAsync(Entity, input, Manager)))).Code.ShouldBe(PlanningRules.StrategyDraftExists);
        var digest = await database.ReadAsync(async db => (await db.StrategyContentAsync(await db.Strategies.SingleAsync())).Digest());
        await database.Writer.ActAsync("test.adopt", Actor.System, w =>
        {
            w.Happened(new ResolutionAdopted(w.NewId<ResolutionId>(), Entity, PlanningSubjects.Strategy, first.Value, digest));
            return Task.CompletedTask;
        });
        var second = await database.WithAsync<StartStrategy, StrategyId>(u => u.ExecuteAsync(Entity, input, Manager));
        var axes = await database.ReadAsync(db => db.Axes.Where(a => a.StrategyId == second).Select(a => a.Code).ToListAsync());
        axes.ShouldBe(["E1"]);
    }

    [Fact]
    public async Task Import_OfATable_AddsAllProjects()
    {
        var (database, _, _, programme) = await BeginAsync();
        await using var _ = database;
        const string table = """
            Código;Título;Problema;Objetivo;Eje;Cadena;Distritos;Mujeres;Varones;Organizaciones;Después de;Costo
            R1;Riego;"Falta ""agua"";
            en verano";Regar;E1;Café;060501 060502;10;12;JASS Alta|Comunidad;;1.234,56
            R2;Beneficio;Pierde;Ganar;E1;Café;060501;0;5;;R1;S/ 20,000
            """;
        var outcome = await database.WithAsync<ImportProjects, ImportOutcome>(u => u.ExecuteAsync(programme, Encoding.UTF8.GetBytes(table), Manager));
        outcome.Problems.ShouldBeEmpty();
        outcome.Added.ShouldBe(2);
        var projects = await database.ReadAsync(db => db.Projects.OrderBy(p => p.Code).ToListAsync());
        projects[0].PlannedCost.ShouldBe(new Money(1_234_56));
        projects[0].Problem.ReplaceLineEndings(" ").ShouldBe("Falta \"agua\"; en verano");
        projects[0].Places.ShouldBe(["060501", "060502"]);
        projects[1].After.ShouldBe([projects[0].Id]);
    }

    [Fact]
    public async Task Import_WithProblems_TellsEachPlaceAndAddsNothing()
    {
        var (database, _, _, programme) = await BeginAsync();
        await using var _ = database;
        const string table = """
            codigo,titulo,problema,objetivo,eje,distritos,mujeres,despues de,costo
            R1,Riego,x,x,E9,60501,diez,,1e9
            R1,,x,x,,x1,1,R7,-1
            """;
        var outcome = await database.WithAsync<ImportProjects, ImportOutcome>(u => u.ExecuteAsync(programme, Encoding.UTF8.GetBytes(table), Manager));
        outcome.Problems.Select(p => (p.Line, p.Column, p.Code)).ShouldBe(
        [
            (2, "eje", "axis-unknown"), (2, "mujeres", "not-a-number"), (2, "costo", "money.form"),
            (3, "codigo", "code-twice"), (3, "distritos", "place-unknown"), (3, "titulo", "cell-empty"), (3, "costo", "money.negative"), (3, "despues de", "after-unknown"),
        ], ignoreOrder: true);
        (await database.ReadAsync(db => db.Projects.CountAsync())).ShouldBe(0);
    }

    [Theory]
    [InlineData("", "empty")]
    [InlineData("titulo;problema;objetivo\na;b;c", "missing-column")]
    [InlineData("titulo;problema;objetivo;costo;color\na;b;c;1;rojo", "unknown-column")]
    [InlineData("titulo;problema;objetivo;costo", "no-rows")]
    [InlineData("titulo;problema;objetivo;costo\na;b", "cells")]
    [InlineData("titulo;problema;objetivo;costo\n\"a;b;c;1", "quote")]
    public async Task Import_OfABrokenTable_SaysWhatIsWrong(string table, string code)
    {
        var (database, _, _, programme) = await BeginAsync();
        await using var _ = database;
        var outcome = await database.WithAsync<ImportProjects, ImportOutcome>(u => u.ExecuteAsync(programme, Encoding.UTF8.GetBytes(table), Manager));
        outcome.Problems[0].Code.ShouldBe(code);
    }
}

static class Sample
{
    public static AxisInput Axis(string code) => new()
    {
        Code = code,
        Name = "Café",
        Objective = "Mejorar la calidad",
        Indicator = "Puntaje en taza",
        Baseline = "78 puntos",
        Target = "84 puntos",
        TargetYear = 2029,
        Source = "Agencia agraria, 2025",
    };

    public static ProjectInput Project(AxisId? axis) => new()
    {
        Title = "Riego",
        Problem = "Falta agua",
        Objective = "Regar",
        AxisId = axis,
        Places = ["060501"],
        BeneficiaryWomen = 10,
        BeneficiaryMen = 12,
        PlannedCost = Money.Soles(120_000),
    };

    public static readonly CostLineInput[] Lines =
    [
        new("Obra", null, FundingSource.Fund, 2027, Money.Soles(70_000)),
        new("Obra", null, FundingSource.District, 2027, Money.Soles(50_000)),
    ];
}
