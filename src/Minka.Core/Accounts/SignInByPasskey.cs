using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Accounts;

/// <summary>
/// Enters by a passkey, which names its owner itself. It needs no code besides: the key verified the person. A lock of the
/// account holds for its keys too, and a wrong answer counts as a wrong password does.
/// </summary>
[UseCase]
public sealed class SignInByPasskey(AppDb db, Writer writer, SignIn signIn, IPasskeyHandler<Person> handler, TimeProvider time)
{
    /// <returns>What the browser is asked, and the state that must come back with its answer.</returns>
    public async Task<(string Options, string State)> BeginAsync(HttpContext context)
    {
        PasskeyRules.Require(context);
        var made = await handler.MakeRequestOptionsAsync(null, context);
        return (made.RequestOptionsJson, made.AssertionState ?? "");
    }

    /// <exception cref="RuleBroken">Why the key does not open the account.</exception>
    public async Task<(SignInOutcome Outcome, Person? Person)> ExecuteAsync(string? answer, string state, DateTime challengedAt, HttpContext context)
    {
        var cancel = context.RequestAborted;
        PasskeyRules.Require(context);
        PasskeyRules.RequireFresh(challengedAt, time.UtcInstant());
        var credential = PasskeyRules.CredentialOf(answer);
        var owner = await (from k in db.Passkeys where k.CredentialId == credential join p in db.People on k.UserId equals p.Id select p)
            .SingleOrDefaultAsync(cancel) ?? throw new RuleBroken("passkey.unknown");
        if (owner.LockoutEnd > time.GetUtcNow()) return (SignInOutcome.LockedOut, null);
        try
        {
            var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { CredentialJson = answer!, AssertionState = state, HttpContext = context });
            if (!result.Succeeded || result.User.Id != owner.Id) throw PasskeyRules.Refused(context);
            return await UseAsync(owner.Id, result.Passkey, challengedAt, cancel);
        }
        catch (RuleBroken)
        {
            await signIn.RecordAsync(owner.Id, accepted: false, cancel);
            throw;
        }
    }

    Task<(SignInOutcome Outcome, Person? Person)> UseAsync(Guid personId, UserPasskeyInfo answered, DateTime challengedAt, CancellationToken cancel) =>
        writer.ActAsync<(SignInOutcome, Person?)>("account.sign-in-passkey", new Actor(personId, "person"), async work =>
        {
            var key = await work.Db.Passkeys.SingleOrDefaultAsync(k => k.UserId == personId && k.CredentialId == answered.CredentialId, cancel) ?? throw new RuleBroken("passkey.unknown");
            key.Use(answered, challengedAt, work.Now);
            var person = await work.Db.People.SingleAsync(p => p.Id == personId, cancel);
            (person.AccessFailedCount, person.LockoutEnd) = (0, null);
            return (SignInOutcome.Accepted, person);
        }, cancel: cancel);
}
