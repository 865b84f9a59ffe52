using Minka.Measures.Text;

namespace Minka.Measures.Bundling;

/// <summary>
/// Finds candidates for bundling: groups of like projects around a centre. Two projects are tied if all of this holds: the same function (or both
/// untold); a district in common or two that border, and where both points are known not too far apart; the larger cost at most so many times the
/// smaller; what their titles name at least so much alike.
/// </summary>
/// <remarks>
/// Groups are stars: the project with the most ties to projects that are still free becomes a centre and takes them, then the next one, until no star
/// has enough projects; of its districts those with most ties are kept, as many as the limits allow. So every member is itself like the centre, and chains of which the ends have nothing in common cannot grow. The greedy star
/// cover: Aslam, Pelekhov and Rus, The Star Clustering Algorithm for Static and Dynamic Information Organization, Journal of Graph Algorithms and
/// Applications 8 (2004). Likeness: <see cref="TextLikeness"/> over the words of <see cref="WorkTitle.ObjectOf"/>, weighed by how rare they are among the projects
/// compared. The result does not depend on the order of the input.
/// Complexity: with E pairs of one function in equal or bordering districts and in the window of costs, O(n log n + E·w) time, w the words of a title
/// (at most twelve), and memory of the tied pairs. Pairs elsewhere are never looked at.
/// </remarks>
public static class ProjectBundles
{
    private const double EarthRadius = 6_371.0088;

    /// <summary>Searches a list of projects.</summary>
    /// <param name="projects">In any order; codes unique.</param>
    /// <param name="limits">When two are alike.</param>
    /// <param name="words">Words of titles that do not tell the thing.</param>
    /// <param name="borders">The districts that border on a district, by code; a border need be told from one side only. Districts not named have none.</param>
    /// <exception cref="ArgumentException">A code occurs twice.</exception>
    /// <exception cref="ArgumentOutOfRangeException">A limit is out of its range.</exception>
    public static BundleSearch Find(IReadOnlyList<BundleProject> projects, BundleLimits limits, WorkWords words, IReadOnlyDictionary<string, IReadOnlyCollection<string>> borders)
    {
        ArgumentNullException.ThrowIfNull(projects);
        ArgumentNullException.ThrowIfNull(limits);
        ArgumentNullException.ThrowIfNull(words);
        ArgumentNullException.ThrowIfNull(borders);
        limits.Check();
        if (projects.Select(p => p.Code).Distinct(StringComparer.Ordinal).Count() != projects.Count)
            throw new ArgumentException("A code occurs twice.", nameof(projects));

        var (withoutAmount, tooLarge, withoutPlace, withoutObject) = (0, 0, 0, 0);
        var nodes = new List<Node>();
        foreach (var project in projects)
        {
            if (project.Amount <= 0)
            {
                withoutAmount++;
            }
            else if (project.Amount > limits.MostAmount)
            {
                tooLarge++;
            }
            else if (project.Places.Count == 0)
            {
                withoutPlace++;
            }
            else
            {
                var named = WorkTitle.ObjectOf(project.Title, words);
                if (named.Count == 0)
                    withoutObject++;
                else
                    nodes.Add(new Node(project, named));
            }
        }

        // By cost: what follows a project within its window costs as much or more.
        nodes.Sort((a, b) => a.Project.Amount != b.Project.Amount ? a.Project.Amount.CompareTo(b.Project.Amount) : string.CompareOrdinal(a.Project.Code, b.Project.Code));
        var likeness = new TextLikeness([.. nodes.Select(n => string.Join(' ', n.Named.Select(w => w.Stem)))]);
        var ties = Ties(nodes, limits, likeness, Near(borders));
        var bundles = Stars(nodes, ties, limits).Select(star => Describe(nodes, star, likeness)).ToList();
        return new BundleSearch(
            [.. bundles.OrderByDescending(b => b.Members.Count).ThenByDescending(b => b.Amount).ThenBy(b => b.Centre.Code, StringComparer.Ordinal)],
            nodes.Count, withoutAmount, tooLarge, withoutPlace, withoutObject);
    }

