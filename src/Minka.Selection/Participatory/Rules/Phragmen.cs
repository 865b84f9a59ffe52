using System.Numerics;
using Minka.Selection.Exact;

namespace Minka.Selection.Participatory;

/// <summary>
/// Sequential Phragmén. A voter's load is that of the last round in which she got something, so loads are few numbers and a project is
/// weighed by how many of its supporters carry each. First in doubles (all terms are positive, so relative errors only add up); where two
/// projects are closer than <see cref="Theta"/> and not visibly equal, again in whole numbers over a common denominator.
/// </summary>
internal sealed class Phragmen(Field field, int[] ranks, bool explain)
{
    // Far above (rounds + 4)² · 2⁻⁵³ for any election with fewer than 1,000 rounds; larger ones go the exact way at once.
    private const double Theta = 1e-9;

    private readonly int[] _last = new int[field.Groups];
    private readonly long[] _weight = new long[field.Projects + 1];
    private readonly int[] _seen = new int[field.Projects + 1];
    private readonly double[] _key = new double[field.Projects];

    public List<int> Order { get; } = [];

    public List<PbRound> Rounds { get; } = [];

    public double Gap { get; private set; } = 1;

    public bool Exact { get; private set; }

    public int Restarts { get; private set; }

    public void Run(bool exact)
    {
        if (!exact && field.FitsDouble && field.Projects < 1_000)
        {
            if (TryDoubles())
                return;
            Restarts++;
        }

        Exact = true;
        Rationals();
    }

    private bool TryDoubles()
    {
        Reset();
        var load = new double[field.Projects + 1];
        var open = Open();
        var near = new List<int>();
        long spent = 0;
        while (open.Count > 0)
        {
            open.Sort((a, b) => _key[a].CompareTo(_key[b]));
            var best = double.PositiveInfinity;
            var looked = 0;
            for (; looked < open.Count && _key[open[looked]] <= best * (1 + (4 * Theta)); looked++)
            {
                var p = open[looked];
                var count = Weigh(p);
                double sum = field.Cost[p];
                for (var i = 0; i < count; i++)
                {
                    sum += _weight[_seen[i]] * load[_seen[i]];
                    _weight[_seen[i]] = 0;
                }

                _key[p] = sum / field.Votes[p];
                best = Math.Min(best, _key[p]);
            }

            near.Clear();
            var next = looked < open.Count ? _key[open[looked]] : double.PositiveInfinity;
            for (var i = 0; i < looked; i++)
            {
                if (_key[open[i]] <= best * (1 + Theta))
                    near.Add(open[i]);
                else
                    next = Math.Min(next, _key[open[i]]);
            }

            if (near.Count > 1 && !Resolve(near, ref next))
                return false;
            if (!double.IsPositiveInfinity(next) && next > 0)
                Gap = Math.Min(Gap, (next - best) / next);
            if (!Choose(open, near, ref spent, out var chosen))
                return true;
            load[Order.Count] = best;
            Carry(chosen);
        }

        Unsupported(spent);
        return true;
    }

    /// <summary>Keeps the exactly cheapest of a few close projects; false if that cannot be seen.</summary>
    private bool Resolve(List<int> near, ref double next)
    {
        // Supporters without any load: load after = cost / votes, whole numbers. Equal supporters and cost: equal.
        if (near.TrueForAll(Untouched))
        {
            var least = near[0];
            foreach (var p in near)
            {
                if ((Int128)field.Cost[p] * field.Votes[least] < (Int128)field.Cost[least] * field.Votes[p])
                    least = p;
            }

            foreach (var p in near)
            {
                if ((Int128)field.Cost[p] * field.Votes[least] > (Int128)field.Cost[least] * field.Votes[p])
                    next = Math.Min(next, _key[p]);
            }

            near.RemoveAll(p => (Int128)field.Cost[p] * field.Votes[least] > (Int128)field.Cost[least] * field.Votes[p]);
            return true;
        }

        var first = near[0];
        return near.TrueForAll(p => field.Cost[p] == field.Cost[first]
            && field.Group.AsSpan(field.Start[p]..field.Start[p + 1]).SequenceEqual(field.Group.AsSpan(field.Start[first]..field.Start[first + 1])));
    }

    private bool Untouched(int p)
    {
        for (var i = field.Start[p]; i < field.Start[p + 1]; i++)
        {
            if (_last[field.Group[i]] != 0)
                return false;
        }

        return true;
    }

