using System.Text.Json.Serialization;
using Minka.Core.Kernel;

namespace Minka.Core.Rules;

/// <summary>The rules of a competitive fund as data: one mechanism, one version. Read with <see cref="RulePackReader"/>.</summary>
public sealed record RulePack
{
    public required int Format { get; init; }
    public required string Id { get; init; }
    public required string Version { get; init; }
    public required DateOnly ValidFrom { get; init; }
    public required LocalText Name { get; init; }
    public required LocalText Mechanism { get; init; }
    public required LocalText Summary { get; init; }
    public required IReadOnlyList<Sourced<LocalText>> LegalBasis { get; init; }
    public required IReadOnlyList<string> Sources { get; init; }
    public BudgetRules? Budget { get; init; }
    public required PromoterRules Promoter { get; init; }
    public required HolderRules Holder { get; init; }
    public required IReadOnlyList<FundingWindow> Windows { get; init; }
    public LeagueRules? Leagues { get; init; }
    public EnvelopeRules? Envelopes { get; init; }
    public required CofinancingRules Cofinancing { get; init; }
    public required Sourced<IReadOnlyList<FundingSource>> FundingSources { get; init; }
    public required CriteriaRules Criteria { get; init; }
    public required EvaluationRules Evaluation { get; init; }
    public required IReadOnlyList<AdmissibilityRequirement> Admissibility { get; init; }
    public OpeningRules? Opening { get; init; }
    public required CureRules Cure { get; init; }
    public required AwardRules Award { get; init; }
    public required CalendarRules Calendar { get; init; }
    public required MoneyRules Money { get; init; }
    public required DecisionRules Decision { get; init; }
    public required LegalEffectRules LegalEffect { get; init; }
    public IReadOnlyList<CallGate> CallGates { get; init; } = [];
    public IReadOnlyList<Clock> Clocks { get; init; } = [];
    public required IReadOnlyList<StageKind> StagesNeeded { get; init; }

    [JsonIgnore]
    public IReadOnlyList<StageKind> StagesNotBuilt => [.. StagesNeeded.Where(s => !s.IsBuilt()).Distinct().Order()];

    /// <summary>The window of programmes that compete, if the pack has one.</summary>
    [JsonIgnore]
    public FundingWindow? ProgrammeWindow => Windows.FirstOrDefault(w => w.Kind == WindowKind.Programme);

    /// <summary>The most months of what is applied for; null where the pack has several windows, or none that tells.</summary>
    [JsonIgnore]
    public int? MostMonths => (ProgrammeWindow ?? (Windows.Count == 1 ? Windows[0] : null))?.MaxMonths is { IsKnown: true } most ? most.Value : null;

    public FundingWindow Window(string code) => Windows.FirstOrDefault(w => w.Code == code) ?? throw new NotFound("window", code);

    public Criterion Criterion(string id) => Criteria.Items.FirstOrDefault(c => c.Id == id) ?? throw new NotFound("criterion", id);
}

/// <summary>Where the call's money comes from and how much of it may be what.</summary>
public sealed record BudgetRules
{
    public Sourced<LocalText>? Base { get; init; }
    public Sourced<BasisPoints>? MinShareBp { get; init; }
    public Sourced<BasisPoints>? MaxShareBp { get; init; }
    public Sourced<bool>? MandatoryForRegions { get; init; }
    public Sourced<int>? MandatoryForLocalsFromUit { get; init; }
    public Sourced<BasisPoints>? StudiesMaxBp { get; init; }
    public Sourced<LocalText>? ExcludedMoney { get; init; }
}

public enum PromoterKind
{
    CoordinationEntity,
    OrganisedEconomicAgent,

    /// <summary>A regional or local government, or a mancomunidad.</summary>
    Government,
}

public sealed record PromoterRules
{
    public required Sourced<PromoterKind> Kind { get; init; }

    /// <summary>Id of the composition rule that an entity must meet.</summary>
    public Sourced<string>? CompositionRule { get; init; }
    public required Sourced<bool> AccreditationRequired { get; init; }

    /// <summary>A resolution in force of an assembly must have adopted the exact version that is applied for.</summary>
    public required Sourced<bool> ResolutionRequired { get; init; }

