using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Outcome;

/// <summary>The vigilance committee: who was elected, what it reports, what was replied. Complaints are for the entity and its auditors.</summary>
[Public]
public sealed class VigilanceModel(AppDb db, WatchBudget watch) : BudgetScreen(db), IListed
{
    [BindProperty]
    public Guid Workshop { get; set; }

    [BindProperty]
    public int Seats { get; set; } = 4;

    [BindProperty]
    public int Women { get; set; } = 2;

    [BindProperty]
    public long Ballots { get; set; }

    [BindProperty]
    public long Blank { get; set; }

    [BindProperty]
    public long Null { get; set; }

    /// <summary>One a line: "number of the agent; votes".</summary>
    [BindProperty]
    public string? Votes { get; set; }

    [BindProperty]
    public string? Drawn { get; set; }

    [BindProperty]
    public string? Code { get; set; }

    [BindProperty]
    public Guid Agent { get; set; }

    [BindProperty]
    public string? Text { get; set; }

    [BindProperty]
    public string? Complaint { get; set; }

    public string? ComplaintCode { get; private set; }

    public IReadOnlyList<VigilanceNote> Notes { get; private set; } = [];

    public IReadOnlyList<Choice> WorkshopChoices { get; private set; } = [];

    public IEnumerable<Choice> Sitting => Process.Committee?.Sitting.Select(c => new Choice(c.AgentId.Value.ToString(), c.Organisation)) ?? [];

    public string NameOf(BudgetAgentId agent) => Process.Committee?.Candidates.FirstOrDefault(c => c.AgentId == agent)?.Organisation ?? "–";

    public string Typed(string field) => Request.HasFormContentType && Request.Form.TryGetValue(field, out var typed) ? typed.ToString() : "";

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var id = Process.Id;
        var notes = Db.VigilanceNotes.Where(n => n.ProcessId == id);
        if (!IsReader) notes = notes.Where(n => n.Kind == NoteKind.Report);
        Notes = await notes.OrderByDescending(n => n.At).Take(60).ToListAsync();
        if (IsTeam && Process.Committee is null)
        {
            var workshops = await Db.BudgetWorkshops.Where(w => w.ProcessId == id && w.State != WorkshopState.Cancelled).OrderByDescending(w => w.StartsAt).ToListAsync();
            WorkshopChoices = [.. workshops.Select(w => new Choice(w.Id.Value.ToString(), w.Title))];
        }
    }

    public async Task<IActionResult> OnPostElectAsync()
    {
        if (!IsTeam) return StatusCode(StatusCodes.Status403Forbidden);
        await LoadAsync();
        var votes = new List<(int, long)>();
        foreach (var (at, line) in (Votes ?? "").ReplaceLineEndings("\n").Split('\n').Index().Where(l => !string.IsNullOrWhiteSpace(l.Item)))
        {
            var cells = line.Split([';', ':', '='], StringSplitOptions.TrimEntries);
            if (cells.Length == 2 && int.TryParse(cells[0], NumberStyles.None, CultureInfo.InvariantCulture, out var number) && long.TryParse(cells[1], NumberStyles.None, CultureInfo.InvariantCulture, out var count)) votes.Add((number, count));
            else Fault(nameof(Votes), "budget.committee.votes-unreadable", at + 1);
        }
        if (!ModelState.IsValid) return await AgainAsync();
        try
        {
            await watch.ElectAsync(Process.Id, new(BudgetWorkshopId.From(Workshop), Seats, Women, votes, Ballots, Blank, Null, RunWorkshops.Numbers(Drawn ?? ""), Drawn), Actor);
        }
        catch (RuleBroken broken) when (broken.Code == BudgetRules.CommitteeTie)
        {
            ModelState.AddModelError(nameof(Drawn), T.Of(broken));
            return await AgainAsync();
        }
        Say("budget.committee.saved");
        return Redirect($"{Address}/vigilancia");
    }

    public Task<IActionResult> OnPostEndSeatAsync(Guid seat, string? why) => AsTeamAsync(() => watch.EndSeatAsync(Process.Id, new(seat), why ?? "", Actor), "budget.committee.ended", "/vigilancia");

    public async Task<IActionResult> OnPostReportAsync()
    {
        await LoadAsync();
        try
        {
            await watch.ReportAsync(Process.Id, IsTeam ? null : Code ?? "", IsTeam ? new BudgetAgentId(Agent) : null, null, Text ?? "", Anybody);
        }
        catch (RuleBroken broken) when (broken.Code is BudgetRules.CodeUnknown or BudgetRules.NoteMissing)
        {
            ModelState.AddModelError(broken.Code == BudgetRules.CodeUnknown ? nameof(Code) : nameof(Text), T.Of(broken));
            return await AgainAsync();
        }
        Say("budget.report.done");
        return Redirect($"{Address}/vigilancia");
    }

    public async Task<IActionResult> OnPostComplainAsync()
    {
        await LoadAsync();
        try
        {
            ComplaintCode = await watch.ComplainAsync(Process.Id, null, Complaint ?? "", Anybody);
        }
        catch (RuleBroken broken) when (broken.Code == BudgetRules.NoteMissing)
        {
            ModelState.AddModelError(nameof(Complaint), T.Of(broken));
            return await AgainAsync();
        }
        Response.Headers.CacheControl = "no-store";
        return Page();
    }

    public Task<IActionResult> OnPostReplyAsync(Guid note) => AsTeamAsync(() => watch.ReplyAsync(Process.Id, new(note), Typed($"reply-{note:N}"), Actor), "budget.reply.done", "/vigilancia");

    public TableFile ToFile() => new($"{Process.Slug}-comite", [T["budget.agent.organisation"], T["budget.number"], T["budget.votes"], T["budget.outcome"]],
        (Process.Committee?.Candidates ?? []).Select(c => (IReadOnlyList<object?>)[c.Organisation, c.Number, c.Votes, T.Of(c.Fate)]));
}
