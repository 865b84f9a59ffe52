using System.Collections.Concurrent;
using Minka.Core.Territories;
using Minka.Web.Charts;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Territories;

/// <summary>The maps of the country pack, drawn once each and kept: outlines where the pack has them, else points over greater outlines.</summary>
public sealed class TerritoryMaps(Country country)
{
    const int Width = 640;
    const int MaxHeight = 900;

    readonly ConcurrentDictionary<(string Code, Level Level), MapShapes?> drawn = new();

    /// <summary>The map of the whole country by departments or provinces; null where the pack has nothing to draw.</summary>
    public MapShapes? OfCountry(Level level) => drawn.GetOrAdd(("", level), _ => Draw(country.Of(level), country.Departments, 26_000));

    /// <summary>The map of the parts of a department or province; null where there is nothing to draw.</summary>
    public MapShapes? OfParts(string code) => drawn.GetOrAdd((code, Levels.OfCode(code)!.Value), _ =>
        country.Find(code) is { } whole ? Draw(country.ChildrenOf(code), [whole], 20_000) : null);

    /// <summary>The map of a department by its districts.</summary>
    public MapShapes? OfDistricts(string department) => drawn.GetOrAdd((department, Level.District), _ =>
        country.Find(department) is { } whole ? Draw([.. country.ChildrenOf(department).SelectMany(p => country.ChildrenOf(p.Code))], country.ChildrenOf(department) is { Count: > 0 } provinces ? provinces : [whole], 16_000) : null);

    /// <summary>A map coloured by an indicator, each place with a link to its page.</summary>
    public MapChart? Chart(MapShapes? shapes, IReadOnlyList<Territory> places, Indicator? indicator, string title, T texts, string? here = null)
    {
        if (shapes is null) return null;
        var areas = places.Select(p => new Area(p.Code, p.Name, indicator?.Of(p.Code), indicator?.Say(indicator.Of(p.Code), texts) ?? "", $"/territorios/{p.Code}")).ToList();
        return new(title, indicator is null ? "" : texts["territories.map.description", indicator.NameIn(texts)], shapes, areas)
        {
            Here = here,
            Write = indicator is null ? v => Format.Number(v, 1) : indicator.Figure,
            ValueHeading = indicator?.Heading(texts),
        };
    }

    MapShapes? Draw(IReadOnlyList<Territory> places, IReadOnlyList<Territory> wholes, int budget)
    {
        if (places.Count == 0) return null;
        var whole = country.Outlines(wholes[0].Level);
        string[] wholeCodes = [.. wholes.Select(w => w.DrawnAs).OfType<string>()];
        if (country.Outlines(places[0].Level) is { } outlines)
        {
            string[] codes = [.. places.Select(p => p.DrawnAs).OfType<string>().Distinct()];
            if (outlines.FrameOf(codes, Width, MaxHeight) is not { } frame) return null;
            var drawing = outlines.Draw(frame, codes, budget);
            var over = whole is null || whole.Level == outlines.Level ? "" : string.Concat(whole.At(frame, wholeCodes, drawing.Tolerance).Paths.Values);
            return new(frame) { Paths = drawing.Paths, Over = over };
        }
        if (whole?.FrameOf(wholeCodes, Width, MaxHeight) is { } wide)
        {
            var points = places.Where(p => p.Point is not null).ToDictionary(p => p.Code, p => p.Point!.Value);
            return new(wide) { Points = points, Under = string.Concat(whole.Paths(wide, wholeCodes, 9_000).Values) };
        }
        return null;
    }
}
