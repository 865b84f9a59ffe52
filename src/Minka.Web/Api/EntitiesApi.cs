using System.Text;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Entities.Prioritisation;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Web.Access;
using Minka.Web.Layout;
using Minka.Web.Screens.Entities;

namespace Minka.Web.Api;

/// <summary>The organisations of an entity as files, and signed evidence for those who may see it.</summary>
public static class EntitiesApi
{
    public static void MapEntities(this IEndpointRouteBuilder routes)
    {
        var open = new PublicAttribute();
        foreach (var kind in (string[])["csv", "xlsx"])
        {
            routes.MapGet("/entidades/{entity}/organizaciones." + kind, (AppDb db, TimeProvider time, T t, string entity) => MembersAsync(db, time, t, entity, kind)).WithMetadata(open);
        }
        routes.MapGet("/miembros-ejemplo.csv", () => Results.File(Encoding.UTF8.GetBytes("\ufeff" + MemberCsv.Example), "text/csv; charset=utf-8", "miembros-ejemplo.csv")).WithMetadata(open);
        routes.MapGet("/miembros-plantilla.xlsx", () => new TableFile("miembros-plantilla", MemberTable.Columns, MemberCsv.ExampleRows.Select(r => (IReadOnlyList<object?>)[.. r])).As("xlsx")).WithMetadata(open);
        routes.MapGet("/entidades/{entity}/miembros/{member:guid}/poder", PowerAsync).WithMetadata(new MayAttribute(Role.Secretary, Role.Manager, Role.Auditor));
        routes.MapGet("/asambleas/{assembly:guid}/documentos/{number:int}", AgendaPaperAsync).WithMetadata(open);
        routes.MapGet("/priorizar/{session:guid}/sonidos/{option}", SoundAsync).WithMetadata(open);
        routes.MapGet("/asambleas/{assembly:guid}/firmas/{signature:guid}", EvidenceAsync).WithMetadata(new MayAttribute(Role.Secretary, Role.Manager, Role.Auditor));
    }

    // Organisations only: representatives are persons, and a RUC that begins with 10 holds the number of an identity card.
    static async Task<IResult> MembersAsync(AppDb db, TimeProvider time, T t, string entity, string kind)
    {
        if (await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == entity) is not { } found) return Results.NotFound();
        var today = LegalTime.DayIn(time.UtcInstant());
        var members = await db.Members.Where(m => m.EntityId == found.Id && m.MandateFrom <= today && today <= m.MandateTo).OrderBy(m => m.Sector).ThenBy(m => m.Organisation).ToListAsync();
        return new TableFile($"{entity}-organizaciones",
            [t["entities.organisation"], t["entities.ruc"], t["entities.sector"], t["entities.group"], t["entities.votes"], t["entities.member.from"], t["entities.member.to"]],
            members.Select(m => (IReadOnlyList<object?>)[m.Organisation, m.Ruc is { } ruc && Ruc.IsOfLegalPerson(ruc) ? ruc : null, t.Of(m.Sector), EntityWords.Group(t, m.InterestGroup), m.Votes, m.MandateFrom, m.MandateTo])).As(kind);
    }

    // The document that gives a representative the power: of whoever speaks now, or of the row that is asked for.
    static async Task<IResult> PowerAsync(AppDb db, FileStore files, string entity, Guid member, Guid? de)
    {
        var (id, row) = (MemberId.From(member), RepresentationId.From(de ?? Guid.Empty));
        var found = await (from r in db.Representations
                           where r.MemberId == id && r.PowerFileId != null && (de == null ? r.EndedAt == null : r.Id == row)
                           join e in db.CoordinationEntities on r.EntityId equals e.Id
                           where e.Slug == entity
                           orderby r.IsAlternate
                           select r.PowerFileId).FirstOrDefaultAsync();
        if (found is not { } fileId) return Results.NotFound();
        var file = await db.StoredFiles.SingleAsync(f => f.Id == fileId);
        return Results.File(await files.ReadAsync(file.Sha256), file.MediaType, file.Name);
    }

    static async Task<IResult> AgendaPaperAsync(AppDb db, FileStore files, Guid assembly, int number)
    {
        var id = AssemblyId.From(assembly);
        if (await db.AgendaItems.Where(i => i.AssemblyId == id && i.Order == number).Select(i => i.FileId).FirstOrDefaultAsync() is not { } fileId) return Results.NotFound();
        var file = await db.StoredFiles.SingleAsync(f => f.Id == fileId);
        return Results.File(await files.ReadAsync(file.Sha256), file.MediaType, file.Name);
    }

    // A recording never changes under its session once people may hear it; a browser asks for parts of it.
    static async Task<IResult> SoundAsync(HttpContext context, AppDb db, FileStore files, Guid session, string option)
    {
        var id = PrioritisationId.From(session);
        if (await db.OptionSounds.Where(s => s.SessionId == id && s.OptionId == option).Select(s => (StoredFileId?)s.FileId).FirstOrDefaultAsync() is not { } fileId) return Results.NotFound();
        var file = await db.StoredFiles.SingleAsync(f => f.Id == fileId);
        context.Response.Headers.CacheControl = "no-cache";
        return Results.File(await files.ReadAsync(file.Sha256), file.MediaType, enableRangeProcessing: true, entityTag: new($"\"{file.Sha256.Hex}\""));
    }

    static async Task<IResult> EvidenceAsync(AppDb db, FileStore files, Guid assembly, Guid signature)
    {
        var id = SignatureId.From(signature);
        var found = await db.Signatures.SingleOrDefaultAsync(s => s.Id == id && s.SubjectKind == Assembly.MinutesSubject && s.SubjectId == assembly);
        if (found is null) return Results.NotFound();
        var file = await db.StoredFiles.SingleAsync(f => f.Id == found.StoredFileId);
        return Results.File(await files.ReadAsync(file.Sha256), file.MediaType, file.Name);
    }
}
