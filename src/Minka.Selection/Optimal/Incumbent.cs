namespace Minka.Selection.Optimal;

/// <summary>The best solution so far, shared by the workers of a search; with a floor only solutions above it count.</summary>
internal sealed class Incumbent
{
    private readonly ZeroOneProgram _program;
    private readonly int[] _order;
    private readonly Lock _lock = new();
    private volatile bool[]? _chosen;
    private readonly long _floor;
    private long _value;
    private int _ties;

    public Incumbent(ZeroOneProgram program, int[] order, long floor = long.MinValue)
    {
        (_program, _order, _floor, _value) = (program, order, floor, floor);
    }

    /// <summary>Its objective; <see cref="long.MinValue"/> while there is none.</summary>
    public long Value => Volatile.Read(ref _value);

    /// <summary>For each column whether it is 1; null while there is none. Never written to after publication.</summary>
    public bool[]? Chosen => _chosen;

    /// <summary>How many solutions of equal value were met since the value last rose.</summary>
    public int Ties => Volatile.Read(ref _ties);

    /// <summary>Once true, solutions of equal value are no longer looked for.</summary>
    public volatile bool Strict;

    /// <summary>Offers a solution; it is checked exactly against every row.</summary>
    /// <returns>True if it is the new best.</returns>
    public bool Offer(bool[] chosen)
    {
        var objective = _program.Objective(chosen);
        if (objective < Value || !_program.IsFeasible(chosen))
            return false;
        lock (_lock)
        {
            if (objective < _value || (_chosen is null && objective == _floor && _floor != long.MinValue))
                return false;
            if (_chosen is not null)
            {
                if (objective == _value)
                {
                    _ties++;
                    if (!IsBefore(chosen, _chosen, _order))
                        return false;
                    _chosen = (bool[])chosen.Clone();
                    return true;
                }
            }

            _chosen = (bool[])chosen.Clone();
            Volatile.Write(ref _value, (long)objective);
            _ties = 0;
            return true;
        }
    }

    /// <summary>Whether the first comes before the second in the published order: the first column where they differ is 1 in it.</summary>
    public static bool IsBefore(bool[] first, bool[] second, int[] order)
    {
        foreach (var j in order)
        {
            if (first[j] != second[j])
                return first[j];
        }

        return false;
    }

    /// <summary>Whether a completion of the fixings could come before the best solution in the published order.</summary>
    public bool CouldComeBefore(sbyte[] fixedTo)
    {
        var chosen = _chosen;
        if (chosen is null)
            return true;
        foreach (var j in _order)
        {
            if (chosen[j])
            {
                if (fixedTo[j] == 0)
                    return false;
            }
            else if (fixedTo[j] != 0)
            {
                return true;
            }
        }

        return false;
    }
}
