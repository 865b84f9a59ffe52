using System.Globalization;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Evaluation;

/// <summary>Fills and refills the seats of evaluators within an act.</summary>
static class Seats
{
    /// <summary>
    /// Seats what is asked among the fund's evaluators in force, across no conflict: none that was declared (kinship, work, interest),
    /// no entity for which the person acts or acted, and no other entity of that entity's region.
    /// </summary>
    public static async Task<IReadOnlyList<Assignment>> FillAsync(Work work, Call call, IReadOnlyList<(Application File, int Seats, int FirstSeat)> wanted, CancellationToken cancel)
    {
        await work.FlushAsync(cancel);
        var fund = call.FundId.Value;
        var people = await work.Db.RoleGrants
            .Where(g => g.Role == Role.Evaluator && g.ScopeKind == ScopeKind.Fund && g.ScopeId == fund && g.RevokedAt == null)
            .Select(g => g.PersonId).Distinct().OrderBy(p => p).ToListAsync(cancel);
        var assignments = await work.Db.Assignments.Where(a => a.CallId == call.Id).ToListAsync(cancel);
        var declared = await work.Db.Conflicts.Where(c => c.CallId == call.Id).Select(c => new { c.EvaluatorId, c.EntityId }).ToListAsync(cancel);
        var ties = await work.Db.RoleGrants.Where(g => g.ScopeKind == ScopeKind.Entity && people.Contains(g.PersonId)).Select(g => new { g.PersonId, g.ScopeId }).ToListAsync(cancel);
        var representatives = await work.Db.Members.Where(m => m.RepresentativePersonId != null).Select(m => new { m.RepresentativePersonId, m.EntityId }).ToListAsync(cancel);
        var tied = ties.Select(t => (Person: t.PersonId, Entity: t.ScopeId!.Value)).Concat(representatives.Select(r => (Person: r.RepresentativePersonId!.Value, Entity: r.EntityId.Value))).ToHashSet();
        var blocked = declared.Select(d => (d.EvaluatorId, d.EntityId.Value)).Concat(tied).ToHashSet();
        var entityOf = wanted.ToDictionary(w => w.File.Id.Value, w => w.File.EntityId.Value);
        blocked.UnionWith((await Interests.TiedToEntitiesAsync(work.Db, DeclaredTies.VaultOf(work), people, [.. wanted.Select(w => w.File.EntityId).Distinct()], work.Today, cancel)).Select(t => (t.Person, t.Entity.Value)));
        // Whoever acts for an entity reads nobody of the same region: their neighbours compete with them.
        var entities = tied.Where(t => people.Contains(t.Person)).Select(t => t.Entity).Concat(entityOf.Values).Distinct().Select(EntityId.From).ToList();
        var regions = (await work.Db.CoordinationEntities.Where(e => entities.Contains(e.Id)).Select(e => new { e.Id, e.ProvinceCodes }).ToListAsync(cancel))
            .ToDictionary(e => e.Id.Value, e => e.ProvinceCodes.Select(c => c[..2]).ToHashSet(StringComparer.Ordinal));
        var home = tied.Where(t => regions.ContainsKey(t.Entity)).SelectMany(t => regions[t.Entity].Select(region => (t.Person, region))).ToHashSet();
        var loads = people.ToDictionary(p => p, p => assignments.Count(a => a.EvaluatorId == p && a.IsActive));
        var (seats, unseated) = Seating.Fill(
            [.. wanted.Select(w => (w.File.Id.Value, w.Seats))], loads,
            (evaluator, file) => blocked.Contains((evaluator, entityOf[file])) || regions[entityOf[file]].Any(region => home.Contains((evaluator, region))) || assignments.Any(a => a.EvaluatorId == evaluator && a.ApplicationId.Value == file),
            CanonicalJson.DigestOf(call.Id.Value.ToString()).ToBytes());
        if (seats is null) throw new RuleBroken(EvaluationCodes.TooFewEvaluators, wanted.First(w => w.File.Id.Value == unseated).File.Code!);

        var names = assignments.GroupBy(a => a.EvaluatorId).ToDictionary(g => g.Key, g => g.First().Pseudonym);
        var made = new List<Assignment>();
        foreach (var (file, _, firstSeat) in wanted)
        {
            var seat = firstSeat;
            foreach (var evaluator in seats[file.Id.Value])
            {
                if (!names.TryGetValue(evaluator, out var name)) names[evaluator] = name = Pseudonym(names.Count);
                made.Add(new Assignment
                {
                    Id = work.NewId<AssignmentId>(),
                    CallId = call.Id,
                    ApplicationId = file.Id,
                    EvaluatorId = evaluator,
                    Seat = seat++,
                    Pseudonym = name,
                    AssignedAt = work.Now,
                    SaltHex = Convert.ToHexStringLower(work.Entropy.Bytes(16)),
                });
            }
        }
        work.Db.Assignments.AddRange(made);
        return made;
    }

