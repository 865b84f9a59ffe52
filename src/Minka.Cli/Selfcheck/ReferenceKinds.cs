using System.Text.Json;
using Minka.Measures.Cohesion;
using Minka.Measures.Dispersion;
using Minka.Measures.Reliability;
using Minka.Measures.Spatial;

namespace Minka.Cli.Selfcheck;

/// <summary>
/// Cases of <c>r_reference.json</c>: values of R packages. The file holds results; their input is in it, or a published data set that
/// stands below, or the case's own <c>input</c>.
/// </summary>
static class ReferenceKinds
{
    public const string File = "r_reference";

    const double OfResampling = 0.02, OfLimits = 1e-6;

    public static readonly IReadOnlyList<CaseKind> All =
    [
        new(File, c => c.Expected.ValueKind == JsonValueKind.Array && c.Expected.GetArrayLength() > 0 && c.Expected.EnumerateArray().All(f => f.ValueKind == JsonValueKind.Object && f.TryGetProperty("type", out _) && f.TryGetProperty("ICC", out _)), Icc),
        new(File, c => c.Expected.ValueKind == JsonValueKind.Array && c.Expected.GetArrayLength() == 9 && c.Expected.EnumerateArray().All(f => f.ValueKind == JsonValueKind.Number) && (!c.HasInput || c.InputIsNumbers),
            NinetiethPercentile),
        new(File, c => c.Expected.ValueKind == JsonValueKind.Number && (!c.HasInput || c.InputHas("edges", "communities")), TwoTriangles),
        new(File, c => c.Expects("W"), Kendall),
        new(File, c => c.Expects("gini") || c.Expects("sh") || c.Expects("inv"), Diversity),
        new(File, c => c.Expects("known_split_Q") || c.Expects("fastgreedy_Q"), Karate),
        new(File, c => c.Expected.ValueKind == JsonValueKind.Object && c.Expected.EnumerateObject().Any(p => p.Name.StartsWith(Proposal, StringComparison.Ordinal)), Calibration),
        new(File, c => c.Expects("perc") || c.Expects("bca") || c.Expects("jack") || c.Expects("accel"), Resampling),
        new(File, c => Spatial(c) is not null, Places),
    ];

    const string Proposal = "factor(p)", Contrast = "C(factor(e), contr.sum)";

    /// <summary>Shrout and Fleiss (1979): six targets, four raters.</summary>
    static readonly IReadOnlyList<IReadOnlyList<double>> ShroutFleiss = [[9, 2, 5, 8], [6, 1, 3, 2], [8, 4, 6, 8], [7, 1, 2, 6], [10, 5, 6, 9], [6, 2, 4, 7]];

    static readonly IReadOnlyList<decimal> TenProjects = [45_000, 60_000, 80_000, 80_000, 120_000, 250_000, 400_000, 900_000, 1_500_000, 12_000_000];

    static readonly IReadOnlyList<GivenScore> EightScores =
    [
        new("P1", "E1", 80), new("P1", "E2", 70), new("P2", "E2", 60), new("P2", "E3", 75), new("P3", "E1", 90), new("P3", "E3", 95), new("P4", "E2", 50), new("P4", "E1", 62),
    ];

    /// <summary>Friendships in Zachary's karate club (1977), members from 1.</summary>
    static readonly IReadOnlyList<(int From, int To)> KarateClub =
    [
        .. Of(1, 2, 3, 4, 5, 6, 7, 8, 9, 11, 12, 13, 14, 18, 20, 22, 32), .. Of(2, 3, 4, 8, 14, 18, 20, 22, 31), .. Of(3, 4, 8, 9, 10, 14, 28, 29, 33), .. Of(4, 8, 13, 14), .. Of(5, 7, 11),
        .. Of(6, 7, 11, 17), .. Of(7, 17), .. Of(9, 31, 33, 34), .. Of(10, 34), .. Of(14, 34), .. Of(15, 33, 34), .. Of(16, 33, 34), .. Of(19, 33, 34), .. Of(20, 34), .. Of(21, 33, 34),
        .. Of(23, 33, 34), .. Of(24, 26, 28, 30, 33, 34), .. Of(25, 26, 28, 32), .. Of(26, 32), .. Of(27, 30, 34), .. Of(28, 34), .. Of(29, 32, 34), .. Of(30, 33, 34), .. Of(31, 33, 34),
        .. Of(32, 33, 34), .. Of(33, 34),
    ];

