using Minka.Core.Kernel;
using Minka.Measures.Cohesion;

namespace Minka.Core.Planning.Panels;

/// <summary>The figures of the cohesion panel that a change moves.</summary>
public sealed record PanelFigures(int Projects, double? LinkedPairs, double? Strength, double? Largest, int Isolated, double? IsolatedShare, double? OffAxisShare, int Small)
{
    public static PanelFigures Of(CohesionResult measured) => new(measured.Projects, measured.LinkedPairShare, measured.AmountWeighted, measured.Largest?.Share, measured.Isolated.Count,
        measured.IsolatedShare, measured.OffAxisShare, measured.Findings.FirstOrDefault(f => f.Code == CohesionFindingCode.ManySmall)?.Projects.Count ?? 0);
}

public enum AdviceKind
{
    /// <summary>Small projects that could be carried out as one.</summary>
    Bundle,

    /// <summary>A tie for the project that stands alone with most money.</summary>
    Tie,

    /// <summary>A project off all axes that could serve one.</summary>
    Axis,

    /// <summary>A project below the least size that stands by itself.</summary>
    Small,

    /// <summary>A project that stands alone: what the programme would be without it.</summary>
    Alone,
}

/// <summary>One change that was tried on this programme: what to do, and the figures before and after.</summary>
/// <param name="After">Null where it was not tried, because too many stand alike.</param>
public sealed record ProgrammeAdvice(AdviceKind Kind, IReadOnlyList<string> Projects, Reason Words, PanelFigures Before, PanelFigures? After)
{
    /// <summary>Each trial measures all pairs again: of a large programme fewer are made, so that the page stays quick.</summary>
    static int Most(int projects) => projects switch { > 400 => 1, > 100 => 2, _ => 4 };

    /// <param name="before">The programme as it stands.</param>
    public static IReadOnlyList<ProgrammeAdvice> Of(ProgrammeContent content, CohesionCheck before, PlanningLimits limits)
    {
        var trial = new Trial(content, before, limits);
        return content.Projects.Count < 2 ? [] : [.. trial.Bundles(), .. trial.Tie(), .. trial.Axis(), .. trial.Small(), .. trial.Alone()];
    }

    sealed class Trial(ProgrammeContent content, CohesionCheck check, PlanningLimits limits)
    {
        readonly PanelFigures now = PanelFigures.Of(check.Measured);
        readonly Dictionary<string, ProjectContent> byCode = content.Projects.ToDictionary(p => p.Code, StringComparer.Ordinal);
        readonly int most = Most(content.Projects.Count);

        string Title(string code) => $"{code} {byCode[code].Title}";

        PanelFigures After(IEnumerable<ProjectContent> projects) => PanelFigures.Of(CohesionCheck.Measure(content with { Projects = [.. projects] }, limits));

        static BasisPoints? Bp(double? share) => CohesionCheck.Bp(share);

        /// <summary>Works of one chain are joined even where the ties among them go with it; works that share a word alone, only if the programme holds no less together.</summary>
        public IEnumerable<ProgrammeAdvice> Bundles() =>
            HistoricalTests.Candidates(content).Take(most).Select(c =>
            {
                var after = After(AsOne(content.Projects, c));
                return new ProgrammeAdvice(AdviceKind.Bundle, c.Projects, Reason.Note(c.Chain is null ? "advice.bundle-word" : "advice.bundle", c.Projects.Count, c.Chain ?? c.Word, c.Province,
                    string.Join(", ", c.Projects), c.Cost, now.Projects, after.Projects, Bp(now.LinkedPairs), Bp(after.LinkedPairs), Bp(now.IsolatedShare), Bp(after.IsolatedShare)), now, after);
            }).Where(a => a.Words.Code == "advice.bundle" || a.After!.LinkedPairs >= now.LinkedPairs || a.After.Strength >= now.Strength);

        /// <summary>The isolated project with most money, tied to whom it is nearest to: same province first, then another isolated one, then the largest.</summary>
        public IEnumerable<ProgrammeAdvice> Tie()
        {
            if (check.Total.IsZero || Isolated().FirstOrDefault() is not { } alone) yield break;
            var provinces = alone.Places.Select(p => p[..4]).ToHashSet(StringComparer.Ordinal);
            var partner = content.Projects.Where(p => p.Code != alone.Code)
                .OrderByDescending(p => p.Places.Any(x => provinces.Contains(x[..4])))
                .ThenByDescending(p => check.Isolated.Contains(p.Code))
                .ThenByDescending(p => p.PlannedCost)
                .ThenBy(p => p.Code, CodeOrder.Natural)
                .First();
            var after = After(content.Projects.Select(p => p.Code == alone.Code ? p with { After = [.. p.After, partner.Code] } : p));
            yield return new(AdviceKind.Tie, [alone.Code, partner.Code], Reason.Note("cohesion.improve-tie", Title(alone.Code), Title(partner.Code), Bp(now.IsolatedShare), Bp(after.IsolatedShare)), now, after);
        }

