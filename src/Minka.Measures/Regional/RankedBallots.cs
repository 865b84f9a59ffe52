namespace Minka.Measures.Regional;

/// <summary>Ballots that rank all options alike.</summary>
/// <param name="Ranking">All options, best first.</param>
/// <param name="Count">How many ballots, zero or more.</param>
public sealed record RankedBallot(IReadOnlyList<string> Ranking, long Count);

/// <summary>Which axis comes first: Borda and Condorcet side by side. Plurality is told to show what it would hide.</summary>
/// <param name="Options">In ordinal order.</param>
/// <param name="Plurality">First places.</param>
/// <param name="Borda">n − 1 points for a first place, 0 for a last one.</param>
/// <param name="Pairwise">How many ballots rank the first option before the second.</param>
/// <param name="Condorcet">The option that beats every other by pairs; <see langword="null"/> if there is none.</param>
/// <param name="Schulze">The options by Schulze's strongest paths, those that tie together; resolves a circle of pairs.</param>
/// <remarks>O(ballots·n² + n³). Sources: Borda (1781); Condorcet (1785); Schulze (2011).</remarks>
public sealed record RankedTally(
    IReadOnlyList<string> Options,
    IReadOnlyDictionary<string, long> Plurality,
    IReadOnlyDictionary<string, long> Borda,
    IReadOnlyDictionary<(string Over, string Under), long> Pairwise,
    string? Condorcet,
    IReadOnlyList<IReadOnlyList<string>> Schulze)
{
    /// <summary>Counts ballots.</summary>
    /// <param name="ballots">All rank the same options.</param>
    /// <exception cref="ArgumentException">A ballot ranks other options than the first, one twice, or its number is negative.</exception>
    public static RankedTally Of(IReadOnlyList<RankedBallot> ballots)
    {
        ArgumentNullException.ThrowIfNull(ballots);
        string[] options = ballots.Count == 0 ? [] : [.. ballots[0].Ranking.Order(StringComparer.Ordinal)];
        var n = options.Length;
        if (options.Distinct(StringComparer.Ordinal).Count() != n)
            throw new ArgumentException("A ballot ranks an option twice.", nameof(ballots));
        var index = options.Select((o, i) => (o, i)).ToDictionary(p => p.o, p => p.i, StringComparer.Ordinal);
        var (first, borda, over) = (new long[n], new long[n], new long[n, n]);
        foreach (var ballot in ballots)
        {
            if (ballot.Count < 0 || !ballot.Ranking.Order(StringComparer.Ordinal).SequenceEqual(options, StringComparer.Ordinal))
                throw new ArgumentException("Every ballot ranks all options once, and no number is negative.", nameof(ballots));
            for (var i = 0; i < n; i++)
            {
                var a = index[ballot.Ranking[i]];
                first[a] += i == 0 ? ballot.Count : 0;
                borda[a] += (n - 1 - i) * ballot.Count;
                for (var j = i + 1; j < n; j++)
                    over[a, index[ballot.Ranking[j]]] += ballot.Count;
            }
        }

        var pairs = new Dictionary<(string, string), long>();
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
            {
                if (i != j)
                    pairs[(options[i], options[j])] = over[i, j];
            }
        }

        return new RankedTally(
            options,
            options.Select((o, i) => (o, i)).ToDictionary(p => p.o, p => first[p.i], StringComparer.Ordinal),
            options.Select((o, i) => (o, i)).ToDictionary(p => p.o, p => borda[p.i], StringComparer.Ordinal),
            pairs,
            options.Where((_, i) => Enumerable.Range(0, n).All(j => j == i || over[i, j] > over[j, i])).SingleOrDefault(),
            ByStrongestPaths(options, over));
    }

    private static List<IReadOnlyList<string>> ByStrongestPaths(string[] options, long[,] over)
    {
        var n = options.Length;
        var path = new long[n, n];
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j < n; j++)
                path[i, j] = over[i, j] > over[j, i] ? over[i, j] : 0;
        }

        for (var k = 0; k < n; k++)
        {
            for (var i = 0; i < n; i++)
            {
                for (var j = 0; j < n; j++)
                {
                    if (i != j)
                        path[i, j] = Math.Max(path[i, j], Math.Min(path[i, k], path[k, j]));
                }
            }
        }

        var left = Enumerable.Range(0, n).ToList();
        var result = new List<IReadOnlyList<string>>();
        while (left.Count > 0)
        {
            var best = left.Where(i => left.All(j => path[i, j] >= path[j, i])).ToList();
            result.Add([.. best.Select(i => options[i])]);
            left = [.. left.Except(best)];
        }

        return result;
    }
}
