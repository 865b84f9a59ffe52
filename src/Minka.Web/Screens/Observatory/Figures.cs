using Minka.Core.Territories;
using Minka.Measures.Dispersion;
using Minka.Measures.Spending;
using Minka.Observatory.Panels;

namespace Minka.Web.Screens.Observatory;

/// <summary>An indicator of a group: its value, or the code of why there is none.</summary>
public sealed record Figure(IndicatorInfo Info, double? Value, string? Why);

/// <summary>The figures of a group: those that the store prepared, and those that need what only the country pack or the reader knows.</summary>
/// <param name="Row">The prepared row.</param>
/// <param name="People">Inhabitants; null where the pack has none.</param>
/// <param name="Overhead">What one project costs apart from its works, in soles, as the reader typed it.</param>
/// <param name="Space">Clustering of the parts of the place, or why there is none.</param>
public sealed record Figures(PanelRow Row, decimal? People, decimal? Overhead, (Clustering? Found, string? Why) Space)
{
    public int Count => (int)(Row["n"] ?? 0);

    public decimal Total => Row.Total ?? 0;

    public Figure Of(IndicatorInfo info)
    {
        ArgumentNullException.ThrowIfNull(info);
        return info.Key switch
        {
            "amount_per_head" => new(info, Row.Total is null ? null : PopulationRates.PerHead(Total, People), Row.Total is null ? "no-projects" : "no-population"),
            "projects_per_10k_inhabitants" => new(info, Row["n"] is null ? null : PopulationRates.ProjectsPerTenThousand(Count, People), Row["n"] is null ? Row.Reasons.GetValueOrDefault("n", "no-projects") : "no-population"),
            "fixed_cost_burden" => new(info, Overhead is { } f && Row["n"] is not null ? FixedCost.Burden(Count, f, Total) : null, Overhead is null ? "no-overhead" : "no-money"),
            "moran_i" => InSpace(c => c.Moran?.I),
            "moran_p" => InSpace(c => c.Moran?.PRandomised),
            "gstar_high_places" => InSpace(c => c.Moran is null ? null : c.Lines.Count(l => l.Side == 1)),
            "gstar_low_places" => InSpace(c => c.Moran is null ? null : c.Lines.Count(l => l.Side == -1)),
            // A panel measures real projects; only an adopted programme declares axes, and it is shown apart.
            "axis_alignment" => new(info, Row[info.Key], "programme-apart"),
            _ => new(info, Row[info.Key], Row.Reasons.GetValueOrDefault(info.Key, "no-projects")),
        };

        Figure InSpace(Func<Clustering, double?> figure) => new(info, Space.Found is { } c ? figure(c) : null, Space.Found?.Why ?? Space.Why ?? "needs-neighbours");
    }

    public IEnumerable<Figure> Of(SheetPanel panel) => Indicators.All.Where(i => i.Panel == panel).Select(Of);
}
