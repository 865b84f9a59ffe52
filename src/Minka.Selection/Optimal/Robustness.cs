namespace Minka.Selection.Optimal;

/// <summary>One evaluator's score of one proposal.</summary>
/// <param name="Proposal">The proposal's index.</param>
/// <param name="Evaluator">The evaluator's index.</param>
/// <param name="Score">The score, in points.</param>
public readonly record struct EvaluatorScore(int Proposal, int Evaluator, double Score);

/// <summary>
/// How robust an award is: draws of what the scores could as well have been are pushed through the same rule. An audit signal; the declared
/// rule decides.
/// </summary>
/// <remarks>Randomness comes from the caller: a function that gives numbers in [0, 1). The same numbers give the same result.</remarks>
public static class Robustness
{
    /// <summary>
    /// Draws of the proposals' true quality given the scores, by the hierarchical model <c>score = μ + θ(proposal) + ν(evaluator) + ε</c> with
    /// normal effects.
    /// </summary>
    /// <param name="proposals">The number of proposals.</param>
    /// <param name="scores">The scores; any pattern of who scored what, each proposal at least once.</param>
    /// <param name="draws">How many draws to keep.</param>
    /// <param name="uniform">Numbers in [0, 1).</param>
    /// <param name="burnIn">Draws before the first that is kept.</param>
    /// <returns>For each draw the quality μ + θ of each proposal, in points.</returns>
    /// <remarks>
    /// Gibbs sampler; inverse-gamma priors of shape 2 with a mean of a third of the scores' variance for each of the three variances.
    /// O((draws + burnIn)·scores). Source: R. Heyard, M. Ott, G. Salanti, M. Egger, "Rethinking the Funding Line at the Swiss National
    /// Science Foundation: Bayesian Ranking and Lottery", arXiv 2102.09958.
    /// </remarks>
    /// <exception cref="ArgumentException">A proposal has no score, or a score is no number.</exception>
    public static IEnumerable<double[]> QualityDraws(int proposals, IReadOnlyList<EvaluatorScore> scores, int draws, Func<double> uniform, int burnIn = 500)
    {
        ArgumentNullException.ThrowIfNull(scores);
        ArgumentNullException.ThrowIfNull(uniform);
        ArgumentOutOfRangeException.ThrowIfNegative(draws);
        if (scores.Any(s => s.Proposal < 0 || s.Proposal >= proposals || s.Evaluator < 0 || !double.IsFinite(s.Score)))
            throw new ArgumentException("A score names a proposal that does not exist, or is no number.", nameof(scores));
        if (scores.Select(s => s.Proposal).Distinct().Count() != proposals)
            throw new ArgumentException("Each proposal needs a score.", nameof(scores));
        return Gibbs(proposals, scores, draws, uniform, burnIn);
    }

    private static IEnumerable<double[]> Gibbs(int proposals, IReadOnlyList<EvaluatorScore> scores, int draws, Func<double> uniform, int burnIn)
    {
        if (scores.Count == 0)
            yield break;
        var evaluators = scores.Max(s => s.Evaluator) + 1;
        var mean = scores.Average(s => s.Score);
        var spread = Math.Max(scores.Average(s => (s.Score - mean) * (s.Score - mean)), 1e-9);
        var (theta, nu) = (new double[proposals], new double[evaluators]);
        double mu = mean, within = spread / 3, between = spread / 3, among = spread / 3;
        var random = new Normal(uniform);
        for (var round = 0; round < burnIn + draws; round++)
        {
            var (sums, counts) = (new double[proposals], new int[proposals]);
            foreach (var s in scores)
            {
                sums[s.Proposal] += s.Score - mu - nu[s.Evaluator];
                counts[s.Proposal]++;
            }

            Effects(theta, sums, counts, within, between, random);
            (sums, counts) = (new double[evaluators], new int[evaluators]);
            foreach (var s in scores)
            {
                sums[s.Evaluator] += s.Score - mu - theta[s.Proposal];
                counts[s.Evaluator]++;
            }

            Effects(nu, sums, counts, within, among, random);
            mu = scores.Average(s => s.Score - theta[s.Proposal] - nu[s.Evaluator]) + (Math.Sqrt(within / scores.Count) * random.Next());
            within = Variance(scores.Sum(s => Square(s.Score - mu - theta[s.Proposal] - nu[s.Evaluator])), scores.Count, spread, random);
            between = Variance(theta.Sum(Square), proposals, spread, random);
            among = Variance(nu.Sum(Square), evaluators, spread, random);
            if (round >= burnIn)
            {
                var at = mu;
                yield return [.. theta.Select(t => at + t)];
            }
        }
    }

