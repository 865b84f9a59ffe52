using System.Text;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Entities;
using Minka.Core.Evaluation;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Entities;

public sealed class InterestTests
{
    static InterestInput Tie(InterestKind kind, string organisation, DateOnly from, string? number = null, DateOnly? ended = null) =>
        new(kind, organisation, number, kind == InterestKind.Kin ? 2 : null, "SECRETO-PRIMA", from, ended);

    [Theory, BothDatabases]
    public async Task Tie_ReachesTheEntityThroughItsMembers_ForItsTime(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var today = LegalTime.DayIn(database.Clock.Now);
        var (mine, other) = (await given.EntityAsync(members: 2), await given.EntityAsync(members: 2));
        await given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(mine.Id, given.Member("Cooperativa El Ingenio", Sector.Private, "producers") with { Ruc = "20100070970" }, mine.Actor));
        Guid[] people = [await PersonAsync("kin"), await PersonAsync("past"), await PersonAsync("author"), await PersonAsync("nobody")];
        await DeclareAsync(people[0], Tie(InterestKind.Kin, "COOPERATIVA  El Ingenio", today.AddYears(-9)));
        await DeclareAsync(people[1], Tie(InterestKind.Employer, "Otro nombre", today.AddYears(-9), "20100070970", today.AddYears(-3).AddDays(10)));
        await DeclareAsync(people[2], Tie(InterestKind.Author, (await database.ReadAsync(db => db.CoordinationEntities.SingleAsync(e => e.Id == other.Id))).Name, today.AddDays(-30)));
        (await TiedAsync(today)).ShouldBe([(people[0], mine.Id), (people[1], mine.Id), (people[2], other.Id)], ignoreOrder: true);
        (await TiedAsync(today.AddDays(11))).ShouldNotContain((people[1], mine.Id), "three years after the work ended it blocks no longer");
        var kin = await database.ReadAsync(db => db.Interests.SingleAsync(i => i.PersonId == people[0]));
        await Should.ThrowAsync<NotFound>(() => given.WithAsync<DeclareInterest>(d => d.WithdrawAsync(kin.Id, people[1], "no es mía", new Actor(people[1], "person"))));
        await given.WithAsync<DeclareInterest>(d => d.WithdrawAsync(kin.Id, people[0], "Me equivoqué", new Actor(people[0], "person")));
        (await TiedAsync(today)).ShouldNotContain((people[0], mine.Id));

