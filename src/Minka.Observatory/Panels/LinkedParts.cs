namespace Minka.Observatory.Panels;

/// <summary>Into how many parts the projects of a group fall when those of one function or one district are linked, and what the largest holds.</summary>
/// <param name="Count">Connected components.</param>
/// <param name="Largest">Money of the one with most money.</param>
internal sealed record LinkedParts(int Count, double Largest)
{
    /// <summary>Reads the answer of <see cref="PanelSql.Cells"/>.</summary>
    /// <param name="cells">Rows of year, group, function, district, projects, money and the largest amount, by group.</param>
    /// <remarks>O(cells · α): functions and districts are the nodes, so that no pair of projects is ever looked at.</remarks>
    public static IReadOnlyDictionary<(int Year, string Group), LinkedParts> Of(IReadOnlyList<object?[]> cells) =>
        cells.GroupBy(c => ((int)(long)c[0]!, (string)c[1]!)).ToDictionary(g => g.Key, g => OfGroup([.. g]));

    private static LinkedParts OfGroup(List<object?[]> cells)
    {
        var parent = new Dictionary<string, string>(StringComparer.Ordinal);
        var (alone, largest) = (0L, 0.0);
        foreach (var cell in cells)
        {
            var (function, district) = (cell[2] is string f ? "f" + f : null, cell[3] is string d ? "d" + d : null);
            if ((function ?? district) is not { } node)
            {
                // Nothing links these: each is a part of its own.
                alone += (long)cell[4]!;
                largest = Math.Max(largest, (double)cell[6]!);
                continue;
            }

            parent[Root(node)] = Root(district ?? node);
        }

        var money = new Dictionary<string, double>(StringComparer.Ordinal);
        foreach (var cell in cells)
        {
            if ((cell[2] is string f ? "f" + f : cell[3] is string d ? "d" + d : null) is { } node)
                money[Root(node)] = money.GetValueOrDefault(Root(node)) + (double)cell[5]!;
        }

        return new LinkedParts((int)alone + money.Count, money.Values.Append(largest).Max());

        string Root(string node)
        {
            if (parent.TryAdd(node, node))
                return node;
            while (parent[node] != node)
                node = parent[node] = parent[parent[node]];
            return node;
        }
    }
}
