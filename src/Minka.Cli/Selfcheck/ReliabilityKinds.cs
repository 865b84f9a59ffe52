using System.Text.Json;
using Minka.Measures.Reliability;

namespace Minka.Cli.Selfcheck;

/// <summary>Cases of <c>reliability.json</c>: agreement of evaluators. Which measure is meant is known by what is expected.</summary>
static class ReliabilityKinds
{
    const string File = "reliability";

    static readonly string[] Metrics = ["nominal", "ordinal", "interval", "ratio"];

    public static readonly IReadOnlyList<CaseKind> All =
    [
        new(File, c => c.InputIsTable && (c.Expects("MSB") || c.Expects("cronbach_alpha") || (c.Expected.ValueKind == JsonValueKind.Object && c.Expected.EnumerateObject().Any(p => p.Name.StartsWith("ICC", StringComparison.Ordinal)))), Icc),
        new(File, c => c.InputIsTable && Metrics.Any(c.Expects), Alpha),
        new(File, c => c.InputIsTable && c.Expects("W"), Kendall),
    ];

    static object? Icc(KnownCase known)
    {
        var icc = IntraclassCorrelation.Of(known.Input.Table());
        double? Of(string type) => icc?.Form(type).Value;
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["MSB"] = icc?.Targets,
            ["MSJ"] = icc?.Raters,
            ["MSE"] = icc?.Error,
            ["MSW"] = icc?.WithinTargets,
            ["ICC11"] = Of("ICC1"),
            ["ICC21"] = Of("ICC2"),
            ["ICC31"] = Of("ICC3"),
            ["ICC1k"] = Of("ICC1k"),
            ["ICC2k"] = Of("ICC2k"),
            ["ICC3k"] = Of("ICC3k"),
            ["cronbach_alpha"] = Of("ICC3k"),
        };
    }

    static object? Alpha(KnownCase known)
    {
        List<IReadOnlyList<double?>> ratings = [.. known.Input.EnumerateArray().Select(r => (IReadOnlyList<double?>)[.. r.EnumerateArray().Select(v => v.ValueKind == JsonValueKind.Null ? (double?)null : v.Real())])];
        return Metrics.Where(known.Expects).ToDictionary(m => m, object? (m) => Krippendorff.Alpha(ratings, Enum.Parse<RatingMetric>(m, ignoreCase: true)), StringComparer.Ordinal);
    }

    internal static object? Kendall(KnownCase known)
    {
        var w = KendallConcordance.Of(known.Input.Table());
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["W"] = w?.W,
            ["W_no_tie_correction"] = w?.WithoutCorrection,
            ["chi2"] = w?.ChiSquare,
            ["df"] = w?.Freedom,
            ["F"] = w?.F,
            ["mean_spearman"] = w?.MeanSpearman,
            ["rank_sums"] = w?.RankSums,
        };
    }
}