    /// <summary>Applications of one promoter to a call, at most, each for another programme; one where it is not told.</summary>
    public Sourced<int>? MaxApplications { get; init; }
}

public enum LegalKind
{
    Municipality,
    Mancomunidad,
    RegionalGovernment,
    RegisteredAssociation,
    ProducersOrganisation,
    Cooperative,
    Company,
    Community,
}

public sealed record HolderRules
{
    public required Sourced<IReadOnlyList<LegalKind>> LegalKinds { get; init; }
    public required Sourced<bool> ExecutorPerProject { get; init; }
    public required Sourced<bool> LegalPersonalityRequired { get; init; }
}

public enum WindowKind
{
    Strengthening,
    Programme,
    BusinessPlan,
    Project,
}

/// <summary>A window (ventanilla, categoría): what may be asked for, and how much.</summary>
public sealed record FundingWindow
{
    public required string Code { get; init; }
    public required WindowKind Kind { get; init; }
    public required LocalText Name { get; init; }
    public required Sourced<Money> MinAmount { get; init; }
    public required Sourced<Money> MaxAmount { get; init; }
    public required Sourced<int> MaxMonths { get; init; }
    public Sourced<bool>? Competes { get; init; }
    public Sourced<BasisPoints>? MaxShareOfCallBp { get; init; }
    public Sourced<int>? MinProjects { get; init; }
    public Sourced<int>? MinDistricts { get; init; }
    public Sourced<int>? MinAxes { get; init; }
    public Sourced<BasisPoints>? MaxOffAxisBp { get; init; }
    public Sourced<Money>? MinProjectCost { get; init; }
    public Sourced<bool>? SmallerInConglomerate { get; init; }
    public Sourced<BasisPoints>? MaxIsolatedBp { get; init; }
    public Sourced<int>? MinMembers { get; init; }
    public Sourced<int>? MinYears { get; init; }
    public Sourced<bool>? LegalPersonRequired { get; init; }
    public Sourced<int>? AnnualSalesMinUit { get; init; }
    public Sourced<int>? AnnualSalesMaxUit { get; init; }
    public Sourced<BasisPoints>? MatchMinBp { get; init; }
    public Sourced<BasisPoints>? CashMatchMinBp { get; init; }
}

/// <summary>How a territory's place among its peers is told where its indicator is unknown.</summary>
public enum UnknownPosition
{
    /// <summary>It stands in the middle.</summary>
    Middle,
}

/// <summary>A band of positions, half-open: from ≤ position &lt; to, in basis points.</summary>
public sealed record Band
{
    public required string Code { get; init; }
    public required LocalText Name { get; init; }
    public required int From { get; init; }
    public required int To { get; init; }
}

public sealed record LeagueCell
{
    public required string Code { get; init; }
    public required LocalText Name { get; init; }
    public required IReadOnlyList<string> Need { get; init; }
    public required IReadOnlyList<string> Resources { get; init; }
}

public enum MergeRule
{
    /// <summary>The smallest group joins the nearest one: least difference of need first, then of own resources.</summary>
    NearestNeedThenResources,
}

/// <summary>Groups in which peers compete. Position 0 = least need (or fewest own resources), 10,000 = greatest.</summary>
public sealed record LeagueRules
{
    public required Sourced<string> NeedIndicator { get; init; }
    public required Sourced<string> ResourcesIndicator { get; init; }
    public required Sourced<IReadOnlyList<Band>> NeedBands { get; init; }
    public required Sourced<IReadOnlyList<Band>> ResourcesBands { get; init; }
    public required Sourced<IReadOnlyList<LeagueCell>> Cells { get; init; }
    public required Sourced<int> MergeBelow { get; init; }
    public required Sourced<MergeRule> MergeBy { get; init; }
    public required Sourced<UnknownPosition> WhenUnknown { get; init; }
}

public sealed record EnvelopeWeight
{
    public required string Indicator { get; init; }
    public required int Exponent { get; init; }
}

/// <summary>Shares of the budget by league. Floor and ceiling are fractions of an equal share, so that any number of leagues is feasible.</summary>
public sealed record EnvelopeRules
{
    public required Sourced<IReadOnlyList<EnvelopeWeight>> Weights { get; init; }
    public required Sourced<BasisPoints> FloorOfEqualShareBp { get; init; }
    public required Sourced<BasisPoints> CeilingOfEqualShareBp { get; init; }
}

