namespace Minka.Core.Accounts;

/// <summary>One thing that waits for a person.</summary>
/// <param name="Key">Of its text.</param>
/// <param name="Since">Since when it waits: the oldest comes first.</param>
/// <param name="Due">The first instant that is too late, if there is one.</param>
public sealed record TrayItem(string Key, IReadOnlyList<object?> Args, string Url, DateTime Since, DateTime? Due = null);

/// <summary>Whose tray is asked for. Each context has a query that answers with what waits there.</summary>
public sealed record TrayOf(Guid PersonId, IReadOnlyList<RoleGrant> Grants, DateTime Now)
{
    /// <summary>The entities or funds in which the person holds the role. Roles over the whole platform fill no tray.</summary>
    public IReadOnlyList<Guid> In(params Role[] roles) =>
        [.. Grants.Where(g => roles.Contains(g.Role) && g.ScopeId is not null).Select(g => g.ScopeId!.Value).Distinct()];
}
