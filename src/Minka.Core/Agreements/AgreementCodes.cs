namespace Minka.Core.Agreements;

/// <summary>Codes of this context's broken rules.</summary>
public static class AgreementCodes
{
    public const string AlreadyApproved = "agreement.already-approved";
    public const string SignTermPassed = "agreement.sign-term-passed";
    public const string SignTermOpen = "agreement.sign-term-open";
    public const string NotConcluded = "agreement.not-concluded";
    public const string ReasonMissing = "agreement.reason-missing";
}
