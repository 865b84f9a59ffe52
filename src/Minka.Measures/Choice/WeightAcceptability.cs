using Minka.Measures.Numerics;

namespace Minka.Measures.Choice;

/// <summary>
/// SMAA-2: over all weights of the criteria, taken as equally likely, how often an alternative has each rank. Shows how far an order
/// depends on the weights.
/// </summary>
/// <param name="Ranks">Acceptability by alternative and rank from the first; alternatives that tie share the better rank.</param>
/// <param name="CentralWeights">Mean of the weights for which an alternative is first; <see langword="null"/> if it never is.</param>
/// <param name="Exact">True for up to three criteria, where the weights are cut into the parts of one order each; else a seeded simulation.</param>
/// <remarks>Source: Lahdelma and Salminen (2001). Utility is linear in the scores.</remarks>
public sealed record WeightAcceptability(IReadOnlyList<IReadOnlyList<double>> Ranks, IReadOnlyList<IReadOnlyList<double>?> CentralWeights, bool Exact)
{
    /// <summary>Acceptability of the first rank.</summary>
    public IReadOnlyList<double> First => [.. Ranks.Select(r => r[0])];

    /// <summary>Computes acceptabilities.</summary>
    /// <param name="scores">A row an alternative, a column a criterion, all on one scale, more is better.</param>
    /// <param name="draws">Weights drawn where there are more than three criteria.</param>
    /// <param name="seed">The seed of those draws.</param>
    /// <remarks>Two criteria: O(n⁴). Three: O(n⁶), up to thirty alternatives. More: O(draws · n²).</remarks>
    /// <exception cref="ArgumentException">Rows differ in length, there is no criterion, or a score is not finite.</exception>
    public static WeightAcceptability Of(IReadOnlyList<IReadOnlyList<double>> scores, int draws = 100_000, long seed = 42)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentOutOfRangeException.ThrowIfLessThan(draws, 1);
        if (scores.Count == 0 || scores.Any(r => r.Count != scores[0].Count || r.Count == 0 || r.Any(v => !double.IsFinite(v))))
            throw new ArgumentException("Every alternative needs a finite score for every criterion.", nameof(scores));
        var (n, criteria) = (scores.Count, scores[0].Count);
        double[][] ranks = [.. scores.Select(_ => new double[n])];
        double[][] central = [.. scores.Select(_ => new double[criteria])];
        var exact = criteria <= 2 || (criteria == 3 && n <= 30);
        if (criteria == 1)
        {
            Count([1], 1);
        }
        else if (criteria == 2)
        {
            double[] cuts = [.. Breakpoints(scores).Append(0).Append(1).Distinct().Order()];
            foreach (var (low, high) in cuts.Zip(cuts.Skip(1)))
                Count([(low + high) / 2, 1 - ((low + high) / 2)], high - low);
        }
        else if (exact)
        {
            foreach (var cell in Cells(scores))
            {
                var (area, x, y) = Centroid(cell);
                if (area > 1e-15)
                    Count([x, y, 1 - x - y], 2 * area);
            }
        }
        else
        {
            var random = new SeededDraws(seed);
            var weights = new double[criteria];
            for (var d = 0; d < draws; d++)
            {
                // Exponential parts over their sum are uniform on the simplex.
                for (var c = 0; c < criteria; c++)
                    weights[c] = -Math.Log(1 - random.Unit());
                var sum = weights.Sum();
                for (var c = 0; c < criteria; c++)
                    weights[c] /= sum;
                Count(weights, 1.0 / draws);
            }
        }

        return new WeightAcceptability(ranks, [.. central.Select((w, i) => ranks[i][0] == 0 ? null : (IReadOnlyList<double>)[.. w.Select(x => x / ranks[i][0])])], exact);

        // Within an interval between breakpoints the order is that of its middle.
        void Count(double[] weights, double share)
        {
            double[] utilities = [.. scores.Select(r => r.Zip(weights, (s, w) => s * w).Sum())];
            for (var i = 0; i < n; i++)
            {
                var rank = utilities.Count(u => u > utilities[i] + (1e-12 * Math.Max(1, Math.Abs(u))));
                ranks[i][rank] += share;
                if (rank == 0)
                {
                    for (var c = 0; c < criteria; c++)
                        central[i][c] += share * weights[c];
                }
            }
        }
    }

    private static IEnumerable<double> Breakpoints(IReadOnlyList<IReadOnlyList<double>> scores)
    {
        for (var i = 0; i < scores.Count; i++)
        {
            for (var j = i + 1; j < scores.Count; j++)
            {
                // w·d₁ + (1 − w)·d₂ = 0.
                var (d1, d2) = (scores[i][0] - scores[j][0], scores[i][1] - scores[j][1]);
                if (d2 != d1 && d2 / (d2 - d1) is > 0 and < 1 and var w)
                    yield return w;
            }
        }
    }

    /// <summary>The triangle of the weights (first, second; the third is the rest), cut by the lines where two alternatives are equal.</summary>
    private static List<List<(double X, double Y)>> Cells(IReadOnlyList<IReadOnlyList<double>> scores)
    {
        List<List<(double X, double Y)>> cells = [[(0, 0), (1, 0), (0, 1)]];
        for (var i = 0; i < scores.Count; i++)
        {
            for (var j = i + 1; j < scores.Count; j++)
            {
                double[] d = [.. scores[i].Zip(scores[j], (a, b) => a - b)];
                double At((double X, double Y) p) => (d[0] * p.X) + (d[1] * p.Y) + (d[2] * (1 - p.X - p.Y));
                cells = [.. cells.SelectMany(c => new[] { Side(c, At, 1), Side(c, At, -1) }).Where(c => c.Count > 2)];
            }
        }

        return cells;

        static List<(double X, double Y)> Side(List<(double X, double Y)> cell, Func<(double X, double Y), double> at, int sign)
        {
            var kept = new List<(double X, double Y)>();
            // A line that does not cut (equal alternatives) leaves the cell on one side.
            if (cell.All(p => Math.Abs(at(p)) < 1e-14))
                return sign > 0 ? cell : kept;
            for (var k = 0; k < cell.Count; k++)
            {
                var (a, b) = (cell[k], cell[(k + 1) % cell.Count]);
                var (fa, fb) = (sign * at(a), sign * at(b));
                if (fa >= 0)
                    kept.Add(a);
                if (fa * fb < 0)
                    kept.Add((a.X + ((b.X - a.X) * fa / (fa - fb)), a.Y + ((b.Y - a.Y) * fa / (fa - fb))));
            }

            return kept;
        }
    }

    private static (double Area, double X, double Y) Centroid(List<(double X, double Y)> cell)
    {
        double twice = 0, x = 0, y = 0;
        for (var k = 0; k < cell.Count; k++)
        {
            var (a, b) = (cell[k], cell[(k + 1) % cell.Count]);
            var cross = (a.X * b.Y) - (b.X * a.Y);
            twice += cross;
            x += (a.X + b.X) * cross;
            y += (a.Y + b.Y) * cross;
        }

        return (twice / 2, twice == 0 ? 0 : x / (3 * twice), twice == 0 ? 0 : y / (3 * twice));
    }
}