    /// <summary>Each district with those that border on it, told from both sides.</summary>
    private static Dictionary<string, HashSet<string>> Near(IReadOnlyDictionary<string, IReadOnlyCollection<string>> borders)
    {
        var near = new Dictionary<string, HashSet<string>>(StringComparer.Ordinal);
        foreach (var (district, others) in borders)
        {
            foreach (var other in others)
            {
                Of(district).Add(other);
                Of(other).Add(district);
            }
        }

        return near;

        HashSet<string> Of(string code) => near.TryGetValue(code, out var found) ? found : near[code] = new HashSet<string>(StringComparer.Ordinal);
    }

    private static List<(int Other, float Likeness)>[] Ties(List<Node> nodes, BundleLimits limits, TextLikeness likeness, Dictionary<string, HashSet<string>> near)
    {
        var ties = new List<(int, float)>[nodes.Count];
        for (var i = 0; i < ties.Length; i++)
            ties[i] = [];
        foreach (var function in Enumerable.Range(0, nodes.Count).GroupBy(i => nodes[i].Project.Function ?? "\0", StringComparer.Ordinal))
        {
            // Rising indexes, since the nodes are in the order of their costs.
            var byDistrict = new Dictionary<string, List<int>>(StringComparer.Ordinal);
            foreach (var i in function)
            {
                foreach (var place in nodes[i].Project.Places.Distinct(StringComparer.Ordinal))
                    (byDistrict.TryGetValue(place, out var there) ? there : byDistrict[place] = []).Add(i);
            }

            var met = new int[nodes.Count];
            foreach (var i in function)
            {
                var a = nodes[i].Project;
                foreach (var district in a.Places.Concat(a.Places.SelectMany(p => near.TryGetValue(p, out var next) ? (IEnumerable<string>)next : [])).Distinct(StringComparer.Ordinal))
                {
                    if (!byDistrict.TryGetValue(district, out var there))
                        continue;
                    var at = there.BinarySearch(i);
                    for (at = at < 0 ? ~at : at + 1; at < there.Count; at++)
                    {
                        var j = there[at];
                        var b = nodes[j].Project;
                        if (b.Amount > limits.MostRatio * a.Amount)
                            break;
                        if (met[j] == i + 1)
                            continue;
                        met[j] = i + 1;
                        if (Kilometres(a, b) > limits.MostKilometres)
                            continue;
                        var alike = likeness.Of(i, j);
                        if (alike < limits.LeastLikeness - 1e-12)
                            continue;
                        ties[i].Add((j, (float)alike));
                        ties[j].Add((i, (float)alike));
                    }
                }
            }
        }

        return ties;
    }

    private static List<int[]> Stars(List<Node> nodes, List<(int Other, float Likeness)>[] ties, BundleLimits limits)
    {
        var stars = new List<int[]>();
        var free = new int[nodes.Count];
        var taken = new bool[nodes.Count];
        var queue = new PriorityQueue<int, (int Fewer, string Code)>(Comparer<(int Fewer, string Code)>.Create(
            (a, b) => a.Fewer != b.Fewer ? a.Fewer.CompareTo(b.Fewer) : string.CompareOrdinal(a.Code, b.Code)));
        for (var i = 0; i < free.Length; i++)
        {
            free[i] = ties[i].Count;
            queue.Enqueue(i, (-free[i], nodes[i].Project.Code));
        }

        while (queue.TryDequeue(out var centre, out var rank))
        {
            if (taken[centre])
                continue;
            if (-rank.Fewer != free[centre])
            {
                queue.Enqueue(centre, (-free[centre], nodes[centre].Project.Code));
                continue;
            }

            if (free[centre] + 1 < limits.FewestProjects)
                break;
            var star = Star(nodes, centre, [.. ties[centre].Where(t => !taken[t.Other])], limits);
            // Its ties lie in too many districts; another may still take it in.
            if (star.Length < limits.FewestProjects)
                continue;
            foreach (var i in star)
                taken[i] = true;
            foreach (var i in star)
            {
                foreach (var (other, _) in ties[i])
                    free[other]--;
            }

            stars.Add(star);
        }

        return stars;
    }