    /// <summary>The person leaves a file; the seat goes to somebody without conflict.</summary>
    public static async Task<Assignment> RecuseAsync(Work work, Call call, Assignment assignment, string reason, CancellationToken cancel)
    {
        assignment.Recuse(reason);
        var file = await work.Db.Applications.SingleAsync(a => a.Id == assignment.ApplicationId, cancel);
        var replacement = (await FillAsync(work, call, [(file, 1, assignment.Seat)], cancel))[0];
        work.Happened(new EvaluatorRecused(assignment.Id, replacement.Id));
        return replacement;
    }

    static string Pseudonym(int index) => index < 26 ? ((char)('A' + index)).ToString() : $"{(char)('A' + (index % 26))}{(index / 26).ToString(CultureInfo.InvariantCulture)}";
}

/// <summary>Ends screening and seats the evaluators of every admitted application.</summary>
[UseCase]
public sealed class StartEvaluation(Writer writer)
{
    public Task ExecuteAsync(CallId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("evaluation.start", actor, async work =>
        {
            var call = await EvaluationLoads.CallAsync(work, id, cancel);
            var rules = await EvaluationLoads.RulesAsync(work.Db, call, cancel);
            call.StartEvaluation();
            var pending = await work.Db.Reviews.CountAsync(r => r.CallId == id && r.State != ReviewState.Admitted && r.State != ReviewState.Rejected
                && work.Db.Set<Application>().Any(a => a.Id == r.ApplicationId && a.State != ApplicationState.Withdrawn && a.State != ApplicationState.Disqualified), cancel);
            if (pending > 0) throw new RuleBroken(EvaluationCodes.ReviewsPending, pending);
            var admitted = await work.Db.Applications.Where(a => a.CallId == id && a.State == ApplicationState.Admitted).OrderBy(a => a.Code).ToListAsync(cancel);
            if (admitted.Count == 0) throw new RuleBroken(EvaluationCodes.NoneAdmitted);
            var made = await Seats.FillAsync(work, call, [.. admitted.Select(a => (a, rules.Pack.Evaluation.Evaluators.Value, 1))], cancel);
            work.Happened(new EvaluationStarted(id, admitted.Count));
            work.Happened(new EvaluatorsAssigned(id, [.. made.Select(a => a.Id)]));
        }, new ActNote("call", id.Value), cancel);
}

/// <summary>An evaluator declares an interest; files of that entity already assigned go to somebody else in the same act.</summary>
[UseCase]
public sealed class DeclareConflict(Writer writer)
{
    public Task<int> ExecuteAsync(CallId callId, Guid evaluator, EntityId entity, string reason, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("evaluation.declare-conflict", actor, async work =>
        {
            if (string.IsNullOrWhiteSpace(reason)) throw new RuleBroken(EvaluationCodes.ConflictReasonMissing);
            var call = await EvaluationLoads.CallAsync(work, callId, cancel);
            work.Db.Conflicts.Add(new ConflictDeclaration { Id = work.NewId<ConflictId>(), CallId = callId, EvaluatorId = evaluator, EntityId = entity, Reason = reason.Trim(), At = work.Now });
            var files = await work.Db.Applications.Where(a => a.CallId == callId && a.EntityId == entity).Select(a => a.Id).ToListAsync(cancel);
            var seats = await work.Db.Assignments
                .Where(a => a.CallId == callId && a.EvaluatorId == evaluator && files.Contains(a.ApplicationId) && (a.State == AssignmentState.Assigned || a.State == AssignmentState.Accepted)).ToListAsync(cancel);
            foreach (var seat in seats) await Seats.RecuseAsync(work, call, seat, reason, cancel);
            return seats.Count;
        }, new ActNote("call", callId.Value), cancel);
}

/// <summary>The evaluator's verbs on one seat.</summary>
[UseCase]
public sealed class EvaluateFile(Writer writer)
{
    /// <summary>"I have no conflict with this applicant": opens the file.</summary>
    public Task AcceptAsync(AssignmentId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("evaluation.accept", actor, async work => (await MineAsync(work, id, actor, cancel)).Accept(), new ActNote("assignment", id.Value), cancel);

    public Task<AssignmentId> RecuseAsync(AssignmentId id, string reason, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("evaluation.recuse", actor, async work =>
        {
            var seat = await MineAsync(work, id, actor, cancel);
            var call = await EvaluationLoads.CallAsync(work, seat.CallId, cancel);
            return (await Seats.RecuseAsync(work, call, seat, reason, cancel)).Id;
        }, new ActNote("assignment", id.Value), cancel);

    /// <summary>Keeps a draft of one criterion; points may still be missing.</summary>
    /// <param name="version">The version that the person saw, or null for the first time.</param>
    public Task ScoreAsync(AssignmentId id, string criterionId, int? points, string reason, int? version, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("evaluation.score", actor, async work =>
        {
            var seat = await MineAsync(work, id, actor, cancel);
            if (seat.State != AssignmentState.Accepted) throw new RuleBroken(seat.State == AssignmentState.Locked ? EvaluationCodes.ScoresLocked : EvaluationCodes.ConflictOpen);
            var call = await EvaluationLoads.CallAsync(work, seat.CallId, cancel);
            var rules = await EvaluationLoads.RulesAsync(work.Db, call, cancel);
            var criterion = rules.Pack.Criterion(criterionId);
            if (points is { } p && (p < 0 || p > criterion.MaxPoints.Value)) throw new RuleBroken(EvaluationCodes.PointsOutside, p, criterion.MaxPoints.Value);
            var score = await work.Db.Scores.SingleOrDefaultAsync(s => s.AssignmentId == id && s.CriterionId == criterionId, cancel);
            if (score is null)
            {
                score = new Score { AssignmentId = id, CriterionId = criterionId };
                work.Db.Scores.Add(score);
            }
            else if (score.Version != version && (score.Points != points || score.Reason != reason.Trim()))
            {
                // The form and the page's own saving may arrive in any order: a part that comes late must not take a whole score's place.
                throw new ChangedMeanwhile("score");
            }
            score.Set(points, reason, work.Now);
        }, new ActNote("assignment", id.Value), cancel);

    /// <summary>Makes the scores final. When the last seat of the file locks them, a divergence calls a third reader.</summary>
    public Task LockAsync(AssignmentId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("evaluation.lock", actor, async work =>
        {
            var seat = await MineAsync(work, id, actor, cancel);
            var call = await EvaluationLoads.CallAsync(work, seat.CallId, cancel);
            var rules = await EvaluationLoads.RulesAsync(work.Db, call, cancel);
            var scores = await work.Db.Scores.Where(s => s.AssignmentId == id).ToListAsync(cancel);
            foreach (var criterion in rules.Pack.Criteria.Items)
            {
                var score = scores.SingleOrDefault(s => s.CriterionId == criterion.Id);
                if (score?.Points is null) throw new RuleBroken(EvaluationCodes.ScoresIncomplete, criterion.Name);
                if (rules.Pack.Evaluation.ReasonRequired.Value && score.Reason.Length < 10) throw new RuleBroken(EvaluationCodes.ScoreReasonMissing, criterion.Name);
            }
            seat.Lock(work.Now);
            var digest = Scoring.DigestOf(seat.SaltHex, scores.Select(s => (s.CriterionId, s.Points!.Value, s.Reason)));
            work.Happened(new ScoresLocked(id, seat.ApplicationId, digest));
            await work.FlushAsync(cancel);
            var seats = await work.Db.Assignments.Where(a => a.ApplicationId == seat.ApplicationId && a.State != AssignmentState.Recused).ToListAsync(cancel);
            if (seats.Any(s => s.State != AssignmentState.Locked)) return;
            var sheets = await Scoring.SheetsAsync(work.Db, seat.ApplicationId, cancel);
            if (!FinalScores.NeedsThirdReader(sheets, rules.Pack.Evaluation)) return;
            var file = await work.Db.Applications.SingleAsync(a => a.Id == seat.ApplicationId, cancel);
            var third = (await Seats.FillAsync(work, call, [(file, 1, 3)], cancel))[0];
            work.Happened(new ThirdReaderCalled(file.Id, third.Id, Math.Abs(sheets[0].Total - sheets[1].Total)));
        }, new ActNote("assignment", id.Value), cancel);

    static async Task<Assignment> MineAsync(Work work, AssignmentId id, Actor actor, CancellationToken cancel)
    {
        var seat = await work.Db.Assignments.SingleOrDefaultAsync(a => a.Id == id, cancel) ?? throw new NotFound("assignment", id.Value);
        if (seat.EvaluatorId != actor.PersonId) throw new RuleBroken(EvaluationCodes.NotYourFile);
        var call = await EvaluationLoads.CallAsync(work, seat.CallId, cancel);
        var application = seat.ApplicationId;
        // A file that was withdrawn keeps its seats; what they would still say decides nothing.
        if (await DeclaredTies.IsTiedAsync(work.Db, DeclaredTies.VaultOf(work), actor.PersonId!.Value, application, work.Today, cancel)) throw new RuleBroken(EvaluationCodes.TieDeclared);
        var underWay = call.State == CallState.Evaluating && await work.Db.Applications.AnyAsync(a => a.Id == application && a.State == ApplicationState.Admitted, cancel);
        return underWay ? seat : throw new RuleBroken(EvaluationCodes.NotUnderWay);
    }
}

/// <summary>Reads scores; before every seat of a file is locked, nobody but their author sees them.</summary>
public static class Scoring
{
    /// <summary>What the register tells of a locked sheet.</summary>
    public static Digest DigestOf(string saltHex, IEnumerable<(string CriterionId, int Points, string Reason)> scores) => CanonicalJson.DigestOf(new
    {
        Salt = saltHex,
        Scores = scores.OrderBy(s => s.CriterionId, StringComparer.Ordinal).Select(s => new { s.CriterionId, s.Points, s.Reason }).ToList(),
    });

    /// <summary>The locked sheets of a file by seat.</summary>
    public static async Task<IReadOnlyList<ScoreSheet>> SheetsAsync(AppDb db, ApplicationId application, CancellationToken cancel = default)
    {
        var seats = await db.Assignments.Where(a => a.ApplicationId == application && a.State == AssignmentState.Locked).OrderBy(a => a.Seat).Select(a => new { a.Id, a.Seat }).ToListAsync(cancel);
        var ids = seats.Select(s => s.Id).ToList();
        var scores = await db.Scores.Where(s => ids.Contains(s.AssignmentId)).ToListAsync(cancel);
        return [.. seats.Select(seat => new ScoreSheet(seat.Seat,
            scores.Where(s => s.AssignmentId == seat.Id).ToDictionary(s => s.CriterionId, s => s.Points ?? 0, StringComparer.Ordinal)))];
    }

    /// <summary>Whether all seats are locked, so that the scores may be seen by others.</summary>
    public static async Task<bool> AllLockedAsync(AppDb db, ApplicationId application, CancellationToken cancel = default)
    {
        var states = await db.Assignments.Where(a => a.ApplicationId == application && a.State != AssignmentState.Recused).Select(a => a.State).ToListAsync(cancel);
        return states.Count > 0 && states.All(s => s == AssignmentState.Locked);
    }
}
