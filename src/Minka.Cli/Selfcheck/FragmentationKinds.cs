using System.Numerics;
using System.Text.Json;
using Minka.Measures.Dispersion;

namespace Minka.Cli.Selfcheck;

/// <summary>Cases of <c>fragmentation.json</c>: measures of a list of amounts, and decompositions over groups.</summary>
static class FragmentationKinds
{
    const string File = "fragmentation";

    public static readonly IReadOnlyList<CaseKind> All =
    [
        new(File, c => c.InputIsNumbers && c.Expected.ValueKind == JsonValueKind.Object, Amounts),
        new(File, c => c.Input.ValueKind == JsonValueKind.Object && c.Expected.ValueKind == JsonValueKind.Object
            && c.Input.EnumerateObject().All(g => g.Value.ValueKind == JsonValueKind.Array), Groups),
    ];

    static object? Amounts(KnownCase known)
    {
        var amounts = known.Input.Moneys();
        var answers = IndicatorsOf(AmountDispersion.Of(amounts));
        // Bands need whole minor units; a list that asks for none may hold amounts of any fineness.
        if (known.Expected.EnumerateObject().Any(p => p.Name.Contains("_lt_", StringComparison.Ordinal) || p.Name.Contains("1M", StringComparison.Ordinal) || p.Name.Contains("10M", StringComparison.Ordinal)))
        {
            var unit = (long)BigInteger.Pow(10, amounts.Max(a => (int?)a.Scale) ?? 0);
            foreach (var (name, value) in BandsOf(SizeProfile.Of([.. amounts.Select(a => (long)(a * unit))], unit))) answers[name] = value;
        }
        return answers;
    }

    /// <summary>Every indicator of size and concentration by its published name.</summary>
    internal static Dictionary<string, object?> IndicatorsOf(AmountDispersion d) => new(StringComparer.Ordinal)
    {
        ["n"] = d.Count,
        ["n_positive"] = d.Positive,
        ["total"] = (double)d.Total,
        ["mean"] = d.Mean,
        ["median"] = d.Median,
        ["p90_type7"] = d.P90,
        ["size_weighted_mean"] = d.SizeWeightedMean,
        ["hhi"] = d.Hhi,
        ["hhi_10000"] = d.Hhi * 10_000,
        ["hhi_normalised"] = d.HhiNormalised,
        ["frag_1_minus_hhi"] = d.Fragmentation,
        ["shannon_nats"] = d.Shannon,
        ["pielou_evenness"] = d.Pielou,
        ["eff_number_q0"] = d.Positive == 0 ? null : (object)d.Positive,
        ["eff_number_q1"] = d.EffectiveNumber,
        ["eff_number_q2"] = d.EffectiveNumberOfOrder2,
        ["eff_number_qinf"] = d.EffectiveNumberOfInfiniteOrder,
        ["cr1"] = d.Cr1,
        ["cr4"] = d.Cr4,
        ["gini_population"] = d.Gini,
        ["gini_sample_corrected"] = d.GiniSample,
        ["theil_T"] = d.TheilT,
        ["theil_L_mld_positive"] = d.TheilL,
        ["cv_population"] = d.Variation,
    };

    internal static Dictionary<string, object?> BandsOf(SizeProfile p) => new(StringComparer.Ordinal)
    {
        ["atomisation_count_share_lt_1M"] = p.Below1MCount,
        ["amount_share_lt_1M"] = p.Below1MAmount,
        ["share_lt_100k"] = p.Below100kCount,
        ["amount_share_lt_100k"] = p.Below100kAmount,
        ["medium_1M_10M"] = p.MediumCount,
        ["amount_medium_1M_10M"] = p.MediumAmount,
        ["large_gt_10M"] = p.LargeCount,
        ["amount_large_gt_10M"] = p.LargeAmount,
    };

    static object? Groups(KnownCase known)
    {
        List<string> names = [.. known.Input.EnumerateObject().Select(g => g.Name)];
        List<IReadOnlyCollection<decimal>> groups = [.. known.Input.EnumerateObject().Select(g => g.Value.Moneys())];
        var (t, l, h, e) = (Decompositions.TheilT(groups), Decompositions.TheilL(groups), Decompositions.Hhi(groups), Decompositions.Entropy(groups));
        // Which index the groups' own values are of is known by what else is asked.
        var perGroup = known.Expects("T") ? t?.PerGroup : known.Expects("L") ? l?.PerGroup : known.Expects("hhi") ? h?.PerGroup : null;
        return new Dictionary<string, object?>(StringComparer.Ordinal)
        {
            ["T"] = t?.All,
            ["within"] = t?.Within,
            ["between"] = t?.Between,
            ["between_share"] = t?.BetweenShare,
            ["per_group"] = perGroup is null ? null : names.Zip(perGroup).ToDictionary(p => p.First, object? (p) => p.Second, StringComparer.Ordinal),
            ["L"] = l?.All,
            ["L_within"] = l?.Within,
            ["L_between"] = l?.Between,
            ["L_between_share"] = l?.BetweenShare,
            ["hhi"] = h?.All,
            ["sum_g"] = h?.Parts.Sum(),
            ["H"] = e?.All,
            ["H_between_groups"] = e?.Between,
            ["H_within_weighted"] = e?.Within,
            ["eff_number"] = e is null ? null : Math.Exp(e.All),
            ["eff_groups"] = e is null ? null : Math.Exp(e.Between),
            ["eff_per_group"] = e is null ? null : Math.Exp(e.Within),
        };
    }
}