/// <summary>One corner of a piecewise linear schedule, in basis points on both sides.</summary>
public sealed record ScheduleKnot
{
    public required int At { get; init; }
    public required int RateBp { get; init; }
}

public enum GrantLimit
{
    /// <summary>The grant may not exceed the eligible cost without contributions in kind.</summary>
    EligibleCostWithoutInKind,
}

public sealed record CofinancingRules
{
    /// <summary>Least match as a share of the cost, by position of need; linear between the knots, constant outside.</summary>
    public Sourced<IReadOnlyList<ScheduleKnot>>? MatchSchedule { get; init; }
    public Sourced<BasisPoints>? PrivateMinBp { get; init; }
    public Sourced<BasisPoints>? InKindMaxOfMatchBp { get; init; }
    public Sourced<GrantLimit>? GrantLimit { get; init; }
    public IReadOnlyList<Sourced<LocalText>> IneligibleCosts { get; init; } = [];
}

public sealed record CriteriaRules
{
    /// <summary>The total that the pack declares; the criteria must reach it exactly.</summary>
    public required Sourced<int> DeclaredTotal { get; init; }
    public required IReadOnlyList<Criterion> Items { get; init; }
}

public sealed record Criterion
{
    public required string Id { get; init; }
    public required LocalText Name { get; init; }
    public required LocalText Guide { get; init; }
    public required Sourced<int> MaxPoints { get; init; }
    public required IReadOnlyList<CriterionLevel> Levels { get; init; }

    /// <summary>How the points follow from data where they do; the evaluator sees it as a suggestion.</summary>
    public Sourced<PointsFormula>? Formula { get; init; }
}

public sealed record CriterionLevel
{
    public required int Points { get; init; }
    public required LocalText Text { get; init; }
}

public enum FormulaKind
{
    StepTable,
    Linear,
}

public enum FormulaInput
{
    /// <summary>Match above the required minimum, in basis points of the cost.</summary>
    MatchAboveMinimumBp,

    /// <summary>Private contribution, in basis points of the cost.</summary>
    PrivateShareBp,

    /// <summary>Money in projects without any link, in basis points of the cost.</summary>
    IsolatedShareBp,
}

public sealed record FormulaStep
{
    public required int From { get; init; }
    public required int Points { get; init; }
}

/// <summary>Step table: points of the last step whose start is reached. Linear: points along the straight line between the steps.</summary>
public sealed record PointsFormula
{
    public required FormulaKind Kind { get; init; }
    public required FormulaInput Input { get; init; }
    public required IReadOnlyList<FormulaStep> Steps { get; init; }

    /// <summary>Points for an input, whole, rounded down.</summary>
    public int PointsAt(int input)
    {
        var last = Steps[0];
        if (input < last.From) return Kind == FormulaKind.Linear ? last.Points : 0;
        for (var i = 1; i < Steps.Count; i++)
        {
            var next = Steps[i];
            if (input >= next.From)
            {
                last = next;
                continue;
            }
            if (Kind == FormulaKind.StepTable) return last.Points;
            return last.Points + (int)((long)(next.Points - last.Points) * (input - last.From) / (next.From - last.From));
        }
        return last.Points;
    }
}

public enum ScoreCombination
{
    /// <summary>The mean of two scores; the median of three.</summary>
    MeanThenMedian,
}

public sealed record EvaluationRules
{
    public required Sourced<int> Evaluators { get; init; }

    /// <summary>A difference of totals above this calls a third reader.</summary>
    public required Sourced<int> ThirdReaderAbove { get; init; }
    public required Sourced<ScoreCombination> Combination { get; init; }
    public required Sourced<int> Threshold { get; init; }
    public required Sourced<bool> IdentityShown { get; init; }
    public required Sourced<bool> BlindUntilLocked { get; init; }
    public required Sourced<bool> ReasonRequired { get; init; }
}

public enum EvidenceKind
{
    /// <summary>A resolution of the assembly, recorded here.</summary>
    Resolution,

