using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities.Ballots;
using Minka.Core.Entities.Prioritisation;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Selection.Participatory.Audits;

namespace Minka.Core.Planning.ParticipatoryBudget;

/// <summary>Opens the prioritisation by the rule that was fixed at the call, and takes its result.</summary>
[UseCase]
public sealed class RunPriorities(Writer writer, AppDb db)
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(8);

    /// <summary>By votes a prioritisation session is opened, whose slips, telephones and paper are those of any other.</summary>
    public Task OpenAsync(BudgetProcessId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.open-priorities", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            process.MustBe(BudgetState.Evaluating);
            MoveBudget.NotBefore(process.StepOf(BudgetStep.Priorities), work.Today);
            var waiting = await work.Db.BudgetProposals.CountAsync(p => p.ProcessId == id && (p.State == ProposalState.Submitted || p.State == ProposalState.Observed), cancel);
            if (waiting > 0) throw new RuleBroken(BudgetRules.ProposalsOpen, waiting);
            if (await BudgetQuery.AccountsOwedAsync(work.Db, process, cancel)) throw new RuleBroken(BudgetRules.AccountsOwed);
            var session = await SessionAsync(work, process, cancel);
            process.OpenPriorities(session?.Id.Value);
            work.Happened(new BudgetMoved(id, process.State));
        }, new ActNote("budget", id.Value), cancel);

    /// <summary>Votes again, with a reason that stands in the agreement's history; the earlier session stays where it is.</summary>
    public Task RepeatAsync(BudgetProcessId id, string why, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("budget.repeat", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            process.MustBe(BudgetState.Prioritising);
            var session = await SessionAsync(work, process, cancel) ?? throw new RuleBroken(BudgetRules.MethodOther);
            process.Repeat(session.Id.Value, why, work.Now);
            work.Happened(new BudgetChanged(id, "repeat", Digest.Of(why.Trim())));
        }, new ActNote("budget", id.Value), cancel);

    /// <summary>What would have funded those that lost is computed before, outside the writer's lane; where that takes too long the result goes without it.</summary>
    public async Task<BudgetResult> TakeResultAsync(BudgetProcessId id, Actor actor, CancellationToken cancel = default)
    {
        var lost = await LostAsync(id, cancel);
        return await writer.ActAsync("budget.result", actor, async work =>
        {
            var process = await work.BudgetAsync(id, cancel);
            process.MustBe(BudgetState.Prioritising);
            var voters = await work.Db.VotersPresentAsync(process, cancel);
            if (voters == 0) throw new RuleBroken(BudgetRules.NobodyCame);
            var contenders = await ContendersAsync(work.Db, id, cancel);
            var result = process.Rule!.Method == PriorityMethod.Criteria
                ? BudgetPriorities.ByCriteria(contenders, process.Amount, process.Rule.SkipUnaffordable, process.RuleDigest!.Value)
                : await ByVotesAsync(work, process, contenders, voters, lost, cancel);
            process.TakeResult(result, work.Now);
            work.Happened(new BudgetResultTaken(id, result.Spent, [.. result.Funded.Select(l => l.ProposalId)], CanonicalJson.DigestOf(result)));
            return result;
        }, new ActNote("budget", id.Value), cancel);
    }

    public static async Task<IReadOnlyList<Contender>> ContendersAsync(AppDb db, BudgetProcessId id, CancellationToken cancel = default) =>
        [.. (await db.BudgetProposals.Where(p => p.ProcessId == id && p.State == ProposalState.Suitable).OrderBy(p => p.Number).ToListAsync(cancel))
            .Select(p => new Contender(p.Id, p.Code, p.Title, p.Evaluation?.Points ?? 0, p.Beneficiaries, p.Cost, p.FromOthers))];

    static async Task<BudgetResult> ByVotesAsync(Work work, BudgetProcess process, IReadOnlyList<Contender> contenders, int voters, IReadOnlyDictionary<string, LostProject> lost, CancellationToken cancel)
    {
        var session = await work.PriorityAsync(PrioritisationId.From(process.SessionId!.Value), cancel);
        if (session is not { State: PrioritisationState.Closed, Result: { } counted }) throw new RuleBroken(BudgetRules.SessionOpen);
        if (counted.Ballots > voters) throw new RuleBroken(BudgetRules.BallotsExceed, counted.Ballots, voters);
        var ballots = await BallotsAsync(work.Db, session, cancel);
        var supporters = session.Options.Index().ToDictionary(o => o.Item.Id, o => ballots.LongCount(m => !m.IsNull && m.Values[o.Index] > 0), StringComparer.Ordinal);
        return BudgetPriorities.ByVotes(contenders, process.Amount, counted, supporters, lost);
    }

    static async Task<IReadOnlyList<Marking>> BallotsAsync(AppDb db, PrioritisationSession session, CancellationToken cancel)
    {
        var markings = await db.CountedBallots.Where(b => b.UrnId == session.Id.Value).Select(b => b.Marking).ToListAsync(cancel);
        var paper = await db.PaperBatches.Where(b => b.SessionId == session.Id && b.Round == 1).ToListAsync(cancel);
        return [.. markings, .. paper.SelectMany(b => b.Ballots)];
    }

    async Task<IReadOnlyDictionary<string, LostProject>> LostAsync(BudgetProcessId id, CancellationToken cancel)
    {
        var none = new Dictionary<string, LostProject>(StringComparer.Ordinal);
        if (await db.BudgetProcesses.Where(p => p.Id == id).Select(p => p.SessionId).SingleOrDefaultAsync(cancel) is not { } open) return none;
        var sessionId = PrioritisationId.From(open);
        if (await db.PrioritisationSessions.SingleOrDefaultAsync(s => s.Id == sessionId && s.State == PrioritisationState.Closed, cancel) is not { } session) return none;
        var election = session.ElectionOf(await BallotsAsync(db, session, cancel));
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            return Counterfactuals.Of(election, session.Rule.Settings, patience.Token).ToDictionary(l => session.Options[l.Project].Id, StringComparer.Ordinal);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            return none;
        }
    }

    static async Task<PrioritisationSession?> SessionAsync(Work work, BudgetProcess process, CancellationToken cancel)
    {
        var contenders = await ContendersAsync(work.Db, process.Id, cancel);
        var workshops = await work.Db.BudgetWorkshops.Where(w => w.ProcessId == process.Id && w.Kind == WorkshopKind.Priorities && w.State != WorkshopState.Cancelled).OrderBy(w => w.StartsAt).ThenBy(w => w.Id).ToListAsync(cancel);
        if (workshops.Count == 0) throw new RuleBroken(BudgetRules.WorkshopMissing, WorkshopKind.Priorities);
        if (contenders.Count < (process.Rule!.Method == PriorityMethod.Votes ? 2 : 1)) throw new RuleBroken(BudgetRules.TooFewSuitable, contenders.Count);
        if (process.Rule.Method == PriorityMethod.Criteria) return null;
        var rule = process.Rule;
        // A ballot names each project by its code, so that two with like titles stay apart.
        var input = new PrioritisationInput(process.Title, process.Amount, rule.Form, rule.Form == BallotForm.Ranking ? Math.Min(rule.Most, contenders.Count) : rule.Most,
            [.. contenders.Select(c => new PriorityOption(c.Code, $"{c.Code} {c.Title}", c.Asked, null, null))], rule.Votes!,
            [.. workshops.Index().Select(w => new Workshop(string.Create(System.Globalization.CultureInfo.InvariantCulture, $"t{w.Index + 1}"), w.Item.Place))]);
        var session = await RunPrioritisation.DraftAsync(work, process.EntityId, input, cancel);
        await RunPrioritisation.FixAsync(work, session, cancel);
        RunPrioritisation.Open(work, session);
        return session;
    }
}
