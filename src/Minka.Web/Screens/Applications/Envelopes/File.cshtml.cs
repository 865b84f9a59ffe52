using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Web.Access;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Applications.Envelopes;

/// <summary>A file of an application: to its entity always, to the office after the opening.</summary>
[May(Role.Operator, Role.Board, Role.Auditor, Role.Evaluator, Role.Manager, Role.Secretary)]
public sealed class FileModel(AppDb db, AttachFile attached, ApplicationCases cases, FileStore store) : Screen
{
    public override async Task<IActionResult> OnGetAsync()
    {
        var (id, file) = (new ApplicationId(RouteId("application")), RouteId("file"));
        var entity = await db.Applications.Where(a => a.Id == id).Select(a => a.EntityId).SingleAsync();
        var stored = await (
            from f in db.ApplicationFiles.AsNoTracking()
            where f.ApplicationId == id && f.StoredFileId == new StoredFileId(file)
            join s in db.StoredFiles on f.StoredFileId equals s.Id
            select s).SingleOrDefaultAsync();
        if (stored is not null && !await HttpContext.MayReadFileAsync(db, id)) return StatusCode(StatusCodes.Status403Forbidden);
        if (stored is not null) return Send(await store.ReadAsync(stored.Sha256, HttpContext.RequestAborted), stored.MediaType, stored.Name);
        if (!IsOf(entity)) return StatusCode(StatusCodes.Status403Forbidden);
        var found = (await cases.FindAsync(id, HttpContext.RequestAborted)).Form.Files().FirstOrDefault(f => f.Id.Value == file) ?? throw new NotFound("file", file);
        return Send(await attached.ReadAsync(id, found.Id, HttpContext.RequestAborted), found.MediaType, found.Name);
    }

    bool IsOf(EntityId entity) => Person!.Grants.Any(g => g.Role is Role.Manager or Role.Secretary && g.Scope == Scope.OfEntity(entity.Value));

    FileContentResult Send(byte[] bytes, string type, string name)
    {
        // What others gave runs nothing of ours; browsers show no PDF in a sandbox.
        Response.Headers.ContentSecurityPolicy = type == FileTypes.Pdf ? "frame-ancestors 'self'" : "default-src 'none'; sandbox; frame-ancestors 'self'";
        Response.Headers.CacheControl = "private, no-store";
        var inline = type is FileTypes.Pdf or FileTypes.Jpeg or FileTypes.Png;
        Response.Headers.ContentDisposition = new Microsoft.Net.Http.Headers.ContentDispositionHeaderValue(inline ? "inline" : "attachment") { FileNameStar = name }.ToString();
        return File(bytes, type);
    }
}
