using System.Text.Json;
using Minka.Measures.Cohesion;
using Minka.Selection.Exact;

namespace Minka.Cli.Selfcheck;

/// <summary>Cases of <c>cohesion.json</c>: likeness of pairs with a quarter for axis, chain, places and beneficiaries, and modularity.</summary>
static class CohesionKinds
{
    const string File = "cohesion";

    static readonly string[] Fields = ["axis", "chain", "terr", "ben", "amount"];

    public static readonly IReadOnlyList<CaseKind> All =
    [
        new(File, c => c.InputHas("edges", "communities") && c.InputHasOnly("edges", "communities"), ModularityOf),
        new(File, c => c.Input.ValueKind == JsonValueKind.Object && c.Input.EnumerateObject().Any()
            && c.Input.EnumerateObject().All(p => p.Value.ValueKind == JsonValueKind.Object && Fields.All(f => p.Value.TryGetProperty(f, out _)) && p.Value.EnumerateObject().All(v => Fields.Contains(v.Name))), Pairs),
    ];

    static object? ModularityOf(KnownCase known)
    {
        var edges = known.Input.GetProperty("edges").EnumerateArray().Select(e => (e[0].GetInt32(), e[1].GetInt32())).ToList();
        var q = Modularity.Of(edges, [.. known.Input.GetProperty("communities").EnumerateArray().Select(c => c.GetInt32())]);
        // The measure is a double: a fraction is told as expected if it is that same number.
        var exact = known.Expected.ValueKind == JsonValueKind.Object && known.Expected.TryGetProperty("exact", out var told) && told.ValueKind == JsonValueKind.String
            && Fraction.TryParse(told.GetString(), out var fraction) && q is { } known2 && Math.Abs(fraction.ToDouble() - known2) <= 1e-14 ? told.GetString() : null;
        return new Dictionary<string, object?>(StringComparer.Ordinal) { ["Q"] = q, ["exact"] = exact };
    }

    static object? Pairs(KnownCase known)
    {
        var amounts = known.Input.EnumerateObject().Select(p => p.Value.Exact("amount")).ToList();
        var scale = amounts.Aggregate(System.Numerics.BigInteger.One, (all, a) => all / System.Numerics.BigInteger.GreatestCommonDivisor(all, a.Denominator) * a.Denominator);
        var result = ProgrammeCohesion.Measure(new CohesionInput
        {
            DeclaredAxes = [],
            Weights = new SimilarityWeights(2_500, 2_500, 2_500, 2_500, 0),
            Projects = [.. known.Input.EnumerateObject().Select((p, i) => new CohesionProject
            {
                Id = p.Name,
                Axis = p.Value.GetProperty("axis").GetString(),
                Chain = p.Value.GetProperty("chain").GetString(),
                Places = Texts(p.Value, "terr"),
                Beneficiaries = Texts(p.Value, "ben"),
                Amount = CaseNumbers.Whole(amounts[i] * scale),
            })],
        });
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["pair_similarity"] = result.Pairs.SelectMany(p => new[] { ($"{p.First}-{p.Second}", p.Similarity), ($"{p.Second}-{p.First}", p.Similarity) })
                .DistinctBy(p => p.Item1).ToDictionary(p => p.Item1, object? (p) => p.Similarity, StringComparer.Ordinal),
            ["linked_pair_share"] = result.LinkedPairShare,
            ["mean_similarity"] = result.MeanSimilarity,
            ["amount_weighted"] = result.AmountWeighted,
        };
    }

    static List<string> Texts(JsonElement owner, string name) => [.. owner.GetProperty(name).EnumerateArray().Select(t => t.GetString()!)];
}
