using System.Globalization;
using FsCheck;
using FsCheck.Fluent;
using Minka.Core.Rules.Calendars;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Rules;

public sealed class BusinessCalendarTests
{
    static readonly BusinessCalendar Peru = BusinessCalendar.Peru;

    [Theory]
    [InlineData(2000, "2000-04-23")]
    [InlineData(2008, "2008-03-23")]
    [InlineData(2011, "2011-04-24")]
    [InlineData(2023, "2023-04-09")]
    [InlineData(2024, "2024-03-31")]
    [InlineData(2025, "2025-04-20")]
    [InlineData(2026, "2026-04-05")]
    [InlineData(2027, "2027-03-28")]
    [InlineData(2038, "2038-04-25")]
    public void Sunday_KnownYears_IsEaster(int year, string day) => Easter.Sunday(year).ShouldBe(Day(day));

    [Theory]
    [InlineData(2021, "01-01 04-01 04-02 05-01 06-29 07-28 07-29 08-30 10-08 11-01 12-08 12-25")]
    [InlineData(2022, "01-01 04-14 04-15 05-01 06-29 07-28 07-29 08-06 08-30 10-08 11-01 12-08 12-09 12-25")]
    [InlineData(2023, "01-01 04-06 04-07 05-01 06-29 07-23 07-28 07-29 08-06 08-30 10-08 11-01 12-08 12-09 12-25")]
    [InlineData(2024, "01-01 03-28 03-29 05-01 06-07 06-29 07-23 07-28 07-29 08-06 08-30 10-08 11-01 12-08 12-09 12-25")]
    [InlineData(2025, "01-01 04-17 04-18 05-01 06-07 06-29 07-23 07-28 07-29 08-06 08-30 10-08 11-01 12-08 12-09 12-25")]
    [InlineData(2026, "01-01 04-02 04-03 05-01 06-07 06-29 07-23 07-28 07-29 08-06 08-30 10-08 11-01 12-08 12-09 12-25")]
    [InlineData(2027, "01-01 03-25 03-26 05-01 06-07 06-29 07-23 07-28 07-29 08-06 08-30 10-08 11-01 12-08 12-09 12-25")]
    public void HolidaysIn_Year_AreThoseOfTheLawsInForce(int year, string days) =>
        string.Join(' ', Peru.HolidaysIn(year).Select(h => h.Day.ToString("MM-dd", CultureInfo.InvariantCulture))).ShouldBe(days);

    [Theory]
    [InlineData("2026-07-22", 1, "2026-07-24")] // Thursday 23 July is a holiday
    [InlineData("2026-07-24", 1, "2026-07-27")]
    [InlineData("2026-07-27", 1, "2026-07-30")]
    [InlineData("2026-04-01", 1, "2026-04-06")] // Holy Week
    [InlineData("2026-12-07", 1, "2026-12-10")] // 8 and 9 December
    [InlineData("2025-12-31", 1, "2026-01-02")]
    [InlineData("2024-06-06", 1, "2024-06-10")] // Friday 7 June, first kept in 2024
    [InlineData("2023-06-06", 1, "2023-06-07")]
    [InlineData("2026-09-07", 5, "2026-09-14")]
    [InlineData("2026-09-12", 5, "2026-09-18")] // a term that starts on a Saturday
    [InlineData("2026-09-14", -5, "2026-09-07")]
    [InlineData("2026-09-12", 0, "2026-09-12")]
    public void AddBusinessDays_KnownTerms_EndOnTheDay(string start, int count, string end) => Peru.AddBusinessDays(Day(start), count).ShouldBe(Day(end));

    [Fact]
    public void With_DayDeclaredByAnAct_IsNoBusinessDay()
    {
        var calendar = Peru.With([new(new(2026, 9, 8), "Decreto Supremo")]);
        calendar.IsBusinessDay(new(2026, 9, 8)).ShouldBeFalse();
        Peru.IsBusinessDay(new(2026, 9, 8)).ShouldBeTrue();
        calendar.AddBusinessDays(new(2026, 9, 7), 1).ShouldBe(new(2026, 9, 9));
        calendar.OnOrAfter(new(2026, 9, 8)).ShouldBe(new(2026, 9, 9));
    }

    // 261 weekdays less the 13 holidays that do not fall on a weekend.
    [Fact]
    public void BusinessDaysIn_Year2026_AreCounted() => Peru.BusinessDaysBetween(new(2025, 12, 31), new(2026, 12, 31)).ShouldBe(248);

    [Fact]
    public void Between_TermAdded_GivesItsLength() =>
        Prop.ForAll(Days().Zip(Gen.Choose(-300, 300)).ToArbitrary(), draw =>
        {
            var (start, count) = draw;
            var end = Peru.AddBusinessDays(start, count);
            Peru.BusinessDaysBetween(start, end).ShouldBe(count);
            if (count != 0) Peru.IsBusinessDay(end).ShouldBeTrue();
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Add_SecondTermAfterTheFirst_IsTheirSum() =>
        Prop.ForAll(Days().Zip(Gen.Choose(0, 120).Two()).ToArbitrary(), draw =>
        {
            var (start, (first, second)) = draw;
            Peru.AddBusinessDays(Peru.AddBusinessDays(start, first), second).ShouldBe(Peru.AddBusinessDays(start, first + second));
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Between_AnyTwoDays_AddsUpAndNeverExceedsTheDays() =>
        Prop.ForAll(Days().Three().ToArbitrary(), draw =>
        {
            var sorted = new[] { draw.Item1, draw.Item2, draw.Item3 }.Order().ToArray();
            var whole = Peru.BusinessDaysBetween(sorted[0], sorted[2]);
            whole.ShouldBe(Peru.BusinessDaysBetween(sorted[0], sorted[1]) + Peru.BusinessDaysBetween(sorted[1], sorted[2]));
            whole.ShouldBeInRange(0, sorted[2].DayNumber - sorted[0].DayNumber);
        }).QuickCheckThrowOnFailure();

    static Gen<DateOnly> Days() => Gen.Choose(new DateOnly(2020, 1, 1).DayNumber, new DateOnly(2034, 12, 31).DayNumber).Select(DateOnly.FromDayNumber);

    static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}
