using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Entities.Resolutions;

/// <summary>What a resolution asks of whom and by when, and what came of it. The entity's own people see persons here; the public page does not.</summary>
[May(Role.Secretary, Role.Manager, Role.Representative, Role.Auditor)]
public sealed class TasksModel(AppDb db, FollowResolution follow) : Screen
{
    [BindProperty]
    public string? What { get; set; }

    [BindProperty]
    public string? Member { get; set; }

    [BindProperty]
    public string? Who { get; set; }

    [BindProperty]
    public string? Due { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    [BindProperty]
    public Guid Task { get; set; }

    public CoordinationEntity Entity { get; private set; } = null!;

    public Resolution Resolution { get; private set; } = null!;

    public IReadOnlyList<ResolutionTask> Tasks { get; private set; } = [];

    public IReadOnlyList<ResolutionFollowUp> Notes { get; private set; } = [];

    public IReadOnlyList<Components.Choice> Members { get; private set; } = [];

    public override async Task LoadAsync()
    {
        var slug = Route("entity");
        Entity = await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == slug) ?? throw new NotFound("entity", slug);
        if (!int.TryParse(Route("number"), out var number)) throw new NotFound("resolution", Route("number"));
        Resolution = await db.Resolutions.SingleOrDefaultAsync(r => r.EntityId == Entity.Id && r.Number == number) ?? throw new NotFound("resolution", number);
        Tasks = await db.ResolutionTasks.Where(t => t.ResolutionId == Resolution.Id).OrderBy(t => t.DueOn).Take(100).ToListAsync();
        Notes = await db.ResolutionFollowUps.Where(n => n.ResolutionId == Resolution.Id).OrderByDescending(n => n.At).Take(100).ToListAsync();
        var today = Today;
        Members = [.. (await db.Members.Where(m => m.EntityId == Entity.Id && m.MandateFrom <= today && today <= m.MandateTo).OrderBy(m => m.Organisation).Take(500).Select(m => new { m.Id, m.Organisation }).ToListAsync())
            .Select(m => new Components.Choice(m.Id.Value.ToString(), m.Organisation))];
    }

    public string? TypedOf(string field, Guid task) => Request.HasFormContentType ? Request.Form[$"{field}-{task:N}"].ToString() : null;

    public async Task<IActionResult> OnPostAssignAsync()
    {
        if (!May(Role.Secretary)) return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        if (string.IsNullOrWhiteSpace(What)) Fault(nameof(What), "rule." + EntitiesRules.TaskWhatMissing);
        if (!Guid.TryParse(Member, out var member)) Fault(nameof(Member), "entities.tasks.responsible-missing");
        if (!TypedTime.TryDay(Due, out var due)) Fault(nameof(Due), "rule." + EntitiesRules.CsvDateInvalid, Due);
        if (!ModelState.IsValid) return await AgainAsync();
        await follow.AssignAsync(Resolution.Id, new(What!, MemberId.From(member), Who, due), Actor);
        return Back("entities.tasks.assigned");
    }

    public async Task<IActionResult> OnPostDoneAsync()
    {
        if (!May(Role.Secretary)) return StatusCode(StatusCodes.Status403Forbidden);
        var task = await FindAsync();
        var how = TypedOf("how", Task) ?? "";
        if (string.IsNullOrWhiteSpace(how))
        {
            Fault($"how-{Task:N}", "entities.tasks.how-missing");
            return await AgainAsync();
        }
        await follow.FinishAsync(task, how, Actor);
        return Back("entities.tasks.marked");
    }

    public async Task<IActionResult> OnPostPostponeAsync()
    {
        if (!May(Role.Secretary)) return StatusCode(StatusCodes.Status403Forbidden);
        var task = await FindAsync();
        if (!TypedTime.TryDay(TypedOf("due", Task), out var due)) Fault($"due-{Task:N}", "rule." + EntitiesRules.CsvDateInvalid, TypedOf("due", Task));
        if (string.IsNullOrWhiteSpace(TypedOf("why", Task))) Fault($"why-{Task:N}", "rule." + EntitiesRules.WhyMissing);
        if (!ModelState.IsValid) return await AgainAsync();
        await follow.PostponeAsync(task, due, TypedOf("why", Task)!, Actor);
        return Back("entities.tasks.postponed");
    }

    public async Task<IActionResult> OnPostNoteAsync()
    {
        if (!May(Role.Secretary)) return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        if (string.IsNullOrWhiteSpace(Text))
        {
            Fault(nameof(Text), "rule." + EntitiesRules.FollowUpMissing);
            return await AgainAsync();
        }
        await follow.NoteAsync(Resolution.Id, Text, Actor);
        return Back("entities.tasks.noted");
    }

    async Task<ResolutionTaskId> FindAsync()
    {
        await LoadAsync();
        var id = ResolutionTaskId.From(Task);
        return Tasks.Any(t => t.Id == id) ? id : throw new NotFound("resolution-task", Task);
    }

    RedirectResult Back(string said)
    {
        Say(said);
        return Redirect($"/entidades/{Entity.Slug}/acuerdos/{Resolution.Number}/encargos");
    }
}

/// <summary>The state of a task in words and tone.</summary>
public static class TaskWords
{
    public static string State(T t, ResolutionTask task, DateOnly today) => t[task.DoneAt is not null ? "entities.tasks.state.done" : task.IsOverdueOn(today) ? "entities.tasks.state.overdue" : "entities.tasks.state.open"];

    public static Tone ToneOf(ResolutionTask task, DateOnly today) => task.DoneAt is not null ? Tone.Met : task.IsOverdueOn(today) ? Tone.Broken : Tone.Info;
}
