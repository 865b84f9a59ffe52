using System.Numerics;
using Minka.Measures.Numerics;

namespace Minka.Measures.Reliability;

/// <summary>A score that an evaluator gave a proposal.</summary>
/// <param name="Proposal">The proposal.</param>
/// <param name="Evaluator">The evaluator.</param>
/// <param name="Score">The score.</param>
public sealed record GivenScore(string Proposal, string Evaluator, decimal Score);

/// <summary>An exact quotient in lowest terms.</summary>
/// <param name="Numerator">Carries the sign.</param>
/// <param name="Denominator">At least 1.</param>
public readonly record struct Quotient(BigInteger Numerator, BigInteger Denominator)
{
    /// <summary>The nearest double but for the last digit.</summary>
    public double ToDouble()
    {
        var shift = (int)Math.Max(0, 64 + Denominator.GetBitLength() - BigInteger.Abs(Numerator).GetBitLength());
        return Math.ScaleB((double)((Numerator << shift) / Denominator), -shift);
    }
}

/// <summary>
/// Scores as quality of the proposal plus severity of the evaluator: y = θ + b + ε. An audit signal beside the raw mean, which decides
/// unless a call's rules said otherwise.
/// </summary>
/// <param name="Quality">θ by proposal.</param>
/// <param name="Bias">b by evaluator; without a ridge they add up to zero.</param>
/// <param name="RawMean">Plain mean by proposal.</param>
/// <remarks>Sources: Platt and Burges (NIPS 2002) for the additive model; Ge, Welling and Ghahramani (2013) for the ridge.</remarks>
public sealed record EvaluatorCalibration(IReadOnlyDictionary<string, Quotient> Quality, IReadOnlyDictionary<string, Quotient> Bias, IReadOnlyDictionary<string, Quotient> RawMean)
{
    /// <summary>Groups of proposals and evaluators that share scores, by the ordinal order of their proposals. Calibrate only within one.</summary>
    /// <param name="scores">The scores.</param>
    /// <remarks>O(scores log scores).</remarks>
    public static IReadOnlyList<IReadOnlyList<GivenScore>> Components(IReadOnlyList<GivenScore> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var root = new Dictionary<(bool, string), (bool, string)>();
        (bool, string) Root((bool, string) node)
        {
            while (root.TryGetValue(node, out var up) && up != node)
                node = up;
            return node;
        }

        foreach (var s in scores)
            root[Root((true, s.Proposal))] = Root((false, s.Evaluator));
        return [.. scores.GroupBy(s => Root((true, s.Proposal))).Select(g => (IReadOnlyList<GivenScore>)[.. g]).OrderBy(g => g.Select(s => s.Proposal).Min(StringComparer.Ordinal), StringComparer.Ordinal)];
    }

