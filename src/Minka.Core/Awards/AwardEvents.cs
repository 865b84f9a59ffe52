using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Awards;

public sealed record TieDrawCommitted(CallId Call, int Number, IReadOnlyList<string> Candidates, string Commitment) : IEvent;

public sealed record TieDrawn(CallId Call, int Number, string Salt, string Beacon, IReadOnlyList<string> Order) : IEvent;

public sealed record AwardProposed(CallId Call, RunId Run, Digest Rules, Digest Input, Digest Result, Money Awarded) : IEvent;

/// <summary>The optimum and the probabilities beside a run were computed; they decide nothing.</summary>
public sealed record AwardCompared(CallId Call, RunId Run, Digest Content) : IEvent;

public sealed record AwardReturned(CallId Call, RunId Run) : IEvent;

public sealed record AwardApproved(CallId Call, RunId Run, Digest Result) : IEvent;

/// <summary>One application was awarded money: the agreement follows from it.</summary>
public sealed record ApplicationAwarded(CallId Call, RunId Run, ApplicationId Application, Money Amount) : IEvent;

/// <summary>Winners left and others moved up from the reserve list.</summary>
public sealed record ReservePromoted(CallId Call, RunId Run, int Round, IReadOnlyList<string> Withdrawn, IReadOnlyList<string> Promoted) : IEvent;
