using Minka.Core.Entities;
using Minka.Core.Kernel;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Kernel;

public sealed class LegalZoneTests
{
    static DateTime Utc(string text) => DateTime.Parse(text, System.Globalization.CultureInfo.InvariantCulture, System.Globalization.DateTimeStyles.AdjustToUniversal);

    // Known answers of the tz database: Madrid changed on 29 March and 25 October 2026, São Paulo at midnight of 4 November 2018, Mexico ended
    // summer time in October 2022, Lima has none.
    [Theory]
    [InlineData("Europe/Madrid", "2026-03-29", "01:59", "2026-03-29T00:59Z", "2026-03-29T00:59Z")]
    [InlineData("Europe/Madrid", "2026-03-29", "02:30", "2026-03-29T01:30Z", "2026-03-29T01:30Z")]
    [InlineData("Europe/Madrid", "2026-03-29", "03:00", "2026-03-29T01:00Z", "2026-03-29T01:00Z")]
    [InlineData("Europe/Madrid", "2026-10-25", "02:30", "2026-10-25T00:30Z", "2026-10-25T01:30Z")]
    [InlineData("Europe/Madrid", "2026-10-25", "03:00", "2026-10-25T02:00Z", "2026-10-25T02:00Z")]
    [InlineData("America/Sao_Paulo", "2018-11-04", "00:00", "2018-11-04T03:00Z", "2018-11-04T03:00Z")]
    [InlineData("America/Sao_Paulo", "2018-11-03", "23:59", "2018-11-04T02:59Z", "2018-11-04T02:59Z")]
    [InlineData("America/Mexico_City", "2022-10-30", "01:30", "2022-10-30T06:30Z", "2022-10-30T07:30Z")]
    [InlineData("America/Mexico_City", "2026-07-01", "09:00", "2026-07-01T15:00Z", "2026-07-01T15:00Z")]
    [InlineData("America/Lima", "2026-03-29", "02:30", "2026-03-29T07:30Z", "2026-03-29T07:30Z")]
    public void WallTime_OfAGapOrAnOverlap_HasItsInstant(string zone, string day, string time, string first, string deadline)
    {
        var of = LegalZone.Of(zone);
        var (d, t) = (DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture), TimeOnly.Parse(time, System.Globalization.CultureInfo.InvariantCulture));
        of.ToUtc(d, t).ShouldBe(Utc(first));
        of.DeadlineAt(d, t).ClosesAt.ShouldBe(Utc(deadline));
        // Nobody who reads a clock that shows the time is late.
        if (!of.IsSkipped(d, t)) TimeOnly.FromDateTime(of.ToWall(of.DeadlineAt(d, t).ClosesAt)).ShouldBe(t);
        of.DayIn(of.ToUtc(d, t)).ShouldBe(d);
    }

    [Theory]
    [InlineData("Europe/Madrid", "2026-03-29", 23)]
    [InlineData("Europe/Madrid", "2026-10-25", 25)]
    [InlineData("America/Sao_Paulo", "2018-11-04", 23)]
    [InlineData("America/Lima", "2026-10-25", 24)]
    public void Day_FromItsStartToItsEnd_HasItsHours(string zone, string day, int hours)
    {
        var of = LegalZone.Of(zone);
        var d = DateOnly.Parse(day, System.Globalization.CultureInfo.InvariantCulture);
        (of.EndOf(d).ClosesAt - of.StartOf(d)).TotalHours.ShouldBe(hours);
        of.DayIn(of.StartOf(d)).ShouldBe(d);
        of.DayIn(of.StartOf(d).AddTicks(-1)).ShouldBe(d.AddDays(-1));
        of.DayIn(of.EndOf(d).ClosesAt.AddTicks(-1)).ShouldBe(d);
    }

    [Fact]
    public void EveryQuarterOfAnHour_OfTwoYears_ComesBackFromItsWallTime()
    {
        foreach (var zone in EntityZones.Countries.Select(c => LegalZone.Of(c.Zone.Value)))
        {
            for (var utc = Utc("2021-12-30T00:00Z"); utc < Utc("2023-12-30T00:00Z"); utc = utc.AddMinutes(15))
            {
                var wall = zone.ToWall(utc);
                var (day, time) = (DateOnly.FromDateTime(wall), TimeOnly.FromDateTime(wall));
                (zone.ToUtc(day, time) == utc || (zone.IsTwice(day, time) && zone.ToUtc(day, time, later: true) == utc)).ShouldBeTrue($"{zone} {utc:O}");
            }
        }
    }

    [Theory]
    [InlineData("Marte/Olimpo")]
    [InlineData("UTC-5")]
    [InlineData("../etc/passwd")]
    [InlineData("")]
    public void UnknownZone_IsRefused(string id)
    {
        LegalZone.TryFind(id, out _).ShouldBeFalse();
        Should.Throw<RuleBroken>(() => LegalZone.Of(id)).Code.ShouldBe("entity.zone-unknown");
    }

    [Fact]
    public void EveryTemplate_HasACountryWithAClock() =>
        CompositionTemplates.All.ShouldAllBe(t => EntityZones.Of(t, null).Id.Contains('/'));
}