    private void Rationals()
    {
        Reset();
        var load = new List<BigInteger> { BigInteger.Zero };
        var scale = BigInteger.One;
        var open = Open();
        var tied = new List<int>();
        long spent = 0;
        while (open.Count > 0)
        {
            open.Sort((a, b) => _key[a].CompareTo(_key[b]));
            var (best, votes) = (BigInteger.Zero, 0L);
            var next = double.PositiveInfinity;
            tied.Clear();
            foreach (var p in open)
            {
                if (tied.Count > 0 && _key[p] > _key[tied[0]] * (1 + Theta))
                {
                    next = Math.Min(next, _key[p]);
                    break;
                }

                var count = Weigh(p);
                var sum = field.Cost[p] * scale;
                for (var i = 0; i < count; i++)
                {
                    sum += _weight[_seen[i]] * load[_seen[i]];
                    _weight[_seen[i]] = 0;
                }

                _key[p] = Quotient.ToDouble(sum, field.Votes[p] * scale);
                var order = tied.Count == 0 ? -1 : (sum * votes).CompareTo(best * field.Votes[p]);
                if (order < 0)
                {
                    if (tied.Count > 0)
                        next = Math.Min(next, _key[tied[0]]);
                    tied.Clear();
                    (best, votes) = (sum, field.Votes[p]);
                }
                else if (order > 0)
                {
                    next = Math.Min(next, _key[p]);
                }

                if (order <= 0)
                    tied.Add(p);
            }

            var gap = double.IsPositiveInfinity(next) || next <= 0 ? 1 : (next - _key[tied[0]]) / next;
            Gap = Math.Min(Gap, Math.Max(0, gap));
            if (!Choose(open, tied, ref spent, out var chosen))
                return;
            var common = BigInteger.GreatestCommonDivisor(best, votes);
            var factor = votes / common;
            scale *= factor;
            for (var r = 0; r < load.Count; r++)
                load[r] *= factor;
            load.Add(best / common);
            if (explain)
            {
                Rounds.Add(new PbRound(chosen, new Fraction(load[^1], scale * field.Unit), [.. tied.OrderBy(p => ranks[p])], Payments(chosen, load, scale), gap));
            }

            Carry(chosen);
        }

        Unsupported(spent);
    }

    private List<PbPayment> Payments(int p, List<BigInteger> load, BigInteger scale)
    {
        var after = new Fraction(load[^1], scale * field.Unit);
        var payments = new List<PbPayment>();
        for (var i = field.Start[p]; i < field.Start[p + 1]; i++)
        {
            var g = field.Group[i];
            payments.Add(new PbPayment(g, new Fraction(load[^1] - load[_last[g]], scale * field.Unit), after));
        }

        return payments;
    }

    private void Reset()
    {
        Order.Clear();
        Rounds.Clear();
        Gap = 1;
        Array.Clear(_last);
        Array.Clear(_weight);
    }

    private List<int> Open()
    {
        var open = new List<int>();
        for (var p = 0; p < field.Projects; p++)
        {
            if (field.Votes[p] == 0 || field.Cost[p] > field.Budget)
                continue;
            open.Add(p);
            _key[p] = (double)field.Cost[p] / field.Votes[p] * (1 - 1e-12);
        }

        return open;
    }

    /// <summary>Supporters by the round of their load, in _weight; the rounds met, in _seen.</summary>
    private int Weigh(int p)
    {
        var count = 0;
        for (var i = field.Start[p]; i < field.Start[p + 1]; i++)
        {
            var g = field.Group[i];
            var r = _last[g];
            if (_weight[r] == 0)
                _seen[count++] = r;
            _weight[r] += field.Multiplicity[g];
        }

        return count;
    }

    /// <summary>The stop: if any of the tied would overrun the budget, nothing more is bought.</summary>
    private bool Choose(List<int> open, List<int> tied, ref long spent, out int chosen)
    {
        chosen = tied[0];
        foreach (var p in tied)
        {
            if (spent + field.Cost[p] > field.Budget)
                return false;
            if (ranks[p] < ranks[chosen])
                chosen = p;
        }

        spent += field.Cost[chosen];
        Order.Add(chosen);
        open.Remove(chosen);
        return true;
    }

    private void Carry(int chosen)
    {
        for (var i = field.Start[chosen]; i < field.Start[chosen + 1]; i++)
            _last[field.Group[i]] = Order.Count;
    }

    /// <summary>Projects that nobody supports have an infinite load: all tied, after all others; bought while every one of them would fit.</summary>
    private void Unsupported(long spent)
    {
        var open = Enumerable.Range(0, field.Projects).Where(p => field.Votes[p] == 0 && field.Cost[p] <= field.Budget).ToList();
        while (open.Count > 0 && Choose(open, [.. open], ref spent, out var chosen))
        {
            if (explain)
                Rounds.Add(new PbRound(chosen, Fraction.Zero, [chosen, .. open.OrderBy(p => ranks[p])], [], 1));
        }
    }
}
