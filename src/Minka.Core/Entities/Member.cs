using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Entities;

/// <summary>What is said of a member when it is admitted or changed.</summary>
/// <param name="Organisation">Name of the organisation; public.</param>
/// <param name="RepresentativeName">The person who speaks for it; never shown in public.</param>
/// <param name="MandateTo">Last day of the mandate, included.</param>
public sealed record MemberInput(
    string Organisation,
    string? Ruc,
    Sector Sector,
    string InterestGroup,
    int Votes,
    string? DistrictCode,
    string RepresentativeName,
    DateOnly MandateFrom,
    DateOnly MandateTo,
    Guid? RepresentativePersonId = null);

/// <summary>An organisation's seat in an entity, for a mandate.</summary>
public sealed class Member : IVersioned
{
    public required MemberId Id { get; init; }

    public required EntityId EntityId { get; init; }

    public string Organisation { get; private set; } = "";

    public string? Ruc { get; private set; }

    public Sector Sector { get; private set; }

    public string InterestGroup { get; private set; } = "";

    public int Votes { get; private set; }

    public string? DistrictCode { get; private set; }

    /// <summary>Personal: for the minutes and the entity's own people only.</summary>
    public string RepresentativeName { get; private set; } = "";

    public Guid? RepresentativePersonId { get; private set; }

    public DateOnly MandateFrom { get; private set; }

    /// <summary>Last day, included.</summary>
    public DateOnly MandateTo { get; private set; }

    public string? EndedWhy { get; private set; }

    public int Version { get; private set; }

    public SeatWeight Seat => new(Sector, InterestGroup, Votes);

    public bool IsInForceOn(DateOnly day) => MandateFrom <= day && day <= MandateTo;

    /// <summary>Writes all facts. They were checked by <see cref="MemberChecks"/>.</summary>
    internal void Set(MemberInput input)
    {
        (Organisation, Ruc, Sector, InterestGroup) = (input.Organisation.Trim(), MemberChecks.Blank(input.Ruc), input.Sector, input.InterestGroup);
        (Votes, DistrictCode) = (input.Votes, MemberChecks.Blank(input.DistrictCode));
        (RepresentativeName, RepresentativePersonId) = (input.RepresentativeName.Trim(), input.RepresentativePersonId);
        (MandateFrom, MandateTo) = (input.MandateFrom, input.MandateTo);
    }

    /// <summary>Ends the mandate: the day before is the last one in force.</summary>
    public void End(DateOnly day, string why)
    {
        if (string.IsNullOrWhiteSpace(why)) throw new RuleBroken(EntitiesRules.WhyMissing);
        if (MandateTo < day) throw new RuleBroken(EntitiesRules.MandateEnded, Organisation, MandateTo);
        (MandateTo, EndedWhy) = (day.AddDays(-1), why.Trim());
    }
}
