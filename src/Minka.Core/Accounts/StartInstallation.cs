using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Accounts;

public sealed record InstallationStarted(InstallationMode Mode) : IEvent;

/// <summary>Begins a real installation: its first person administers it. Only while nobody administers it yet.</summary>
[UseCase]
public sealed class StartInstallation(Writer writer, IPasswordHasher<Person> hasher)
{
    public Task<Guid> ExecuteAsync(string institution, NewPerson administrator, CancellationToken cancel = default)
    {
        if (string.IsNullOrWhiteSpace(institution) || institution.Length > 200) throw new RuleBroken("installation.institution-missing");
        AddPerson.Check(administrator);
        var hash = AddPerson.Hash(administrator, hasher);
        return writer.ActAsync("installation.start", Actor.System, async work =>
        {
            if (!await IsOpenAsync(work.Db, cancel)) throw new RuleBroken("installation.started");
            if (!await work.Db.Installations.AnyAsync(cancel))
            {
                work.Db.Installations.Add(new Installation { Mode = InstallationMode.Real, Institution = institution.Trim(), StartedAt = work.Now });
                work.Happened(new InstallationStarted(InstallationMode.Real));
            }
            var person = await AddPerson.AddAsync(work, administrator, hash, cancel);
            await GrantRole.GrantAsync(work, person, Role.Admin, Scope.Platform, cancel);
            return person;
        }, cancel: cancel);
    }

    /// <summary>Whether the installation still waits for its first person.</summary>
    public static async Task<bool> IsOpenAsync(AppDb db, CancellationToken cancel = default) =>
        !await db.Installations.AnyAsync(i => i.Mode == InstallationMode.Demo, cancel)
        && !await db.RoleGrants.AnyAsync(g => g.Role == Role.Admin && g.ScopeKind == ScopeKind.Platform && g.RevokedAt == null, cancel);
}
