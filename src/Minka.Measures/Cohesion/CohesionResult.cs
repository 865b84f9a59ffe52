using Minka.Measures.Dispersion;

namespace Minka.Measures.Cohesion;

/// <summary>What is weak in a programme; a code for the language files.</summary>
public enum CohesionFindingCode
{
    /// <summary>Fewer projects than the rules ask. Value and limit: projects.</summary>
    TooFewProjects,

    /// <summary>All in one place where the rules ask for more. Value and limit: places.</summary>
    OneDistrictOnly,

    /// <summary>Fewer places than the rules ask, none or more than one. Value and limit: places.</summary>
    TooFewDistricts,

    /// <summary>Money outside the declared axes, projects without axis included. Value and limit: basis points of the money.</summary>
    OffAxis,

    /// <summary>Projects without any axis. Value: projects; no limit.</summary>
    Untagged,

    /// <summary>Projects smaller than the least size, outside a conglomerate. Value: projects; limit: minor units.</summary>
    ManySmall,

    /// <summary>Projects without any tie to another. Value and limit: basis points of the money.</summary>
    IsolatedProjects,

    /// <summary>The tied projects fall apart into several islands. Value: islands of two or more projects; no limit.</summary>
    SeparateIslands,
}

/// <summary>How serious a finding is.</summary>
public enum CohesionSeverity
{
    /// <summary>Worth a look; the rules allow it.</summary>
    Advice,

    /// <summary>Against a limit of the rules.</summary>
    Breach,
}

/// <summary>One thing that is weak, with what a page needs to say it in words.</summary>
/// <param name="Code">What.</param>
/// <param name="Severity">Whether a limit of the rules is broken.</param>
/// <param name="Value">The figure found; its unit stands at the code.</param>
/// <param name="Limit">The figure that the rules ask; <see langword="null"/> without one.</param>
/// <param name="Projects">The projects that it is about, in ordinal order; empty if it is about the whole.</param>
public sealed record CohesionFinding(CohesionFindingCode Code, CohesionSeverity Severity, long Value, long? Limit, IReadOnlyList<string> Projects);

/// <summary>The ties between two projects; each part from 0 to 1.</summary>
public sealed record PairSimilarity
{
    /// <summary>The first project; ids in ordinal order.</summary>
    public required string First { get; init; }

    /// <summary>The second project.</summary>
    public required string Second { get; init; }

    /// <summary>The weighted similarity S, 0 to 1.</summary>
    public required double Similarity { get; init; }

    /// <summary>1 for the same axis, else 0.</summary>
    public required double Axis { get; init; }

    /// <summary>1 for the same value chain, else 0.</summary>
    public required double Chain { get; init; }

    /// <summary>Jaccard index of the places; 0 if neither has any.</summary>
    public required double Places { get; init; }

    /// <summary>Jaccard index of the beneficiary organisations; 0 if neither has any.</summary>
    public required double Beneficiaries { get; init; }

    /// <summary>1 if one comes after the other, else 0.</summary>
    public required double Precedence { get; init; }

    /// <summary>True if S is more than zero.</summary>
    public bool Linked => Similarity > 0;
}

/// <summary>Projects that hang together by ties, directly or through others.</summary>
/// <param name="Projects">Their ids, in ordinal order.</param>
/// <param name="Amount">Their money, in minor units.</param>
/// <param name="Share">Their share of all money, 0 to 1; <see langword="null"/> without money.</param>
public sealed record CohesionComponent(IReadOnlyList<string> Projects, long Amount, double? Share);

/// <summary>One axis of the programme.</summary>
/// <param name="Axis">The axis; <see langword="null"/> for the projects without one.</param>
/// <param name="Declared">True if the programme declares it.</param>
/// <param name="Projects">How many projects.</param>
/// <param name="Amount">Their money, in minor units.</param>
/// <param name="Share">Their share of all money, 0 to 1; <see langword="null"/> without money.</param>
public sealed record AxisShare(string? Axis, bool Declared, int Projects, long Amount, double? Share);

