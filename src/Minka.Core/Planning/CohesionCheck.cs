using System.Globalization;
using Minka.Core.Kernel;
using Minka.Measures.Cohesion;

namespace Minka.Core.Planning;

/// <summary>Why two projects hang together.</summary>
public enum TieKind
{
    Axis,
    Chain,
    Places,
    Organisations,
    Precedence,
}

/// <summary>Two projects that hang together, and by what.</summary>
/// <param name="Strength">Weighted similarity of the pair.</param>
public sealed record ProjectTie(string First, string Second, IReadOnlyList<TieKind> By, BasisPoints Strength);

/// <summary>The money of one axis; without axis where <paramref name="Axis"/> is null.</summary>
public sealed record AxisMoney(string? Axis, string? Name, int Projects, Money Amount, BasisPoints? Share);

/// <summary>
/// Whether the projects of a programme hang together, in figures and in reasons that a page says in words: what the rules ask
/// and is met or not, and what is weak. Amounts are the planned costs.
/// </summary>
public sealed record CohesionCheck
{
    /// <summary>What the rules ask: met or not, with the figures used.</summary>
    public required IReadOnlyList<Reason> Asked { get; init; }

    /// <summary>Remarks that no rule forbids.</summary>
    public required IReadOnlyList<Reason> Remarks { get; init; }

    /// <summary>All figures behind, as computed.</summary>
    public required CohesionResult Measured { get; init; }

    /// <summary>Number of pairs with a tie.</summary>
    public int TieCount => Measured.LinkedPairs;

    /// <summary>Codes of the projects without any tie.</summary>
    public required IReadOnlyList<string> Isolated { get; init; }

    /// <summary>Greatest money first; the money without axis last.</summary>
    public required IReadOnlyList<AxisMoney> Axes { get; init; }

    public required Money Total { get; init; }

    /// <summary>Share of the pairs of projects that have a tie; null with fewer than two projects.</summary>
    public required BasisPoints? TiedPairs { get; init; }

    /// <summary>Mean similarity weighted by money; null where no two projects have money.</summary>
    public required BasisPoints? Strength { get; init; }

    /// <summary>Share of the money in the largest group that hangs together; null without money.</summary>
    public required BasisPoints? LargestGroup { get; init; }

    public bool AllMet => Asked.AllMet();

    public static CohesionCheck Of(ProgrammeContent content, PlanningLimits limits)
    {
        var result = Measure(content, limits);
        var titles = content.Projects.ToDictionary(p => p.Code, p => $"{p.Code} {p.Title}");
        var total = new Money(result.Amount);
        var names = content.Strategy.Axes.ToDictionary(a => a.Code, a => a.Name);
        return new()
        {
            Measured = result,
            Asked = AskedOf(content, result, limits, titles),
            Remarks = [.. result.Findings.Where(f => f.Severity == CohesionSeverity.Advice).Select(f => Remark(f, titles)).OfType<Reason>()],
            Isolated = [.. result.Isolated.Order(CodeOrder.Natural)],
            Axes = [.. result.Axes.OrderBy(a => a.Axis is null).ThenByDescending(a => a.Amount).ThenBy(a => a.Axis, CodeOrder.Natural!)
                .Select(a => new AxisMoney(a.Axis, a.Axis is null ? null : names.GetValueOrDefault(a.Axis), a.Projects, new Money(a.Amount), new Money(a.Amount).ShareOf(total)))],
            Total = total,
            TiedPairs = Bp(result.LinkedPairShare),
            Strength = Bp(result.AmountWeighted),
            LargestGroup = result.Largest is { } largest ? new Money(largest.Amount).ShareOf(total) : null,
        };
    }

    const int MostNamed = 8;

    internal static CohesionResult Measure(ProgrammeContent content, PlanningLimits limits) => ProgrammeCohesion.Measure(InputOf(content, limits));

    static CohesionInput InputOf(ProgrammeContent content, PlanningLimits limits)
    {
        var conglomerates = content.Projects.Where(p => p.Conglomerate is not null)
            .GroupBy(p => p.Conglomerate!, StringComparer.OrdinalIgnoreCase).Where(g => g.Count() > 1).Select(g => g.Key)
            .ToHashSet(StringComparer.OrdinalIgnoreCase);
        return new()
        {
            DeclaredAxes = [.. content.Strategy.Axes.Select(a => a.Code)],
            Limits = limits.ToCohesion(),
            Projects = [.. content.Projects.Select(p => new CohesionProject
            {
                Id = p.Code,
                Axis = p.Axis,
                Chain = Plain(p.Chain),
                Places = p.Places,
                Beneficiaries = [.. p.Organisations.Select(o => Plain(o)!)],
                After = p.After,
                Amount = p.PlannedCost.Minor,
                InConglomerate = p.Conglomerate is { } c && conglomerates.Contains(c),
            })],
        };
    }

