using Microsoft.AspNetCore.Mvc;
using Minka.Core.Kernel;
using Minka.Core.Territories;
using Minka.Observatory.Panels;
using Minka.Observatory.Reading;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Observatory.Projects;

/// <summary>The rows behind every figure: the projects of a place or function, largest first.</summary>
[Public]
public sealed class ListModel(Spending spending, Core.Territories.Country country) : ObservatoryScreen(spending, country), IListed
{
    public const int Size = 50;

    /// <summary>Rows of a file that are read at once.</summary>
    const int Slice = 20_000;

    [BindProperty(SupportsGet = true, Name = "lugar")]
    public string? PlaceCode { get; set; }

    [BindProperty(SupportsGet = true, Name = "funcion")]
    public string? Function { get; set; }

    public Territory? Place { get; private set; }

    public SpendGroup Group { get; private set; } = null!;

    public IReadOnlyList<SpendProject> Shown { get; private set; } = [];

    public int Total { get; private set; }

    public int Number { get; private set; } = 1;

    /// <summary>Of the place, when a place and a function are asked for together.</summary>
    string? Only => Place is null ? null : Function;

    public string About => (Place, Function) switch
    {
        ({ } place, { } f) => $"{place.Name}, {f}",
        ({ } place, null) => place.Name,
        (null, { } f) => f,
        _ => T["observatory.the-country"],
    };

    public override async Task LoadAsync()
    {
        if (string.IsNullOrWhiteSpace(PlaceCode)) PlaceCode = null;
        if (string.IsNullOrWhiteSpace(Function)) Function = null;
        Place = PlaceCode is null ? null : Country.Find(PlaceCode) ?? throw new NotFound("territory", PlaceCode);
        if (!await OpenAsync()) return;
        Group = Place is { } place ? new(ByOf(place.Level), place.Code, Year, Amount)
            : Function is { } f ? new(PanelBy.Function, f, Year, Amount) : new(PanelBy.Country, SpendReading.Country, Year, Amount);
        Number = PageOf(int.MaxValue / 2, Size);
        (Shown, Total) = Reading.Projects(Group, Only, (Number - 1) * Size, Size, HttpContext.RequestAborted);
        if (Shown.Count > 0 || Total == 0) return;
        Number = PageOf(Total, Size);
        Shown = Reading.Projects(Group, Only, (Number - 1) * Size, Size, HttpContext.RequestAborted).Projects;
    }

    public string? DistrictOf(SpendProject project) => project.Place is { } code ? Country.Find(code)?.Name ?? code : null;

    public string NameOf(string column) => T[$"observatory.amount.{column}"];

    /// <summary>Amounts beside the one that the page is about.</summary>
    public IReadOnlyList<string> Others => Shown.Count == 0 ? [] : [.. Shown[0].Others.Select(o => o.Column).Where(c => c != Column)];

    string Column => Amount switch { PanelAmount.Devengado => "accrued", PanelAmount.Pim => "pim", PanelAmount.Costo => "costo", PanelAmount.Viable => "viable", _ => "convenio" };

    public TableFile ToFile()
    {
        List<string> head = [T["observatory.column.code"], T["observatory.column.project"], T["observatory.column.year"], T.Of(Amount), T["observatory.column.function"], T["observatory.column.ubigeo"], T["observatory.column.place"], T["observatory.column.level"]];
        return Ready ? new("proyectos", [.. head, .. Others.Select(NameOf)], Rows()) : new("proyectos", head, []);
    }

    IEnumerable<IReadOnlyList<object?>> Rows()
    {
        for (var from = 0; from < Total; from += Slice)
        {
            foreach (var p in Reading.Projects(Group, Only, from, Slice, HttpContext.RequestAborted).Projects)
                yield return [p.Code, p.Name, Text(Year), p.Amount, p.Function, p.Place, DistrictOf(p), p.Level, .. p.Others.Where(o => o.Column != Column).Select(o => (object?)o.Value)];
        }
    }
}