/// <summary>The cohesion of a programme. Undefined figures are <see langword="null"/>, never 0 or 1.</summary>
public sealed record CohesionResult
{
    /// <summary>Number of projects.</summary>
    public required int Projects { get; init; }

    /// <summary>All money, in minor units.</summary>
    public required long Amount { get; init; }

    /// <summary>Number of different places.</summary>
    public required int Places { get; init; }

    /// <summary>Every pair, in ordinal order of the ids; made when it is first asked for.</summary>
    public IReadOnlyList<PairSimilarity> Pairs => PairsWhenAsked.Value;

    /// <summary>Number of pairs.</summary>
    public required int PairCount { get; init; }

    /// <summary>Number of pairs that have a tie.</summary>
    public required int LinkedPairs { get; init; }

    /// <summary>Sum of S over the pairs.</summary>
    public required double SimilaritySum { get; init; }

    /// <summary>Σ xᵢxⱼ over the pairs, of amounts in minor units.</summary>
    public required double WeightSum { get; init; }

    /// <summary>Σ xᵢxⱼSᵢⱼ over the pairs, of amounts in minor units.</summary>
    public required double WeightedSum { get; init; }

    internal Lazy<IReadOnlyList<PairSimilarity>> PairsWhenAsked { get; init; } = new([]);

    /// <summary>Share of the pairs that have a tie, 0 to 1; <see langword="null"/> with fewer than two projects.</summary>
    public required double? LinkedPairShare { get; init; }

    /// <summary>Mean of S over the pairs; <see langword="null"/> with fewer than two projects.</summary>
    public required double? MeanSimilarity { get; init; }

    /// <summary>Σ xᵢxⱼSᵢⱼ / Σ xᵢxⱼ over the pairs; <see langword="null"/> if no two projects have money.</summary>
    public required double? AmountWeighted { get; init; }

    /// <summary>The components, greatest money first, then the first id in ordinal order; an isolated project is one of its own.</summary>
    public required IReadOnlyList<CohesionComponent> Components { get; init; }

    /// <summary>The component with the most money; <see langword="null"/> without projects.</summary>
    public CohesionComponent? Largest => Components.Count == 0 ? null : Components[0];

    /// <summary>Projects without any tie, in ordinal order; empty if there is only one project.</summary>
    public required IReadOnlyList<string> Isolated { get; init; }

    /// <summary>Their money, in minor units.</summary>
    public required long IsolatedAmount { get; init; }

    /// <summary>Their share of all money, 0 to 1; <see langword="null"/> without money.</summary>
    public required double? IsolatedShare { get; init; }

    /// <summary>Modularity Q of the ties against the axes (a project without axis is a community of its own); <see langword="null"/> without ties.</summary>
    public required double? Modularity { get; init; }

    /// <summary>The axes with their money, greatest first, then in ordinal order; declared axes without projects included.</summary>
    public required IReadOnlyList<AxisShare> Axes { get; init; }

    /// <summary>Herfindahl–Hirschman index of the money by axis; <see langword="null"/> without money.</summary>
    public required double? AxisHhi { get; init; }

    /// <summary>Effective projects = effective axes × effective projects per axis; <see langword="null"/> without money.</summary>
    public required EffectiveNumbers? Effective { get; init; }

    /// <summary>Money outside the declared axes, projects without axis included; minor units.</summary>
    public required long OffAxisAmount { get; init; }

    /// <summary>Its share of all money, 0 to 1; <see langword="null"/> without money.</summary>
    public required double? OffAxisShare { get; init; }

    /// <summary>Money of the projects without axis; minor units, part of <see cref="OffAxisAmount"/>.</summary>
    public required long UntaggedAmount { get; init; }

    /// <summary>The size bands, smallest first.</summary>
    public required IReadOnlyList<SizeBand> SizeBands { get; init; }

    /// <summary>What is weak: breaches first, then advice, each in the order of the codes.</summary>
    public required IReadOnlyList<CohesionFinding> Findings { get; init; }
}
