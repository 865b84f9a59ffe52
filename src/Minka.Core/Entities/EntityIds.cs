using Minka.Core.Kernel;

namespace Minka.Core.Entities;

public readonly record struct EntityId(Guid Value) : ITypedId<EntityId>
{
    public static EntityId From(Guid value) => new(value);
}

public readonly record struct MemberId(Guid Value) : ITypedId<MemberId>
{
    public static MemberId From(Guid value) => new(value);
}

public readonly record struct RepresentationId(Guid Value) : ITypedId<RepresentationId>
{
    public static RepresentationId From(Guid value) => new(value);
}

public readonly record struct AssemblyId(Guid Value) : ITypedId<AssemblyId>
{
    public static AssemblyId From(Guid value) => new(value);
}

public readonly record struct AttendanceId(Guid Value) : ITypedId<AttendanceId>
{
    public static AttendanceId From(Guid value) => new(value);
}

public readonly record struct MotionId(Guid Value) : ITypedId<MotionId>
{
    public static MotionId From(Guid value) => new(value);
}

public readonly record struct ResolutionId(Guid Value) : ITypedId<ResolutionId>
{
    public static ResolutionId From(Guid value) => new(value);
}

public readonly record struct ResolutionTaskId(Guid Value) : ITypedId<ResolutionTaskId>
{
    public static ResolutionTaskId From(Guid value) => new(value);
}

public readonly record struct ResolutionFollowUpId(Guid Value) : ITypedId<ResolutionFollowUpId>
{
    public static ResolutionFollowUpId From(Guid value) => new(value);
}

public readonly record struct BoardSeatId(Guid Value) : ITypedId<BoardSeatId>
{
    public static BoardSeatId From(Guid value) => new(value);
}

public readonly record struct PlannedSessionId(Guid Value) : ITypedId<PlannedSessionId>
{
    public static PlannedSessionId From(Guid value) => new(value);
}

public readonly record struct WithdrawalId(Guid Value) : ITypedId<WithdrawalId>
{
    public static WithdrawalId From(Guid value) => new(value);
}

public readonly record struct InterestId(Guid Value) : ITypedId<InterestId>
{
    public static InterestId From(Guid value) => new(value);
}
