using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Accounts;

/// <summary>The second step of signing in: the authenticator's digits, and recovery codes for a lost telephone.</summary>
[UseCase]
public sealed class SecondStep(AppDb db, Writer writer, IPasswordHasher<Person> hasher, IEntropy entropy, TimeProvider time)
{
    const string Provider = "minka";
    const string KeyName = "totp-key";
    const string StepName = "totp-step";
    const string RecoveryName = "recovery";
    const int RecoveryCodes = 10;

    /// <summary>A fresh key, known to nobody until it is confirmed.</summary>
    public byte[] NewKey() => entropy.Bytes(20);

    public async Task<int> RecoveryLeftAsync(Guid person, CancellationToken cancel = default) =>
        (await TokenAsync(db, person, RecoveryName, cancel))?.Value?.Split(' ', StringSplitOptions.RemoveEmptyEntries).Length ?? 0;

    /// <summary>Turns it on when the first code shows that the telephone has the key.</summary>
    /// <returns>The recovery codes, shown once.</returns>
    public Task<IReadOnlyList<string>> EnableAsync(Guid personId, byte[] key, string code, Actor actor, CancellationToken cancel = default)
    {
        var step = Totp.Match(key, code, time.UtcInstant(), lastStep: 0) ?? throw new RuleBroken("account.code-wrong");
        IReadOnlyList<string> codes = [.. Enumerable.Range(0, RecoveryCodes).Select(_ => Convert.ToHexStringLower(entropy.Bytes(5)).Insert(5, "-"))];
        return writer.ActAsync("account.totp-on", actor, async work =>
        {
            var person = await work.Db.People.SingleAsync(p => p.Id == personId, cancel);
            person.TwoFactorEnabled = true;
            RenewStamp(person, work);
            await SetAsync(work.Db, personId, KeyName, Convert.ToHexString(key), cancel);
            await SetAsync(work.Db, personId, StepName, step.ToString(System.Globalization.CultureInfo.InvariantCulture), cancel);
            await SetAsync(work.Db, personId, RecoveryName, string.Join(' ', codes.Select(Hash)), cancel);
            return codes;
        }, cancel: cancel);
    }

    public async Task DisableAsync(Guid personId, string? password, Actor actor, CancellationToken cancel = default)
    {
        await ChangePassword.RequirePasswordAsync(db, hasher, personId, password, cancel);
        await writer.ActAsync("account.totp-off", actor, async work =>
        {
            var person = await work.Db.People.SingleAsync(p => p.Id == personId, cancel);
            person.TwoFactorEnabled = false;
            RenewStamp(person, work);
            work.Db.RemoveRange(await work.Db.Set<IdentityUserToken<Guid>>().Where(t => t.UserId == personId && t.LoginProvider == Provider).ToListAsync(cancel));
        }, cancel: cancel);
    }

    /// <summary>Checks and uses up a code in one act: of two at once only one counts.</summary>
    public Task<bool> UseAsync(Guid personId, string? typed, CancellationToken cancel = default) =>
        writer.ActAsync("account.code", new Actor(personId, "person"), async work =>
        {
            var key = await TokenAsync(work.Db, personId, KeyName, cancel);
            var last = await TokenAsync(work.Db, personId, StepName, cancel);
            if (key?.Value is not { } hex || last is null) return false;
            if (Totp.Match(Convert.FromHexString(hex), typed ?? "", work.Now, long.Parse(last.Value!, System.Globalization.CultureInfo.InvariantCulture)) is { } step)
            {
                last.Value = step.ToString(System.Globalization.CultureInfo.InvariantCulture);
                return true;
            }
            var recovery = await TokenAsync(work.Db, personId, RecoveryName, cancel);
            var left = recovery?.Value?.Split(' ', StringSplitOptions.RemoveEmptyEntries).ToList() ?? [];
            if (!left.Remove(Hash(typed ?? ""))) return false;
            recovery!.Value = string.Join(' ', left);
            return true;
        }, cancel: cancel);

    internal static void RenewStamp(Person person, Work work) => person.SecurityStamp = Convert.ToHexString(work.Entropy.Bytes(20));

    // The codes hold 40 random bits each and are guessed under the account's lock only.
    static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToLowerInvariant())))[..32];

    static Task<IdentityUserToken<Guid>?> TokenAsync(AppDb db, Guid person, string name, CancellationToken cancel) =>
        db.Set<IdentityUserToken<Guid>>().SingleOrDefaultAsync(t => t.UserId == person && t.LoginProvider == Provider && t.Name == name, cancel);

    static async Task SetAsync(AppDb db, Guid person, string name, string value, CancellationToken cancel)
    {
        if (await TokenAsync(db, person, name, cancel) is { } token) token.Value = value;
        else db.Add(new IdentityUserToken<Guid> { UserId = person, LoginProvider = Provider, Name = name, Value = value });
    }
}

[UseCase]
public sealed class ChangePassword(AppDb db, Writer writer, IPasswordHasher<Person> hasher)
{
    /// <summary>Ends every session of the person; the caller opens a new one for this browser.</summary>
    public async Task ExecuteAsync(Guid personId, string? old, string? changed, Actor actor, CancellationToken cancel = default)
    {
        await RequirePasswordAsync(db, hasher, personId, old, cancel);
        if ((changed?.Length ?? 0) < AddPerson.ShortestPassword) throw new RuleBroken("person.password-short", AddPerson.ShortestPassword);
        var hash = hasher.HashPassword(new Person(), changed!);
        await writer.ActAsync("account.password", actor, async work =>
        {
            var person = await work.Db.People.SingleAsync(p => p.Id == personId, cancel);
            person.PasswordHash = hash;
            SecondStep.RenewStamp(person, work);
        }, cancel: cancel);
    }

    internal static async Task RequirePasswordAsync(AppDb db, IPasswordHasher<Person> hasher, Guid personId, string? password, CancellationToken cancel)
    {
        var person = await db.People.SingleAsync(p => p.Id == personId, cancel);
        if (person.PasswordHash is null || hasher.VerifyHashedPassword(person, person.PasswordHash, password ?? "") == PasswordVerificationResult.Failed)
            throw new RuleBroken("account.password-wrong");
    }
}
