using Microsoft.AspNetCore.Mvc;
using Minka.Core.Territories;
using Minka.Observatory.Panels;
using Minka.Observatory.Reading;
using Minka.Web.Access;
using Minka.Web.Components;
using Minka.Web.Screens.Territories;

namespace Minka.Web.Screens.Observatory.Panels;

[Public]
public sealed class CountryModel(Spending spending, Core.Territories.Country country, TerritoryMaps maps) : PanelScreen(spending, country)
{
    [BindProperty(SupportsGet = true, Name = "nivel")]
    public string? LevelName { get; set; }

    public Level Level => LevelName == "departamento" ? Level.Department : Level.Province;

    public IReadOnlyList<Choice> LevelChoices => [new("provincia", T["territories.level.provincia.many"]), new("departamento", T["territories.level.departamento.many"])];

    /// <summary>The table of the map: so many places with their figures would make the page too large.</summary>
    public string PlacesHref => $"/observatorio/lugares{Query(("indicador", Chosen.Key), ("nivel", Level.Slug))}";

    public override string ListHref => RowsHref(null);

    public override string Title => T["observatory.the-country"];

    public override async Task LoadAsync()
    {
        if (!await OpenAsync()) return;
        var places = Country.Of(Level);
        var rows = Reading.Rows(ByOf(Level), Year, Amount).ToDictionary(r => r.Code, StringComparer.Ordinal);
        ReadGroup(PanelBy.Country, SpendReading.Country, PeopleOfLoaded(), () => (null, "choose-provinces"));
        Parts = [.. places.Where(p => rows.ContainsKey(p.Code)).Select(p => (p.Code, p.Name, (string?)HrefOf(p), FiguresOf(rows[p.Code], p)))];
        PartsTitle = T[$"territories.level.{Level.Slug}.many"];
        Draw(maps.OfCountry(Level), places, T["observatory.map.country"], Level);
    }
}
