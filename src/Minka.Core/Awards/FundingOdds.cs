using System.Buffers.Binary;
using System.Security.Cryptography;
using Minka.Core.Evaluation;
using Minka.Core.Kernel;
using Minka.Selection.Award;
using Minka.Selection.Optimal;

namespace Minka.Core.Awards;

/// <summary>One locked sheet: its application's code, how its evaluator is called in public, its seat and its points.</summary>
public sealed record LockedSheet(string Code, string Evaluator, int Seat, int Points);

/// <summary>Why a probability cannot be told.</summary>
public enum NoOdds
{
    /// <summary>Some eligible application was read by one evaluator alone, so that nothing tells points from noise.</summary>
    OneSheet,

    /// <summary>The sheets that are locked now do not give the points that the run ranked.</summary>
    SheetsChanged,
}

/// <summary>
/// How likely the declared rule was to fund each application, given how evaluators differ: true qualities are drawn from the
/// locked sheets by <see cref="Robustness.QualityDraws"/>, and the rule is run on each draw. An audit signal, never a criterion.
/// </summary>
/// <param name="Probability">Basis points by code, of the eligible; empty where it cannot be told.</param>
/// <param name="Draws">How many draws it rests on.</param>
/// <param name="Why">Why it cannot be told.</param>
public sealed record FundingOdds(IReadOnlyDictionary<string, int> Probability, int Draws, NoOdds? Why)
{
    const int MostDraws = 2_000;
    const int FewestDraws = 200;
    const int MostTurns = 200_000;

    /// <summary>The same run and sheets give the same answer to anybody: chance comes from the digest of the run's input.</summary>
    public static FundingOdds Of(AwardInput input, Digest seed, IReadOnlyList<LockedSheet> sheets)
    {
        var eligible = input.Candidates.Where(c => c.Eligible).OrderBy(c => c.Id, StringComparer.Ordinal).ToList();
        var read = sheets.ToLookup(s => s.Code, StringComparer.Ordinal);
        if (eligible.Count == 0 || eligible.Exists(c => read[c.Id].Count() < 2)) return None(NoOdds.OneSheet);
        if (eligible.Exists(c => FinalScores.Combine([.. read[c.Id].Select(s => s.Points)]) != c.Points)) return None(NoOdds.SheetsChanged);
        var evaluators = eligible.SelectMany(c => read[c.Id]).Select(s => s.Evaluator).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).Index().ToDictionary(e => e.Item, e => e.Index, StringComparer.Ordinal);
        var scores = eligible.Index().SelectMany(c => read[c.Item.Id].OrderBy(s => s.Seat).Select(s => new EvaluatorScore(c.Index, evaluators[s.Evaluator], s.Points))).ToList();
        var draws = Math.Clamp(MostTurns / eligible.Count, FewestDraws, MostDraws);
        var chance = new Chance(seed);
        var shares = Robustness.FundingProbability(eligible.Count, Robustness.QualityDraws(eligible.Count, scores, draws, chance.Next), Funds);
        return new(eligible.Index().ToDictionary(c => c.Item.Id, c => (int)Math.Round(shares[c.Index] * 10_000), StringComparer.Ordinal), draws, null);

        IEnumerable<int> Funds(IReadOnlyList<double> quality)
        {
            var lots = chance.Shuffled(eligible.Count);
            var moved = eligible.Index().ToDictionary(c => c.Item.Id, c => (c.Index, Candidate: Moved(c.Item, quality[c.Index], input.Rules) with { DrawPosition = lots[c.Index] + 1 }), StringComparer.Ordinal);
            var award = AwardRanking.Run(input with { Candidates = [.. input.Candidates.Select(c => moved.TryGetValue(c.Id, out var m) ? m.Candidate : c)] }, neededScores: false);
            return award.Decisions.Where(d => d.IsFunded).Select(d => moved[d.Id].Index);
        }
    }

    static FundingOdds None(NoOdds why) => new(new Dictionary<string, int>(StringComparer.Ordinal), 0, why);

    // Minima of single criteria and tie keys stay as they were scored: the model moves totals.
    static AwardCandidate Moved(AwardCandidate candidate, double quality, Selection.Award.AwardRules rules)
    {
        var gates = rules.Gates ?? [];
        var contained = rules.FlatGate is { } flat ? candidate.GateValues![gates.Index().First(g => g.Item.Name == flat).Index] : 0;
        var points = Math.Clamp((long)Math.Round(quality * 100), contained, rules.MaximumPoints);
        return candidate with
        {
            Points = points,
            GateValues = candidate.GateValues?.Index().Select(g => gates[g.Index].Name == AwardInputs.WithoutBonus ? Math.Max(0, g.Item + points - candidate.Points!.Value) : g.Item).ToList(),
        };
    }

    /// <summary>Numbers in [0, 1): each the first 53 bits of SHA-256(digest, counter as eight bytes, greatest first).</summary>
    sealed class Chance(Digest seed)
    {
        readonly byte[] block = [.. seed.ToBytes(), 0, 0, 0, 0, 0, 0, 0, 0];
        ulong count;

        public double Next()
        {
            BinaryPrimitives.WriteUInt64BigEndian(block.AsSpan(32), count++);
            return (BinaryPrimitives.ReadUInt64BigEndian(SHA256.HashData(block)) >> 11) * (1.0 / (1UL << 53));
        }

        /// <summary>Each of 0 … n−1 once (Fisher and Yates).</summary>
        public int[] Shuffled(int n)
        {
            var order = Enumerable.Range(0, n).ToArray();
            for (var i = n - 1; i > 0; i--)
            {
                var j = (int)(Next() * (i + 1));
                (order[i], order[j]) = (order[j], order[i]);
            }
            return order;
        }
    }
}
