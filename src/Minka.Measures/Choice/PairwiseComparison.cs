namespace Minka.Measures.Choice;

/// <summary>Weights elicited by pairwise comparison (AHP), with what tells whether the judgements hold together.</summary>
/// <param name="Weights">The principal eigenvector, adding up to 1.</param>
/// <param name="Eigenvalue">λ, n if the judgements are consistent.</param>
/// <param name="Index">CI = (λ − n)/(n − 1); 0 for one or two criteria.</param>
/// <param name="RandomIndex">Saaty's mean index of random judgements; 0 for one or two criteria, <see langword="null"/> above ten.</param>
/// <param name="Ratio">CR = CI/RI; 0 for one or two criteria, <see langword="null"/> above ten.</param>
/// <param name="GeometricWeights">Weights by geometric means of the rows.</param>
/// <param name="GeometricIndex">GCI = 2/((n − 1)(n − 2))·Σ ln²(a_ij·w_j/w_i); <see langword="null"/> for fewer than three criteria.</param>
/// <remarks>Sources: Saaty (1980); Crawford and Williams (1985); Aguarón and Moreno-Jiménez (2003).</remarks>
public sealed record PairwiseComparison(
    IReadOnlyList<double> Weights, double Eigenvalue, double Index, double? RandomIndex, double? Ratio, IReadOnlyList<double> GeometricWeights, double? GeometricIndex)
{
    private static readonly double[] RandomIndexes = [0, 0, 0.58, 0.90, 1.12, 1.24, 1.32, 1.41, 1.45, 1.49];

    /// <summary>Whether the judgements may be used: a ratio below 0.10. A circle of judgements can give equal weights and must be refused by this.</summary>
    public bool Acceptable => Ratio < 0.10;

    /// <summary>Computes the weights of judgements.</summary>
    /// <param name="judgements">a_ij: how many times criterion i matters as much as j; 1 on the diagonal, a_ji = 1/a_ij.</param>
    /// <remarks>O(n³) times some squarings. A rounding of the reciprocals by up to 5 % is accepted.</remarks>
    /// <exception cref="ArgumentException">The table is not square, not positive, or not reciprocal.</exception>
    public static PairwiseComparison Of(IReadOnlyList<IReadOnlyList<double>> judgements)
    {
        ArgumentNullException.ThrowIfNull(judgements);
        var n = judgements.Count;
        if (n == 0 || judgements.Any(r => r.Count != n || r.Any(a => !(a > 0) || !double.IsFinite(a))))
            throw new ArgumentException("Judgements are a square table of positive numbers.", nameof(judgements));
        for (var i = 0; i < n; i++)
        {
            for (var j = 0; j <= i; j++)
            {
                if (Math.Abs((judgements[i][j] * judgements[j][i]) - 1) > 0.05)
                    throw new ArgumentException($"Judgements {i + 1} over {j + 1} and {j + 1} over {i + 1} are not each other's inverse.", nameof(judgements));
            }
        }

        var weights = Principal(judgements);
        // λ from the rows' sums: Σ (A·w) with Σ w = 1.
        var eigenvalue = judgements.Sum(r => r.Zip(weights, (a, w) => a * w).Sum());
        var index = n <= 2 ? 0 : (eigenvalue - n) / (n - 1);
        double? random = n <= 10 ? RandomIndexes[n - 1] : null;
        double[] logs = [.. judgements.Select(r => r.Average(a => Math.Log(a)))];
        var top = logs.Max();
        var sum = logs.Sum(l => Math.Exp(l - top));
        double? geometric = null;
        if (n > 2)
        {
            var squares = 0.0;
            for (var i = 0; i < n; i++)
            {
                for (var j = i + 1; j < n; j++)
                    squares += Math.Pow(Math.Log(judgements[i][j]) + logs[j] - logs[i], 2);
            }

            geometric = 2 * squares / ((n - 1.0) * (n - 2));
        }

        return new PairwiseComparison(weights, eigenvalue, index, random, n <= 2 ? 0 : index / random, [.. logs.Select(l => Math.Exp(l - top) / sum)], geometric);
    }

    /// <summary>One table from those of several persons: geometric mean of each judgement.</summary>
    /// <param name="tables">Tables of one size.</param>
    /// <exception cref="ArgumentException">There is no table, or sizes differ.</exception>
    public static IReadOnlyList<IReadOnlyList<double>> Group(IReadOnlyList<IReadOnlyList<IReadOnlyList<double>>> tables)
    {
        ArgumentNullException.ThrowIfNull(tables);
        if (tables.Count == 0 || tables.Any(t => t.Count != tables[0].Count || t.Any(r => r.Count != t.Count)))
            throw new ArgumentException("Tables of one size are needed.", nameof(tables));
        return [.. Enumerable.Range(0, tables[0].Count).Select(i =>
            (IReadOnlyList<double>)[.. Enumerable.Range(0, tables[0].Count).Select(j => Math.Exp(tables.Average(t => Math.Log(t[i][j]))))])];
    }

    private static double[] Principal(IReadOnlyList<IReadOnlyList<double>> table)
    {
        // Squaring doubles the power each time; 40 times is beyond any gap that a double tells.
        var n = table.Count;
        double[][] power = [.. table.Select(r => r.ToArray())];
        for (var k = 0; k < 40; k++)
        {
            double[][] next = [.. power.Select(r => Enumerable.Range(0, n).Select(j => Enumerable.Range(0, n).Sum(m => r[m] * power[m][j])).ToArray())];
            var norm = next.Max(r => r.Max());
            power = [.. next.Select(r => r.Select(v => v / norm).ToArray())];
        }

        double[] sums = [.. power.Select(r => r.Sum())];
        return [.. sums.Select(s => s / sums.Sum())];
    }
}
