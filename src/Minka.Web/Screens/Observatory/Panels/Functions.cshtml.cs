using Minka.Observatory.Panels;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Observatory.Panels;

[Public]
public sealed class FunctionsModel(Spending spending, Core.Territories.Country country) : ObservatoryScreen(spending, country), IListed
{
    public static IReadOnlyList<string> Columns { get; } = ["n", "total", "median", Indicators.First, "hhi", "eff_number_q1", "execution"];

    public IReadOnlyList<(string Code, string Name, Figures Figures)> Lines { get; private set; } = [];

    public override async Task LoadAsync()
    {
        if (!await OpenAsync()) return;
        Lines = [.. Reading.Rows(PanelBy.Function, Year, Amount).OrderByDescending(r => r.Total).ThenBy(r => r.Code, StringComparer.Ordinal)
            .Select(r => (r.Code, r.Name ?? (r.Code.Length > 0 ? r.Code : T["observatory.no-function"]), new Figures(r, null, null, (null, "needs-neighbours"))))];
    }

    public TableFile ToFile() => new("funciones",
        [T["observatory.column.code"], T["observatory.column.function"], T["observatory.column.year"], .. Columns.Select(c => Indicators.Find(c)!.NameIn(T))],
        Lines.Select(l => (IReadOnlyList<object?>)[l.Code, l.Name, Text(Year), .. Columns.Select(c => (object?)(c == "total" ? l.Figures.Row.Total : l.Figures.Of(Indicators.Find(c)!).Value is { } v ? Math.Round((decimal)v, 10) : null))]));
}
