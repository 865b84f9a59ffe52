using System.Numerics;
using Minka.Selection.Exact;

namespace Minka.Selection.Participatory;

/// <summary>
/// One run of equal shares in whole numbers over a common denominator, which grows by a factor each round; nothing is ever rounded.
/// Voters with the same money left are one class, so a project is weighed class by class and not voter by voter.
/// </summary>
/// <remarks>A round costs O(entries of the projects looked at + classes) and multiplications of numbers that grow by about 15 bits a round.</remarks>
internal sealed class ExactShares(Support support, int[] ranks)
{
    private readonly Field _field = support.Field;
    private readonly int[] _class = new int[support.Field.Groups];
    private readonly List<BigInteger> _money = [];
    private BigInteger _scale;

    // Scratch by class: weight of the supporters (voters, or utility) in it.
    private long[] _weight = new long[16];
    private readonly List<int> _touched = [];
    private readonly List<(int Class, long Utility, long Voters)> _parts = [];

    public List<int> Order { get; } = [];

    public List<PbRound> Rounds { get; } = [];

    public double Gap { get; private set; } = 1;

    /// <summary>Runs with a share of <paramref name="total"/> / <paramref name="voters"/> each (in units of the field).</summary>
    public void Run(BigInteger total, BigInteger voters, bool explain, bool epsilon)
    {
        Order.Clear();
        Rounds.Clear();
        Gap = 1;
        Array.Clear(_class);
        _money.Clear();
        _money.Add(total);
        _scale = voters;
        var open = new List<Candidate>();
        for (var p = 0; p < _field.Projects; p++)
        {
            if (support.Weight[p] == 0)
                continue;
            if (_field.Cost[p] > 0)
                open.Add(new Candidate(p));
        }

        Free(explain);
        if (voters.IsZero)
            return;
        while (Round(open, explain))
        {
        }

        if (epsilon)
            Complete(explain);
    }

    /// <summary>Supported projects that cost nothing, in tie order.</summary>
    private void Free(bool explain)
    {
        foreach (var p in FreeProjects(support, ranks))
        {
            Order.Add(p);
            if (explain)
                Rounds.Add(new PbRound(p, Fraction.Zero, [p], [], 1));
        }
    }

    public static IEnumerable<int> FreeProjects(Support support, int[] ranks) => Enumerable.Range(0, support.Field.Projects)
        .Where(p => support.Field.Cost[p] == 0 && support.Weight[p] > 0).OrderBy(p => ranks[p]);

    private bool Round(List<Candidate> open, bool explain)
    {
        // The price of a project never falls, so an old price is a lower bound: cheapest old price first, until it exceeds the best new one.
        open.Sort(static (a, b) => a.Approximate.CompareTo(b.Approximate));
        Candidate? best = null;
        var tied = new List<int>();
        var next = double.PositiveInfinity;
        for (var i = 0; i < open.Count; i++)
        {
            var candidate = open[i];
            if (best is not null && candidate.Approximate > best.Approximate * (1 + 1e-9))
            {
                next = Math.Min(next, candidate.Approximate);
                break;
            }

            if (!Weigh(candidate))
            {
                open.RemoveAt(i--);
                continue;
            }

            var order = best is null ? -1 : Compare(candidate, best);
            if (order < 0)
            {
                if (best is not null)
                    next = Math.Min(next, best.Approximate);
                best = candidate;
                tied.Clear();
                tied.Add(candidate.Project);
            }
            else if (order == 0)
            {
                tied.Add(candidate.Project);
            }
            else
            {
                next = Math.Min(next, candidate.Approximate);
            }
        }

        if (best is null)
            return false;
        foreach (var p in tied)
        {
            if (ranks[p] < ranks[best.Project])
                best = open.Find(c => c.Project == p)!;
        }

        open.Remove(best);
        var gap = double.IsPositiveInfinity(next) ? 1 : Math.Max(0, (next - best.Approximate) / next);
        Gap = Math.Min(Gap, gap);
        var price = new Fraction(best.Need, best.Rich * _scale * _field.Unit);
        var payments = Charge(best, explain);
        Order.Add(best.Project);
        if (explain)
            Rounds.Add(new PbRound(best.Project, UtilityPrice(price), tied.Count == 1 ? [best.Project] : [.. tied.OrderBy(p => ranks[p])], payments, gap));
        return true;
    }

    // Utilities are counted in whole units of the field; a price is per unit as people write it.
    private Fraction UtilityPrice(Fraction price) => price * support.Scale;

