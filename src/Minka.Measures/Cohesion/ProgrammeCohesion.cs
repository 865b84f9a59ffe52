using Minka.Measures.Dispersion;

namespace Minka.Measures.Cohesion;

/// <summary>
/// Measures whether the projects of a programme hang together: ties of axis, value chain, places, beneficiaries and
/// precedence between each pair, the groups that they form, what stands alone, and what is off the declared axes.
/// </summary>
/// <remarks>
/// Similarity of a pair: S = Σ weight × tie, the ties of places and beneficiaries by the Jaccard index (0 if both sets
/// are empty). Two projects are linked if S &gt; 0. Limits are compared in whole numbers, so no finding rests on rounding.
/// O(n²) pairs, none of them kept until they are asked for. A programme of one project has no cohesion (<see langword="null"/>, not 1).
/// </remarks>
public static class ProgrammeCohesion
{
    /// <summary>Measures a programme.</summary>
    /// <param name="input">The programme; the order of its lists has no influence.</param>
    /// <exception cref="ArgumentException">An id is empty or occurs twice, an amount is negative, or the weights are negative or do not add up to 10,000.</exception>
    public static CohesionResult Measure(CohesionInput input)
    {
        ArgumentNullException.ThrowIfNull(input);
        Validate(input);
        CohesionProject[] projects = [.. input.Projects.OrderBy(p => p.Id, StringComparer.Ordinal)];
        var ties = new ProjectTies(projects, input.Weights);
        var sums = new PairSums(projects, ties);
        var total = projects.Sum(p => p.Amount);
        var components = ComponentsOf(projects, sums, total);
        var isolated = projects.Length < 2 ? [] : projects.Where((_, i) => !sums.IsLinked(i)).ToList();
        var declared = input.DeclaredAxes.ToHashSet(StringComparer.Ordinal);
        var byAxis = projects.GroupBy(p => p.Axis, StringComparer.Ordinal).ToList();
        var offAxis = projects.Where(p => p.Axis is null || !declared.Contains(p.Axis)).ToList();

        return new CohesionResult
        {
            Projects = projects.Length,
            Amount = total,
            Places = projects.SelectMany(p => p.Places).Distinct(StringComparer.Ordinal).Count(),
            PairsWhenAsked = new(ties.All),
            PairCount = sums.Pairs,
            LinkedPairs = sums.Linked,
            SimilaritySum = sums.Similarity,
            WeightSum = sums.Weights,
            WeightedSum = sums.Weighted,
            LinkedPairShare = sums.Pairs == 0 ? null : (double)sums.Linked / sums.Pairs,
            MeanSimilarity = sums.Pairs == 0 ? null : sums.Similarity / sums.Pairs,
            AmountWeighted = sums.Weights == 0 ? null : sums.Weighted / sums.Weights,
            Components = components,
            Isolated = [.. isolated.Select(p => p.Id)],
            IsolatedAmount = isolated.Sum(p => p.Amount),
            IsolatedShare = Share(isolated.Sum(p => p.Amount), total),
            Modularity = sums.Modularity,
            Axes = AxesOf(projects, declared, total),
            AxisHhi = Concentration.Hhi([.. byAxis.Select(g => g.Sum(p => p.Amount))]),
            Effective = Concentration.EffectiveNumbersOf([.. byAxis.Select(g => g.Select(p => p.Amount).ToList())]),
            OffAxisAmount = offAxis.Sum(p => p.Amount),
            OffAxisShare = Share(offAxis.Sum(p => p.Amount), total),
            UntaggedAmount = projects.Where(p => p.Axis is null).Sum(p => p.Amount),
            SizeBands = SizeBands.Of([.. projects.Select(p => p.Amount)], input.BandLimits),
            Findings = FindingsOf(input.Limits, projects, isolated, offAxis, components, total),
        };
    }

    private static void Validate(CohesionInput input)
    {
        var w = input.Weights;
        int[] weights = [w.Axis, w.Chain, w.Places, w.Beneficiaries, w.Precedence];
        if (weights.Any(x => x < 0) || weights.Sum(x => (long)x) != 10_000)
            throw new ArgumentException("The weights of the ties must be zero or more and add up to 10000 basis points.", nameof(input));

        var ids = new HashSet<string>(StringComparer.Ordinal);
        foreach (var project in input.Projects)
        {
            if (string.IsNullOrEmpty(project.Id) || !ids.Add(project.Id))
                throw new ArgumentException($"The project '{project.Id}' has no id or occurs twice.", nameof(input));
            if (project.Amount < 0)
                throw new ArgumentException($"The amount of '{project.Id}' is negative.", nameof(input));
        }
    }

