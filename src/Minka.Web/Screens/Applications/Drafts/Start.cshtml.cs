using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Register;
using Minka.Core.Rules.Calendars;
using Minka.Web.Access;
using Minka.Web.Components;
using Minka.Web.Layout;
using Choice = Minka.Web.Components.Choice;
using EntityState = Minka.Core.Entities.EntityState;

namespace Minka.Web.Screens.Applications.Drafts;

/// <summary>An entity whose manager looks, with what it could apply with.</summary>
public sealed record StartingEntity(Guid Id, string Slug, string Name, DateOnly? AccreditedUntil, IReadOnlyList<Choice> Versions, IReadOnlyList<(Guid Id, string Title)> Applications, bool MayStart);

// The call's scope is its fund's; a manager's role is over the entity, which the form names.
[SignedIn]
public sealed class StartModel(AppDb db, StartApplication start) : Screen
{
    [BindProperty]
    public Guid Entity { get; set; }

    [BindProperty]
    public Guid Programme { get; set; }

    public Call Call { get; private set; } = null!;

    public bool IsOpen => Call.TakesApplicationsAt(Now);

    public int BusinessDaysLeft => BusinessCalendar.Peru.BusinessDaysBetween(Today, Call.Dates.Close.Day);

    public IReadOnlyList<StartingEntity> Entities { get; private set; } = [];

    public override async Task LoadAsync()
    {
        var slug = Route("call");
        Call = await db.Calls.AsNoTracking().SingleOrDefaultAsync(c => c.Slug == slug && c.State != CallState.Draft) ?? throw new NotFound("call", slug);
        var mine = Managed().Select(EntityId.From).ToList();
        var entities = await db.CoordinationEntities.AsNoTracking().Where(e => mine.Contains(e.Id) && e.State == EntityState.Active).OrderBy(e => e.Name).ToListAsync();
        var most = (await FrozenReads.RulesAsync(db, Call.Id, Call.Round))?.MostApplications ?? 1;
        var list = new List<StartingEntity>();
        foreach (var entity in entities)
        {
            var accreditation = await Accreditations.FindInForceAsync(db, Call.FundId, entity.Id, Today);
            var versions = await db.ProgrammeVersions.AsNoTracking().Where(v => v.EntityId == entity.Id && v.AdoptedByResolutionId != null)
                .OrderByDescending(v => v.AdoptedAt).Select(v => new { v.Id, v.ProgrammeId, v.Title, v.Number, v.FundAmount, v.ProjectCount }).ToListAsync();
            var known = await (from a in db.Applications
                               where a.CallId == Call.Id && a.EntityId == entity.Id && a.State != ApplicationState.Withdrawn
                               join v in db.ProgrammeVersions on a.ProgrammeVersionId equals v.Id
                               orderby a.StartedAt
                               select new { a.Id, v.Title, v.ProgrammeId }).ToListAsync();
            versions = [.. versions.Where(v => known.All(k => k.ProgrammeId != v.ProgrammeId))];
            list.Add(new(entity.Id.Value, entity.Slug, entity.Name, accreditation?.ValidTo,
                [.. versions.Select(v => new Choice(v.Id.Value.ToString(), T["applications.start.option", v.Title, v.Number], T["applications.start.option.hint", v.ProjectCount, v.FundAmount]))],
                known.ConvertAll(k => (k.Id.Value, k.Title)), known.Count < most));
        }
        Entities = list;
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!Managed().Contains(Entity)) return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        var id = await start.ExecuteAsync(Call.Id, new(Entity), new(Programme), new Actor(Person!.Id, Role.Manager.Word()), HttpContext.RequestAborted);
        return LocalRedirect($"/postulaciones/{id.Value}");
    }

    IEnumerable<Guid> Managed() => Person!.Grants.Where(g => g is { Role: Role.Manager, ScopeKind: ScopeKind.Entity, ScopeId: not null }).Select(g => g.ScopeId!.Value);
}
