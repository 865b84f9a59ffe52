using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Minka.Core.Entities;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Entities;

[Public]
public sealed class ListModel(EntityList list, Country country) : Screen, IListed
{
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true, Name = "lugar")]
    public string? Place { get; set; }

    [BindProperty(SupportsGet = true, Name = "tipo")]
    public string? Kind { get; set; }

    [BindProperty(SupportsGet = true, Name = "pagina")]
    public string? Pagina { get; set; }

    public Country Country => country;

    public IReadOnlyList<EntityRow> Rows { get; private set; } = [];

    public int Total { get; private set; }

    public int PageNumber { get; private set; }

    public bool Filtered => !string.IsNullOrWhiteSpace(Q) || !string.IsNullOrEmpty(Place) || !string.IsNullOrEmpty(Kind);

    public IReadOnlyList<Components.Choice> Kinds => [.. CompositionTemplates.All.Select(k => new Components.Choice(k.Id, k.Name.In(T.Language)))];

    public IReadOnlyList<Components.Choice> Places => [.. country.Departments.Select(d => new Components.Choice(d.Code, d.Name))];

    public override async Task LoadAsync()
    {
        PageNumber = int.TryParse(Pagina, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 1;
        (Rows, Total) = await list.PageAsync(new EntityFilter(Q, Kind, Place), PageNumber, Today);
    }

    public TableFile ToFile() => new("entidades",
        [T["entities.name"], T["entities.kind"], T["entities.provinces"], T["entities.members"], T["entities.composition"], T["entities.state"], T["entities.created"]],
        Listing.AllAsync((from, count) => list.SliceAsync(new EntityFilter(Q, Kind, Place), from, count, Today)).Select(r => (IReadOnlyList<object?>)[r.Name, EntityWords.Template(T, r.TemplateId),
            EntityWords.Provinces(country, r.ProvinceCodes), r.Members, T[r.Composition.IsMet ? "entities.met" : "entities.not-met"], T.Of(r.State), r.CreatedAt]));
}
