using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Register;

namespace Minka.Web.Access;

/// <summary>The person of this request and the roles held, read once.</summary>
public sealed record SignedInPerson(Guid Id, string DisplayName, bool IsDemo, IReadOnlyList<RoleGrant> Grants)
{
    public bool Holds(Role role) => Grants.Any(g => g.Role == role);

    public bool Holds(Role role, Scope scope) => Grants.Any(g => g.Role == role && (g.Scope == scope || g.ScopeKind == ScopeKind.Platform));
}

/// <summary>What the gate found out about a request.</summary>
sealed record Passage(SignedInPerson? Person, IReadOnlyList<Scope> Scopes, Role? Opened);

public static class PassageOfRequest
{
    extension(HttpContext context)
    {
        public SignedInPerson? SignedInPerson => (context.Items[typeof(Passage)] as Passage)?.Person;

        public Actor Actor => context.Items[typeof(Passage)] is Passage { Person: { } person } passage
            ? new Actor(person.Id, passage.Opened?.Word() ?? "person")
            : new Actor(null, "public");

        /// <summary>Whether the person holds one of the roles in a scope of this request's route, or over the platform.</summary>
        public bool May(params Role[] roles) =>
            context.Items[typeof(Passage)] is Passage { Person: { } person } passage && Gate.Match(person, roles, passage.Scopes) is not null;
    }
}

/// <summary>
/// Decides every request by the policy that its endpoint states: none stated, nobody passes. Roles count in the scopes that
/// the route's parameters stand for.
/// </summary>
sealed class Gate(RequestDelegate next)
{
    public async Task InvokeAsync(HttpContext context, AppDb db)
    {
        var endpoint = context.GetEndpoint();
        var access = endpoint?.Metadata.GetMetadata<AccessAttribute>();
        if (endpoint is null || endpoint.Metadata.GetMetadata<Unguarded>() is not null)
        {
            await next(context);
            return;
        }
        if (endpoint.Metadata.GetMetadata<DemoOnlyAttribute>() is not null && !await db.Installations.AnyAsync(i => i.Mode == InstallationMode.Demo, context.RequestAborted))
        {
            context.Response.StatusCode = StatusCodes.Status404NotFound;
            return;
        }
        var person = await FindPersonAsync(context, db);
        var scopes = person is null ? [] : await Scopes.OfAsync(db, context.Request.RouteValues, context.RequestAborted);
        var opened = access is MayAttribute may && person is not null && scopes is not null ? Match(person, may.Roles, scopes) : null;
        var passes = access switch
        {
            PublicAttribute => true,
            SignedInAttribute => person is not null,
            MayAttribute => opened is not null,
            _ => false,
        };
        context.Items[typeof(Passage)] = new Passage(person, scopes ?? [], opened);
        if (passes)
        {
            await next(context);
            return;
        }
        if (person is not null && scopes is null) context.Response.StatusCode = StatusCodes.Status404NotFound;
        else if (person is null && access is not null && HttpMethods.IsGet(context.Request.Method))
            context.Response.Redirect($"/entrar?volver={Uri.EscapeDataString(context.Request.Path + context.Request.QueryString)}&falta=entrar");
        else context.Response.StatusCode = person is null ? StatusCodes.Status401Unauthorized : StatusCodes.Status403Forbidden;
    }

    /// <summary>The role that opens: one of those asked, held in one of the scopes or over the platform; any scope where the route names none.</summary>
    public static Role? Match(SignedInPerson person, IReadOnlyList<Role> roles, IReadOnlyList<Scope> scopes)
    {
        foreach (var role in roles)
        {
            if (person.Grants.Any(g => g.Role == role && (scopes.Count == 0 || g.ScopeKind == ScopeKind.Platform || scopes.Contains(g.Scope)))) return role;
        }
        return null;
    }

    static async Task<SignedInPerson?> FindPersonAsync(HttpContext context, AppDb db)
    {
        var claim = context.User.FindFirst(System.Security.Claims.ClaimTypes.NameIdentifier)?.Value;
        if (!Guid.TryParse(claim, out var id)) return null;
        var person = await db.People.Where(p => p.Id == id).Select(p => new { p.DisplayName, p.IsDemo, p.SecurityStamp }).SingleOrDefaultAsync(context.RequestAborted);
        if (person is null || person.SecurityStamp != context.User.FindFirst("stamp")?.Value) return null;
        var grants = await db.RoleGrants.Where(g => g.PersonId == id && g.RevokedAt == null).ToListAsync(context.RequestAborted);
        return new SignedInPerson(id, person.DisplayName, person.IsDemo, grants);
    }
}

/// <summary>Marks static files, health and the like: no person, no scope.</summary>
public sealed class Unguarded;
