using Minka.Core.Kernel;

namespace Minka.Core.Planning;

public readonly record struct StrategyId(Guid Value) : ITypedId<StrategyId>
{
    public static StrategyId From(Guid value) => new(value);
}

public readonly record struct AxisId(Guid Value) : ITypedId<AxisId>
{
    public static AxisId From(Guid value) => new(value);
}

public readonly record struct ProgrammeId(Guid Value) : ITypedId<ProgrammeId>
{
    public static ProgrammeId From(Guid value) => new(value);
}

public readonly record struct ProgrammeVersionId(Guid Value) : ITypedId<ProgrammeVersionId>
{
    public static ProgrammeVersionId From(Guid value) => new(value);
}

public readonly record struct ProjectId(Guid Value) : ITypedId<ProjectId>
{
    public static ProjectId From(Guid value) => new(value);
}

public readonly record struct CostLineId(Guid Value) : ITypedId<CostLineId>
{
    public static CostLineId From(Guid value) => new(value);
}
