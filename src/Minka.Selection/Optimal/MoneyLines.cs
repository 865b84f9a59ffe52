namespace Minka.Selection.Optimal;

/// <summary>
/// What no list can reach when the budget is greater or one request is smaller: the multipliers of one relaxation prove a bound for every
/// amount of money, as a line (in whole units a staircase) that rises with the money.
/// </summary>
/// <remarks>
/// Cuts take no part: they are derived from the amounts at hand. A line is the integer total of <see cref="IntegerBound"/>, whose dependence on
/// the bound of a row is its multiplier. Newton's method on the concave bound: where a line no longer excludes, the relaxation is
/// solved anew there and gives the next line.
/// </remarks>
internal sealed class MoneyLines
{
    private const int MostLines = 4;

    private readonly AwardProgram _award;
    private readonly DualSimplex _simplex;
    private readonly IntegerBound _bound;
    private readonly BasisSnapshot _basis;
    private readonly sbyte[] _fixed;
    private readonly long[] _lower, _upper;
    private readonly double[] _duals;
    private readonly int _budget;
    private readonly long _all;

    public MoneyLines(AwardProgram award)
    {
        _award = award;
        var program = award.Program;
        var data = new LinearData(program);
        (_simplex, _bound) = (new DualSimplex(data), new IntegerBound(program, data));
        _fixed = new sbyte[program.Columns];
        Array.Fill(_fixed, (sbyte)-1);
        _lower = [.. program.Rows.Select(r => r.Lower ?? long.MinValue)];
        _upper = [.. program.Rows.Select(r => r.Upper ?? long.MaxValue)];
        _duals = new double[program.Rows.Count];
        for (var i = 0; i < program.Rows.Count; i++)
            _simplex.SetRow(i, program.Rows[i].Lower, program.Rows[i].Upper);
        _simplex.Solve(double.NegativeInfinity, 2_000 + (30 * (program.Rows.Count + program.Columns)));
        _basis = _simplex.Save();
        _all = award.AllMoney;
        _budget = award.Rules.FindIndex(r => r?.Kind == "budget");
    }

    /// <summary>
    /// The first budget, not below the present one, that the bounds do not exclude for a proposal: below it every optimum does without. Null if no
    /// budget at all can bring it in.
    /// </summary>
    /// <param name="proposal">The proposal.</param>
    /// <param name="known">Budgets and what is reached with them, rising; the first is the present one.</param>
    public long? LeastBudget(int proposal, IReadOnlyList<CurveStep> known)
    {
        var unit = _award.Unit(_budget);
        var at = known[0].Amount;
        try
        {
            Demand(proposal);
            for (var k = 0; k < MostLines; k++)
            {
                SetUpper(_budget, FloorDivide(at, unit));
                if (Prove() is not { } total)
                    return at;
                var (rows, multipliers) = _bound.Multipliers();
                var slope = Array.IndexOf(rows, _budget) is var place and >= 0 ? multipliers[place] : 0;
                if (Crossing(total, slope, unit, at, known) is not { } next)
                    return null;
                if (next <= at)
                    return at;
                at = next;
            }

            return at;
        }
        finally
        {
            Release();
        }
    }

    // Where total + slope·(budget − at)/unit first reaches what is known to be reached without the proposal.
    private long? Crossing(Int128 total, long slope, long unit, long at, IReadOnlyList<CurveStep> known)
    {
        var steps = FloorDivide(at, unit);
        for (var k = 0; k < known.Count; k++)
        {
            var end = k + 1 < known.Count ? known[k + 1].Amount : long.MaxValue;
            if (end <= at)
                continue;
            var begin = Math.Max(at, known[k].Amount);
            var missing = ((Int128)_bound.Scale * known[k].Objective) - total - ((Int128)slope * (FloorDivide(begin, unit) - steps));
            if (missing <= 0)
                return begin;
            if (slope <= 0)
                continue;
            var place = ((Int128)FloorDivide(begin, unit) + ((missing + slope - 1) / slope)) * unit;
            if (place < end && place <= _all)
                return (long)place;
        }

        return null;
    }

