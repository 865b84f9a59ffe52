namespace Minka.Measures.Bundling;

/// <summary>A project that might be planned together with others.</summary>
public sealed record BundleProject
{
    /// <summary>Its code, unique in the list.</summary>
    public required string Code { get; init; }

    /// <summary>Its title as registered.</summary>
    public required string Title { get; init; }

    /// <summary>Its function or value chain; <see langword="null"/> if the source tells none. Told and untold are never the same.</summary>
    public string? Function { get; init; }

    /// <summary>Codes of the districts where it acts.</summary>
    public IReadOnlyCollection<string> Places { get; init; } = [];

    /// <summary>Its cost in minor units.</summary>
    public required long Amount { get; init; }

    /// <summary>Latitude and longitude in degrees; <see langword="null"/> if unknown.</summary>
    public (double Latitude, double Longitude)? Point { get; init; }
}

/// <summary>When projects are like enough to be looked at as one. Every figure is a parameter of a rule pack; none comes from a law.</summary>
public sealed record BundleLimits
{
    /// <summary>Least likeness of what two titles name, above 0 to 1.</summary>
    public required double LeastLikeness { get; init; }

    /// <summary>The larger of two costs is at most so many times the smaller; 1 or more.</summary>
    public required double MostRatio { get; init; }

    /// <summary>Fewest projects of a candidate, at least 2.</summary>
    public required int FewestProjects { get; init; }

    /// <summary>Most projects of a candidate; what goes beyond may form another.</summary>
    public required int MostProjects { get; init; }

    /// <summary>Most districts of a candidate, at least 1; those of the centre are always among them, be they more.</summary>
    public required int MostPlaces { get; init; }

    /// <summary>A project that costs more is a programme by itself; minor units.</summary>
    public required long MostAmount { get; init; }

    /// <summary>Two projects whose points are known lie at most so far apart.</summary>
    public required double MostKilometres { get; init; }

    /// <summary>Refuses limits that make no sense.</summary>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
    public void Check()
    {
        if (LeastLikeness is not (> 0 and <= 1))
            throw new ArgumentOutOfRangeException(nameof(LeastLikeness), LeastLikeness, "from above 0 to 1");
        if (!(MostRatio >= 1))
            throw new ArgumentOutOfRangeException(nameof(MostRatio), MostRatio, "1 or more");
        ArgumentOutOfRangeException.ThrowIfLessThan(FewestProjects, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(MostProjects, FewestProjects);
        ArgumentOutOfRangeException.ThrowIfLessThan(MostPlaces, 1);
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(MostAmount);
        if (!(MostKilometres > 0))
            throw new ArgumentOutOfRangeException(nameof(MostKilometres), MostKilometres, "above 0");
    }
}

/// <summary>How near a project lies to the centre of its candidate.</summary>
public enum Nearness
{
    /// <summary>They share a district.</summary>
    SameDistrict,

    /// <summary>A district of one borders on a district of the other.</summary>
    NextDistrict,
}

/// <summary>A project of a candidate with the reasons why it is there, each against the centre.</summary>
/// <param name="Project">The project.</param>
/// <param name="Likeness">Likeness of what the titles name, 0 to 1; 1 for the centre itself.</param>
/// <param name="Shared">Words that make the likeness, the heaviest first; empty for the centre.</param>
/// <param name="SizeRatio">The larger of the two costs over the smaller, 1 or more.</param>
/// <param name="Nearness">Same or bordering district.</param>
/// <param name="Kilometres">Distance on the sphere; <see langword="null"/> if one of the points is unknown.</param>
public sealed record BundleMember(BundleProject Project, double Likeness, IReadOnlyList<string> Shared, double SizeRatio, Nearness Nearness, double? Kilometres);

/// <summary>Projects that could be planned and funded as one.</summary>
/// <param name="Members">The centre first, then the most alike, then by code.</param>
/// <param name="Words">What they build: words of the centre's title that at least half of them name, as the centre writes them, in its order.</param>
/// <param name="Places">Their districts, in ordinal order.</param>
/// <param name="Amount">Their cost together, minor units.</param>
public sealed record Bundle(IReadOnlyList<BundleMember> Members, IReadOnlyList<string> Words, IReadOnlyList<string> Places, long Amount)
{
    /// <summary>The project that all others are compared with; its code names the candidate.</summary>
    public BundleProject Centre => Members[0].Project;

    /// <summary>The function of all of them; <see langword="null"/> if the source tells none.</summary>
    public string? Function => Centre.Function;

    /// <summary>The smallest cost, minor units.</summary>
    public long Least => Members.Min(m => m.Project.Amount);

    /// <summary>The largest cost, minor units.</summary>
    public long Largest => Members.Max(m => m.Project.Amount);

    /// <summary>Mean likeness of the others to the centre, 0 to 1.</summary>
    public double MeanLikeness => Members.Skip(1).Average(m => m.Likeness);
}

/// <summary>What a search found, and what it did not look at.</summary>
/// <param name="Bundles">Candidates, those of most projects first, then of most money, then by the centre's code. No project is in two.</param>
/// <param name="Considered">Projects that were compared.</param>
/// <param name="WithoutAmount">Projects left out for a cost of zero or less.</param>
/// <param name="TooLarge">Projects left out for their cost.</param>
/// <param name="WithoutPlace">Projects left out since no district is told.</param>
/// <param name="WithoutObject">Projects left out since their title names no thing.</param>
public sealed record BundleSearch(IReadOnlyList<Bundle> Bundles, int Considered, int WithoutAmount, int TooLarge, int WithoutPlace, int WithoutObject);
