using System.Globalization;
using Minka.Core.Kernel;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests;

public sealed class FormatTests
{
    static readonly string Thin = "\u202F";

    [Theory]
    [InlineData(0, "S/_0.00")]
    [InlineData(5, "S/_0.05")]
    [InlineData(123_456_780, "S/_1_234_567.80")]
    [InlineData(-150_000, "S/_−1_500.00")]
    [InlineData(99_999, "S/_999.99")]
    [InlineData(long.MinValue, "S/_−92_233_720_368_547_758.08")]
    public void Money_GroupsByThinSpaces(long minor, string expected) => Format.Money(minor).ShouldBe(expected.Replace("_", Thin, StringComparison.Ordinal));

    [Theory]
    [InlineData(4400, "44_%")]
    [InlineData(4350, "43.5_%")]
    [InlineData(4305, "43.05_%")]
    [InlineData(0, "0_%")]
    public void Percent_ShowsNoDigitThatSaysNothing(int points, string expected) => Format.Percent(points).ShouldBe(expected.Replace("_", Thin, StringComparison.Ordinal));

    [Fact]
    public void Instant_IsTheWallTimeOfLima() => In("es-PE", () =>
        Format.Instant(new DateTime(2026, 12, 14, 22, 0, 0, DateTimeKind.Utc)).ShouldBe("lunes 14 de diciembre de 2026, 17:00 (hora de Lima)"));

    [Fact]
    public void Instant_InEnglish_NamesTheZone() => In("en", () =>
        Format.Instant(new DateTime(2026, 12, 15, 3, 30, 0, DateTimeKind.Utc)).ShouldBe("Monday 14 December 2026, 22:30 (Lima time)"));

    [Fact]
    public void List_BeforeTheSoundOfI_SaysE() => In("es-PE", () =>
    {
        Format.List(["Ascope"]).ShouldBe("Ascope");
        Format.List(["Jaén", "San Ignacio", "Cutervo"]).ShouldBe("Jaén, San Ignacio y Cutervo");
        Format.List(["Moquegua", "Ilo"]).ShouldBe("Moquegua e Ilo");
    });

    [Fact]
    public void MoneyShort_KeepsTheOrderOfMagnitude() => In("es-PE", () =>
    {
        Format.MoneyShort(Money.Soles(12_000_000)).ShouldBe($"S/{Thin}12.0{Thin}M");
        Format.MoneyShort(Money.Soles(350_000)).ShouldBe($"S/{Thin}350{Thin}mil");
        Format.MoneyShort(Money.Soles(900)).ShouldBe($"S/{Thin}900");
    });

    static void In(string culture, Action check)
    {
        var before = CultureInfo.CurrentUICulture;
        CultureInfo.CurrentUICulture = CultureInfo.GetCultureInfo(culture);
        try
        {
            check();
        }
        finally
        {
            CultureInfo.CurrentUICulture = before;
        }
    }
}
