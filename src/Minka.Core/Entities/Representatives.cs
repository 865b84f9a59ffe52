using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;

namespace Minka.Core.Entities;

/// <summary>Keeps the role of those who vote for a member in step with the members.</summary>
static class Representatives
{
    public static async Task GrantAsync(Work work, EntityId entity, Guid? person, CancellationToken cancel)
    {
        if (person is not { } id || await GrantOfAsync(work, entity, id, cancel) is not null) return;
        await GrantRole.GrantAsync(work, id, Role.Representative, Scope.OfEntity(entity.Value), cancel);
    }

    /// <summary>Takes the role from who represents no other member of the entity.</summary>
    public static async Task RevokeAsync(Work work, EntityId entity, Guid? person, MemberId leaving, CancellationToken cancel)
    {
        if (person is not { } id || await work.Db.Members.AnyAsync(m => m.EntityId == entity && m.Id != leaving && m.RepresentativePersonId == id, cancel)) return;
        // Rows that were ended in this act have not been saved yet.
        var others = await work.Db.Representations.Where(r => r.EntityId == entity && r.PersonId == id && r.IsAlternate && r.EndedAt == null).ToListAsync(cancel);
        if (others.Exists(r => r.EndedAt is null)) return;
        if (await GrantOfAsync(work, entity, id, cancel) is not { } grant) return;
        grant.Revoke(work.Now);
        work.Happened(new RoleRevoked(grant.Id));
    }

    static Task<RoleGrant?> GrantOfAsync(Work work, EntityId entity, Guid person, CancellationToken cancel) =>
        work.Db.RoleGrants.FirstOrDefaultAsync(g => g.PersonId == person && g.Role == Role.Representative && g.ScopeKind == ScopeKind.Entity && g.ScopeId == entity.Value && g.RevokedAt == null, cancel);
}
