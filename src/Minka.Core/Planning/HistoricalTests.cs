using Minka.Core.Kernel;

namespace Minka.Core.Planning;

/// <summary>A test of a norm that is no longer in force, for comparison.</summary>
/// <param name="Code"><c>programme</c> or <c>conglomerate</c>.</param>
/// <param name="Name">Of the conglomerate; null for the programme.</param>
/// <param name="Articles">Of Directiva 001-2011-EF/68.01.</param>
public sealed record HistoricalTest(string Code, string? Name, string Articles, IReadOnlyList<string> Projects, IReadOnlyList<Reason> Conditions)
{
    /// <summary>False if a condition fails, null if one cannot be told, else true.</summary>
    public bool? Met => Conditions.Any(c => c.Met == false) ? false : Conditions.Any(c => c.Met is null) ? null : true;
}

/// <summary>Small projects that could be carried out as one.</summary>
/// <param name="Chain">Value chain that they share.</param>
/// <param name="Province">Four digits.</param>
public sealed record ConglomerateCandidate(string Chain, string Province, IReadOnlyList<string> Projects, Money Cost);

/// <summary>
/// What the former national investment system called a <i>programa de inversión</i> and a <i>conglomerado</i>: Directiva General del SNIP
/// (Directiva 001-2011-EF/68.01, approved by RD 003-2011-EF/68.01), arts. 3.3, 3.4 and 19.1. Replaced by Invierte.pe (DL 1252): shown as history.
/// </summary>
public static class HistoricalTests
{
    /// <summary>PIP menor: up to S/ 1,200,000 (art. 22.1).</summary>
    public static readonly Money SmallScale = Money.Soles(1_200_000);

    /// <summary>Our own reading of «similares»: the greatest at most twice the least. The directive gives no figure.</summary>
    public const int SimilarTimes = 2;

    public static IReadOnlyList<HistoricalTest> Of(ProgrammeContent content, CohesionCheck cohesion, IReadOnlyDictionary<string, ProjectTraits> traits) =>
    [
        Programme(content, cohesion),
        .. content.Projects.Where(p => p.Conglomerate is not null).GroupBy(p => p.Conglomerate!, StringComparer.OrdinalIgnoreCase)
            .OrderBy(g => g.Key, StringComparer.OrdinalIgnoreCase).Select(g => Conglomerate(g.Key, [.. g], traits)),
    ];

    static HistoricalTest Programme(ProgrammeContent content, CohesionCheck cohesion)
    {
        var parts = content.Projects.Count(p => p.Conglomerate is null) + content.Projects.Select(p => p.Conglomerate).OfType<string>().Distinct(StringComparer.OrdinalIgnoreCase).Count();
        return new("programme", null, "3.3", [.. content.Projects.Select(p => p.Code)],
        [
            new("snip.set", parts >= 2, parts),
            new("snip.common-objective", content.Objective.Length > 0),
            content.Projects.Count < 2 ? Reason.Fails("snip.complement-one")
                : new(cohesion.Isolated.Count == 0 ? "snip.complement" : "snip.complement-not", cohesion.Isolated.Count == 0, string.Join(", ", cohesion.Isolated)),
        ]);
    }

    static HistoricalTest Conglomerate(string name, IReadOnlyList<ProjectContent> projects, IReadOnlyDictionary<string, ProjectTraits> traits)
    {
        var told = projects.Select(p => traits.GetValueOrDefault(p.Code) ?? new ProjectTraits(null, null, null, null, null)).ToList();
        var large = projects.Where(p => p.PlannedCost > SmallScale).Select(p => p.Code).ToList();
        var offAxis = projects.Where(p => p.Axis is null).Select(p => p.Code).ToList();
        var objectives = projects.Select(p => Slugs.From(p.Objective)).ToList();
        return new("conglomerate", name, "3.4, 19.1", [.. projects.Select(p => p.Code).Order(CodeOrder.Natural)],
        [
            new("snip.several", projects.Count >= 2, projects.Count),
            new(large.Count == 0 ? "snip.small" : "snip.small-not", large.Count == 0, SmallScale, string.Join(", ", large)),
            Similar(projects, told),
            new(offAxis.Count == 0 ? "snip.policy" : "snip.policy-not", offAxis.Count == 0, string.Join(", ", offAxis)),
            objectives.Any(o => o.Length == 0) ? Reason.Note("snip.objective-untold") : new("snip.objective", objectives.Distinct(StringComparer.Ordinal).Count() == 1),
            told.Any(t => t.Standardised == false) ? Reason.Fails("snip.standard") : told.All(t => t.Standardised == true) ? Reason.Ok("snip.standard") : Reason.Note("snip.standard-untold"),
            told.Any(t => t.Function is null || t.BudgetProgramme is null) ? Reason.Note("snip.function-untold")
                : new("snip.function", told.Select(t => (Slugs.From(t.Function!), Slugs.From(t.BudgetProgramme!))).Distinct().Count() == 1),
        ]);
    }

    /// <summary>In design, size or unit cost: one of them is enough.</summary>
    static Reason Similar(IReadOnlyList<ProjectContent> projects, List<ProjectTraits> told)
    {
        if (told.All(t => t.Design is not null) && told.Select(t => Slugs.From(t.Design!)).Distinct(StringComparer.Ordinal).Count() == 1) return Reason.Ok("snip.similar-design");
        if (told.All(t => t.UnitCost is { IsPositive: true }) && Near(told.Select(t => t.UnitCost!.Value))) return Reason.Ok("snip.similar-unit-cost", SimilarTimes);
        return new(Near(projects.Select(p => p.PlannedCost)) ? "snip.similar-size" : "snip.similar-not", Near(projects.Select(p => p.PlannedCost)), SimilarTimes);

        static bool Near(IEnumerable<Money> amounts) => amounts.ToList() is var all && all.Max() <= all.Min() * SimilarTimes;
    }

    /// <summary>Projects of small scale outside any conglomerate that share chain and province, three or more; most projects first.</summary>
    public static IReadOnlyList<ConglomerateCandidate> Candidates(ProgrammeContent content) =>
        [.. content.Projects
            .Where(p => p.Conglomerate is null && p.Chain is not null && p.Places.Count > 0 && p.PlannedCost <= SmallScale)
            .GroupBy(p => (Chain: Slugs.From(p.Chain!), Province: p.Places[0][..4]))
            .Where(g => g.Count() >= 3)
            .Select(g => new ConglomerateCandidate(g.First().Chain!, g.Key.Province, [.. g.Select(p => p.Code).Order(CodeOrder.Natural)], g.SumMoney(p => p.PlannedCost)))
            .OrderByDescending(c => c.Projects.Count).ThenBy(c => c.Chain, StringComparer.Ordinal).ThenBy(c => c.Province, StringComparer.Ordinal)];
}
