using Minka.Core.Kernel;

namespace Minka.Core.Accounts;

public enum Role
{
    /// <summary>Sets the platform up and grants roles.</summary>
    Admin,

    /// <summary>Technical secretariat of a fund.</summary>
    Operator,

    /// <summary>Board of a fund: approves or returns, never reorders.</summary>
    Board,

    Evaluator,

    /// <summary>Reads everything, writes nothing.</summary>
    Auditor,

    /// <summary>Secretariat of an entity: members, assemblies, minutes.</summary>
    Secretary,

    /// <summary>Management of an entity: strategy, programmes, applications.</summary>
    Manager,

    /// <summary>Represents a member in the assemblies of an entity.</summary>
    Representative,
}

public enum ScopeKind
{
    Platform,
    Fund,
    Entity,
}

/// <summary>What a role extends to: the platform, one fund or one entity.</summary>
public sealed record Scope(ScopeKind Kind, Guid? Id)
{
    public static readonly Scope Platform = new(ScopeKind.Platform, null);

    public static Scope OfFund(Guid id) => new(ScopeKind.Fund, id);

    public static Scope OfEntity(Guid id) => new(ScopeKind.Entity, id);
}

public readonly record struct RoleGrantId(Guid Value) : ITypedId<RoleGrantId>
{
    public static RoleGrantId From(Guid value) => new(value);
}

/// <summary>A role that a person holds in a scope, from a day until it is revoked.</summary>
public sealed class RoleGrant
{
    public required RoleGrantId Id { get; init; }

    public required Guid PersonId { get; init; }

    public required Role Role { get; init; }

    public required ScopeKind ScopeKind { get; init; }

    public Guid? ScopeId { get; init; }

    public required DateTime GrantedAt { get; init; }

    public DateTime? RevokedAt { get; private set; }

    public Scope Scope => new(ScopeKind, ScopeId);

    public void Revoke(DateTime now)
    {
        if (RevokedAt is not null) throw new RuleBroken("role.already-revoked");
        RevokedAt = now;
    }
}

public static class RoleWords
{
    /// <summary>Where a role may be held. Over the platform any may, for small installations where one person does it all.</summary>
    public static bool GoesWith(this Role role, ScopeKind kind) => kind switch
    {
        ScopeKind.Fund => role is Role.Operator or Role.Board or Role.Evaluator or Role.Auditor,
        ScopeKind.Entity => role is Role.Secretary or Role.Manager or Role.Representative,
        _ => true,
    };

    /// <summary>The role as acts and transition tables write it: "operator".</summary>
    public static string Word(this Role role) => role.ToString().ToLowerInvariant();
}
