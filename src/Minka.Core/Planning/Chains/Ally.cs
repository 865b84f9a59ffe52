using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Planning.Writing;

namespace Minka.Core.Planning.Chains;

public enum AllyKind
{
    /// <summary>Centro de innovación productiva y transferencia tecnológica.</summary>
    Cite,
    Ngo,
    TechnicianFirm,
    University,
    PublicProgramme,
    Lender,

    /// <summary>A buyer that could pull a chain along (comprador ancla).</summary>
    AnchorBuyer,
}

/// <summary>An organisation of the register of service providers and anchor buyers: never a person.</summary>
/// <param name="Where">From where it serves or buys.</param>
/// <param name="Chains">Names of chains.</param>
/// <param name="Contact">Web page of the organisation.</param>
public sealed record AllyInput(AllyKind Kind, string Name, string Offers, string Where, IReadOnlyList<string> Chains, string? Contact) : PartItem;

/// <summary>One row of the register of an entity.</summary>
public sealed class Ally : IVersioned
{
    public required EntityId EntityId { get; init; }

    public required string Code { get; init; }

    public AllyKind Kind { get; private set; }
    public string Name { get; private set; } = "";
    public string Offers { get; private set; } = "";
    public string Where { get; private set; } = "";
    public IReadOnlyList<string> Chains { get; private set; } = [];
    public string? Contact { get; private set; }
    public int Version { get; private set; }

    internal void Set(AllyInput input) => (Kind, Name, Offers, Where, Chains, Contact) = (input.Kind, input.Name, input.Offers, input.Where, input.Chains, input.Contact);

    public AllyInput ToItem() => new(Kind, Name, Offers, Where, Chains, Contact) { Code = Code };
}

/// <summary>The register as a list.</summary>
public static class Allies
{
    public static readonly ItemList<AllyInput> List = new("allies", "S", a => a with
    {
        Name = PlanningRules.Required(a.Name, "name"),
        Offers = PlanningRules.Required(a.Offers, "offers", 600),
        Where = PlanningRules.Required(a.Where, "where"),
        Chains = [.. a.Chains.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
        Contact = NoPersonalNumber(PlanningRules.Optional(a.Contact, "contact")),
    }, (a, others) =>
    {
        if (others.Any(o => Territories.Country.PlainText(o.Name) == Territories.Country.PlainText(a.Name))) throw new Kernel.RuleBroken(ChainRules.AllyTaken, a.Name);
    });

    /// <summary>A telephone or a mailbox is somebody's; the register is read by all.</summary>
    static string? NoPersonalNumber(string? contact) =>
        contact is not null && (contact.Contains('@', StringComparison.Ordinal) || contact.Count(char.IsAsciiDigit) >= 7) ? throw new Kernel.RuleBroken(WritingRules.PersonalNumber) : contact;
}
