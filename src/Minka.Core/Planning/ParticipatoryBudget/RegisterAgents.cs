using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Rules.Calendars;

namespace Minka.Core.Planning.ParticipatoryBudget;

/// <summary>A registration that has faults, each with its field: shown beside what was typed.</summary>
public sealed class AgentRefused(IReadOnlyList<AgentFault> faults) : Exception(faults[0].Code)
{
    public IReadOnlyList<AgentFault> Faults { get; } = faults;
}

/// <summary>What an agent is handed: its number and the code of its slip.</summary>
public sealed record AgentSlip(BudgetAgentId Id, int Number, string Organisation, string Code);

/// <summary>Organisations ask to be registered, cure what was observed, and withdraw.</summary>
[UseCase]
public sealed class RegisterAgents(Writer writer, AppDb db, SealingKeys keys)
{
    /// <summary>A registration from outside, in the days of the register. What is refused is told by field and nothing is lost.</summary>
    public Task<AgentSlip> RequestAsync(BudgetProcessId id, AgentInput input, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.agent-request", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            process.MustBe(BudgetState.Convened);
            MoveBudget.NotBefore(process.StepOf(BudgetStep.Register), work.Today);
            MoveBudget.NotAfter(process.StepOf(BudgetStep.Register), work.Today);
            if (input.Kind is not (AgentKind.CivilSociety or AgentKind.Unorganised)) throw new RuleBroken(BudgetRules.KindClosed);
            return await AddAsync(work, process, input, accredited: false, cancel);
        }, new ActNote("budget", id.Value), cancel);

    /// <summary>The technical team writes an agent down, as when the papers come to the counter.</summary>
    public Task<AgentSlip> EnterAsync(BudgetProcessId id, AgentInput input, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.agent-enter", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            process.MustBe(BudgetState.Convened);
            return await AddAsync(work, process, input, accredited: true, cancel);
        }, new ActNote("budget", id.Value), cancel);

    /// <summary>Adds rows of a table; those with faults come back.</summary>
    public Task<int> ImportAsync(BudgetProcessId id, IReadOnlyList<AgentInput> rows, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.agent-import", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            process.MustBe(BudgetState.Convened);
            var agents = await work.Db.BudgetAgents.Where(a => a.ProcessId == id).ToListAsync(cancel);
            var register = new AgentsRegister(agents);
            using var key = keys.KeyOf(process);
            foreach (var row in rows)
            {
                var agent = Make(work, process, register, key, row);
                agent.Accredit(work.Now);
                register.Add(agent.Kind, agent.Organisation, agent.Ruc, [agent.DocumentDigest, agent.AlternateDigest], agent.Number);
            }
            work.Happened(new AgentsImported(id, rows.Count));
            return rows.Count;
        }, new ActNote("budget", id.Value), cancel);

    /// <summary>Brings the entity's own members in, whose representatives are accredited there: the coordination council.</summary>
    public Task<int> BringMembersAsync(BudgetProcessId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.agent-council", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            process.MustBe(BudgetState.Convened);
            var there = await work.Db.BudgetAgents.Where(a => a.ProcessId == id && a.MemberId != null && a.State == AgentState.Accredited).Select(a => a.MemberId!.Value).ToListAsync(cancel);
            var members = await work.Db.Members.Where(m => m.EntityId == process.EntityId && m.MandateFrom <= work.Today && work.Today <= m.MandateTo && !there.Contains(m.Id)).OrderBy(m => m.Organisation).ThenBy(m => m.Id).ToListAsync(cancel);
            var women = await work.Db.Representations.Where(r => r.EntityId == process.EntityId && !r.IsAlternate && r.EndedAt == null).Select(r => new { r.MemberId, r.IsWoman }).ToListAsync(cancel);
            foreach (var member in members)
            {
                var agent = new BudgetAgent
                {
                    Id = work.NewId<BudgetAgentId>(),
                    ProcessId = id,
                    Number = process.NextAgent(),
                    Kind = AgentKind.CoordinationCouncil,
                    RequestedAt = work.Now,
                    MemberId = member.Id,
                    PersonId = member.RepresentativePersonId,
                };
                agent.Set(new(AgentKind.CoordinationCouncil, member.Organisation, member.Ruc, member.InterestGroup, member.DistrictCode?.Length == 6 ? member.DistrictCode : null, null, member.RepresentativeName, "", women.FirstOrDefault(w => w.MemberId == member.Id)?.IsWoman, "padrón de la entidad"), null, null);
                agent.Accredit(work.Now);
                work.Db.BudgetAgents.Add(agent);
            }
            work.Happened(new AgentsImported(id, members.Count));
            return members.Count;
        }, new ActNote("budget", id.Value), cancel);

    /// <summary>An observed agent sends its data again, with its code; late cures are told so.</summary>
    public async Task CureAsync(BudgetProcessId id, string code, AgentInput input, Actor actor, CancellationToken cancel = default)
    {
        await db.AgentByCodeAsync(id, code, cancel);
        await writer.ActAsync("budget.agent-cure", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            var agent = await work.Db.AgentByCodeAsync(id, code, cancel);
            if (agent.State == AgentState.Observed && agent.CureBy is { } by && work.Today > by) throw new RuleBroken(BudgetRules.CureLate, by);
            agent.Cure();
            var register = new AgentsRegister(await work.Db.BudgetAgents.Where(a => a.ProcessId == id).ToListAsync(cancel), agent.Id);
            using var key = keys.KeyOf(process);
            var typed = input with { Kind = agent.Kind };
            var (document, alternate) = (AgentsRegister.DigestOf(key, typed.Document), AgentsRegister.DigestOf(key, typed.AlternateDocument));
            if (register.Faults(process, typed, document, alternate).ToList() is { Count: > 0 } faults) throw new AgentRefused(faults);
            agent.Set(typed, document, alternate);
            work.Happened(new AgentRequested(id, agent.Id, agent.Number, agent.Kind));
        }, new ActNote("budget", id.Value), cancel);
    }

    async Task<AgentSlip> AddAsync(Work work, BudgetProcess process, AgentInput input, bool accredited, CancellationToken cancel)
    {
        var agents = await work.Db.BudgetAgents.Where(a => a.ProcessId == process.Id).ToListAsync(cancel);
        using var key = keys.KeyOf(process);
        var agent = Make(work, process, new AgentsRegister(agents), key, input);
        if (accredited) agent.Accredit(work.Now);
        var code = AgentCodes.New(work.Entropy);
        agent.Give(AgentCodes.DigestOf(process.Id, code));
        work.Happened(new AgentRequested(process.Id, agent.Id, agent.Number, agent.Kind));
        if (accredited) work.Happened(new AgentReviewed(process.Id, agent.Id, agent.State));
        return new(agent.Id, agent.Number, agent.Organisation, code);
    }

    static BudgetAgent Make(Work work, BudgetProcess process, AgentsRegister register, DataKey key, AgentInput input)
    {
        var typed = input.Kind == AgentKind.Unorganised && string.IsNullOrWhiteSpace(input.Organisation) ? input with { Organisation = "Ciudadanía no organizada" } : input;
        var (document, alternate) = (AgentsRegister.DigestOf(key, typed.Document), AgentsRegister.DigestOf(key, typed.AlternateDocument));
        if (register.Faults(process, typed, document, alternate).ToList() is { Count: > 0 } faults) throw new AgentRefused(faults);
        var agent = new BudgetAgent { Id = work.NewId<BudgetAgentId>(), ProcessId = process.Id, Number = process.NextAgent(), Kind = typed.Kind, RequestedAt = work.Now };
        agent.Set(typed, document, alternate);
        work.Db.BudgetAgents.Add(agent);
        return agent;
    }
}

