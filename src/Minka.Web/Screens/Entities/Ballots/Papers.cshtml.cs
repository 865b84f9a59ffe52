using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Entities.Ballots;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Ballots;

/// <summary>Paper ballots to print, all alike: nothing on one tells it from another.</summary>
[May(Role.Secretary)]
public sealed class PapersModel(AppDb db, BallotQuery ballots) : Screen
{
    const int Most = 60;

    public BallotBox Box { get; private set; } = null!;

    public CoordinationEntity Entity { get; private set; } = null!;

    public int Copies { get; private set; }

    public override async Task LoadAsync()
    {
        var id = BallotBoxId.From(RouteId("box"));
        Box = await ballots.FindAsync(AssemblyId.From(RouteId("assembly")), id) ?? throw new NotFound("ballot-box", id.Value);
        Entity = await (from a in db.Assemblies where a.Id == Box.AssemblyId join e in db.CoordinationEntities on a.EntityId equals e.Id select e).SingleAsync();
        var pending = (await ballots.PendingAsync(Box, Now)).Sum(s => s.Votes) + (await ballots.TookPartAsync(id)).OnPaper;
        Copies = (int)Math.Clamp(pending, 4, Most);
    }
}
