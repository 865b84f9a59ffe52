using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Screens.Territories;

namespace Minka.Web.Screens.Observatory.Panels;

/// <summary>Two pages of paper about one place.</summary>
[Public]
public sealed class SheetModel(Spending spending, Core.Territories.Country country, TerritoryMaps maps, Gazetteer gazetteer, AppDb db) : PlaceScreen(spending, country, maps, gazetteer, db)
{
    /// <summary>What a sheet of paper has room for; the screen shows all.</summary>
    public static IReadOnlyList<string> Printed { get; } =
    [
        "n", "total", "amount_per_head", "projects_per_10k_inhabitants", "median", "size_weighted_mean", Indicators.First, "amount_share_lt_1M",
        "hhi", "eff_number_q1", "cr4", "gini_population", "theil_T", "eff_axes", "eff_projects_per_axis",
        "linked_pair_share", "isolated_amount_share", "modularity", "moran_i",
        "execution", "continuity", "december_share", "foncomun_dependence", "canon_dependence", "cost_overrun_real_weighted", "time_overrun_median", "paralysed_count_share",
    ];

    public override Task LoadAsync() => LoadPlaceAsync(Levels.OfCode(Route("territory")) ?? throw new NotFound("territory", Route("territory")), Route("territory"));
}
