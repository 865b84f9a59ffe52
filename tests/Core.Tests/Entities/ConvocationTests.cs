using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Entities;

public sealed class ConvocationTests
{
    [Theory, BothDatabases]
    public async Task PlannedSession_ConvenedWithItsAgenda_IsThePlansNoLonger(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var entity = await given.EntityAsync();
        var today = LegalTime.DayIn(database.Clock.Now);
        Task<PlannedSessionId> PlanAsync(DateOnly on) => given.WithAsync<PlanSessions, PlannedSessionId>(p => p.AddAsync(entity.Id, on, "Primera ordinaria", entity.Actor));
        var early = await Should.ThrowAsync<RuleBroken>(() => PlanAsync(today.AddDays(4)));
        early.Code.ShouldBe(EntitiesRules.NoticeTooShort);
        early.Args.ShouldBe([5, today.AddDays(5)], "the earliest lawful day is told");
        var id = await PlanAsync(today.AddDays(20));
        (await Should.ThrowAsync<RuleBroken>(() => PlanAsync(today.AddDays(20)))).Code.ShouldBe(EntitiesRules.PlannedTwice);
        var first = database.Clock.Now.AddDays(20);
        var paper = await given.WithAsync<FileStore, IncomingFile>(f => f.PutAsync("%PDF-1.4\n%%EOF\n"u8.ToArray(), "2 balance.pdf"));
        var input = new ConvocationInput("Primera ordinaria", "Local comunal", first, first.AddMinutes(30)) { Agenda = [new("Lectura del acta"), new("Balance", paper)], Planned = id };
        var assembly = await given.WithAsync<ConveneAssembly, AssemblyId>(c => c.ExecuteAsync(entity.Id, input, entity.Actor));
        (await database.ReadAsync(db => db.AgendaItems.OrderBy(i => i.Order).ToListAsync())).Select(i => (i.Order, i.Title, i.FileId is not null)).ShouldBe([(1, "Lectura del acta", false), (2, "Balance", true)]);
        (await database.ReadAsync(db => db.PlannedSessions.SingleAsync())).AssemblyId.ShouldBe(assembly);
        await Should.ThrowAsync<NotFound>(() => given.WithAsync<ConveneAssembly, AssemblyId>(c => c.ExecuteAsync(entity.Id, input, entity.Actor)));
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<PlanSessions>(p => p.RemoveAsync(id, entity.Actor)))).Code.ShouldBe(EntitiesRules.PlanConvened);
        var other = await PlanAsync(today.AddDays(90));
        await given.WithAsync<PlanSessions>(p => p.RemoveAsync(other, entity.Actor));
        (await database.ReadAsync(db => db.PlannedSessions.CountAsync())).ShouldBe(1);
    }

    [Fact]
    public async Task Notice_GoesToRepresentativesAndAlternatesWithAnAddress()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync(members: 3);
        var (rosa, luis, sin) = (await PersonAsync("rosa", "rosa@example.org"), await PersonAsync("luis", "luis@example.org"), await PersonAsync("sin", null));
        await given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, given.Member("Con cuenta", person: rosa) with { Alternate = new("Luis Soto Rey", false, luis) }, entity.Actor));
        await given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, given.Member("Sin correo", person: sin), entity.Actor));
        await given.AssemblyAsync(entity);
        (await database.ReadAsync(db => db.Set<OutboxMessage>().Where(m => m.Kind == "assembly-convened").Select(m => m.PersonId).ToListAsync())).ShouldBe([rosa, luis], ignoreOrder: true);

        Task<Guid> PersonAsync(string name, string? email) => given.WithAsync<AddPerson, Guid>(a => a.ExecuteAsync(new NewPerson(name, name, email, "una clave larga"), Actor.System));
    }
}
