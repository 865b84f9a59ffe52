using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Accounts;

/// <summary>The passkeys of one's own account: to add, name and remove.</summary>
[UseCase]
public sealed class OwnPasskeys(AppDb db, Writer writer, IPasswordHasher<Person> hasher, IPasskeyHandler<Person> handler, TimeProvider time)
{
    public const int LongestName = 60;
    public const int Most = 20;

    public Task<List<Passkey>> ListAsync(Guid personId, CancellationToken cancel = default) =>
        db.Passkeys.Where(k => k.UserId == personId).OrderBy(k => k.Id).ToListAsync(cancel);

    public async Task<Passkey> FindAsync(Guid personId, PasskeyId id, CancellationToken cancel = default) =>
        await db.Passkeys.SingleOrDefaultAsync(k => k.UserId == personId && k.Id == id, cancel) ?? throw new NotFound("passkey", id.Value);

    /// <summary>Begins to add a key. Whoever has a password gives it again: a found session must not become a key of its own.</summary>
    /// <returns>What the browser is asked, and the state that must come back with its answer.</returns>
    public async Task<(string Options, string State)> BeginAsync(Guid personId, string? name, string? password, HttpContext context)
    {
        PasskeyRules.Require(context);
        Named(name);
        var person = await db.People.SingleAsync(p => p.Id == personId, context.RequestAborted);
        if (person.PasswordHash is not null) await ChangePassword.RequirePasswordAsync(db, hasher, personId, password, context.RequestAborted);
        if (await db.Passkeys.CountAsync(k => k.UserId == personId, context.RequestAborted) >= Most) throw new RuleBroken("passkey.too-many", Most);
        var made = await handler.MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = personId.ToString(), Name = person.UserName ?? "", DisplayName = person.DisplayName }, context);
        return (made.CreationOptionsJson, made.AttestationState ?? "");
    }

    /// <summary>Ends every session of the person; the caller opens a new one for this browser.</summary>
    public async Task<PasskeyId> AddAsync(Guid personId, string? name, string? answer, string state, DateTime challengedAt, HttpContext context, Actor actor)
    {
        PasskeyRules.Require(context);
        var called = Named(name);
        PasskeyRules.RequireFresh(challengedAt, time.UtcInstant());
        var credential = PasskeyRules.CredentialOf(answer);
        if (await db.Passkeys.AnyAsync(k => k.CredentialId == credential, context.RequestAborted)) throw new RuleBroken("passkey.taken");
        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext { CredentialJson = answer!, AttestationState = state, HttpContext = context });
        if (!result.Succeeded || result.UserEntity.Id != personId.ToString()) throw PasskeyRules.Refused(context);
        return await AddAsync(personId, called, result.Passkey, actor, context.RequestAborted);
    }

    /// <summary>Writes a key whose answer was verified.</summary>
    public Task<PasskeyId> AddAsync(Guid personId, string name, UserPasskeyInfo proved, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("account.passkey-add", actor, async work =>
        {
            var person = await work.Db.People.SingleAsync(p => p.Id == personId, cancel);
            if (await work.Db.Passkeys.AnyAsync(k => k.CredentialId == proved.CredentialId, cancel)) throw new RuleBroken("passkey.taken");
            if (await work.Db.Passkeys.CountAsync(k => k.UserId == personId, cancel) >= Most) throw new RuleBroken("passkey.too-many", Most);
            var key = new Passkey
            {
                Id = work.NewId<PasskeyId>(),
                UserId = personId,
                CredentialId = proved.CredentialId,
                Data = new IdentityPasskeyData
                {
                    Name = name,
                    CreatedAt = new DateTimeOffset(work.Now, TimeSpan.Zero),
                    PublicKey = proved.PublicKey,
                    SignCount = proved.SignCount,
                    Transports = proved.Transports,
                    IsUserVerified = proved.IsUserVerified,
                    IsBackupEligible = proved.IsBackupEligible,
                    IsBackedUp = proved.IsBackedUp,
                    AttestationObject = proved.AttestationObject,
                    ClientDataJson = proved.ClientDataJson,
                },
            };
            work.Db.Passkeys.Add(key);
            SecondStep.RenewStamp(person, work);
            return key.Id;
        }, cancel: cancel);

    public Task RenameAsync(Guid personId, PasskeyId id, string? name, Actor actor, CancellationToken cancel = default)
    {
        var called = Named(name);
        return writer.ActAsync("account.passkey-rename", actor, async work =>
            (await OfAsync(work, personId, id, cancel)).Rename(called), cancel: cancel);
    }

    /// <summary>Ends every session of the person, those that the key opened too; the caller opens a new one for this browser.</summary>
    public Task RemoveAsync(Guid personId, PasskeyId id, Actor actor, CancellationToken cancel = default) =>
        writer.ActAsync("account.passkey-remove", actor, async work =>
        {
            work.Db.Remove(await OfAsync(work, personId, id, cancel));
            SecondStep.RenewStamp(await work.Db.People.SingleAsync(p => p.Id == personId, cancel), work);
        }, cancel: cancel);

    static string Named(string? name) =>
        name?.Trim() is { Length: > 0 and <= LongestName } called ? called : throw new RuleBroken("passkey.name-missing", LongestName);

    static async Task<Passkey> OfAsync(Work work, Guid personId, PasskeyId id, CancellationToken cancel) =>
        await work.Db.Passkeys.SingleOrDefaultAsync(k => k.UserId == personId && k.Id == id, cancel) ?? throw new NotFound("passkey", id.Value);
}
