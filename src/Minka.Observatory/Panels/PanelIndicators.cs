namespace Minka.Observatory.Panels;

/// <summary>Indicators of a group from the sums that the database returns; names and formulas are those of <c>Minka.Measures</c> and methods.md.</summary>
public static class PanelIndicators
{
    /// <summary>All names, size first, then concentration, cohesion, and how the money is spent.</summary>
    public static IReadOnlyList<string> Names { get; } =
    [
        // Size: every project counts alike.
        "n", "n_positive", "n_negative_left_out", "total", "mean", "median", "p90_type7", "size_weighted_mean",
        "atomisation_count_share_lt_1M", "amount_share_lt_1M", "share_lt_100k", "amount_share_lt_100k", "medium_1M_10M", "amount_medium_1M_10M", "large_gt_10M", "amount_large_gt_10M",
        "projects_per_10k_inhabitants", "projects_per_million", "fixed_cost_burden",
        // Concentration: every sol counts alike.
        "hhi", "hhi_10000", "hhi_normalised", "frag_1_minus_hhi", "shannon_nats", "pielou_evenness", "eff_number_q0", "eff_number_q1", "eff_number_q2", "eff_number_qinf", "cr1", "cr4",
        "gini_population", "gini_sample_corrected", "theil_T", "theil_L_mld_positive", "cv_population", "hhi_axes", "eff_axes", "eff_projects_per_axis", "theil_between_axes", "theil_within_axes",
        // Cohesion: every link between two projects counts alike.
        "linked_pair_share", "mean_similarity", "amount_weighted_similarity", "isolated_amount_share", "components", "largest_component_amount_share", "modularity", "axis_alignment", "axis_untagged_share",
        // Cohesion in space: of the group's parts, then of the place itself among its like.
        "moran_i", "moran_z", "moran_p", "gstar_high_places", "gstar_low_places", "gstar_z", "gstar_fdr_side",
        // How it is spent.
        "execution", "paid_of_accrued", "pim_of_pia", "share_of_projects_without_accrual", "continuity", "share_of_projects_without_budget", "december_share", "foncomun_dependence", "canon_dependence",
        "cost_overrun_weighted", "cost_overrun_median", "cost_overrun_real_weighted", "cost_overrun_real_median", "share_of_projects_over_cost", "time_overrun_median", "time_overrun_open_share",
        "works_unfinished", "paralysed_count_share", "paralysed_amount_share", "leverage",
    ];

