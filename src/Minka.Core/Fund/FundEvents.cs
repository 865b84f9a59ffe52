using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Fund;

public sealed record FundCreated(FundId FundId) : IEvent;

public sealed record EntityAccredited(FundId FundId, EntityId EntityId, AccreditationId AccreditationId, DateOnly ValidFrom, DateOnly ValidTo) : IEvent;

public sealed record AccreditationSuspended(FundId FundId, EntityId EntityId, AccreditationId AccreditationId) : IEvent;

public sealed record AccreditationResumed(FundId FundId, EntityId EntityId, AccreditationId AccreditationId) : IEvent;

public sealed record AccreditationRevoked(FundId FundId, EntityId EntityId, AccreditationId AccreditationId) : IEvent;

public sealed record CallPublished(CallId CallId, FundId FundId, int Round, Money Budget, Digest Rules, Digest Calendar) : IEvent;

public sealed record QuestionAsked(CallId CallId, int Number) : IEvent;

public sealed record QuestionAnswered(CallId CallId, int Number) : IEvent;

public sealed record RulesIntegrated(CallId CallId, int Round, Money Budget, Digest Rules, Digest Calendar) : IEvent;

public sealed record CallOpened(CallId CallId, Digest Rules, DateTime ClosesAt) : IEvent;

public sealed record CalendarExtended(CallId CallId, Digest Before, Digest After, DateTime ClosesAt) : IEvent;

public sealed record SubmissionsClosed(CallId CallId, DateTime ClosesAt) : IEvent;

/// <param name="Given">Officials who have given their word, with this one.</param>
/// <param name="Officials">How many the rules ask; the last one opens.</param>
public sealed record OpeningAsked(CallId CallId, int Round, int Given, int Officials) : IEvent;

/// <param name="From">Where it stood.</param>
/// <param name="Returned">What went back to the fund.</param>
public sealed record CallDeserted(CallId CallId, CallState From, Money Returned) : IEvent;

public sealed record CallAnnulled(CallId CallId, AnnulmentId AnnulmentId, CallState From, Digest Snapshot) : IEvent;

/// <summary>Later contexts undo what came after the stage, and keep copies (<see cref="AnnulmentCopy"/>).</summary>
public sealed record CallRolledBack(CallId CallId, AnnulmentId AnnulmentId, CallState From, CallState To, Digest Snapshot) : IEvent;
