using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Rules.Calendars;
using Minka.Core.Territories;

namespace Minka.Core.Planning.ParticipatoryBudget;

/// <summary>Agents propose projects, answer what was observed, and withdraw; the entity proposes from its own portfolio.</summary>
[UseCase]
public sealed class ProposeWorks(Writer writer, AppDb db, Country? country = null)
{
    /// <summary>An agent proposes with the code of its slip.</summary>
    public async Task<(BudgetProposalId Id, string Code)> ByAgentAsync(BudgetProcessId id, string code, ProposalInput input, Actor actor, CancellationToken cancel = default)
    {
        await db.AgentByCodeAsync(id, code, cancel);
        return await writer.ActAsync("budget.propose", actor, async work => await SubmitAsync(work, id, await work.Db.AgentByCodeAsync(id, code, cancel), input, cancel), new ActNote("budget", id.Value), cancel);
    }

    /// <summary>The technical team types a proposal from paper, or proposes a viable project of the entity's own.</summary>
    /// <param name="number">Of the agent; null: the entity.</param>
    public Task<(BudgetProposalId Id, string Code)> ByTeamAsync(BudgetProcessId id, int? number, ProposalInput input, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.propose", actor, async work =>
        {
            var agent = number is { } n ? await work.Db.BudgetAgents.SingleOrDefaultAsync(a => a.ProcessId == id && a.Number == n, cancel) ?? throw new RuleBroken(BudgetRules.RollUnknown, n) : null;
            return await SubmitAsync(work, id, agent, input, cancel);
        }, new ActNote("budget", id.Value), cancel);

    /// <summary>Answers an observation, with the data as they are now.</summary>
    /// <param name="code">The agent's; null: the technical team types the answer.</param>
    public async Task AnswerAsync(BudgetProcessId id, BudgetProposalId proposalId, string? code, ProposalInput input, string answer, Actor actor, CancellationToken cancel = default)
    {
        await writer.ActAsync("budget.proposal-answer", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            process.MustBe(BudgetState.Concerting, BudgetState.Evaluating);
            var proposal = await OwnAsync(work, process, proposalId, code, cancel);
            if (proposal.State == ProposalState.Observed && proposal.AnswerBy is { } by && work.Today > by) throw new RuleBroken(BudgetRules.CureLate, by);
            proposal.Answer(answer, work.Now);
            await CheckAsync(work, process, input, cancel);
            proposal.Set(process, input);
            work.Happened(new WorkAnswered(proposalId, proposal.Evaluations.Count));
        }, new ActNote("budget", id.Value), cancel);
    }

    public Task WithdrawAsync(BudgetProcessId id, BudgetProposalId proposalId, string? code, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.proposal-withdraw", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            (await OwnAsync(work, process, proposalId, code, cancel)).Withdraw();
            work.Happened(new WorkAnswered(proposalId, 0));
        }, new ActNote("budget", id.Value), cancel);

    async Task<(BudgetProposalId, string)> SubmitAsync(Work work, BudgetProcessId id, BudgetAgent? agent, ProposalInput input, CancellationToken cancel)
    {
        var process = await work.BudgetAsync(id, cancel);
        process.MustBe(BudgetState.Concerting);
        MoveBudget.NotBefore(process.StepOf(BudgetStep.Proposals), work.Today);
        MoveBudget.NotAfter(process.StepOf(BudgetStep.Proposals), work.Today);
        if (agent is not null && agent.State != AgentState.Accredited) throw new RuleBroken(BudgetRules.AgentNotAccredited);
        await CheckAsync(work, process, input, cancel);
        var proposal = new BudgetProposal { Id = work.NewId<BudgetProposalId>(), ProcessId = id, Number = process.NextProposal(), AgentId = agent?.Id, SubmittedAt = work.Now };
        proposal.Set(process, input);
        work.Db.BudgetProposals.Add(proposal);
        work.Happened(new WorkProposed(id, proposal.Id, proposal.Number, proposal.Asked));
        return (proposal.Id, proposal.Code);
    }

    async Task CheckAsync(Work work, BudgetProcess process, ProposalInput input, CancellationToken cancel)
    {
        if (input.Places.FirstOrDefault(p => !process.Covers(p)) is { } outside) throw new RuleBroken(BudgetRules.DistrictOutside, outside);
        await Places.MustBeKnownAsync(work.Db, country, input.Places, cancel);
        if (input.AxisId is { } axis && (await EvaluateProposal.AxesAsync(work.Db, process.EntityId, cancel))?.Contains(axis) != true) throw new RuleBroken(BudgetRules.AxisUnknown);
    }

    static async Task<BudgetProposal> OwnAsync(Work work, BudgetProcess process, BudgetProposalId proposalId, string? code, CancellationToken cancel)
    {
        var proposal = await work.ProposalAsync(process.Id, proposalId, cancel);
        if (code is not null && (await work.Db.AgentByCodeAsync(process.Id, code, cancel)).Id != proposal.AgentId) throw new RuleBroken(BudgetRules.CodeUnknown);
        return proposal;
    }
}

