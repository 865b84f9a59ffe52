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
public sealed class OfEntityModel(AppDb db) : Screen, IListed
{
    public const int Size = 50;

    IQueryable<Programme> all = null!;

    [BindProperty(SupportsGet = true, Name = "pagina")]
    public int Number { get; set; } = 1;

    public int Total { get; private set; }

    public CoordinationEntity Entity { get; private set; } = null!;

    public IReadOnlyList<Programme> Rows { get; private set; } = [];

    public bool MayEdit { get; private set; }

    public bool MayRead { get; private set; }

    public override async Task LoadAsync()
    {
        Entity = await db.EntityAsync(Route("entity"));
        (MayEdit, MayRead) = (May(PlanningFinds.Editors), May(PlanningFinds.Readers));
        all = db.Programmes.Where(p => p.EntityId == Entity.Id);
        if (!MayRead) all = all.Where(p => p.State == ProgrammeState.Adopted);
        Total = await all.CountAsync();
        Number = Math.Clamp(Number, 1, Math.Max(1, (Total + Size - 1) / Size));
        Rows = await SliceAsync((Number - 1) * Size, Size);
    }

    async Task<IReadOnlyList<Programme>> SliceAsync(int from, int count) => await all.OrderBy(p => p.Title).ThenBy(p => p.Slug).Skip(from).Take(count).ToListAsync();

    public TableFile ToFile() => new($"{Entity.Slug}-programas",
        [T["planning.programme"], T["planning.state"], T["planning.adopted-on"]],
        Listing.AllAsync(SliceAsync).Select(p => (IReadOnlyList<object?>)[p.Title, T.Of(p.State), p.AdoptedAt]));
}
