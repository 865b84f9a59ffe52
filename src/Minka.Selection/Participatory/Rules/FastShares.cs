using System.Numerics;

namespace Minka.Selection.Participatory;

/// <summary>
/// One run of equal shares in doubles. Every amount carries a bound of its error; a decision that the bounds do not separate ends the run
/// with <see cref="InDoubt"/>, and the caller restarts the election in whole numbers. Exact ties that can be seen without money (all supporters can pay, or the
/// same supporters and cost) are decided here.
/// </summary>
/// <remarks>
/// <para>The error argument, for project p with computed price x̃ per voter (uniform utility; with weights u the same holds of ρ·u). Let f(x) = Σ m·min(b, x) with the true
/// budgets, |b̃ − b| ≤ e. Voters found poor (b̃ &lt; x̃) count with b̃. Because min(b, x) ≤ b and ≤ x, f(x̃ − δ) ≤ c + Σ_poor m·e + rounding − R·δ, where R is the weight of the rich:
/// so the true price is at least x̃ − (Σ_poor m·e + rounding)/R. For the project chosen, R⁺ is the weight of those with b̃ − e ≥ x̃(1 + θ); then
/// f(x̃ + δ) ≥ c − Σ_others m·e − rounding + R⁺·δ for δ ≤ θ·x̃, so the true price is at most x̃ + (Σ_others m·e + rounding)/R⁺ if that is below θ·x̃; otherwise the run is in doubt.
/// Those clearly too poor have exactly nothing left, so errors die out with them instead of piling up.</para>
/// <para>Poor stay poor while the price only rises and money only shrinks: each list of supporters is kept in three parts (nothing left, poor, rich) and never sorted. Prices only rise, so the
/// last price of a project is a lower bound, and projects are looked at in order of it. No allocation while running.</para>
/// <para>With <c>probe</c>, every amount also carries its derivative by the initial share; <see cref="SafeRise"/> then bounds from below how far the share can rise before any decision
/// changes. A rival's funds at the price of the chosen one are concave in that rise (minima of affine functions), so the tangent is a safe bound.</para>
/// </remarks>
internal sealed class FastShares
{
    private const double U = 1.2e-16;
    private const double Theta = 1e-9;

    private readonly Support _support;
    private readonly Field _field;
    private readonly int[] _ranks;
    private readonly int[] _groups;
    private readonly double[]? _entry;
    private readonly double[] _multiplicity;
    private readonly double[] _left;
    private readonly double[] _error;
    private readonly double[] _slope;
    private readonly bool[] _touched;
    private readonly int[] _none;
    private readonly int[] _poor;
    private readonly double[] _richWeight;
    private readonly double[] _poorWeight;
    private readonly double[] _allWeight;
    private readonly double[] _cost;
    private readonly double[] _price;
    private readonly double[] _priceError;
    private readonly double[] _key;
    private readonly bool[] _allRich;
    private readonly int[] _open;
    private readonly int[] _order;
    private readonly int[] _near;
    private readonly int[] _unfunded;
    private BigInteger _total;
    private BigInteger _voters;
    private int _openCount;

    public FastShares(Support support, int[] ranks)
    {
        _support = support;
        _field = support.Field;
        _ranks = ranks;
        var projects = _field.Projects;
        _groups = (int[])support.Group.Clone();
        _entry = support.Entry is null ? null : Array.ConvertAll(support.Entry, u => (double)u);
        _multiplicity = Array.ConvertAll(_field.Multiplicity, m => (double)m);
        _left = new double[_field.Groups];
        _error = new double[_field.Groups];
        _slope = new double[_field.Groups];
        _touched = new bool[_field.Groups];
        _none = new int[projects];
        _poor = new int[projects];
        _richWeight = new double[projects];
        _poorWeight = new double[projects];
        _allWeight = new double[projects];
        _cost = Array.ConvertAll(_field.Cost, c => (double)c);
        _price = new double[projects];
        _priceError = new double[projects];
        _key = new double[projects];
        _allRich = new bool[projects];
        _open = new int[projects];
        _order = new int[projects];
        _near = new int[projects];
        _unfunded = new int[projects];
        for (var p = 0; p < projects; p++)
            _allWeight[p] = support.Entry is null ? support.Weight[p] : support.Total[p];
    }

