using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Rules.Calendars;

namespace Minka.Core.Planning.ParticipatoryBudget;

/// <summary>Calls a process and takes it from step to step, each in its time.</summary>
[UseCase]
public sealed class MoveBudget(Writer writer)
{
    /// <summary>Calls the process: from now on the rule is in the register and agents ask to be registered.</summary>
    public Task ConveneAsync(BudgetProcessId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.convene", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            process.Convene(work.Now);
            BudgetSchedule.MustHold(process.Pack, process.FiscalYear, process.Schedule, BusinessCalendar.Peru);
            if (string.IsNullOrWhiteSpace(process.Concerns)) throw new RuleBroken(BudgetRules.ConcernsMissing);
            if (!await work.Db.BudgetTeamMembers.AnyAsync(m => m.ProcessId == id && m.Role == TeamRole.Chair && m.EndedOn == null, cancel)) throw new RuleBroken(BudgetRules.TeamIncomplete);
            NotBefore(process.StepOf(BudgetStep.Notice), work.Today);
            NotAfter(process.StepOf(BudgetStep.Register), work.Today);
            work.Happened(new BudgetConvened(id, process.Amount, process.RuleDigest!.Value));
        }, new ActNote("budget", id.Value), cancel);

    /// <summary>Closes the register of agents. Whoever was observed and did not cure in time is out.</summary>
    public Task CloseRegisterAsync(BudgetProcessId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.close-register", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            process.Move("close-register");
            Over(process.StepOf(BudgetStep.Register), work.Today);
            var open = await work.Db.BudgetAgents.Where(a => a.ProcessId == id && (a.State == AgentState.Requested || a.State == AgentState.Observed)).ToListAsync(cancel);
            var waiting = open.Count(a => a.State == AgentState.Requested);
            var curing = open.Count(a => a.State == AgentState.Observed && a.CureBy >= work.Today);
            if (waiting + curing > 0) throw new RuleBroken(BudgetRules.RegistrationsOpen, waiting, curing);
            foreach (var late in open) late.Reject(late.Why ?? "-", work.Now);
            if (!await work.Db.BudgetAgents.AnyAsync(a => a.ProcessId == id && a.State == AgentState.Accredited && (a.Kind == AgentKind.CivilSociety || a.Kind == AgentKind.Unorganised), cancel)) throw new RuleBroken(BudgetRules.NoAgents);
            work.Happened(new BudgetMoved(id, process.State));
        }, new ActNote("budget", id.Value), cancel);

    public Task CloseProposalsAsync(BudgetProcessId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.close-proposals", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            process.Move("close-proposals");
            Over(process.StepOf(BudgetStep.Proposals), work.Today);
            await HeldAsync(work, id, WorkshopKind.Diagnosis, cancel);
            work.Happened(new BudgetMoved(id, process.State));
        }, new ActNote("budget", id.Value), cancel);

    public Task ReopenProposalsAsync(BudgetProcessId id, string why, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.reopen", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            process.Reopen(why, work.Now);
            work.Happened(new BudgetChanged(id, "reopen", Digest.Of(why.Trim())));
        }, new ActNote("budget", id.Value), cancel);

    public Task CancelAsync(BudgetProcessId id, string why, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.cancel", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            process.Cancel(why);
            work.Happened(new BudgetMoved(id, process.State));
        }, new ActNote("budget", id.Value), cancel);

    internal static async Task HeldAsync(Work work, BudgetProcessId id, WorkshopKind kind, CancellationToken cancel)
    {
        if (!await work.Db.BudgetWorkshops.AnyAsync(w => w.ProcessId == id && w.Kind == kind && w.State == WorkshopState.Held, cancel)) throw new RuleBroken(BudgetRules.WorkshopMissing, kind);
    }

    internal static void NotBefore(ScheduledStep step, DateOnly today)
    {
        if (today < step.From) throw new RuleBroken(BudgetRules.TooEarly, step.Step, step.From, step.To);
    }

    internal static void NotAfter(ScheduledStep step, DateOnly today)
    {
        if (today > step.To) throw new RuleBroken(BudgetRules.TooLate, step.Step, step.To);
    }

    static void Over(ScheduledStep step, DateOnly today)
    {
        if (today <= step.To) throw new RuleBroken(BudgetRules.TooEarly, step.Step, step.From, step.To);
    }
}
