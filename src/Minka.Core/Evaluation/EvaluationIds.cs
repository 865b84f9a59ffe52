using Minka.Core.Kernel;

namespace Minka.Core.Evaluation;

public readonly record struct AssignmentId(Guid Value) : ITypedId<AssignmentId>
{
    public static AssignmentId From(Guid value) => new(value);
}

public readonly record struct ConflictId(Guid Value) : ITypedId<ConflictId>
{
    public static ConflictId From(Guid value) => new(value);
}
