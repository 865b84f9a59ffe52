using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Register;

namespace Minka.Core.Awards;

/// <summary>Tells every applicant that the results are out.</summary>
sealed class AwardNotice : IEventHandler<AwardApproved>
{
    public async Task HandleAsync(AwardApproved happened, Work work)
    {
        if (await work.Db.Calls.FindAsync(happened.Call) is not { } call) return;
        var entities = await work.Db.Applications.Where(a => a.CallId == happened.Call && a.Code != null).Select(a => a.EntityId).Distinct().ToListAsync();
        var scopes = entities.ConvertAll(e => (Guid?)e.Value);
        var people = await work.Db.RoleGrants.Where(g => g.Role == Role.Manager && g.ScopeKind == ScopeKind.Entity && scopes.Contains(g.ScopeId) && g.RevokedAt == null).Select(g => g.PersonId).Distinct().ToListAsync();
        await Outbox.NotifyAsync(work, people, "award", [call.Title], $"/resultados/{call.Slug}");
    }
}
