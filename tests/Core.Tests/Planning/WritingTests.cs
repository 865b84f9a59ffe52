using Microsoft.EntityFrameworkCore;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Chains;
using Minka.Core.Planning.Writing;
using Minka.Core.Register;
using Minka.Core.Rules;
using Minka.Core.Territories;
using Minka.Core.Territories.Packs;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Planning;

public sealed class WritingTests
{
    static readonly Actor Manager = new(new Guid("01900000-0000-7000-8000-0000000000aa"), "manager");
    static readonly EntityId Entity = new(new Guid("01900000-0000-7000-8000-000000000001"));

    static async Task<(TestDatabase Database, StrategyId Strategy)> BeginAsync(string provider = "sqlite")
    {
        var database = await TestDatabase.CreateAsync(provider);
        var strategy = await database.WithAsync<StartStrategy, StrategyId>(u => u.ExecuteAsync(Entity, new() { Title = "Estrategia", Vision = "Vivir bien", YearFrom = 2026, YearTo = 2030 }, Manager));
        await database.WithAsync<AddAxis, AxisId>(u => u.ExecuteAsync(Entity, strategy, Sample.Axis("E1"), Manager));
        return (database, strategy);
    }

    static Task<string> SaveAsync(TestDatabase database, StrategyId strategy, ItemList list, PartItem item, string? code = null, string? seen = null) =>
        database.WithAsync<SaveStrategyItem, string>(u => u.ExecuteAsync(Entity, strategy, list, code, item, seen, Manager));

    static Task<StrategyContent> ContentAsync(TestDatabase database, StrategyId id) =>
        database.ReadAsync(async db => await db.StrategyContentAsync(await db.Strategies.SingleAsync(s => s.Id == id)));

    static Task<IReadOnlyDictionary<string, int>> WriteAsync(TestDatabase database, StrategyId strategy, string question, string text, int seen = 0) =>
        database.WithAsync<SaveStrategyText, IReadOnlyDictionary<string, int>>(u => u.ExecuteAsync(Entity, strategy, new Dictionary<string, string> { [question] = text }, new Dictionary<string, int> { [question] = seen }, Manager));

    static readonly StrategyIndicator Indicator = new("E1", "Ingreso", "S/", Quantity.Of(6_200), new(2025, 12, 31), Quantity.Of(9_000), new(2030, 12, 31), "Agencia agraria 2025");

    [Fact]
    public void Guides_AskOnlyForWhatIsKnown_AndShareTheirQuestions()
    {
        StrategyGuides.All.Select(g => g.Id).ShouldBe(["leader-2014", "leader-2021", "pdc"]);
        StrategyGuides.Get("leader-2014").Parts.Count(p => !p.Extra).ShouldBe(7);
        StrategyGuides.Get("leader-2021").Parts.Count(p => !p.Extra).ShouldBe(6);
        StrategyGuides.All.SelectMany(g => g.Parts).SelectMany(p => p.Needs).Except(StrategyCheck.Kinds).ShouldBeEmpty();
        foreach (var guide in StrategyGuides.All)
        {
            guide.Parts.Select(p => p.Id).ShouldBeUnique();
            guide.Parts.SelectMany(p => p.Questions).Select(q => q.Id).ShouldBeUnique();
            guide.Parts.ShouldAllBe(p => p.Source.Length > 0 && (p.Confidence == "S" || p.Confidence == "M"));
        }
        foreach (var same in StrategyGuides.All.SelectMany(g => g.Parts).SelectMany(p => p.Questions).GroupBy(q => q.Id)) same.Distinct().Count().ShouldBe(1, same.Key);
        StrategyGuides.All.Where(g => g.Id != "leader-2014").ShouldAllBe(g => g.LegalBasis.Confidence == "M", "what was not verified says so");
        PlanCatalogues.All.Single(c => c.Id == "pe-pedn-2050").Entries.Count.ShouldBe(4);
    }

    [Theory, BothDatabases]
    public async Task AStrategy_OfItsAxesAlone_KeepsTheDigestThatItHadBeforeTheRest(string provider)
    {
        var (database, strategy) = await BeginAsync(provider);
        await using var _ = database;
        var plain = await ContentAsync(database, strategy);
        plain.Document.ShouldBeNull();
        plain.ToCanonicalText().ShouldNotContain("document");
        await SaveAsync(database, strategy, StrategyLists.Swot, new SwotFactor(SwotQuadrant.Strength, "Clima", 4, ["E1"]));
        var written = await ContentAsync(database, strategy);
        written.Digest().ShouldNotBe(plain.Digest());
        written.ToCanonicalText().ShouldNotContain("\"finance\"");
        StrategyContent.Read(written.ToCanonicalText()).Digest().ShouldBe(written.Digest());
        await database.WithAsync<SaveStrategyItem>(u => u.RemoveAsync(Entity, strategy, StrategyLists.Swot, "F1", Manager));
        (await ContentAsync(database, strategy)).Digest().ShouldBe(plain.Digest());
        // A programme carries the axes alone, however long the strategy becomes.
        await WriteAsync(database, strategy, "area.people", "Mucha gente");
        var programme = await database.WithAsync<StartProgramme, StartedProgramme>(u => u.ExecuteAsync(Entity, new() { StrategyId = strategy, Title = "P", Objective = "O" }, Manager));
        (await database.ReadAsync(async db => await db.ProgrammeContentAsync(await db.ProgrammeAsync(programme.Id)))).Strategy.Digest().ShouldBe(plain.Digest());
    }

