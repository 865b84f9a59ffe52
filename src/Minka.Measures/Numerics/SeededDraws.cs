namespace Minka.Measures.Numerics;

/// <summary>
/// A fixed sequence of random numbers for resampling and simulation: xoshiro256** filled by SplitMix64 from one seed, so
/// that a figure can be computed again anywhere. Not for draws that decide, which need public randomness.
/// </summary>
/// <remarks>Source: Blackman and Vigna (2018); Steele, Lea and Flood (2014) for the filling.</remarks>
public sealed class SeededDraws
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <summary>Begins the sequence of a seed.</summary>
    /// <param name="seed">Any number.</param>
    public SeededDraws(long seed)
    {
        var state = unchecked((ulong)seed);
        (_a, _b, _c, _d) = (Fill(ref state), Fill(ref state), Fill(ref state), Fill(ref state));
    }

    /// <summary>A number in [0, 1), of 53 bits.</summary>
    public double Unit() => (Next() >> 11) * (1.0 / (1UL << 53));

    /// <summary>A whole number in [0, below), without bias.</summary>
    /// <param name="below">Above 0.</param>
    public int Below(int below)
    {
        var limit = ulong.MaxValue - (ulong.MaxValue % (ulong)below);
        ulong next;
        do
            next = Next();
        while (next >= limit);
        return (int)(next % (ulong)below);
    }

    /// <summary>Puts a list in random order (Fisher and Yates).</summary>
    /// <typeparam name="T">Kind of the items.</typeparam>
    /// <param name="items">The list.</param>
    public void Shuffle<T>(Span<T> items)
    {
        for (var i = items.Length - 1; i > 0; i--)
        {
            var j = Below(i + 1);
            (items[i], items[j]) = (items[j], items[i]);
        }
    }

    private ulong Next()
    {
        unchecked
        {
            var result = ulong.RotateLeft(_b * 5, 7) * 9;
            var t = _b << 17;
            _c ^= _a;
            _d ^= _b;
            _b ^= _c;
            _a ^= _d;
            _c ^= t;
            _d = ulong.RotateLeft(_d, 45);
            return result;
        }
    }

    private static ulong Fill(ref ulong state)
    {
        unchecked
        {
            state += 0x9E3779B97F4A7C15;
            var z = state;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return z ^ (z >> 31);
        }
    }
}
