using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Kernel;

namespace Minka.Core.Evaluation;

public enum AssignmentState
{
    Assigned,

    /// <summary>The evaluator has declared that there is no conflict with this applicant.</summary>
    Accepted,

    /// <summary>Left the file for a conflict or another reason; somebody else took the seat.</summary>
    Recused,

    /// <summary>Scores final: nobody changes them any more.</summary>
    Locked,
}

/// <summary>One seat of an evaluator before one application.</summary>
public sealed class Assignment : IVersioned
{
    public static readonly Transitions<AssignmentState> Table = new("assignment",
        new(AssignmentState.Assigned, "accept", AssignmentState.Accepted, "evaluator"),
        new(AssignmentState.Assigned, "recuse", AssignmentState.Recused, "evaluator"),
        new(AssignmentState.Accepted, "recuse", AssignmentState.Recused, "evaluator"),
        new(AssignmentState.Accepted, "lock", AssignmentState.Locked, "evaluator"));

    public required AssignmentId Id { get; init; }

    public required CallId CallId { get; init; }

    public required ApplicationId ApplicationId { get; init; }

    public required Guid EvaluatorId { get; init; }

    /// <summary>1 and 2; 3 is the reader called by a divergence.</summary>
    public required int Seat { get; init; }

    /// <summary>How the evaluator is called in public: the same letter throughout one call, nothing across calls.</summary>
    public required string Pseudonym { get; init; }

    public required DateTime AssignedAt { get; init; }

    /// <summary>Keeps anybody from guessing the scores by the digest that the register tells when they are locked.</summary>
    public required string SaltHex { get; init; }

    public AssignmentState State { get; private set; } = AssignmentState.Assigned;

    public string? RecusalReason { get; private set; }

    public DateTime? LockedAt { get; private set; }

    public int Version { get; private set; }

    public bool IsActive => State != AssignmentState.Recused;

    public void Accept() => State = Table.Next(State, "accept");

    public void Recuse(string reason)
    {
        var next = Table.Next(State, "recuse");
        if (string.IsNullOrWhiteSpace(reason)) throw new RuleBroken(EvaluationCodes.ConflictReasonMissing);
        (State, RecusalReason) = (next, reason.Trim());
    }

    public void Lock(DateTime now) => (State, LockedAt) = (Table.Next(State, "lock"), now);
}

/// <summary>An evaluator's interest in an entity: no file of that entity reaches that person.</summary>
public sealed class ConflictDeclaration
{
    public required ConflictId Id { get; init; }

    public required CallId CallId { get; init; }

    public required Guid EvaluatorId { get; init; }

    public required EntityId EntityId { get; init; }

    public required string Reason { get; init; }

    public required DateTime At { get; init; }
}

/// <summary>The points of one evaluator on one criterion, with the reason.</summary>
public sealed class Score : IVersioned
{
    public required AssignmentId AssignmentId { get; init; }

    public required string CriterionId { get; init; }

    public int? Points { get; private set; }

    public string Reason { get; private set; } = "";

    public DateTime SavedAt { get; private set; }

    public int Version { get; private set; }

    public void Set(int? points, string reason, DateTime now) => (Points, Reason, SavedAt) = (points, reason.Trim(), now);
}
