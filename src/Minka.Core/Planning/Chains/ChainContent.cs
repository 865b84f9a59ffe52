namespace Minka.Core.Planning.Chains;

/// <summary>A chain whole, as pages show it and a strategy carries it.</summary>
public sealed record ChainContent
{
    public required string Name { get; init; }
    public required string Product { get; init; }
    public required string Unit { get; init; }
    public required IReadOnlyList<string> Seasons { get; init; }
    public required ChainLink Counted { get; init; }
    public required string? Note { get; init; }
    public required IReadOnlyList<ChainActor> Actors { get; init; }
    public required IReadOnlyList<ChainStandard> Standards { get; init; }
    public required IReadOnlyList<ChainDemand> Demands { get; init; }
    public required IReadOnlyList<Bottleneck> Bottlenecks { get; init; }
    public required IReadOnlyList<ChainEffect> Effects { get; init; }

    public static ChainContent Of(ValueChain chain) => new()
    {
        Name = chain.Name,
        Product = chain.Product,
        Unit = chain.Unit,
        Seasons = chain.Seasons,
        Counted = chain.Counted,
        Note = chain.Note,
        Actors = chain.Actors,
        Standards = chain.Standards,
        Demands = chain.Demands,
        Bottlenecks = chain.Bottlenecks,
        Effects = chain.Effects,
    };
}
