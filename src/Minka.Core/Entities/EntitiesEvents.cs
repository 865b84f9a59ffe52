using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Territories;

namespace Minka.Core.Entities;

public sealed record EntityCreated(EntityId EntityId, string TemplateId, string TemplateVersion) : IEvent;

public sealed record EntityDissolved(EntityId EntityId) : IEvent;

public sealed record EntityTerritoriesSet(EntityId EntityId, IReadOnlyList<FunctionalTerritoryId> Territories) : IEvent;

/// <param name="LeastWomen">Null: none asked. Not told in statutes written down before this was.</param>
public sealed record StatuteSet(EntityId EntityId, int? MostMembers, int? SessionsPerYear, int? BoardYears, BasisPoints? LeastWomen, string? Zone) : IEvent;

public sealed record BoardSet(EntityId EntityId, int Seats, DateOnly From) : IEvent;

public sealed record MemberAdmitted(EntityId EntityId, MemberId MemberId, Sector Sector, string InterestGroup, int Votes) : IEvent;

public sealed record MemberChanged(EntityId EntityId, MemberId MemberId, Sector Sector, string InterestGroup, int Votes) : IEvent;

public sealed record RepresentativeReplaced(EntityId EntityId, MemberId MemberId, bool IsAlternate) : IEvent;

public sealed record MandateEnded(EntityId EntityId, MemberId MemberId) : IEvent;

public sealed record SessionPlanned(EntityId EntityId, PlannedSessionId PlannedId, DateOnly On) : IEvent;

public sealed record SessionUnplanned(EntityId EntityId, PlannedSessionId PlannedId) : IEvent;

public sealed record AssemblyConvened(AssemblyId AssemblyId, EntityId EntityId, int Number, DateTime FirstCallAt, DateTime? SecondCallAt, int Roll) : IEvent;

public sealed record AssemblyCancelled(AssemblyId AssemblyId) : IEvent;

public sealed record SessionOpened(AssemblyId AssemblyId, AssemblyCall Call, int Roll, int Present, int Required) : IEvent;

public sealed record MemberArrived(AssemblyId AssemblyId, MemberId MemberId, bool IsProxy) : IEvent;

public sealed record MemberLeft(AssemblyId AssemblyId, MemberId MemberId) : IEvent;

public sealed record ProxyGiven(AssemblyId AssemblyId, MemberId GiverId, MemberId HolderId) : IEvent;

public sealed record ProxyRevoked(AssemblyId AssemblyId, MemberId GiverId) : IEvent;

public sealed record SessionSuspended(AssemblyId AssemblyId, int Number) : IEvent;

public sealed record SessionResumed(AssemblyId AssemblyId, int Number, int Roll, int Present, int Required) : IEvent;

public sealed record AmendmentProposed(MotionId MotionId, MotionId AmendsId, AssemblyId AssemblyId, MajorityKind Majority) : IEvent;

public sealed record MotionAmended(MotionId MotionId, MotionId AmendmentId, Digest TextDigest) : IEvent;

public sealed record HandsCounted(MotionId MotionId, int Yes, int No, int Abstain) : IEvent;

public sealed record ObjectionRecorded(MotionId MotionId, MemberId MemberId) : IEvent;

public sealed record MotionProposed(MotionId MotionId, AssemblyId AssemblyId, MajorityKind Majority, string? SubjectKind, Guid? SubjectId, Digest? SubjectDigest) : IEvent;

public sealed record VotingOpened(MotionId MotionId, int Present, int Required) : IEvent;

public sealed record VoteCast(MotionId MotionId, MemberId MemberId) : IEvent;

/// <summary>Somebody withdrew from the decision; the register does not say who.</summary>
public sealed record ConflictDeclared(MotionId MotionId) : IEvent;

public sealed record VotingClosed(MotionId MotionId, bool Adopted, int Roll, int Present, int Required, long Yes, long No, long Abstain, long Conflict, long Unused, long Needed, Digest OutcomeDigest) : IEvent;

public sealed record ResolutionAdopted(ResolutionId ResolutionId, EntityId EntityId, string? SubjectKind, Guid? SubjectId, Digest? SubjectDigest) : IEvent;

public sealed record ResolutionEnded(ResolutionId ResolutionId, ResolutionState State) : IEvent;

public sealed record TaskAssigned(ResolutionId ResolutionId, ResolutionTaskId TaskId, MemberId MemberId, DateOnly DueOn) : IEvent;

public sealed record TaskFinished(ResolutionId ResolutionId, ResolutionTaskId TaskId) : IEvent;

public sealed record FollowUpNoted(ResolutionId ResolutionId) : IEvent;

public sealed record SessionClosed(AssemblyId AssemblyId, Digest MinutesDigest) : IEvent;

/// <summary>Of whom and of what stays sealed.</summary>
public sealed record InterestDeclared(InterestId InterestId) : IEvent;

public sealed record InterestTakenBack(InterestId InterestId) : IEvent;
