using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Planning;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Programmes;

[Public]
public sealed class ListModel(AppDb db, ProgrammeList list) : Screen, IListed
{
    [BindProperty(SupportsGet = true, Name = "q")]
    public string? Q { get; set; }

    [BindProperty(SupportsGet = true, Name = "entidad")]
    public string? Entidad { get; set; }

    [BindProperty(SupportsGet = true, Name = "pagina")]
    public string? PageText { get; set; }

    /// <summary>Name of the entity whose programmes are asked for.</summary>
    public string? EntityName { get; private set; }

    /// <summary>Whether there is any adopted programme at all.</summary>
    public bool Any { get; private set; }

    public ProgrammePage Shown { get; private set; } = new([], 1, 0);

    public TableFile ToFile() => new("programas",
        [T["planning.programme"], T["planning.entity"], T["planning.projects.title"], T["planning.cost"], T["planning.asks-fund"], T["planning.version"], T["planning.digest"], T["planning.adopted-on"]],
        Listing.AllAsync((from, count) => list.SliceAsync(new(Q, Entidad), from, count)).Select(r => (IReadOnlyList<object?>)[r.Title, r.Entity, r.Projects, r.Total, r.Fund, r.Version, r.Digest.Hex, r.AdoptedAt]));

    public override async Task LoadAsync()
    {
        if (!string.IsNullOrEmpty(Entidad)) EntityName = await db.CoordinationEntities.Where(e => e.Slug == Entidad).Select(e => e.Name).SingleOrDefaultAsync();
        Any = await list.AnyAsync();
        Shown = await list.PageAsync(new(Q, Entidad), int.TryParse(PageText, out var page) ? page : 1);
    }
}
