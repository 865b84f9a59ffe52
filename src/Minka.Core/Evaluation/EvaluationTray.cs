using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Fund;

namespace Minka.Core.Evaluation;

/// <summary>Findings to cure for managements, files to look at for the secretariat, files to score for evaluators.</summary>
public static class EvaluationTray
{
    public static async Task<IReadOnlyList<TrayItem>> ReadAsync(AppDb db, TrayOf tray, CancellationToken cancel)
    {
        var items = new List<TrayItem>();
        var managed = tray.In(Role.Manager).Select(EntityId.From).ToList();
        if (managed.Count > 0)
        {
            var findings = from r in db.Reviews
                           join a in db.Applications on r.ApplicationId equals a.Id
                           where managed.Contains(a.EntityId) && r.State == ReviewState.Observed && r.CureUntil > tray.Now
                           select new { a.Id, a.Code, a.SubmittedAt, r.CureUntil };
            items.AddRange((await findings.ToListAsync(cancel)).Select(f => new TrayItem("tray.review.cure", [f.Code], $"/postulaciones/{f.Id.Value}/subsanar", f.SubmittedAt ?? tray.Now, f.CureUntil)));
        }
        var operated = tray.In(Role.Operator).Select(FundId.From).ToList();
        if (operated.Count > 0)
        {
            var reviews = from r in db.Reviews
                          join c in db.Calls on r.CallId equals c.Id
                          where operated.Contains(c.FundId) && c.State == CallState.Screening && (r.State == ReviewState.InReview || r.State == ReviewState.Cured)
                          group r by new { c.Slug, c.Title, c.ClosedAt } into g
                          select new { g.Key.Slug, g.Key.Title, g.Key.ClosedAt, Count = g.Count() };
            items.AddRange((await reviews.ToListAsync(cancel)).Select(r => new TrayItem("tray.review.decide", [r.Title, r.Count], $"/convocatorias/{r.Slug}/admisibilidad", r.ClosedAt ?? tray.Now)));
        }
        if (tray.Grants.Any(g => g.Role == Role.Evaluator))
        {
            var files = from s in db.Assignments
                        join a in db.Applications on s.ApplicationId equals a.Id
                        join c in db.Calls on s.CallId equals c.Id
                        where s.EvaluatorId == tray.PersonId && c.State == CallState.Evaluating && (s.State == AssignmentState.Assigned || s.State == AssignmentState.Accepted)
                        orderby s.AssignedAt
                        select new { s.Id, s.State, s.AssignedAt, a.Code, c.Title };
            items.AddRange((await files.ToListAsync(cancel)).Select(f =>
                new TrayItem(f.State == AssignmentState.Assigned ? "tray.assignment.accept" : "tray.assignment.score", [f.Code, f.Title], $"/evaluaciones/{f.Id.Value}", f.AssignedAt)));
        }
        return items;
    }
}
