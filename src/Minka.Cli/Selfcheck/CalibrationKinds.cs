using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Minka.Measures.Reliability;
using Minka.Selection.Exact;

namespace Minka.Cli.Selfcheck;

/// <summary>Cases of <c>calibration.json</c>: severity of evaluators, and one evaluator's scores on a common scale.</summary>
static partial class CalibrationKinds
{
    const string File = "calibration";

    public static readonly IReadOnlyList<CaseKind> All =
    [
        new(File, c => c.InputIsTable && c.Input.EnumerateArray().All(s => s.GetArrayLength() == 3) && c.Expected.ValueKind == JsonValueKind.Object, Additive),
        new(File, c => c.InputIsNumbers && c.Expected.ValueKind == JsonValueKind.Object, Normalised),
    ];

    [GeneratedRegex(@"^ridge_lambda(?<lambda>\d+(?:[._]\d+)?)_(?<part>theta|bias)$", RegexOptions.ExplicitCapture, 1000)]
    private static partial Regex Ridge();

    internal static List<GivenScore> Scores(JsonElement input) => [.. input.EnumerateArray().Select(s => new GivenScore(s[0].GetString()!, s[1].GetString()!, s[2].Money()))];

    static object? Additive(KnownCase known)
    {
        var scores = Scores(known.Input);
        var components = EvaluatorCalibration.Components(scores).Count;
        var fit = components == 1 ? EvaluatorCalibration.Fit(scores) : null;
        var answers = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["raw_mean"] = scores.GroupBy(s => s.Proposal, StringComparer.Ordinal).ToDictionary(g => g.Key, object? (g) => (double)g.Average(s => s.Score), StringComparer.Ordinal),
            ["theta"] = Numbers(fit?.Quality),
            ["bias"] = Numbers(fit?.Bias),
            ["exact_theta"] = Exact(fit?.Quality),
            ["exact_bias"] = Exact(fit?.Bias),
            ["connected"] = components == 1,
            ["components"] = components,
        };
        foreach (var (name, match) in known.Expected.EnumerateObject().Select(p => (p.Name, Ridge().Match(p.Name))).Where(p => p.Item2.Success))
        {
            var ridged = EvaluatorCalibration.Fit(scores, decimal.Parse(match.Groups["lambda"].Value.Replace('_', '.'), CultureInfo.InvariantCulture));
            answers[name] = Numbers(match.Groups["part"].Value == "theta" ? ridged.Quality : ridged.Bias);
        }
        return answers;

        static Dictionary<string, object?>? Numbers(IReadOnlyDictionary<string, Quotient>? values) => values?.ToDictionary(v => v.Key, object? (v) => v.Value.ToDouble(), StringComparer.Ordinal);
        static Dictionary<string, object?>? Exact(IReadOnlyDictionary<string, Quotient>? values) => values?.ToDictionary(v => v.Key, object? (v) => new Fraction(v.Value.Numerator, v.Value.Denominator), StringComparer.Ordinal);
    }

    static object? Normalised(KnownCase known)
    {
        var scores = NormalisedScores.Of(known.Input.Reals());
        var answers = new Dictionary<string, object?>(StringComparer.Ordinal) { ["z_sample"] = scores.Z, ["minmax"] = scores.MinMax, ["rank01"] = scores.Rank };
        if (known.Expected.TryGetProperty("constant_rater_z", out var constant) && constant.ValueKind == JsonValueKind.Array)
            answers["constant_rater_z"] = NormalisedScores.Of([.. Enumerable.Repeat(known.Input.Reals().FirstOrDefault(), constant.GetArrayLength())]).Z;
        return answers;
    }
}
