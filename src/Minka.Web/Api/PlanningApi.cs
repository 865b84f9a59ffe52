using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Planning;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Layout;
using Minka.Web.Screens.Planning;

namespace Minka.Web.Api;

/// <summary>The projects and costs of a frozen version, as files.</summary>
public static class PlanningApi
{
    public static void MapPlanning(this IEndpointRouteBuilder routes)
    {
        var open = new PublicAttribute();
        foreach (var kind in (string[])["csv", "xlsx"])
        {
            routes.MapGet("/programas/{programme}/version/{number:int}/proyectos." + kind,
                (AppDb db, Gazetteer gazetteer, T t, HttpContext http, string programme, int number) => ProjectsAsync(db, gazetteer, t, http, programme, number, kind)).WithMetadata(open);
            routes.MapGet("/programas/{programme}/version/{number:int}/costos." + kind,
                (AppDb db, T t, HttpContext http, string programme, int number) => CostsAsync(db, t, http, programme, number, kind)).WithMetadata(open);
        }
    }

    static async Task<IResult> ProjectsAsync(AppDb db, Gazetteer gazetteer, T t, HttpContext http, string slug, int number, string kind)
    {
        if (await FindAsync(db, http, slug, number) is not { } content) return Results.NotFound();
        var names = await ProgrammeView.NamesAsync(content.PlaceCodes(), gazetteer);
        return new TableFile($"{slug}-v{number}-proyectos",
            [t["planning.code"], t["planning.project.field.title"], t["planning.project.field.problem"], t["planning.project.field.objective"], t["planning.axis"], t["planning.project.field.chain"],
                t["planning.project.field.conglomerate"], t["planning.places"], t["planning.project.field.women"], t["planning.project.field.men"], t["planning.project.field.organisations"], t["planning.project.field.after"], t["planning.cost"]],
            content.Projects.Select(p => (IReadOnlyList<object?>)[p.Code, p.Title, p.Problem, p.Objective, p.Axis, p.Chain, p.Conglomerate,
                string.Join("; ", p.Places.Select(x => $"{x} {names[x]}")), p.BeneficiaryWomen, p.BeneficiaryMen, string.Join("; ", p.Organisations), string.Join("; ", p.After), p.PlannedCost])).As(kind);
    }

    static async Task<IResult> CostsAsync(AppDb db, T t, HttpContext http, string slug, int number, string kind)
    {
        if (await FindAsync(db, http, slug, number) is not { } content) return Results.NotFound();
        return new TableFile($"{slug}-v{number}-costos",
            [t["planning.code"], t["planning.project"], t["planning.costs.concept"], t["planning.costs.component"], t["planning.source"], t["planning.year"], t["planning.amount"]],
            content.Projects.SelectMany(p => p.Lines.Select(l => (IReadOnlyList<object?>)[p.Code, p.Title, l.Concept, l.Component, t.Of(l.Source), l.Year, l.Amount]))).As(kind);
    }

    // As on the pages: all may read what was adopted, the entity's people also what was only frozen.
    static async Task<ProgrammeContent?> FindAsync(AppDb db, HttpContext http, string slug, int number)
    {
        var version = await db.ProgrammeVersions.Where(v => v.Number == number).Join(db.Programmes.Where(p => p.Slug == slug), v => v.ProgrammeId, p => p.Id, (v, _) => v).SingleOrDefaultAsync();
        return version is null || (!version.IsAdopted && !http.May(PlanningFinds.Readers)) ? null : version.ReadContent();
    }
}
