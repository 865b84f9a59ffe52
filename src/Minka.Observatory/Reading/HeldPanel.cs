using Minka.Observatory.Panels;

namespace Minka.Observatory.Reading;

/// <summary>A panel in memory, found by group and year.</summary>
internal sealed class HeldPanel
{
    private readonly Dictionary<(string Code, int Year), PanelRow> _rows;
    private readonly Dictionary<int, List<PanelRow>> _years;
    private readonly Dictionary<string, string> _names;

    public HeldPanel(Panel panel)
    {
        _rows = panel.Rows.ToDictionary(r => (r.Code, r.Year ?? 0));
        _years = panel.Rows.GroupBy(r => r.Year ?? 0).ToDictionary(g => g.Key, g => g.OrderBy(r => r.Code, StringComparer.Ordinal).ToList());
        _names = panel.Rows.Where(r => r.Name is not null).GroupBy(r => r.Code, StringComparer.Ordinal).ToDictionary(g => g.Key, g => g.First().Name!, StringComparer.Ordinal);
        Years = [.. _years.Keys.OrderBy(y => y == 0 ? int.MinValue : -y).Select(y => y == 0 ? (int?)null : y)];
    }

    public IReadOnlyList<int?> Years { get; }

    public PanelRow? Row(string code, int? year) => _rows.GetValueOrDefault((code, year ?? 0));

    public IReadOnlyList<PanelRow> Rows(int? year) => _years.TryGetValue(year ?? 0, out var rows) ? rows : [];

    public IReadOnlyList<PanelRow> Trend(string code) => [.. _years.Keys.Where(y => y > 0).Order().Select(y => _rows.GetValueOrDefault((code, y))).OfType<PanelRow>()];

    public string? NameOf(string code) => _names.GetValueOrDefault(code);
}
