using Microsoft.EntityFrameworkCore;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Selection.Award;
using Minka.Selection.Draw;

namespace Minka.Core.Awards;

static class AwardLoads
{
    public static async Task<(Call Call, CallRules Rules)> CallAsync(Work work, CallId id, CancellationToken cancel)
    {
        var call = await work.Db.Calls.SingleOrDefaultAsync(c => c.Id == id, cancel) ?? throw new NotFound("call", id.Value);
        var freeze = await work.Db.Freezes.AsNoTracking().SingleAsync(f => f.CallId == id && f.Round == call.Round && f.Number == 2, cancel);
        return (call, CallRules.Of(freeze));
    }

    public static async Task<SelectionRun> RunAsync(Work work, RunId id, CancellationToken cancel) =>
        await work.Db.SelectionRuns.SingleOrDefaultAsync(r => r.Id == id, cancel) ?? throw new NotFound("run", id.Value);

    /// <summary>Codes of the applications that the run ranks and that were disqualified since.</summary>
    public static async Task<IReadOnlyList<string>> GoneAsync(Work work, SelectionRun run, CancellationToken cancel)
    {
        var (id, call) = (run.Id, run.CallId);
        return await work.Db.AwardLines.Where(l => l.RunId == id && l.Outcome != AwardOutcome.NotEligible
            && work.Db.Set<Application>().Any(a => a.Id == l.ApplicationId && a.State == ApplicationState.Disqualified)).OrderBy(l => l.Code).Select(l => l.Code).ToListAsync(cancel);
    }
}

/// <summary>Commits the list of those whom nothing but a draw can order, before anybody knows the seed.</summary>
[UseCase]
public sealed class CommitTieDraw(Writer writer)
{
    public Task ExecuteAsync(CallId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("award.commit-draw", actor, async work =>
        {
            var (call, rules) = await AwardLoads.CallAsync(work, id, cancel);
            Call.Table.Next(call.State, "rank");
            var (input, _) = await AwardInputs.BuildAsync(work.Db, call, rules, cancel);
            var ties = AwardRanking.OpenTies(input);
            if (ties.Count == 0) throw new RuleBroken(AwardCodes.DrawNotNeeded);
            if (await work.Db.TieDraws.AnyAsync(d => d.CallId == id && d.Beacon == null, cancel)) throw new RuleBroken(AwardCodes.DrawCommitted);
            var number = await work.Db.TieDraws.CountAsync(d => d.CallId == id, cancel);
            var candidates = ties.SelectMany(t => t.Ids).Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal).ToList();
            var salt = Convert.ToHexStringLower(work.Entropy.Bytes(32));
            var commitment = PublicDraw.Commit(salt, candidates);
            work.Db.TieDraws.Add(new TieDraw { CallId = id, Number = number + 1, Candidates = candidates, SaltHex = salt, Commitment = Text(commitment), CommittedAt = work.Now });
            work.Happened(new TieDrawCommitted(id, number + 1, candidates, Text(commitment)));
        }, new ActNote("call", id.Value), cancel);

    static string Text(DrawCommitment commitment) => $"{commitment.SaltHash}:{commitment.CandidatesHash}";
}

/// <summary>Enters what was drawn before witnesses; the order follows.</summary>
[UseCase]
public sealed class DrawTies(Writer writer)
{
    public Task ExecuteAsync(CallId id, string beacon, string witnesses, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("award.draw", actor, async work =>
        {
            var (call, _) = await AwardLoads.CallAsync(work, id, cancel);
            Call.Table.Next(call.State, "rank");
            var draw = await work.Db.TieDraws.Where(d => d.CallId == id && d.Beacon == null).FirstOrDefaultAsync(cancel) ?? throw new RuleBroken(AwardCodes.DrawNotCommitted);
            draw.Draw(beacon, witnesses, work.Now);
            work.Happened(new TieDrawn(id, draw.Number, draw.SaltHex, draw.Beacon!, AwardInputs.DrawOrder(draw)));
        }, new ActNote("call", id.Value), cancel);
}

/// <summary>Computes the award by the frozen rules and proposes it to the board.</summary>
[UseCase]
public sealed class ProposeAward(Writer writer, CompareWithOptimum compare)
{
    public async Task<RunId> ExecuteAsync(CallId id, Actor actor, CancellationToken cancel = default)
    {
        var run = await RankAsync(id, actor, cancel);
        await compare.StoreAsync(run, cancel);
        return run;
    }