    static List<Reason> AskedOf(ProgrammeContent content, CohesionResult result, PlanningLimits limits, Dictionary<string, string> titles)
    {
        var small = Find(CohesionFindingCode.ManySmall);
        var isolated = Find(CohesionFindingCode.IsolatedProjects);
        var offAxis = Find(CohesionFindingCode.OffAxis);
        var reasons = new List<Reason>
        {
            new("cohesion.projects", content.Projects.Count >= limits.MinimumProjects, content.Projects.Count, limits.MinimumProjects),
            new("cohesion.districts", result.Places >= limits.MinimumDistricts, result.Places, limits.MinimumDistricts),
            offAxis is null ? Reason.Ok("cohesion.on-axis", limits.MaximumOffAxis)
                : new("cohesion.off-axis", Kept(offAxis), Share(result.OffAxisAmount, offAxis), limits.MaximumOffAxis, Names(offAxis.Projects)),
            small switch
            {
                null => Reason.Ok("cohesion.sizes", limits.MinimumProjectCost),
                { Projects.Count: 1 } => Reason.Fails("cohesion.small-one", Names(small.Projects), limits.MinimumProjectCost),
                _ => Reason.Fails("cohesion.small", small.Value, limits.MinimumProjectCost, Names(small.Projects)),
            },
        };
        reasons.Add(isolated switch
        {
            null when content.Projects.Count < 2 => Reason.Note("cohesion.one-project"),
            null => Reason.Ok("cohesion.all-tied"),
            { Projects.Count: 1 } => new("cohesion.isolated-one", Kept(isolated), Names(isolated.Projects), Share(result.IsolatedAmount, isolated), limits.MaximumIsolated),
            _ => new("cohesion.isolated", Kept(isolated), isolated.Projects.Count, Share(result.IsolatedAmount, isolated), limits.MaximumIsolated, Names(isolated.Projects)),
        });
        return reasons;

        // Rounded as everywhere on the page, unless a breach would then read as its limit.
        BasisPoints Share(long amount, CohesionFinding finding)
        {
            var rounded = new Money(amount).ShareOf(new Money(result.Amount)) ?? default;
            return !Kept(finding) && rounded.Value <= finding.Limit ? new BasisPoints((int)finding.Value) : rounded;
        }

        CohesionFinding? Find(CohesionFindingCode code) => result.Findings.FirstOrDefault(f => f.Code == code);
        static bool Kept(CohesionFinding finding) => finding.Severity == CohesionSeverity.Advice;
        string Names(IReadOnlyList<string> codes) => Named(codes, titles);
    }

    /// <summary>The first names and how many more there are: the rows have them all.</summary>
    static string Named(IReadOnlyList<string> codes, Dictionary<string, string> titles) =>
        string.Join(", ", codes.Order(CodeOrder.Natural).Take(MostNamed).Select(c => titles[c])) + (codes.Count > MostNamed ? $" … (+{(codes.Count - MostNamed).ToString(CultureInfo.InvariantCulture)})" : "");

    // Off-axis and isolated money is said among what is asked, with its limit; here only what no rule limits.
    static Reason? Remark(CohesionFinding finding, Dictionary<string, string> titles) => finding.Code switch
    {
        CohesionFindingCode.Untagged when finding.Projects.Count == 1 => Reason.Note("cohesion.untagged-one", titles[finding.Projects[0]]),
        CohesionFindingCode.Untagged => Reason.Note("cohesion.untagged", finding.Value, Named(finding.Projects, titles)),
        CohesionFindingCode.SeparateIslands => Reason.Note("cohesion.islands", finding.Value),
        _ => null,
    };

    /// <summary>The ties among some of the projects: what ties two does not depend on the others.</summary>
    public static IReadOnlyList<ProjectTie> TiesAmong(ProgrammeContent content, IReadOnlySet<string> codes) =>
        [.. Measure(content with { Projects = [.. content.Projects.Where(p => codes.Contains(p.Code))] }, PlanningLimits.Reference).Pairs.Where(p => p.Linked).Select(TieOf)];

    static ProjectTie TieOf(PairSimilarity pair)
    {
        var by = new List<TieKind>();
        if (pair.Axis > 0) by.Add(TieKind.Axis);
        if (pair.Chain > 0) by.Add(TieKind.Chain);
        if (pair.Places > 0) by.Add(TieKind.Places);
        if (pair.Beneficiaries > 0) by.Add(TieKind.Organisations);
        if (pair.Precedence > 0) by.Add(TieKind.Precedence);
        return new(pair.First, pair.Second, by, Bp(pair.Similarity)!.Value);
    }

    internal static BasisPoints? Bp(double? share) => share is { } s ? new BasisPoints((int)Math.Round(s * 10_000, MidpointRounding.AwayFromZero)) : null;

    static string? Plain(string? text) => text is null ? null : Slugs.From(text);
}