    static readonly IReadOnlyList<int> KarateSplit = [1, 1, 1, 1, 1, 1, 1, 1, 2, 2, 1, 1, 1, 1, 2, 2, 1, 1, 2, 1, 2, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2];

    static IEnumerable<(int, int)> Of(int from, params int[] to) => to.Select(t => (from - 1, t - 1));

    static IReadOnlyList<decimal> Vector(KnownCase known, IReadOnlyList<decimal> published) => known.HasInput ? known.Input.Moneys() : published;

    static object? Icc(KnownCase known)
    {
        var icc = IntraclassCorrelation.Of(known.HasInput ? known.Input.Table() : ShroutFleiss);
        return known.Expected.EnumerateArray().Select(e =>
        {
            var form = icc?.Forms.SingleOrDefault(f => f.Type == e.GetProperty("type").GetString());
            return new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["type"] = form?.Type,
                ["ICC"] = form?.Value,
                ["F"] = form?.F,
                ["df1"] = form?.Between,
                ["df2"] = form?.Within,
                ["p"] = form?.P,
                ["lower bound"] = form is null ? null : new Roughly(form.Low, OfLimits),
                ["upper bound"] = form is null ? null : new Roughly(form.High, OfLimits),
                ["_row"] = form?.Type switch
                {
                    "ICC1" => "Single_raters_absolute",
                    "ICC2" => "Single_random_raters",
                    "ICC3" => "Single_fixed_raters",
                    "ICC1k" => "Average_raters_absolute",
                    "ICC2k" => "Average_random_raters",
                    "ICC3k" => "Average_fixed_raters",
                    _ => null,
                },
            };
        }).ToList();
    }

    static object? NinetiethPercentile(KnownCase known) =>
        Enumerable.Range(1, 9).Select(t => Quantiles.Of([.. Vector(known, TenProjects).Select(v => (double)v).Order()], 0.9, t)).ToList();

    static object? TwoTriangles(KnownCase known)
    {
        if (!known.HasInput) return Modularity.Of([(0, 1), (1, 2), (0, 2), (3, 4), (4, 5), (3, 5), (2, 3)], [0, 0, 0, 1, 1, 1]);
        return Modularity.Of([.. known.Input.GetProperty("edges").EnumerateArray().Select(e => (e[0].GetInt32(), e[1].GetInt32()))], [.. known.Input.GetProperty("communities").EnumerateArray().Select(c => c.GetInt32())]);
    }

    static object? Kendall(KnownCase known)
    {
        List<IReadOnlyList<double>> ratings = known.HasInput ? known.Input.Table() : [.. Enumerable.Range(0, 4).Select(r => (IReadOnlyList<double>)[.. ShroutFleiss.Select(t => t[r])])];
        var w = KendallConcordance.Of(ratings);
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["W"] = w?.W,
            ["F"] = w?.F,
            ["Prob.F"] = w?.P,
            ["Chi2"] = w?.ChiSquare,
            // (reached + 1)/(permutations + 1) with no permutation drawn.
            ["Prob.perm"] = 1L,
        };
    }

    static object? Diversity(KnownCase known)
    {
        var d = AmountDispersion.Of(Vector(known, [10, 20, 30, 40, 100]).ToList());
        return new Dictionary<string, object?>(StringComparer.Ordinal) { ["gini"] = d.Gini, ["sh"] = d.Shannon, ["inv"] = d.EffectiveNumberOfOrder2 };
    }

    static object? Karate(KnownCase known)
    {
        if (known.HasInput) throw new CaseFails("only the published club is known");
        return new Dictionary<string, object?>(StringComparer.Ordinal) { ["known_split_Q"] = Modularity.Of([.. KarateClub], KarateSplit), ["fastgreedy_Q"] = Modularity.Greedy([.. KarateClub], 34)?.Q };
    }

    static object? Calibration(KnownCase known)
    {
        var fit = EvaluatorCalibration.Fit(known.HasInput ? CalibrationKinds.Scores(known.Input) : EightScores);
        var evaluators = fit.Bias.Keys.Order(StringComparer.Ordinal).ToList();
        return known.Expected.EnumerateObject().DistinctBy(p => p.Name).ToDictionary(
            p => p.Name,
            object? (p) => (p.Name.StartsWith(Proposal, StringComparison.Ordinal) ? fit.Quality[p.Name[Proposal.Length..]]
                : p.Name.StartsWith(Contrast, StringComparison.Ordinal) ? fit.Bias[evaluators[int.Parse(p.Name[Contrast.Length..], System.Globalization.CultureInfo.InvariantCulture) - 1]]
                : fit.Bias[p.Name]).ToDouble(),
            StringComparer.Ordinal);
    }

    static object? Resampling(KnownCase known)
    {
        var amounts = Vector(known, TenProjects);
        var found = GiniUncertainty.Resample(amounts, 0.95, 9_999, 42);
        static List<Roughly>? Limits((double Low, double High)? i) => i is { } v ? [new(v.Low, OfResampling), new(v.High, OfResampling)] : null;
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["se"] = found is null ? null : new Roughly(found.Error, OfResampling),
            ["bias"] = found is null ? null : new Roughly(found.Bias, OfResampling),
            ["perc"] = Limits(found?.Percentile),
            ["bca"] = Limits(found?.Bca),
            ["basic"] = Limits(found?.Basic),
            ["z0_note"] = new NotCompared("a remark in words"),
            ["jack"] = GiniUncertainty.Jackknife(amounts),
            ["accel"] = found?.Acceleration,
        };
    }

    /// <summary>The places, where input or results tell their values and neighbours.</summary>
    static JsonElement? Spatial(KnownCase known)
    {
        foreach (var place in new[] { known.Input, known.Expected })
        {
            if (place.ValueKind == JsonValueKind.Object && place.TryGetProperty("neighbours", out _) && (place.TryGetProperty("x", out _) || place.TryGetProperty("crime", out _))) return place;
        }
        return null;
    }

    static object? Places(KnownCase known)
    {
        var place = Spatial(known)!.Value;
        var name = place.TryGetProperty("x", out var told) ? "x" : "crime";
        var values = (name == "x" ? told : place.GetProperty(name)).Reals();
        List<List<int>> lists = [.. place.GetProperty("neighbours").EnumerateArray().Select(n => n.EnumerateArray().Select(i => checked((int)CaseNumbers.Whole(i.Exact()))).ToList())];
        var neighbours = new Neighbours(lists);
        var (moran, local) = (SpatialAutocorrelation.Moran(values, neighbours), SpatialAutocorrelation.LocalMoran(values, neighbours));
        var star = SpatialAutocorrelation.LocalGStar(values, neighbours);
        var answers = new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["n"] = values.Count,
            [name] = values,
            ["neighbours"] = lists,
            ["moran_W"] = moran is null ? null : new Dictionary<string, object?>(StringComparer.Ordinal)
            {
                ["I"] = moran.I,
                ["E"] = moran.Expected,
                ["var_rand"] = moran.VarianceRandomised,
                ["z_rand"] = moran.ZRandomised,
                ["p_rand_greater"] = moran.PRandomised,
                ["var_norm"] = moran.VarianceNormal,
                ["z_norm"] = moran.ZNormal,
            },
            ["I"] = moran?.I,
            ["E"] = moran?.Expected,
            ["var"] = moran?.VarianceRandomised,
            ["z"] = moran?.ZRandomised,
            ["p"] = moran?.PRandomised,
            ["moran_B_I"] = SpatialAutocorrelation.Moran(values, neighbours, WeightStyle.Binary)?.I,
            ["geary_C"] = SpatialAutocorrelation.Geary(values, neighbours),
            ["local_moran_Ii"] = local?.Select(l => l?.I).ToList(),
            ["local_I"] = local?.Select(l => l?.I).ToList(),
            ["local_moran_z"] = local?.Select(l => l?.Z).ToList(),
            ["quadrants"] = local?.Select(l => l?.Quadrant switch { Quadrant.LowLow => "Low-Low", Quadrant.LowHigh => "Low-High", Quadrant.HighLow => "High-Low", Quadrant.HighHigh => "High-High", _ => null }).ToList(),
            ["Gstar_z"] = star,
            ["Gstar"] = star,
            ["G_z"] = SpatialAutocorrelation.LocalG(values, neighbours),
            ["mc_p_999"] = SpatialAutocorrelation.MoranPermuted(values, neighbours, 999, 42) is { } p ? new Roughly(p, 0.01) : null,
        };
        if (known.Expects("global_G")) answers["global_G"] = SpatialAutocorrelation.GlobalG(values, neighbours);
        return answers;
    }
}