    /// <summary>Whether sums of utilities are exact in a double, which this run needs.</summary>
    public static bool Applies(Support support) => support.Field.FitsDouble && support.Total.All(t => t < 1L << 52);

    public int Count { get; private set; }

    public ReadOnlySpan<int> Order => _order.AsSpan(0, Count);

    public bool InDoubt { get; private set; }

    public double Gap { get; private set; }

    /// <summary>After a run with <c>probe</c>: the share can rise by anything below this (in units of the field) and every decision stays.</summary>
    public double SafeRise { get; private set; }

    /// <summary>Runs with a share of <paramref name="total"/> / <paramref name="voters"/> each. Supported projects without cost are the caller's.</summary>
    public void Run(BigInteger total, BigInteger voters, bool probe)
    {
        _total = total;
        _voters = voters;
        Count = 0;
        InDoubt = false;
        Gap = 1;
        SafeRise = double.PositiveInfinity;
        if (voters.IsZero)
            return;
        var share = Quotient.ToDouble(total, voters);
        Array.Fill(_left, share);
        Array.Fill(_error, share * 3 * U);
        if (probe)
            Array.Fill(_slope, 1);
        Array.Clear(_touched);
        _openCount = 0;
        for (var p = 0; p < _field.Projects; p++)
        {
            if (_support.Weight[p] == 0 || _field.Cost[p] == 0)
                continue;
            _open[_openCount] = p;
            _unfunded[_openCount++] = p;
            _none[p] = _poor[p] = _support.Start[p];
            _richWeight[p] = _allWeight[p];
            _poorWeight[p] = 0;
            _price[p] = _cost[p] / _allWeight[p];
            _key[p] = Scaled(p, _price[p]) * (1 - 4 * U);
        }

        var unfunded = _openCount;
        while (!InDoubt && Round(probe, ref unfunded))
        {
        }

        if (probe && !InDoubt)
            ProbeEnd(unfunded);
    }

    // The price per unit of utility: payments of uniform supporters are x, and ρ = x / u.
    private double Scaled(int p, double price) => _entry is null ? price / _support.Each[p] : price;

    private bool Round(bool probe, ref int unfunded)
    {
        SortOpen();
        var best = double.PositiveInfinity;
        var looked = 0;
        var nearCount = 0;
        for (; looked < _openCount; looked++)
        {
            var p = _open[looked];
            if (_key[p] > best * (1 + (4 * Theta)))
                break;
            if (!Weigh(p))
            {
                if (InDoubt)
                    return false;
                _openCount--;
                Array.Copy(_open, looked + 1, _open, looked, _openCount - looked);
                looked--;
                continue;
            }

            best = Math.Min(best, Scaled(p, _price[p]));
        }

        if (double.IsPositiveInfinity(best))
            return false;
        var next = looked < _openCount ? _key[_open[looked]] : double.PositiveInfinity;
        for (var i = 0; i < looked; i++)
        {
            var p = _open[i];
            if (_key[p] <= best * (1 + (2 * Theta)))
                _near[nearCount++] = p;
            else
                next = Math.Min(next, _key[p]);
        }

        var chosen = _near[0];
        if (nearCount > 1)
        {
            chosen = Decide(nearCount, ref next, out var tied);
            if (InDoubt)
                return false;
        }

        if (!double.IsPositiveInfinity(next))
            Gap = Math.Min(Gap, Math.Max(0, (next - best) / next));
        if (!Certain(chosen, out var priceError))
            return false;
        for (var i = 0; i < unfunded; i++)
        {
            if (_unfunded[i] != chosen)
                continue;
            _unfunded[i] = _unfunded[--unfunded];
            break;
        }

        if (probe)
            ProbeRound(chosen, priceError, unfunded, nearCount);
        Charge(chosen, priceError, probe);
        _openCount--;
        var at = Array.IndexOf(_open, chosen);
        Array.Copy(_open, at + 1, _open, at, _openCount - at);
        _order[Count++] = chosen;
        return true;
    }

