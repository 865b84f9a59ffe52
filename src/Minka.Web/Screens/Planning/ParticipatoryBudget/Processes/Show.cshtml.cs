using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Planning.ParticipatoryBudget;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Api;
using Minka.Web.Charts;
using Minka.Web.Components;
using Minka.Web.Layout;
using Minka.Web.Screens.Entities;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Processes;

/// <summary>Where a process is, what comes next and who acts; counts only, no names.</summary>
[Public]
public sealed class ShowModel(AppDb db, Gazetteer gazetteer, MoveBudget move) : BudgetScreen(db), IListed
{
    public string Place { get; private set; } = "";

    public int Agents { get; private set; }

    public int Women { get; private set; }

    public int Proposals { get; private set; }

    public int Suitable { get; private set; }

    public IReadOnlyList<BudgetWorkshop> Workshops { get; private set; } = [];

    public IReadOnlyList<BudgetClock> Clocks { get; private set; } = [];

    public StackedBars? Sectors { get; private set; }

    public IReadOnlyList<Step> Steps => Components.Steps.Along(BudgetProcess.Table, Process.State, [.. BudgetWords.Line], s => T.Of(s), role => T["role." + role]);

    /// <summary>The steps of the year with today's line; one that is over is met.</summary>
    public Timeline Calendar => new(T["budget.task.schedule"], T["budget.chart.schedule-text"], [.. Process.Schedule.OrderBy(s => s.From).Select(s => new Stage(T.Of(s.Step), s.From, s.To, s.To < Today ? Tone.Met : s.From <= Today ? Tone.Attention : Tone.Neutral))], Today);

    /// <summary>Where the team works in this state.</summary>
    public IEnumerable<(string Text, string Href)> Ways
    {
        get
        {
            yield return (T["budget.prepare"], $"{Address}/preparacion");
            if (!Process.IsPublic) yield break;
            yield return (T["budget.agents"], $"{Address}/agentes");
            yield return (T["budget.workshops"], $"{Address}/talleres");
            if (Process.State >= BudgetState.Concerting) yield return (T["budget.proposals"], $"{Address}/propuestas");
            if (Process.State >= BudgetState.Evaluating) yield return (T["budget.priorities"], $"{Address}/priorizacion");
            if (Process.State is BudgetState.Agreed or BudgetState.Formalised) yield return (T["budget.pia"], $"{Address}/apertura");
        }
    }

    public IEnumerable<(string Text, string Href)> Documents
    {
        get
        {
            if (Process.Acta is not null && (Process.PublishedAt is not null || IsReader)) yield return (T["budget.acta"], $"{Address}/acta");
            if (Process.State >= BudgetState.Prioritising && Process.State != BudgetState.Cancelled) yield return (T["budget.vigilance"], $"{Address}/vigilancia");
            if (Process.Pia is not null) yield return (T["budget.follow-up"], $"{Address}/seguimiento");
            yield return (T["budget.accounts"], $"{Address}/rendicion");
            yield return (T["budget.status"], $"{Address}/constancia");
        }
    }

    public override async Task LoadAsync()
    {
        await base.LoadAsync();
        var id = Process.Id;
        Place = await gazetteer.FindAsync(Process.PlaceCode) is { } place ? place.Name : Process.PlaceCode;
        var agents = await Db.BudgetAgents.Where(a => a.ProcessId == id && a.State == AgentState.Accredited).GroupBy(a => new { a.Group, a.IsWoman }).Select(g => new { g.Key.Group, g.Key.IsWoman, Count = g.Count() }).ToListAsync();
        (Agents, Women) = (agents.Sum(a => a.Count), agents.Where(a => a.IsWoman == true).Sum(a => a.Count));
        var proposals = await Db.BudgetProposals.Where(p => p.ProcessId == id && p.State != ProposalState.Withdrawn).GroupBy(p => p.State).Select(g => new { g.Key, Count = g.Count() }).ToListAsync();
        (Proposals, Suitable) = (proposals.Sum(p => p.Count), proposals.Where(p => p.Key == ProposalState.Suitable).Sum(p => p.Count));
        Workshops = await Db.BudgetWorkshops.Where(w => w.ProcessId == id).OrderBy(w => w.StartsAt).ThenBy(w => w.Id).Take(30).ToListAsync();
        if (IsTeam) Clocks = await BudgetQuery.ClocksAsync(Db, Process, Today);
        if (agents.Count > 0)
        {
            Sectors = new(T["budget.chart.agents"], T["budget.chart.agents-text"], [T["budget.women"], T["budget.men"], T["budget.sex-unknown"]],
                [.. agents.GroupBy(a => a.Group).OrderByDescending(g => g.Sum(a => a.Count)).ThenBy(g => g.Key, StringComparer.Ordinal).Select(g =>
                    new StackedBar(g.Key is null ? T["budget.no-group"] : EntityWords.Group(T, g.Key), [g.Where(a => a.IsWoman == true).Sum(a => a.Count), g.Where(a => a.IsWoman == false).Sum(a => a.Count), g.Where(a => a.IsWoman is null).Sum(a => a.Count)], Format.Number(g.Sum(a => a.Count))))]);
        }
    }

    public Task<IActionResult> OnPostCloseRegisterAsync() => AsTeamAsync(() => move.CloseRegisterAsync(Process.Id, Actor), "budget.register-closed");

    public Task<IActionResult> OnPostCloseProposalsAsync() => AsTeamAsync(() => move.CloseProposalsAsync(Process.Id, Actor), "budget.proposals-closed");

    public Task<IActionResult> OnPostReopenAsync(string? why) => AsTeamAsync(() => move.ReopenProposalsAsync(Process.Id, why ?? "", Actor), "budget.reopened");

    public TableFile ToFile() => new($"{Process.Slug}-cronograma", [T["budget.step"], T["budget.phase"], T["budget.from"], T["budget.to"]],
        Process.Schedule.Select(s => (IReadOnlyList<object?>)[T.Of(s.Step), T.Of(Process.Pack.StepOf(s.Step).Phase), s.From, s.To]));
}
