using Minka.Selection.Exact;
using Minka.Selection.Optimal;

namespace Minka.Selection.Tests.Optimal;

/// <summary>The floating-point simplex against an exact one on small random relaxations.</summary>
public sealed class DualSimplexTests
{
    [Theory]
    [InlineData(0)]
    [InlineData(70)]
    public void Solve_RandomRelaxations_EqualExactSimplex(int extraRows)
    {
        // More than 64 rows take the sparse factors instead of the full inverse.
        var (solved, empty) = (0, 0);
        for (var seed = 0; seed < (extraRows == 0 ? 3_000 : 300); seed++)
        {
            var random = new Numbers(seed);
            var program = Program(random, extraRows);
            var free = new int[program.Columns];
            Array.Fill(free, -1);
            var simplex = Begin(program, out var data);
            for (var step = 0; step < 6; step++)
            {
                if (Check(program, data, simplex, free, $"seed {seed} step {step}"))
                    solved++;
                else
                    empty++;

                // As in a tree: fix or free a column and solve again from the basis at hand.
                var j = random.Next(program.Columns);
                free[j] = random.Next(3) - 1;
                simplex.SetColumn(j, Math.Max(free[j], 0), free[j] < 0 ? 1 : free[j]);
                if (step == 3)
                    simplex.Load(simplex.Save());
            }
        }

        solved.ShouldBeGreaterThan(500);
        empty.ShouldBeGreaterThan(100);
    }

    [Fact]
    public void Return_AfterATrial_EverythingIsAsBefore()
    {
        foreach (var extraRows in (int[])[0, 70])
        {
            for (var seed = 0; seed < 100; seed++)
            {
                var random = new Numbers(seed);
                var program = Program(random, extraRows);
                var simplex = Begin(program, out var data);
                if (simplex.Solve(double.NegativeInfinity, 10_000) != RelaxationStatus.Optimal)
                    continue;
                var before = new double[program.Columns];
                var after = new double[program.Columns];
                simplex.Values(before);
                simplex.Keep();
                var j = random.Next(program.Columns);
                simplex.SetColumn(j, 1, 1);
                simplex.Solve(double.NegativeInfinity, 1 + random.Next(10));
                simplex.SetColumn(j, 0, 1);
                simplex.Return();
                simplex.Values(after);
                for (var k = 0; k < before.Length; k++)
                    after[k].ShouldBe(before[k], 1e-9, "seed " + seed);
                var free = new int[program.Columns];
                Array.Fill(free, -1);
                Check(program, data, simplex, free, "seed " + seed);
            }
        }
    }

    [Fact]
    public void Solve_NoRows_EveryColumnRestsWhereItPays()
    {
        var program = new ZeroOneProgram();
        program.AddColumn(5);
        program.AddColumn(-3);
        program.AddColumn(0);
        var simplex = Begin(program, out var data);
        Check(program, data, simplex, [-1, -1, -1], "no rows").ShouldBeTrue();
        simplex.Objective.ShouldBe(5);
    }

    [Fact]
    public void Solve_RowsThatBoundNothing_OnlyTheColumnsBounds()
    {
        // Nothing but the columns' own bounds keeps the objective from growing.
        var program = new ZeroOneProgram();
        for (var j = 0; j < 4; j++)
            program.AddColumn(j + 1);
        program.AddRow("free", [(0, 3), (2, -1)], null, null);
        program.AddRow("wide", [(1, 1), (3, 1)], -1_000_000, 1_000_000);
        program.AddRow("empty", [], 0, 0);
        var simplex = Begin(program, out var data);
        Check(program, data, simplex, [-1, -1, -1, -1], "wide").ShouldBeTrue();
        simplex.Objective.ShouldBe(10, 1e-9);
    }

    [Fact]
    public void Solve_EmptyRowThatCannotHold_IsInfeasible()
    {
        var program = new ZeroOneProgram();
        program.AddColumn(1);
        program.AddRow("empty", [], 1, null);
        var simplex = Begin(program, out var data);
        Check(program, data, simplex, [-1], "empty").ShouldBeFalse();
    }

