using Minka.Core.Kernel;
using Minka.Core.Rules;

namespace Minka.Core.Evaluation;

/// <summary>One reader's points by criterion.</summary>
public sealed record ScoreSheet(int Seat, IReadOnlyDictionary<string, int> Points)
{
    public int Total => Points.Values.Sum();
}

/// <summary>The points that count, in hundredths: exact, because a mean of two whole numbers has at most one half.</summary>
public sealed record FinalScore(long TotalHundredths, IReadOnlyDictionary<string, long> CriterionHundredths, bool MeetsThreshold);

/// <summary>How the readers' points become the application's: the mean of two, the median of three (by total and by criterion).</summary>
public static class FinalScores
{
    /// <summary>Whether the first two readers differ by more than the rules allow.</summary>
    public static bool NeedsThirdReader(IReadOnlyList<ScoreSheet> sheets, EvaluationRules rules) =>
        sheets.Count == 2 && Math.Abs(sheets[0].Total - sheets[1].Total) > rules.ThirdReaderAbove.Value;

    /// <exception cref="RuleBroken">Fewer sheets than the rules ask, or a divergence without its third reader.</exception>
    public static FinalScore Compute(IReadOnlyList<ScoreSheet> sheets, EvaluationRules rules)
    {
        if (sheets.Count < rules.Evaluators.Value || NeedsThirdReader(sheets, rules)) throw new RuleBroken(EvaluationCodes.ScoresPending);
        var total = Combine([.. sheets.Select(s => s.Total)]);
        var criteria = sheets[0].Points.Keys.ToDictionary(c => c, c => Combine([.. sheets.Select(s => s.Points[c])]), StringComparer.Ordinal);
        return new(total, criteria, total >= rules.Threshold.Value * 100L);
    }

    /// <summary>The mean of the two middle values, or the middle one, in hundredths.</summary>
    public static long Combine(IReadOnlyList<int> points)
    {
        var sorted = points.Order().ToList();
        var middle = sorted.Count / 2;
        return sorted.Count switch
        {
            0 => 0,
            2 => (sorted[0] + sorted[1]) * 50L,
            _ when sorted.Count % 2 == 1 => sorted[middle] * 100L,
            _ => (sorted[middle - 1] + sorted[middle]) * 50L,
        };
    }
}
