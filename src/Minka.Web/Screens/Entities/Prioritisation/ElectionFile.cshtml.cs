using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Entities.Ballots;
using Minka.Core.Entities.Prioritisation;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Prioritisation;

/// <summary>A closed prioritisation as a .pb file; its digest stands in the register.</summary>
[Public]
public sealed class ElectionFileModel(AppDb db) : Screen
{
    public override async Task<IActionResult> OnGetAsync()
    {
        var slug = Route("entity");
        var id = PrioritisationId.From(RouteId("session"));
        var session = await (from s in db.PrioritisationSessions where s.Id == id join e in db.CoordinationEntities on s.EntityId equals e.Id where e.Slug == slug select s).SingleOrDefaultAsync();
        if (session is not { State: PrioritisationState.Closed }) return NotFound();
        var ballots = await db.CountedBallots.Where(b => b.UrnId == id.Value).Select(b => b.Marking).ToListAsync();
        var paper = await db.PaperBatches.Where(b => b.SessionId == id && b.Round == 1).ToListAsync();
        return File(RunPrioritisation.FileOf(session.ElectionOf([.. ballots, .. paper.SelectMany(b => b.Ballots)])), "text/plain; charset=utf-8", $"priorizacion-{id.Value.ToString("N")[..8]}.pb");
    }
}
