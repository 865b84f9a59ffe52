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

        var m = (long)edges.Count;
        var squares = degrees.Values.Sum(d => d * d);
        return ((4 * m * within) - squares) / (4.0 * m * m);
    }
}