    private void SortOpen()
    {
        // Nearly sorted from the round before.
        for (var i = 1; i < _openCount; i++)
        {
            var p = _open[i];
            var key = _key[p];
            var j = i;
            for (; j > 0 && _key[_open[j - 1]] > key; j--)
                _open[j] = _open[j - 1];
            _open[j] = p;
        }
    }

    /// <summary>Computes the price of a project and its lower bound; false if its supporters cannot pay (or the run is in doubt).</summary>
    private bool Weigh(int p)
    {
        var need = _cost[p];
        double errors = 0;
        var end = _support.Start[p + 1];
        int none = _none[p], poor = _poor[p];
        var poorWeight = _poorWeight[p];
        for (var i = none; i < poor; i++)
        {
            var g = _groups[i];
            if (_left[g] == 0 && _error[g] == 0)
            {
                poorWeight -= _entry is null ? _multiplicity[g] : _multiplicity[g] * _entry[i];
                Swap(i, none++);
                continue;
            }

            need -= _multiplicity[g] * _left[g];
            errors += _multiplicity[g] * _error[g];
        }

        var rich = _richWeight[p];
        var price = 0.0;
        for (var again = true; again && rich > 0;)
        {
            again = false;
            price = need / rich;
            for (var i = poor; i < end; i++)
            {
                var g = _groups[i];
                var u = _entry is null ? 1 : _entry[i];
                if (_left[g] >= price * u)
                    continue;
                var weight = _multiplicity[g] * u;
                rich -= weight;
                if (_left[g] == 0 && _error[g] == 0)
                {
                    Swap(i, poor);
                    Swap(poor++, none++);
                }
                else
                {
                    need -= _multiplicity[g] * _left[g];
                    errors += _multiplicity[g] * _error[g];
                    poorWeight += weight;
                    Swap(i, poor++);
                }

                again = true;
            }
        }

        var rounding = (poor - none + 3) * U * _cost[p];
        if (rich <= 0)
        {
            if (need > errors + rounding)
                return false;
            return AtTheLimit(p);
        }

        _none[p] = none;
        _poor[p] = poor;
        _richWeight[p] = rich;
        _poorWeight[p] = poorWeight;
        _allRich[p] = poor == none;
        _price[p] = price;
        _priceError[p] = poor == none ? 2 * U * price : ((errors + rounding) / rich) + (2 * U * price);
        var key = Scaled(p, price - _priceError[p]) * (1 - (4 * U));
        _key[p] = key;
        return true;
    }

    private void Swap(int a, int b)
    {
        if (a == b)
            return;
        (_groups[a], _groups[b]) = (_groups[b], _groups[a]);
        if (_entry is not null)
            (_entry[a], _entry[b]) = (_entry[b], _entry[a]);
    }

    /// <summary>All that the supporters have is about the cost. If none of them ever paid, whole numbers decide.</summary>
    private bool AtTheLimit(int p)
    {
        for (var i = _support.Start[p]; i < _support.Start[p + 1]; i++)
        {
            if (_touched[_groups[i]] || _entry is not null)
            {
                InDoubt = true;
                return false;
            }
        }

        if (_total * _support.Weight[p] < _field.Cost[p] * _voters)
            return false;
        _none[p] = _poor[p] = _support.Start[p];
        _richWeight[p] = _allWeight[p];
        _poorWeight[p] = 0;
        _allRich[p] = true;
        _price[p] = _cost[p] / _allWeight[p];
        _priceError[p] = 2 * U * _price[p];
        _key[p] = Scaled(p, _price[p] - _priceError[p]) * (1 - (4 * U));
        return true;
    }

    /// <summary>Chooses among projects too close for doubles, where their prices are quotients of whole numbers or they are alike in everything.</summary>
    private int Decide(int count, ref double next, out bool tied)
    {
        tied = false;
        var rational = true;
        for (var i = 0; i < count && rational; i++)
            rational = CertainlyAllRich(_near[i]);
        if (!rational)
        {
            for (var i = 1; i < count; i++)
            {
                if (Alike(_near[0], _near[i]))
                    continue;
                InDoubt = true;
                return -1;
            }

            tied = true;
            var first = _near[0];
            for (var i = 1; i < count; i++)
            {
                if (_ranks[_near[i]] < _ranks[first])
                    first = _near[i];
            }

            return first;
        }

        var best = _near[0];
        for (var i = 1; i < count; i++)
        {
            var order = ComparePrices(_near[i], best);
            if (order < 0 || (order == 0 && _ranks[_near[i]] < _ranks[best]))
                best = _near[i];
        }

        for (var i = 0; i < count; i++)
        {
            if (_near[i] == best)
                continue;
            if (ComparePrices(_near[i], best) == 0)
                tied = true;
            else
                next = Math.Min(next, Scaled(_near[i], _price[_near[i]]));
        }

        return best;
    }

