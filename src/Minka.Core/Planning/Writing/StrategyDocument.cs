using System.Text.Json.Serialization;
using Minka.Core.Planning.Chains;
using Minka.Core.Planning.Economy;

namespace Minka.Core.Planning.Writing;

public sealed record Answer(string Question, string Text);

/// <summary>
/// Everything that a strategy says beside its axes. A member that says nothing is left out of the canonical text, so that a strategy
/// without it has the digest that it had before the member existed.
/// </summary>
public sealed record StrategyDocument
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Guide { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Answer>? Answers { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public TerritoryFigures? Figures { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public RegionalStudy? Economy { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Finding>? Findings { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TerritorialAsset>? Assets { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<CityLink>? Cities { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SwotFactor>? Swot { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<TreeNode>? Tree { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SpecificObjective>? Objectives { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<StrategyIndicator>? Indicators { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Alignment>? Alignments { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PlannedAction>? Actions { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<Consultation>? Consultations { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<FinanceLine>? Finance { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<ChainContent>? Chains { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<AllyInput>? Allies { get; init; }

    public static readonly StrategyDocument Empty = new();

    /// <returns>Null where nothing is written: then the strategy is its axes alone.</returns>
    public static StrategyDocument? Of(StrategyParts parts, IReadOnlyList<ValueChain> chains, IReadOnlyList<AllyInput> allies)
    {
        var document = new StrategyDocument
        {
            Answers = Some(StrategyGuides.Questions.Keys.Order(StringComparer.Ordinal).Select(q => new Answer(q, parts.TextOf(q) ?? "")).Where(a => a.Text.Length > 0)),
            Figures = parts.Figures,
            Economy = parts.Economy is { } table ? RegionalStudy.Of(table, null, null, Sectors(chains)) : null,
            Findings = Some(parts.Of(StrategyLists.Findings)),
            Assets = Some(parts.Of(StrategyLists.Assets)),
            Cities = Some(parts.Of(StrategyLists.Cities)),
            Swot = Some(parts.Of(StrategyLists.Swot)),
            Tree = Some(parts.Of(StrategyLists.Tree)),
            Objectives = Some(parts.Of(StrategyLists.Objectives)),
            Indicators = Some(parts.Of(StrategyLists.Indicators)),
            Alignments = Some(parts.Of(StrategyLists.Alignments)),
            Actions = Some(parts.Of(StrategyLists.Actions)),
            Consultations = Some(parts.Of(StrategyLists.Consultations)),
            Finance = Some(parts.Of(StrategyLists.Finance)),
            Chains = Some(chains.Select(ChainContent.Of)),
            Allies = Some(allies),
        };
        return document == Empty ? null : document with { Guide = parts.Guide.Id };
    }

    /// <summary>The sectors in which chains have actors: by the name of the chain and by its product.</summary>
    public static IReadOnlyList<string> Sectors(IEnumerable<ValueChain> chains) => [.. chains.Where(c => c.Actors.Count > 0).SelectMany(c => new[] { c.Name, c.Product })];

    static IReadOnlyList<T>? Some<T>(IEnumerable<T> items)
    {
        List<T> list = [.. items];
        return list.Count == 0 ? null : list;
    }
}
