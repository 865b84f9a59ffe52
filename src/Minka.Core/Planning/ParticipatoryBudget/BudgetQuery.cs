using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Rules.Calendars;

namespace Minka.Core.Planning.ParticipatoryBudget;

/// <summary>Questions about processes that pages, clocks and trays ask alike.</summary>
public static class BudgetQuery
{
    /// <summary>The last entry of each project.</summary>
    public static async Task<IReadOnlyDictionary<BudgetProposalId, BudgetReport>> LastReportsAsync(AppDb db, BudgetProcessId id, CancellationToken cancel = default) =>
        (await db.BudgetReports.Where(r => r.ProcessId == id).OrderBy(r => r.Quarter).ThenBy(r => r.At).ThenBy(r => r.Id).ToListAsync(cancel)).GroupBy(r => r.ProposalId).ToDictionary(g => g.Key, g => g.Last());

    /// <summary>Whether agents still owe to hear how earlier agreements were kept: there are some, and no workshop of accounts was held.</summary>
    public static async Task<bool> AccountsOwedAsync(AppDb db, BudgetProcess process, CancellationToken cancel = default) =>
        process.State is BudgetState.Convened or BudgetState.Concerting or BudgetState.Evaluating
        && (process.Earlier is not null || await db.BudgetProcesses.AnyAsync(p => p.EntityId == process.EntityId && p.FiscalYear < process.FiscalYear && (p.State == BudgetState.Agreed || p.State == BudgetState.Formalised || p.State == BudgetState.Closed), cancel))
        && !await db.BudgetWorkshops.AnyAsync(w => w.ProcessId == process.Id && w.Kind == WorkshopKind.Accounts && w.State == WorkshopState.Held, cancel);

    /// <summary>The process and the proposal from which a project of the bank came; null: from none.</summary>
    public static async Task<(BudgetProcess Process, BudgetProposal Proposal)?> OriginOfAsync(AppDb db, ProjectId project, CancellationToken cancel = default) =>
        await (from p in db.BudgetProposals where p.ProjectId == project join b in db.BudgetProcesses on p.ProcessId equals b.Id orderby b.FiscalYear descending select new { Process = b, Proposal = p }).FirstOrDefaultAsync(cancel) is { } found ? (found.Process, found.Proposal) : null;

    /// <summary>Agents with a vote who came to a workshop of priorities.</summary>
    public static Task<int> VotersAsync(AppDb db, BudgetProcess process, CancellationToken cancel = default) => db.VotersPresentAsync(process, cancel);

    public static async Task<IReadOnlyList<BudgetClock>> ClocksAsync(AppDb db, BudgetProcess process, DateOnly today, CancellationToken cancel = default)
    {
        if (!process.IsUnderWay) return [];
        var id = process.Id;
        var agents = await db.BudgetAgents.Where(a => a.ProcessId == id && (a.State == AgentState.Requested || a.State == AgentState.Observed)).Select(a => new { a.State, a.RequestedAt, a.CureBy }).ToListAsync(cancel);
        var answers = await db.BudgetProposals.Where(p => p.ProcessId == id && p.State == ProposalState.Observed && p.AnswerBy != null).Select(p => p.AnswerBy!.Value).ToListAsync(cancel);
        var replies = await db.VigilanceNotes.Where(n => n.ProcessId == id && n.RepliedAt == null).Select(n => n.ReplyBy).ToListAsync(cancel);
        var workshops = await db.BudgetWorkshops.Where(w => w.ProcessId == id && w.State == WorkshopState.Convened).Select(w => w.StartsAt).ToListAsync(cancel);
        var missing = 0;
        if (process is { State: BudgetState.Formalised, Pia: { } pia } && FollowLight.DueQuarter(process.FiscalYear, today) is > 0 and var due)
        {
            var last = await LastReportsAsync(db, id, cancel);
            if (pia.Lines.Any(l => last.GetValueOrDefault(l.ProposalId) is not { } r || (r.Quarter < due && r.State is not (ExecutionState.Finished or ExecutionState.Dropped)))) missing = due;
        }
        var facts = new BudgetFacts(process.State, process.FiscalYear, LegalTime.DayIn(process.CreatedAt), process.Schedule,
            [.. agents.Where(a => a.State == AgentState.Requested).Select(a => LegalTime.DayIn(a.RequestedAt))], [.. agents.Select(a => a.CureBy).OfType<DateOnly>()], answers, replies,
            [.. workshops.Select(LegalTime.DayIn)], missing, await AccountsOwedAsync(db, process, cancel));
        return BudgetClocks.Of(facts, process.Pack, BusinessCalendar.Peru, today);
    }
}

/// <summary>What waits for the technical team of each process: what is near or late, and what others wait for.</summary>
public static class BudgetTray
{
    public static async Task<IReadOnlyList<TrayItem>> ReadAsync(AppDb db, TrayOf tray, CancellationToken cancel)
    {
        var entities = tray.In(Role.Manager, Role.Secretary).Select(EntityId.From).ToList();
        if (entities.Count == 0) return [];
        var today = LegalTime.DayIn(tray.Now);
        var items = new List<TrayItem>();
        foreach (var process in await db.BudgetProcesses.Where(p => entities.Contains(p.EntityId) && p.State != BudgetState.Closed && p.State != BudgetState.Cancelled).OrderBy(p => p.FiscalYear).ThenBy(p => p.Title).Take(20).ToListAsync(cancel))
        {
            foreach (var clock in (await BudgetQuery.ClocksAsync(db, process, today, cancel)).Where(c => c.Light != ClockLight.OnTime || c.Code == "registrations"))
                items.Add(new("tray.budget." + clock.Code, [process.Title, .. clock.Args], $"/presupuesto-participativo/{process.Slug}/{clock.Page}", LegalTime.ToUtc(clock.Since, TimeOnly.MinValue), LegalTime.ToUtc(clock.Due.AddDays(1), TimeOnly.MinValue)));
        }
        return items;
    }
}