        /// <summary>To the axis that the projects of its chain serve, else those of its places, else one whose words its title has. Without any such sign nothing is said.</summary>
        public IEnumerable<ProgrammeAdvice> Axis()
        {
            if (check.Total.IsZero) yield break;
            var off = content.Projects.Where(p => p.Axis is null).OrderByDescending(p => p.PlannedCost).ThenBy(p => p.Code, CodeOrder.Natural);
            foreach (var (project, axis) in off.Select(p => (p, AxisFor(p))).Where(x => x.Item2 is not null).Take(most))
            {
                var after = After(content.Projects.Select(p => p.Code == project.Code ? p with { Axis = axis!.Code } : p));
                yield return new(AdviceKind.Axis, [project.Code], Reason.Note("cohesion.improve-axis", Title(project.Code), axis!.Name, Bp(now.OffAxisShare), Bp(after.OffAxisShare), Bp(now.LinkedPairs), Bp(after.LinkedPairs)), now, after);
            }
        }

        AxisContent? AxisFor(ProjectContent project)
        {
            var chain = project.Chain is null ? null : Slugs.From(project.Chain);
            var words = HistoricalTests.WordsOf($"{project.Title} {project.Chain}").Select(w => w.Key).ToHashSet(StringComparer.Ordinal);
            return content.Strategy.Axes
                .Select(a => (Axis: a,
                    Chain: content.Projects.Count(p => p.Axis == a.Code && chain is not null && p.Chain is not null && Slugs.From(p.Chain) == chain),
                    Places: content.Projects.Count(p => p.Axis == a.Code && p.Places.Intersect(project.Places).Any()),
                    Words: HistoricalTests.WordsOf($"{a.Name} {a.Objective}").Count(w => words.Contains(w.Key))))
                .Where(x => x.Chain + x.Places + x.Words > 0)
                .OrderByDescending(x => x.Chain).ThenByDescending(x => x.Places).ThenByDescending(x => x.Words).ThenBy(x => x.Axis.Code, CodeOrder.Natural)
                .Select(x => x.Axis).FirstOrDefault();
        }

        public IEnumerable<ProgrammeAdvice> Small()
        {
            if (check.Measured.Findings.FirstOrDefault(f => f.Code == CohesionFindingCode.ManySmall)?.Projects is not { } small) yield break;
            var sum = small.Select(c => byCode[c].PlannedCost).Sum();
            var marked = small.ToHashSet(StringComparer.Ordinal);
            if (small.Count == 1)
            {
                yield return new(AdviceKind.Small, small, Reason.Note("cohesion.improve-join", Title(small[0]), limits.MinimumProjectCost - sum), now, null);
                yield break;
            }
            var after = After(content.Projects.Select(p => marked.Contains(p.Code) ? p with { Conglomerate = "=" } : p));
            yield return new(AdviceKind.Small, [.. small.Order(CodeOrder.Natural)], Reason.Note("cohesion.improve-merge", small.Count, sum, limits.MinimumProjectCost), now, after);
        }

        public IEnumerable<ProgrammeAdvice> Alone() => Isolated().Select((p, i) =>
        {
            var after = i < most ? After(content.Projects.Where(o => o.Code != p.Code)) : null;
            return new ProgrammeAdvice(AdviceKind.Alone, [p.Code], Reason.Note("advice.alone", Title(p.Code), p.PlannedCost.ShareOf(check.Total)), now, after);
        });

        IEnumerable<ProjectContent> Isolated() => check.Isolated.Select(c => byCode[c]).OrderByDescending(p => p.PlannedCost).ThenBy(p => p.Code, CodeOrder.Natural);
    }

    /// <summary>The programme with several of its projects carried out as one: their places, organisations and order put together.</summary>
    public static IReadOnlyList<ProjectContent> AsOne(IReadOnlyList<ProjectContent> projects, ConglomerateCandidate candidate)
    {
        var members = candidate.Projects.ToHashSet(StringComparer.Ordinal);
        var parts = projects.Where(p => members.Contains(p.Code)).ToList();
        var first = parts[0];
        var one = first with
        {
            Axis = parts.Select(p => p.Axis).OfType<string>().GroupBy(a => a, StringComparer.Ordinal).OrderByDescending(g => g.Count()).ThenBy(g => g.Key, CodeOrder.Natural).FirstOrDefault()?.Key,
            Chain = candidate.Chain ?? parts.Select(p => p.Chain).FirstOrDefault(c => c is not null),
            Places = [.. parts.SelectMany(p => p.Places).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)],
            Organisations = [.. parts.SelectMany(p => p.Organisations).Distinct(StringComparer.OrdinalIgnoreCase)],
            After = [.. parts.SelectMany(p => p.After).Where(a => !members.Contains(a)).Distinct(StringComparer.Ordinal)],
            PlannedCost = parts.SumMoney(p => p.PlannedCost),
            Lines = [.. parts.SelectMany(p => p.Lines)],
        };
        return [.. projects.Where(p => !members.Contains(p.Code)).Select(p => p.After.Any(members.Contains) ? p with { After = [.. p.After.Select(a => members.Contains(a) ? first.Code : a).Distinct(StringComparer.Ordinal)] } : p), one];
    }
}
