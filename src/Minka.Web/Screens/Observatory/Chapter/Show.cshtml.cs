using Minka.Core.Territories;
using Minka.Core.Territories.Chapter;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;
using Minka.Web.Screens.Territories;

namespace Minka.Web.Screens.Observatory.Chapter;

/// <summary>What the founding chapter measured, beside what the country pack says of today.</summary>
[Public]
public sealed class ShowModel(Core.Territories.Country country) : Screen, IListed
{
    public FoundingChapter Chapter => FoundingChapter.Figures;

    /// <summary>The same figure of today with its year and source, or that the pack has none.</summary>
    public string NowOf(string? key, string? territory)
    {
        if (key == "municipal-pim")
        {
            var latest = country.IndicatorsOf(Level.Department).Where(i => i.Key.StartsWith("municipal-pim-", StringComparison.Ordinal) && !i.Key.Contains("person", StringComparison.Ordinal) && !i.PartialYear).MaxBy(i => i.Year);
            return latest is null ? T["observatory.chapter.not-in-pack"] : $"{Format.Number(latest.Values.Values.Sum() / 1_000_000, 0)} · {latest.NameIn(T)}";
        }
        var indicator = territory is null ? null : country.Indicator(key, Levels.OfCode(territory)!.Value);
        return indicator?.Of(territory!) is { } value ? $"{indicator.Say(value, T)} · {indicator.NameIn(T)}" : T["observatory.chapter.not-in-pack"];
    }

    public string Said(ChapterFigure figure, string unit) => figure.Value is not { } v ? T["observatory.chapter.illegible"]
        : Format.Number(v, unit == "million-soles" ? 0 : figure.Raw.Contains('.', StringComparison.Ordinal) ? 1 : 0);

    public string SaidYear(ChapterFigure year) => year.IsLegible ? year.Raw : T["observatory.chapter.illegible"];

    public TableFile ToFile() => new("cuadro-1",
        [T["observatory.chapter.figure"], T["observatory.chapter.unit"], .. Chapter.Columns, T["observatory.chapter.survey"]],
        Chapter.Rows.Select(r => (IReadOnlyList<object?>)[T[$"observatory.chapter.{r.Key}"], T[$"observatory.unit.{r.Unit}"], .. r.Figures.Select(f => (object?)f.Value ?? T["observatory.chapter.illegible"]), Chapter.Survey.Replace("?", "", StringComparison.Ordinal) + T["observatory.chapter.illegible"]]));
}
