using Minka.Web.Layout;

namespace Minka.Web.Screens.Observatory;

/// <summary>The panels; no figure sums them up.</summary>
public enum SheetPanel
{
    Size,
    Concentration,
    Cohesion,
    Spending,
}

/// <summary>How a figure is written.</summary>
public enum FigureUnit
{
    Count,
    Money,
    Share,
    Number,
    Index,
}

/// <summary>An indicator as pages know it; its name and formula are the texts <c>observatory.i.KEY</c> and <c>observatory.f.KEY</c>.</summary>
/// <param name="OnMap">A rate or an index: places of any size can be compared by it.</param>
public sealed record IndicatorInfo(string Key, SheetPanel Panel, FigureUnit Unit, bool OnMap = false)
{
    const char Thin = '\u202F';

    public string NameIn(T texts) => texts[$"observatory.i.{Key}"];

    public string FormulaIn(T texts) => texts[$"observatory.f.{Key}"];

    public string Write(double value) => Unit switch
    {
        FigureUnit.Count => Format.Number(value, 0),
        FigureUnit.Money => $"S/{Thin}{Format.Number(value, Math.Abs(value) < 1_000 ? 2 : 0)}",
        FigureUnit.Share => $"{Format.Number(100 * value, 1)}{Thin}%",
        FigureUnit.Index => Format.Number(value, 3),
        _ => Format.Number(value, 2),
    };
}

public static class Indicators
{
    /// <summary>What a map is coloured by first: the «atomización» of the press, by number of projects.</summary>
    public const string First = "atomisation_count_share_lt_1M";

    public static IReadOnlyList<IndicatorInfo> All { get; } =
    [
        new("n", SheetPanel.Size, FigureUnit.Count),
        new("total", SheetPanel.Size, FigureUnit.Money),
        new("amount_per_head", SheetPanel.Size, FigureUnit.Money, true),
        new("projects_per_10k_inhabitants", SheetPanel.Size, FigureUnit.Number, true),
        new("projects_per_million", SheetPanel.Size, FigureUnit.Number, true),
        new("median", SheetPanel.Size, FigureUnit.Money, true),
        new("mean", SheetPanel.Size, FigureUnit.Money, true),
        new("p90_type7", SheetPanel.Size, FigureUnit.Money, true),
        new("size_weighted_mean", SheetPanel.Size, FigureUnit.Money, true),
        new(First, SheetPanel.Size, FigureUnit.Share, true),
        new("amount_share_lt_1M", SheetPanel.Size, FigureUnit.Share, true),
        new("share_lt_100k", SheetPanel.Size, FigureUnit.Share, true),
        new("amount_share_lt_100k", SheetPanel.Size, FigureUnit.Share, true),
        new("large_gt_10M", SheetPanel.Size, FigureUnit.Share, true),
        new("amount_large_gt_10M", SheetPanel.Size, FigureUnit.Share, true),
        new("fixed_cost_burden", SheetPanel.Size, FigureUnit.Share),
        new("hhi", SheetPanel.Concentration, FigureUnit.Index, true),
        new("hhi_normalised", SheetPanel.Concentration, FigureUnit.Index),
        new("frag_1_minus_hhi", SheetPanel.Concentration, FigureUnit.Index),
        new("eff_number_q0", SheetPanel.Concentration, FigureUnit.Count),
        new("eff_number_q1", SheetPanel.Concentration, FigureUnit.Number, true),
        new("eff_number_q2", SheetPanel.Concentration, FigureUnit.Number),
        new("eff_number_qinf", SheetPanel.Concentration, FigureUnit.Number),
        new("pielou_evenness", SheetPanel.Concentration, FigureUnit.Index),
        new("cr1", SheetPanel.Concentration, FigureUnit.Share),
        new("cr4", SheetPanel.Concentration, FigureUnit.Share, true),
        new("gini_population", SheetPanel.Concentration, FigureUnit.Index, true),
        new("gini_sample_corrected", SheetPanel.Concentration, FigureUnit.Index),
        new("theil_T", SheetPanel.Concentration, FigureUnit.Index, true),
        new("theil_L_mld_positive", SheetPanel.Concentration, FigureUnit.Index),
        new("hhi_axes", SheetPanel.Concentration, FigureUnit.Index, true),
        new("eff_axes", SheetPanel.Concentration, FigureUnit.Number, true),
        new("eff_projects_per_axis", SheetPanel.Concentration, FigureUnit.Number, true),
        new("theil_between_axes", SheetPanel.Concentration, FigureUnit.Index),
        new("theil_within_axes", SheetPanel.Concentration, FigureUnit.Index),
        new("axis_alignment", SheetPanel.Cohesion, FigureUnit.Share),
        new("axis_untagged_share", SheetPanel.Cohesion, FigureUnit.Share),
        new("linked_pair_share", SheetPanel.Cohesion, FigureUnit.Share, true),
        new("mean_similarity", SheetPanel.Cohesion, FigureUnit.Index),
        new("amount_weighted_similarity", SheetPanel.Cohesion, FigureUnit.Index),
        new("isolated_amount_share", SheetPanel.Cohesion, FigureUnit.Share, true),
        new("components", SheetPanel.Cohesion, FigureUnit.Count),
        new("largest_component_amount_share", SheetPanel.Cohesion, FigureUnit.Share),
        new("modularity", SheetPanel.Cohesion, FigureUnit.Index, true),
        new("moran_i", SheetPanel.Cohesion, FigureUnit.Index),
        new("moran_p", SheetPanel.Cohesion, FigureUnit.Index),
        new("gstar_high_places", SheetPanel.Cohesion, FigureUnit.Count),
        new("gstar_low_places", SheetPanel.Cohesion, FigureUnit.Count),
        new("execution", SheetPanel.Spending, FigureUnit.Share, true),
        new("paid_of_accrued", SheetPanel.Spending, FigureUnit.Share),
        new("pim_of_pia", SheetPanel.Spending, FigureUnit.Number),
        new("share_of_projects_without_accrual", SheetPanel.Spending, FigureUnit.Share, true),
        new("continuity", SheetPanel.Spending, FigureUnit.Share, true),
        new("share_of_projects_without_budget", SheetPanel.Spending, FigureUnit.Share),
        new("december_share", SheetPanel.Spending, FigureUnit.Share, true),
        new("foncomun_dependence", SheetPanel.Spending, FigureUnit.Share, true),
        new("canon_dependence", SheetPanel.Spending, FigureUnit.Share, true),
        new("cost_overrun_weighted", SheetPanel.Spending, FigureUnit.Share, true),
        new("cost_overrun_median", SheetPanel.Spending, FigureUnit.Share),
        new("cost_overrun_real_weighted", SheetPanel.Spending, FigureUnit.Share, true),
        new("cost_overrun_real_median", SheetPanel.Spending, FigureUnit.Share),
        new("share_of_projects_over_cost", SheetPanel.Spending, FigureUnit.Share, true),
        new("time_overrun_median", SheetPanel.Spending, FigureUnit.Share),
        new("time_overrun_open_share", SheetPanel.Spending, FigureUnit.Share),
        new("works_unfinished", SheetPanel.Spending, FigureUnit.Count),
        new("paralysed_count_share", SheetPanel.Spending, FigureUnit.Share, true),
        new("paralysed_amount_share", SheetPanel.Spending, FigureUnit.Share),
        new("leverage", SheetPanel.Spending, FigureUnit.Number),
    ];

    public static IndicatorInfo? Find(string? key) => All.FirstOrDefault(i => i.Key == key);
}