    private static int Compare(Candidate a, Candidate b) => (a.Need * b.Rich).CompareTo(b.Need * a.Rich);

    /// <summary>Sets Need and Rich so that the price is Need / (Rich · scale); false if its supporters cannot pay.</summary>
    private bool Weigh(Candidate candidate)
    {
        var p = candidate.Project;
        Collect(p);
        var need = _field.Cost[p] * _scale;
        var rich = BigInteger.Zero;
        var funds = BigInteger.Zero;
        foreach (var (c, u, m) in _parts)
        {
            rich += (BigInteger)u * m;
            funds += _money[c] * m;
        }

        if (funds < need)
            return false;

        // Those who cannot pay the price give all they have; the price for the others rises; again, until nobody is too poor.
        for (var again = true; again;)
        {
            again = false;
            for (var i = 0; i < _parts.Count; i++)
            {
                var (c, u, m) = _parts[i];
                if (_money[c] * rich >= need * u)
                    continue;
                need -= _money[c] * m;
                rich -= (BigInteger)u * m;
                _parts[i] = _parts[^1];
                _parts.RemoveAt(_parts.Count - 1);
                i--;
                again = true;
            }
        }

        candidate.Need = need;
        candidate.Rich = rich;
        candidate.Approximate = Ratio(need, rich * _scale);
        return true;
    }

    /// <summary>The supporters of a project as (class, utility, voters).</summary>
    private void Collect(int p)
    {
        _parts.Clear();
        if (support.Entry is null)
        {
            _touched.Clear();
            for (var i = support.Start[p]; i < support.Start[p + 1]; i++)
            {
                var g = support.Group[i];
                var c = _class[g];
                if (_weight[c] == 0)
                    _touched.Add(c);
                _weight[c] += _field.Multiplicity[g];
            }

            foreach (var c in _touched)
            {
                _parts.Add((c, support.Each[p], _weight[c]));
                _weight[c] = 0;
            }

            return;
        }

        var sums = new Dictionary<(int, long), long>();
        for (var i = support.Start[p]; i < support.Start[p + 1]; i++)
        {
            var g = support.Group[i];
            var key = (_class[g], support.Entry[i]);
            sums[key] = sums.GetValueOrDefault(key) + _field.Multiplicity[g];
        }

        foreach (var ((c, u), m) in sums)
            _parts.Add((c, u, m));
    }

    private List<PbPayment> Charge(Candidate best, bool explain)
    {
        // Everyone's money is restated over scale × rich, over which the price is whole.
        var common = BigInteger.GreatestCommonDivisor(best.Need, best.Rich);
        var factor = best.Rich / common;
        var unit = best.Need / common;
        return Pay(best.Project, factor, u => unit * u, explain);
    }

    /// <summary>Restates all money by a factor and lets each supporter of a project pay an amount, or all she has.</summary>
    private List<PbPayment> Pay(int p, BigInteger factor, Func<long, BigInteger> amount, bool explain)
    {
        if (!factor.IsOne)
        {
            _scale *= factor;
            for (var c = 0; c < _money.Count; c++)
                _money[c] *= factor;
        }

        var payments = new List<PbPayment>();
        var moved = new Dictionary<(int, long), int>();
        for (var i = support.Start[p]; i < support.Start[p + 1]; i++)
        {
            var g = support.Group[i];
            var from = _class[g];
            var u = support.UtilityAt(p, i);
            if (!moved.TryGetValue((from, u), out var to))
                moved[(from, u)] = to = Left(_money[from] - amount(u));
            _class[g] = to;
            if (explain)
                payments.Add(new PbPayment(g, new Fraction(_money[from] - _money[to], _scale * _field.Unit), new Fraction(_money[to], _scale * _field.Unit)));
        }

        return payments;
    }

    private int _empty = -1;

    private int Left(BigInteger money)
    {
        if (money.Sign <= 0)
        {
            // All who have nothing left are one class.
            if (_empty < 0 || _empty >= _money.Count || !_money[_empty].IsZero)
            {
                _empty = _money.Count;
                Add(BigInteger.Zero);
            }

            return _empty;
        }

        Add(money);
        return _money.Count - 1;
    }

    private void Add(BigInteger money)
    {
        _money.Add(money);
        if (_money.Count > _weight.Length)
            Array.Resize(ref _weight, _weight.Length * 2);
    }

