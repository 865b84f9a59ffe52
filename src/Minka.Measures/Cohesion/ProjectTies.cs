namespace Minka.Measures.Cohesion;

/// <summary>The ties between projects. Names become numbers once, so that half a million pairs compare numbers.</summary>
internal sealed class ProjectTies
{
    private readonly CohesionProject[] projects;
    private readonly SimilarityWeights weights;
    private readonly int[] axes;
    private readonly int[] chains;
    private readonly int[][] places;
    private readonly int[][] beneficiaries;
    private readonly int[][] after;

    public ProjectTies(CohesionProject[] projects, SimilarityWeights weights)
    {
        (this.projects, this.weights) = (projects, weights);
        var numbers = new Dictionary<string, int>(StringComparer.Ordinal);
        int Number(string name) => numbers.TryGetValue(name, out var i) ? i : numbers[name] = numbers.Count;
        int[] Numbers(IEnumerable<string> names) => [.. names.Select(Number).Distinct().Order()];
        axes = [.. projects.Select(p => p.Axis is null ? None : Number(p.Axis))];
        chains = [.. projects.Select(p => p.Chain is null ? None : Number(p.Chain))];
        places = [.. projects.Select(p => Numbers(p.Places))];
        beneficiaries = [.. projects.Select(p => Numbers(p.Beneficiaries))];
        var order = projects.Select((p, i) => (p.Id, i)).ToDictionary(x => x.Id, x => x.i, StringComparer.Ordinal);
        after = [.. projects.Select(p => p.After.Where(order.ContainsKey).Select(a => order[a]).ToArray())];
    }

    private const int None = -1;

    public bool ShareAxis(int i, int j) => axes[i] != None && axes[i] == axes[j];

    /// <summary>The weighted similarity of a pair and its parts.</summary>
    public (double Similarity, double Axis, double Chain, double Places, double Beneficiaries, double Precedence) Of(int i, int j)
    {
        double axis = ShareAxis(i, j) ? 1 : 0;
        double chain = chains[i] != None && chains[i] == chains[j] ? 1 : 0;
        double precedence = after[i].Contains(j) || after[j].Contains(i) ? 1 : 0;
        var (place, beneficiary) = (Jaccard(places[i], places[j]), Jaccard(beneficiaries[i], beneficiaries[j]));
        var weighted = (weights.Axis * axis) + (weights.Chain * chain) + (weights.Places * place)
            + (weights.Beneficiaries * beneficiary) + (weights.Precedence * precedence);
        return (weighted / 10_000, axis, chain, place, beneficiary, precedence);
    }

    /// <summary>Every pair, in the order of the projects.</summary>
    public IReadOnlyList<PairSimilarity> All()
    {
        var pairs = new List<PairSimilarity>(projects.Length * Math.Max(0, projects.Length - 1) / 2);
        for (var i = 0; i < projects.Length; i++)
        {
            for (var j = i + 1; j < projects.Length; j++)
            {
                var (similarity, axis, chain, place, beneficiary, precedence) = Of(i, j);
                pairs.Add(new PairSimilarity
                {
                    First = projects[i].Id,
                    Second = projects[j].Id,
                    Similarity = similarity,
                    Axis = axis,
                    Chain = chain,
                    Places = place,
                    Beneficiaries = beneficiary,
                    Precedence = precedence,
                });
            }
        }

        return pairs;
    }

    /// <summary>Of two ascending lists without repetition.</summary>
    private static double Jaccard(int[] a, int[] b)
    {
        if (a.Length == 0 || b.Length == 0)
            return 0;
        int i = 0, j = 0, common = 0;
        while (i < a.Length && j < b.Length)
        {
            if (a[i] == b[j])
            {
                common++;
                i++;
                j++;
            }
            else if (a[i] < b[j])
            {
                i++;
            }
            else
            {
                j++;
            }
        }

        return (double)common / (a.Length + b.Length - common);
    }
}
