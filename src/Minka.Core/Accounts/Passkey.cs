using Microsoft.AspNetCore.Identity;
using Minka.Core.Kernel;

namespace Minka.Core.Accounts;

public readonly record struct PasskeyId(Guid Value) : ITypedId<PasskeyId>
{
    public static PasskeyId From(Guid value) => new(value);
}

/// <summary>
/// A key in someone's telephone, computer or token that opens their account. Identity's record, with an id of our own: the
/// credential's id would stand in the public leaf as the key of the row.
/// </summary>
public sealed class Passkey : IdentityUserPasskey<Guid>
{
    public PasskeyId Id { get; init; }

    /// <summary>When it last opened the account. A challenge given before that moment is spent.</summary>
    public DateTime? LastUsedAt { get; private set; }

    public void Rename(string name) => Data = With(name, Data.SignCount, Data.IsBackedUp);

    /// <summary>Uses up a challenge that the key answered.</summary>
    /// <exception cref="RuleBroken">The challenge, or the key's counter, was used already.</exception>
    public void Use(UserPasskeyInfo answered, DateTime challengedAt, DateTime now)
    {
        if (challengedAt <= LastUsedAt) throw new RuleBroken("passkey.challenge-over");
        if ((answered.SignCount != 0 || Data.SignCount != 0) && answered.SignCount <= Data.SignCount) throw new RuleBroken("passkey.refused");
        (Data, LastUsedAt) = (With(Data.Name, answered.SignCount, answered.IsBackedUp), now);
    }

    // Replaced, never changed in place: a column of JSON is compared by the object (Mapping.HasJson).
    IdentityPasskeyData With(string? name, uint signCount, bool isBackedUp) => new()
    {
        Name = name,
        CreatedAt = Data.CreatedAt,
        PublicKey = Data.PublicKey,
        SignCount = signCount,
        Transports = Data.Transports,
        IsUserVerified = Data.IsUserVerified,
        IsBackupEligible = Data.IsBackupEligible,
        IsBackedUp = isBackedUp,
        AttestationObject = Data.AttestationObject,
        ClientDataJson = Data.ClientDataJson,
    };
}
