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
    IReadOnlyList<MinutesMotion> Motions);

public sealed record MinutesAttendance(string Organisation, Sector Sector, bool IsProxy, DateTime ArrivedAt, DateTime? LeftAt);

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
    string? Resolution);

public sealed record MinutesVote(string Organisation, Choice Choice, int Votes);
