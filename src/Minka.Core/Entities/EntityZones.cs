using Minka.Core.Kernel;

namespace Minka.Core.Entities;

/// <summary>A country in which a body may act, with its legal clock.</summary>
public sealed record CountryClock(string Id, Words Name, Sourced<string> Zone);

/// <summary>The clock that binds an entity: the one of its statutes, else that of the country of its kind; from <c>rulepacks/countries.json</c>.</summary>
public static class EntityZones
{
    sealed record Pack(IReadOnlyList<CountryClock> Countries);

    static readonly Lazy<IReadOnlyList<CountryClock>> List = new(() => RulePackFiles.Read<Pack>("countries").Countries);

    public static IReadOnlyList<CountryClock> Countries => List.Value;

    public static CountryClock CountryOf(CompositionTemplate template) => Countries.First(c => c.Id == (template.Country ?? "pe"));

    /// <param name="own">The name that the statutes fix; null: none.</param>
    public static LegalZone Of(CompositionTemplate template, string? own) => LegalZone.Of(own ?? CountryOf(template).Zone.Value);
}
