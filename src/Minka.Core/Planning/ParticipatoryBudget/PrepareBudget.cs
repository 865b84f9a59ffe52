using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Rules.Calendars;

namespace Minka.Core.Planning.ParticipatoryBudget;

/// <summary>A document that comes with a form.</summary>
public sealed record BudgetDocument(byte[] Bytes, string Name);

/// <summary>Writes the preparation of a year's process: ordinance, amount, schedule, team and rule.</summary>
[UseCase]
public sealed class PrepareBudget(Writer writer, FileStore files, SealingKeys keys)
{
    static readonly string[] Papers = [FileTypes.Pdf, FileTypes.Jpeg, FileTypes.Png];

    public async Task<(BudgetProcessId Id, string Slug)> StartAsync(EntityId entityId, BudgetInput input, BudgetDocument? paper, Actor actor, CancellationToken cancel = default)
    {
        var incoming = await PutAsync(paper, cancel);
        return await writer.ActAsync("budget.start", actor, async work =>
        {
            var entity = await work.EntityAsync(entityId, cancel);
            entity.MustBeActive();
            if (input.FiscalYear < work.Today.Year || input.FiscalYear > work.Today.Year + 2) throw new RuleBroken(BudgetRules.YearWrong, work.Today.Year, work.Today.Year + 2);
            var there = await work.Db.BudgetProcesses.Where(p => p.EntityId == entityId && p.FiscalYear == input.FiscalYear).Select(p => new { p.State, p.Slug }).ToListAsync(cancel);
            if (there.Any(p => p.State != BudgetState.Cancelled)) throw new RuleBroken(BudgetRules.YearTaken, input.FiscalYear.ToString(System.Globalization.CultureInfo.InvariantCulture));
            var pack = BudgetPack.Peru;
            var id = work.NewId<BudgetProcessId>();
            using var key = DataKey.New(work.Entropy);
            var year = input.FiscalYear.ToString(System.Globalization.CultureInfo.InvariantCulture);
            var process = new BudgetProcess
            {
                Id = id,
                EntityId = entityId,
                Slug = there.Count == 0 ? $"{entity.Slug}-{year}" : $"{entity.Slug}-{year}-{(there.Count + 1).ToString(System.Globalization.CultureInfo.InvariantCulture)}",
                FiscalYear = input.FiscalYear,
                PackId = pack.Id,
                PackVersion = pack.Version,
                CreatedAt = work.Now,
                WrappedKey = keys.Wrap(key, BudgetLoads.KeyName(id), work.Entropy),
            };
            process.Prepare(input, incoming?.AddTo(work).Id);
            process.Plan(pack.ScheduleFor(input.FiscalYear));
            work.Db.BudgetProcesses.Add(process);
            work.Happened(new BudgetStarted(id, entityId, input.FiscalYear, pack.Id, pack.Version));
            return (id, process.Slug);
        }, new ActNote("entity", entityId.Value), cancel);
    }

    public async Task ChangeAsync(BudgetProcessId id, BudgetInput input, BudgetDocument? paper, int seen, Actor actor, CancellationToken cancel = default)
    {
        var incoming = await PutAsync(paper, cancel);
        await writer.ActAsync("budget.prepare", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            if (process.Version != seen) throw new ChangedMeanwhile("budget");
            process.Prepare(input, incoming?.AddTo(work).Id);
        }, new ActNote("budget", id.Value), cancel);
    }

    /// <summary>Sets the days of each step; after the call only with a reason, which everybody reads.</summary>
    public Task PlanAsync(BudgetProcessId id, IReadOnlyList<ScheduledStep> steps, string? why, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.plan", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            if (!process.IsUnderWay) throw new RuleBroken(BudgetRules.Over, process.State);
            BudgetSchedule.MustHold(process.Pack, process.FiscalYear, steps, BusinessCalendar.Peru);
            if (process.State == BudgetState.Preparing)
            {
                process.Plan(steps);
                return;
            }
            process.Reschedule(steps, why ?? "", work.Now);
            work.Happened(new BudgetChanged(id, "schedule", Digest.Of(why!.Trim())));
        }, new ActNote("budget", id.Value), cancel);

    public Task SetRuleAsync(BudgetProcessId id, BudgetRule rule, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.rule", actor, async work => (await work.BudgetAsync(id, cancel)).SetRule(rule), new ActNote("budget", id.Value), cancel);

    public Task ChangeAmountAsync(BudgetProcessId id, Money amount, string source, string why, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.amount", actor, async work =>
        {
            (await work.BudgetAsync(id, cancel)).ChangeAmount(amount, source, why, work.Now);
            work.Happened(new BudgetChanged(id, "amount", Digest.Of(why.Trim())));
        }, new ActNote("budget", id.Value), cancel);

    public Task<BudgetTeamMemberId> AddToTeamAsync(BudgetProcessId id, TeamRole role, string office, string name, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.team", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            if (!process.IsUnderWay) throw new RuleBroken(BudgetRules.Over, process.State);
            var member = new BudgetTeamMember
            {
                Id = work.NewId<BudgetTeamMemberId>(),
                ProcessId = id,
                Role = role,
                Office = PlanningRules.Required(office, "office"),
                Name = PlanningRules.Required(name, "name"),
                From = work.Today,
            };
            work.Db.BudgetTeamMembers.Add(member);
            return member.Id;
        }, new ActNote("budget", id.Value), cancel);

    public Task EndInTeamAsync(BudgetProcessId id, BudgetTeamMemberId member, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.team", actor, async work =>
            (await work.Db.BudgetTeamMembers.SingleOrDefaultAsync(m => m.Id == member && m.ProcessId == id, cancel) ?? throw new NotFound("team-member", member.Value)).End(work.Today), new ActNote("budget", id.Value), cancel);

    async Task<IncomingFile?> PutAsync(BudgetDocument? paper, CancellationToken cancel) =>
        paper is null ? null : await files.PutAsync(paper.Bytes, paper.Name, Papers, cancel);
}
