using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Planning;

public sealed record StrategyStarted(StrategyId Strategy, EntityId Entity, int Number) : IEvent;

/// <summary>From now on locked: the digest is what the assembly votes.</summary>
public sealed record StrategyProposed(StrategyId Strategy, Digest Digest) : IEvent;

public sealed record StrategyWithdrawn(StrategyId Strategy) : IEvent;

public sealed record StrategyAdopted(StrategyId Strategy, EntityId Entity, Digest Digest, ResolutionId Resolution) : IEvent;

public sealed record ProgrammeStarted(ProgrammeId Programme, EntityId Entity, StrategyId Strategy) : IEvent;

public sealed record ProgrammeVersionFrozen(ProgrammeVersionId Version, ProgrammeId Programme, int Number, Digest Digest, Money Total) : IEvent;

public sealed record ProgrammeVersionProposed(ProgrammeVersionId Version, Digest Digest) : IEvent;

public sealed record ProgrammeVersionAdopted(ProgrammeVersionId Version, ProgrammeId Programme, Digest Digest, ResolutionId Resolution) : IEvent;

/// <summary>Into a programme: moved out of the bank where it is its own root, else perhaps a copy.</summary>
public sealed record ProjectTaken(ProjectId Project, ProjectId Root, ProgrammeId Programme) : IEvent;

public sealed record ProjectReturned(ProjectId Project, ProgrammeId Programme) : IEvent;

public sealed record ProjectStageChanged(ProjectId Project, ProjectStage From, ProjectStage To) : IEvent;
