namespace Minka.Core.Planning;

/// <summary>What must come before what.</summary>
public static class Precedence
{
    /// <summary>A circle in the links, first and last the same; null where there is none. O(nodes + links).</summary>
    public static IReadOnlyList<T>? FindCycle<T>(IReadOnlyDictionary<T, IReadOnlyList<T>> before)
        where T : notnull
    {
        var state = new Dictionary<T, bool>();
        var path = new List<T>();
        foreach (var node in before.Keys)
        {
            if (Visit(node) is { } cycle) return cycle;
        }
        return null;

        IReadOnlyList<T>? Visit(T node)
        {
            if (state.TryGetValue(node, out var done))
                return done ? null : [.. path.SkipWhile(n => !n.Equals(node)), node];
            state[node] = false;
            path.Add(node);
            foreach (var next in before.GetValueOrDefault(node) ?? [])
            {
                if (before.ContainsKey(next) && Visit(next) is { } cycle) return cycle;
            }
            path.RemoveAt(path.Count - 1);
            state[node] = true;
            return null;
        }
    }
}
