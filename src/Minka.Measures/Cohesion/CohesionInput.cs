namespace Minka.Measures.Cohesion;

/// <summary>A project of a programme, as far as its cohesion depends on it.</summary>
public sealed record CohesionProject
{
    /// <summary>Name of the project, unique in the programme.</summary>
    public required string Id { get; init; }

    /// <summary>The axis that it hangs on; <see langword="null"/> if none. Two projects without axis do not share one.</summary>
    public string? Axis { get; init; }

    /// <summary>Its value chain; <see langword="null"/> if none.</summary>
    public string? Chain { get; init; }

    /// <summary>Codes of the places where it acts (districts).</summary>
    public IReadOnlyCollection<string> Places { get; init; } = [];

    /// <summary>The organisations that benefit.</summary>
    public IReadOnlyCollection<string> Beneficiaries { get; init; } = [];

    /// <summary>Ids of projects that must come before it. A link counts for both ends.</summary>
    public IReadOnlyCollection<string> After { get; init; } = [];

    /// <summary>Its cost, in minor units; zero or more.</summary>
    public required long Amount { get; init; }

    /// <summary>True if it belongs to a conglomerate, so that its own size is not held against it.</summary>
    public bool InConglomerate { get; init; }
}

/// <summary>The weights of the five ties between two projects, in basis points; they add up to 10,000.</summary>
/// <param name="Axis">The same axis.</param>
/// <param name="Chain">The same value chain.</param>
/// <param name="Places">Jaccard index of the places.</param>
/// <param name="Beneficiaries">Jaccard index of the beneficiary organisations.</param>
/// <param name="Precedence">One must come before the other.</param>
public sealed record SimilarityWeights(int Axis, int Chain, int Places, int Beneficiaries, int Precedence)
{
    /// <summary>A fifth each.</summary>
    public static SimilarityWeights Equal { get; } = new(2_000, 2_000, 2_000, 2_000, 2_000);
}

/// <summary>What the rules of a call ask of a programme; every figure is a parameter of the rule pack.</summary>
public sealed record CohesionLimits
{
    /// <summary>The least number of projects.</summary>
    public required int MinimumProjects { get; init; }

    /// <summary>The least number of different places.</summary>
    public required int MinimumPlaces { get; init; }

    /// <summary>The most money off the declared axes, in basis points of all.</summary>
    public required int MaximumOffAxis { get; init; }

    /// <summary>The least cost of a project outside a conglomerate, in minor units.</summary>
    public required long MinimumProjectAmount { get; init; }

    /// <summary>The most money in isolated projects, in basis points of all.</summary>
    public required int MaximumIsolated { get; init; }
}

/// <summary>A programme whose cohesion is measured.</summary>
public sealed record CohesionInput
{
    /// <summary>The projects, in any order.</summary>
    public required IReadOnlyList<CohesionProject> Projects { get; init; }

    /// <summary>The axes of the strategy that the programme declares.</summary>
    public required IReadOnlyCollection<string> DeclaredAxes { get; init; }

    /// <summary>The weights of the ties.</summary>
    public SimilarityWeights Weights { get; init; } = SimilarityWeights.Equal;

    /// <summary>What the rules ask; <see langword="null"/> to measure without judging.</summary>
    public CohesionLimits? Limits { get; init; }

    /// <summary>The limits of the size bands, in minor units.</summary>
    public IReadOnlyList<long> BandLimits { get; init; } = Dispersion.SizeBands.PeruLimits;
}
