using Minka.Core.Kernel;
using Minka.Core.Planning.Writing;
using static Minka.Core.Planning.PlanningRules;

namespace Minka.Core.Planning.Chains;

/// <summary>The links of a value chain (eslabones), in their order.</summary>
public enum ChainLink
{
    Inputs,
    Production,
    Gathering,
    Processing,
    Marketing,
}

/// <summary>A volume of one season.</summary>
public sealed record SeasonVolume(string Season, Quantity Volume);

/// <summary>Who works at a link: an organisation, never a person.</summary>
/// <param name="Volumes">What it offers in each season.</param>
/// <param name="Meets">Codes of the standards that it meets today.</param>
public sealed record ChainActor(ChainLink Link, string Name, IReadOnlyList<SeasonVolume> Volumes, IReadOnlyList<string> Meets) : PartItem
{
    public Quantity VolumeIn(string season) => Volumes.Where(v => v.Season == season).SumQuantity(v => v.Volume);
}

public enum StandardKind
{
    Quality,
    Sanitary,
    Packaging,
    Other,
}

/// <summary>A standard that some buyer asks for.</summary>
public sealed record ChainStandard(StandardKind Kind, string Name, string Requirement, string? Source) : PartItem;

/// <summary>What one buyer asks in one season.</summary>
/// <param name="MinimumLot">Below it the buyer does not come.</param>
/// <param name="Requires">Codes of the standards.</param>
public sealed record ChainDemand(string Buyer, string Season, Quantity MinimumLot, IReadOnlyList<string> Requires, string? Note) : PartItem;

/// <summary>What holds a link back.</summary>
public sealed record Bottleneck(ChainLink Link, string Text) : PartItem;

/// <summary>What a project changes for one actor.</summary>
/// <param name="Project">The project of the entity; null while it is only an idea.</param>
/// <param name="Title">Of the project, as it was when this was written.</param>
/// <param name="Relieves">Codes of the bottlenecks that it acts on.</param>
/// <param name="Adds">What the actor will offer more in each season.</param>
/// <param name="Brings">Codes of the standards that the actor will meet.</param>
public sealed record ChainEffect(ProjectId? Project, string Title, string Actor, IReadOnlyList<string> Relieves, IReadOnlyList<SeasonVolume> Adds, IReadOnlyList<string> Brings) : PartItem;

public static class ChainLists
{
    public static readonly ItemList<ChainActor> Actors = new("actors", "A",
        a => a with { Name = Required(a.Name, "name"), Volumes = Told(a.Volumes), Meets = Sorted(a.Meets) });

    public static readonly ItemList<ChainStandard> Standards = new("standards", "N",
        s => s with { Name = Required(s.Name, "name"), Requirement = Required(s.Requirement, "requirement", 600), Source = Optional(s.Source, "source") });

    public static readonly ItemList<ChainDemand> Demands = new("demands", "D", d => d with
    {
        Buyer = Required(d.Buyer, "buyer"),
        Season = Required(d.Season, "season", 60),
        MinimumLot = d.MinimumLot.IsPositive ? d.MinimumLot : throw new RuleBroken(WritingRules.AmountNotPositive),
        Requires = Sorted(d.Requires),
        Note = Optional(d.Note, "note", 400),
    });

    public static readonly ItemList<Bottleneck> Bottlenecks = new("bottlenecks", "B", b => b with { Text = Required(b.Text, "text", 600) });

    public static readonly ItemList<ChainEffect> Effects = new("effects", "E", e => e with
    {
        Title = Required(e.Title, "title"),
        Actor = Required(e.Actor, "actor", 12),
        Relieves = Sorted(e.Relieves),
        Adds = Told(e.Adds),
        Brings = Sorted(e.Brings),
    });

    public static readonly IReadOnlyList<ItemList> All = [Actors, Standards, Demands, Bottlenecks, Effects];

    public static ItemList Get(string key) => All.FirstOrDefault(l => l.Key == key) ?? throw new NotFound("list", key);

    static IReadOnlyList<string> Sorted(IReadOnlyList<string> codes) => [.. codes.Distinct(StringComparer.Ordinal).Order(CodeOrder.Natural)];

    static IReadOnlyList<SeasonVolume> Told(IReadOnlyList<SeasonVolume> volumes) =>
        volumes.Any(v => v.Volume < Quantity.Zero) ? throw new RuleBroken(WritingRules.NegativeNumber) : [.. volumes.Where(v => v.Volume.IsPositive)];
}
