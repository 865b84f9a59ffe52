using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Appraisals;
using Minka.Core.Planning.Bank;
using Minka.Core.Register;
using Minka.Core.Rules;
using Minka.Core.Territories;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Planning.Bank;

public sealed class BankTests
{
    static readonly Actor Manager = new(null, "manager");
    static readonly EntityId Entity = new(new Guid("01900000-0000-7000-8000-000000000001"));
    static readonly EntityId Other = new(new Guid("01900000-0000-7000-8000-000000000002"));

    static ProjectInput Idea => new() { Title = "Reservorio de Chilete", Problem = "", Objective = "", PlannedCost = Money.Soles(150_000), Places = ["060501"] };

    static async Task<(TestDatabase Database, AxisId Axis, ProgrammeId First, ProgrammeId Second)> BeginAsync(string provider = "sqlite")
    {
        var database = await TestDatabase.CreateAsync(provider);
        await database.WithAsync<AddDistrict, string>(u => u.ExecuteAsync(new NewDistrict("060501", "Distrito", null), Manager));
        var strategy = await database.WithAsync<StartStrategy, StrategyId>(u => u.ExecuteAsync(Entity, new() { Title = "Estrategia", Vision = "Vivir bien", YearFrom = 2026, YearTo = 2030 }, Manager));
        var axis = await database.WithAsync<AddAxis, AxisId>(u => u.ExecuteAsync(Entity, strategy, Sample.Axis("E1"), Manager));
        var programmes = new List<ProgrammeId>();
        foreach (var title in new[] { "Café", "Agua" })
            programmes.Add((await database.WithAsync<StartProgramme, StartedProgramme>(u => u.ExecuteAsync(Entity, new() { StrategyId = strategy, Title = title, Objective = "Vender mejor" }, Manager))).Id);
        return (database, axis, programmes[0], programmes[1]);
    }

    static Task<ProjectId> AddAsync(TestDatabase database, BankProjectInput input, EntityId? entity = null) =>
        database.WithAsync<AddToBank, ProjectId>(u => u.ExecuteAsync(entity ?? Entity, input, Manager));

    static Task<ProjectId> TakeAsync(TestDatabase database, ProjectId project, ProgrammeId programme, AxisId? axis = null) =>
        database.WithAsync<TakeIntoProgramme, ProjectId>(u => u.ExecuteAsync(project, programme, axis, Manager));

    static Task<Project> FindAsync(TestDatabase database, ProjectId id) => database.ReadAsync(db => db.Projects.SingleAsync(p => p.Id == id));

    [Theory, BothDatabases]
    public async Task Idea_TakenIntoAProgramme_MovesThere_AndIntoASecondIsCopied(string provider)
    {
        var (database, axis, first, second) = await BeginAsync(provider);
        await using var _ = database;
        var sheet = new SheetInput { Kind = ProjectKind.Ioarr, InvestmentCode = "2480997", StartMonth = new(2027, 3, 17), Months = 8 };
        var id = await AddAsync(database, new(Idea with { Problem = "Falta agua", Objective = "Regar" }, ProjectStage.Profile, sheet, Sample.Lines));

        (await TakeAsync(database, id, first, axis)).ShouldBe(id);
        var moved = await FindAsync(database, id);
        (moved.ProgrammeId, moved.Code, moved.AxisId, moved.RootId).ShouldBe((first, "B1", axis, id));
        (await Should.ThrowAsync<RuleBroken>(() => TakeAsync(database, id, first))).Code.ShouldBe(PlanningRules.AlreadyInProgramme);

        var copyId = await TakeAsync(database, id, second, axis);
        copyId.ShouldNotBe(id);
        var copy = await FindAsync(database, copyId);
        (copy.ProgrammeId, copy.RootId, copy.Title, copy.Stage).ShouldBe((second, id, moved.Title, ProjectStage.Profile));
        var copied = (await database.ReadAsync(db => db.ProjectSheets.SingleAsync(s => s.ProjectId == copyId))).ToInput();
        (copied.Kind, copied.InvestmentCode, copied.StartMonth, copied.Months).ShouldBe((ProjectKind.Ioarr, "2480997", new DateOnly(2027, 3, 1), 8));
        (await database.ReadAsync(db => db.CostLines.Where(l => l.ProjectId == copyId).OrderBy(l => l.Order).ToListAsync())).Select(l => l.Amount).ShouldBe(Sample.Lines.Select(l => l.Amount));

        await database.WithAsync<ReturnToBank>(u => u.ExecuteAsync(first, id, Manager));
        await database.WithAsync<ReturnToBank>(u => u.ExecuteAsync(second, copyId, Manager));
        var back = await database.ReadAsync(db => db.Projects.Where(p => p.ProgrammeId == null).OrderBy(p => p.Code).Select(p => p.Code).ToListAsync());
        back.ShouldBe(["B1", "B2"]);
        (await Audit.RunAsync(database.Settings)).Findings.ShouldBeEmpty();
    }

