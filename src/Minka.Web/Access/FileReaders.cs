using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Evaluation;
using Minka.Core.Kernel;

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

    /// <summary>Whether the person holds an accepted seat on the file and has declared no tie to the applicant or to one of its members.</summary>
    public static async Task<bool> ReadsAsEvaluatorAsync(this HttpContext context, AppDb db, ApplicationId application)
    {
        var person = context.SignedInPerson!.Id;
        if (!await db.Assignments.AnyAsync(a => a.ApplicationId == application && a.EvaluatorId == person && (a.State == AssignmentState.Accepted || a.State == AssignmentState.Locked))) return false;
        var services = context.RequestServices;
        return !await DeclaredTies.IsTiedAsync(db, services.GetRequiredService<InterestVault>(), person, application, LegalTime.DayIn(services.GetRequiredService<TimeProvider>().UtcInstant()));
    }
}
