using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Planning;
using Minka.Core.Rules.Calendars;
using Minka.Web.Access;
using Minka.Web.Components;

namespace Minka.Web.Screens.Applications.Drafts;

public sealed record TaskRow(string Title, string? Href, Tone Tone, string State, string Hint);

public sealed record CheckGroup(string Anchor, string Title, IReadOnlyList<FormalCheck> Checks);

[May(Role.Manager, Role.Secretary)]
public sealed class ShowModel(ApplicationCases cases, AppDb db, ChooseVersion choose) : ApplicationScreen(cases)
{
    static readonly (CheckPlace Place, string? Page)[] Parts =
        [(CheckPlace.Entity, null), (CheckPlace.Programme, null), (CheckPlace.Holder, "titular"), (CheckPlace.Commitments, "aportes"), (CheckPlace.Narratives, "propuesta"), (CheckPlace.Documents, "documentos"), (CheckPlace.Terms, "condiciones")];

    IReadOnlyList<FormalCheck> checks = [];

    public int BusinessDaysLeft => BusinessCalendar.Peru.BusinessDaysBetween(Today, Case.Call.Dates.Close.Day);

    /// <summary>Whether the draft is no longer what was submitted.</summary>
    public bool Differs { get; private set; }

    public IReadOnlyList<Choice> OtherVersions { get; private set; } = [];

    public IEnumerable<TaskRow> Tasks => Parts.Where(p => p.Place != CheckPlace.Terms || Case.Rules.Pack.Award.AsksTerms).Select(Task);

    /// <summary>The verdicts in full of what no form changes: promoter and programme.</summary>
    public IEnumerable<CheckGroup> Places => Parts.Where(p => p.Page is null)
        .Select(p => new CheckGroup(Anchor(p.Place), T[$"applications.place.{Anchor(p.Place)}"], [.. checks.Where(c => c.Place == p.Place)]));

    public Tone StateTone => Application.State switch
    {
        ApplicationState.Draft => Tone.Neutral,
        ApplicationState.Observed => Tone.Attention,
        ApplicationState.Inadmissible or ApplicationState.Disqualified or ApplicationState.Withdrawn => Tone.Broken,
        _ => Tone.Met,
    };

    public IReadOnlyList<Step> Steps
    {
        get
        {
            ApplicationState[] way = [ApplicationState.Draft, ApplicationState.Submitted, ApplicationState.Opened, ApplicationState.Admitted, ApplicationState.Scored];
            if (Application.State is ApplicationState.Withdrawn or ApplicationState.Disqualified or ApplicationState.Inadmissible)
                return [new(T.Of(ApplicationState.Draft), StepState.Done), new(T.Of(Application.State), StepState.Stopped)];
            var here = Application.State is ApplicationState.Observed or ApplicationState.Cured ? ApplicationState.Opened : Application.State;
            var at = Array.IndexOf(way, here);
            return [.. way.Select((s, i) => new Step(T.Of(i == at ? Application.State : s), i < at ? StepState.Done : i == at ? StepState.Now : StepState.Next))];
        }
    }

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        checks = Case.Checks();
        if (Application.LastSubmissionId is { } last)
        {
            var digest = await db.Submissions.Where(s => s.Id == last).Select(s => s.ContentDigest).SingleAsync();
            Differs = Application.State == ApplicationState.Submitted && digest != Case.Content.Digest();
        }
        var versions = await db.ProgrammeVersions.AsNoTracking().Where(v => v.EntityId == Case.Entity.Id && v.AdoptedByResolutionId != null)
            .OrderByDescending(v => v.AdoptedAt).Select(v => new { v.Id, v.Title, v.Number }).ToListAsync();
        if (versions.Any(v => v.Id != Case.ProgrammeVersion.Id)) OtherVersions = [.. versions.Select(v => new Choice(v.Id.Value.ToString(), T["applications.start.option", v.Title, v.Number]))];
    }

    public async Task<IActionResult> OnPostVersionAsync(Guid programme)
    {
        if (!May(Role.Manager)) return StatusCode(StatusCodes.Status403Forbidden);
        await choose.ExecuteAsync(Id, new(programme), Actor, HttpContext.RequestAborted);
        Say("applications.show.version.done");
        return LocalRedirect(Home);
    }

    TaskRow Task((CheckPlace Place, string? Page) part)
    {
        var here = checks.Where(c => c.Place == part.Place).ToList();
        var lacking = here.Where(c => c.Fails).ToList();
        var tone = lacking.Count == 0 ? Tone.Met : lacking.Any(c => c.Blocks) ? Tone.Broken : Tone.Attention;
        var state = lacking.Count == 0 ? T["applications.task.ready"] : T.Count(lacking.Count, "applications.task.lacks.one", "applications.task.lacks.many");
        var hint = lacking.Count == 0 ? T[$"applications.place.{Anchor(part.Place)}.hint"] : Say(lacking[0]);
        return new(T[$"applications.place.{Anchor(part.Place)}"], part.Page is null ? "#" + Anchor(part.Place) : $"{Home}/{part.Page}", tone, state, hint);
    }

    static string Anchor(CheckPlace place) => place.ToString().ToLowerInvariant();
}