    [Fact]
    public void Solve_HighlyDegenerate_Ends()
    {
        // Forty copies of the same tight rows, all right sides zero: hardly any pivot makes progress.
        var program = new ZeroOneProgram();
        for (var j = 0; j < 6; j++)
            program.AddColumn(3 + (j % 2));
        for (var k = 0; k < 40; k++)
        {
            program.AddRow("a" + k, Enumerable.Range(0, 6).Select(j => (j, j % 2 == 0 ? 1L : -1L)), 0, 0);
            program.AddRow("b" + k, Enumerable.Range(0, 6).Select(j => (j, (j + (long)k) % 3 - 1)), null, 0);
        }

        var simplex = Begin(program, out var data);
        Check(program, data, simplex, [-1, -1, -1, -1, -1, -1], "degenerate").ShouldBeTrue();
    }

    // True if the relaxation has a point; everything that the solver says is compared with the exact optimum.
    private static bool Check(ZeroOneProgram program, LinearData data, DualSimplex simplex, int[] free, string what)
    {
        var exact = Exact(program, free);
        var status = simplex.Solve(double.NegativeInfinity, 10_000);
        var bound = new IntegerBound(program, data);
        var lower = program.Rows.Select(r => r.Lower ?? long.MinValue).ToArray();
        var upper = program.Rows.Select(r => r.Upper ?? long.MaxValue).ToArray();
        var fixedTo = free.Select(f => (sbyte)f).ToArray();
        if (exact is not { } optimum)
        {
            status.ShouldBe(RelaxationStatus.Infeasible, what);
            bound.Prove(simplex.Ray!, ray: true, fixedTo, lower, upper).ShouldBeTrue(what);
            (bound.Total < 0).ShouldBeTrue(what + ": the ray proves it in whole numbers");
            return false;
        }

        status.ShouldBe(RelaxationStatus.Optimal, what);
        var value = optimum.ToDouble();
        var tolerance = 1e-7 * (1 + Math.Abs(value));
        simplex.Objective.ShouldBe(value, tolerance, what);

        // The point: within all bounds, and worth the optimum.
        var x = new double[program.Columns];
        simplex.Values(x);
        for (var j = 0; j < x.Length; j++)
        {
            x[j].ShouldBeGreaterThan(Math.Max(free[j], 0) - 1e-7, what);
            x[j].ShouldBeLessThan((free[j] < 0 ? 1 : free[j]) + 1e-7, what);
        }

        x.Select((v, j) => v * program.Values[j]).Sum().ShouldBe(value, tolerance, what);
        foreach (var row in program.Rows)
        {
            var sum = row.Columns.Zip(row.Coefficients).Sum(c => c.Second * x[c.First]);
            var slack = 1e-6 * (1 + row.Coefficients.Sum(a => Math.Abs((double)a)));
            if (row.Lower is { } l)
                sum.ShouldBeGreaterThan(l - slack, what);
            if (row.Upper is { } u)
                sum.ShouldBeLessThan(u + slack, what);
        }

        // The duals: feasible (signs), and what they bound is the optimum.
        var duals = new double[program.Rows.Count];
        simplex.Duals(duals);
        var bounded = 0.0;
        var left = program.Values.Select(v => (double)v).ToArray();
        for (var i = 0; i < duals.Length; i++)
        {
            var row = program.Rows[i];
            if (Math.Abs(duals[i]) < 1e-9)
                continue;
            (duals[i] > 0 ? row.Upper : row.Lower).ShouldNotBeNull(what);
            bounded += duals[i] * (duals[i] > 0 ? row.Upper : row.Lower)!.Value;
            for (var k = 0; k < row.Columns.Count; k++)
                left[row.Columns[k]] -= duals[i] * row.Coefficients[k];
        }

        for (var j = 0; j < left.Length; j++)
            bounded += free[j] < 0 ? Math.Max(left[j], 0) : free[j] * left[j];
        bounded.ShouldBe(value, 1e-6 * (1 + Math.Abs(value)), what);

        // And rounded to whole numbers they prove the exact optimum's floor (or one above it, where it is whole).
        bound.Prove(duals, ray: false, fixedTo, lower, upper).ShouldBeTrue(what);
        (new Fraction((System.Numerics.BigInteger)bound.Total, bound.Scale) >= optimum).ShouldBeTrue(what);
        (bound.Floor <= (Int128)optimum.Floor() + 1).ShouldBeTrue(what);
        return true;
    }

