using Microsoft.EntityFrameworkCore;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Entities;

/// <summary>Assemblies of bodies whose wall clock is not Lima's, across midnight and across the change to summer time and back.</summary>
public sealed class ClockTests
{
    static readonly LegalZone Madrid = LegalZone.Of("Europe/Madrid");

    static DateTime At(int month, int day, int hour, int minute = 0) => Madrid.ToUtc(new DateOnly(2026, month, day), new TimeOnly(hour, minute));

    static Task<AssemblyId> ConveneAsync(Given given, GivenEntity entity, DateTime first, DateTime? until = null) =>
        given.WithAsync<ConveneAssembly, AssemblyId>(c => c.ExecuteAsync(entity.Id, new ConvocationInput("Asamblea", "Lugo", first, null, until), entity.Actor));

    [Fact]
    public async Task Notice_CountsDaysOfTheBodysOwnCalendar()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        database.Clock.MoveTo(At(3, 20, 0, 30));
        var leader = await given.EntityAsync("leader");
        var alliance = await given.EntityAsync();
        // In Madrid it is the 20th, in Lima still the 19th: five days on are the 25th and the 24th.
        (await Should.ThrowAsync<RuleBroken>(() => ConveneAsync(given, leader, At(3, 24, 23, 59)))).Args[1].ShouldBe(new DateOnly(2026, 3, 25));
        await ConveneAsync(given, leader, At(3, 25, 0));
        await ConveneAsync(given, alliance, At(3, 24, 23, 59));
    }

    [Fact]
    public async Task Written_LeastDays_AreDaysOfTheWallClock_WhateverTheirHours()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync("leader");
        // From Thursday at nine to Tuesday at nine, over the night in which an hour is missing: 119 hours and five days.
        var first = At(3, 26, 9);
        var whole = At(3, 31, 9);
        (whole - first).TotalHours.ShouldBe(119);
        await ConveneAsync(given, entity, first, whole);
        (await Should.ThrowAsync<RuleBroken>(() => ConveneAsync(given, entity, first, whole.AddMinutes(-1)))).Code.ShouldBe(EntitiesRules.WrittenTooShort);
        // Over the night in which an hour comes twice five days have 121 hours; and who ends at 02:30 ends at the second one.
        database.Clock.MoveTo(At(10, 1, 12));
        (await Should.ThrowAsync<RuleBroken>(() => ConveneAsync(given, entity, At(10, 22, 9), At(10, 27, 9).AddHours(-1)))).Code.ShouldBe(EntitiesRules.WrittenTooShort);
        var twice = (await Should.ThrowAsync<RuleBroken>(() => ConveneAsync(given, entity, At(10, 20, 2, 30), Madrid.ToUtc(new DateOnly(2026, 10, 25), new TimeOnly(2, 30)))));
        twice.Args[1].ShouldBe(new DateTime(2026, 10, 25, 1, 30, 0, DateTimeKind.Utc));
    }

    [Theory]
    // The night without 02:30 and the night with two of them: opened before midnight, decided after the change.
    [InlineData(3, 28)]
    [InlineData(10, 24)]
    public async Task Session_OverMidnightAndTheChangeOfTheClock_KeepsItsMandatesAndItsOrder(int month, int day)
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        database.Clock.MoveTo(At(month, day, 12).AddDays(-10));
        var entity = await given.EntityAsync("leader", members: 9);
        var last = new DateOnly(2026, month, day);
        // Its mandate ends with the day in Madrid, while it is still that day in Lima for hours.
        var ending = await given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(entity.Id, given.Member("Último día", Sector.Social, "youth") with { MandateTo = last }, entity.Actor));
        var id = await ConveneAsync(given, entity, At(month, day, 22));
        database.Clock.MoveTo(At(month, day, 22));
        await given.WithAsync<RecordAttendance>(r => r.ArriveAsync(id, [.. entity.Members, ending], entity.Actor));
        await given.WithAsync<OpenSession>(o => o.ExecuteAsync(id, AssemblyCall.First, entity.Actor));
        var motions = new List<MotionId>();
        for (var i = 0; i < 2; i++) motions.Add(await given.WithAsync<ProposeMotion, MotionId>(p => p.ExecuteAsync(id, new MotionInput("Punto", "Aprobar."), entity.Actor)));
        database.Clock.MoveTo(At(month, day, 23, 50));
        await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motions[0], entity.Actor));
        // One voting is one act of the day on which it was opened, though the votes come after midnight and after the clock was changed.
        database.Clock.MoveTo(Madrid.StartOf(last.AddDays(1)).AddHours(2.5));
        await given.WithAsync<CastVote>(c => c.ExecuteAsync(motions[0], [.. entity.Members.Append(ending).Select(m => (m, Choice.Yes))], entity.Actor));
        var first = await given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(motions[0], entity.Actor));
        (first.Quorum.Roll, first.Tally.Yes).ShouldBe((10, 10L));
        await given.WithAsync<OpenVoting>(o => o.ExecuteAsync(motions[1], entity.Actor));
        (await Should.ThrowAsync<RuleBroken>(() => given.WithAsync<CastVote>(c => c.ExecuteAsync(motions[1], ending, Choice.Yes, entity.Actor)))).Code.ShouldBe(EntitiesRules.VoteMandateExpired);
        (await given.WithAsync<CloseVoting, MotionOutcome>(c => c.ExecuteAsync(motions[1], entity.Actor))).Quorum.Roll.ShouldBe(9);
        await given.WithAsync<CloseSession, Digest>(c => c.ExecuteAsync(id, entity.Actor));
        var minutes = (await database.ReadAsync(db => db.Assemblies.SingleAsync(a => a.Id == id))).Minutes!;
        (minutes.ClosedAt > minutes.OpenedAt).ShouldBeTrue();
        (minutes.ClosedAt - minutes.OpenedAt).TotalHours.ShouldBe(4.5);
    }

    [Fact]
    public async Task Statutes_FixAnotherClock_AndOneThatNobodyKnowsIsRefused()
    {
        await using var database = await TestDatabase.CreateAsync();
        var given = database.Given();
        var entity = await given.EntityAsync("leader", members: 2);
        Task SetAsync(string? zone) => given.WithAsync<SetStatute>(s => s.ExecuteAsync(entity.Id, -1, new("Fin", "Arucas", null, null, null, null, zone), entity.Actor));
        (await Should.ThrowAsync<RuleBroken>(() => SetAsync("Europe/Atlantis"))).Code.ShouldBe(EntitiesRules.ZoneUnknown);
        (await database.ReadAsync(db => db.LawAsync(entity.Id))).Zone.Id.ShouldBe("Europe/Madrid");
        await SetAsync("Atlantic/Canary");
        (await database.ReadAsync(db => db.LawAsync(entity.Id))).Zone.Id.ShouldBe("Atlantic/Canary");
    }
}
