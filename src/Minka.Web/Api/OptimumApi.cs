using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Awards;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Web.Access;

namespace Minka.Web.Api;

/// <summary>The optimiser's model of a call's award, for whoever wants to solve it alone: <c>./minka select award modelo-optimo.json</c>. Everybody has it with the results; the fund's board and office from the proposal on.</summary>
public static class OptimumApi
{
    const string Name = "modelo-optimo.json";

    public static void MapOptimum(this IEndpointRouteBuilder routes)
    {
        routes.MapGet($"/resultados/{{call}}/{Name}", PublishedAsync).WithMetadata(new PublicAttribute());
        routes.MapGet($"/convocatorias/{{call}}/premiacion/{Name}", ProposedAsync).WithMetadata(new MayAttribute(Role.Operator, Role.Board, Role.Auditor));
    }

    static Task<IResult> PublishedAsync(string call, AppDb db, CancellationToken cancel) =>
        FileAsync(db, from r in db.SelectionRuns join c in db.Calls on r.CallId equals c.Id where c.Slug == call && c.State == CallState.Awarded && r.State == RunState.Approved select r, cancel);

    static Task<IResult> ProposedAsync(string call, AppDb db, CancellationToken cancel) =>
        FileAsync(db, from r in db.SelectionRuns join c in db.Calls on r.CallId equals c.Id where c.Slug == call select r, cancel);

    // The last of them is what the page beside shows.
    static async Task<IResult> FileAsync(AppDb db, IQueryable<SelectionRun> runs, CancellationToken cancel) =>
        await runs.OrderByDescending(r => r.Number).FirstOrDefaultAsync(cancel) is { } run && await ComparedRuns.FileAsync(db, run, cancel) is { } file
            ? Results.Bytes(file, "application/json", Name) : Results.NotFound();
}
