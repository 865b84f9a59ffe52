using Minka.Core.Territories;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Territories;

/// <summary>Indicators in the reader's language: name, unit, and values with the digits that their kind deserves.</summary>
public static class IndicatorWords
{
    const char Thin = '\u202F';

    extension(Indicator indicator)
    {
        public string NameIn(T texts) => texts.Language == Texts.English ? indicator.NameEn ?? indicator.Name : indicator.Name;

        public string UnitIn(T texts) => texts.Language == Texts.English ? indicator.UnitEn ?? indicator.Unit : indicator.Unit;

        /// <summary>The value alone, for legends and columns that name the unit.</summary>
        public string Figure(decimal value) => indicator.Kind switch
        {
            IndicatorKind.Count => Format.Number(value, 0),
            IndicatorKind.Percent => Format.Number(value, 1),
            IndicatorKind.Index => Format.Number(value, 3),
            _ => Format.Number(value, Math.Abs(value) >= 100 ? 0 : 2),
        };

        /// <summary>The value with its unit.</summary>
        public string Say(decimal? value, T texts) => value is not { } v ? texts["territories.no-value"]
            : indicator.Unit.StartsWith("S/", StringComparison.Ordinal) ? $"S/{Thin}{indicator.Figure(v)}{indicator.UnitIn(texts)[2..]}"
            : indicator.Kind == IndicatorKind.Index ? indicator.Figure(v)
            : $"{indicator.Figure(v)}{Thin}{indicator.UnitIn(texts)}";

        /// <summary>Name and unit, for the heading of a column.</summary>
        public string Heading(T texts) => indicator.Kind == IndicatorKind.Index ? indicator.NameIn(texts) : $"{indicator.NameIn(texts)} ({indicator.UnitIn(texts)})";
    }

    /// <summary>The one asked for, or the one that says most of a place among those there are.</summary>
    public static Indicator? Choose(this Country country, string? key, Level level) =>
        country.Indicator(key, level)
        ?? ((string[])["poverty-2018", "populated-places"]).Select(k => country.Indicator(k, level)).FirstOrDefault(i => i is not null)
        ?? country.IndicatorsOf(level).FirstOrDefault();
}

public static class LevelWords
{
    extension(Level level)
    {
        /// <summary>The level as addresses and text keys write it.</summary>
        public string Slug => level switch { Level.Department => "departamento", Level.Province => "provincia", _ => "distrito" };
    }
}
