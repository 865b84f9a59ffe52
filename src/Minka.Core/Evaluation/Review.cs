using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Evaluation;

public enum ReviewState
{
    /// <summary>The office is looking at the file.</summary>
    InReview,

    /// <summary>Findings were told; the applicant may cure them.</summary>
    Observed,

    /// <summary>The applicant answered; the office looks again.</summary>
    Cured,
    Admitted,
    Rejected,
}

/// <summary>The admissibility of one application: complete and as the rules ask, or not and why.</summary>
public sealed class Review : IVersioned
{
    const string Operator = "operator";

    public static readonly Transitions<ReviewState> Table = new("review",
        new(ReviewState.InReview, "observe", ReviewState.Observed, Operator),
        new(ReviewState.InReview, "admit", ReviewState.Admitted, Operator),
        new(ReviewState.InReview, "reject", ReviewState.Rejected, Operator),
        new(ReviewState.Observed, "cure", ReviewState.Cured, "manager"),
        new(ReviewState.Observed, "reject", ReviewState.Rejected, Operator),
        new(ReviewState.Cured, "observe", ReviewState.Observed, Operator),
        new(ReviewState.Cured, "admit", ReviewState.Admitted, Operator),
        new(ReviewState.Cured, "reject", ReviewState.Rejected, Operator));

    public required ApplicationId ApplicationId { get; init; }

    public required CallId CallId { get; init; }

    public ReviewState State { get; private set; } = ReviewState.InReview;

    /// <summary>Rounds of cure used so far.</summary>
    public int Round { get; private set; }

    /// <summary>Until when the findings of this round may be cured.</summary>
    public DateTime? CureUntil { get; private set; }

    public DateTime? DecidedAt { get; private set; }

    public int Version { get; private set; }

    public bool IsDecided => State is ReviewState.Admitted or ReviewState.Rejected;

    public void Observe(int rounds, DateTime until)
    {
        var next = Table.Next(State, "observe");
        if (Round >= rounds) throw new RuleBroken(EvaluationCodes.ReviewRoundsUsed, rounds);
        (State, Round, CureUntil) = (next, Round + 1, until);
    }

    public void Cure(DateTime now)
    {
        var next = Table.Next(State, "cure");
        if (new Deadline(CureUntil!.Value).HasPassedAt(now)) throw new RuleBroken(EvaluationCodes.CureLate, CureUntil.Value);
        State = next;
    }

    public void Admit(DateTime now) => (State, DecidedAt) = (Table.Next(State, "admit"), now);

    public void Reject(DateTime now)
    {
        var next = Table.Next(State, "reject");
        // Whoever was given days to cure keeps them all.
        if (State == ReviewState.Observed && new Deadline(CureUntil!.Value).IsOpenAt(now)) throw new RuleBroken(EvaluationCodes.CureStillOpen, CureUntil.Value);
        (State, DecidedAt) = (next, now);
    }
}

/// <summary>What the office found on one requirement in one round.</summary>
public sealed class Finding
{
    public required ApplicationId ApplicationId { get; init; }

    public required string RequirementId { get; init; }

    public required int Round { get; init; }

    public bool Met { get; private set; }

    /// <summary>Needed where it is not met; published after the decision.</summary>
    public string Reason { get; private set; } = "";

    public void Set(bool met, string reason)
    {
        if (!met && string.IsNullOrWhiteSpace(reason)) throw new RuleBroken(EvaluationCodes.ReviewReasonMissing, RequirementId);
        (Met, Reason) = (met, reason.Trim());
    }
}

/// <summary>The applicant's answer to a finding.</summary>
public sealed class CureAnswer
{
    public required ApplicationId ApplicationId { get; init; }

    public required string RequirementId { get; init; }

    public required int Round { get; init; }

    public required string Text { get; init; }

    /// <summary>SHA-256 of the document attached, if any.</summary>
    public Digest? FileDigest { get; init; }

    public StoredFileId? FileId { get; init; }

    public required DateTime At { get; init; }
}