/// <summary>The technical team judges registrations and hands out codes.</summary>
[UseCase]
public sealed class ReviewAgents(Writer writer)
{
    public Task AccreditAsync(BudgetProcessId id, BudgetAgentId agentId, Actor actor, CancellationToken cancel = default) =>
        ReviewAsync(id, agentId, (agent, _, now) => agent.Accredit(now), actor, cancel);

    /// <summary>Sends a registration back; it may be cured within the days of the pack.</summary>
    public Task ObserveAsync(BudgetProcessId id, BudgetAgentId agentId, string why, Actor actor, CancellationToken cancel = default) =>
        ReviewAsync(id, agentId, (agent, process, now) => agent.Observe(why, BusinessCalendar.Peru.AddBusinessDays(LegalTime.DayIn(now), process.Pack.CureBusinessDays.Value), now), actor, cancel);

    public Task RejectAsync(BudgetProcessId id, BudgetAgentId agentId, string why, Actor actor, CancellationToken cancel = default) =>
        ReviewAsync(id, agentId, (agent, _, now) => agent.Reject(why, now), actor, cancel);

    public Task WithdrawAsync(BudgetProcessId id, BudgetAgentId agentId, string why, Actor actor, CancellationToken cancel = default) =>
        ReviewAsync(id, agentId, (agent, _, now) => agent.Withdraw(why, now), actor, cancel);

    /// <summary>New codes for all accredited agents, to print and hand out; older ones no longer count.</summary>
    public Task<IReadOnlyList<AgentSlip>> IssueCodesAsync(BudgetProcessId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync<IReadOnlyList<AgentSlip>>("budget.agent-codes", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            if (!process.IsUnderWay) throw new RuleBroken(BudgetRules.Over, process.State);
            var slips = new List<AgentSlip>();
            foreach (var agent in await work.Db.BudgetAgents.Where(a => a.ProcessId == id && a.State == AgentState.Accredited).OrderBy(a => a.Number).ToListAsync(cancel))
            {
                var code = AgentCodes.New(work.Entropy);
                agent.Give(AgentCodes.DigestOf(id, code));
                slips.Add(new(agent.Id, agent.Number, agent.Organisation, code));
            }
            work.Happened(new AgentCodesIssued(id, slips.Count));
            return slips;
        }, new ActNote("budget", id.Value), cancel);

    Task ReviewAsync(BudgetProcessId id, BudgetAgentId agentId, Action<BudgetAgent, BudgetProcess, DateTime> judge, Actor actor, CancellationToken cancel) =>
        writer.ActAsync("budget.agent-review", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            if (!process.IsUnderWay) throw new RuleBroken(BudgetRules.Over, process.State);
            var agent = await work.AgentAsync(id, agentId, cancel);
            judge(agent, process, work.Now);
            work.Happened(new AgentReviewed(id, agentId, agent.State));
        }, new ActNote("budget", id.Value), cancel);
}