    /// <summary>Computed from what is recorded here.</summary>
    Computed,

    /// <summary>A document that is attached.</summary>
    Document,

    /// <summary>A sworn statement in the form.</summary>
    SwornStatement,

    /// <summary>A public register that the office looks up.</summary>
    PublicRegister,
}

public sealed record AdmissibilityRequirement
{
    public required string Id { get; init; }
    public required LocalText Text { get; init; }
    public required Sourced<EvidenceKind> Evidence { get; init; }

    /// <summary>Whether its lack can be cured, or ends the matter.</summary>
    public required Sourced<bool> Curable { get; init; }
}

public sealed record CureRules
{
    public required Sourced<int> Rounds { get; init; }
    public required Sourced<int> BusinessDays { get; init; }
}

public enum RankingKind
{
    StrictRank,
    StrictRankByGroup,
    ThresholdThenRank,

    /// <summary>Above the bar all have the same points for it.</summary>
    QualityGate,

    /// <summary>A public draw decides around the score where the money ends.</summary>
    LotteryInGreyZone,
}

public enum SkipRule
{
    /// <summary>Nobody is passed over.</summary>
    Never,

    /// <summary>One that no longer fits the money is passed over, with the reason written.</summary>
    UnaffordableWithReason,
}

public enum ResidualPool
{
    None,
    OverallRanking,
    BoardDecision,
}

/// <summary>The least points of one criterion.</summary>
public sealed record CriterionMinimum
{
    public required string Criterion { get; init; }
    public required int Points { get; init; }

    /// <summary>That figure itself is not enough.</summary>
    public required bool Exclusive { get; init; }
}

/// <summary>The points that everybody who meets the minimum of a criterion has for it.</summary>
public sealed record FlatCriterion
{
    public required string Criterion { get; init; }
    public required int Points { get; init; }
}

public enum GreyZonePlace
{
    /// <summary>From low to high.</summary>
    Fixed,

    /// <summary>Low below and high above the score where the money ends.</summary>
    AroundLine,
}

public sealed record GreyZoneBounds
{
    public required GreyZonePlace Zone { get; init; }
    public required int Low { get; init; }
    public required int High { get; init; }
}

/// <summary>Money of the call that is kept for some provinces, outside the envelopes.</summary>
public sealed record ReservedMoney
{
    public required string Code { get; init; }
    public required LocalText Name { get; init; }
    public required Sourced<Money> Amount { get; init; }
    public required Sourced<IReadOnlyList<string>> Provinces { get; init; }

    /// <summary>What is left joins the money that is awarded next.</summary>
    public required Sourced<bool> Release { get; init; }
}

public sealed record AwardRules
{
    public required Sourced<RankingKind> Ranking { get; init; }
    public required Sourced<SkipRule> Skip { get; init; }
    public required Sourced<ResidualPool> Residual { get; init; }

    /// <summary>Calendar days during which the reserve list may be called.</summary>
    public required Sourced<int> ReserveDays { get; init; }

    /// <summary>Ordered keys: <c>criterion:ID</c>, <c>need</c>, <c>match</c>, <c>publicDraw</c>.</summary>
    public required Sourced<IReadOnlyList<string>> TieBreaks { get; init; }
    public required Sourced<int> SignWithinBusinessDays { get; init; }
    public Sourced<bool>? ThresholdExclusive { get; init; }
    public Sourced<IReadOnlyList<CriterionMinimum>>? Minima { get; init; }
    public Sourced<FlatCriterion>? Flat { get; init; }
    public Sourced<GreyZoneBounds>? GreyZone { get; init; }

    /// <summary>Criteria whose points rank, but do not help over the threshold.</summary>
    public Sourced<IReadOnlyList<string>>? BonusCriteria { get; init; }

    /// <summary>A part may be granted where the applicant accepts it in writing.</summary>
    public Sourced<bool>? PartialFunding { get; init; }
    public Sourced<int>? MaxPerApplicant { get; init; }
    public Sourced<int>? MaxPerPlanWriter { get; init; }

    /// <summary>The applicant's own order of its applications holds.</summary>
    public Sourced<bool>? OwnPriority { get; init; }
    public IReadOnlyList<ReservedMoney>? SetAsides { get; init; }