    [Fact]
    public async Task Idea_WithoutProblem_IsKeptButNotTakenIntoAProgramme()
    {
        var (database, _, programme, _) = await BeginAsync();
        await using var _ = database;
        var id = await AddAsync(database, new(Idea));
        (await Should.ThrowAsync<RuleBroken>(() => TakeAsync(database, id, programme))).ShouldSatisfyAllConditions(
            b => b.Code.ShouldBe(PlanningRules.TextMissing),
            b => b.Args.ShouldBe(["problem"]));
        (await FindAsync(database, id)).ProgrammeId.ShouldBeNull();
    }

    [Fact]
    public async Task Codes_InTheBank_AreCountedOnPerEntityAndNeverTwice()
    {
        var (database, _, programme, _) = await BeginAsync();
        await using var _ = database;
        var said = Idea with { Problem = "Falta agua", Objective = "Regar" };
        var first = await AddAsync(database, new(said));
        await TakeAsync(database, first, programme);
        var second = await AddAsync(database, new(said));
        var elsewhere = await AddAsync(database, new(said), Other);
        (await FindAsync(database, second)).Code.ShouldBe("B2");
        (await FindAsync(database, elsewhere)).Code.ShouldBe("B1");
        (await Should.ThrowAsync<RuleBroken>(() => AddAsync(database, new(said with { Code = "B2" })))).Code.ShouldBe(PlanningRules.ProjectCodeTaken);
        (await Should.ThrowAsync<RuleBroken>(() => TakeAsync(database, elsewhere, programme))).Code.ShouldBe(PlanningRules.ProgrammeOfAnother);
    }

    [Fact]
    public async Task Copy_ComesAfterTheCopyOfWhatItWaitedFor()
    {
        var (database, axis, first, second) = await BeginAsync();
        await using var _ = database;
        var said = Idea with { Problem = "Falta agua", Objective = "Regar" };
        var dam = await AddAsync(database, new(said));
        var canal = await AddAsync(database, new(said with { After = [dam] }));
        await TakeAsync(database, dam, first, axis);
        await TakeAsync(database, canal, first, axis);
        var damCopy = await TakeAsync(database, dam, second, axis);
        var canalCopy = await TakeAsync(database, canal, second, axis);
        (await FindAsync(database, canalCopy)).After.ShouldBe([damCopy]);
        (await FindAsync(database, canal)).After.ShouldBe([dam]);
    }

    [Fact]
    public async Task Sheet_ChangedByTwo_TheSecondIsTold()
    {
        var (database, _, _, _) = await BeginAsync();
        await using var _ = database;
        var id = await AddAsync(database, new(Idea));
        Task Change(SheetInput input, int? seen) => database.WithAsync<ChangeSheet>(u => u.ExecuteAsync(Entity, id, input, seen, Manager));
        await Change(new() { Months = 6 }, 0);
        await Should.ThrowAsync<ChangedMeanwhile>(() => Change(new() { Months = 7 }, 0));
        await Should.ThrowAsync<NotFound>(() => database.WithAsync<ChangeSheet>(u => u.ExecuteAsync(Other, id, new(), null, Manager)));
        (await database.ReadAsync(db => db.ProjectSheets.SingleAsync())).Months.ShouldBe(6);
    }

