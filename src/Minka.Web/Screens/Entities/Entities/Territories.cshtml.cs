using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Entities;

[May(Role.Secretary)]
public sealed class TerritoriesModel(AppDb db, SetEntityTerritories set) : Screen
{
    [BindProperty]
    public List<string> Chosen { get; set; } = [];

    public CoordinationEntity Entity { get; private set; } = null!;

    public IReadOnlyList<Components.Choice> Choices { get; private set; } = [];

    public override async Task LoadAsync()
    {
        var slug = Route("entity");
        Entity = await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == slug) ?? throw new NotFound("entity", slug);
        // The codes stand in one column; functional territories are few.
        Choices = [.. (await db.FunctionalTerritories.OrderBy(f => f.Name).Take(1_000).ToListAsync()).Where(f => f.Provinces.Any(Entity.ProvinceCodes.Contains))
            .Select(f => new Components.Choice(f.Id.Value.ToString(), f.Name, $"{T.Of(f.Kind)} · {f.Source}"))];
        if (HttpMethods.IsGet(Request.Method)) Chosen = [.. (await db.EntityTerritories.Where(t => t.EntityId == Entity.Id).Select(t => t.TerritoryId).ToListAsync()).Select(t => t.Value.ToString())];
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        await set.ExecuteAsync(Entity.Id, [.. Chosen.Select(c => Guid.TryParse(c, out var id) ? FunctionalTerritoryId.From(id) : default).Where(t => t != default)], Actor);
        Say("entities.territories.done");
        return Redirect($"/entidades/{Entity.Slug}");
    }
}
