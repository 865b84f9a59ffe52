using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Applications;

// The register is public: before the opening it tells neither who applies nor for what.

public sealed record ApplicationStarted(ApplicationId ApplicationId, CallId CallId) : IEvent;

public sealed record DraftSaved(ApplicationId ApplicationId) : IEvent;

public sealed record ApplicationSubmitted(ApplicationId ApplicationId, CallId CallId, SubmissionId SubmissionId, Digest ContentDigest) : IEvent;

public sealed record ApplicationWithdrawn(ApplicationId ApplicationId, CallId CallId) : IEvent;

public sealed record ApplicationDisqualified(ApplicationId ApplicationId, CallId CallId) : IEvent;

/// <summary>One envelope: its code, the digest that its receipt names, and the digests of its public and its withheld part.</summary>
public sealed record OpenedEnvelope(string Code, ApplicationId ApplicationId, SubmissionId SubmissionId, Digest ContentDigest, Digest PublicDigest, Digest WithheldDigest);

public sealed record CallOpenedEnvelopes(CallId CallId, int Count, IReadOnlyList<OpenedEnvelope> Envelopes) : IEvent;
