using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Planning;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Programmes;

[Public]
public sealed class ListModel(AppDb db, ProgrammeList list) : Screen
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

    public string File(string kind)
    {
        var query = new QueryBuilder();
        if (!string.IsNullOrWhiteSpace(Q)) query.Add("q", Q);
        if (!string.IsNullOrWhiteSpace(Entidad)) query.Add("entidad", Entidad);
        return $"/programas.{kind}{query}";
    }

    public override async Task LoadAsync()
    {
        if (!string.IsNullOrEmpty(Entidad)) EntityName = await db.CoordinationEntities.Where(e => e.Slug == Entidad).Select(e => e.Name).SingleOrDefaultAsync();
        Any = await list.AnyAsync();
        Shown = await list.PageAsync(new(Q, Entidad), int.TryParse(PageText, out var page) ? page : 1);
    }
}
