using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Resolutions;

[May(Role.Secretary)]
public sealed class EndModel(AppDb db, EndResolution end) : Screen
{
    [BindProperty]
    public string How { get; set; } = "fulfil";

    [BindProperty]
    public string? Why { get; set; }

    public CoordinationEntity Entity { get; private set; } = null!;

    public Resolution Resolution { get; private set; } = null!;

    public IReadOnlyList<Components.Choice> Ways =>
        [new("fulfil", T["entities.resolution.end.fulfil"], T["entities.resolution.end.fulfil-hint"]), new("expire", T["entities.resolution.end.expire"], T["entities.resolution.end.expire-hint"])];

    public override async Task LoadAsync()
    {
        var slug = Route("entity");
        Entity = await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == slug) ?? throw new NotFound("entity", slug);
        if (!int.TryParse(Route("number"), out var number)) throw new NotFound("resolution", Route("number"));
        Resolution = await db.Resolutions.SingleOrDefaultAsync(r => r.EntityId == Entity.Id && r.Number == number) ?? throw new NotFound("resolution", number);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (string.IsNullOrWhiteSpace(Why))
        {
            Fault(nameof(Why), "rule." + EntitiesRules.WhyMissing);
            return await AgainAsync();
        }
        if (How == "expire") await end.ExpireAsync(Resolution.Id, Why, Actor);
        else await end.FulfilAsync(Resolution.Id, Why, Actor);
        Say("entities.resolution.end.done", Resolution.Code);
        return Redirect($"/entidades/{Entity.Slug}/acuerdos/{Resolution.Number}");
    }
}
