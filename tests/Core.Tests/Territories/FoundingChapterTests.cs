using Minka.Core.Territories.Chapter;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Territories;

/// <summary>Against methods.md §2.3, which restates Cuadro 1.</summary>
public sealed class FoundingChapterTests
{
    static FoundingChapter Chapter => FoundingChapter.Figures;

    [Theory]
    [InlineData("water", 81.3, 73.4, 32.3)]
    [InlineData("sewerage", 79.9, 63.6, 5.2)]
    [InlineData("electricity", 98.0, 92.5, 32.7)]
    [InlineData("telephone", 45.5, 24.5, 0.4)]
    [InlineData("spending-poorest", 2097.6, 1455.3, 754.1)]
    [InlineData("spending-richest", 12411.1, 8947.6, 4461.3)]
    [InlineData("income-poorest", 2383.7, 1675.0, 715.9)]
    [InlineData("income-richest", 17713.3, 10529.4, 4880.6)]
    public void Table_EveryRow_HasTheChaptersValues(string key, double lima, double towns, double rural) =>
        Chapter.Row(key).Figures.Select(f => (double)f.Value!.Value).ShouldBe([lima, towns, rural]);

    [Fact]
    public void Derived_RatiosAndGaps_AreThoseOfTheTable()
    {
        Chapter.Ratio("spending").Select(r => Math.Round(r!.Value, 2)).ShouldBe([5.92, 6.15, 5.92]);
        Chapter.Ratio("income").Select(r => Math.Round(r!.Value, 2)).ShouldBe([7.43, 6.29, 6.82]);
        new[] { "water", "sewerage", "electricity", "telephone" }.Select(Chapter.Gap).ShouldBe([49.0m, 74.7m, 65.3m, 45.1m]);
    }

    [Fact]
    public void Facts_LostDigits_StayLost()
    {
        Chapter.Facts.Where(f => !f.Figure.IsLegible).Select(f => f.Key).ShouldBe(["poverty-last", "poverty-ica-last", "poverty-cajamarca", "poverty-huancavelica", "integration"]);
        // Every year of the text lost its twos.
        Chapter.Facts.ShouldAllBe(f => !f.Year.IsLegible);
        Chapter.Facts.Single(f => f.Key == "municipal-budget-last").Figure.Value.ShouldBe(6000);
    }
}
