using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Evaluation;

public sealed record ScreeningStarted(CallId Call, int Applications) : IEvent;

public sealed record FindingsTold(ApplicationId Application, int Round, IReadOnlyList<string> Requirements, DateTime CureUntil) : IEvent;

public sealed record FindingsCured(ApplicationId Application, int Round) : IEvent;

public sealed record ApplicationAdmitted(ApplicationId Application) : IEvent;

public sealed record ApplicationRejected(ApplicationId Application, IReadOnlyList<string> Requirements) : IEvent;

public sealed record EvaluationStarted(CallId Call, int Admitted) : IEvent;

/// <summary>Seats were filled; persons appear by the pseudonym of the call.</summary>
public sealed record EvaluatorsAssigned(CallId Call, IReadOnlyList<AssignmentId> Assignments) : IEvent;

public sealed record EvaluatorRecused(AssignmentId Assignment, AssignmentId? Replacement) : IEvent;

/// <summary>The digest commits to the scores and reasons, which are published after the decision.</summary>
public sealed record ScoresLocked(AssignmentId Assignment, ApplicationId Application, Digest Scores) : IEvent;

public sealed record ThirdReaderCalled(ApplicationId Application, AssignmentId Assignment, int Difference) : IEvent;
