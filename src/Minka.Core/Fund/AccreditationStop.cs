using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Fund;

/// <summary>A suspension of an accreditation: while it lasts the entity may not start or submit.</summary>
public sealed class AccreditationStop : IVersioned
{
    public required AccreditationStopId Id { get; init; }

    public required AccreditationId AccreditationId { get; init; }

    public required string Why { get; init; }

    public required DateTime At { get; init; }

    public DateTime? LiftedAt { get; private set; }

    public string? LiftedWhy { get; private set; }

    public int Version { get; private set; }

    /// <summary>From its day on, and no longer on the day on which it is lifted.</summary>
    public bool HoldsOn(DateOnly day) => LegalTime.DayIn(At) <= day && (LiftedAt is not { } lifted || LegalTime.DayIn(lifted) > day);

    public void Lift(string why, DateTime now)
    {
        if (string.IsNullOrWhiteSpace(why)) throw new RuleBroken(FundRules.WhyMissing);
        (LiftedAt, LiftedWhy) = (now, why.Trim());
    }
}

/// <summary>Where an accreditation stands on a day.</summary>
public enum AccreditationState
{
    Future,
    InForce,
    Suspended,
    Expired,
    Revoked,
}
