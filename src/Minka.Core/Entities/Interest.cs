using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Entities;

/// <summary>How a person is tied to an organisation.</summary>
public enum InterestKind
{
    /// <summary>Belongs to it, or sits on its board.</summary>
    Member,

    /// <summary>Somebody of it is kin, to the second degree.</summary>
    Kin,

    /// <summary>Works for it, or did in the last three years.</summary>
    Employer,

    /// <summary>Sells to it or is paid by it, or did in the last three years.</summary>
    Supplier,

    /// <summary>Wrote its file.</summary>
    Author,
}

/// <summary>
/// One tie of a person, told for one purpose: that the person neither reads nor votes on what touches the organisation. What it says is
/// sealed; outside the seal lie only keyed digests of the organisation, which answer "is it this one?" and nothing else. Never public.
/// </summary>
public sealed class Interest : IVersioned
{
    public required InterestId Id { get; init; }

    public required Guid PersonId { get; init; }

    /// <summary>Digest of the organisation's number under the key of interests; null where none was told.</summary>
    public string? NumberDigest { get; init; }

    /// <summary>Digest of its plain name.</summary>
    public required string NameDigest { get; init; }

    /// <summary>The whole declaration, sealed.</summary>
    public required byte[] Box { get; init; }

    public required DateOnly From { get; init; }

    /// <summary>Last day on which it blocks; null: as long as it stands.</summary>
    public DateOnly? BlocksUntil { get; init; }

    public required DateTime DeclaredAt { get; init; }

    public DateTime? WithdrawnAt { get; private set; }

    public int Version { get; private set; }

    internal void Withdraw(DateTime now)
    {
        if (WithdrawnAt is not null) throw new RuleBroken(EntitiesRules.InterestWithdrawn);
        WithdrawnAt = now;
    }
}

/// <summary>The key under which interests are sealed and compared; wrapped by a key of the installation.</summary>
public sealed class InterestKey
{
    /// <summary>Always 1: there is one.</summary>
    public required int Number { get; init; }

    public required byte[] Wrapped { get; init; }
}

/// <summary>What a person declares.</summary>
/// <param name="Organisation">Its name.</param>
/// <param name="Number">RUC or another registry's number, where it is known.</param>
/// <param name="Degree">1 or 2, of kinship.</param>
/// <param name="Who">The kin, or what else tells which tie it is.</param>
/// <param name="EndedOn">When work or supply ended; null: it goes on.</param>
public sealed record InterestInput(InterestKind Kind, string Organisation, string? Number, int? Degree, string? Who, DateOnly From, DateOnly? EndedOn);

/// <summary>An organisation that may be the other end of a tie.</summary>
public sealed record Party(string Name, string? Number = null);