    internal static PanelRow Row(string code, string? name, int? year, Sums s, bool sameAxis, LinkedParts? linked)
    {
        var v = new Dictionary<string, double?>(StringComparer.Ordinal);
        var why = new Dictionary<string, string>(StringComparer.Ordinal);
        var n = s["n"] ?? 0;
        var total = s["t"] ?? 0;
        var positive = s["n_positive"] ?? 0;
        var projects = n > 0;
        void Put(string key, double? value, string reason)
        {
            v[key] = value is { } x && double.IsFinite(x) ? x : null;
            if (v[key] is null)
                why[key] = reason;
        }

        var none = s.Has("n") ? "no-projects" : "no-projects-in-the-data";
        var money = total > 0 ? none : projects ? "no-money" : none;
        double? If(bool condition, double value) => condition ? value : null;
        var has = projects && total > 0;

        Put("n", s["n"], none);
        Put("n_positive", s["n_positive"], none);
        Put("n_negative_left_out", s["negative"], none);
        Put("total", s["t"], none);
        Put("mean", If(projects, total / n), none);
        Put("median", s["median"], none);
        Put("p90_type7", s["p90"], none);
        var squares = s["q"] ?? 0;
        Put("size_weighted_mean", If(has, squares / total), money);
        Put("atomisation_count_share_lt_1M", If(projects, (s["n100k"] + s["n1m"] ?? 0) / n), none);
        Put("amount_share_lt_1M", If(has, (s["t100k"] + s["t1m"] ?? 0) / total), money);
        Put("share_lt_100k", If(projects, (s["n100k"] ?? 0) / n), none);
        Put("amount_share_lt_100k", If(has, (s["t100k"] ?? 0) / total), money);
        Put("medium_1M_10M", If(projects, (s["n10m"] ?? 0) / n), none);
        Put("amount_medium_1M_10M", If(has, (s["t10m"] ?? 0) / total), money);
        Put("large_gt_10M", If(projects, (s["nbig"] ?? 0) / n), none);
        Put("amount_large_gt_10M", If(has, (s["tbig"] ?? 0) / total), money);
        Put("projects_per_10k_inhabitants", null, "no-population-given");
        Put("projects_per_million", If(has, n / (total / 1e6)), money);
        Put("fixed_cost_burden", null, "no-overhead-given");

        var hhi = has ? squares / (total * total) : 0;
        var shannon = has ? Math.Max(0, Math.Log(total) - ((s["l"] ?? 0) / total)) : 0;
        Put("hhi", If(has, hhi), money);
        Put("hhi_10000", If(has, hhi * 10_000), money);
        Put("hhi_normalised", If(has && positive > 1, (hhi - (1 / positive)) / (1 - (1 / positive))), has ? "one-project" : money);
        Put("frag_1_minus_hhi", If(has, 1 - hhi), money);
        Put("shannon_nats", If(has, shannon), money);
        Put("pielou_evenness", If(has && positive > 1, shannon / Math.Log(positive)), has ? "one-project" : money);
        Put("eff_number_q0", If(positive > 0, positive), money);
        Put("eff_number_q1", If(has, Math.Exp(shannon)), money);
        Put("eff_number_q2", If(has, 1 / hhi), money);
        Put("eff_number_qinf", If(has, total / (s["largest"] ?? 0)), money);
        Put("cr1", If(has, (s["largest"] ?? 0) / total), money);
        Put("cr4", If(has, n <= 4 ? 1 : (s["top4"] ?? 0) / total), money);
        var gini = has ? ((2 * (s["r"] ?? 0)) - ((n + 1) * total)) / total : 0;
        Put("gini_population", If(has, Math.Max(0, gini / n)), money);
        Put("gini_sample_corrected", If(has && n > 1, Math.Max(0, gini / (n - 1))), has ? "one-project" : money);
        var theil = has ? Math.Max(0, Math.Log(n) - shannon) : 0;
        Put("theil_T", If(has, theil), money);
        Put("theil_L_mld_positive", If(has, Math.Max(0, Math.Log(total / positive) - ((s["logs"] ?? 0) / positive))), money);
        Put("cv_population", If(has, (s["deviation"] ?? 0) / (total / n)), money);
        var axes = (s["axes"] ?? 0) > 0 && !sameAxis;
        var noAxes = has ? sameAxis ? "one-axis-by-definition" : "no-function-in-the-data" : money;
        var between = has && axes ? Math.Max(0, Math.Log(total) - ((s["lf"] ?? 0) / total)) : 0;
        Put("hhi_axes", If(has && axes, (s["qf"] ?? 0) / (total * total)), noAxes);
        Put("eff_axes", If(has && axes, Math.Exp(between)), noAxes);
        Put("eff_projects_per_axis", If(has && axes, Math.Exp(Math.Max(0, shannon - between))), noAxes);
        var theilBetween = has && axes ? Math.Max(0, ((s["bf"] ?? 0) / total) - Math.Log(total / n)) : 0;
        Put("theil_between_axes", If(has && axes, theilBetween), noAxes);
        Put("theil_within_axes", If(has && axes, Math.Max(0, theil - theilBetween)), noAxes);

        var pairs = n * (n - 1) / 2;
        var ties = n > 1 && axes;
        var noTies = n > 1 ? noAxes : projects ? "one-project" : none;
        Put("linked_pair_share", If(ties, ((s["pf"] ?? 0) + (s["pd"] ?? 0) - (s["pfd"] ?? 0)) / pairs), noTies);
        Put("mean_similarity", If(ties, ((s["pf"] ?? 0) + (s["pd"] ?? 0)) / 2 / pairs), noTies);
        var products = ((total * total) - squares) / 2;
        Put("amount_weighted_similarity", If(ties && products > 0, ((s["xf"] ?? 0) + (s["xd"] ?? 0)) / 2 / products), ties ? "one-project" : noTies);
        Put("isolated_amount_share", If(ties && has, (s["isolated"] ?? 0) / total), noTies);
        Put("components", If(ties, linked?.Count ?? 0), noTies);
        Put("largest_component_amount_share", If(ties && has, (linked?.Largest ?? 0) / total), noTies);
        // Q of the links against the functions; a project without one is a part of its own.
        var links = (s["pf"] ?? 0) + (s["pd"] ?? 0) - (s["pfd"] ?? 0);
        Put("modularity", If(ties && links > 0, ((s["pf"] ?? 0) / links) - ((s["ends"] ?? 0) / (4 * links * links))), ties ? "no-links" : noTies);
        Put("axis_alignment", null, "no-declared-axes");
        Put("axis_untagged_share", If(has && axes, (s["untagged"] ?? 0) / total), noAxes);
        foreach (var spatial in (string[])["moran_i", "moran_z", "moran_p", "gstar_high_places", "gstar_low_places", "gstar_z", "gstar_fdr_side"])
            Put(spatial, null, "no-map-given");

        var pim = s["pim"] ?? 0;
        var budget = s.Has("pim") ? "no-budget" : "not-in-this-table";
        Put("execution", If(pim != 0, (s["accrued"] ?? 0) / pim), budget);
        Put("paid_of_accrued", If((s["accrued"] ?? 0) != 0, (s["paid"] ?? 0) / (s["accrued"] ?? 0)), s.Has("paid") ? "nothing-accrued" : "not-in-this-table");
        Put("pim_of_pia", If((s["pia"] ?? 0) != 0, pim / (s["pia"] ?? 0)), s.Has("pia") ? "no-initial-budget" : "not-in-this-table");
        Put("share_of_projects_without_accrual", If((s["with_pim"] ?? 0) > 0, (s["idle"] ?? 0) / (s["with_pim"] ?? 0)), s.Has("with_pim") ? "no-budget" : "not-in-this-table");
        Put("continuity", s["before"] is { } first && first > 0 ? If(pim > 0, (s["continued"] ?? 0) / pim) : null, !s.Has("before") ? "not-in-this-table" : pim > 0 ? "first-year" : "no-budget");
        Put("share_of_projects_without_budget", s.Has("with_pim") ? If(projects, 1 - ((s["with_pim"] ?? 0) / n)) : null, s.Has("with_pim") ? none : "not-in-this-table");
        Put("december_share", If((s["accrued"] ?? 0) > 0 && (s["december"] ?? 0) > 0, (s["december"] ?? 0) / (s["accrued"] ?? 0)), s.Has("december") ? (s["accrued"] ?? 0) > 0 ? "no-months-in-the-data" : "nothing-accrued" : "not-in-this-table");
        Put("foncomun_dependence", If((s["all_pim"] ?? 0) > 0 && (s["rubros"] ?? 0) > 0, (s["foncomun"] ?? 0) / (s["all_pim"] ?? 0)), s.Has("all_pim") ? "no-funding-in-the-data" : "not-in-this-table");
        Put("canon_dependence", If((s["all_pim"] ?? 0) > 0 && (s["rubros"] ?? 0) > 0, (s["canon"] ?? 0) / (s["all_pim"] ?? 0)), s.Has("all_pim") ? "no-funding-in-the-data" : "not-in-this-table");
        Put("cost_overrun_weighted", If((s["viable"] ?? 0) > 0, ((s["updated"] ?? 0) - (s["viable"] ?? 0)) / (s["viable"] ?? 0)), s.Has("viable") ? "no-viable-cost" : "not-in-this-table");
        Put("cost_overrun_median", s["overrun"], s.Has("viable") ? "no-viable-cost" : "not-in-this-table");
        var undated = !s.Has("viable") ? "not-in-this-table" : (s["costed"] ?? 0) > 0 ? "no-prices-of-the-years" : "no-viable-cost";
        Put("cost_overrun_real_weighted", If((s["viable_real"] ?? 0) > 0, ((s["cost_real"] ?? 0) / (s["viable_real"] ?? 0)) - 1), undated);
        Put("cost_overrun_real_median", s["overrun_real"], undated);
        Put("share_of_projects_over_cost", If((s["costed"] ?? 0) > 0, (s["over"] ?? 0) / (s["costed"] ?? 0)), s.Has("viable") ? "no-viable-cost" : "not-in-this-table");
        Put("time_overrun_median", s["late"], s.Has("viable") ? "no-dates" : "not-in-this-table");
        Put("time_overrun_open_share", If((s["timed"] ?? 0) > 0, (s["open"] ?? 0) / (s["timed"] ?? 0)), s.Has("viable") ? "no-dates" : "not-in-this-table");
        var unfinished = s["unfinished"] ?? 0;
        var works = !s.Has("viable") ? "not-in-this-table" : (s["dated"] ?? 0) == 0 ? "no-date-of-last-progress" : "no-unfinished-works";
        Put("works_unfinished", s.Has("viable") && (s["dated"] ?? 0) > 0 ? unfinished : null, works);
        Put("paralysed_count_share", If(unfinished > 0, (s["stopped"] ?? 0) / unfinished), works);
        Put("paralysed_amount_share", If((s["unfinished_amount"] ?? 0) > 0, (s["stopped_amount"] ?? 0) / (s["unfinished_amount"] ?? 0)), unfinished > 0 ? "no-money" : works);
        Put("leverage", If((s["transfer"] ?? 0) > 0, (s["counterpart"] ?? 0) / (s["transfer"] ?? 0)), s.Has("transfer") ? "no-transfer" : "not-in-this-table");
        return new PanelRow(code, name, year, s.Exact, v, why);
    }

    /// <summary>A row of sums by name; a name that the table does not have is not the same as nothing.</summary>
    internal sealed class Sums(IReadOnlyList<string> columns, object?[] row)
    {
        public decimal? Exact => Value("exact") is string text ? decimal.Parse(text, System.Globalization.CultureInfo.InvariantCulture) : null;

        public double? this[string name] => Value(name) switch
        {
            double d => d,
            long l => l,
            _ => null,
        };

        public bool Has(string name) => Index(name) >= 0;

        public object? Value(string name) => Index(name) is >= 0 and var i ? row[i] : null;

        private int Index(string name)
        {
            for (var i = 0; i < columns.Count; i++)
            {
                if (columns[i] == name)
                    return i;
            }

            return -1;
        }
    }
}
