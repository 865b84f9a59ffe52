namespace Minka.Selection.Optimal;

/// <summary>What all workers of a search share: the open subtrees, the best solution, the counts and the reasons to stop.</summary>
internal sealed class SearchState(SearchSpace space, Incumbent best, int[] order, Func<bool> stop, int threads, bool record)
{
    /// <summary>The published order, as far as its columns are searched.</summary>
    public readonly int[] Order = [.. order.Select(j => space.Place[j]).Where(j => j >= 0)];
    public readonly SearchSpace Space = space;

    // Many states only go on with a tree that exists: the data are laid out when first asked for.
    private readonly Lazy<LinearData> _data = new(() => new LinearData(space.Program, space.Constant));

    public LinearData Data => _data.Value;

    public Incumbent Best { get; private set; } = best;

    public void Replace(Incumbent best) => Best = best;

    public readonly Func<bool> Stop = stop;
    public readonly bool Record = record;
    public readonly int Threads = threads;
    public readonly PriorityQueue<SubTree, (double Bound, int Depth, long Number)> Open = new();

    /// <summary>True for programs of many rows: dive, then go on where the bound is greatest. Else strictly depth first.</summary>
    public bool BestFirst { get; init; } = space.Program.Rows.Count > BasisInverse.GreatestDense;

    private long _number;

    /// <summary>Adds a subtree; the caller holds the lock.</summary>
    public void Add(SubTree tree) => Open.Enqueue(tree, (-tree.Bound, -tree.Depth, _number++));

    public long Nodes;
    public long TieNodes;

    /// <summary>After so many nodes that only ties keep open, ties are left to the second phase.</summary>
    public long TieLimit = 2_000;
    public int Idle;
    public volatile bool Stopped;

    /// <summary>Solutions below this are not looked for; a search that ends without one proves that there are none as good.</summary>
    public long Target { get; init; } = long.MinValue;

    /// <summary>A solution this good stops the search: beginning again with it is cheaper than going on.</summary>
    public long Enough { get; init; } = long.MaxValue;

    /// <summary>True where any solution of the needed value ends the search.</summary>
    public bool FirstWins;

    /// <summary>Nodes after which the search stops; counts over all workers.</summary>
    public long NodeLimit = long.MaxValue;

    /// <summary>The bounds of subtrees that were left open when the search stopped.</summary>
    public long OpenBound = long.MinValue;
}

/// <summary>A subtree that somebody can work on: the fixings that lead to it, its basis, its bound.</summary>
internal sealed record SubTree((int Index, long Low, long Up)[] Path, BasisSnapshot? Basis, double Bound, ProofNode? Node, int Depth);
