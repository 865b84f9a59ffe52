using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Entities;

public enum MotionState
{
    Proposed,
    Voting,
    Adopted,
    Rejected,

    /// <summary>Its vote had no effect: no quorum, or the votes cast broke the composition. It may be proposed anew.</summary>
    Invalid,
}

/// <summary>The thing that a motion is about, told by a later context; opaque here.</summary>
/// <param name="Kind">"strategy", "programme-version", "resolution" …</param>
/// <param name="Digest">Of its exact content: a resolution binds that content and no other.</param>
/// <param name="Label">For people.</param>
public sealed record MotionSubject(string Kind, Guid Id, Digest Digest, string Label);

/// <summary>A point of the agenda that is put to the vote.</summary>
public sealed class Motion : IVersioned
{
    public static readonly Transitions<MotionState> Table = new("motion",
        new Transition<MotionState>(MotionState.Proposed, "open-voting", MotionState.Voting, "secretary"),
        new Transition<MotionState>(MotionState.Voting, "adopt", MotionState.Adopted, "secretary"),
        new Transition<MotionState>(MotionState.Voting, "reject", MotionState.Rejected, "secretary"),
        new Transition<MotionState>(MotionState.Voting, "void", MotionState.Invalid, "secretary"));

    public required MotionId Id { get; init; }

    public required AssemblyId AssemblyId { get; init; }

    public required int Order { get; init; }

    public required string Title { get; init; }

    /// <summary>What is resolved if it is adopted.</summary>
    public required string Text { get => text; init => text = value; }

    string text = "";

    public required MajorityKind Majority { get; init; }

    public string? SubjectKind { get; init; }

    public Guid? SubjectId { get; init; }

    public Digest? SubjectDigest { get; init; }

    public string? SubjectLabel { get; init; }

    public MotionState State { get; private set; }

    public DateTime? VotingOpenedAt { get; private set; }

    public DateTime? VotingClosedAt { get; private set; }

    /// <summary>What decided it, as it was at the close.</summary>
    public MotionOutcome? Outcome { get; private set; }

    public int Version { get; private set; }

    public void MustBeAmendable()
    {
        if (State != MotionState.Proposed) throw new RuleBroken(EntitiesRules.MotionAmendedLate, Title);
    }

    /// <summary>The text as an adopted amendment wrote it.</summary>
    internal void Amend(string amended)
    {
        MustBeAmendable();
        text = amended;
    }

    /// <param name="quorum">Null in a written procedure.</param>
    public void OpenVoting(QuorumReport? quorum, DateTime now)
    {
        var next = Table.Next(State, "open-voting");
        if (quorum is { IsMet: false }) throw new RuleBroken(EntitiesRules.QuorumLost, quorum.Present, quorum.Required, quorum.Roll);
        (State, VotingOpenedAt) = (next, now);
    }

    public void Close(MotionOutcome outcome, DateTime now)
    {
        State = Table.Next(State, outcome.IsAdopted ? "adopt" : outcome.IsInvalid == true ? "void" : "reject");
        (VotingClosedAt, Outcome) = (now, outcome);
    }
}

/// <summary>
/// An organisation that a motion touches: whoever is tied to it does not decide. Told by who proposes, by name and, where it is known, by
/// its number in a registry.
/// </summary>
public sealed class MotionParty : IAppendOnly
{
    public required MotionId MotionId { get; init; }

    /// <summary>From 1.</summary>
    public required int Order { get; init; }

    public required string Name { get; init; }

    public string? Number { get; init; }

    public Party Party => new(Name, Number);
}

/// <summary>
/// That a member withdrew from a decision because of an own interest. Its key is drawn, and so the register, which shows keys, tells
/// nobody which member it was.
/// </summary>
public sealed class Withdrawal : IAppendOnly
{
    public required WithdrawalId Id { get; init; }

    public required MotionId MotionId { get; init; }

    public required MemberId MemberId { get; init; }

    public required DateTime At { get; init; }
}

/// <summary>A member's vote on a motion: one and no more. Rows older than <see cref="Withdrawal"/> may hold a declared conflict.</summary>
public sealed class Vote
{
    public required MotionId MotionId { get; init; }

    public required MemberId MemberId { get; init; }

    public required Choice Choice { get; init; }

    public required DateTime CastAt { get; init; }

    /// <summary>The accredited alternate who spoke for the member; null: its representative, or somebody named on the day.</summary>
    public RepresentationId? AlternateId { get; init; }

    /// <summary>Cast by the representative; otherwise told aloud and written by the secretary.</summary>
    public required bool ByRepresentative { get; init; }
}
