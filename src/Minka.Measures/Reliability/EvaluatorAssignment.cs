using System.Numerics;

namespace Minka.Measures.Reliability;

/// <summary>Who might evaluate what.</summary>
/// <param name="Similarity">A row a proposal, a column an evaluator: how well they fit, in whole units.</param>
/// <param name="Conflicts">Pairs (proposal, evaluator) that may not be.</param>
/// <param name="PerProposal">Evaluators that each proposal needs.</param>
/// <param name="MaximumLoad">The most proposals of one evaluator.</param>
public sealed record AssignmentProblem(IReadOnlyList<IReadOnlyList<long>> Similarity, IReadOnlySet<(int Proposal, int Evaluator)> Conflicts, int PerProposal, int MaximumLoad)
{
    internal int Proposals => Similarity.Count;

    internal int Evaluators => Similarity.Count == 0 ? 0 : Similarity[0].Count;

    internal void Check()
    {
        if (PerProposal < 0 || MaximumLoad < 0 || Similarity.Any(r => r.Count != Evaluators))
            throw new ArgumentException("Rows must be of one length, numbers zero or more.");
    }
}

/// <summary>An assignment.</summary>
/// <param name="Evaluators">Of each proposal, ascending.</param>
/// <param name="Total">Sum of the similarities.</param>
/// <param name="Worst">Sum of the worst-off proposal.</param>
public sealed record EvaluatorAssignment(IReadOnlyList<IReadOnlyList<int>> Evaluators, long Total, long Worst)
{
    /// <summary>The most states that an exact search keeps.</summary>
    public const int MostStates = 2_000_000;

    /// <summary>The assignment of greatest total, of any size.</summary>
    /// <param name="problem">The problem.</param>
    /// <returns><see langword="null"/> if there is none; see <see cref="Scarce"/>.</returns>
    /// <remarks>Min-cost flow by successive shortest paths: O(places · proposals · evaluators) times the passes of Bellman–Ford. Which of several optima is not defined.</remarks>
    /// <exception cref="ArgumentException">Rows differ in length or a number is negative.</exception>
    public static EvaluatorAssignment? OfGreatestTotal(AssignmentProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        problem.Check();
        var (p, r) = (problem.Proposals, problem.Evaluators);
        // Nodes: proposals, evaluators, source, sink. An arc's residue and cost; the reverse arc is the next one.
        var arcs = new List<(int To, int Residue, long Cost)>();
        List<int>[] from = [.. Enumerable.Range(0, p + r + 2).Select(_ => new List<int>())];
        var (source, sink) = (p + r, p + r + 1);
        for (var i = 0; i < p; i++)
        {
            Arc(source, i, problem.PerProposal, 0);
            for (var j = 0; j < r; j++)
            {
                if (!problem.Conflicts.Contains((i, j)))
                    Arc(i, p + j, 1, -problem.Similarity[i][j]);
            }
        }

        for (var j = 0; j < r; j++)
            Arc(p + j, sink, problem.MaximumLoad, 0);
        for (var sent = 0; sent < p * problem.PerProposal; sent++)
        {
            var distance = new long[from.Length];
            var by = new int[from.Length];
            Array.Fill(distance, long.MaxValue);
            Array.Fill(by, -1);
            distance[source] = 0;
            var queue = new Queue<int>([source]);
            var waiting = new bool[from.Length];
            while (queue.TryDequeue(out var node))
            {
                waiting[node] = false;
                foreach (var a in from[node].Where(a => arcs[a].Residue > 0))
                {
                    var next = arcs[a].To;
                    if (distance[node] + arcs[a].Cost >= distance[next])
                        continue;
                    (distance[next], by[next]) = (distance[node] + arcs[a].Cost, a);
                    if (!waiting[next])
                        queue.Enqueue(next);
                    waiting[next] = true;
                }
            }

            if (by[sink] < 0)
                return null;
            for (var node = sink; node != source; node = arcs[by[node] ^ 1].To)
            {
                var (a, back) = (by[node], by[node] ^ 1);
                arcs[a] = arcs[a] with { Residue = arcs[a].Residue - 1 };
                arcs[back] = arcs[back] with { Residue = arcs[back].Residue + 1 };
            }
        }

        return Of(problem, [.. Enumerable.Range(0, p).Select(i => (IReadOnlyList<int>)[.. from[i].Where(a => a % 2 == 0 && arcs[a].Residue == 0).Select(a => arcs[a].To - p).Order()])]);

        void Arc(int tail, int head, int capacity, long cost)
        {
            from[tail].Add(arcs.Count);
            arcs.Add((head, capacity, cost));
            from[head].Add(arcs.Count);
            arcs.Add((tail, 0, -cost));
        }
    }

    /// <summary>Among the assignments with the greatest total, the first in lexicographic order of the evaluators' indexes.</summary>
    /// <param name="problem">A problem small enough for an exact search.</param>
    /// <returns><see langword="null"/> if there is none.</returns>
    /// <exception cref="InvalidOperationException">The search needs more than <see cref="MostStates"/> states.</exception>
    public static EvaluatorAssignment? FirstOfGreatestTotal(AssignmentProblem problem) => new Search(problem).Best(long.MinValue);

