using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Accounts;

/// <summary>What is asked of a new person.</summary>
/// <param name="Password">Null only for a person of the demonstration.</param>
public sealed record NewPerson(string UserName, string DisplayName, string? Email, string? Password, bool IsDemo = false);

/// <summary>Adds a person who can sign in.</summary>
[UseCase]
public sealed class AddPerson(Writer writer, IPasswordHasher<Person> hasher)
{
    public const int ShortestPassword = 10;

    public Task<Guid> ExecuteAsync(NewPerson input, Actor actor, CancellationToken cancel = default)
    {
        Check(input);
        var hash = Hash(input, hasher);
        return writer.ActAsync("person.add", actor, work => AddAsync(work, input, hash, cancel), cancel: cancel);
    }

    internal static void Check(NewPerson input)
    {
        if (input.UserName.Trim().Length < 3) throw new RuleBroken("person.name-short");
        if (input.DisplayName.Trim().Length == 0) throw new RuleBroken("person.display-name-missing");
        if (input.Email is { Length: > 0 } email && (email.Length > 254 || !System.Net.Mail.MailAddress.TryCreate(email, out var address) || address.Address != email.Trim())) throw new RuleBroken("person.email-wrong", email);
        if (!input.IsDemo && (input.Password?.Length ?? 0) < ShortestPassword) throw new RuleBroken("person.password-short", ShortestPassword);
    }

    /// <summary>Made before the lane: hashing a password is slow on purpose.</summary>
    internal static string? Hash(NewPerson input, IPasswordHasher<Person> hasher) =>
        input.Password is null ? null : hasher.HashPassword(new Person(), input.Password);

    /// <summary>The same inside another act: the first person of an installation.</summary>
    internal static async Task<Guid> AddAsync(Work work, NewPerson input, string? hash, CancellationToken cancel)
    {
        var name = input.UserName.Trim();
        var normalized = name.ToUpperInvariant();
        if (await work.Db.People.AnyAsync(p => p.NormalizedUserName == normalized, cancel)) throw new RuleBroken("person.name-taken", name);
        var person = new Person
        {
            Id = work.Entropy.NewId(work.Time),
            UserName = name,
            NormalizedUserName = normalized,
            DisplayName = input.DisplayName.Trim(),
            Email = string.IsNullOrWhiteSpace(input.Email) ? null : input.Email.Trim(),
            NormalizedEmail = string.IsNullOrWhiteSpace(input.Email) ? null : input.Email.Trim().ToUpperInvariant(),
            PasswordHash = hash,
            SecurityStamp = Convert.ToHexString(work.Entropy.Bytes(20)),
            ConcurrencyStamp = "",
            IsDemo = input.IsDemo,
            LockoutEnabled = true,
        };
        work.Db.People.Add(person);
        return person.Id;
    }
}

/// <summary>A role was given; the person is in the row, not in the leaf.</summary>
public sealed record RoleGranted(RoleGrantId Grant, Role Role, ScopeKind ScopeKind, Guid? ScopeId) : IEvent;

public sealed record RoleRevoked(RoleGrantId Grant) : IEvent;

[UseCase]
public sealed class GrantRole(Writer writer)
{
    public Task<RoleGrantId> ExecuteAsync(Guid personId, Role role, Scope scope, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("role.grant", actor, work => GrantAsync(work, personId, role, scope, cancel), new ActNote("person", personId), cancel);

    /// <summary>The same inside another act: whoever founds an entity becomes its secretary.</summary>
    public static async Task<RoleGrantId> GrantAsync(Work work, Guid personId, Role role, Scope scope, CancellationToken cancel = default)
    {
        if (!role.GoesWith(scope.Kind)) throw new RuleBroken("role.scope-wrong");
        if (await work.Db.RoleGrants.AnyAsync(g => g.PersonId == personId && g.Role == role && g.ScopeKind == scope.Kind && g.ScopeId == scope.Id && g.RevokedAt == null, cancel))
            throw new RuleBroken("role.already-granted");
        var grant = new RoleGrant
        {
            Id = work.NewId<RoleGrantId>(),
            PersonId = personId,
            Role = role,
            ScopeKind = scope.Kind,
            ScopeId = scope.Id,
            GrantedAt = work.Now,
        };
        work.Db.RoleGrants.Add(grant);
        work.Happened(new RoleGranted(grant.Id, role, scope.Kind, scope.Id));
        return grant.Id;
    }
}

[UseCase]
public sealed class RevokeRole(Writer writer)
{
    public Task ExecuteAsync(RoleGrantId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("role.revoke", actor, async work =>
        {
            var grant = await work.Db.RoleGrants.SingleOrDefaultAsync(g => g.Id == id, cancel) ?? throw new NotFound("role", id.Value);
            if (grant is { Role: Role.Admin, ScopeKind: ScopeKind.Platform } && await work.Db.RoleGrants.CountAsync(g => g.Role == Role.Admin && g.ScopeKind == ScopeKind.Platform && g.RevokedAt == null, cancel) == 1)
                throw new RuleBroken("role.last-admin");
            grant.Revoke(work.Now);
            work.Happened(new RoleRevoked(id));
        }, cancel: cancel);
}
