using System.Text;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Evaluation;

/// <summary>When a call goes back to a stage, what was reviewed and scored after it is copied and begins anew.</summary>
public sealed class RollBackEvaluation : IEventHandler<CallRolledBack>
{
    public async Task HandleAsync(CallRolledBack happened, Work work)
    {
        var id = happened.CallId;
        await RemoveSeatsAsync(happened, work);
        if (happened.To == CallState.Evaluating)
        {
            var call = await EvaluationLoads.CallAsync(work, id, CancellationToken.None);
            var rules = await EvaluationLoads.RulesAsync(work.Db, call, CancellationToken.None);
            var files = await work.Db.Applications.Where(a => a.CallId == id && (a.State == ApplicationState.Admitted || a.State == ApplicationState.Scored)).OrderBy(a => a.Code).ToListAsync();
            var made = await Seats.FillAsync(work, call, [.. files.Select(f => (f, rules.Pack.Evaluation.Evaluators.Value, 1))], CancellationToken.None);
            work.Happened(new EvaluatorsAssigned(id, [.. made.Select(a => a.Id)]));
            return;
        }
        await RemoveReviewsAsync(happened, work);
        if (happened.To != CallState.Screening) return;
        await work.FlushAsync();
        var opened = await work.Db.Applications.Where(a => a.CallId == id && a.Code != null && a.State != ApplicationState.Withdrawn && a.State != ApplicationState.Disqualified).Select(a => a.Id).ToListAsync();
        foreach (var application in opened) work.Db.Reviews.Add(new Review { ApplicationId = application, CallId = id });
    }

    static async Task RemoveSeatsAsync(CallRolledBack happened, Work work)
    {
        var id = happened.CallId;
        var seats = await work.Db.Assignments.Where(a => a.CallId == id).ToListAsync();
        var ids = seats.ConvertAll(s => s.Id);
        var scores = await work.Db.Scores.Where(s => ids.Contains(s.AssignmentId)).ToListAsync();
        foreach (var seat in seats)
        {
            Copy(work, happened, "assignment", seat.Id.Value, new
            {
                seat.ApplicationId,
                seat.EvaluatorId,
                seat.Seat,
                seat.Pseudonym,
                seat.State,
                seat.LockedAt,
                seat.SaltHex,
                Scores = scores.Where(s => s.AssignmentId == seat.Id).OrderBy(s => s.CriterionId, StringComparer.Ordinal).Select(s => new { s.CriterionId, s.Points, s.Reason }).ToList(),
            });
        }
        work.Db.Scores.RemoveRange(scores);
        work.Db.Assignments.RemoveRange(seats);
    }

    static async Task RemoveReviewsAsync(CallRolledBack happened, Work work)
    {
        var id = happened.CallId;
        var reviews = await work.Db.Reviews.Where(r => r.CallId == id).ToListAsync();
        var ids = reviews.ConvertAll(r => r.ApplicationId);
        var findings = await work.Db.Findings.Where(f => ids.Contains(f.ApplicationId)).ToListAsync();
        var answers = await work.Db.CureAnswers.Where(c => ids.Contains(c.ApplicationId)).ToListAsync();
        foreach (var review in reviews)
        {
            Copy(work, happened, "review", review.ApplicationId.Value, new
            {
                review.State,
                review.Round,
                review.CureUntil,
                review.DecidedAt,
                Findings = findings.Where(f => f.ApplicationId == review.ApplicationId).Select(f => new { f.RequirementId, f.Round, f.Met, f.Reason }).ToList(),
                Answers = answers.Where(c => c.ApplicationId == review.ApplicationId).Select(c => new { c.RequirementId, c.Round, c.Text, c.FileDigest, c.At }).ToList(),
            });
        }
        work.Db.Findings.RemoveRange(findings);
        work.Db.CureAnswers.RemoveRange(answers);
        work.Db.Reviews.RemoveRange(reviews);
    }

    static void Copy<T>(Work work, CallRolledBack happened, string kind, Guid id, T content) =>
        work.Db.AnnulmentCopies.Add(new AnnulmentCopy { AnnulmentId = happened.AnnulmentId, SubjectKind = kind, SubjectId = id, Content = Encoding.UTF8.GetString(CanonicalJson.Bytes(content)) });
}