    private static DualSimplex Begin(ZeroOneProgram program, out LinearData data)
    {
        data = new LinearData(program);
        var simplex = new DualSimplex(data);
        for (var i = 0; i < program.Rows.Count; i++)
            simplex.SetRow(i, program.Rows[i].Lower, program.Rows[i].Upper);
        return simplex;
    }

    private static ZeroOneProgram Program(Numbers random, int extraRows)
    {
        var program = new ZeroOneProgram();
        var n = 1 + random.Next(6);
        long unit = random.Next(3) switch { 0 => 1, 1 => 1_000, _ => 7_654_321 };
        for (var j = 0; j < n; j++)
            program.AddColumn(random.Next(21) - 6);
        var m = 1 + random.Next(5);
        for (var i = 0; i < m; i++)
        {
            var factor = random.Next(2) == 0 ? unit : 1;
            var terms = Enumerable.Range(0, n).Where(_ => random.Next(4) > 0).Select(j => (j, (random.Next(12) - 3) * factor)).ToArray();
            var low = (random.Next(9) - 3) * factor;
            var (lower, upper) = random.Next(4) switch
            {
                0 => ((long?)low, (long?)null),
                1 => (low, low + (random.Next(6) * factor)),
                2 => random.Next(3) == 0 ? (low, low) : (null, null),
                _ => (null, random.Next(14) * factor),
            };
            program.AddRow("r" + i, terms, lower, upper);

            // Divided by a common divisor the bounds of a row may pass each other: the search closes that before it solves anything.
            if (program.Rows[^1] is { Lower: { } l, Upper: { } u } && l > u)
                return Program(random, extraRows);
        }

        // Copies, rows that hold anyway, and one-column rows.
        for (var i = 0; i < extraRows; i++)
        {
            var row = program.Rows[random.Next(m)];
            if (random.Next(2) == 0)
                program.AddRow("copy" + i, row.Columns.Zip(row.Coefficients), row.Lower, row.Upper);
            else
                program.AddRow("one" + i, [(random.Next(n), 1)], 0, 1);
        }

        return program;
    }

    // The exact optimum of the relaxation; null if it has no point.
    private static Fraction? Exact(ZeroOneProgram program, int[] free)
    {
        var rows = new List<(Fraction[] A, Fraction B)>();
        var n = program.Columns;
        void Add(IEnumerable<(int Column, long Coefficient)> terms, long bound, int sign)
        {
            var a = new Fraction[n];
            Array.Fill(a, Fraction.Zero);
            foreach (var (j, c) in terms)
                a[j] = sign * c;
            rows.Add((a, sign * bound));
        }

        foreach (var row in program.Rows.DistinctBy(r => (string.Join(' ', r.Columns), string.Join(' ', r.Coefficients), r.Lower, r.Upper)))
        {
            if (row.Upper is { } u)
                Add(row.Columns.Zip(row.Coefficients), u, 1);
            if (row.Lower is { } l)
                Add(row.Columns.Zip(row.Coefficients), l, -1);
        }

        for (var j = 0; j < n; j++)
        {
            Add([(j, 1)], free[j] < 0 ? 1 : free[j], 1);
            if (free[j] == 1)
                Add([(j, 1)], 1, -1);
        }

        return ExactSimplex.Maximise([.. program.Values.Select(v => (Fraction)v)], [.. rows.Select(r => r.A)], [.. rows.Select(r => r.B)]);
    }