    /// <summary>Price = cost / weight of those with money left, exactly, if every one of them can surely pay it.</summary>
    private bool CertainlyAllRich(int p)
    {
        if (!_allRich[p])
            return false;
        for (var i = _poor[p]; i < _support.Start[p + 1]; i++)
        {
            var g = _groups[i];
            var pay = _price[p] * (_entry is null ? 1 : _entry[i]);
            if (_left[g] - _error[g] >= pay * (1 + 1e-12))
                continue;
            var weight = (BigInteger)_richWeight[p];
            var each = _entry is null ? 1 : (long)_entry[i];
            if (_touched[g] || _total * weight < _field.Cost[p] * _voters * each)
                return false;
        }

        return true;
    }

    private int ComparePrices(int p, int q)
    {
        // cost / (utility · weight), whole numbers.
        var left = (BigInteger)_field.Cost[p] * (BigInteger)_richWeight[q] * (_entry is null ? _support.Each[q] : 1);
        var right = (BigInteger)_field.Cost[q] * (BigInteger)_richWeight[p] * (_entry is null ? _support.Each[p] : 1);
        return left.CompareTo(right);
    }

    private bool Alike(int p, int q)
    {
        var (start, length) = (_support.Start[p], _support.Start[p + 1] - _support.Start[p]);
        if (_field.Cost[p] != _field.Cost[q] || _support.Weight[p] != _support.Weight[q] || length != _support.Start[q + 1] - _support.Start[q])
            return false;
        // Groups of a project stand in ascending order in the support.
        return _support.Group.AsSpan(start, length).SequenceEqual(_support.Group.AsSpan(_support.Start[q], length))
            && (_support.Entry is null || _support.Entry.AsSpan(start, length).SequenceEqual(_support.Entry.AsSpan(_support.Start[q], length)));
    }

    /// <summary>Bounds the error of the chosen price from both sides; false (and in doubt) if it cannot be bounded by θ.</summary>
    private bool Certain(int p, out double priceError)
    {
        var price = _price[p];
        if (_allRich[p] && CertainlyAllRich(p))
        {
            priceError = 2 * U * price;
            return true;
        }

        double sure = 0, errors = 0;
        for (var i = _none[p]; i < _support.Start[p + 1]; i++)
        {
            var g = _groups[i];
            var u = _entry is null ? 1 : _entry[i];
            var pay = price * u;
            if (i >= _poor[p] && _left[g] - _error[g] >= pay * (1 + Theta))
            {
                sure += _multiplicity[g] * u;
                continue;
            }

            if (i < _poor[p] && _left[g] - _error[g] > pay * (1 + Theta))
            {
                InDoubt = true;
                priceError = 0;
                return false;
            }

            errors += _multiplicity[g] * _error[g];
        }

        var rounding = (_poor[p] - _none[p] + 4) * U * _cost[p];
        priceError = ((errors + rounding) / sure) + (2 * U * price);
        if (sure > 0 && priceError < Theta * price)
            return true;
        InDoubt = true;
        return false;
    }

    private void Charge(int p, double priceError, bool probe)
    {
        var price = _price[p];
        var slope = 0.0;
        if (probe)
            slope = PriceSlope(p);
        for (var i = _none[p]; i < _support.Start[p + 1]; i++)
        {
            var g = _groups[i];
            var u = _entry is null ? 1 : _entry[i];
            _touched[g] = true;
            var pay = price * u;
            var off = priceError * u;
            if (_left[g] + _error[g] < pay - off)
            {
                _left[g] = 0;
                _error[g] = 0;
                _slope[g] = 0;
                continue;
            }

            _error[g] += off + (U * (_left[g] + pay));
            _left[g] = Math.Max(0, _left[g] - pay);
            if (probe)
                _slope[g] -= slope * u;
        }
    }

