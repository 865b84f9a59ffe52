using Microsoft.EntityFrameworkCore;
using Minka.Core.Awards;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Web.Access;

namespace Minka.Web.Api;

/// <summary>The optimiser's model of an awarded call, for whoever wants to solve it alone: <c>./minka select award modelo-optimo.json</c>.</summary>
public static class OptimumApi
{
    public static void MapOptimum(this IEndpointRouteBuilder routes) =>
        routes.MapGet("/resultados/{call}/modelo-optimo.json", ModelAsync).WithMetadata(new PublicAttribute());

    static async Task<IResult> ModelAsync(string call, AppDb db, CompareWithOptimum compare, CancellationToken cancel)
    {
        if (await db.Calls.SingleOrDefaultAsync(c => c.Slug == call && c.State == CallState.Awarded, cancel) is not { } found) return Results.NotFound();
        var id = found.Id;
        var run = await db.SelectionRuns.Where(r => r.CallId == id && r.State == RunState.Approved).OrderByDescending(r => r.Number).FirstOrDefaultAsync(cancel);
        return run is not null && await compare.FileAsync(run, call, cancel) is { } file ? Results.Bytes(file, "application/json", "modelo-optimo.json") : Results.NotFound();
    }
}
