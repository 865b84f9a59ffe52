using Minka.Web.Components;

namespace Minka.Web.Screens.Entities.Prioritisation;

/// <summary>Simple drawings for ballots that are read by looking: one stroke each, sharp at any size and in one ink.</summary>
public static class Pictograms
{
    static readonly Dictionary<string, string> Paths = new(StringComparer.Ordinal)
    {
        ["agua"] = "M24 6C18 15 12 21 12 29a12 12 0 0 0 24 0C36 21 30 15 24 6z",
        ["camino"] = "M18 6 8 42M30 6l10 36M24 8v6M24 20v6M24 32v6",
        ["cultivo"] = "M24 42V20M24 30c-8 0-12-4-12-12 8 0 12 4 12 12zM24 24c0-8 4-12 12-12 0 8-4 12-12 12z",
        ["ganado"] = "M10 16c0 4 4 6 6 6v12h4v-6h8v6h4V20l6-4v-6l-6 4H16c-3 0-6-1-6 2z",
        ["escuela"] = "M6 20 24 8l18 12M10 20v20h28V20M20 40V28h8v12",
        ["salud"] = "M18 8h12v10h10v12H30v10H18V30H8V18h10z",
        ["luz"] = "M26 4 12 26h10l-4 18 18-24H26z",
        ["mercado"] = "M6 10h6l5 20h20l5-14H14M19 40a2 2 0 1 0 .1 0M35 40a2 2 0 1 0 .1 0",
        ["turismo"] = "M4 40 18 14l8 14 6-8 12 20zM34 8a4 4 0 1 0 .1 0",
        ["bosque"] = "M24 4 12 20h6L8 34h32L30 20h6zM24 34v10",
    };

    public static IReadOnlyCollection<string> Names => Paths.Keys;

    /// <summary>The drawing, or a plain ring for an unknown name.</summary>
    public static Markup Of(string? name) =>
        Markup.Of($"<svg class=\"pictogram\" viewBox=\"0 0 48 48\" width=\"72\" height=\"72\" fill=\"none\" stroke=\"currentColor\" stroke-width=\"3\" stroke-linecap=\"round\" stroke-linejoin=\"round\" aria-hidden=\"true\"><path d=\"{new Markup(name is not null && Paths.TryGetValue(name, out var path) ? path : "M24 8a16 16 0 1 0 .1 0z")}\"/></svg>");
}