        Task<Guid> PersonAsync(string name) => given.WithAsync<AddPerson, Guid>(a => a.ExecuteAsync(new NewPerson(name, name, null, "una clave larga"), Actor.System));
        Task DeclareAsync(Guid person, InterestInput input) => given.WithAsync<DeclareInterest>(d => d.ExecuteAsync(person, input, new Actor(person, "person")));
        Task<IReadOnlySet<(Guid, EntityId)>> TiedAsync(DateOnly day) => given.WithAsync<InterestVault, IReadOnlySet<(Guid, EntityId)>>(v => database.ReadAsync(db => Interests.TiedToEntitiesAsync(db, v, people, [mine.Id, other.Id], day)));
    }

    [Fact]
    public async Task WhatIsDeclared_LiesNowhereInClear()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var rosa = await given.WithAsync<AddPerson, Guid>(a => a.ExecuteAsync(new NewPerson("rosa", "Rosa", null, "una clave larga"), Actor.System));
        var today = LegalTime.DayIn(database.Clock.Now);
        await given.WithAsync<DeclareInterest>(d => d.ExecuteAsync(rosa, Tie(InterestKind.Kin, "SECRETO-COOPERATIVA", today, "20100070970"), new Actor(rosa, "person")));
        (await given.WithAsync<InterestVault, IReadOnlyList<(Interest Interest, InterestInput Said)>>(v => v.OfAsync(rosa))).Single().Said.Organisation.ShouldBe("SECRETO-COOPERATIVA");
        var row = await database.ReadAsync(db => db.Interests.SingleAsync());
        Encoding.UTF8.GetString(row.Box).ShouldNotContain("SECRETO");
        (await database.ReadAsync(db => db.Set<Leaf>().Select(l => l.Body).ToListAsync())).Select(Encoding.UTF8.GetString).ShouldAllBe(b => !b.Contains("SECRETO", StringComparison.Ordinal) && !b.Contains("20100070970", StringComparison.Ordinal));
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<DeclareInterest>(d => d.ExecuteAsync(rosa, new(InterestKind.Kin, "X", null, null, null, today, null), new Actor(rosa, "person"))))).Code.ShouldBe(EntitiesRules.DegreeMissing);
    }

    [Fact]
    public async Task MemberTiedToTheParty_IsToldToTheVoting()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var today = LegalTime.DayIn(database.Clock.Now);
        var entity = await given.EntityAsync(members: 3);
        var rosa = await given.WithAsync<AddPerson, Guid>(a => a.ExecuteAsync(new NewPerson("rosa", "Rosa", null, "una clave larga"), Actor.System));
        var hers = await given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, given.Member("Comunidad de Rosa", person: rosa), entity.Actor));
        var assembly = await given.AssemblyAsync(entity);
        await given.WithAsync<DeclareInterest>(d => d.ExecuteAsync(rosa, Tie(InterestKind.Supplier, "Constructora Sol", today), new Actor(rosa, "person")));
        var own = await database.ReadAsync(db => db.Members.Where(m => m.Id == entity.Members[1]).Select(m => m.Organisation).SingleAsync());
        (await TiedAsync(new Party("Constructora Sol"), new Party(own))).ShouldBe([hers, entity.Members[1]], ignoreOrder: true);
        (await TiedAsync(new Party("Constructora Luna"))).ShouldBeEmpty();

        Task<IReadOnlySet<MemberId>> TiedAsync(params Party[] parties) => given.WithAsync<InterestVault, IReadOnlySet<MemberId>>(v => database.ReadAsync(db => Interests.TiedMembersAsync(db, v, assembly, parties, today)));
    }

    [Fact]
    public async Task Evaluator_WithATie_IsNotSeated_AndLeavesTheSeatWhenItIsDeclaredLater()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var today = LegalTime.DayIn(database.Clock.Now);
        var file = (await given.FilesInEvaluationAsync(1, 4))[0];
        today = LegalTime.DayIn(database.Clock.Now);
        var seats = await given.SeatsAsync(file);
        var entity = await database.ReadAsync(db => db.Set<Core.Applications.Application>().Where(a => a.Id == file.Id).Select(a => a.EntityId).SingleAsync());
        var organisation = await database.ReadAsync(db => db.Members.Where(m => m.EntityId == entity).OrderBy(m => m.Organisation).Select(m => m.Organisation).FirstAsync());
        var person = seats[0].EvaluatorId;
        await given.WithAsync<EvaluateFile>(e => e.AcceptAsync(seats[0].Id, new Actor(person, "evaluator")));
        await given.WithAsync<DeclareInterest>(d => d.ExecuteAsync(person, Tie(InterestKind.Kin, organisation, today.AddDays(-1)), new Actor(person, "evaluator")));
        var after = await database.ReadAsync(db => db.Assignments.Where(a => a.ApplicationId == file.Id).ToListAsync());
        after.Single(a => a.Id == seats[0].Id).State.ShouldBe(AssignmentState.Recused);
        after.Single(a => a.Id == seats[0].Id).RecusalReason!.ShouldNotContain(organisation);
        var replacement = after.Single(a => a.Seat == seats[0].Seat && a.IsActive);
        replacement.EvaluatorId.ShouldNotBe(person);
        // Whoever is tied may not open a file either, whichever way the seat came about.
        var second = replacement.EvaluatorId;
        await given.WithAsync<EvaluateFile>(e => e.AcceptAsync(replacement.Id, new Actor(second, "evaluator")));
        (await given.WithAsync<InterestVault, bool>(v => database.ReadAsync(db => DeclaredTies.IsTiedAsync(db, v, person, file.Id, today)))).ShouldBeTrue();
        (await given.WithAsync<InterestVault, bool>(v => database.ReadAsync(db => DeclaredTies.IsTiedAsync(db, v, second, file.Id, today)))).ShouldBeFalse();
    }
}
