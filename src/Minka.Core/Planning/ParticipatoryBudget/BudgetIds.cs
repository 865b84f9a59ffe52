using Minka.Core.Kernel;

namespace Minka.Core.Planning.ParticipatoryBudget;

public readonly record struct BudgetProcessId(Guid Value) : ITypedId<BudgetProcessId>
{
    public static BudgetProcessId From(Guid value) => new(value);
}

public readonly record struct BudgetTeamMemberId(Guid Value) : ITypedId<BudgetTeamMemberId>
{
    public static BudgetTeamMemberId From(Guid value) => new(value);
}

public readonly record struct BudgetAgentId(Guid Value) : ITypedId<BudgetAgentId>
{
    public static BudgetAgentId From(Guid value) => new(value);
}

public readonly record struct BudgetWorkshopId(Guid Value) : ITypedId<BudgetWorkshopId>
{
    public static BudgetWorkshopId From(Guid value) => new(value);
}

public readonly record struct BudgetProposalId(Guid Value) : ITypedId<BudgetProposalId>
{
    public static BudgetProposalId From(Guid value) => new(value);
}

public readonly record struct BudgetReportId(Guid Value) : ITypedId<BudgetReportId>
{
    public static BudgetReportId From(Guid value) => new(value);
}


public readonly record struct VigilanceNoteId(Guid Value) : ITypedId<VigilanceNoteId>
{
    public static VigilanceNoteId From(Guid value) => new(value);
}
