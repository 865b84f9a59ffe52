using Microsoft.EntityFrameworkCore;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Bank;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Planning.Bank;

public sealed class DuplicatesTests
{
    static readonly Actor Manager = new(null, "manager");
    static readonly EntityId Entity = new(new Guid("01900000-0000-7000-8000-000000000001"));

    static ComparedProject Project(int id, string title, string? code = null, string[]? places = null, long soles = 0, int? root = null) => new(
        new(new Guid(id, 0, 0, new byte[8])), new(new Guid(root ?? id, 0, 0, new byte[8])), $"B{id}", title, "", code, places ?? [], Money.Soles(soles), ProjectStage.Idea);

    static (string, string)[] PairsOf(params ComparedProject[] projects) => [.. Duplicates.Of(projects, BankRules.Own).Select(p => (p.First.Code, p.Second.Code))];

    [Fact]
    public void SameWords_InTheSamePlace_AreAPairWithItsReasons()
    {
        var pair = Duplicates.Of([
            Project(1, "Construcción del reservorio de Chilete", places: ["060502"], soles: 100),
            Project(2, "Construccion de reservorios en Chilete", places: ["060502", "060503"], soles: 95),
            Project(3, "Vivero comunal de café", places: ["060502"]),
        ], BankRules.Own).Single();
        (pair.First.Code, pair.Second.Code, pair.Text, pair.SameCode, pair.Amount).ShouldBe(("B1", "B2", BasisPoints.Whole, false, new BasisPoints(9_500)));
        pair.Words.ShouldContain("chilete");
        pair.Places.ShouldBe(["060502"]);
    }

    [Fact]
    public void SameDesign_InTwoDistantPlaces_IsNoPair() => PairsOf(
        Project(1, "Reservorio nocturno de mil metros cúbicos", places: ["060501"], soles: 500),
        Project(2, "Reservorio nocturno de mil metros cúbicos", places: ["060801"], soles: 200)).ShouldBeEmpty();

    [Fact]
    public void UniqueCode_DecidesBothWays()
    {
        PairsOf(Project(1, "Riego", "2480997"), Project(2, "Camino vecinal", "2480997")).ShouldBe([("B1", "B2")]);
        PairsOf(Project(1, "Riego de Chilete", "2480997"), Project(2, "Riego de Chilete", "2480998")).ShouldBeEmpty();
    }

    [Fact]
    public void Copies_OfOneProject_AreNoPair() => PairsOf(Project(1, "Riego de Chilete"), Project(2, "Riego de Chilete", root: 1)).ShouldBeEmpty();

    [Theory, BothDatabases]
    public async Task Decision_IsRemembered_AndAMergeKeepsBothHistories(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var district = (await given.DistrictsAsync("0605", 2))[0];
        async Task<ProjectId> AddAsync(string title, SheetInput sheet, IReadOnlyList<CostLineInput>? lines = null) =>
            await database.WithAsync<AddToBank, ProjectId>(a => a.ExecuteAsync(Entity, new(new() { Title = title, Problem = "", Objective = lines is null ? "" : "Guardar agua", Places = [district], PlannedCost = Money.Soles(lines is null ? 0 : 120_000) }, Sheet: sheet, Lines: lines), Manager));
        var first = await AddAsync("Reservorio de Chilete", new() { Months = 6, Documents = [new("Perfil", "folio 3", null)] });
        var second = await AddAsync("Reservorio en Chilete", new() { InvestmentCode = "2480997", Risks = [new("Helada", RiskLevel.Low, RiskLevel.High, null)] }, Sample.Lines);
        var third = await AddAsync("Reservorio Chilete", new());
        Task<IReadOnlyList<DuplicatePair>> OpenAsync() => database.WithAsync<DuplicateList, IReadOnlyList<DuplicatePair>>(d => d.OpenAsync(Entity));
        (await OpenAsync()).Count.ShouldBe(3);

        await database.WithAsync<DecideDuplicate>(d => d.ExecuteAsync(Entity, third, first, null, "Son dos vasos", Manager));
        (await OpenAsync()).Select(p => (p.First.Code, p.Second.Code)).ShouldBe([("B1", "B2"), ("B2", "B3")], ignoreOrder: true);

        await database.WithAsync<DecideDuplicate>(d => d.ExecuteAsync(Entity, first, second, first, null, Manager));
        var (kept, absorbed) = (await database.ReadAsync(db => db.Projects.SingleAsync(p => p.Id == first)), await database.ReadAsync(db => db.Projects.SingleAsync(p => p.Id == second)));
        (kept.Objective, kept.PlannedCost, absorbed.Stage, absorbed.Title).ShouldBe(("Guardar agua", Money.Soles(120_000), ProjectStage.Discarded, "Reservorio en Chilete"));
        var sheet = await database.ReadAsync(db => db.ProjectSheets.SingleAsync(s => s.ProjectId == first));
        (sheet.Months, sheet.InvestmentCode, sheet.Risks.Count).ShouldBe((6, "2480997", 1));
        sheet.Documents.Select(d => d.Name).ShouldBe(["Perfil", "B2 Reservorio en Chilete"]);
        (await database.ReadAsync(db => db.CostLines.CountAsync(l => l.ProjectId == first))).ShouldBe(2);
        (await database.ReadAsync(db => db.CostLines.CountAsync(l => l.ProjectId == second))).ShouldBe(2);
        (await OpenAsync()).ShouldBeEmpty();
        var history = await database.WithAsync<DuplicateList, (IReadOnlyList<(ProjectId Id, string Code, string Title)> Absorbed, (ProjectId Id, string Code, string Title)? By)>(d => d.HistoryAsync(second));
        history.By!.Value.Code.ShouldBe("B1");
        (await Should.ThrowAsync<RuleBroken>(() => database.WithAsync<DecideDuplicate>(d => d.ExecuteAsync(Entity, first, second, null, null, Manager)))).Code.ShouldBe(PlanningRules.MergedAlready);
        (await Should.ThrowAsync<RuleBroken>(() => database.WithAsync<RemoveFromBank>(d => d.ExecuteAsync(Entity, third, Manager)))).Code.ShouldBe(PlanningRules.NotRemovable);
        (await Audit.RunAsync(database.Settings)).Findings.ShouldBeEmpty();
    }
}