    /// <summary>The fairest: the worst-off proposal has as much as possible, then the total is greatest, then the first in lexicographic order.</summary>
    /// <param name="problem">A problem small enough for an exact search.</param>
    /// <returns><see langword="null"/> if there is none.</returns>
    /// <remarks>Proposals share evaluators, so a proposal's sum is no flow; the search keeps the loads left after each proposal. Worst case exponential in the evaluators.</remarks>
    /// <exception cref="InvalidOperationException">The search needs more than <see cref="MostStates"/> states.</exception>
    public static EvaluatorAssignment? Fairest(AssignmentProblem problem)
    {
        var search = new Search(problem);
        var sums = search.Sums();
        if (search.Best(long.MinValue) is not { } any)
            return null;
        // The greatest threshold that every proposal can reach at once.
        var (best, low, high) = (any, sums.BinarySearch(any.Worst), sums.Count - 1);
        while (low < high)
        {
            var middle = (low + high + 1) / 2;
            if (search.Best(sums[middle]) is { } found)
                (best, low) = (found, middle);
            else
                high = middle - 1;
        }

        return search.Best(best.Worst);
    }

    /// <summary>How many assignments keep the conditions.</summary>
    /// <param name="problem">A problem small enough for an exact search.</param>
    /// <exception cref="InvalidOperationException">The search needs more than <see cref="MostStates"/> states.</exception>
    public static BigInteger Feasible(AssignmentProblem problem) => new Search(problem).Count();

    /// <summary>Proposals with fewer evaluators free of conflict than they need: the plainest reason why there is no assignment.</summary>
    /// <param name="problem">The problem.</param>
    public static IReadOnlyList<int> Scarce(AssignmentProblem problem)
    {
        ArgumentNullException.ThrowIfNull(problem);
        return [.. Enumerable.Range(0, problem.Proposals).Where(i => Enumerable.Range(0, problem.Evaluators).Count(j => !problem.Conflicts.Contains((i, j))) < problem.PerProposal)];
    }

    private static EvaluatorAssignment Of(AssignmentProblem problem, IReadOnlyList<IReadOnlyList<int>> evaluators)
    {
        long[] sums = [.. evaluators.Select((e, i) => e.Sum(j => problem.Similarity[i][j]))];
        return new EvaluatorAssignment(evaluators, sums.Sum(), sums.Length == 0 ? 0 : sums.Min());
    }

    /// <summary>Proposals one after another, with what was found for the loads still free.</summary>
    private sealed class Search
    {
        private readonly AssignmentProblem _problem;
        private readonly List<(int[] Evaluators, long Sum)>[] _choices;
        private int _states;

        public Search(AssignmentProblem problem)
        {
            ArgumentNullException.ThrowIfNull(problem);
            problem.Check();
            _problem = problem;
            _choices = [.. Enumerable.Range(0, problem.Proposals).Select(i =>
            {
                int[] free = [.. Enumerable.Range(0, problem.Evaluators).Where(j => !problem.Conflicts.Contains((i, j)))];
                return Subsets(free, problem.PerProposal, 0).Select(s => (s, s.Sum(j => problem.Similarity[i][j]))).ToList();
            })];
        }

        public List<long> Sums() => [.. _choices.SelectMany(c => c.Select(s => s.Sum)).Distinct().Order()];

        public EvaluatorAssignment? Best(long threshold)
        {
            var known = new Dictionary<(int, string), (long? Total, int Choice)>();
            _states = 0;
            var loads = new int[_problem.Evaluators];
            if (Visit(0) is null)
                return null;
            var taken = new List<IReadOnlyList<int>>();
            for (var i = 0; i < _problem.Proposals; i++)
            {
                var choice = _choices[i][known[(i, Key(loads))].Choice].Evaluators;
                taken.Add(choice);
                Load(loads, choice, 1);
            }

            return Of(_problem, taken);

            long? Visit(int i)
            {
                if (i == _problem.Proposals)
                    return 0;
                var key = (i, Key(loads));
                if (known.TryGetValue(key, out var seen))
                    return seen.Total;
                Grow();
                (long? Total, int Choice) best = (null, -1);
                for (var c = 0; c < _choices[i].Count; c++)
                {
                    var (evaluators, sum) = _choices[i][c];
                    if (sum < threshold || evaluators.Any(j => loads[j] >= _problem.MaximumLoad))
                        continue;
                    Load(loads, evaluators, 1);
                    if (Visit(i + 1) is { } rest && (best.Total is null || rest + sum > best.Total))
                        best = (rest + sum, c);
                    Load(loads, evaluators, -1);
                }

                known[key] = best;
                return best.Total;
            }
        }

        public BigInteger Count()
        {
            var known = new Dictionary<(int, string), BigInteger>();
            _states = 0;
            var loads = new int[_problem.Evaluators];
            return Visit(0);

            BigInteger Visit(int i)
            {
                if (i == _problem.Proposals)
                    return 1;
                var key = (i, Key(loads));
                if (known.TryGetValue(key, out var seen))
                    return seen;
                Grow();
                BigInteger sum = 0;
                foreach (var (evaluators, _) in _choices[i])
                {
                    if (evaluators.Any(j => loads[j] >= _problem.MaximumLoad))
                        continue;
                    Load(loads, evaluators, 1);
                    sum += Visit(i + 1);
                    Load(loads, evaluators, -1);
                }

                return known[key] = sum;
            }
        }

        private void Grow()
        {
            if (++_states > MostStates)
                throw new InvalidOperationException($"An exact assignment of this size needs more than {MostStates} states.");
        }

        private static void Load(int[] loads, IReadOnlyList<int> evaluators, int change)
        {
            foreach (var j in evaluators)
                loads[j] += change;
        }

        private static string Key(int[] loads) => string.Join(',', loads);

        private static IEnumerable<int[]> Subsets(int[] free, int size, int from)
        {
            if (size == 0)
            {
                yield return [];
                yield break;
            }

            for (var i = from; i <= free.Length - size; i++)
            {
                foreach (var rest in Subsets(free, size - 1, i + 1))
                    yield return [free[i], .. rest];
            }
        }
    }
}
