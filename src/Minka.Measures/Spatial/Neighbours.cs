namespace Minka.Measures.Spatial;

/// <summary>How much a neighbour weighs.</summary>
public enum WeightStyle
{
    /// <summary>Each neighbour one over their number, so that the weights of a place add up to 1.</summary>
    RowStandardised,

    /// <summary>Each neighbour 1.</summary>
    Binary,
}

/// <summary>Who borders on whom.</summary>
/// <remarks>A place without neighbours (an island) has no local figure and counts neither in S₀ nor in n.</remarks>
public sealed class Neighbours
{
    private readonly int[][] _of;

    /// <summary>Takes the lists of neighbours.</summary>
    /// <param name="lists">For each place the indexes of its neighbours, from 0; a border need not be told from both sides.</param>
    /// <exception cref="ArgumentException">A place is its own neighbour, occurs twice in a list, or does not exist.</exception>
    public Neighbours(IReadOnlyList<IReadOnlyCollection<int>> lists)
    {
        ArgumentNullException.ThrowIfNull(lists);
        _of = [.. lists.Select(l => l.ToArray())];
        for (var i = 0; i < _of.Length; i++)
        {
            if (_of[i].Any(j => j < 0 || j >= _of.Length || j == i) || _of[i].Distinct().Count() != _of[i].Length)
                throw new ArgumentException($"The neighbours of place {i} are not others, each once.", nameof(lists));
        }
    }

    /// <summary>Number of places.</summary>
    public int Count => _of.Length;

    /// <summary>The neighbours of a place.</summary>
    /// <param name="place">Index from 0.</param>
    public IReadOnlyList<int> Of(int place) => _of[place];

    /// <summary>Places without neighbours, in order; maps show them grey.</summary>
    public IReadOnlyList<int> Islands => [.. Enumerable.Range(0, Count).Where(i => _of[i].Length == 0)];

    internal double Weight(int place, WeightStyle style) => style == WeightStyle.Binary ? 1 : 1.0 / _of[place].Length;

    internal double Lag(int place, WeightStyle style, IReadOnlyList<double> values)
    {
        var sum = 0.0;
        foreach (var j in _of[place])
            sum += values[j];
        return sum * Weight(place, style);
    }

    /// <summary>S₀ = Σw, S₁ = ½ Σ (w_ij + w_ji)², S₂ = Σ (w_i· + w_·i)².</summary>
    internal (double S0, double S1, double S2) Sums(WeightStyle style)
    {
        var to = new double[Count];
        var from = new double[Count];
        var weights = new Dictionary<(int, int), double>();
        for (var i = 0; i < Count; i++)
        {
            foreach (var j in _of[i])
            {
                var w = Weight(i, style);
                weights[(i, j)] = w;
                to[i] += w;
                from[j] += w;
            }
        }

        var s1 = 0.0;
        foreach (var ((i, j), w) in weights)
        {
            // Each unordered pair once: from its lesser end, or from the only end that tells it.
            if (weights.TryGetValue((j, i), out var back))
                s1 += i < j ? (w + back) * (w + back) : 0;
            else
                s1 += w * w;
        }

        return (to.Sum(), s1, to.Zip(from, (a, b) => (a + b) * (a + b)).Sum());
    }
}