    Task<RunId> RankAsync(CallId id, Actor actor, CancellationToken cancel) =>
        writer.ActAsync("award.propose", actor, async work =>
        {
            var (call, rules) = await AwardLoads.CallAsync(work, id, cancel);
            call.MarkRanked();
            var (input, files) = await AwardInputs.BuildAsync(work.Db, call, rules, cancel);
            if (AwardRanking.OpenTies(input) is { Count: > 0 } ties) throw new RuleBroken(AwardCodes.DrawNeeded, ties.SelectMany(t => t.Ids).Distinct(StringComparer.Ordinal).ToList());
            var result = AwardRanking.Run(input);
            var number = await work.Db.SelectionRuns.CountAsync(r => r.CallId == id, cancel);
            var inputJson = CanonicalJson.Bytes(input);
            var resultJson = CanonicalJson.Bytes(result);
            var run = new SelectionRun
            {
                Id = work.NewId<RunId>(),
                CallId = id,
                Number = number + 1,
                Input = System.Text.Encoding.UTF8.GetString(inputJson),
                InputDigest = Digest.Of(inputJson),
                Result = System.Text.Encoding.UTF8.GetString(resultJson),
                ResultDigest = Digest.Of(resultJson),
                RulesDigest = rules.Digest,
                ProposedAt = work.Now,
            };
            work.Db.SelectionRuns.Add(run);
            foreach (var decision in result.Decisions)
            {
                var file = files[decision.Id];
                if (file.State == ApplicationState.Admitted) file.MarkScored();
                work.Db.AwardLines.Add(new AwardLine
                {
                    RunId = run.Id,
                    ApplicationId = file.Id,
                    CallId = id,
                    Code = decision.Id,
                    League = decision.Group,
                    Outcome = decision.Outcome,
                    Requested = new Money(decision.Request),
                    Awarded = new Money(decision.Awarded),
                    PointsHundredths = decision.Points,
                    RankInLeague = decision.RankInGroup,
                    OverallRank = decision.OverallRank,
                    ReservePosition = decision.ReservePosition,
                });
            }
            work.Happened(new AwardProposed(id, run.Id, rules.Digest, run.InputDigest, run.ResultDigest, new Money(result.Awarded)));
            return run.Id;
        }, new ActNote("call", id.Value), cancel);
}

/// <summary>The board approves the list as it is, or returns it with reasons; there is no verb to reorder it.</summary>
[UseCase]
public sealed class DecideAward(Writer writer)
{
    public Task ApproveAsync(RunId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("award.approve", actor, async work =>
        {
            var run = await AwardLoads.RunAsync(work, id, cancel);
            var (call, _) = await AwardLoads.CallAsync(work, run.CallId, cancel);
            if (await AwardLoads.GoneAsync(work, run, cancel) is { Count: > 0 } gone) throw new RuleBroken(AwardCodes.Stale, gone);
            run.Approve(work.Now);
            call.MarkApproved();
            work.Happened(new AwardApproved(run.CallId, id, run.ResultDigest));
        }, new ActNote("run", id.Value), cancel);

    public Task ReturnAsync(RunId id, string reasons, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("award.return", actor, async work =>
        {
            var run = await AwardLoads.RunAsync(work, id, cancel);
            var (call, _) = await AwardLoads.CallAsync(work, run.CallId, cancel);
            run.Return(reasons, work.Now);
            call.MarkReturned();
            work.Happened(new AwardReturned(run.CallId, id));
        }, new ActNote("run", id.Value, reasons), cancel);
}

/// <summary>Publishes the approved award: from here agreements are drafted and the results are public.</summary>
[UseCase]
public sealed class PublishAward(Writer writer, AppDb db, CompareWithOptimum compare)
{
    public async Task ExecuteAsync(CallId id, Actor actor, CancellationToken cancel = default)
    {
        // Whatever came between the proposal and its comparison: nothing is published without it.
        foreach (var run in await db.SelectionRuns.Where(r => r.CallId == id && r.State == RunState.Approved).Select(r => r.Id).ToListAsync(cancel)) await compare.StoreAsync(run, cancel);
        await PublishAsync(id, actor, cancel);
    }

    Task PublishAsync(CallId id, Actor actor, CancellationToken cancel) =>
        writer.ActAsync("award.publish", actor, async work =>
        {
            var (call, _) = await AwardLoads.CallAsync(work, id, cancel);
            var run = await work.Db.SelectionRuns.Where(r => r.CallId == id && r.State == RunState.Approved).OrderByDescending(r => r.Number).FirstOrDefaultAsync(cancel)
                ?? throw new RuleBroken(AwardCodes.NoRun);
            call.MarkAwarded(work.Now);
            var funded = await work.Db.AwardLines.Where(l => l.RunId == run.Id && (l.Outcome == AwardOutcome.FundedInGroup || l.Outcome == AwardOutcome.FundedFromResidual || l.Outcome == AwardOutcome.FundedFromSetAside))
                .OrderBy(l => l.Code).ToListAsync(cancel);
            // Whoever was disqualified between approval and publication is awarded nothing; the reserve list is called for that money.
            var gone = (await AwardLoads.GoneAsync(work, run, cancel)).ToHashSet(StringComparer.Ordinal);
            foreach (var line in funded.Where(l => !gone.Contains(l.Code))) work.Happened(new ApplicationAwarded(id, run.Id, line.ApplicationId, line.Awarded));
            IReadOnlyList<string> left = [.. funded.Select(l => l.Code).Where(gone.Contains)];
            if (left.Count > 0) await Reserve.PromoteAsync(work, run.Id, left, cancel);
        }, new ActNote("call", id.Value), cancel);
}

/// <summary>Winners that leave (they decline, or let the days to sign pass) free their money for the reserve list, in its order.</summary>
public static class Reserve
{
    /// <summary>Whether the list may still be called: to the end of its last calendar day in Lima.</summary>
    public static bool IsInTime(DateTime decidedAt, DateTime at, int days) => LegalTime.DayIn(at) <= LegalTime.DayIn(decidedAt).AddDays(days);

    // Whoever was disqualified while waiting leaves the list before it is called.
    static async Task<IReadOnlyList<string>> DisqualifiedOnReserveAsync(Work work, SelectionRun run, AwardInput input, List<ReserveRound> before, IReadOnlyList<string> withdrawn, CancellationToken cancel)
    {
        var gone = before.SelectMany(r => r.Withdrawn).Concat(withdrawn).ToHashSet(StringComparer.Ordinal);
        var disqualified = await work.Db.Applications.Where(a => a.CallId == run.CallId && a.State == ApplicationState.Disqualified && a.Code != null).Select(a => a.Code!).OrderBy(c => c).ToListAsync(cancel);
        var waiting = AwardRanking.PromoteFromReserve(input, [.. before.Select(r => (IReadOnlyCollection<string>)r.Withdrawn)]).Reserve.Select(r => r.Id).ToHashSet(StringComparer.Ordinal);
        return [.. disqualified.Where(c => waiting.Contains(c) && !gone.Contains(c))];
    }

    public static async Task<IReadOnlyList<string>> PromoteAsync(Work work, RunId id, IReadOnlyList<string> withdrawn, CancellationToken cancel)
    {
        var run = await AwardLoads.RunAsync(work, id, cancel);
        var (_, rules) = await AwardLoads.CallAsync(work, run.CallId, cancel);
        var before = await work.Db.ReserveRounds.Where(r => r.RunId == id).OrderBy(r => r.Number).ToListAsync(cancel);
        var inTime = IsInTime(run.DecidedAt ?? run.ProposedAt, work.Now, rules.Pack.Award.ReserveDays.Value);
        var input = run.ReadInput();
        withdrawn = [.. withdrawn, .. await DisqualifiedOnReserveAsync(work, run, input, before, withdrawn, cancel)];
        var rounds = AwardRanking.PromoteFromReserve(input, [.. before.Select(r => (IReadOnlyCollection<string>)r.Withdrawn), [.. withdrawn]]);
        // After its term the list calls nobody: the money stays free.
        IReadOnlyList<Promotion> promoted = inTime ? rounds.Rounds[^1].Promotions : [];
        work.Db.ReserveRounds.Add(new ReserveRound { RunId = id, Number = before.Count + 1, Withdrawn = withdrawn, Promoted = [.. promoted.Select(p => p.Id)], At = work.Now });
        work.Happened(new ReservePromoted(run.CallId, id, before.Count + 1, withdrawn, [.. promoted.Select(p => p.Id)]));
        foreach (var promotion in promoted)
        {
            var line = await work.Db.AwardLines.SingleAsync(l => l.RunId == id && l.Code == promotion.Id, cancel);
            work.Happened(new ApplicationAwarded(run.CallId, id, line.ApplicationId, new Money(promotion.Amount)));
        }
        return [.. promoted.Select(p => p.Id)];
    }
}
