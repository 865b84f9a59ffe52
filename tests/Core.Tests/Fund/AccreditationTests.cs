using Microsoft.EntityFrameworkCore;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Fund.Funds;
using Minka.Core.Kernel;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Fund;

public sealed class AccreditationTests
{
    [Theory, BothDatabases]
    public async Task Entity_WhoseCompositionIsMet_IsAccreditedUntilItsLastDay(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var (fund, entity) = (await given.FundAsync(), await given.EntityAsync());
        var id = await given.AccreditationAsync(fund, entity.Id);
        var accreditation = await given.ReadAsync(db => db.Accreditations.SingleAsync(a => a.Id == id));
        accreditation.Composition.IsMet.ShouldBeTrue();
        accreditation.Composition.Seats.ShouldBe(12);
        (await given.ReadAsync(db => Accreditations.FindInForceAsync(db, fund.Id, entity.Id, accreditation.ValidTo)))!.Id.ShouldBe(id);
        (await given.ReadAsync(db => Accreditations.FindInForceAsync(db, fund.Id, entity.Id, accreditation.ValidTo.AddDays(1)))).ShouldBeNull();
        var today = LegalTime.DayIn(database.Clock.Now);
        (await given.ReadAsync(db => Accreditations.UntilAsync(db, fund.Id, entity.Id, today))).ShouldBe(accreditation.ValidTo);
        (await given.ReadAsync(db => Accreditations.UntilAsync(db, fund.Id, entity.Id, accreditation.ValidTo.AddDays(1)))).ShouldBeNull();
        (await given.ReadAsync(db => Accreditations.CountInForceAsync(db, fund.Id, today))).ShouldBe(1);
        (await Should.ThrowAsync<RuleBroken>(() => given.AccreditationAsync(fund, entity.Id))).Code.ShouldBe(FundRules.AccreditationOverlap);
        await given.WithAsync<RevokeAccreditation>(r => r.ExecuteAsync(id, "Perdió su composición", fund.Operator));
        (await given.ReadAsync(db => Accreditations.EntitiesInForceAsync(db, fund.Id, LegalTime.DayIn(database.Clock.Now)))).ShouldBeEmpty();
        (await given.ReadAsync(db => Accreditations.UntilAsync(db, fund.Id, entity.Id, today))).ShouldBeNull();
        (await given.ReadAsync(db => Accreditations.CountInForceAsync(db, fund.Id, today))).ShouldBe(0);
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<RevokeAccreditation>(r => r.ExecuteAsync(id, "otra vez", fund.Operator)))).Code.ShouldBe(FundRules.AccreditationEnded);
        await given.AccreditationAsync(fund, entity.Id);
    }

    [Theory, BothDatabases]
    public async Task CountInForce_OnAnyDay_IsHowManyMayApply(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var (fund, other) = (await given.FundAsync(), await given.FundAsync());
        var entities = new List<GivenEntity>();
        for (var i = 0; i < 4; i++) entities.Add(await given.EntityAsync());
        foreach (var entity in entities) await given.AccreditationAsync(fund, entity.Id);
        await given.AccreditationAsync(other, entities[0].Id);
        var today = LegalTime.DayIn(database.Clock.Now);
        var accreditations = await given.ReadAsync(db => db.Accreditations.Where(a => a.FundId == fund.Id).ToListAsync());
        // A day later one is revoked and given anew, one is revoked, and one entity ends.
        database.Clock.Advance(TimeSpan.FromDays(1));
        foreach (var entity in entities.Take(2))
            await given.WithAsync<RevokeAccreditation>(r => r.ExecuteAsync(accreditations.Single(a => a.EntityId == entity.Id).Id, "Perdió su composición", fund.Operator));
        await given.AccreditationAsync(fund, entities[0].Id);
        await given.WithAsync<DissolveEntity>(d => d.ExecuteAsync(entities[2].Id, "Se fusionó", null, entities[2].Actor));

        foreach (var (day, count) in new[] { (today.AddDays(-1), 0), (today, 3), (today.AddDays(1), 2), (accreditations[0].ValidTo, 2), (accreditations[0].ValidTo.AddDays(1), 1), (accreditations[0].ValidTo.AddDays(2), 0) })
        {
            (await given.ReadAsync(db => Accreditations.CountInForceAsync(db, fund.Id, day))).ShouldBe(count, day.ToString("O"));
            (await given.ReadAsync(db => Accreditations.EntitiesInForceAsync(db, fund.Id, day))).Count.ShouldBe(count, day.ToString("O"));
        }
    }

    [Fact]
    public async Task Entity_WithoutMembers_IsNotAccredited()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var (fund, entity) = (await given.FundAsync(), await given.EntityAsync(members: 0));
        (await Should.ThrowAsync<RuleBroken>(() => given.AccreditationAsync(fund, entity.Id))).Code.ShouldBe(FundRules.CompositionNotMet);
    }

    [Fact]
    public async Task Accreditation_ForYesterdayOrForTooLong_IsRefused()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var (fund, entity) = (await given.FundAsync(), await given.EntityAsync());
        var today = LegalTime.DayIn(database.Clock.Now);
        foreach (var (from, to) in new[] { (today.AddDays(-1), today.AddYears(1)), (today, today), (today, today.AddYears(4).AddDays(1)) })
        {
            (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<AccreditEntity, AccreditationId>(a => a.ExecuteAsync(fund.Id, entity.Id, from, to, fund.Operator))))
                .Code.ShouldBe(FundRules.AccreditationDates);
        }
    }

    [Fact]
    public async Task Leagues_WithThreeAccreditedEntitiesEachSide_AreTwo()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entities = new List<EntityId>();
        foreach (var province in new[] { "0605", "0605", "0605", "0901", "0901", "0901" }) entities.Add((await given.EntityAsync(province: province)).Id);
        var call = await given.CallAsync(c => c.Accrediting([.. entities]));
        var leagues = await given.ReadAsync(db => db.Leagues.Where(l => l.CallId == call.Id).OrderBy(l => l.Order).ToListAsync());
        leagues.Count.ShouldBe(2);
        leagues.ShouldAllBe(l => l.Applicants == 3);
        leagues.SumMoney(l => l.Envelope).ShouldBe(Money.Soles(20_000_000));
    }
}
