using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Agreements;
using Minka.Core.Applications;
using Minka.Core.Awards;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Evaluation;
using Minka.Core.Fund;
using Minka.Core.Planning;
using Minka.Core.Planning.ParticipatoryBudget;

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
        ["entity"] = async (db, slug, cancel) =>
            await db.CoordinationEntities.Where(e => e.Slug == slug).Select(e => e.Id).ToListAsync(cancel) is [var entity] ? [Scope.OfEntity(entity.Value)] : null,
        ["assembly"] = async (db, text, cancel) =>
            Guid.TryParse(text, out var id) && AssemblyId.From(id) is var assembly
            && await db.Assemblies.Where(a => a.Id == assembly).Select(a => a.EntityId).ToListAsync(cancel) is [var entity] ? [Scope.OfEntity(entity.Value)] : null,
        ["fund"] = async (db, slug, cancel) => OfFund(await db.Funds.Where(f => f.Slug == slug).Select(f => (FundId?)f.Id).SingleOrDefaultAsync(cancel)),
        ["call"] = async (db, slug, cancel) => OfFund(await db.Calls.Where(c => c.Slug == slug).Select(c => (FundId?)c.FundId).SingleOrDefaultAsync(cancel)),
        ["assignment"] = async (db, text, cancel) =>
            Guid.TryParse(text, out var id) && AssignmentId.From(id) is var assignment
            ? OfFund(await (from a in db.Assignments where a.Id == assignment join c in db.Calls on a.CallId equals c.Id select (FundId?)c.FundId).SingleOrDefaultAsync(cancel)) : null,
        ["run"] = async (db, text, cancel) =>
            Guid.TryParse(text, out var id) && RunId.From(id) is var run
            ? OfFund(await (from r in db.SelectionRuns where r.Id == run join c in db.Calls on r.CallId equals c.Id select (FundId?)c.FundId).SingleOrDefaultAsync(cancel)) : null,
        ["agreement"] = async (db, text, cancel) =>
            Guid.TryParse(text, out var id) && AgreementId.From(id) is var agreement
            && await db.Agreements.Where(a => a.Id == agreement).Select(a => new { a.FundId, a.EntityId }).ToListAsync(cancel) is [var of] ? [Scope.OfFund(of.FundId.Value), Scope.OfEntity(of.EntityId.Value)] : null,
        ["programme"] = async (db, slug, cancel) =>
            await db.Programmes.Where(p => p.Slug == slug).Select(p => p.EntityId).ToListAsync(cancel) is [var entity] ? [Scope.OfEntity(entity.Value)] : null,
        ["process"] = async (db, slug, cancel) =>
            await db.BudgetProcesses.Where(p => p.Slug == slug).Select(p => p.EntityId).ToListAsync(cancel) is [var entity] ? [Scope.OfEntity(entity.Value)] : null,

        // Before the opening an application is its entity's alone: the fund's people come in with it.
        ["application"] = async (db, text, cancel) =>
            !Guid.TryParse(text, out var id) || await db.Applications.AsNoTracking().SingleOrDefaultAsync(a => a.Id == new ApplicationId(id), cancel) is not { } application ? null
            : application.IsSealed ? [Scope.OfEntity(application.EntityId.Value)]
            : [Scope.OfEntity(application.EntityId.Value), Scope.OfFund(application.FundId.Value)],
    };

    static IReadOnlyList<Scope>? OfFund(FundId? fund) => fund is { } id ? [Scope.OfFund(id.Value)] : null;

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
