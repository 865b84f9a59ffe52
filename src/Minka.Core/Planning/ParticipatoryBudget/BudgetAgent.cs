using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Kernel;

namespace Minka.Core.Planning.ParticipatoryBudget;

public enum AgentKind
{
    /// <summary>An organisation of civil society, by territory or by theme.</summary>
    CivilSociety,

    /// <summary>Somebody without an organisation (DS 142-2009-EF, first final provision).</summary>
    Unorganised,

    /// <summary>Member of the coordination council.</summary>
    CoordinationCouncil,

    /// <summary>Member of the municipal or regional council.</summary>
    Council,

    /// <summary>The technical team conducts and, by the pack, does not vote.</summary>
    TechnicalTeam,
}

public enum AgentState
{
    Requested,

    /// <summary>Sent back with what is missing and until when.</summary>
    Observed,
    Accredited,
    Rejected,
    Withdrawn,
}

/// <summary>What somebody types who asks to be registered.</summary>
/// <param name="Document">Identity number of the representative: only its keyed digest and its last three signs are kept.</param>
/// <param name="Accreditation">What proves the power: "Acta de asamblea del 3 de marzo", a resolution.</param>
public sealed record AgentInput(
    AgentKind Kind, string Organisation, string? Ruc, string? Group, string? DistrictCode, string? Zone, string Representative, string Document, bool? IsWoman, string Accreditation, string? Alternate = null, string? AlternateDocument = null);

/// <summary>A participating agent of one process, with its representative. Names of persons are for the entity's own people.</summary>
public sealed class BudgetAgent : IVersioned
{
    public static readonly Transitions<AgentState> Table = new("budget-agent",
        new(AgentState.Requested, "accredit", AgentState.Accredited, "manager"),
        new(AgentState.Requested, "observe", AgentState.Observed, "manager"),
        new(AgentState.Requested, "reject", AgentState.Rejected, "manager"),
        new(AgentState.Observed, "cure", AgentState.Requested, "participant"),
        new(AgentState.Observed, "reject", AgentState.Rejected, "manager"),
        new(AgentState.Requested, "withdraw", AgentState.Withdrawn, "participant"),
        new(AgentState.Observed, "withdraw", AgentState.Withdrawn, "participant"),
        new(AgentState.Accredited, "withdraw", AgentState.Withdrawn, "manager"));

    public required BudgetAgentId Id { get; init; }

    public required BudgetProcessId ProcessId { get; init; }

    /// <summary>As the roll and the slip bear it.</summary>
    public required int Number { get; init; }

    public required AgentKind Kind { get; init; }

    public required DateTime RequestedAt { get; init; }

    /// <summary>The member of the entity that it was brought in from.</summary>
    public MemberId? MemberId { get; init; }

    /// <summary>Who may sign in for it.</summary>
    public Guid? PersonId { get; init; }

    public string Organisation { get; private set; } = "";

    public string? Ruc { get; private set; }

    /// <summary>Code of the interest group; null: not told.</summary>
    public string? Group { get; private set; }

    public string? DistrictCode { get; private set; }

    public string? Zone { get; private set; }

    /// <summary>Personal.</summary>
    public string Representative { get; private set; } = "";

    public bool? IsWoman { get; private set; }

    /// <summary>Keyed digest of the identity number; null for who came from the entity's own roll.</summary>
    public string? DocumentDigest { get; private set; }

    /// <summary>The last three signs, so that the door can compare. Personal.</summary>
    public string? DocumentEnd { get; private set; }

    /// <summary>Personal.</summary>
    public string? Alternate { get; private set; }

    public string? AlternateDigest { get; private set; }

    public string Accreditation { get; private set; } = "";

    public AgentState State { get; private set; }

    /// <summary>Of the code on its slip: with it the agent cures, signs in and proposes without an account.</summary>
    public Digest? CodeDigest { get; private set; }

    /// <summary>Why it was observed, rejected or withdrawn.</summary>
    public string? Why { get; private set; }

    public DateOnly? CureBy { get; private set; }

    public DateTime? AnsweredAt { get; private set; }

    public int Version { get; private set; }

    public bool IsStanding => State is AgentState.Requested or AgentState.Observed or AgentState.Accredited;

    public bool Votes(BudgetPack pack) => State == AgentState.Accredited && (Kind != AgentKind.TechnicalTeam || pack.TeamVotes.Value);

    internal void Set(AgentInput input, string? documentDigest, string? alternateDigest)
    {
        Organisation = input.Organisation.Trim();
        Ruc = MemberChecks.Blank(input.Ruc);
        Group = MemberChecks.Blank(input.Group);
        DistrictCode = MemberChecks.Blank(input.DistrictCode);
        Zone = MemberChecks.Blank(input.Zone);
        Representative = input.Representative.Trim();
        IsWoman = input.IsWoman;
        Alternate = MemberChecks.Blank(input.Alternate);
        Accreditation = input.Accreditation.Trim();
        (DocumentDigest, AlternateDigest) = (documentDigest, alternateDigest);
        DocumentEnd = documentDigest is null ? null : AgentsRegister.PlainDocument(input.Document)[^3..];
    }

    internal void Give(Digest code) => CodeDigest = code;

    internal void Accredit(DateTime now) => (State, Why, CureBy, AnsweredAt) = (Table.Next(State, "accredit"), null, null, now);

    internal void Observe(string why, DateOnly cureBy, DateTime now) => (State, Why, CureBy, AnsweredAt) = (Table.Next(State, "observe"), BudgetProcess.Why(why), cureBy, now);

    internal void Reject(string why, DateTime now) => (State, Why, CureBy, AnsweredAt) = (Table.Next(State, "reject"), BudgetProcess.Why(why), null, now);

    internal void Cure() => (State, AnsweredAt) = (Table.Next(State, "cure"), null);

    internal void Withdraw(string why, DateTime now) => (State, Why, CureBy, AnsweredAt) = (Table.Next(State, "withdraw"), BudgetProcess.Why(why), null, now);
}
