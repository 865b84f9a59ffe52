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
/// <param name="Chain">Value chain that they share; null where only their titles speak of the same.</param>
/// <param name="Word">The word that their titles share; null where they share a chain.</param>
/// <param name="Province">Four digits.</param>
public sealed record ConglomerateCandidate(string? Chain, string? Word, string Province, IReadOnlyList<string> Projects, Money Cost);

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

    /// <summary>
    /// Projects of small scale outside any conglomerate that share a province and a chain, or a word of their titles (our own reading), three
    /// or more; most projects first, each project once.
    /// </summary>
    public static IReadOnlyList<ConglomerateCandidate> Candidates(ProgrammeContent content)
    {
        var open = content.Projects.Where(p => p.Conglomerate is null && p.Places.Count > 0 && p.PlannedCost <= SmallScale).ToList();
        var found = open.Where(p => p.Chain is not null).GroupBy(p => (Key: Slugs.From(p.Chain!), Province: p.Places[0][..4])).Where(g => g.Count() >= FewestOfOne)
            .Select(g => (Chain: g.First().Chain, Word: (string?)null, g.Key.Province, Projects: g.ToList()))
            .Concat(open.SelectMany(p => WordsOf(p.Title).Select(w => (Word: w, Project: p))).GroupBy(x => (x.Word.Key, Province: x.Project.Places[0][..4])).Where(g => g.Count() >= FewestOfOne)
                .Select(g => (Chain: (string?)null, Word: (string?)g.First().Word.Text, g.Key.Province, Projects: g.Select(x => x.Project).ToList())))
            .OrderByDescending(c => c.Chain is not null).ThenByDescending(c => c.Projects.Count)
            // Of two words that the same titles share, the one that stands first says what it is.
            .ThenBy(c => c.Word is null ? 0 : c.Projects[0].Title.IndexOf(c.Word, StringComparison.OrdinalIgnoreCase))
            .ThenBy(c => c.Chain ?? c.Word, StringComparer.Ordinal).ThenBy(c => c.Province, StringComparer.Ordinal).ToList();
        var taken = new HashSet<string>(StringComparer.Ordinal);
        var kept = new List<ConglomerateCandidate>();
        foreach (var (chain, word, province, projects) in found)
        {
            var free = projects.Where(p => !taken.Contains(p.Code)).ToList();
            if (free.Count < FewestOfOne) continue;
            taken.UnionWith(free.Select(p => p.Code));
            kept.Add(new(chain, word, province, [.. free.Select(p => p.Code).Order(CodeOrder.Natural)], free.SumMoney(p => p.PlannedCost)));
        }
        return [.. kept.OrderByDescending(c => c.Chain is not null).ThenByDescending(c => c.Projects.Count).ThenByDescending(c => c.Cost).ThenBy(c => c.Projects[0], CodeOrder.Natural)];
    }

    /// <summary>Fewer are a pair, not a conglomerate worth an office of its own.</summary>
    const int FewestOfOne = 3;

    /// <summary>The words of a title that say what is built; not those that any title of an investment has.</summary>
    internal static IEnumerable<(string Key, string Text)> WordsOf(string title) =>
        title.Split([' ', ',', '.', ';', ':', '(', ')', '"', '«', '»'], StringSplitOptions.RemoveEmptyEntries)
            .Select(text => (Key: Slugs.From(text), Text: text.ToLowerInvariant()))
            .Where(w => w.Key.Length >= 5 && !w.Key.Any(char.IsAsciiDigit) && !Common.Contains(w.Key))
            .DistinctBy(w => w.Key);

    static readonly HashSet<string> Common = new(StringComparer.Ordinal)
    {
        "proyecto", "mejoramiento", "mejora", "construccion", "ampliacion", "rehabilitacion", "instalacion", "creacion", "recuperacion", "fortalecimiento", "reposicion", "adquisicion",
        "servicio", "servicios", "sistema", "distrito", "provincia", "caserio", "centro", "poblado", "comunidad", "sector", "desde", "hasta", "entre", "sobre", "perfil",
    };
}
