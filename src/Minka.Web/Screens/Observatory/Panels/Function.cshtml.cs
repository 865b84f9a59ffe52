using Microsoft.AspNetCore.Mvc;
using Minka.Core.Kernel;
using Minka.Core.Territories;
using Minka.Measures.Spending;
using Minka.Observatory.Panels;
using Minka.Web.Access;
using Minka.Web.Charts;
using Minka.Web.Screens.Territories;

namespace Minka.Web.Screens.Observatory.Panels;

[Public]
public sealed class FunctionModel(Spending spending, Core.Territories.Country country, TerritoryMaps maps) : PanelScreen(spending, country)
{
    string name = "";

    public IReadOnlyList<(string Code, string Name, int Count, decimal Amount, double? PerHead)> Departments { get; private set; } = [];

    [BindProperty(SupportsGet = true, Name = "codigo")]
    public string? Asked { get; set; }

    public string Code => Asked ?? "";

    public override string ListHref => RowsHref(null, Code);

    public override string Title => name;

    public override async Task<IActionResult> OnGetAsync() => Code.Length == 0 ? Redirect("/observatorio/funciones") : await base.OnGetAsync();

    public override async Task LoadAsync()
    {
        name = Code.Length > 0 ? Code : T["observatory.column.function"];
        if (!await OpenAsync()) return;
        if (Reading.Trend(PanelBy.Function, Code, Amount).FirstOrDefault() is null && Reading.Row(new(PanelBy.Function, Code, Year, Amount)) is null) throw new NotFound("function", Code);
        ReadGroup(PanelBy.Function, Code, PeopleOfLoaded(), Space);
        name = Figures?.Row.Name ?? Code;
        Departments = [.. Reading.Departments(Group, HttpContext.RequestAborted).Select(d =>
            (d.Department, Country.Find(d.Department)?.Name ?? T[d.Department == "*" ? "observatory.several-places" : "observatory.no-place"], d.Count, d.Amount,
                Country.Find(d.Department) is { } place ? PopulationRates.PerHead(d.Amount, PeopleOf(place)) : null))];
        if (maps.OfCountry(Level.Department) is not { } shapes) return;
        var found = Departments.ToDictionary(d => d.Code, d => d.PerHead);
        Map = new(T["observatory.map.function", name], T["observatory.map.per-head"], shapes,
            [.. Country.Departments.Select(p => found.GetValueOrDefault(p.Code) is { } v ? new Area(p.Code, p.Name, Math.Round((decimal)v, 2), Indicators.Find("amount_per_head")!.Write(v), HrefOf(p)) : new Area(p.Code, p.Name, null, "", HrefOf(p)))])
        {
            Write = v => Indicators.Find("amount_per_head")!.Write((double)v),
            ValueHeading = T["observatory.i.amount_per_head"],
        };
        MapAttribution = Country.Outlines(Level.Department)?.Source.Attribution;
    }

    (Clustering?, string?) Space()
    {
        var money = Reading.Provinces(Group, HttpContext.RequestAborted).ToDictionary(p => p.Province, p => p.Amount, StringComparer.Ordinal);
        return (Clustering.Of(Country, Country.Provinces, p => money.TryGetValue(p.Code, out var m) ? m : null, PeopleOf), null);
    }
}