    [Fact]
    public async Task Sheet_FirstWrittenByAnother_IsNotOverwrittenByAFormThatSawNone()
    {
        var (database, _, _, _) = await BeginAsync();
        await using var _ = database;
        var id = await AddAsync(database, new(Idea));
        await database.WithAsync<Writer>(w => w.ActAsync("bank.change-sheet", Manager, async work => work.Db.ProjectSheets.Remove(await work.Db.ProjectSheets.SingleAsync())));
        Task Change(SheetInput input, int? seen) => database.WithAsync<ChangeSheet>(u => u.ExecuteAsync(Entity, id, input, seen, Manager));
        await Change(new() { Months = 6 }, ChangeSheet.None);
        await Should.ThrowAsync<ChangedMeanwhile>(() => Change(new() { Months = 7 }, ChangeSheet.None));
        await Change(new() { Months = 8 }, 0);
        (await database.ReadAsync(db => db.ProjectSheets.SingleAsync())).Months.ShouldBe(8);
    }

    [Theory, BothDatabases]
    public async Task Deleted_FromBankOrProgramme_LeavesNoRowThatTheRegisterDoesNotKnowOf(string provider)
    {
        var (database, axis, first, second) = await BeginAsync(provider);
        await using var _ = database;
        var evaluation = new AppraisalInput { SocialRate = DiscountRates.Current.Code, Jobs = 3 };
        var id = await AddAsync(database, new(Idea with { Problem = "Falta agua", Objective = "Regar" }, ProjectStage.Profile, new() { Months = 4 }, Sample.Lines));
        var after = await AddAsync(database, new(Idea with { Title = "Canal", After = [id] }));
        await TakeAsync(database, id, first, axis);
        await database.WithAsync<SetAppraisal>(u => u.ExecuteAsync(first, id, evaluation, SetAppraisal.None, Manager));
        var copy = await TakeAsync(database, id, second, axis);
        (await database.ReadAsync(db => db.Appraisals.SingleAsync(a => a.ProjectId == copy))).ToInput().Jobs.ShouldBe(3, "a copy carries its evaluation");

        (await Should.ThrowAsync<RuleBroken>(() => database.WithAsync<RemoveProject>(u => u.ExecuteAsync(first, id, Manager)))).Code.ShouldBe(PlanningRules.HasCopies);
        await database.WithAsync<RemoveProject>(u => u.ExecuteAsync(second, copy, Manager));
        await database.WithAsync<ReturnToBank>(u => u.ExecuteAsync(first, id, Manager));
        await database.WithAsync<ChangeStage>(u => u.ExecuteAsync(Entity, id, "step-back", null, Manager));
        await database.WithAsync<RemoveFromBank>(u => u.ExecuteAsync(Entity, id, Manager));

        (await database.ReadAsync(db => db.Projects.Select(p => p.Id).ToListAsync())).ShouldBe([after]);
        (await FindAsync(database, after)).After.ShouldBeEmpty("it no longer waits for what is gone");
        (await database.ReadAsync(async db => (await db.Appraisals.CountAsync(), await db.CostLines.CountAsync(), await db.ProjectSheets.CountAsync()))).ShouldBe((0, 0, 1));
        (await Audit.RunAsync(database.Settings)).Findings.ShouldBeEmpty();
    }

