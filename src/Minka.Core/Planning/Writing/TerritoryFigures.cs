using System.Globalization;
using Minka.Core.Kernel;
using Minka.Core.Territories;

namespace Minka.Core.Planning.Writing;

/// <summary>A place of which figures are told.</summary>
/// <param name="Code">INEI code; empty for the sum of the territory's provinces, <see cref="TerritoryFigures.Whole"/> for the country: neither has a name of its own here.</param>
public sealed record FigurePlace(string Code, string Name);

/// <summary>One figure as the country pack told it on a day.</summary>
/// <param name="Values">In the order of the places, in invariant digits; null where the pack has none.</param>
public sealed record TerritoryFigure(string Key, string Name, string NameEn, string Unit, string UnitEn, IndicatorKind Kind, int? Year, string Source, IReadOnlyList<string?> Values)
{
    public decimal? Value(int place) => Values[place] is { } text ? decimal.Parse(text, CultureInfo.InvariantCulture) : null;
}

/// <summary>The territory's figures beside those of its department and country, with the pack from which they were read: a copy, so that what is voted stays what was read.</summary>
public sealed record TerritoryFigures(string Pack, Digest Manifest, DateOnly TakenOn, IReadOnlyList<FigurePlace> Places, IReadOnlyList<TerritoryFigure> Figures)
{
    public const string Key = "figures";
    public const string Whole = "PE";

    /// <param name="provinces">Codes of the territory's provinces.</param>
    public static TerritoryFigures Of(Country country, IReadOnlyList<string> provinces, DateOnly today)
    {
        var own = provinces.Select(country.Find).OfType<Territory>().OrderBy(t => t.Code, StringComparer.Ordinal).ToList();
        var departments = own.Select(p => p.Code[..2]).Distinct().Select(country.Find).OfType<Territory>().ToList();
        List<FigurePlace> places = [.. own.Select(p => new FigurePlace(p.Code, p.Name))];
        if (own.Count > 1) places.Add(new("", ""));
        places.AddRange(departments.Select(d => new FigurePlace(d.Code, d.Name)));
        places.Add(new(Whole, ""));
        var figures = country.Indicators.GroupBy(i => i.Key).Select(levels => FigureOf(country, levels.First(), own, places)).Where(f => f.Values.Any(v => v is not null)).ToList();
        return new(country.Pack.Id, country.Pack.Manifest, today, places, figures);
    }

    static TerritoryFigure FigureOf(Country country, Indicator any, List<Territory> own, List<FigurePlace> places)
    {
        var values = places.Select(place => place.Code switch
        {
            "" => any.AddsUp ? Sum(own.Select(p => country.Indicator(any.Key, Level.Province)?.Of(p.Code))) : null,
            Whole => any.AddsUp ? Sum(country.Departments.Select(d => country.Indicator(any.Key, Level.Department)?.Of(d.Code))) : null,
            _ => country.Indicator(any.Key, Levels.OfCode(place.Code)!.Value)?.Of(place.Code),
        });
        return new(any.Key, any.Name, any.NameEn ?? any.Name, any.Unit, any.UnitEn ?? any.Unit, any.Kind, any.Year, any.Attribution,
            [.. values.Select(v => v?.ToString(CultureInfo.InvariantCulture))]);
    }

    /// <summary>A sum with a part missing would be told as if it were whole.</summary>
    static decimal? Sum(IEnumerable<decimal?> parts) => parts.Aggregate((decimal?)0, (sum, part) => sum + part);
}