    private static List<CohesionComponent> ComponentsOf(CohesionProject[] projects, PairSums sums, long total) =>
        [.. Enumerable.Range(0, projects.Length)
            .GroupBy(sums.GroupOf)
            .Select(g => (Ids: g.Select(i => projects[i].Id).ToList(), Amount: g.Sum(i => projects[i].Amount)))
            .OrderByDescending(g => g.Amount)
            .ThenBy(g => g.Ids[0], StringComparer.Ordinal)
            .Select(g => new CohesionComponent(g.Ids, g.Amount, Share(g.Amount, total)))];

    private static List<AxisShare> AxesOf(CohesionProject[] projects, HashSet<string> declared, long total)
    {
        var used = projects.GroupBy(p => p.Axis).Select(g => (Axis: g.Key, Projects: g.Count(), Amount: g.Sum(p => p.Amount)));
        var unused = declared.Where(a => projects.All(p => p.Axis != a)).Select(a => (Axis: (string?)a, Projects: 0, Amount: 0L));
        return [.. used.Concat(unused)
            .OrderByDescending(a => a.Amount)
            .ThenBy(a => a.Axis, StringComparer.Ordinal)
            .Select(a => new AxisShare(a.Axis, a.Axis is not null && declared.Contains(a.Axis), a.Projects, a.Amount, Share(a.Amount, total)))];
    }

    private static List<CohesionFinding> FindingsOf(
        CohesionLimits? limits,
        CohesionProject[] projects,
        List<CohesionProject> isolated,
        List<CohesionProject> offAxis,
        List<CohesionComponent> components,
        long total)
    {
        var findings = new List<CohesionFinding>();
        var places = projects.SelectMany(p => p.Places).Distinct(StringComparer.Ordinal).Count();
        if (projects.Length < limits?.MinimumProjects)
            Add(CohesionFindingCode.TooFewProjects, true, projects.Length, limits.MinimumProjects, []);
        if (places < limits?.MinimumPlaces)
            Add(places == 1 ? CohesionFindingCode.OneDistrictOnly : CohesionFindingCode.TooFewDistricts, true, places, limits.MinimumPlaces, []);
        if (offAxis.Count > 0)
            AddShare(CohesionFindingCode.OffAxis, offAxis, limits?.MaximumOffAxis);
        if (projects.Where(p => p.Axis is null).ToList() is { Count: > 0 } untagged)
            Add(CohesionFindingCode.Untagged, false, untagged.Count, null, untagged);
        if (projects.Where(p => p.Amount < limits?.MinimumProjectAmount && !p.InConglomerate).ToList() is { Count: > 0 } small)
            Add(CohesionFindingCode.ManySmall, true, small.Count, limits!.MinimumProjectAmount, small);
        if (isolated.Count > 0)
            AddShare(CohesionFindingCode.IsolatedProjects, isolated, limits?.MaximumIsolated);
        if (components.Count(c => c.Projects.Count > 1) is > 1 and var islands)
            Add(CohesionFindingCode.SeparateIslands, false, islands, null, []);
        return [.. findings.OrderByDescending(f => f.Severity).ThenBy(f => f.Code)];

        void Add(CohesionFindingCode code, bool breach, long value, long? limit, IEnumerable<CohesionProject> about) =>
            findings.Add(new CohesionFinding(code, breach ? CohesionSeverity.Breach : CohesionSeverity.Advice, value, limit, [.. about.Select(p => p.Id)]));

        void AddShare(CohesionFindingCode code, List<CohesionProject> about, int? limit)
        {
            // The comparison is exact; the figure shown is rounded up, so that a breach never reads as its limit.
            var scaled = (Int128)about.Sum(p => p.Amount) * 10_000;
            var basisPoints = total == 0 ? 0 : (long)((scaled + total - 1) / total);
            Add(code, scaled > (Int128)total * (limit ?? 10_000), basisPoints, limit, about);
        }
    }

    private static double? Share(long part, long total) => total == 0 ? null : (double)part / total;
}
