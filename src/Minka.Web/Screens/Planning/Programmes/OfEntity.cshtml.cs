using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Planning;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Programmes;

[Public]
public sealed class OfEntityModel(AppDb db) : Screen
{
    public CoordinationEntity Entity { get; private set; } = null!;

    public IReadOnlyList<Programme> Rows { get; private set; } = [];

    public bool MayEdit { get; private set; }

    public bool MayRead { get; private set; }

    public override async Task LoadAsync()
    {
        Entity = await db.EntityAsync(Route("entity"));
        (MayEdit, MayRead) = (May(PlanningFinds.Editors), May(PlanningFinds.Readers));
        var all = db.Programmes.Where(p => p.EntityId == Entity.Id);
        if (!MayRead) all = all.Where(p => p.State == ProgrammeState.Adopted);
        Rows = await all.OrderBy(p => p.Title).ToListAsync();
    }
}
