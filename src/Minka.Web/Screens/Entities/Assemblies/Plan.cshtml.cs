using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Assemblies;

/// <summary>One session, foreseen or convened.</summary>
public sealed record PlanRow(DateOnly On, string Title, PlannedSessionId? Planned, AssemblyId? Assembly, AssemblyState? Is, bool Passed)
{
    public Tone Tone => Is is { } state ? EntityWords.ToneOf(state) : Passed ? Tone.Broken : Tone.Info;

    public string State(T t) => Is is { } state ? t.Of(state) : t[Passed ? "entities.plan.passed" : "entities.plan.foreseen"];
}

/// <summary>The year's sessions: what is foreseen, what was convened, what the rule still asks for.</summary>
[Public]
public sealed class PlanModel(AppDb db, PlanSessions plan) : Screen, IListed
{
    public const int Size = 50;

    [BindProperty]
    public string? On { get; set; }

    [BindProperty]
    public string? Subject { get; set; }

    [BindProperty]
    public Guid Planned { get; set; }

    public CoordinationEntity Entity { get; private set; } = null!;

    public IReadOnlyList<MandateClock> Clocks { get; private set; } = [];

    public IReadOnlyList<PlanRow> Rows { get; private set; } = [];

    public int Total { get; private set; }

    public int PageNumber { get; private set; } = 1;

    public override async Task LoadAsync()
    {
        var slug = Route("entity");
        Entity = await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == slug) ?? throw new NotFound("entity", slug);
        Clocks = [.. (await MandateClocks.ReadAsync(db, Entity, Today)).Where(c => c.Page == "plan")];
        Total = await db.PlannedSessions.CountAsync(p => p.EntityId == Entity.Id);
        PageNumber = PageOf(Total, Size);
        Rows = await SliceAsync((PageNumber - 1) * Size, Size);
    }

    async Task<IReadOnlyList<PlanRow>> SliceAsync(int from, int count)
    {
        var found = await (from p in db.PlannedSessions
                           where p.EntityId == Entity.Id
                           join a in db.Assemblies on p.AssemblyId equals a.Id into convened
                           from a in convened.DefaultIfEmpty()
                           orderby p.On descending, p.Id
                           select new { p.On, p.Title, p.Id, p.AssemblyId, State = a == null ? null : (AssemblyState?)a.State }).Skip(from).Take(count).ToListAsync();
        return [.. found.Select(f => new PlanRow(f.On, f.Title, f.Id, f.AssemblyId, f.State, f.On < Today))];
    }

    public async Task<IActionResult> OnPostAddAsync()
    {
        if (!May(Role.Secretary)) return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        if (!TypedTime.TryDay(On, out var on)) Fault(nameof(On), "rule." + EntitiesRules.CsvDateInvalid, On);
        if (string.IsNullOrWhiteSpace(Subject)) Fault(nameof(Subject), "rule." + EntitiesRules.TitleMissing);
        if (!ModelState.IsValid) return await AgainAsync();
        await plan.AddAsync(Entity.Id, on, Subject!, Actor);
        Say("entities.plan.added");
        return Redirect($"/entidades/{Entity.Slug}/plan");
    }

    public async Task<IActionResult> OnPostRemoveAsync()
    {
        if (!May(Role.Secretary)) return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        var id = PlannedSessionId.From(Planned);
        if (!await db.PlannedSessions.AnyAsync(p => p.Id == id && p.EntityId == Entity.Id)) throw new NotFound("planned-session", Planned);
        await plan.RemoveAsync(id, Actor);
        Say("entities.plan.removed");
        return Redirect($"/entidades/{Entity.Slug}/plan");
    }

    public TableFile ToFile() => new($"{Entity.Slug}-plan", [T["entities.plan.on"], T["entities.plan.what"], T["entities.state"]],
        Listing.AllAsync(SliceAsync).Select(r => (IReadOnlyList<object?>)[r.On, r.Title, r.State(T)]));
}
