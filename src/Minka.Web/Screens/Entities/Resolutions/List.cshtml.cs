using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Resolutions;

[Public]
public sealed class ListModel(AppDb db) : Screen
{
    const int Size = 50;

    [BindProperty(SupportsGet = true, Name = "estado")]
    public string? State { get; set; }

    [BindProperty(SupportsGet = true, Name = "pagina")]
    public string? Pagina { get; set; }

    public CoordinationEntity Entity { get; private set; } = null!;

    public IReadOnlyList<Resolution> Rows { get; private set; } = [];

    public int Total { get; private set; }

    public int PageNumber { get; private set; } = 1;

    public IReadOnlyList<FilterChoice> States =>
        [new("", T["entities.resolutions.every"]), .. Enum.GetValues<ResolutionState>().Select(s => new FilterChoice(s.ToString(), T.Of(s)))];

    public override async Task LoadAsync()
    {
        var slug = Route("entity");
        Entity = await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == slug) ?? throw new NotFound("entity", slug);
        var query = db.Resolutions.Where(r => r.EntityId == Entity.Id);
        if (Enum.TryParse<ResolutionState>(State, out var state) && Enum.IsDefined(state)) query = query.Where(r => r.State == state);
        Total = await query.CountAsync();
        PageNumber = int.TryParse(Pagina, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? Math.Clamp(number, 1, Math.Max(1, (Total + Size - 1) / Size)) : 1;
        Rows = await query.OrderByDescending(r => r.Number).Skip((PageNumber - 1) * Size).Take(Size).ToListAsync();
    }
}