    /// <summary>Fits the model exactly, by least squares with Σb = 0, or with a ridge λΣb².</summary>
    /// <param name="scores">Scores of one component.</param>
    /// <param name="ridge">λ, zero or more; 0 for plain least squares.</param>
    /// <remarks>The proposals are eliminated first; then O(evaluators³) exact steps.</remarks>
    /// <exception cref="ArgumentException">No score, the scores fall apart into components, or λ is negative.</exception>
    public static EvaluatorCalibration Fit(IReadOnlyList<GivenScore> scores, decimal ridge = 0)
    {
        if (ridge < 0)
            throw new ArgumentOutOfRangeException(nameof(ridge), ridge, "A ridge is zero or more.");
        if (Components(scores).Count != 1)
            throw new ArgumentException("The scores must hang together: calibrate each component by itself.", nameof(scores));

        string[] evaluators = [.. scores.Select(s => s.Evaluator).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        var index = evaluators.Select((e, i) => (e, i)).ToDictionary(p => p.e, p => p.i, StringComparer.Ordinal);
        var byProposal = scores.GroupBy(s => s.Proposal, StringComparer.Ordinal).ToList();
        var k = evaluators.Length;
        // Normal equations of b after θ_p = mean(y − b) is put in; the last column is the right side.
        var table = new Rational[k][];
        for (var i = 0; i < k; i++)
        {
            table[i] = new Rational[k + 1];
            Array.Fill(table[i], Rational.Zero);
            table[i][i] = Rational.Of(ridge);
        }

        foreach (var proposal in byProposal)
        {
            var share = new Rational(1, proposal.Count());
            var mean = Rational.Of(proposal.Sum(s => s.Score)) * share;
            foreach (var one in proposal)
            {
                var row = table[index[one.Evaluator]];
                row[index[one.Evaluator]] += Rational.One;
                row[k] += Rational.Of(one.Score) - mean;
                foreach (var other in proposal)
                    row[index[other.Evaluator]] -= share;
            }
        }

        // The equations of a component lack one rank, which Σb = 0 gives.
        if (ridge == 0)
        {
            Array.Fill(table[k - 1], Rational.One);
            table[k - 1][k] = Rational.Zero;
        }

        var bias = Solve(table);
        return new EvaluatorCalibration(
            byProposal.ToDictionary(p => p.Key, p => ((Rational.Of(p.Sum(s => s.Score)) - p.Aggregate(Rational.Zero, (sum, s) => sum + bias[index[s.Evaluator]])) * new Rational(1, p.Count())).ToQuotient(), StringComparer.Ordinal),
            evaluators.ToDictionary(e => e, e => bias[index[e]].ToQuotient(), StringComparer.Ordinal),
            byProposal.ToDictionary(p => p.Key, p => (Rational.Of(p.Sum(s => s.Score)) * new Rational(1, p.Count())).ToQuotient(), StringComparer.Ordinal));
    }

    private static Rational[] Solve(Rational[][] table)
    {
        var n = table.Length;
        for (var c = 0; c < n; c++)
        {
            var pivot = Array.FindIndex(table, c, r => !r[c].IsZero);
            if (pivot < 0)
                throw new ArgumentException("The scores do not determine the biases.", nameof(table));
            (table[c], table[pivot]) = (table[pivot], table[c]);
            for (var r = 0; r < n; r++)
            {
                if (r == c || table[r][c].IsZero)
                    continue;
                var factor = table[r][c] / table[c][c];
                for (var j = c; j <= n; j++)
                    table[r][j] -= factor * table[c][j];
            }
        }

        return [.. table.Select((r, i) => r[n] / r[i])];
    }

    private readonly record struct Rational
    {
        private readonly BigInteger _top;
        private readonly BigInteger _bottom;

        public Rational(BigInteger top, BigInteger bottom)
        {
            var divisor = BigInteger.GreatestCommonDivisor(top, bottom) * bottom.Sign;
            (_top, _bottom) = (top / divisor, bottom / divisor);
        }

        public static Rational Zero { get; } = new(0, 1);

        public static Rational One { get; } = new(1, 1);

        public bool IsZero => _top.IsZero;

        public static Rational Of(decimal value) => new(ExactDecimal.Whole(value, value.Scale), BigInteger.Pow(10, value.Scale));

        public Quotient ToQuotient() => new(_top, _bottom);

        public static Rational operator +(Rational a, Rational b) => new((a._top * b._bottom) + (b._top * a._bottom), a._bottom * b._bottom);

        public static Rational operator -(Rational a, Rational b) => new((a._top * b._bottom) - (b._top * a._bottom), a._bottom * b._bottom);

        public static Rational operator *(Rational a, Rational b) => new(a._top * b._top, a._bottom * b._bottom);

        public static Rational operator /(Rational a, Rational b) => new(a._top * b._bottom, a._bottom * b._top);
    }
}

/// <summary>One evaluator's scores on a common scale, which assumes that each saw a like batch; false for small regional panels.</summary>
/// <param name="Z">(y − mean)/standard deviation of the sample; all 0 without spread or for one score.</param>
/// <param name="MinMax">(y − least)/(greatest − least); all 0 without spread.</param>
/// <param name="Rank">(rank − 1)/(n − 1), ties share the mean rank; 0 for one score.</param>
public sealed record NormalisedScores(IReadOnlyList<double> Z, IReadOnlyList<double> MinMax, IReadOnlyList<double> Rank)
{
    /// <summary>Normalises scores. O(n²).</summary>
    /// <param name="scores">The scores of one evaluator.</param>
    public static NormalisedScores Of(IReadOnlyList<double> scores)
    {
        ArgumentNullException.ThrowIfNull(scores);
        var n = scores.Count;
        if (n == 0)
            return new NormalisedScores([], [], []);
        var (mean, least, greatest) = (scores.Average(), scores.Min(), scores.Max());
        var deviation = n < 2 || least == greatest ? 0 : Math.Sqrt(scores.Sum(s => (s - mean) * (s - mean)) / (n - 1));
        return new NormalisedScores(
            [.. scores.Select(s => deviation == 0 ? 0 : (s - mean) / deviation)],
            [.. scores.Select(s => least == greatest ? 0 : (s - least) / (greatest - least))],
            [.. scores.Select(s => n == 1 ? 0 : (scores.Count(o => o < s) + ((scores.Count(o => o == s) - 1) / 2.0)) / (n - 1))]);
    }
}

/// <summary>When two evaluators differ too much: a third decides with the nearer of them.</summary>
public static class Discrepancy
{
    /// <summary>Whether a third evaluator is needed.</summary>
    /// <param name="first">First score.</param>
    /// <param name="second">Second score.</param>
    /// <param name="most">The most that they may differ.</param>
    /// <param name="threshold">The score from which a proposal is accepted; one on each side needs a third.</param>
    public static bool NeedsThird(decimal first, decimal second, decimal most, decimal threshold) =>
        Math.Abs(first - second) > most || first >= threshold != second >= threshold;

    /// <summary>Mean of the two closest of three scores; the median if the middle one is as near to both.</summary>
    /// <param name="first">First score.</param>
    /// <param name="second">Second score.</param>
    /// <param name="third">Third score.</param>
    /// <returns>Never outside the least and the greatest.</returns>
    public static decimal Settle(decimal first, decimal second, decimal third)
    {
        decimal[] sorted = [first, second, third];
        Array.Sort(sorted);
        return (sorted[1] - sorted[0]).CompareTo(sorted[2] - sorted[1]) switch { < 0 => (sorted[0] + sorted[1]) / 2, > 0 => (sorted[1] + sorted[2]) / 2, _ => sorted[1] };
    }
}