    private sealed class Numbers(int seed)
    {
        private ulong _state = unchecked(((ulong)seed * 6_364_136_223_846_793_005UL) + 99);

        public int Next(int below)
        {
            _state = unchecked((_state * 6_364_136_223_846_793_005UL) + 1_442_695_040_888_963_407UL);
            return (int)((_state >> 33) % (ulong)below);
        }
    }

    /// <summary>Maximise c·x with A·x ≤ b, x ≥ 0 in fractions: a tableau by Bland's rule, which cannot go round in circles.</summary>
    private static class ExactSimplex
    {
        public static Fraction? Maximise(Fraction[] c, Fraction[][] a, Fraction[] b)
        {
            // Phase one with one more column that every row may use: it can be driven to zero if and only if there is a point.
            var (m, n) = (a.Length, c.Length);
            var table = new Fraction[m][];
            var basis = new int[m];
            for (var i = 0; i < m; i++)
            {
                table[i] = [.. a[i], .. Enumerable.Range(0, m).Select(k => k == i ? Fraction.One : Fraction.Zero), -Fraction.One, b[i]];
                basis[i] = n + i;
            }

            var last = n + m;
            var worst = Enumerable.Range(0, m).OrderBy(i => b[i]).FirstOrDefault(-1);
            if (worst >= 0 && b[worst] < Fraction.Zero)
            {
                Pivot(table, basis, worst, last);
                var phase = new Fraction[last + 1];
                Array.Fill(phase, Fraction.Zero);
                phase[last] = -Fraction.One;
                if (Optimise(table, basis, phase).Sign != 0)
                    return null;
                if (Array.IndexOf(basis, last) is var at and >= 0)
                {
                    var other = Enumerable.Range(0, last).FirstOrDefault(j => table[at][j].Sign != 0, -1);
                    if (other >= 0)
                        Pivot(table, basis, at, other);
                }
            }

            foreach (var row in table)
                row[last] = Fraction.Zero;
            return Optimise(table, basis, [.. c, .. Enumerable.Repeat(Fraction.Zero, m + 1)]);
        }

        private static Fraction Optimise(Fraction[][] table, int[] basis, Fraction[] objective)
        {
            var width = objective.Length;
            while (true)
            {
                var enter = -1;
                for (var j = 0; j < width && enter < 0; j++)
                {
                    var gain = objective[j];
                    for (var i = 0; i < table.Length; i++)
                        gain -= objective[basis[i]] * table[i][j];
                    if (gain.Sign > 0)
                        enter = j;
                }

                if (enter < 0)
                {
                    var value = Fraction.Zero;
                    for (var i = 0; i < table.Length; i++)
                        value += objective[basis[i]] * table[i][width];
                    return value;
                }

                var leave = -1;
                for (var i = 0; i < table.Length; i++)
                {
                    if (table[i][enter].Sign <= 0)
                        continue;
                    if (leave < 0)
                    {
                        leave = i;
                        continue;
                    }

                    var (here, there) = (table[i][width] / table[i][enter], table[leave][width] / table[leave][enter]);
                    if (here < there || (here == there && basis[i] < basis[leave]))
                        leave = i;
                }

                leave.ShouldBeGreaterThanOrEqualTo(0, "every column is bounded");
                Pivot(table, basis, leave, enter);
            }
        }

        private static void Pivot(Fraction[][] table, int[] basis, int row, int column)
        {
            var pivot = table[row][column];
            for (var j = 0; j < table[row].Length; j++)
                table[row][j] /= pivot;
            for (var i = 0; i < table.Length; i++)
            {
                var factor = table[i][column];
                if (i == row || factor.Sign == 0)
                    continue;
                for (var j = 0; j < table[i].Length; j++)
                {
                    if (table[row][j].Sign != 0)
                        table[i][j] -= factor * table[row][j];
                }
            }

            basis[row] = column;
        }
    }
}