    /// <summary>The greatest request of the first level, not above the present one, that the bounds do not exclude. Null if none at all.</summary>
    /// <param name="proposal">The proposal.</param>
    /// <param name="target">What is reached without it.</param>
    public long? GreatestRequest(int proposal, long target)
    {
        var first = _award.First[proposal];
        var request = _award.Model.Proposals[proposal].Levels[0].Amount;
        var money = _award.MoneyRowsOf(first);
        try
        {
            foreach (var c in _award.Columns(proposal))
            {
                _fixed[c] = c == first ? (sbyte)1 : (sbyte)0;
                _simplex.SetColumn(c, _fixed[c], _fixed[c]);
            }

            _simplex.Load(_basis);
            long cut = 0;
            for (var k = 0; k < MostLines; k++)
            {
                foreach (var row in money)
                    Shift(row, cut);
                if (Prove() is not { } total)
                    return request - cut;
                var (rows, multipliers) = _bound.Multipliers();
                var slopes = money.Where(r => r.Ceiling).Select(r => (Row: r, Slope: Array.IndexOf(rows, r.Index) is var at and >= 0 ? multipliers[at] : 0)).Where(s => s.Slope > 0).ToArray();
                var wanted = (Int128)_bound.Scale * target;

                // A smaller request never eases a floor: its part stays as it is here, which can only weaken the bound.
                Int128 At(long other) => total + slopes.Aggregate(Int128.Zero, (t, s) => t + ((Int128)s.Slope * (FloorDivide(s.Row.Amount + other, s.Row.Unit) - FloorDivide(s.Row.Amount + cut, s.Row.Unit))));
                if (At(request) < wanted)
                    return null;
                var (low, high) = (cut, request);
                while (low < high)
                {
                    var middle = low + ((high - low) / 2);
                    if (At(middle) >= wanted)
                        high = middle;
                    else
                        low = middle + 1;
                }

                if (low == cut)
                    break;
                cut = low;
            }

            return request - cut;
        }
        finally
        {
            foreach (var row in money)
                Shift(row, 0);
            foreach (var c in _award.Columns(proposal))
            {
                _fixed[c] = -1;
                _simplex.SetColumn(c, 0, 1);
            }
        }
    }

    // Its own share of the row stays what it is in the program; the bound moves instead.
    private void Shift(MoneyRow row, long cut)
    {
        if (row.Ceiling)
        {
            SetUpper(row.Index, FloorDivide(row.Amount + cut, row.Unit));
            return;
        }

        _lower[row.Index] = -FloorDivide(-(row.Amount + cut), row.Unit);
        _simplex.SetRow(row.Index, _lower[row.Index], null);
    }

    private void SetUpper(int row, long upper)
    {
        _upper[row] = upper;
        _simplex.SetRow(row, null, upper);
    }

    private void Demand(int proposal)
    {
        var columns = _award.Columns(proposal).ToArray();
        if (columns.Length == 1)
        {
            _fixed[columns[0]] = 1;
            _simplex.SetColumn(columns[0], 1, 1);
        }
        else
        {
            var row = _award.LevelRow(proposal);
            _lower[row] = 1;
            _simplex.SetRow(row, 1, 1);
        }

        _demanded = proposal;
        _simplex.Load(_basis);
    }

    private int _demanded;

    private void Release()
    {
        var columns = _award.Columns(_demanded).ToArray();
        if (columns.Length == 1)
        {
            _fixed[columns[0]] = -1;
            _simplex.SetColumn(columns[0], 0, 1);
        }
        else
        {
            var row = _award.LevelRow(_demanded);
            _lower[row] = long.MinValue;
            _simplex.SetRow(row, null, 1);
        }

        SetUpper(_budget, _award.Program.Rows[_budget].Upper!.Value);
    }

    private Int128? Prove()
    {
        var status = _simplex.Solve(double.NegativeInfinity, 5_000);
        _simplex.Duals(_duals);
        return status == RelaxationStatus.Optimal && _bound.Prove(_duals, ray: false, _fixed, _lower, _upper) && _bound.Scale > 0 ? _bound.Total : null;
    }

    private static long FloorDivide(long value, long divisor) => value >= 0 ? value / divisor : -((-value + divisor - 1) / divisor);
}

/// <summary>A row of money.</summary>
/// <param name="Index">Its index in the program.</param>
/// <param name="Ceiling">Whether its bound is an upper one.</param>
/// <param name="Amount">The bound, minor units.</param>
/// <param name="Unit">Minor units per unit of the row.</param>
internal sealed record MoneyRow(int Index, bool Ceiling, long Amount, long Unit);
