using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Planning.Writing;

namespace Minka.Core.Planning.Chains;

public readonly record struct ChainId(Guid Value) : ITypedId<ChainId>
{
    public static ChainId From(Guid value) => new(value);
}

/// <summary>What an editor types of a chain.</summary>
public sealed record ChainInput
{
    public required string Name { get; init; }
    public required string Product { get; init; }

    /// <summary>In which volumes are told: t, litros, docenas.</summary>
    public required string Unit { get; init; }

    /// <summary>In the order of the year.</summary>
    public required IReadOnlyList<string> Seasons { get; init; }

    /// <summary>The link whose volumes are added: a litre is milked once and gathered once, and counts once.</summary>
    public ChainLink Counted { get; init; } = ChainLink.Production;
    public string? Note { get; init; }
}

/// <summary>A value chain (cadena productiva) of an entity's territory: its links, who works there, what holds them back, what buyers ask and what projects change.</summary>
public sealed class ValueChain : IVersioned
{
    public const int MostSeasons = 6;

    ValueChain()
    {
    }

    public ChainId Id { get; private set; }
    public EntityId EntityId { get; private set; }
    public string Name { get; private set; } = "";
    public string Product { get; private set; } = "";
    public string Unit { get; private set; } = "";
    public IReadOnlyList<string> Seasons { get; private set; } = [];
    public ChainLink Counted { get; private set; }
    public string? Note { get; private set; }
    public IReadOnlyList<ChainActor> Actors { get; private set; } = [];
    public IReadOnlyList<ChainStandard> Standards { get; private set; } = [];
    public IReadOnlyList<ChainDemand> Demands { get; private set; } = [];
    public IReadOnlyList<Bottleneck> Bottlenecks { get; private set; } = [];
    public IReadOnlyList<ChainEffect> Effects { get; private set; } = [];
    public int Version { get; private set; }

    public static ValueChain Start(ChainId id, EntityId entity, ChainInput input)
    {
        var chain = new ValueChain { Id = id, EntityId = entity };
        chain.Change(input);
        return chain;
    }

    public void Change(ChainInput input)
    {
        Name = PlanningRules.Required(input.Name, "name", 80);
        Product = PlanningRules.Required(input.Product, "product");
        Unit = PlanningRules.Required(input.Unit, "unit", 40);
        Seasons = [.. input.Seasons.Select(s => PlanningRules.Optional(s, "seasons", 60)).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase)];
        if (Seasons.Count is 0 or > MostSeasons) throw new RuleBroken(ChainRules.Seasons, MostSeasons);
        if (SeasonsInUse().FirstOrDefault(s => !Seasons.Contains(s)) is { } gone) throw new RuleBroken(ChainRules.SeasonInUse, gone);
        Counted = input.Counted;
        Note = PlanningRules.Optional(input.Note, "note", 1_000);
    }

    public ChainInput ToInput() => new() { Name = Name, Product = Product, Unit = Unit, Seasons = Seasons, Counted = Counted, Note = Note };

    public IReadOnlyList<PartItem> Of(ItemList list) => list.Key switch
    {
        "actors" => Actors,
        "standards" => Standards,
        "demands" => Demands,
        "bottlenecks" => Bottlenecks,
        _ => Effects,
    };

    internal void Set(ItemList list, IReadOnlyList<PartItem> items)
    {
        if (list.Key == ChainLists.Actors.Key) Actors = [.. items.Cast<ChainActor>()];
        else if (list.Key == ChainLists.Standards.Key) Standards = [.. items.Cast<ChainStandard>()];
        else if (list.Key == ChainLists.Demands.Key) Demands = [.. items.Cast<ChainDemand>()];
        else if (list.Key == ChainLists.Bottlenecks.Key) Bottlenecks = [.. items.Cast<Bottleneck>()];
        else Effects = [.. items.Cast<ChainEffect>()];
        if (SeasonsInUse().FirstOrDefault(s => !Seasons.Contains(s)) is { } unknown) throw new RuleBroken(ChainRules.SeasonUnknown, unknown);
    }

    IEnumerable<string> SeasonsInUse() =>
        Actors.SelectMany(a => a.Volumes).Concat(Effects.SelectMany(e => e.Adds)).Select(v => v.Season).Concat(Demands.Select(d => d.Season));
}

/// <summary>Codes of the rules of value chains and of the register; each has its text under <c>rule.CODE</c>.</summary>
public static class ChainRules
{
    /// <summary>Args: the name.</summary>
    public const string NameTaken = "chain.name-taken";

    /// <summary>Args: the most that is accepted.</summary>
    public const string Seasons = "chain.seasons";

    /// <summary>Args: the season.</summary>
    public const string SeasonInUse = "chain.season-in-use";

    /// <summary>Args: the season.</summary>
    public const string SeasonUnknown = "chain.season-unknown";

    /// <summary>Args: the most that is accepted.</summary>
    public const string TooMany = "chain.too-many";

    /// <summary>A strategy before the assembly carries the chains: what is voted is what was read.</summary>
    public const string Locked = "chain.locked";

    /// <summary>Args: the name.</summary>
    public const string AllyTaken = "ally.taken";
    public const int MostChains = 40;
    public const int MostAllies = 400;
}
