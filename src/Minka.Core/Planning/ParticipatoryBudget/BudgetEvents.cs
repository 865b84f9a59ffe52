using Minka.Core.Entities;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Planning.ParticipatoryBudget;

public sealed record BudgetStarted(BudgetProcessId ProcessId, EntityId EntityId, int FiscalYear, string PackId, string PackVersion) : IEvent;

/// <summary>Whatever decides has this digest; it stands in the register before the first workshop.</summary>
public sealed record BudgetConvened(BudgetProcessId ProcessId, Money Amount, Digest RuleDigest) : IEvent;

public sealed record BudgetChanged(BudgetProcessId ProcessId, string Of, Digest WhyDigest) : IEvent;

public sealed record BudgetMoved(BudgetProcessId ProcessId, BudgetState To) : IEvent;

public sealed record AgentRequested(BudgetProcessId ProcessId, BudgetAgentId AgentId, int Number, AgentKind Kind) : IEvent;

public sealed record AgentReviewed(BudgetProcessId ProcessId, BudgetAgentId AgentId, AgentState Outcome) : IEvent;

public sealed record AgentsImported(BudgetProcessId ProcessId, int Count) : IEvent;

public sealed record AgentCodesIssued(BudgetProcessId ProcessId, int Count) : IEvent;

public sealed record WorkshopConvened(BudgetProcessId ProcessId, BudgetWorkshopId WorkshopId, WorkshopKind Kind, DateTime StartsAt) : IEvent;

public sealed record WorkshopChanged(BudgetProcessId ProcessId, BudgetWorkshopId WorkshopId, WorkshopState State) : IEvent;

public sealed record AgentsArrived(BudgetWorkshopId WorkshopId, ArrivalWay Way, int Count) : IEvent;

public sealed record WorkProposed(BudgetProcessId ProcessId, BudgetProposalId ProposalId, int Number, Money Asked) : IEvent;

public sealed record WorkAnswered(BudgetProposalId ProposalId, int Round) : IEvent;

public sealed record WorkEvaluated(BudgetProposalId ProposalId, int Round, ProposalState Verdict, int? Points) : IEvent;

public sealed record BudgetResultTaken(BudgetProcessId ProcessId, Money Spent, IReadOnlyList<BudgetProposalId> Funded, Digest ResultDigest) : IEvent;

public sealed record ActaDrafted(BudgetProcessId ProcessId, Digest ActaDigest) : IEvent;

public sealed record ActaSigned(BudgetProcessId ProcessId, Digest ActaDigest, IReadOnlyList<ProjectId> Projects) : IEvent;

public sealed record ActaPublished(BudgetProcessId ProcessId, Digest ActaDigest) : IEvent;

public sealed record CommitteeElected(BudgetProcessId ProcessId, IReadOnlyList<BudgetAgentId> Elected, DateOnly To) : IEvent;

public sealed record CommitteeSeatEnded(BudgetProcessId ProcessId, BudgetAgentId AgentId, BudgetAgentId? Successor) : IEvent;

public sealed record VigilanceNoted(BudgetProcessId ProcessId, VigilanceNoteId NoteId, NoteKind Kind, Digest TextDigest) : IEvent;

public sealed record VigilanceReplied(VigilanceNoteId NoteId, Digest TextDigest) : IEvent;

public sealed record OpeningBudgetRecorded(BudgetProcessId ProcessId, Money Acta, Money Pia, int Differences) : IEvent;

public sealed record FollowUpWritten(BudgetProcessId ProcessId, BudgetProposalId ProposalId, int Quarter, Money Pim, Money Accrued, ExecutionState State) : IEvent;

public sealed record AccountsRendered(BudgetProcessId ProcessId, int FiscalYear, Digest AccountsDigest) : IEvent;
