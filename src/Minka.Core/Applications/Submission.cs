using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Planning;

namespace Minka.Core.Applications;

/// <summary>A sealed snapshot that was received. Written once; the last one before the close counts.</summary>
public sealed class Submission : IAppendOnly
{
    public required SubmissionId Id { get; init; }

    public required ApplicationId ApplicationId { get; init; }

    public required CallId CallId { get; init; }

    public required ProgrammeVersionId ProgrammeVersionId { get; init; }

    /// <summary>What the receipt and the register name; see <see cref="ApplicationContent"/>.</summary>
    public required Digest ContentDigest { get; init; }

    /// <summary>A sealed box of the content.</summary>
    public required byte[] Box { get; init; }

    public required DateTime ReceivedAt { get; init; }

    /// <summary>Of its act in the register: the order of arrival.</summary>
    public required long RegisterIndex { get; init; }
}

/// <summary>The signed receipt («constancia de cargo») that answered a submission.</summary>
public sealed class SubmissionReceipt
{
    public required SubmissionId SubmissionId { get; init; }

    public required ApplicationId ApplicationId { get; init; }

    public required Digest ContentDigest { get; init; }

    /// <summary>JWS in compact form.</summary>
    public required string Token { get; init; }

    /// <summary>"7F3-K92-04".</summary>
    public required string Code { get; init; }

    public required DateTime ReceivedAt { get; init; }

    public required long RegisterIndex { get; init; }
}