    [Theory, BothDatabases]
    public async Task Answers_OfTwoEditors_AreKept_AndTheSameQuestionIsNotOverwritten(string provider)
    {
        var (database, strategy) = await BeginAsync(provider);
        await using var _ = database;
        var first = await WriteAsync(database, strategy, "area.people", "Veintiocho mil");
        await WriteAsync(database, strategy, "area.boundaries", "Ocho distritos");
        first["area.people"].ShouldBe(1);
        await WriteAsync(database, strategy, "area.people", "Veintinueve mil", seen: 1);
        await Should.ThrowAsync<ChangedMeanwhile>(() => WriteAsync(database, strategy, "area.people", "Treinta mil", seen: 1));
        (await WriteAsync(database, strategy, "area.people", "Veintinueve mil", seen: 0))["area.people"].ShouldBe(2, "the same words overtake nobody");
        var aside = new ChapterText(new Dictionary<string, string> { ["area.people"] = "Treinta mil" });
        await database.WithAsync<SaveStrategyText>(u => u.SetAsideAsync(Entity, strategy, "area", aside, Manager));
        (await database.WithAsync<SaveStrategyText, ChapterText?>(u => u.ReadAsideAsync(strategy, "area", Manager.PersonId!.Value)))!.Answers["area.people"].ShouldBe("Treinta mil");
        await database.WithAsync<SaveStrategyText>(u => u.DropAsideAsync(strategy, "area", Manager));
        (await database.WithAsync<SaveStrategyText, ChapterText?>(u => u.ReadAsideAsync(strategy, "area", Manager.PersonId!.Value))).ShouldBeNull();
        (await database.ReadAsync(db => db.PartsAsync(strategy))).TextOf("area.people").ShouldBe("Veintinueve mil");
        (await Should.ThrowAsync<RuleBroken>(() => WriteAsync(database, strategy, "area.unknown", "x"))).Code.ShouldBe(WritingRules.QuestionUnknown);
    }

    [Fact]
    public async Task Items_ThatCannotBe_AreRefusedWithTheirReason()
    {
        var (database, strategy) = await BeginAsync();
        await using var _ = database;
        await Refused(StrategyLists.Swot, new SwotFactor(SwotQuadrant.Threat, "Sequía", 6, []), WritingRules.WeightOutOfRange);
        await Refused(StrategyLists.Swot, new SwotFactor(SwotQuadrant.Threat, "Sequía", 0, []), WritingRules.WeightOutOfRange);
        await Refused(StrategyLists.Indicators, Indicator with { TargetOn = Indicator.BaselineOn }, WritingRules.TargetBeforeBaseline);
        await Refused(StrategyLists.Indicators, Indicator with { Target = Indicator.Baseline }, WritingRules.TargetIsBaseline);
        await Refused(StrategyLists.Indicators, Indicator with { Source = " " }, PlanningRules.TextMissing);
        await Refused(StrategyLists.Finance, new FinanceLine("E1", FundingSource.Province, 2027, Money.Zero, null), WritingRules.AmountNotPositive);
        await Refused(StrategyLists.Actions, new PlannedAction("E1", null, "Regar", "Junta", 2029, 2028), PlanningRules.YearsReversed);
        var meeting = new Consultation(ConsultationKind.Workshop, new(2026, 1, 2), "Chilete", "Ejes", 20, 15, 5, 20, 10, "Se agregó el eje de riego", null);
        await Refused(StrategyLists.Consultations, meeting with { SocialSector = 9 }, WritingRules.ParticipantsDiffer);
        await Refused(StrategyLists.Consultations, meeting with { Women = -1 }, WritingRules.NegativeNumber);
        await Refused(StrategyLists.Consultations, meeting with { On = new(2090, 1, 1) }, WritingRules.DayAhead);
        (await ContentAsync(database, strategy)).Document.ShouldBeNull();
        await SaveAsync(database, strategy, StrategyLists.Consultations, meeting);
        await Should.ThrowAsync<NotFound>(() => SaveAsync(database, strategy, StrategyLists.Consultations, meeting, code: "R9"));

        async Task Refused(ItemList list, PartItem item, string code) => (await Should.ThrowAsync<RuleBroken>(() => SaveAsync(database, strategy, list, item))).Code.ShouldBe(code);
    }

