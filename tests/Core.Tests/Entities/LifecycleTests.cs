using Microsoft.EntityFrameworkCore;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Fund.Funds;
using Minka.Core.Kernel;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Entities;

public sealed class LifecycleTests
{
    [Fact]
    public async Task Statutes_AskNoLessThanTheLaw()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync("ccl", members: 7);
        Task SetAsync(int version, StatuteInput input) => given.WithAsync<SetStatute>(s => s.ExecuteAsync(entity.Id, version, input, entity.Actor));
        var input = new StatuteInput("Concertar", "Contumazá", null, 1, null);
        (await Should.ThrowAsync<RuleBroken>(() => SetAsync(-1, input))).Code.ShouldBe(EntitiesRules.SessionsOutOfRange);
        await SetAsync(-1, input with { SessionsPerYear = 4 });
        await Should.ThrowAsync<ChangedMeanwhile>(() => SetAsync(-1, input with { SessionsPerYear = 3 }));
        (await database.ReadAsync(db => db.EntityStatutes.SingleAsync())).SessionsPerYear.ShouldBe(4);
    }

    [Theory, BothDatabases]
    public async Task Board_IsOfMembersInForceOnceEach_AndTheNextOneTakesItsPlace(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var entity = await given.EntityAsync(members: 4);
        var today = LegalTime.DayIn(database.Clock.Now);
        Task SetAsync(DateOnly from, params BoardInput[] seats) => given.WithAsync<SetBoard>(s => s.ExecuteAsync(entity.Id, from, seats, entity.Actor));
        BoardInput Seat(string office, int member) => new(office, entity.Members[member]);
        (await Should.ThrowAsync<RuleBroken>(() => SetAsync(today))).Code.ShouldBe(EntitiesRules.BoardOffices);
        (await Should.ThrowAsync<RuleBroken>(() => SetAsync(today, Seat("Presidencia", 0), Seat("Secretaría", 0)))).Code.ShouldBe(EntitiesRules.BoardTwice);
        (await Should.ThrowAsync<RuleBroken>(() => SetAsync(today, Seat("Presidencia", 0), Seat("PRESIDENCIA", 1)))).Code.ShouldBe(EntitiesRules.BoardOfficeTwice);
        (await Should.ThrowAsync<RuleBroken>(() => SetAsync(today.AddYears(3), Seat("Presidencia", 0)))).Code.ShouldBe(EntitiesRules.BoardMandate);
        await SetAsync(today, Seat("Presidencia", 0), Seat("Secretaría", 1));
        await SetAsync(today, Seat("Presidencia", 2));
        var rows = await database.ReadAsync(db => db.BoardSeats.ToListAsync());
        rows.Count.ShouldBe(3);
        rows.Single(r => r.EndedAt is null).MemberId.ShouldBe(entity.Members[2]);
        rows.Single(r => r.EndedAt is null).To.ShouldBe(today.AddYears(2).AddDays(-1));
    }

    [Theory, BothDatabases]
    public async Task Dissolution_NeedsTheAssemblysSignedResolution_AndEndsAccreditations(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var fund = await given.FundAsync();
        var entity = await given.EntityAsync();
        var accreditation = await given.AccreditationAsync(fund, entity.Id);
        Task DissolveAsync(ResolutionId? by) => given.WithAsync<DissolveEntity>(d => d.ExecuteAsync(entity.Id, "Cumplió su fin", by, entity.Actor));
        var pending = await given.AssemblyAsync(entity);
        (await Should.ThrowAsync<RuleBroken>(() => DissolveAsync(null))).Code.ShouldBe(EntitiesRules.AssemblyStillOpen);
        await given.WithAsync<CancelAssembly>(c => c.ExecuteAsync(pending, "No hay local", entity.Actor));
        var unsigned = await given.AdoptedResolutionAsync(entity, signed: false);
        (await Should.ThrowAsync<RuleBroken>(() => DissolveAsync(null))).Code.ShouldBe(EntitiesRules.DissolutionNeedsResolution);
        (await Should.ThrowAsync<RuleBroken>(() => DissolveAsync(unsigned.Id))).Code.ShouldBe(EntitiesRules.MinutesNotSigned);
        var signed = await given.AdoptedResolutionAsync(entity);
        await DissolveAsync(signed.Id);
        (await database.ReadAsync(db => db.CoordinationEntities.SingleAsync())).State.ShouldBe(Core.Entities.EntityState.Dissolved);
        (await database.ReadAsync(db => db.EntityDissolutions.SingleAsync())).ResolutionId.ShouldBe(signed.Id);
        (await database.ReadAsync(db => db.Accreditations.SingleAsync(a => a.Id == accreditation))).RevokedAt.ShouldNotBeNull();
        (await Should.ThrowAsync<RuleBroken>(() => DissolveAsync(signed.Id))).Code.ShouldBe("state.forbidden");
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, given.Member("Tarde"), entity.Actor)))).Code.ShouldBe(EntitiesRules.Dissolved);
    }

    [Theory, BothDatabases]
    public async Task Accreditation_SuspendedAndResumed_BlocksFromItsDayToTheDayItIsLifted(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var (fund, entity) = (await given.FundAsync(), await given.EntityAsync());
        var id = await given.AccreditationAsync(fund, entity.Id);
        Task SuspendAsync() => given.WithAsync<SuspendAccreditation>(s => s.SuspendAsync(id, "No rindió cuentas", fund.Operator));
        Task ResumeAsync() => given.WithAsync<SuspendAccreditation>(s => s.ResumeAsync(id, "Rindió", fund.Operator));
        (await Should.ThrowAsync<RuleBroken>(ResumeAsync)).Code.ShouldBe("state.forbidden");
        var before = LegalTime.DayIn(database.Clock.Now);
        database.Clock.Advance(TimeSpan.FromDays(3));
        await SuspendAsync();
        (await Should.ThrowAsync<RuleBroken>(SuspendAsync)).Code.ShouldBe("state.forbidden");
        var during = LegalTime.DayIn(database.Clock.Now);
        (await UntilAsync(before)).ShouldNotBeNull("what was done before stands");
        (await UntilAsync(during)).ShouldBeNull();
        (await database.ReadAsync(db => Accreditations.CountInForceAsync(db, fund.Id, during))).ShouldBe(0);
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<RenewAccreditation>(r => r.ExecuteAsync(id, during.AddYears(3), fund.Operator)))).Code.ShouldBe(FundRules.AccreditationSuspended);
        (await ClockAsync()).ShouldBe("accreditation-suspended");
        database.Clock.Advance(TimeSpan.FromDays(5));
        await ResumeAsync();
        (await UntilAsync(LegalTime.DayIn(database.Clock.Now))).ShouldNotBeNull();
        (await UntilAsync(during)).ShouldBeNull("the days of the suspension stay blocked");

        Task<DateOnly?> UntilAsync(DateOnly day) => database.ReadAsync(db => Accreditations.UntilAsync(db, fund.Id, entity.Id, day));
        async Task<string> ClockAsync() => (await database.ReadAsync(db => AccreditationClocks.ReadAsync(db, entity.Id, LegalTime.DayIn(database.Clock.Now)))).Single().Code;
    }

    [Fact]
    public async Task Accreditation_SuspendedOrRunOut_LetsNobodyStartNorSubmit()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var written = await given.WrittenApplicationAsync();
        var fund = written.Call.Fund;
        var id = await database.ReadAsync(db => db.Accreditations.Where(a => a.EntityId == written.Programme.Entity.Id).Select(a => a.Id).SingleAsync());
        await given.WithAsync<SuspendAccreditation>(s => s.SuspendAsync(id, "No rindió cuentas", fund.Operator));
        await Should.ThrowAsync<RuleBroken>(() => given.SubmitAsync(written));
        (await Should.ThrowAsync<RuleBroken>(() => given.StartedApplicationAsync(written.Programme, written.Call))).Code.ShouldBe(Core.Applications.ApplicationsRules.NotAccredited);
        database.Clock.Advance(TimeSpan.FromDays(1));
        await given.WithAsync<SuspendAccreditation>(s => s.ResumeAsync(id, "Rindió", fund.Operator));
        await given.SubmitAsync(written);
    }

    [Fact]
    public async Task Accreditation_RenewsFromTheDayAfterItsEnd_AndNotTooEarly()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var (fund, entity) = (await given.FundAsync(), await given.EntityAsync());
        var id = await given.AccreditationAsync(fund, entity.Id);
        var first = await database.ReadAsync(db => db.Accreditations.SingleAsync());
        Task<AccreditationId> RenewAsync() => given.WithAsync<RenewAccreditation, AccreditationId>(r => r.ExecuteAsync(id, first.ValidTo.AddYears(1), fund.Operator));
        var early = await Should.ThrowAsync<RuleBroken>(RenewAsync);
        early.Code.ShouldBe(FundRules.AccreditationTooEarly);
        early.Args[0].ShouldBe(first.ValidTo.AddDays(-AccreditationClocks.RenewalDays));
        database.Clock.MoveTo(LegalTime.ToUtc(first.ValidTo.AddDays(-AccreditationClocks.RenewalDays), new TimeOnly(10, 0)));
        (await ClockAsync()).ShouldBe(first.ValidTo < LegalTime.DayIn(database.Clock.Now).AddDays(AccreditationClocks.RenewalDays) ? "accreditation-near" : "accreditation");
        // The composition is judged anew: members whose mandates ran out do not count.
        (await database.ReadAsync(db => db.Members.MaxAsync(m => m.MandateTo))).ShouldBeGreaterThan(LegalTime.DayIn(database.Clock.Now));
        var second = await RenewAsync();
        var row = await database.ReadAsync(db => db.Accreditations.SingleAsync(a => a.Id == second));
        row.ValidFrom.ShouldBe(first.ValidTo.AddDays(1));
        (await ClockAsync()).ShouldBe("accreditation");

        async Task<string> ClockAsync() => (await database.ReadAsync(db => AccreditationClocks.ReadAsync(db, entity.Id, LegalTime.DayIn(database.Clock.Now)))).Single().Code;
    }
}
