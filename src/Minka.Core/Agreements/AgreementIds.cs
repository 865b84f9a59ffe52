using Minka.Core.Kernel;

namespace Minka.Core.Agreements;

public readonly record struct AgreementId(Guid Value) : ITypedId<AgreementId>
{
    public static AgreementId From(Guid value) => new(value);
}
