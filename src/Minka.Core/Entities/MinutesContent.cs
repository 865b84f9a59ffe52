using System.Text.Json.Serialization;
using Minka.Core.Entities.Ballots;
using Minka.Core.Entities.Elections;
using Minka.Core.Kernel;

namespace Minka.Core.Entities;

/// <summary>
/// All facts of the minutes, without the names of persons: what the digest covers and the public may read. The page that
/// prints it adds the attendees for those who may see them.
/// </summary>
public sealed record MinutesContent(
    EntityId EntityId,
    string EntityName,
    int Number,
    string Title,
    string Place,
    DateTime ConvenedAt,
    DateTime FirstCallAt,
    DateTime? SecondCallAt,
    AssemblyCall Call,
    DateTime OpenedAt,
    DateTime ClosedAt,
    QuorumReport QuorumAtOpening,
    IReadOnlyList<MinutesAttendance> Attendances,
    IReadOnlyList<string> Absent,
    IReadOnlyList<MinutesMotion> Motions)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<MinutesProxy>? Proxies { get; init; }

    /// <summary>Elections held in the session; left out where there were none, so that older minutes keep their digest.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<MinutesElection>? Elections { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<MinutesBreak>? Breaks { get; init; }

    /// <summary>Until when votes were given in writing, where nobody met.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public DateTime? WrittenUntil { get; init; }
}

public sealed record MinutesProxy(string Giver, string Holder, DateTime GivenAt, DateTime? RevokedAt);

public sealed record MinutesBreak(DateTime SuspendedAt, string Why, DateTime? ResumedAt);

/// <param name="Candidates">By the label of each, without persons' names.</param>
public sealed record MinutesElection(string Organ, int Seats, ElectionState State, BallotCount? Count, IReadOnlyList<MinutesCandidate> Candidates, IReadOnlyList<Reason> Reasons, string? Beacon);

public sealed record MinutesCandidate(string Label, long Votes, CandidateFate? Fate);

public sealed record MinutesAttendance(string Organisation, Sector Sector, bool IsProxy, DateTime ArrivedAt, DateTime? LeftAt)
{
    /// <summary>The accredited alternate came; null: not, or it was not told apart.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public bool? ByAlternate { get; init; }
}

/// <param name="Resolution">Code of the resolution, when adopted.</param>
public sealed record MinutesMotion(
    int Order,
    string Title,
    string Text,
    MotionState State,
    MajorityKind Majority,
    string? SubjectLabel,
    Digest? SubjectDigest,
    MotionOutcome? Outcome,
    IReadOnlyList<MinutesVote> Votes,
    string? Resolution)
{
    /// <summary>The point whose text it would change.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Amends { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<MinutesObjection>? Objections { get; init; }

    /// <summary>How many stayed out because of an own interest; never who.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? Withdrew { get; init; }

    /// <summary>The same, also of minutes from before it was counted.</summary>
    [JsonIgnore]
    public int StayedOut => Withdrew ?? Votes.Count(v => v.Choice == Choice.Conflict);

    /// <summary>A show of hands: who raised which is not written.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<HandCount>? Hands { get; init; }

    /// <summary>The count of a secret voting; null for an open one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public BallotCount? Secret { get; init; }
}

public sealed record MinutesObjection(string Organisation, string Text);

public sealed record MinutesVote(string Organisation, Choice Choice, int Votes);
