using Minka.Core.Entities;

namespace Minka.Core.Planning;

/// <summary>A permit or title that a project may need before it can begin.</summary>
/// <param name="Kinds">The kinds of project that are asked for it; empty: all.</param>
/// <param name="Source">The norm, or "sin fuente".</param>
public sealed record PreconditionKind(string Code, IReadOnlyList<ProjectKind> Kinds, string Es, string En, string Source)
{
    public bool IsAskedOf(ProjectKind? kind) => kind is { } k && (Kinds.Count == 0 || Kinds.Contains(k));
}

/// <summary>The preconditions, from <c>rulepacks/preconditions.json</c>.</summary>
public static class PreconditionKinds
{
    static readonly Lazy<IReadOnlyList<PreconditionKind>> List = new(() => RulePackFiles.Read<Pack>("preconditions").Kinds);

    public static IReadOnlyList<PreconditionKind> All => List.Value;

    public static PreconditionKind? Find(string? code) => All.FirstOrDefault(k => k.Code == code);

    sealed record Pack(IReadOnlyList<PreconditionKind> Kinds);
}

/// <summary>A group among whom beneficiaries are counted; one person may be of several.</summary>
public sealed record BeneficiaryGroup(string Code, string Es, string En, string Source);

/// <summary>The groups, from <c>rulepacks/beneficiary-groups.json</c>.</summary>
public static class BeneficiaryGroups
{
    static readonly Lazy<IReadOnlyList<BeneficiaryGroup>> List = new(() => RulePackFiles.Read<Pack>("beneficiary-groups").Groups);

    public static IReadOnlyList<BeneficiaryGroup> All => List.Value;

    public static BeneficiaryGroup? Find(string? code) => All.FirstOrDefault(g => g.Code == code);

    sealed record Pack(IReadOnlyList<BeneficiaryGroup> Groups);
}
