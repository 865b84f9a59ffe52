using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;

namespace Minka.Web.Access;

/// <summary>
/// What the parameters of a route stand for: <c>{entity}</c>, <c>{call}</c> … Each resolves to the scopes in which a role
/// counts there. All that a route names must exist.
/// </summary>
public static class Scopes
{
    delegate Task<IReadOnlyList<Scope>?> Resolve(AppDb db, string value, CancellationToken cancel);

    static readonly Dictionary<string, Resolve> ByParameter = new(StringComparer.Ordinal)
    {
        // Each context adds its parameters here, e.g.
        // ["entity"] = async (db, slug, cancel) => …
        ["entity"] = async (db, slug, cancel) =>
            await db.CoordinationEntities.Where(e => e.Slug == slug).Select(e => e.Id).ToListAsync(cancel) is [var entity] ? [Scope.OfEntity(entity.Value)] : null,
        ["assembly"] = async (db, text, cancel) =>
            Guid.TryParse(text, out var id) && AssemblyId.From(id) is var assembly
            && await db.Assemblies.Where(a => a.Id == assembly).Select(a => a.EntityId).ToListAsync(cancel) is [var entity] ? [Scope.OfEntity(entity.Value)] : null,
    };

    /// <summary>The scopes of a route, or null when something that it names does not exist.</summary>
    public static async Task<IReadOnlyList<Scope>?> OfAsync(AppDb db, RouteValueDictionary route, CancellationToken cancel)
    {
        var scopes = new List<Scope>();
        foreach (var (name, value) in route)
        {
            if (value is not string text || !ByParameter.TryGetValue(name, out var resolve)) continue;
            if (await resolve(db, text, cancel) is not { } found) return null;
            scopes.AddRange(found);
        }
        return scopes;
    }
}
