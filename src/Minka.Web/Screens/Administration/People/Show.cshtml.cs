using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Web.Access;
using Minka.Web.Layout;
using Choice = Minka.Web.Components.Choice;

namespace Minka.Web.Screens.Administration.People;

public sealed record GrantLine(Guid Id, Role Role, string Scope, DateTime Since);

[May(Core.Accounts.Role.Admin)]
public sealed class ShowModel(AppDb db, GrantRole grantRole, RevokeRole revokeRole) : Screen
{
    const string PlatformValue = "platform";

    [BindProperty]
    public string? Role { get; set; }

    [BindProperty]
    public string? Scope { get; set; }

    public string Name { get; private set; } = "";

    public IReadOnlyList<GrantLine> Grants { get; private set; } = [];

    public IReadOnlyList<Choice> Roles { get; private set; } = [];

    public IReadOnlyList<Choice> Scopes { get; private set; } = [];

    public override async Task LoadAsync()
    {
        var (id, cancel) = (RouteId("person"), HttpContext.RequestAborted);
        Name = await db.People.Where(p => p.Id == id).Select(p => p.DisplayName).SingleOrDefaultAsync(cancel) ?? throw new NotFound("person", id);
        var funds = (await db.Funds.OrderBy(f => f.Name).Select(f => new { f.Id, f.Name }).ToListAsync(cancel)).ToDictionary(f => f.Id.Value, f => f.Name);
        var entities = (await db.CoordinationEntities.OrderBy(e => e.Name).Select(e => new { e.Id, e.Name }).ToListAsync(cancel)).ToDictionary(e => e.Id.Value, e => e.Name);
        var grants = await db.RoleGrants.Where(g => g.PersonId == id && g.RevokedAt == null).OrderBy(g => g.GrantedAt).ToListAsync(cancel);
        Grants = [.. grants.Select(g => new GrantLine(g.Id.Value, g.Role, g.ScopeKind switch
        {
            ScopeKind.Fund => T["people.scope.fund", funds.GetValueOrDefault(g.ScopeId!.Value)],
            ScopeKind.Entity => T["people.scope.entity", entities.GetValueOrDefault(g.ScopeId!.Value)],
            _ => T["people.scope.platform"],
        }, g.GrantedAt))];
        Roles = [.. Enum.GetValues<Role>().Select(r => new Choice(r.Word(), T.Of(r)))];
        Scopes =
        [
            new(PlatformValue, T["people.scope.platform"]),
            .. funds.Select(f => new Choice($"fund:{f.Key}", T["people.scope.fund", f.Value])),
            .. entities.Select(e => new Choice($"entity:{e.Key}", T["people.scope.entity", e.Value])),
        ];
    }

    public async Task<IActionResult> OnPostGrantAsync()
    {
        await LoadAsync();
        if (!Enum.TryParse<Role>(Role, ignoreCase: true, out var role) || Scopes.All(s => s.Value != Scope)) return BadRequest();
        var scope = Scope!.Split(':', 2) switch
        {
            ["fund", var fund] => Core.Accounts.Scope.OfFund(Guid.Parse(fund)),
            ["entity", var entity] => Core.Accounts.Scope.OfEntity(Guid.Parse(entity)),
            _ => Core.Accounts.Scope.Platform,
        };
        await grantRole.ExecuteAsync(RouteId("person"), role, scope, Actor, HttpContext.RequestAborted);
        Say("people.granted");
        return LocalRedirect($"/administracion/personas/{Route("person")}");
    }

    public async Task<IActionResult> OnPostRevokeAsync(Guid grant)
    {
        var id = RouteId("person");
        if (!await db.RoleGrants.AnyAsync(g => g.Id == RoleGrantId.From(grant) && g.PersonId == id)) return NotFound();
        await revokeRole.ExecuteAsync(RoleGrantId.From(grant), Actor, HttpContext.RequestAborted);
        Say("people.revoked");
        return LocalRedirect($"/administracion/personas/{id}");
    }
}