    public static TheoryData<SheetInput, string> Wrong => new()
    {
        { new() { InvestmentCode = "248099" }, PlanningRules.InvestmentCodeWrong },
        { new() { InvestmentCode = "24809X7" }, PlanningRules.InvestmentCodeWrong },
        { new() { Months = 0 }, PlanningRules.MonthsOutOfRange },
        { new() { Months = 241 }, PlanningRules.MonthsOutOfRange },
        { new() { StartMonth = new(1999, 12, 1) }, PlanningRules.YearOutOfRange },
        { new() { Upkeep = new("Junta", new Money(-1), null) }, PlanningRules.NegativeNumber },
        { new() { Upkeep = new(" ", null, null) }, PlanningRules.TextMissing },
        { new() { Preconditions = [new("no-such", PreconditionState.Held, null)] }, PlanningRules.PreconditionUnknown },
        { new() { Groups = [new("no-such", 1, 1)] }, PlanningRules.GroupUnknown },
        { new() { Groups = [new("youth", -1, 1)] }, PlanningRules.NegativeNumber },
        { new() { Shape = new(ShapeKind.Line, [new(0, 0)]) }, PlanningRules.ShapePoints },
        { new() { Shape = new(ShapeKind.Point, [MapPoint.Of(-97.2m, -78.8m)]) }, PlanningRules.ShapeOffGlobe },
        { new() { Components = [.. Enumerable.Repeat(new ProjectComponent("Obra", null), 41)] }, PlanningRules.TooManyLines },
    };

    [Theory, MemberData(nameof(Wrong), DisableDiscoveryEnumeration = true)]
    public async Task Sheet_ThatCannotBe_IsRefusedByName(SheetInput sheet, string code)
    {
        await using var database = await TestDatabase.CreateAsync();
        (await Should.ThrowAsync<RuleBroken>(() => AddAsync(database, new(Idea with { Places = [] }, Sheet: sheet)))).Code.ShouldBe(code);
    }

    [Fact]
    public async Task Stage_MovesAsTheTableSays_AndADiscardedProjectIsTakenNowhere()
    {
        var (database, _, programme, _) = await BeginAsync();
        await using var _ = database;
        var id = await AddAsync(database, new(Idea with { Problem = "Falta agua", Objective = "Regar" }));
        Task Move(string verb) => database.WithAsync<ChangeStage>(u => u.ExecuteAsync(Entity, id, verb, null, Manager));
        (await Should.ThrowAsync<RuleBroken>(() => Move("close"))).Code.ShouldBe("state.forbidden");
        await Move("profile");
        await Move("discard");
        (await Should.ThrowAsync<RuleBroken>(() => TakeAsync(database, id, programme))).Code.ShouldBe(PlanningRules.NotAlive);
        await Move("take-up");
        (await FindAsync(database, id)).Stage.ShouldBe(ProjectStage.Idea);
        var verbs = Project.Table.Rows.Select(r => r.Verb).Distinct().ToList();
        foreach (var stage in Enum.GetValues<ProjectStage>())
        {
            foreach (var verb in verbs.Where(v => !Project.Table.May(stage, v))) Should.Throw<RuleBroken>(() => Project.Table.Next(stage, verb));
        }
    }

    [Fact]
    public async Task InKindLine_KeepsHowItWasValued_AndAFrozenVersionSaysIt()
    {
        var (database, axis, programme, _) = await BeginAsync();
        await using var _ = database;
        var said = Idea with { Problem = "Falta agua", Objective = "Regar", BeneficiaryWomen = 3, PlannedCost = Money.Soles(100) };
        foreach (var _i in Enumerable.Range(0, 3))
        {
            var id = await AddAsync(database, new(said, ProjectStage.Profile, new() { Months = 5 },
            [
                new("Jornales", null, FundingSource.PrivateInKind, 2027, Money.Soles(60), "Jornal agrario de la zona", "Acta 3-2026"),
                new("Obra", null, FundingSource.Fund, 2027, Money.Soles(40), "no va con dinero", "x"),
            ]));
            await TakeAsync(database, id, programme, axis);
        }
        var version = await database.WithAsync<FreezeVersion, ProgrammeVersionId>(u => u.ExecuteAsync(programme, Manager));
        var content = (await database.ReadAsync(db => db.ProgrammeVersions.SingleAsync(v => v.Id == version))).ReadContent();
        content.Projects[0].Lines.Select(l => (l.Valuation, l.Evidence)).ShouldBe([("Jornal agrario de la zona", "Acta 3-2026"), (null, null)]);
        content.Projects[0].More!.Sheet.Months.ShouldBe(5);
        content.Projects[0].Root().ShouldBe(content.Projects[0].Id);
    }
}
