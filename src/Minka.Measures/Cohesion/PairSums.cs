namespace Minka.Measures.Cohesion;

/// <summary>What one walk over all pairs of projects adds up, so that no pair needs to be kept.</summary>
internal sealed class PairSums
{
    private readonly long[] degrees;
    private readonly int[] roots;

    public PairSums(CohesionProject[] projects, ProjectTies ties)
    {
        degrees = new long[projects.Length];
        roots = [.. Enumerable.Range(0, projects.Length)];
        var within = 0L;
        for (var i = 0; i < projects.Length; i++)
        {
            for (var j = i + 1; j < projects.Length; j++)
            {
                var similarity = ties.Of(i, j).Similarity;
                var weight = (double)projects[i].Amount * projects[j].Amount;
                Pairs++;
                Similarity += similarity;
                Weights += weight;
                Weighted += weight * similarity;
                if (similarity <= 0)
                    continue;
                Linked++;
                degrees[i]++;
                degrees[j]++;
                roots[GroupOf(i)] = GroupOf(j);
                if (ties.ShareAxis(i, j))
                    within++;
            }
        }

        // A project without axis is a community of its own.
        Modularity = Cohesion.Modularity.Of(Linked, within, projects.Index().GroupBy(p => (p.Item.Axis, Alone: p.Item.Axis is null ? p.Index : 0)).Select(g => g.Sum(p => degrees[p.Index])));
    }

    public int Pairs { get; }

    public int Linked { get; }

    public double Similarity { get; }

    /// <summary>Sum over the pairs of amount × amount.</summary>
    public double Weights { get; }

    /// <summary>Sum over the pairs of amount × amount × similarity.</summary>
    public double Weighted { get; }

    public double? Modularity { get; }

    public bool IsLinked(int project) => degrees[project] > 0;

    /// <summary>The same number for projects that hang together, directly or through others.</summary>
    public int GroupOf(int project)
    {
        while (roots[project] != project)
            project = roots[project] = roots[roots[project]];
        return project;
    }
}