    /// <summary>What the set-asides keep of the call's money: so much the leagues do not share.</summary>
    public Money KeptAside() => (SetAsides ?? []).SumMoney(s => s.Amount.Or(Money.Zero));

    /// <summary>Whether an application says on what terms it enters: a lesser part, its plan writer, its place among its promoter's own.</summary>
    [JsonIgnore]
    public bool AsksTerms => TakesParts || NamesPlanWriter || HoldsOwnOrder;

    [JsonIgnore]
    public bool TakesParts => PartialFunding?.Or(false) == true;

    [JsonIgnore]
    public bool NamesPlanWriter => MaxPerPlanWriter is not null;

    [JsonIgnore]
    public bool HoldsOwnOrder => OwnPriority?.Or(false) == true;
}

public enum CalendarChangeRule
{
    /// <summary>An act may extend it before the close; nothing shortens it.</summary>
    ExtendBeforeClose,
}

public sealed record CalendarRules
{
    public required Sourced<CalendarChangeRule> Change { get; init; }
    public required IReadOnlyList<StageRule> Stages { get; init; }
}

public sealed record StageRule
{
    public required StageKind Kind { get; init; }
    public required LocalText Name { get; init; }

    /// <summary>Business days that the stage must last at least, until the next one begins.</summary>
    public required Sourced<int> MinBusinessDays { get; init; }
}

public enum MoneyMode
{
    EntityProcuresInKind,
    DirectTransfer,
    BudgetToBudget,
    MilestoneTranche,
    Reimbursement,
}

public sealed record HolderMoneyMode
{
    public required IReadOnlyList<LegalKind> Holders { get; init; }
    public required Sourced<MoneyMode> Mode { get; init; }
}

public enum TrancheGate
{
    AgreementInForce,
    MatchVerifiedProRata,
    PreviousTrancheAccounted,
    ReportApproved,
    DeliveryActSigned,
}

public sealed record TrancheRule
{
    public required Sourced<BasisPoints> ShareBp { get; init; }
    public required Sourced<IReadOnlyList<TrancheGate>> Gates { get; init; }
}

public sealed record MoneyRules
{
    public required IReadOnlyList<HolderMoneyMode> Modes { get; init; }
    public required IReadOnlyList<TrancheRule> Tranches { get; init; }

    /// <summary>Share of the previous tranche that must be accounted for before the next one.</summary>
    public Sourced<BasisPoints>? AccountedBeforeNextBp { get; init; }

    public MoneyMode ModeFor(LegalKind holder) =>
        (Modes.FirstOrDefault(m => m.Holders.Contains(holder)) ?? throw new NotFound("money mode", holder)).Mode.Value;
}

public enum Proposer
{
    TechnicalSecretariat,
    EvaluationCommittee,
}

public enum Decider
{
    Board,
    Council,
    Mayor,
}

public sealed record DecisionRules
{
    public required Sourced<Proposer> ProposedBy { get; init; }
    public required Sourced<Decider> DecidedBy { get; init; }
    public required Sourced<bool> MayReturnWithReasons { get; init; }
    public required Sourced<bool> MayReorder { get; init; }
    public required Sourced<bool> Appeal { get; init; }
}

/// <summary>How the sealed applications are opened.</summary>
public sealed record OpeningRules
{
    /// <summary>Persons of the fund who must each give their word before anything is unsealed (ASVS 2.3.5); at least one.</summary>
    public required Sourced<int> Officials { get; init; }
}

public sealed record LegalEffectRules
{
    public required Sourced<LocalText> Statement { get; init; }
}

/// <summary>A condition that must hold before a call may be published at all.</summary>
public sealed record CallGate
{
    public required string Id { get; init; }
    public required Sourced<LocalText> Text { get; init; }
}

public enum ClockUnit
{
    BusinessDays,
    CalendarDays,
    Months,
    Years,
}

public sealed record ClockLimit
{
    public required int Amount { get; init; }
    public required ClockUnit Unit { get; init; }
}

/// <summary>A legal time limit of the mechanism.</summary>
public sealed record Clock
{
    public required string Id { get; init; }
    public required LocalText Name { get; init; }
    public required Sourced<ClockLimit> Limit { get; init; }
}