    [Fact]
    public async Task Tree_HasOneCore_NoCircleAndTellsItsOrphans()
    {
        var (database, strategy) = await BeginAsync();
        await using var _ = database;
        var core = await SaveNodeAsync(new(TreeRole.Core, "Bajos ingresos", null, "Mayores ingresos", null));
        var cause = await SaveNodeAsync(new(TreeRole.Cause, "Bajo rendimiento", core, "Mayor rendimiento", null));
        var root = await SaveNodeAsync(new(TreeRole.Cause, "Falta de riego", cause, "Se cuenta con riego", "E1"));
        var effect = await SaveNodeAsync(new(TreeRole.Effect, "Migración", null, "Se quedan", null));
        (await Should.ThrowAsync<RuleBroken>(() => SaveNodeAsync(new(TreeRole.Core, "Otro", null, "Otro", null)))).Code.ShouldBe(WritingRules.CoreTwice);
        (await Should.ThrowAsync<RuleBroken>(() => SaveNodeAsync(new(TreeRole.Cause, "Bajo rendimiento", root, "x", null), cause))).Code.ShouldBe(WritingRules.TreeCycle);
        (await Should.ThrowAsync<RuleBroken>(() => SaveNodeAsync(new(TreeRole.Cause, "x", "P99", "x", null)))).Code.ShouldBe(WritingRules.ParentUnknown);
        (await Should.ThrowAsync<RuleBroken>(() => SaveNodeAsync(new(TreeRole.Cause, "x", effect, "x", null)))).Code.ShouldBe(WritingRules.ParentUnknown);
        var tree = ProblemTree.Of((await database.ReadAsync(db => db.PartsAsync(strategy))).Of(StrategyLists.Tree));
        (tree.Core!.Code, tree.Effects.Count, tree.Leaves.Single().Code).ShouldBe((core, 1, root));
        tree.Causes.Select(l => (l.Node.Code, l.Depth)).ShouldBe([(cause, 1), (root, 2)]);
        await database.WithAsync<SaveStrategyItem>(u => u.RemoveAsync(Entity, strategy, StrategyLists.Tree, cause, Manager));
        ProblemTree.Of((await database.ReadAsync(db => db.PartsAsync(strategy))).Of(StrategyLists.Tree)).Orphans.Single().Code.ShouldBe(root);

        Task<string> SaveNodeAsync(TreeNode node, string? code = null) => SaveAsync(database, strategy, StrategyLists.Tree, node, code);
    }

    [Theory]
    [InlineData("Baja productividad de la leche", "Mayor productividad de la leche")]
    [InlineData("Falta de riego", "Se cuenta con riego")]
    [InlineData("Los jóvenes se van", "Se ha superado: los jóvenes se van")]
    [InlineData(" ", "")]
    public void Objective_IsDraftedFromItsProblem(string problem, string objective) => ObjectiveDraft.From(problem).ShouldBe(objective);

    [Fact]
    public async Task Check_TellsEachObjectiveWithoutIndicator_AndEachLinkToNothing()
    {
        var (database, strategy) = await BeginAsync();
        await using var _ = database;
        await SaveAsync(database, strategy, StrategyLists.Objectives, new SpecificObjective("E1", "Regar mejor", null));
        await SaveAsync(database, strategy, StrategyLists.Swot, new SwotFactor(SwotQuadrant.Weakness, "Poca agua", 3, ["E1", "O9"]));
        await SaveAsync(database, strategy, StrategyLists.Finance, new FinanceLine("E1", FundingSource.Province, 2035, Money.Soles(10), null));
        var guide = StrategyGuides.Get("leader-2014");
        var before = Failing(await ContentAsync(database, strategy));
        before.ShouldContain(("writing.objective-indicator", "O1"));
        before.ShouldContain(("writing.target-unknown", "F1"));
        before.ShouldContain(("writing.money-outside", "M1"));
        await SaveAsync(database, strategy, StrategyLists.Indicators, Indicator with { Of = "O1", TargetOn = new(2032, 1, 1) });
        var after = Failing(await ContentAsync(database, strategy));
        after.ShouldNotContain(("writing.objective-indicator", "O1"));
        after.ShouldContain(("writing.target-late", "I1"));

        List<(string, string?)> Failing(StrategyContent content) => [.. StrategyCheck.Of(content, guide).SelectMany(c => c.Reasons).Where(r => r.Met == false).Select(r => (r.Code, r.Args.FirstOrDefault()?.ToString()))];
    }

