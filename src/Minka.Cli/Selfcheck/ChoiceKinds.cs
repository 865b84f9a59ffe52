using System.Globalization;
using System.Text.Json;
using Minka.Measures.Choice;

namespace Minka.Cli.Selfcheck;

/// <summary>Cases of <c>mcdm.json</c>: multi-criteria methods.</summary>
static class ChoiceKinds
{
    const string File = "mcdm";

    const string CentralWeight = "central_weight_alt";

    const string Acceptability = "rank";

    public static readonly IReadOnlyList<CaseKind> All =
    [
        new(File, c => c.InputIsTable && c.Expected.ValueKind == JsonValueKind.Object, Comparison),
        new(File, c => c.InputHas("matrix", "weights", "benefit") && c.InputHasOnly("matrix", "weights", "benefit"), TopsisOf),
        new(File, c => c.InputHas("matrix", "weights", "benefit", "preference") && c.InputHasOnly("matrix", "weights", "benefit", "preference"), PrometheeOf),
        new(File, c => c.InputHas("scores") && c.InputHasOnly("scores") && c.Expected.ValueKind == JsonValueKind.Object, Smaa),
    ];

    static object? Comparison(KnownCase known)
    {
        var result = PairwiseComparison.Of(known.Input.Table());
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["weights_eigen"] = result.Weights,
            ["lambda_max"] = result.Eigenvalue,
            ["CI"] = result.Index,
            ["RI"] = result.RandomIndex,
            ["CR"] = result.Ratio,
            ["weights_geometric"] = result.GeometricWeights,
            ["GCI"] = result.GeometricIndex,
            ["acceptable"] = result.Acceptable,
        };
    }

    static List<bool> Benefit(KnownCase known) => [.. known.Input.GetProperty("benefit").EnumerateArray().Select(b => b.Truth())];

    static object? TopsisOf(KnownCase known)
    {
        var result = Topsis.Of(known.Input.GetProperty("matrix").Table(), known.Input.GetProperty("weights").Reals(), Benefit(known));
        return new Dictionary<string, object?>(StringComparer.Ordinal) { ["S_plus"] = result.ToBest, ["S_minus"] = result.ToWorst, ["C"] = result.Closeness };
    }

    static object? PrometheeOf(KnownCase known)
    {
        var preferences = known.Input.GetProperty("preference").EnumerateArray().Select(p => p[0].GetString() switch
        {
            "usual" => PreferenceFunction.Usual,
            "linear" => new PreferenceFunction(p[1].Real(), p[2].Real()),
            var other => throw new CaseFails($"a preference function {other} that this version does not know"),
        }).ToList();
        var result = Promethee.Of(known.Input.GetProperty("matrix").Table(), known.Input.GetProperty("weights").Reals(), Benefit(known), preferences);
        return new Dictionary<string, object?>(StringComparer.Ordinal) { ["phi_plus"] = result.Leaving, ["phi_minus"] = result.Entering, ["phi"] = result.Net };
    }

    static object? Smaa(KnownCase known)
    {
        var result = WeightAcceptability.Of(known.Input.GetProperty("scores").Table());
        if (!result.Exact) throw new CaseFails("exact acceptabilities are computed for up to three criteria; of more there is a simulation only");
        return known.Expected.EnumerateObject().DistinctBy(p => p.Name).ToDictionary(
            p => p.Name,
            object? (p) => p.Name.StartsWith(CentralWeight, StringComparison.Ordinal) ? result.CentralWeights[Number(p.Name[CentralWeight.Length..])]
                : p.Name.StartsWith(Acceptability, StringComparison.Ordinal) && p.Name.EndsWith("_acceptability", StringComparison.Ordinal) ? result.Ranks.Select(r => r[Number(p.Name[Acceptability.Length..^"_acceptability".Length])]).ToList()
                : throw new CaseFails($"{p.Name}: unknown to this version"),
            StringComparer.Ordinal);

        static int Number(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var n) && n > 0 ? n - 1 : throw new CaseFails($"{text} is no number from 1");
    }
}