    /// <summary>The centre with the most alike of its ties within the districts that hold most of them.</summary>
    private static int[] Star(List<Node> nodes, int centre, List<(int Other, float Likeness)> ties, BundleLimits limits)
    {
        var within = nodes[centre].Project.Places.ToHashSet(StringComparer.Ordinal);
        foreach (var district in ties.SelectMany(t => nodes[t.Other].Project.Places.Distinct(StringComparer.Ordinal)).Where(p => !within.Contains(p)).GroupBy(p => p, StringComparer.Ordinal)
            .OrderByDescending(g => g.Count()).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g => g.Key).Take(Math.Max(0, limits.MostPlaces - within.Count)).ToList())
        {
            within.Add(district);
        }

        return
        [
            centre,
            .. ties.Where(t => nodes[t.Other].Project.Places.All(within.Contains)).OrderByDescending(t => t.Likeness).ThenBy(t => nodes[t.Other].Project.Code, StringComparer.Ordinal)
                .Take(limits.MostProjects - 1).Select(t => t.Other),
        ];
    }

    private static Bundle Describe(List<Node> nodes, int[] star, TextLikeness likeness)
    {
        var centre = nodes[star[0]];
        var own = centre.Project.Places.ToHashSet(StringComparer.Ordinal);
        var members = star.Select(i =>
        {
            var p = nodes[i].Project;
            var (less, more) = (Math.Min(p.Amount, centre.Project.Amount), Math.Max(p.Amount, centre.Project.Amount));
            return new BundleMember(
                p, i == star[0] ? 1 : likeness.Of(star[0], i), i == star[0] ? [] : Written(centre, likeness.SharedBy(star[0], i)), (double)more / less,
                p.Places.Any(own.Contains) ? Nearness.SameDistrict : Nearness.NextDistrict, i == star[0] ? null : Kilometres(p, centre.Project));
        }).ToList();
        string[] words = [.. centre.Named.Where(w => 2 * star.Count(i => nodes[i].Stems.Contains(w.Stem)) >= star.Length).Select(w => w.Written)];
        return new Bundle(
            members, words.Length > 0 ? words : [.. centre.Named.Select(w => w.Written)],
            [.. members.SelectMany(m => m.Project.Places).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)], members.Sum(m => m.Project.Amount));
    }

    /// <summary>Shared stems as the centre writes them.</summary>
    private static IReadOnlyList<string> Written(Node centre, IReadOnlyList<string> stems) =>
        [.. stems.Select(s => centre.Named.FirstOrDefault(w => w.Stem == s || TextLikeness.WordsOf(w.Stem).Contains(s)).Written ?? s)];

    /// <summary>Distance on the sphere (haversine); nothing if one of the points is unknown.</summary>
    private static double? Kilometres(BundleProject a, BundleProject b)
    {
        if (a.Point is not { } p || b.Point is not { } q)
            return null;
        double Rad(double degrees) => degrees * Math.PI / 180;
        var (north, east) = (Math.Sin(Rad(q.Latitude - p.Latitude) / 2), Math.Sin(Rad(q.Longitude - p.Longitude) / 2));
        var h = (north * north) + (Math.Cos(Rad(p.Latitude)) * Math.Cos(Rad(q.Latitude)) * east * east);
        return 2 * EarthRadius * Math.Asin(Math.Min(1, Math.Sqrt(h)));
    }

    private sealed record Node(BundleProject Project, IReadOnlyList<(string Stem, string Written)> Named)
    {
        public IReadOnlySet<string> Stems { get; } = Named.Select(w => w.Stem).ToHashSet(StringComparer.Ordinal);
    }
}
