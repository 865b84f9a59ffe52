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
    Guid? RepresentativePersonId = null)
{
    /// <summary>Code of <see cref="OrganisationKinds"/>, where it is known.</summary>
    public string? Kind { get; init; }

    /// <summary>Code of <see cref="RegistryNumbers"/> for an organisation without a number of Peru's tax payers.</summary>
    public string? RegistryKind { get; init; }

    public string? RegistryNumber { get; init; }

    /// <summary>Asked where a rule counts women; never shown in public of one person.</summary>
    public bool? RepresentativeIsWoman { get; init; }

    /// <summary>The document that gives the representative the power, such as "acta del 3 de marzo de 2026".</summary>
    public string? Power { get; init; }

    /// <summary>Who comes when the representative cannot; null: nobody.</summary>
    public AlternateInput? Alternate { get; init; }
}

/// <param name="Name">Personal, as that of the representative.</param>
public sealed record AlternateInput(string Name, bool? IsWoman = null, Guid? PersonId = null);

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

    /// <summary>Code of its district, or of a province where it works in all of it.</summary>
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

    internal void Represent(string name, Guid? person) => (RepresentativeName, RepresentativePersonId) = (name.Trim(), person);

    /// <summary>Ends the mandate: the day before is the last one in force.</summary>
    public void End(DateOnly day, string why)
    {
        if (string.IsNullOrWhiteSpace(why)) throw new RuleBroken(EntitiesRules.WhyMissing);
        if (MandateTo < day) throw new RuleBroken(EntitiesRules.MandateEnded, Organisation, MandateTo);
        (MandateTo, EndedWhy) = (day.AddDays(-1), why.Trim());
    }
}

/// <summary>What else is known of a member: what it is, and under which number another registry knows it.</summary>
public sealed class MemberProfile : IVersioned
{
    public required MemberId MemberId { get; init; }

    public required EntityId EntityId { get; init; }

    public string? Kind { get; private set; }

    public string? RegistryKind { get; private set; }

    public string? RegistryNumber { get; private set; }

    public int Version { get; private set; }

    internal void Set(MemberInput input)
    {
        Kind = MemberChecks.Blank(input.Kind);
        RegistryKind = MemberChecks.Blank(input.RegistryNumber) is null ? null : MemberChecks.Blank(input.RegistryKind);
        RegistryNumber = MemberChecks.Blank(input.RegistryNumber) is { } number ? RegistryNumbers.Plain(number) : null;
    }
}
