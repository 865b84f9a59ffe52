using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Planning.ParticipatoryBudget;

/// <summary>What is written of one project for a quarter.</summary>
public sealed record QuarterInput(int Quarter, Money Pim, Money Accrued, ExecutionState State, string? Why);

/// <summary>Writes the opening budget down, follows the projects quarter by quarter, and renders the accounts.</summary>
[UseCase]
public sealed class FormaliseBudget(Writer writer)
{
    /// <summary>The projects as the council approved them. Each that differs from the agreement needs its reason.</summary>
    public Task RecordAsync(BudgetProcessId id, string agreement, DateOnly on, IReadOnlyDictionary<BudgetProposalId, (Money Pia, string? Why)> typed, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.formalise", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            process.MustBe(BudgetState.Agreed);
            if (process.Committee is null) throw new RuleBroken(BudgetRules.CommitteeMissing);
            var pia = OpeningBudget.Of(process.Result!, agreement, on, typed);
            process.Formalise(pia);
            work.Happened(new OpeningBudgetRecorded(id, process.Result!.Spent, pia.Total, pia.Differences.Count()));
        }, new ActNote("budget", id.Value), cancel);

    /// <summary>Writes down to whom copies of the agreement went (DS 142-2009-EF, art. 10.1).</summary>
    public Task CopySentAsync(BudgetProcessId id, CopySent copy, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.copies", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            process.MustBe(BudgetState.Formalised);
            process.CopiesSent([.. process.Pia!.Copies, new CopySent(PlanningRules.Required(copy.To, "to"), copy.On, PlanningRules.Required(copy.Document, "document"))]);
        }, new ActNote("budget", id.Value), cancel);

    public Task FollowAsync(BudgetProcessId id, BudgetProposalId proposalId, QuarterInput input, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.follow", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            process.MustBe(BudgetState.Formalised);
            var pia = process.Pia!.Lines.FirstOrDefault(l => l.ProposalId == proposalId) ?? throw new NotFound("project", proposalId.Value);
            if (input.Quarter is < 1 or > 4 || work.Today < new DateOnly(process.FiscalYear, 1, 1).AddMonths(3 * (input.Quarter - 1))) throw new RuleBroken(BudgetRules.QuarterWrong, input.Quarter);
            if (input.Pim.IsNegative || input.Accrued.IsNegative) throw new RuleBroken(PlanningRules.NegativeNumber);
            if (input.Accrued > input.Pim) throw new RuleBroken(BudgetRules.AccruedOver, input.Accrued, input.Pim);
            var last = await LastAsync(work.Db, proposalId, cancel);
            if (last is not null && input.Quarter < last.Quarter) throw new RuleBroken(BudgetRules.QuarterBefore, last.Quarter);
            var why = PlanningRules.Optional(input.Why, "why", PlanningRules.LongestText);
            if (last is not null && input.Accrued < last.Accrued && why is null) throw new RuleBroken(BudgetRules.AccruedFell, last.Accrued, input.Accrued);
            var changed = input.Pim != (last?.Pim ?? pia.Pia) || last?.Quarter == input.Quarter;
            if (why is null && (changed || input.State is ExecutionState.Stopped or ExecutionState.Dropped)) throw new RuleBroken(BudgetRules.FollowWhyMissing, last?.Pim ?? pia.Pia, input.Pim);
            work.Db.BudgetReports.Add(new BudgetReport { Id = work.NewId<BudgetReportId>(), ProcessId = id, ProposalId = proposalId, Quarter = input.Quarter, Pim = input.Pim, Accrued = input.Accrued, State = input.State, Why = why, At = work.Now });
            work.Happened(new FollowUpWritten(id, proposalId, input.Quarter, input.Pim, input.Accrued, input.State));
        }, new ActNote("budget", id.Value), cancel);

    /// <summary>The accounts of the year, made from the follow-up: the process is over.</summary>
    /// <param name="kept">For each commitment of the agreement, in its order.</param>
    public Task RenderAsync(BudgetProcessId id, IReadOnlyList<(bool? Kept, string? Note)> kept, string? remarks, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.accounts", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            process.MustBe(BudgetState.Formalised);
            if (work.Today <= new DateOnly(process.FiscalYear, 12, 31)) throw new RuleBroken(BudgetRules.TooEarly, BudgetStep.Accounts, new DateOnly(process.FiscalYear + 1, 1, 1), new DateOnly(process.FiscalYear + 1, 12, 31));
            var accounts = await AccountsAsync(work.Db, process, work.Today, kept, remarks, cancel);
            var last = await work.Db.BudgetReports.Where(r => r.ProcessId == id && r.Quarter == 4).Select(r => r.ProposalId).ToListAsync(cancel);
            var missing = process.Pia!.Lines.Where(l => !last.Contains(l.ProposalId) && accounts.Lines.First(a => a.Code == l.Code).State is not (ExecutionState.Finished or ExecutionState.Dropped)).ToList();
            if (missing.Count > 0) throw new RuleBroken(BudgetRules.NoFollowUp, missing.Select(l => l.Code).ToList());
            process.Render(accounts);
            work.Happened(new AccountsRendered(id, process.FiscalYear, process.AccountsDigest!.Value));
        }, new ActNote("budget", id.Value), cancel);

    /// <summary>Accounts of a year that was run on paper, for the agents of this one.</summary>
    public Task RecordEarlierAsync(BudgetProcessId id, EarlierAccounts earlier, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.earlier", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            if (!process.IsUnderWay) throw new RuleBroken(BudgetRules.Over, process.State);
            if (earlier.FiscalYear >= process.FiscalYear || earlier.Lines.Count == 0) throw new RuleBroken(BudgetRules.EarlierWrong);
            if (await work.Db.BudgetProcesses.AnyAsync(p => p.EntityId == process.EntityId && p.FiscalYear == earlier.FiscalYear && p.State != BudgetState.Cancelled, cancel)) throw new RuleBroken(BudgetRules.EarlierHere, earlier.FiscalYear.ToString(System.Globalization.CultureInfo.InvariantCulture));
            foreach (var line in earlier.Lines)
            {
                PlanningRules.Required(line.Title, "title");
                if (line.Acta.IsNegative || line.Pia.IsNegative || line.Accrued.IsNegative) throw new RuleBroken(PlanningRules.NegativeNumber);
                if (line.Acta != line.Pia && string.IsNullOrWhiteSpace(line.Why)) throw new RuleBroken(BudgetRules.PiaDiffers, line.Title, line.Acta, line.Pia);
            }
            process.RecordEarlier(earlier with { Document = PlanningRules.Required(earlier.Document, "document") });
        }, new ActNote("budget", id.Value), cancel);

    /// <summary>What the accounts say on a day, from the same records as every other page.</summary>
    public static async Task<AccountsContent> AccountsAsync(AppDb db, BudgetProcess process, DateOnly today, IReadOnlyList<(bool? Kept, string? Note)> kept, string? remarks, CancellationToken cancel = default)
    {
        var entity = await db.CoordinationEntities.Where(e => e.Id == process.EntityId).Select(e => e.Name).SingleAsync(cancel);
        var last = await BudgetQuery.LastReportsAsync(db, process.Id, cancel);
        return new(process.FiscalYear, entity, today,
            [.. process.Pia!.Lines.Select(l => last.GetValueOrDefault(l.ProposalId) is { } r ? new AccountsLine(l.Code, l.Title, l.Acta, l.Pia, r.Pim, r.Accrued, r.State, r.Why ?? l.Why) : new AccountsLine(l.Code, l.Title, l.Acta, l.Pia, l.Pia, Money.Zero, ExecutionState.NotStarted, l.Why))],
            [.. process.Commitments.Select((c, i) => i < kept.Count ? new CommitmentKept(c, kept[i].Kept, PlanningRules.Optional(kept[i].Note, "note", PlanningRules.LongestText)) : new CommitmentKept(c, null, null))],
            PlanningRules.Optional(remarks, "remarks", PlanningRules.LongestText));
    }

    static async Task<BudgetReport?> LastAsync(AppDb db, BudgetProposalId proposal, CancellationToken cancel) =>
        await db.BudgetReports.Where(r => r.ProposalId == proposal).OrderByDescending(r => r.Quarter).ThenByDescending(r => r.At).ThenByDescending(r => r.Id).FirstOrDefaultAsync(cancel);
}
