using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Register;

namespace Minka.Core.Accounts;

public enum SignInOutcome
{
    Accepted,

    /// <summary>Name or password wrong: which of the two is not told.</summary>
    Refused,

    /// <summary>Too many wrong passwords: wait.</summary>
    LockedOut,

    /// <summary>Accepted so far; the six digits of the authenticator are missing.</summary>
    NeedsCode,
}

/// <summary>Checks a name and password. The slow hash runs outside the writer's lane; counters and the access log are acts.</summary>
[UseCase]
public sealed class SignIn(AppDb db, Writer writer, IPasswordHasher<Person> hasher, TimeProvider time)
{
    const int FailuresBeforeLock = 5;
    static readonly TimeSpan LockTime = TimeSpan.FromMinutes(5);

    public async Task<(SignInOutcome Outcome, Person? Person)> ExecuteAsync(string? name, string? password, CancellationToken cancel = default)
    {
        var normalized = (name ?? "").Trim().ToUpperInvariant();
        var person = await db.People.SingleOrDefaultAsync(p => p.NormalizedUserName == normalized || p.NormalizedEmail == normalized, cancel);
        if (person?.PasswordHash is null)
        {
            // The same work as for a known name, so that the time of the answer tells nothing.
            hasher.HashPassword(new Person(), password ?? "");
            return (SignInOutcome.Refused, null);
        }
        if (person.LockoutEnd > time.GetUtcNow()) return (SignInOutcome.LockedOut, null);
        var right = hasher.VerifyHashedPassword(person, person.PasswordHash, password ?? "") != PasswordVerificationResult.Failed;
        if (right && person.TwoFactorEnabled) return (SignInOutcome.NeedsCode, person);
        await RecordAsync(person.Id, right, cancel);
        return right ? (SignInOutcome.Accepted, person) : (SignInOutcome.Refused, null);
    }

    /// <summary>Writes the access log (DS 016-2024-JUS art. 46) and the counter of failures.</summary>
    public Task RecordAsync(Guid personId, bool accepted, CancellationToken cancel = default) =>
        writer.ActAsync(accepted ? "account.sign-in" : "account.sign-in-refused", new Actor(personId, "person"), async work =>
        {
            var person = await work.Db.People.SingleAsync(p => p.Id == personId, cancel);
            if (accepted)
            {
                person.AccessFailedCount = 0;
                person.LockoutEnd = null;
                return;
            }
            person.AccessFailedCount++;
            if (person.AccessFailedCount < FailuresBeforeLock) return;
            person.AccessFailedCount = 0;
            person.LockoutEnd = new DateTimeOffset(work.Now + LockTime, TimeSpan.Zero);
        }, cancel: cancel);
}