    // How the price moves when every share rises by one: those who give all they have give more.
    private double PriceSlope(int p)
    {
        double slope = 0;
        for (var i = _none[p]; i < _poor[p]; i++)
            slope -= _multiplicity[_groups[i]] * _slope[_groups[i]];
        return slope / _richWeight[p];
    }

    /// <summary>Narrows <see cref="SafeRise"/> by what could change in this round: a poor supporter who becomes rich, a rival who becomes cheaper.</summary>
    private void ProbeRound(int chosen, double priceError, int unfunded, int near)
    {
        var price = _price[chosen];
        var slope = PriceSlope(chosen);
        for (var i = _none[chosen]; i < _support.Start[chosen + 1]; i++)
        {
            var g = _groups[i];
            var u = _entry is null ? 1 : _entry[i];
            var gap = (price * u) - _left[g];
            if (i >= _poor[chosen])
            {
                // A rich supporter stays rich: the price falls and her money rises. Only one at the very price is unsure.
                if (-gap <= _error[g] + (priceError * u) && !(_allRich[chosen] && slope == 0))
                    SafeRise = 0;
                continue;
            }

            Narrow(gap - _error[g] - (priceError * u), _slope[g] - (slope * u));
        }

        var unit = Scaled(chosen, price);
        var unitError = Scaled(chosen, priceError);
        var unitSlope = Scaled(chosen, slope);
        for (var k = 0; k < unfunded && SafeRise > 0; k++)
        {
            var q = _unfunded[k];
            var each = _entry is null ? _support.Each[q] : 1.0;
            var start = _support.Start[q];
            var end = _support.Start[q + 1];

            // Even if all its supporters paid the present price, which only falls, the rival would not be paid for.
            if (unit * each * _allWeight[q] < _cost[q] * (1 - 1e-12))
                continue;
            if (near > 1 && (Alike(chosen, q) || (CertainlyAllRich(chosen) && _allRich[q] && CertainlyAllRich(q) && ComparePrices(q, chosen) >= 0)))
                continue;
            double funds = 0, funding = 0, errors = 0;
            for (var i = start; i < end; i++)
            {
                var g = _groups[i];
                var u = _entry is null ? each : _entry[i];
                var pay = unit * u;
                var payError = (unitError * u) + (4 * U * pay);
                var difference = _left[g] - pay;
                var m = _multiplicity[g];
                if (difference > _error[g] + payError)
                {
                    funds += m * pay;
                    funding += m * unitSlope * u;
                    errors += m * payError;
                }
                else
                {
                    funds += m * Math.Min(_left[g], pay);
                    funding += m * _slope[g];
                    errors += m * Math.Max(_error[g], payError);
                }
            }

            Narrow(_cost[q] - funds - errors - ((end - start + 4) * 2 * U * Math.Max(_cost[q], funds)), funding);
        }
    }

    /// <summary>At the end nobody can pay for anything more; bounds how long that stays so.</summary>
    private void ProbeEnd(int unfunded)
    {
        for (var k = 0; k < unfunded; k++)
        {
            var q = _unfunded[k];
            double funds = 0, funding = 0, errors = 0;
            for (var i = _support.Start[q]; i < _support.Start[q + 1]; i++)
            {
                var g = _groups[i];
                funds += _multiplicity[g] * _left[g];
                funding += _multiplicity[g] * _slope[g];
                errors += _multiplicity[g] * _error[g];
            }

            Narrow(_cost[q] - funds - errors - ((_support.Start[q + 1] - _support.Start[q] + 4) * 2 * U * _cost[q]), funding);
        }
    }

    private void Narrow(double distance, double speed)
    {
        if (distance <= 0)
            SafeRise = 0;
        else if (speed > 1e6)
            // So steep that the derivative itself may be too rough.
            SafeRise = 0;
        else if (speed > 0)
            SafeRise = Math.Min(SafeRise, distance / speed * (1 - 1e-6));
    }
}
