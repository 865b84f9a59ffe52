using System.Text;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Territories;
using Minka.Web.Access;
using Minka.Web.Layout;
using Minka.Web.Screens.Entities;

namespace Minka.Web.Api;

/// <summary>The lists of entities as files, and signed evidence for those who may see it.</summary>
public static class EntitiesApi
{
    public static void MapEntities(this IEndpointRouteBuilder routes)
    {
        var open = new PublicAttribute();
        foreach (var kind in (string[])["csv", "xlsx"])
        {
            routes.MapGet("/entidades." + kind, (EntityList list, TimeProvider time, Country country, T t, string? q, string? lugar, string? tipo) =>
                EntitiesAsync(list, time, country, t, new EntityFilter(q, tipo, lugar), kind)).WithMetadata(open);
            routes.MapGet("/entidades/{entity}/miembros." + kind, (AppDb db, TimeProvider time, T t, string entity) => MembersAsync(db, time, t, entity, kind)).WithMetadata(open);
            routes.MapGet("/entidades/{entity}/acuerdos." + kind, (AppDb db, T t, string entity) => ResolutionsAsync(db, t, entity, kind)).WithMetadata(open);
        }
        routes.MapGet("/miembros-ejemplo.csv", () => Results.File(Encoding.UTF8.GetBytes("\ufeff" + MemberCsv.Example), "text/csv; charset=utf-8", "miembros-ejemplo.csv")).WithMetadata(open);
        routes.MapGet("/asambleas/{assembly:guid}/firmas/{signature:guid}", EvidenceAsync).WithMetadata(new MayAttribute(Role.Secretary, Role.Manager, Role.Auditor));
    }

    static async Task<IResult> EntitiesAsync(EntityList list, TimeProvider time, Country country, T t, EntityFilter filter, string kind)
    {
        var rows = await list.AllAsync(filter, LegalTime.DayIn(time.UtcInstant()));
        return new TableFile("entidades",
            [t["entities.name"], t["entities.kind"], t["entities.provinces"], t["entities.members"], t["entities.composition"], t["entities.state"], t["entities.created"]],
            rows.Select(r => (IReadOnlyList<object?>)[r.Name, EntityWords.Template(t, r.TemplateId), EntityWords.Provinces(country, r.ProvinceCodes), r.Members,
                t[r.Composition.IsMet ? "entities.met" : "entities.not-met"], t.Of(r.State), r.CreatedAt])).As(kind);
    }

    // Organisations only: representatives are persons, and a RUC that begins with 10 holds the number of an identity card.
    static async Task<IResult> MembersAsync(AppDb db, TimeProvider time, T t, string entity, string kind)
    {
        if (await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == entity) is not { } found) return Results.NotFound();
        var today = LegalTime.DayIn(time.UtcInstant());
        var members = await db.Members.Where(m => m.EntityId == found.Id && m.MandateFrom <= today && today <= m.MandateTo).OrderBy(m => m.Sector).ThenBy(m => m.Organisation).ToListAsync();
        return new TableFile("miembros",
            [t["entities.organisation"], t["entities.ruc"], t["entities.sector"], t["entities.group"], t["entities.votes"], t["entities.member.from"], t["entities.member.to"]],
            members.Select(m => (IReadOnlyList<object?>)[m.Organisation, m.Ruc is { } ruc && Ruc.IsOfLegalPerson(ruc) ? ruc : null, t.Of(m.Sector), EntityWords.Group(t, m.InterestGroup), m.Votes, m.MandateFrom, m.MandateTo])).As(kind);
    }

    static async Task<IResult> ResolutionsAsync(AppDb db, T t, string entity, string kind)
    {
        if (await db.CoordinationEntities.SingleOrDefaultAsync(e => e.Slug == entity) is not { } found) return Results.NotFound();
        var resolutions = await db.Resolutions.Where(r => r.EntityId == found.Id).OrderBy(r => r.Number).ToListAsync();
        return new TableFile("acuerdos",
            [t["entities.resolution"], t["entities.resolutions.what"], t["entities.motion.text"], t["entities.motion.subject"], t["entities.minutes.digest"], t["entities.resolutions.when"],
                t["choice.yes"], t["choice.no"], t["choice.abstain"], t["choice.conflict"], t["entities.quorum.present"], t["entities.quorum.required"], t["entities.state"]],
            resolutions.Select(r => (IReadOnlyList<object?>)[r.Code, r.Title, r.Text, r.SubjectLabel, r.SubjectDigest?.Hex, r.AdoptedAt,
                r.Outcome.Tally.Yes, r.Outcome.Tally.No, r.Outcome.Tally.Abstain, r.Outcome.Tally.Conflict, r.Outcome.Quorum.Present, r.Outcome.Quorum.Required, t.Of(r.State)])).As(kind);
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
