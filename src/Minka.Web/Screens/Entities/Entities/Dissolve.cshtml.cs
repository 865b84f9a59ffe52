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
public sealed class DissolveModel(AppDb db, DissolveEntity dissolve) : Screen
{
    [BindProperty]
    public string? Resolution { get; set; }

    [BindProperty]
    public string? Why { get; set; }

    [BindProperty]
    public string? Repeated { get; set; }

    public CoordinationEntity Entity { get; private set; } = null!;

    public IReadOnlyList<Components.Choice> Resolutions { get; private set; } = [];

    public override async Task LoadAsync()
    {
        var slug = Route("entity");
        Entity = await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == slug) ?? throw new NotFound("entity", slug);
        Resolutions = [.. (await db.Resolutions.Where(r => r.EntityId == Entity.Id && r.State == ResolutionState.InForce).OrderByDescending(r => r.Number).Take(100).ToListAsync())
            .Select(r => new Components.Choice(r.Id.Value.ToString(), $"{r.Code} · {r.Title}"))];
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (string.IsNullOrWhiteSpace(Why)) Fault(nameof(Why), "rule." + EntitiesRules.WhyMissing);
        if (Country.PlainText(Repeated ?? "") != Country.PlainText(Entity.Name)) Fault(nameof(Repeated), "entities.dissolve.name-wrong", Entity.Name);
        if (!ModelState.IsValid) return await AgainAsync();
        await dissolve.ExecuteAsync(Entity.Id, Why!, Guid.TryParse(Resolution, out var id) ? ResolutionId.From(id) : null, Actor);
        Say("entities.dissolve.done", Entity.Name);
        return Redirect($"/entidades/{Entity.Slug}");
    }
}