    /// <summary>
    /// The limit of a vanishing utility of non-supporters: supporters give all they have and the others pay equal amounts, each at most what she has left;
    /// the project for which that amount (per unit of the vanishing utility: the project's own under cost, 1 else) is least goes first.
    /// </summary>
    private void Complete(bool explain)
    {
        var open = Enumerable.Range(0, _field.Projects).Where(p => !Order.Contains(p) && _field.Cost[p] > 0).ToList();
        while (open.Count > 0)
        {
            var everyone = new long[_money.Count];
            for (var g = 0; g < _field.Groups; g++)
                everyone[_class[g]] += _field.Multiplicity[g];
            int best = -1;
            BigInteger bestNeed = 0, bestRich = 1;
            var tied = new List<(int Project, BigInteger Need, BigInteger Rich)>();
            for (var i = 0; i < open.Count; i++)
            {
                var p = open[i];
                var need = _field.Cost[p] * _scale;
                var others = (long[])everyone.Clone();
                for (var e = support.Start[p]; e < support.Start[p + 1]; e++)
                {
                    var g = support.Group[e];
                    others[_class[g]] -= _field.Multiplicity[g];
                    need -= _money[_class[g]] * _field.Multiplicity[g];
                }

                var funds = BigInteger.Zero;
                for (var c = 0; c < others.Length; c++)
                    funds += _money[c] * others[c];
                if (funds < need || need.Sign <= 0 && support.Weight[p] == 0)
                {
                    open.RemoveAt(i--);
                    continue;
                }

                BigInteger rich = others.Sum();
                for (var again = need.Sign > 0; again;)
                {
                    again = false;
                    for (var c = 0; c < others.Length; c++)
                    {
                        if (others[c] == 0 || _money[c] * rich >= need)
                            continue;
                        need -= _money[c] * others[c];
                        rich -= others[c];
                        others[c] = 0;
                        again = true;
                    }
                }

                if (rich.IsZero)
                    rich = 1;
                var weighed = rich * (support.IsCost ? _field.Cost[p] : 1);
                var order = best < 0 ? -1 : (need * bestRich).CompareTo(bestNeed * weighed);
                if (order < 0)
                {
                    (best, bestNeed, bestRich) = (p, need, weighed);
                    tied.Clear();
                }

                if (order <= 0)
                    tied.Add((p, need, rich));
            }

            if (best < 0)
                return;
            var chosen = tied.MinBy(t => ranks[t.Project]);
            open.Remove(chosen.Project);
            Order.Add(chosen.Project);
            var price = new Fraction(bestNeed, bestRich * _scale * _field.Unit);
            var payments = Share(chosen.Project, chosen.Need, chosen.Rich, explain);
            if (explain)
                Rounds.Add(new PbRound(chosen.Project, UtilityPrice(price), [.. tied.Select(t => t.Project).OrderBy(p => ranks[p])], payments, 1, true));
        }
    }

    private List<PbPayment> Share(int p, BigInteger need, BigInteger rich, bool explain)
    {
        var common = BigInteger.GreatestCommonDivisor(need, rich);
        var factor = rich / common;
        var amount = need / common;
        _scale *= factor;
        for (var c = 0; c < _money.Count; c++)
            _money[c] *= factor;
        var supports = new bool[_field.Groups];
        for (var e = support.Start[p]; e < support.Start[p + 1]; e++)
            supports[support.Group[e]] = true;
        var payments = new List<PbPayment>();
        var moved = new Dictionary<(int, bool), int>();
        for (var g = 0; g < _field.Groups; g++)
        {
            var from = _class[g];
            if (!moved.TryGetValue((from, supports[g]), out var to))
                moved[(from, supports[g])] = to = Left(supports[g] ? BigInteger.Zero : _money[from] - amount);
            _class[g] = to;
            if (explain && from != to)
                payments.Add(new PbPayment(g, new Fraction(_money[from] - _money[to], _scale * _field.Unit), new Fraction(_money[to], _scale * _field.Unit)));
        }

        return payments;
    }

    private static double Ratio(BigInteger numerator, BigInteger denominator) => Quotient.ToDouble(numerator, denominator);

    /// <summary>A project still to be decided, with its last price: a lower bound of the present one.</summary>
    private sealed class Candidate(int project)
    {
        public int Project { get; } = project;

        public BigInteger Need { get; set; }

        public BigInteger Rich { get; set; }

        public double Approximate { get; set; }
    }
}
