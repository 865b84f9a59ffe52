using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Entities;

namespace Minka.Web.Layout;

/// <summary>Has a page about an entity tell times by the clock that binds the entity.</summary>
sealed class EntityClock(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, AppDb db)
    {
        var (routes, cancel) = (context.Request.RouteValues, context.RequestAborted);
        var entity = routes.TryGetValue("assembly", out var a) && Guid.TryParse(a?.ToString(), out var assembly) && AssemblyId.From(assembly) is var assemblyId
                ? await db.Assemblies.Where(x => x.Id == assemblyId).Select(x => (EntityId?)x.EntityId).FirstOrDefaultAsync(cancel)
            : routes.TryGetValue("entity", out var e) && e?.ToString() is { } slug ? await db.CoordinationEntities.Where(x => x.Slug == slug).Select(x => (EntityId?)x.Id).FirstOrDefaultAsync(cancel)
            : null;
        if (entity is { } id) Format.Zone = (await db.LawAsync(id, cancel)).Zone;
        await next(context);
    }
}