    [Theory, BothDatabases]
    public async Task Versions_AreKeptForGood_AndWhatIsVotedIsTheWhole(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = new Given(database.Services, database.Clock);
        var entity = await given.EntityAsync();
        var manager = entity.Actor with { Role = "manager" };
        var strategy = await given.StrategyAsync(entity, adopted: false);
        await database.WithAsync<SaveStrategyItem, string>(u => u.ExecuteAsync(entity.Id, strategy, StrategyLists.Objectives, null, new SpecificObjective("E1", "Regar mejor", null), null, manager));
        (await database.WithAsync<FreezeStrategy, int>(u => u.ExecuteAsync(entity.Id, strategy, "antes del taller", manager))).ShouldBe(1);
        (await Should.ThrowAsync<RuleBroken>(() => database.WithAsync<FreezeStrategy, int>(u => u.ExecuteAsync(entity.Id, strategy, null, manager)))).Code.ShouldBe(WritingRules.Unchanged);
        var chain = await database.WithAsync<StartChain, ChainId>(u => u.ExecuteAsync(entity.Id, new() { Name = "Café", Product = "café", Unit = "t", Seasons = ["año"] }, manager));
        await database.WithAsync<FillFigures>(u => u.ExecuteAsync(entity.Id, strategy, manager));

        var assembly = await given.AssemblyAsync(entity);
        await database.WithAsync<ProposeStrategy, MotionId>(u => u.ExecuteAsync(entity.Id, strategy, assembly, manager));
        (await Should.ThrowAsync<RuleBroken>(() => database.WithAsync<SaveStrategyItem, string>(u => u.ExecuteAsync(entity.Id, strategy, StrategyLists.Objectives, null, new SpecificObjective("E1", "x", null), null, manager)))).Code.ShouldBe(PlanningRules.StrategyLocked);
        (await Should.ThrowAsync<RuleBroken>(() => database.WithAsync<RemoveChain>(u => u.ExecuteAsync(entity.Id, chain, manager)))).Code.ShouldBe(ChainRules.Locked);
        var content = await ContentAsync(database, strategy);
        await given.AdoptedResolutionAsync(entity, PlanningMotions.Of(content).Subject);

        var adopted = await database.ReadAsync(db => db.Strategies.SingleAsync(s => s.Id == strategy));
        adopted.State.ShouldBe(StrategyState.InForce);
        var versions = await database.ReadAsync(db => db.StrategyVersions.OrderBy(v => v.Number).ToListAsync());
        versions.Select(v => v.Number).ShouldBe([1, 2]);
        versions[1].Digest.ShouldBe(adopted.AdoptedDigest!.Value);
        versions.ShouldAllBe(v => Digest.Of(v.Content) == v.Digest && v.ReadContent().Digest() == v.Digest);
        versions[1].ReadContent().Written.Chains!.Single().Name.ShouldBe("Café");

        // Afterwards the chain goes on, and what was adopted stays.
        await database.WithAsync<ChangeChain>(u => u.ExecuteAsync(entity.Id, chain, new() { Name = "Café especial", Product = "café", Unit = "t", Seasons = ["año"] }, null, manager));
        StrategyContent.Read((await database.ReadAsync(db => db.Strategies.SingleAsync(s => s.Id == strategy))).AdoptedContent!).Written.Chains!.Single().Name.ShouldBe("Café");
        // A revision begins from what is in force.
        var next = await database.WithAsync<StartStrategy, StrategyId>(u => u.ExecuteAsync(entity.Id, new() { Title = "Otra", Vision = "V", YearFrom = 2031, YearTo = 2035 }, manager));
        (await ContentAsync(database, next)).Written.Objectives!.Single().Text.ShouldBe("Regar mejor");
    }

    [Fact]
    public void Figures_OfTheBuiltInPack_TellTheirSource_AndWhatIsMissing()
    {
        var country = PackReader.BuiltIn;
        var figures = TerritoryFigures.Of(country, ["0605", "0611"], new(2026, 3, 1));
        figures.Places.Select(p => p.Code).ShouldBe(["0605", "0611", "", "06", "PE"]);
        figures.Figures.ShouldNotBeEmpty();
        foreach (var figure in figures.Figures)
        {
            figure.Source.ShouldNotBeEmpty();
            figure.Values.Count.ShouldBe(5);
            var any = country.Indicator(figure.Key, Level.Province);
            figure.Value(0).ShouldBe(any?.Of("0605"));
            if (figure.Values[0] is null || any?.AddsUp != true) figure.Values[2].ShouldBeNull();
            else figure.Value(2).ShouldBe(any.Of("0605") + any.Of("0611"));
        }
    }
}
