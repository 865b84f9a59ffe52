using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Entities.Prioritisation;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Prioritisation;

/// <summary>Slips with one code each, to cut and hand out at the door. They are shown once: only digests are kept.</summary>
[May(Role.Secretary)]
public sealed class SlipsModel(AppDb db, RunPrioritisation run) : Screen
{
    [BindProperty]
    public string? Place { get; set; }

    [BindProperty]
    public int Number { get; set; } = 30;

    public PrioritisationSession Session { get; private set; } = null!;

    public IReadOnlyList<string> Codes { get; private set; } = [];

    public IEnumerable<Components.Choice> Places => Session.Workshops.Select(w => new Components.Choice(w.Id, w.Place));

    public CoordinationEntity Entity { get; private set; } = null!;

    public string Workshop => Session.Workshops.First(w => w.Id == Place).Place;

    public string Address => $"{Request.Scheme}://{Request.Host}/priorizar/{Session.Id.Value}";

    /// <summary>What somebody types who cannot scan.</summary>
    public string Short => $"{Request.Host}/priorizar";

    public override async Task LoadAsync()
    {
        var slug = Route("entity");
        var id = PrioritisationId.From(RouteId("session"));
        Entity = await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == slug) ?? throw new NotFound("entity", slug);
        Session = await (from s in db.PrioritisationSessions where s.Id == id join e in db.CoordinationEntities on s.EntityId equals e.Id where e.Slug == slug select s).SingleOrDefaultAsync() ?? throw new NotFound("prioritisation", id.Value);
        if (Session.Workshops.Count == 1) Place ??= Session.Workshops[0].Id;
    }

    public async Task<IActionResult> OnPostAsync()
    {
        await LoadAsync();
        if (!ModelState.IsValid) return await AgainAsync();
        Response.Headers.CacheControl = "no-store";
        Codes = await run.PrintSlipsAsync(Session.Id, Place ?? "", Number, Actor);
        return Page();
    }
}
