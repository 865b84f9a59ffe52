using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Evaluation;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Web.Access;

namespace Minka.Web.Api;

/// <summary>The documents of opened files, for the office, the applicant, and those evaluators who have the file before them.</summary>
public static class EvaluationApi
{
    public static void MapEvaluation(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/postulaciones/{application:guid}/expediente/{order:int}", DocumentAsync)
            .WithMetadata(new MayAttribute(Role.Operator, Role.Board, Role.Auditor, Role.Manager, Role.Evaluator));
        routes.MapGet("/postulaciones/{application:guid}/subsanacion/{requirement}/{round:int}", AnswerAsync)
            .WithMetadata(new MayAttribute(Role.Operator, Role.Board, Role.Auditor, Role.Manager, Role.Evaluator));
    }

    static async Task<IResult> DocumentAsync(Guid application, int order, AppDb db, FileStore files, HttpContext context)
    {
        var id = ApplicationId.From(application);
        if (!await context.MayReadFileAsync(db, id)) return Results.StatusCode(StatusCodes.Status403Forbidden);
        var entry = await db.ApplicationFiles.SingleOrDefaultAsync(f => f.ApplicationId == id && f.Order == order);
        return entry is null ? Results.NotFound() : await SendAsync(db, entry.StoredFileId, files, context);
    }

    static async Task<IResult> AnswerAsync(Guid application, string requirement, int round, AppDb db, FileStore files, HttpContext context)
    {
        var id = ApplicationId.From(application);
        if (!await context.MayReadFileAsync(db, id)) return Results.StatusCode(StatusCodes.Status403Forbidden);
        var answer = await db.CureAnswers.SingleOrDefaultAsync(c => c.ApplicationId == id && c.RequirementId == requirement && c.Round == round);
        return answer?.FileId is { } file ? await SendAsync(db, file, files, context) : Results.NotFound();
    }

    static async Task<IResult> SendAsync(AppDb db, StoredFileId id, FileStore files, HttpContext context)
    {
        var file = await db.StoredFiles.SingleAsync(f => f.Id == id);
        context.Response.Headers.CacheControl = "private, no-store";
        context.Response.Headers.ContentDisposition = new Microsoft.Net.Http.Headers.ContentDispositionHeaderValue("inline") { FileNameStar = file.Name }.ToString();
        try
        {
            return Results.Bytes(await files.ReadAsync(file.Sha256), file.MediaType);
        }
        catch (NotFound)
        {
            return Results.NotFound();
        }
    }
}
