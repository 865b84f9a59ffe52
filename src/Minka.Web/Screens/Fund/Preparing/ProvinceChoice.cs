using Minka.Core.Territories;

namespace Minka.Web.Screens.Fund.Preparing;

/// <summary>The provinces of the country with those that are chosen.</summary>
public sealed record ProvinceChoice(Country Country, IReadOnlySet<string> Chosen)
{
    public static ProvinceChoice Of(Country country, IEnumerable<string>? provinces) => new(country, (provinces ?? []).ToHashSet(StringComparer.Ordinal));

    /// <summary>The provinces ticked and those of the departments ticked, as far as the country has them.</summary>
    public static IReadOnlyCollection<string> Expand(Country country, IEnumerable<string>? provinces, IEnumerable<string>? departments) =>
        [.. (provinces ?? []).Concat((departments ?? []).SelectMany(d => country.ChildrenOf(d).Select(p => p.Code))).Where(c => country.Find(c)?.Level == Level.Province).Distinct().Order(StringComparer.Ordinal)];
}
