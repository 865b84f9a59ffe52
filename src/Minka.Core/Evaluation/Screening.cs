using Microsoft.EntityFrameworkCore;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Rules;
using Minka.Core.Rules.Calendars;

namespace Minka.Core.Evaluation;

/// <summary>What each act of this context loads.</summary>
static class EvaluationLoads
{
    public static async Task<Call> CallAsync(Work work, CallId id, CancellationToken cancel) =>
        await work.Db.Calls.SingleOrDefaultAsync(c => c.Id == id, cancel) ?? throw new NotFound("call", id.Value);

    public static async Task<CallRules> RulesAsync(AppDb db, Call call, CancellationToken cancel) =>
        CallRules.Of(await db.Freezes.AsNoTracking().SingleAsync(f => f.CallId == call.Id && f.Round == call.Round && f.Number == 2, cancel));

    public static async Task<(Application Application, Review Review, CallRules Rules)> ReviewAsync(Work work, ApplicationId id, CancellationToken cancel)
    {
        var application = await work.Db.Applications.SingleOrDefaultAsync(a => a.Id == id, cancel) ?? throw new NotFound("application", id.Value);
        var review = await work.Db.Reviews.SingleOrDefaultAsync(r => r.ApplicationId == id, cancel) ?? throw new NotFound("review", id.Value);
        var call = await CallAsync(work, application.CallId, cancel);
        return (application, review, await RulesAsync(work.Db, call, cancel));
    }
}

