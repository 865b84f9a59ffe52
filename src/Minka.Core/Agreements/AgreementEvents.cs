using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Agreements;

public sealed record AgreementDrafted(AgreementId Agreement, ApplicationId Application, Money Amount, Digest Content) : IEvent;

public sealed record AgreementApproved(AgreementId Agreement, string Party, Digest Content) : IEvent;

public sealed record AgreementConcluded(AgreementId Agreement, ApplicationId Application, Money Amount, Digest Content) : IEvent;

public sealed record AgreementLapsed(AgreementId Agreement, ApplicationId Application, Money Amount, bool Declined) : IEvent;