/// <summary>A gate that people judge.</summary>
public sealed record TypedGate(Gate Gate, bool Met, string? Why);

/// <param name="Final">A gate that fails now ends the matter; else the proposer may answer.</param>
public sealed record EvaluationInput(IReadOnlyList<TypedGate> Gates, IReadOnlyList<CriterionScore> Scores, bool Final);

/// <summary>The technical team judges a proposal by the gates of the pack; the verdict follows from them.</summary>
[UseCase]
public sealed class EvaluateProposal(Writer writer)
{
    public Task<ProposalState> ExecuteAsync(BudgetProcessId id, BudgetProposalId proposalId, EvaluationInput input, int seen, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.evaluate", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            process.MustBe(BudgetState.Concerting, BudgetState.Evaluating);
            var proposal = await work.ProposalAsync(id, proposalId, cancel);
            if (proposal.Version != seen) throw new ChangedMeanwhile("proposal");
            var computed = await ComputedAsync(work.Db, process, proposal, cancel);
            var typed = process.Pack.Gates.Where(g => !g.Computed).Select(g =>
            {
                var judged = input.Gates.FirstOrDefault(t => t.Gate == g.Gate);
                var why = PlanningRules.Optional(judged?.Why, "why", PlanningRules.LongestText);
                if (judged is null || (!judged.Met && why is null)) throw new RuleBroken(BudgetRules.GateWhyMissing, g.Gate);
                return new GateFinding(g.Gate, judged.Met, null, why);
            }).ToList();
            List<GateFinding> findings = [.. computed, .. typed];
            var verdict = findings.TrueForAll(f => f.Met) ? ProposalState.Suitable : input.Final ? ProposalState.Unsuitable : ProposalState.Observed;
            var scores = process.Rule is { Method: PriorityMethod.Criteria } rule && verdict == ProposalState.Suitable ? Scored(rule, input.Scores) : [];
            int? points = process.Rule!.Method == PriorityMethod.Criteria && verdict == ProposalState.Suitable ? scores.Sum(s => s.Points) : null;
            proposal.Judge(new(proposal.Evaluations.Count + 1, verdict, findings, scores, points, work.Now), BusinessCalendar.Peru.AddBusinessDays(work.Today, process.Pack.AnswerBusinessDays.Value));
            work.Happened(new WorkEvaluated(proposalId, proposal.Evaluations.Count, verdict, points));
            return verdict;
        }, new ActNote("budget", id.Value), cancel);

    /// <summary>What the data say of the gates, for the form and for the act alike.</summary>
    public static async Task<IReadOnlyList<GateFinding>> ComputedAsync(AppDb db, BudgetProcess process, BudgetProposal proposal, CancellationToken cancel = default)
    {
        var others = await db.BudgetProposals.Where(p => p.ProcessId == process.Id && p.Id != proposal.Id && (p.State == ProposalState.Submitted || p.State == ProposalState.Observed || p.State == ProposalState.Suitable)).Select(p => new { p.Number, p.Cui, p.Title }).ToListAsync(cancel);
        var earlier = await (from p in db.BudgetProposals
                             join b in db.BudgetProcesses on p.ProcessId equals b.Id
                             where b.EntityId == process.EntityId && b.Id != process.Id && p.ProjectId != null && b.State != BudgetState.Closed
                             select new { p.Number, p.Cui, p.Title, b.FiscalYear }).ToListAsync(cancel);
        return GateJudge.Computed(process, proposal, await AxesAsync(db, process.EntityId, cancel),
            [.. others.Select(o => new OtherWork($"{BudgetProposal.CodeOf(o.Number)} {o.Title}", o.Cui, o.Title)), .. earlier.Select(o => new OtherWork(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{BudgetProposal.CodeOf(o.Number)} ({o.FiscalYear}) {o.Title}"), o.Cui, o.Title))]);
    }

    /// <summary>Axes of the strategy in force; null where there is none.</summary>
    internal static async Task<IReadOnlySet<AxisId>?> AxesAsync(AppDb db, EntityId entity, CancellationToken cancel) =>
        await (from a in db.Axes join s in db.Strategies on a.StrategyId equals s.Id where s.EntityId == entity && s.State == StrategyState.InForce select a.Id).ToListAsync(cancel) is { Count: > 0 } axes ? axes.ToHashSet() : null;

    static IReadOnlyList<CriterionScore> Scored(BudgetRule rule, IReadOnlyList<CriterionScore> typed) =>
        [.. rule.Criteria.Select(c =>
        {
            var score = typed.FirstOrDefault(s => s.Code == c.Code);
            if (score is null || score.Points < 0 || score.Points > c.Most) throw new RuleBroken(BudgetRules.ScoreWrong, c.Name, c.Most);
            return score with { Why = PlanningRules.Optional(score.Why, "why", PlanningRules.LongestText) ?? throw new RuleBroken(BudgetRules.ScoreWhyMissing, c.Name) };
        })];
}
