namespace Minka.Core.Rules;

/// <summary>Every kind of stage that a rule pack may ask for, in their legal order.</summary>
public enum StageKind
{
    Publication,
    Registration,
    Questions,
    IntegratedRules,
    SubmissionsOpen,
    SubmissionsClose,
    OpeningAct,
    Screening,
    Cure,
    BusinessPlans,
    QualitativeEligibility,
    SiteVisit,
    TechnicalEligibility,
    Evaluation,
    PublicPresentation,
    Prioritisation,
    Negotiation,
    Results,
    BoardDecision,
    AgreementSigning,
    Procurement,
    AssetTransfer,
    Settlement,
    Closing,
}

public static class StageKinds
{
    public static readonly IReadOnlyList<StageKind> All = Enum.GetValues<StageKind>();

    /// <summary>What this version of the platform can carry out.</summary>
    public static readonly IReadOnlySet<StageKind> Built = new HashSet<StageKind>
    {
        StageKind.Publication, StageKind.Questions, StageKind.IntegratedRules, StageKind.SubmissionsOpen, StageKind.SubmissionsClose,
        StageKind.OpeningAct, StageKind.Screening, StageKind.Cure, StageKind.Evaluation, StageKind.Results, StageKind.BoardDecision,
        StageKind.AgreementSigning,
    };

    public static bool IsBuilt(this StageKind kind) => Built.Contains(kind);
}
