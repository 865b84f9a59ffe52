using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Room;

/// <param name="Representative">Personal.</param>
public sealed record SheetLine(string Organisation, string Representative);

/// <summary>The attendance sheet to print, for rooms without a network; it is typed in afterwards on the session's page.</summary>
[May(Role.Secretary)]
public sealed class SheetModel(AppDb db) : Screen
{
    public Assembly Assembly { get; private set; } = null!;

    public CoordinationEntity Entity { get; private set; } = null!;

    public IReadOnlyList<SheetLine> Lines { get; private set; } = [];

    public override async Task LoadAsync()
    {
        var id = AssemblyId.From(RouteId("assembly"));
        Assembly = await db.Assemblies.SingleOrDefaultAsync(a => a.Id == id) ?? throw new NotFound("assembly", id.Value);
        Entity = await db.CoordinationEntities.SingleAsync(e => e.Id == Assembly.EntityId);
        Lines = await (from s in db.RollSeats where s.AssemblyId == id join m in db.Members on s.MemberId equals m.Id orderby s.Organisation select new SheetLine(s.Organisation, m.RepresentativeName)).ToListAsync();
    }
}
