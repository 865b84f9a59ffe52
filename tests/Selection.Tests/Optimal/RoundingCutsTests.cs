using Minka.Selection.Optimal;

namespace Minka.Selection.Tests.Optimal;

public sealed class RoundingCutsTests
{
    [Fact]
    public void Separate_SmallModels_CutsTheRelaxationAndNoSolution()
    {
        var (models, cuts, second) = (0, 0, 0);
        for (var seed = 0; seed < 4_000; seed++)
        {
            var given = new AwardProgram(SmallModels.Make(seed)).Program;
            if (given.Columns > 12)
                continue;
            var solutions = Solutions(given);
            var added = new List<AddedRow>();
            for (var round = 0; round < 3; round++)
            {
                var space = SearchSpace.Of(given, added, [.. Enumerable.Range(0, added.Count)]);
                var data = new LinearData(space.Program);
                var simplex = new DualSimplex(data);
                for (var i = 0; i < space.Program.Rows.Count; i++)
                    simplex.SetRow(i, space.Program.Rows[i].Lower, space.Program.Rows[i].Upper);
                if (simplex.Solve(double.NegativeInfinity, 5_000) != RelaxationStatus.Optimal)
                    break;
                var x = new double[given.Columns];
                simplex.Values(x);
                var found = new RoundingCuts(space.Program, data, simplex, x, space.RowIds).Separate(10);
                if (found.Count == 0)
                    break;
                foreach (var cut in found)
                {
                    cut.Columns.Zip(cut.Weights).Sum(c => c.Second * x[c.First]).ShouldBeGreaterThan(cut.Bound, $"seed {seed}: the point is cut off");
                    foreach (var chosen in solutions)
                        cut.Columns.Zip(cut.Weights).Where(c => chosen[c.First]).Sum(c => c.Second).ShouldBeLessThanOrEqualTo(cut.Bound, $"seed {seed}: no solution is");
                }

                models += round == 0 ? 1 : 0;
                second += round > 0 ? 1 : 0;
                cuts += found.Count;
                added.AddRange(found);
            }
        }

        models.ShouldBeGreaterThan(500);
        second.ShouldBeGreaterThan(100);
        cuts.ShouldBeGreaterThan(1_000);
    }

    private static List<bool[]> Solutions(ZeroOneProgram program)
    {
        var solutions = new List<bool[]>();
        for (var bits = 0; bits < 1 << program.Columns; bits++)
        {
            var chosen = Enumerable.Range(0, program.Columns).Select(j => (bits >> j & 1) == 1).ToArray();
            if (program.IsFeasible(chosen))
                solutions.Add(chosen);
        }

        return solutions;
    }
}
