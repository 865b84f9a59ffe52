using Minka.Core.Database;
using Minka.Core.Kernel;

namespace Minka.Core.Entities.Ballots;

public readonly record struct BallotBoxId(Guid Value) : ITypedId<BallotBoxId>
{
    public static BallotBoxId From(Guid value) => new(value);
}

public enum BallotBoxState
{
    Open,
    Counted,
    Annulled,
}

public enum BallotSubject
{
    Motion,
    Election,
}

/// <summary>A secret voting of an assembly: who took part is written apart from what was voted.</summary>
public sealed class BallotBox : IVersioned
{
    public static readonly Transitions<BallotBoxState> Table = new("ballot-box",
        new Transition<BallotBoxState>(BallotBoxState.Open, "count", BallotBoxState.Counted, "secretary"),
        new Transition<BallotBoxState>(BallotBoxState.Open, "annul", BallotBoxState.Annulled, "secretary"));

    public required BallotBoxId Id { get; init; }

    public required AssemblyId AssemblyId { get; init; }

    public required BallotSubject Subject { get; init; }

    public required Guid SubjectId { get; init; }

    public required string Title { get; init; }

    public required BallotPaper Paper { get; init; }

    public required DateTime OpenedAt { get; init; }

    public BallotBoxState State { get; private set; }

    public DateTime? EndedAt { get; private set; }

    public string? AnnulledWhy { get; private set; }

    public BallotCount? Count { get; private set; }

    public int Version { get; private set; }

    public void MustBeOpen()
    {
        if (State != BallotBoxState.Open) throw new RuleBroken(BallotRules.BoxClosed);
    }

    internal void Counted(BallotCount count, DateTime now)
    {
        State = Table.Next(State, "count");
        (Count, EndedAt) = (count, now);
    }

    internal void Annul(string why, DateTime now)
    {
        var next = Table.Next(State, "annul");
        if (string.IsNullOrWhiteSpace(why)) throw new RuleBroken(EntitiesRules.WhyMissing);
        (State, AnnulledWhy, EndedAt) = (next, why.Trim(), now);
    }
}

/// <summary>That a member took part in a secret voting. It says neither what was voted nor when.</summary>
public sealed class BallotParticipation : IAppendOnly
{
    public required BallotBoxId BoxId { get; init; }

    public required MemberId MemberId { get; init; }

    public required int Votes { get; init; }

    /// <summary>Took a paper ballot.</summary>
    public required bool OnPaper { get; init; }
}

/// <summary>One typing of the paper ballots of a box. Two that agree make the count of paper.</summary>
public sealed class PaperCount : IVersioned
{
    public required BallotBoxId BoxId { get; init; }

    /// <summary>1 or 2.</summary>
    public required int Round { get; init; }

    public PaperTally Tally { get; private set; } = new([], 0, 0, 0);

    public DateTime TypedAt { get; private set; }

    public int Version { get; private set; }

    internal void Type(PaperTally tally, DateTime now) => (Tally, TypedAt) = (tally, now);
}

/// <summary>Paper ballots as they were read out: marks by option of the paper, blank and null ballots, and how many papers there were.</summary>
public sealed record PaperTally(IReadOnlyList<int> Options, int Blank, int Null, int Papers)
{
    /// <summary>Where two typings differ: places of options, then blank, null and papers as the last three.</summary>
    public static IReadOnlyList<int> Differences(PaperTally a, PaperTally b)
    {
        IReadOnlyList<int> left = [.. a.Options, a.Blank, a.Null, a.Papers], right = [.. b.Options, b.Blank, b.Null, b.Papers];
        return left.Count != right.Count ? [.. Enumerable.Range(0, Math.Max(left.Count, right.Count))] : [.. Enumerable.Range(0, left.Count).Where(i => left[i] != right[i])];
    }
}
