using System.Globalization;
using Minka.Core.Kernel;
using Minka.Core.Territories;

namespace Minka.Core.Fund.Leagues;

/// <summary>The needs table out of the country pack, by the indicators that the operator chose.</summary>
/// <param name="Need">Key of a percentage, or of an index from 0 to 1.</param>
/// <param name="HigherIsBetter">True for an index such as human development, whose high values mean little need.</param>
/// <param name="Resources">Key of an amount, or of a rate a head; null: nobody knows.</param>
/// <param name="ResourcesPerHead">False: the figure is a whole, to be divided by the population.</param>
public sealed record NeedChoice(string? Need, bool HigherIsBetter, string? Resources, bool ResourcesPerHead);

public static class NeedFill
{
    /// <summary>Indicators of provinces that can stand for need: all values between 0 and 1, or a percentage.</summary>
    public static IReadOnlyList<Indicator> NeedIndicators(Country country) =>
        [.. country.IndicatorsOf(Level.Province).Where(i => i.Values.Count > 0 && (i.Kind == IndicatorKind.Percent || (i.Kind == IndicatorKind.Index && i.Values.Values.All(v => v is >= 0 and <= 1))))];

    /// <summary>Indicators of provinces that can stand for own resources: amounts, and rates in soles.</summary>
    public static IReadOnlyList<Indicator> ResourceIndicators(Country country) =>
        [.. country.IndicatorsOf(Level.Province).Where(i => i.Values.Count > 0 && i.Kind is IndicatorKind.Amount or IndicatorKind.Rate && i.Unit.StartsWith("S/", StringComparison.Ordinal))];

    /// <summary>Rows of all provinces of the country: those of the call, and the reference for their positions.</summary>
    /// <exception cref="RuleBroken">An indicator that is not among those offered.</exception>
    public static IReadOnlyList<NeedRow> FromCountry(Country country, NeedChoice choice)
    {
        var need = Chosen(NeedIndicators(country), choice.Need);
        var resources = Chosen(ResourceIndicators(country), choice.Resources);
        var population = country.IndicatorsOf(Level.Province).Where(i => i.Kind == IndicatorKind.Count && i.Key.StartsWith("population", StringComparison.Ordinal))
            .OrderByDescending(i => i.Year).FirstOrDefault();
        var source = string.Join(". ", new[]
        {
            population is null ? null : $"{population.Name}: {population.Attribution}",
            need is null ? null : $"{need.Name}: {need.Attribution}",
            resources is null ? null : $"{resources.Name}: {resources.Attribution}",
        }.OfType<string>().DefaultIfEmpty($"{country.Pack.Name}: sin indicadores por provincia"));
        return
        [
            .. country.Provinces.Select(p =>
            {
                var heads = population?.Of(p.Code) is { } counted ? (long)counted : p.Population;
                return new NeedRow(p.Code, p.Name, heads is > 0 ? heads : null, Basis(need?.Of(p.Code), need, choice.HigherIsBetter),
                    PerHead(resources?.Of(p.Code), choice.ResourcesPerHead ? 1 : heads), source);
            }),
        ];
    }

    static Indicator? Chosen(IReadOnlyList<Indicator> offered, string? key) =>
        string.IsNullOrEmpty(key) ? null : offered.FirstOrDefault(i => i.Key == key) ?? throw new RuleBroken(FundRules.NeedsUnknown, key);

    static BasisPoints? Basis(decimal? value, Indicator? indicator, bool higherIsBetter)
    {
        if (value is not { } known) return null;
        var points = (int)decimal.Round(known * (indicator!.Kind == IndicatorKind.Percent ? 100 : 10_000), MidpointRounding.AwayFromZero);
        points = Math.Clamp(points, 0, 10_000);
        return new(higherIsBetter ? 10_000 - points : points);
    }

    static Money? PerHead(decimal? value, long? heads) =>
        value is { } known && heads is > 0 && known >= 0 ? new Money((long)decimal.Round(known * 100 / heads.Value, MidpointRounding.AwayFromZero)) : null;

    /// <summary>A figure as the table writes it.</summary>
    public static string Text(BasisPoints? need) => need is { } n ? string.Create(CultureInfo.InvariantCulture, $"{n.Value / 100}.{n.Value % 100:00}") : "";
}
