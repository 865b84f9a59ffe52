using Minka.Core.Kernel;

namespace Minka.Core.Fund;

public readonly record struct FundId(Guid Value) : ITypedId<FundId>
{
    public static FundId From(Guid value) => new(value);
}

public readonly record struct AccreditationId(Guid Value) : ITypedId<AccreditationId>
{
    public static AccreditationId From(Guid value) => new(value);
}

public readonly record struct CallId(Guid Value) : ITypedId<CallId>
{
    public static CallId From(Guid value) => new(value);
}

public readonly record struct LeagueId(Guid Value) : ITypedId<LeagueId>
{
    public static LeagueId From(Guid value) => new(value);
}

public readonly record struct QuestionId(Guid Value) : ITypedId<QuestionId>
{
    public static QuestionId From(Guid value) => new(value);
}

public readonly record struct FreezeId(Guid Value) : ITypedId<FreezeId>
{
    public static FreezeId From(Guid value) => new(value);
}

public readonly record struct CalendarChangeId(Guid Value) : ITypedId<CalendarChangeId>
{
    public static CalendarChangeId From(Guid value) => new(value);
}

public readonly record struct AnnulmentId(Guid Value) : ITypedId<AnnulmentId>
{
    public static AnnulmentId From(Guid value) => new(value);
}

public readonly record struct AccreditationStopId(Guid Value) : ITypedId<AccreditationStopId>
{
    public static AccreditationStopId From(Guid value) => new(value);
}
