using Minka.Core.Planning.Writing;
using Minka.Core.Territories;
using Minka.Web.Layout;
using Minka.Web.Screens.Territories;

namespace Minka.Web.Screens.Planning.Writing;

/// <summary>Figures of a territory in words: a row an indicator, a column a place; what is missing is told as missing.</summary>
public sealed class FiguresTable
{
    public FiguresTable(TerritoryFigures figures, T t)
    {
        Figures = figures;
        Places = [.. figures.Places.Select(p => p.Code switch { "" => t["writing.figures.sum"], TerritoryFigures.Whole => t["writing.figures.country"], _ => p.Name })];
        Sources = [.. figures.Figures.Select(f => f.Source).Distinct()];
        Rows = [.. figures.Figures.Select(f => new FiguresRow(IndicatorOf(f).Heading(t), f.Year, Sources.IndexOf(f.Source) + 1, [.. f.Values.Select((_, i) => Say(f, f.Value(i), t))]))];
    }

    public TerritoryFigures Figures { get; }

    public IReadOnlyList<string> Places { get; }

    public IReadOnlyList<FiguresRow> Rows { get; }

    public List<string> Sources { get; }

    static string Say(TerritoryFigure figure, decimal? value, T t) => value is { } v ? IndicatorOf(figure).Figure(v) : t["territories.no-value"];

    static Indicator IndicatorOf(TerritoryFigure figure) =>
        new(figure.Key, figure.Name, figure.Unit, figure.Year, figure.Kind, Level.Province) { NameEn = figure.NameEn, UnitEn = figure.UnitEn, Source = "", Attribution = "", Licence = "", Values = new Dictionary<string, decimal>() };
}

/// <param name="Source">Its number in the list of sources.</param>
public sealed record FiguresRow(string Name, int? Year, int Source, IReadOnlyList<string> Values);
