using System.Text.Json;
using Minka.Core.Entities;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Applications;

/// <summary>What the opening found in an envelope, in its two parts; the figures beside them are the content's own, for lists.</summary>
public sealed class OpenedApplication
{
    public required ApplicationId ApplicationId { get; init; }

    public required CallId CallId { get; init; }

    public required EntityId EntityId { get; init; }

    public required SubmissionId SubmissionId { get; init; }

    public required string Code { get; init; }

    public required Digest ContentDigest { get; init; }

    /// <summary>Canonical JSON of <see cref="Applications.PublicPart"/>.</summary>
    public required string PublicContent { get; init; }

    public required Digest PublicDigest { get; init; }

    /// <summary>Canonical JSON of <see cref="Applications.WithheldPart"/>.</summary>
    public required string WithheldContent { get; init; }

    public required Digest WithheldDigest { get; init; }

    public required string Entity { get; init; }

    public required string Title { get; init; }

    public required string Holder { get; init; }

    public required string HolderRuc { get; init; }

    public required Money Requested { get; init; }

    public required Money TotalCost { get; init; }

    /// <summary>The league in which it competes; null where none of the entity's provinces is eligible.</summary>
    public string? LeagueCode { get; init; }

    /// <summary>The province that stands for the entity: its neediest eligible one.</summary>
    public string? ProvinceCode { get; init; }

    public required int NeedPosition { get; init; }

    public required DateTime OpenedAt { get; init; }

    public PublicPart ReadPublic() => JsonSerializer.Deserialize<PublicPart>(PublicContent, CanonicalJson.Options)!;

    public WithheldPart ReadWithheld() => JsonSerializer.Deserialize<WithheldPart>(WithheldContent, CanonicalJson.Options)!;
}

/// <summary>What a file of an application is for.</summary>
public enum FilePurpose
{
    /// <summary>Subject: the source of funding.</summary>
    Letter,

    /// <summary>Subject: the admissibility requirement.</summary>
    Document,
}

/// <summary>A file of an opened application, now readable.</summary>
public sealed class ApplicationFile
{
    public required ApplicationId ApplicationId { get; init; }

    public required StoredFileId StoredFileId { get; init; }

    public required FilePurpose Purpose { get; init; }

    /// <summary>The source in camelCase, or the requirement's id.</summary>
    public required string Subject { get; init; }

    /// <summary>From 1 within the application.</summary>
    public required int Order { get; init; }
}
