using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Bank;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Planning.Bank;

public sealed class BankListTests
{
    [Theory, BothDatabases]
    public async Task List_FiltersAndTotalsAndTellsWhatEachAxisLacks(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        // Three works of coffee with sources, on E1; none on E2.
        var draft = await given.DraftProgrammeAsync();
        var manager = new Actor(null, "manager");
        var entity = draft.Entity.Id;
        var district = (await given.DistrictsAsync("0605", 3))[2];
        await given.WithAsync<AddToBank, ProjectId>(a => a.ExecuteAsync(entity, new(new() { Title = "Posada rural", Problem = "", Objective = "", Chain = "turismo", Places = [district], PlannedCost = Money.Soles(5) }, Sheet: new() { Kind = ProjectKind.BusinessPlan }), manager));
        var gone = await given.WithAsync<AddToBank, ProjectId>(a => a.ExecuteAsync(entity, new(new() { Title = "Idea vieja", Problem = "", Objective = "", PlannedCost = Money.Zero }), manager));
        await given.WithAsync<ChangeStage>(c => c.ExecuteAsync(entity, gone, "discard", null, manager));

        async Task<string[]> CodesAsync(BankFilter filter) => [.. (await given.WithAsync<BankList, BankPage>(l => l.PageAsync(entity, filter, 1))).Rows.Select(r => r.Code)];
        (await CodesAsync(new())).ShouldBe(["B1", "P1", "P2", "P3"]);
        (await CodesAsync(new(Discarded: true))).ShouldBe(["B1", "P1", "P2", "P3", "B2"]);
        (await CodesAsync(new(Stage: ProjectStage.Discarded))).ShouldBe(["B2"]);
        (await CodesAsync(new(Programme: false))).ShouldBe(["B1"]);
        (await CodesAsync(new(Kind: ProjectKind.BusinessPlan))).ShouldBe(["B1"]);
        (await CodesAsync(new(Chain: "turismo"))).ShouldBe(["B1"]);
        (await CodesAsync(new(Place: district))).ShouldContain("B1");
        (await CodesAsync(new(Place: "0605"))).Length.ShouldBe(4);
        (await CodesAsync(new(Place: "05"))).ShouldBeEmpty();
        (await CodesAsync(new(Text: "POSADA"))).ShouldBe(["B1"]);

        var stages = await given.WithAsync<BankList, IReadOnlyList<StageTotal>>(l => l.StagesAsync(entity));
        stages.Where(s => s.Projects > 0).Select(s => (s.Stage, s.Projects, s.Cost)).ShouldBe([(ProjectStage.Idea, 1, Money.Soles(5)), (ProjectStage.Profile, 3, Money.Soles(900_000)), (ProjectStage.Discarded, 1, Money.Zero)]);

        var axes = await given.WithAsync<BankList, IReadOnlyList<AxisHolding>>(l => l.AxesAsync(entity));
        axes.Select(a => (a.Code, a.Projects, a.Cost, a.Funded, a.Fund, a.LacksProjects)).ShouldBe(
        [
            ("E1", 3, Money.Soles(900_000), Money.Soles(900_000), Money.Soles(540_000), false),
            ("E2", 0, Money.Zero, Money.Zero, Money.Zero, true),
        ]);
    }

    [Fact]
    public async Task Copy_InASecondProgramme_IsNotCountedTwice()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var first = await given.DraftProgrammeAsync();
        var second = await given.DraftProgrammeAsync(first.Entity);
        await given.WithAsync<TakeIntoProgramme, ProjectId>(t => t.ExecuteAsync(first.Projects[0], second.Id, null, new Actor(null, "manager")));
        var stages = await given.WithAsync<BankList, IReadOnlyList<StageTotal>>(l => l.StagesAsync(first.Entity.Id));
        stages.Single(s => s.Stage == ProjectStage.Profile).Projects.ShouldBe(6);
    }
}
