using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Entities;

/// <summary>Two sessions a year (Ley 27972, art. 99), two years of mandate, a board that ends: each with its light.</summary>
public sealed class MandateClocksTests
{
    static readonly DateOnly Founded = new(2020, 1, 1);

    [Theory]
    [InlineData("2026-03-01", 0, null, "sessions", ClockLight.OnTime)]
    [InlineData("2026-05-15", 0, null, "sessions-near", ClockLight.Near)]
    [InlineData("2026-05-15", 0, "2026-06-10", "sessions-convened", ClockLight.OnTime)]
    [InlineData("2026-05-15", 0, "2026-08-10", "sessions-near", ClockLight.Near)]
    [InlineData("2026-07-03", 0, null, "sessions-late", ClockLight.Late)]
    [InlineData("2026-07-03", 0, "2026-07-20", "sessions-late", ClockLight.Late)]
    [InlineData("2026-07-03", 1, null, "sessions", ClockLight.OnTime)]
    [InlineData("2026-12-31", 1, null, "sessions-near", ClockLight.Near)]
    [InlineData("2026-12-31", 2, null, "sessions-done", ClockLight.OnTime)]
    public void Sessions_TwoAYear_FallDueByHalves(string today, int held, string? convened, string code, ClockLight light)
    {
        var day = DateOnly.Parse(today, System.Globalization.CultureInfo.InvariantCulture);
        IReadOnlyList<DateOnly> sessions = [.. Enumerable.Range(1, held).Select(i => new DateOnly(2026, 1, i))];
        IReadOnlyList<DateOnly> coming = convened is null ? [] : [DateOnly.Parse(convened, System.Globalization.CultureInfo.InvariantCulture)];
        var clock = MandateClocks.Of(new(Founded, 2, "Ley 27972", [], [], sessions, coming, []), day).Single();
        (clock.Code, clock.Light).ShouldBe((code, light));
    }

    [Fact]
    public void Sessions_InTheFirstYear_AreOwedFromTheFounding()
    {
        var founded = new DateOnly(2026, 7, 15);
        var clock = MandateClocks.Of(new(founded, 2, "Ley 27972", [], [], [], [], []), new(2026, 7, 20)).Single();
        clock.Due.ShouldBe(new DateOnly(2026, 12, 31));
        clock.Args.Take(2).ShouldBe([0, 1]);
    }

    [Theory]
    [InlineData(0, ClockLight.Near)]
    [InlineData(MandateClocks.NearDays - 1, ClockLight.Near)]
    [InlineData(MandateClocks.NearDays, ClockLight.OnTime)]
    public void Mandates_AreNearFromSixtyDaysBefore(int days, ClockLight light)
    {
        var today = new DateOnly(2026, 3, 1);
        MandateClocks.Of(new(Founded, 0, "", [new(today.AddDays(days), 1), new(today.AddYears(1), 3)], [], [], [], []), today)[0].Light.ShouldBe(light);
    }

    [Fact]
    public void Board_ThatEnded_IsLate()
    {
        var today = new DateOnly(2026, 3, 1);
        MandateClocks.Of(new(Founded, 0, "", [], [], [], [], [today.AddDays(-1)]), today)[0].Code.ShouldBe("board-lapsed");
    }

    [Theory, BothDatabases]
    public async Task Clocks_OfAnEntity_FollowItsMandatesAndFillTheSecretarysTray(string provider)
    {
        await using var database = await TestDatabase.CreateAsync(provider);
        var given = database.Given();
        var rosa = await given.WithAsync<AddPerson, Guid>(a => a.ExecuteAsync(new NewPerson("rosa", "Rosa", null, "una clave larga"), Minka.Core.Register.Actor.System));
        var made = await given.EntityAsync("ccl", members: 7, secretary: rosa);
        (await CodesAsync()).ShouldBe(["mandates"]);
        (await TrayAsync()).ShouldBeEmpty();
        // Given members for two years less a month; fifty days before their end they are near.
        database.Clock.Advance(TimeSpan.FromDays(365 * 2 - 30 - 50));
        (await CodesAsync()).ShouldBe(["mandates-near"]);
        await given.WithAsync<EndMandate>(e => e.ExecuteAsync(made.Members[0], "Se retiró", made.Actor));
        database.Clock.Advance(TimeSpan.FromDays(60));
        (await CodesAsync()).ShouldBe(["mandates-lapsed"]);
        (await TrayAsync()).ShouldContain("tray.clock.mandates-lapsed");
        (await ClocksAsync())[0].Args[0].ShouldBe(6, "who withdrew owes no renewal");
        var next = given.Member("Organización 02 de 1", Sector.Social, "communities") with { MandateFrom = LegalTime.DayIn(database.Clock.Now) };
        await given.WithAsync<AddMember, MemberId>(a => a.ExecuteAsync(made.Id, next, made.Actor));
        (await ClocksAsync())[0].Args[0].ShouldBe(5, "one was renewed");

        async Task<IReadOnlyList<MandateClock>> ClocksAsync() => await database.ReadAsync(async db => await MandateClocks.ReadAsync(db, await db.CoordinationEntities.SingleAsync(), LegalTime.DayIn(database.Clock.Now)));
        async Task<IReadOnlyList<string>> CodesAsync() => [.. (await ClocksAsync()).Select(c => c.Code).Where(c => c.StartsWith("mandates", StringComparison.Ordinal))];
        async Task<IReadOnlyList<string>> TrayAsync() => await database.ReadAsync(async db =>
            (await EntitiesTray.ReadAsync(db, new TrayOf(rosa, await db.RoleGrants.Where(g => g.PersonId == rosa).ToListAsync(), database.Clock.Now), default)).Select(i => i.Key).ToList());
    }
}
