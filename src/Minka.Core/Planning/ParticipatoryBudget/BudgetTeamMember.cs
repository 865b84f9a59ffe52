using Minka.Core.Database;

namespace Minka.Core.Planning.ParticipatoryBudget;

public enum TeamRole
{
    /// <summary>Head of planning and budget: presides (DS 142-2009-EF, art. 2, f).</summary>
    Chair,
    Budget,
    Investment,
    Planning,

    /// <summary>Professional of civil society with experience in planning and budgets.</summary>
    CivilSociety,

    /// <summary>Answers for the personal data of the register.</summary>
    DataProtection,
}

/// <summary>Somebody of the technical team. The name is for the entity's own people; the public sees office and role.</summary>
public sealed class BudgetTeamMember : IVersioned
{
    public required BudgetTeamMemberId Id { get; init; }

    public required BudgetProcessId ProcessId { get; init; }

    public required TeamRole Role { get; init; }

    public required string Office { get; init; }

    /// <summary>Personal.</summary>
    public required string Name { get; init; }

    public required DateOnly From { get; init; }

    public DateOnly? EndedOn { get; private set; }

    public int Version { get; private set; }

    internal void End(DateOnly on) => EndedOn ??= on;
}