    /// <summary>Draws of total scores when the weights of the criteria are uncertain (SMAA): weights uniform on the simplex.</summary>
    /// <param name="criteria">For each proposal its score in each criterion.</param>
    /// <param name="draws">How many draws.</param>
    /// <param name="uniform">Numbers in [0, 1).</param>
    /// <returns>For each draw the weighted total of each proposal.</returns>
    /// <remarks>Source: R. Lahdelma, J. Hokkanen, P. Salminen, European Journal of Operational Research 106 (1998).</remarks>
    public static IEnumerable<double[]> WeightDraws(IReadOnlyList<IReadOnlyList<double>> criteria, int draws, Func<double> uniform)
    {
        ArgumentNullException.ThrowIfNull(criteria);
        ArgumentNullException.ThrowIfNull(uniform);
        ArgumentOutOfRangeException.ThrowIfNegative(draws);
        var count = criteria.Count > 0 ? criteria[0].Count : 0;
        if (criteria.Any(c => c.Count != count || c.Any(v => !double.IsFinite(v))) || (criteria.Count > 0 && count == 0))
            throw new ArgumentException("Each proposal needs a score in each criterion.", nameof(criteria));
        return Weighted();

        IEnumerable<double[]> Weighted()
        {
            for (var k = 0; k < draws; k++)
            {
                var weights = Enumerable.Range(0, count).Select(_ => -Math.Log(1 - uniform())).ToArray();
                var sum = weights.Sum();
                yield return [.. criteria.Select(c => c.Select((v, q) => v * weights[q] / sum).Sum())];
            }
        }
    }

    /// <summary>The share of draws in which a rule funds each proposal.</summary>
    /// <param name="proposals">The number of proposals.</param>
    /// <param name="draws">Draws of scores, such as <see cref="QualityDraws"/> gives.</param>
    /// <param name="rule">Whom the rule funds with these scores, as indices.</param>
    /// <returns>Probabilities from 0 to 1, one a proposal.</returns>
    /// <exception cref="ArgumentException">There are no draws.</exception>
    public static IReadOnlyList<double> FundingProbability(int proposals, IEnumerable<IReadOnlyList<double>> draws, Func<IReadOnlyList<double>, IEnumerable<int>> rule)
    {
        ArgumentNullException.ThrowIfNull(draws);
        ArgumentNullException.ThrowIfNull(rule);
        var funded = new int[proposals];
        var count = 0;
        foreach (var draw in draws)
        {
            count++;
            foreach (var p in rule(draw))
                funded[p]++;
        }

        if (count == 0)
            throw new ArgumentException("There are no draws.", nameof(draws));
        return [.. funded.Select(f => (double)f / count)];
    }

    /// <summary>The optimiser as a rule for <see cref="FundingProbability"/>: each level's value moves in proportion to the drawn score.</summary>
    /// <param name="model">The model; the values of first levels stand for the scores as they are.</param>
    /// <param name="options">How to solve each draw; lists that are not proved count as they are.</param>
    public static Func<IReadOnlyList<double>, IEnumerable<int>> OptimisedRule(AwardModel model, SolveOptions? options = null)
    {
        ArgumentNullException.ThrowIfNull(model);
        var unit = Math.Pow(10, model.ValueDecimals);
        return draw =>
        {
            var moved = model with
            {
                Proposals = [.. model.Proposals.Select((p, k) => p with
                {
                    Levels = [.. p.Levels.Select(l => l with { Value = (long)Math.Round(draw[k] * unit * (p.Levels[0].Value == 0 ? 1 : (double)l.Value / p.Levels[0].Value)) })],
                })],
            };
            var outcome = AwardOptimiser.Solve(moved, options);
            return Enumerable.Range(0, outcome.Decisions.Count).Where(k => outcome.Decisions[k].Level is not null);
        };
    }

    private static void Effects(double[] effects, double[] sums, int[] counts, double within, double between, Normal random)
    {
        for (var k = 0; k < effects.Length; k++)
        {
            var precision = (counts[k] / within) + (1 / between);
            effects[k] = (sums[k] / within / precision) + (random.Next() / Math.Sqrt(precision));
        }
    }

    // Inverse gamma of shape 2 and scale spread/3, updated by n squares.
    private static double Variance(double squares, int n, double spread, Normal random) =>
        ((spread / 3) + (squares / 2)) / random.Gamma(2 + (n / 2.0));

    private static double Square(double x) => x * x;

    /// <summary>Normal and gamma numbers from uniform ones (Box-Muller; Marsaglia and Tsang 2000).</summary>
    private sealed class Normal(Func<double> uniform)
    {
        public double Next() => Math.Sqrt(-2 * Math.Log(1 - uniform())) * Math.Cos(2 * Math.PI * uniform());

        public double Gamma(double shape)
        {
            var d = shape - (1.0 / 3);
            var c = 1 / Math.Sqrt(9 * d);
            while (true)
            {
                var x = Next();
                var v = Math.Pow(1 + (c * x), 3);
                if (v > 0 && Math.Log(1 - uniform()) < (0.5 * x * x) + d - (d * v) + (d * Math.Log(v)))
                    return d * v;
            }
        }
    }
}
