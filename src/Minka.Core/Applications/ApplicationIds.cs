using Minka.Core.Kernel;

namespace Minka.Core.Applications;

public readonly record struct ApplicationId(Guid Value) : ITypedId<ApplicationId>
{
    public static ApplicationId From(Guid value) => new(value);
}

/// <summary>Made by the applicant's form before the first attempt: it is also the idempotency key, for ever.</summary>
public readonly record struct SubmissionId(Guid Value) : ITypedId<SubmissionId>
{
    public static SubmissionId From(Guid value) => new(value);
}

public readonly record struct SealedFileId(Guid Value) : ITypedId<SealedFileId>
{
    public static SealedFileId From(Guid value) => new(value);
}