/// <summary>Begins the admissibility stage: a review for each opened application.</summary>
[UseCase]
public sealed class StartScreening(Writer writer)
{
    public Task ExecuteAsync(CallId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("evaluation.start-screening", actor, async work =>
        {
            var call = await EvaluationLoads.CallAsync(work, id, cancel);
            call.StartScreening();
            var opened = await work.Db.Applications.Where(a => a.CallId == id && a.State == ApplicationState.Opened).Select(a => a.Id).ToListAsync(cancel);
            foreach (var application in opened) work.Db.Reviews.Add(new Review { ApplicationId = application, CallId = id });
            work.Happened(new ScreeningStarted(id, opened.Count));
        }, new ActNote("call", id.Value), cancel);
}

public sealed record FindingInput(string RequirementId, bool Met, string Reason);

/// <summary>Notes what the office found, requirement by requirement; may be repeated until it is told or decided.</summary>
[UseCase]
public sealed class RecordFindings(Writer writer)
{
    public Task ExecuteAsync(ApplicationId id, IReadOnlyList<FindingInput> findings, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("evaluation.record-findings", actor, async work =>
        {
            var (_, review, rules) = await EvaluationLoads.ReviewAsync(work, id, cancel);
            if (review.State is not (ReviewState.InReview or ReviewState.Cured)) throw new RuleBroken("state.forbidden", Review.Table.Machine, review.State, "record");
            var known = await work.Db.Findings.Where(f => f.ApplicationId == id && f.Round == review.Round).ToListAsync(cancel);
            foreach (var input in findings)
            {
                if (rules.Pack.Admissibility.All(r => r.Id != input.RequirementId)) throw new NotFound("requirement", input.RequirementId);
                var finding = known.SingleOrDefault(f => f.RequirementId == input.RequirementId);
                if (finding is null)
                {
                    finding = new Finding { ApplicationId = id, RequirementId = input.RequirementId, Round = review.Round };
                    work.Db.Findings.Add(finding);
                }
                finding.Set(input.Met, input.Reason);
            }
        }, new ActNote("application", id.Value), cancel);
}

/// <summary>Tells the applicant what is missing and gives the days that the rules grant to cure it.</summary>
[UseCase]
public sealed class TellFindings(Writer writer)
{
    public Task<DateTime> ExecuteAsync(ApplicationId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("evaluation.tell-findings", actor, async work =>
        {
            var (application, review, rules) = await EvaluationLoads.ReviewAsync(work, id, cancel);
            var failing = await ReviewFindings.FailingAsync(work.Db, review, rules.Pack, cancel);
            if (failing.Count == 0) throw new RuleBroken(EvaluationCodes.ReviewNothingToCure);
            if (failing.FirstOrDefault(f => !f.Curable.Value) is { } fatal) throw new RuleBroken(EvaluationCodes.ReviewNotCurable, fatal.Text);
            var until = Deadline.EndOf(BusinessCalendar.Peru.AddBusinessDays(work.Today, rules.Pack.Cure.BusinessDays.Value)).ClosesAt;
            review.Observe(rules.Pack.Cure.Rounds.Value, until);
            application.Observe();
            work.Happened(new FindingsTold(id, review.Round, [.. failing.Select(f => f.Id)], until));
            return until;
        }, new ActNote("application", id.Value), cancel);
}

public sealed record CureInput(string RequirementId, string Text, IncomingFile? File = null);

/// <summary>The applicant answers every finding at once, before the time is over.</summary>
[UseCase]
public sealed class CureFindings(Writer writer)
{
    public Task ExecuteAsync(ApplicationId id, IReadOnlyList<CureInput> answers, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("evaluation.cure-findings", actor, async work =>
        {
            var (application, review, rules) = await EvaluationLoads.ReviewAsync(work, id, cancel);
            var told = await ReviewFindings.FailingAsync(work.Db, review, rules.Pack, cancel, round: review.Round - 1);
            review.Cure(work.Now);
            foreach (var requirement in told)
            {
                var answer = answers.SingleOrDefault(a => a.RequirementId == requirement.Id);
                if (answer is null || string.IsNullOrWhiteSpace(answer.Text)) throw new RuleBroken(EvaluationCodes.CureAnswerMissing, requirement.Text);
                work.Db.CureAnswers.Add(new CureAnswer
                {
                    ApplicationId = id,
                    RequirementId = requirement.Id,
                    Round = review.Round,
                    Text = answer.Text.Trim(),
                    FileId = answer.File?.AddTo(work).Id,
                    FileDigest = answer.File?.Sha256,
                    At = work.Now,
                });
            }
            application.Cure();
            work.Happened(new FindingsCured(id, review.Round));
        }, new ActNote("application", id.Value), cancel);
}

/// <summary>Admits an application whose requirements are all met, or rejects one that fails, with the reasons noted.</summary>
[UseCase]
public sealed class DecideReview(Writer writer)
{
    public Task AdmitAsync(ApplicationId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("evaluation.admit", actor, async work =>
        {
            var (application, review, rules) = await EvaluationLoads.ReviewAsync(work, id, cancel);
            if ((await ReviewFindings.FailingAsync(work.Db, review, rules.Pack, cancel)).Count > 0) throw new RuleBroken(EvaluationCodes.ReviewStillFailing);
            review.Admit(work.Now);
            application.Admit();
            work.Happened(new ApplicationAdmitted(id));
        }, new ActNote("application", id.Value), cancel);

    public Task RejectAsync(ApplicationId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("evaluation.reject", actor, async work =>
        {
            var (application, review, rules) = await EvaluationLoads.ReviewAsync(work, id, cancel);
            var failing = await ReviewFindings.FailingAsync(work.Db, review, rules.Pack, cancel, round: review.State == ReviewState.Observed ? review.Round - 1 : review.Round);
            if (failing.Count == 0) throw new RuleBroken(EvaluationCodes.ReviewAllMet);
            if (review.State == ReviewState.InReview && review.Round < rules.Pack.Cure.Rounds.Value && failing.All(f => f.Curable.Value))
                throw new RuleBroken(EvaluationCodes.CureFirst, rules.Pack.Cure.BusinessDays.Value);
            review.Reject(work.Now);
            application.RejectInadmissible(work.Now);
            work.Happened(new ApplicationRejected(id, [.. failing.Select(f => f.Id)]));
        }, new ActNote("application", id.Value), cancel);
}

/// <summary>What the office found, seen over the rounds.</summary>
public static class ReviewFindings
{
    /// <summary>The requirements that a round found not met; throws where one was not looked at.</summary>
    public static async Task<IReadOnlyList<AdmissibilityRequirement>> FailingAsync(AppDb db, Review review, RulePack pack, CancellationToken cancel, int? round = null)
    {
        var at = round ?? review.Round;
        var id = review.ApplicationId;
        var findings = await db.Findings.Where(f => f.ApplicationId == id && f.Round == at).ToListAsync(cancel);
        if (pack.Admissibility.FirstOrDefault(r => findings.All(f => f.RequirementId != r.Id)) is { } missing) throw new RuleBroken(EvaluationCodes.ReviewIncomplete, missing.Text);
        return [.. pack.Admissibility.Where(r => findings.Any(f => f.RequirementId == r.Id && !f.Met))];
    }
}
