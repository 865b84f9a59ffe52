using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Entities;

public sealed class FollowResolutionTests
{
    [Theory, BothDatabases]
    public async Task Task_OverdueIsInTheTray_AndHoldsTheResolutionOpenUntilDone(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var rosa = await given.WithAsync<AddPerson, Guid>(a => a.ExecuteAsync(new NewPerson("rosa", "Rosa", null, "una clave larga"), Minka.Core.Register.Actor.System));
        var entity = await given.EntityAsync(secretary: rosa);
        var resolution = await given.AdoptedResolutionAsync(entity);
        var today = LegalTime.DayIn(database.Clock.Now);
        Task<ResolutionTaskId> AssignAsync(TaskInput input) => given.WithAsync<FollowResolution, ResolutionTaskId>(f => f.AssignAsync(resolution.Id, input, entity.Actor));
        var input = new TaskInput("Pedir el expediente técnico", entity.Members[0], "Ana Ríos", today.AddDays(10));
        (await Should.ThrowAsync<RuleBroken>(() => AssignAsync(input with { DueOn = today.AddDays(-1) }))).Code.ShouldBe(EntitiesRules.TaskInThePast);
        (await Should.ThrowAsync<RuleBroken>(() => AssignAsync(input with { What = " " }))).Code.ShouldBe(EntitiesRules.TaskWhatMissing);
        var stranger = await given.EntityAsync(members: 1);
        await Should.ThrowAsync<NotFound>(() => AssignAsync(input with { Member = stranger.Members[0] }));
        var id = await AssignAsync(input);
        (await TrayAsync()).ShouldBeEmpty();
        database.Clock.Advance(TimeSpan.FromDays(4));
        (await TrayAsync()).ShouldBe(["tray.resolution.due"]);
        database.Clock.Advance(TimeSpan.FromDays(7));
        (await TrayAsync()).ShouldBe(["tray.resolution.overdue"]);
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<EndResolution>(e => e.FulfilAsync(resolution.Id, "Cumplido", entity.Actor)))).Code.ShouldBe(EntitiesRules.TasksOpen);
        await given.WithAsync<FollowResolution>(f => f.PostponeAsync(id, LegalTime.DayIn(database.Clock.Now).AddDays(30), "Llovió", entity.Actor));
        (await TrayAsync()).ShouldBeEmpty();
        await given.WithAsync<FollowResolution>(f => f.NoteAsync(resolution.Id, "Se visitó la obra", entity.Actor));
        await given.WithAsync<FollowResolution>(f => f.FinishAsync(id, "Entregado", entity.Actor));
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<FollowResolution>(f => f.FinishAsync(id, "otra vez", entity.Actor)))).Code.ShouldBe(EntitiesRules.TaskDone);
        await given.WithAsync<EndResolution>(e => e.FulfilAsync(resolution.Id, "Cumplido", entity.Actor));
        (await Should.ThrowAsync<RuleBroken>(() => AssignAsync(input with { DueOn = LegalTime.DayIn(database.Clock.Now).AddDays(30) }))).Code.ShouldBe(EntitiesRules.ResolutionEnded);

        async Task<IReadOnlyList<string>> TrayAsync() => await database.ReadAsync(async db =>
            (await EntitiesTray.ReadAsync(db, new TrayOf(rosa, await db.RoleGrants.Where(g => g.PersonId == rosa).ToListAsync(), database.Clock.Now), default)).Select(i => i.Key).Where(k => k.StartsWith("tray.resolution", StringComparison.Ordinal)).ToList());
    }
}
