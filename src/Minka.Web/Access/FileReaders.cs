using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Evaluation;

namespace Minka.Web.Access;

/// <summary>Who of those that a page admits may read the file of one application.</summary>
public static class FileReaders
{
    /// <summary>
    /// The office, the board, the auditor and the entity's own people by their role; an evaluator only with a seat on this very file,
    /// after declaring no conflict: being an evaluator of the fund opens no file.
    /// </summary>
    public static async Task<bool> MayReadFileAsync(this HttpContext context, AppDb db, ApplicationId application) =>
        context.May(Role.Operator, Role.Board, Role.Auditor, Role.Manager, Role.Secretary) || await context.ReadsAsEvaluatorAsync(db, application);

    /// <summary>Whether the person holds an accepted seat on the file.</summary>
    public static async Task<bool> ReadsAsEvaluatorAsync(this HttpContext context, AppDb db, ApplicationId application)
    {
        var person = context.SignedInPerson!.Id;
        return await db.Assignments.AnyAsync(a => a.ApplicationId == application && a.EvaluatorId == person && (a.State == AssignmentState.Accepted || a.State == AssignmentState.Locked));
    }
}
