using Minka.Core.Applications;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Publication;

// The files of a public bundle. Organisations, amounts, totals and criteria are public; persons appear as pseudonyms;
// business plans and quotations stay with the office, their digest alone is here.

public sealed record BundleFile(string Path, Digest Sha256, long Bytes);

/// <summary>manifest.json: every other file but the signatures, with its digest. Its own digest is the digest of the bundle.</summary>
public sealed record BundleManifest
{
    public const int Format1 = 1;

    public required int Format { get; init; }
    public required string Origin { get; init; }
    public required string Call { get; init; }
    public required bool Demo { get; init; }
    public required long RegisterSize { get; init; }
    public required string About { get; init; }
    public required IReadOnlyList<BundleFile> Files { get; init; }
}

/// <summary>
/// The register states the digest of what a bundle tells before the bundle is handed out, so that nobody without the
/// register's key changes a word of it, also where no other act commits to that word.
/// </summary>
public sealed record BundlePublished(CallId Call, Digest Content) : IEvent
{
    /// <summary>Everything but the register's own files, its keys and the signatures, which speak for themselves.</summary>
    public static Digest DigestOf(string call, bool demo, IEnumerable<BundleFile> files) => CanonicalJson.DigestOf(new
    {
        Call = call,
        Demo = demo,
        Files = files.Where(f => f.Path != BundlePaths.Keys && !f.Path.StartsWith(BundlePaths.Register, StringComparison.Ordinal)).OrderBy(f => f.Path, StringComparer.Ordinal).ToList(),
    });
}

static class BundlePaths
{
    public const string Manifest = "manifest.json";
    public const string Keys = "keys.json";
    public const string Register = "register/";
    public const string Signatures = "signatures/";
}

/// <summary>rules/freezes.json: which digests the two freezes and the calendar have.</summary>
public sealed record BundleFreeze(int Round, int Number, string Path, Digest Digest, DateTime At);

/// <summary>An assembly's resolution with the quorum and the tally that carried it.</summary>
public sealed record BundleResolution
{
    public required string Application { get; init; }
    public required ResolutionId Id { get; init; }
    public required EntityId EntityId { get; init; }
    public required string Entity { get; init; }
    public required string Code { get; init; }
    public required string Title { get; init; }
    public required string? SubjectKind { get; init; }
    public required Guid? SubjectId { get; init; }
    public required Digest? SubjectDigest { get; init; }
    public required DateTime AdoptedAt { get; init; }
    public required MotionId MotionId { get; init; }
    public required MotionOutcome Outcome { get; init; }
}

public sealed record BundleApplication
{
    public required string Code { get; init; }
    public required ApplicationId ApplicationId { get; init; }
    public required SubmissionId SubmissionId { get; init; }
    public required ApplicationState State { get; init; }
    public required DateTime ReceivedAt { get; init; }
    public required Digest Content { get; init; }
    public required Digest Public { get; init; }

    /// <summary>Digest of the part that stays with the office.</summary>
    public required Digest Withheld { get; init; }
    public required string? League { get; init; }

    /// <summary>The province that stands for its promoter.</summary>
    public string? Province { get; init; }
    public required int NeedPosition { get; init; }
    public required Money Requested { get; init; }
    public required Money TotalCost { get; init; }
}

public sealed record BundleFinding(string Application, string Requirement, int Round, bool Met, string Reason);

public sealed record BundleScore(string Criterion, int Points, string Reason);

/// <summary>One reader's locked sheet.</summary>
public sealed record BundleSheet(string Application, Guid Assignment, int Seat, string Evaluator, DateTime LockedAt, string Salt, IReadOnlyList<BundleScore> Scores);

public sealed record BundleDraw(int Number, IReadOnlyList<string> Candidates, string Salt, string Commitment, DateTime CommittedAt, string? Beacon, DateTime? DrawnAt);

public sealed record BundleRun(Guid Run, int Number, Digest Rules, Digest Input, Digest Result, DateTime ProposedAt, DateTime? DecidedAt);

public sealed record BundleReserve(int Number, IReadOnlyList<string> Withdrawn, IReadOnlyList<string> Promoted, DateTime At);

public sealed record BundleAgreement(Guid Agreement, string Application, string State, Digest Content, DateTime DraftedAt, DateTime? ConcludedAt);
