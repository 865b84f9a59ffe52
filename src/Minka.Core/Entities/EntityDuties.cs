namespace Minka.Core.Entities;

/// <summary>What a kind of entity owes beyond its composition: sessions, the term of its board, whether an organisation may sit in two of the kind.</summary>
/// <param name="SoleAccreditation">An organisation of civil society sits in one entity of these kinds and no other.</param>
public sealed record EntityDuty(Sourced<int> SessionsPerYear, Sourced<bool> SoleAccreditation, Sourced<int> BoardYears, string? Template = null);

/// <summary>The duties, from <c>rulepacks/entity-duties.json</c>.</summary>
public static class EntityDuties
{
    static readonly Lazy<Pack> Duties = new(() => RulePackFiles.Read<Pack>("entity-duties"));

    public static EntityDuty Of(string templateId) => Duties.Value.Templates.FirstOrDefault(t => t.Template == templateId) ?? Duties.Value.Usual;

    /// <summary>The kinds of entity among which an organisation is accredited once.</summary>
    public static IReadOnlyList<string> SoleTemplates => [.. Duties.Value.Templates.Where(t => t.SoleAccreditation.Value).Select(t => t.Template!)];

    sealed record Pack(EntityDuty Usual, IReadOnlyList<EntityDuty> Templates);
}
