namespace Minka.Measures.Cohesion;

/// <summary>Modularity of a partition: how far the ties fall within its parts beyond what chance would give.</summary>
public static class Modularity
{
    /// <summary>Q = Σ over communities of [L/m − (d/2m)²], L the edges within, d the sum of degrees, m all edges.</summary>
    /// <param name="edges">Undirected edges between nodes, each once; the ends are indexes into <paramref name="communities"/>.</param>
    /// <param name="communities">The community of each node; any labels.</param>
    /// <returns>Q from −0.5 to 1; <see langword="null"/> without edges.</returns>
    /// <remarks>O(edges + nodes). Sums are of whole numbers; one division at the end. Source: Newman and Girvan (2004).</remarks>
    /// <exception cref="ArgumentException">An edge names a node that does not exist.</exception>
    public static double? Of(IReadOnlyCollection<(int From, int To)> edges, IReadOnlyList<int> communities)
    {
        ArgumentNullException.ThrowIfNull(edges);
        ArgumentNullException.ThrowIfNull(communities);
        if (edges.Count == 0)
            return null;

        var within = 0L;
        var degrees = new Dictionary<int, long>();
        foreach (var (from, to) in edges)
        {
            if (from < 0 || to < 0 || from >= communities.Count || to >= communities.Count)
                throw new ArgumentException($"The edge {from}–{to} names a node that does not exist.", nameof(edges));

            var (a, b) = (communities[from], communities[to]);
            if (a == b)
                within++;
            degrees[a] = degrees.GetValueOrDefault(a) + 1;
            degrees[b] = degrees.GetValueOrDefault(b) + 1;
        }

        return Of(edges.Count, within, degrees.Values);
    }

    /// <summary>The same from counts.</summary>
    /// <param name="edges">All edges.</param>
    /// <param name="within">Those within a community.</param>
    /// <param name="degrees">Sum of the degrees of each community.</param>
    internal static double? Of(long edges, long within, IEnumerable<long> degrees)
    {
        var squares = degrees.Sum(d => d * d);
        return edges == 0 ? null : ((4 * edges * within) - squares) / (4.0 * edges * edges);
    }

    /// <summary>The communities that links form by themselves: from single nodes on, the two whose union raises Q most are joined.</summary>
    /// <param name="edges">Undirected edges between different nodes, each once.</param>
    /// <param name="nodes">Number of nodes.</param>
    /// <returns>Q of the best step and the community of each node, numbered by their first nodes; <see langword="null"/> without edges.</returns>
    /// <remarks>O(nodes³) at most. A greedy search: the greatest Q may be higher. Of equal unions the one with the lowest nodes is taken. Source: Clauset, Newman and Moore (2004).</remarks>
    /// <exception cref="ArgumentException">An edge names a node that does not exist.</exception>
    public static (double Q, IReadOnlyList<int> Communities)? Greedy(IReadOnlyCollection<(int From, int To)> edges, int nodes)
    {
        ArgumentNullException.ThrowIfNull(edges);
        int[] community = [.. Enumerable.Range(0, nodes)];
        if (Of(edges, community) is not { } q)
            return null;
        // Between communities: edges in whole numbers, so that equal unions are seen as equal.
        var between = new Dictionary<int, Dictionary<int, long>>();
        var degree = new long[nodes];
        for (var i = 0; i < nodes; i++)
            between[i] = [];
        foreach (var (a, b) in edges)
        {
            degree[a]++;
            degree[b]++;
            if (a == b)
                continue;
            between[a][b] = between[a].GetValueOrDefault(b) + 1;
            between[b][a] = between[b].GetValueOrDefault(a) + 1;
        }

        var m = (long)edges.Count;
        var (best, kept) = (q, (int[])community.Clone());
        while (true)
        {
            (long Gain, int A, int B) found = (long.MinValue, -1, -1);
            foreach (var (a, links) in between)
            {
                foreach (var (b, count) in links)
                {
                    // ΔQ·2m² = 2m·e − d·d.
                    var gain = (2 * m * count) - (degree[a] * degree[b]);
                    if (a < b && (gain > found.Gain || (gain == found.Gain && (a, b).CompareTo((found.A, found.B)) < 0)))
                        found = (gain, a, b);
                }
            }

            if (found.A < 0)
                return (best, Numbered(kept));
            var (to, from) = (found.A, found.B);
            foreach (var (other, count) in between[from])
            {
                between[other].Remove(from);
                if (other == to)
                    continue;
                between[to][other] = between[to].GetValueOrDefault(other) + count;
                between[other][to] = between[other].GetValueOrDefault(to) + count;
            }

            between.Remove(from);
            degree[to] += degree[from];
            for (var i = 0; i < nodes; i++)
                community[i] = community[i] == from ? to : community[i];
            q = Of(edges, community)!.Value;
            if (q > best)
                (best, kept) = (q, (int[])community.Clone());
        }

        static int[] Numbered(int[] labels)
        {
            var order = labels.Distinct().Select((l, i) => (l, i)).ToDictionary(p => p.l, p => p.i);
            return [.. labels.Select(l => order[l])];
        }
    }
}
