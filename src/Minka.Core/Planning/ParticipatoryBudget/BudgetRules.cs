namespace Minka.Core.Planning.ParticipatoryBudget;

/// <summary>Codes of the rules of participatory budgets; their texts lie under <c>rule.CODE</c>.</summary>
public static class BudgetRules
{
    /// <summary>Args: the state it is in, the states it should be in.</summary>
    public const string OutOfOrder = "budget.out-of-order";

    /// <summary>Args: closed or cancelled.</summary>
    public const string Over = "budget.over";

    /// <summary>Args: the step, its first and its last day.</summary>
    public const string TooEarly = "budget.too-early";

    /// <summary>Args: the step, its last day.</summary>
    public const string TooLate = "budget.too-late";
    public const string YearTaken = "budget.year-taken";
    public const string YearWrong = "budget.year-wrong";
    public const string PlaceWrong = "budget.place-wrong";
    public const string AmountMissing = "budget.amount-missing";
    public const string AmountFixed = "budget.amount-fixed";
    public const string ShareWrong = "budget.share-wrong";
    public const string OrdinanceMissing = "budget.ordinance-missing";
    public const string RuleIncomplete = "budget.rule-incomplete";
    public const string CriteriaMissing = "budget.criteria-missing";
    public const string CriterionWrong = "budget.criterion-wrong";
    public const string CriterionTwice = "budget.criterion-twice";
    public const string TeamIncomplete = "budget.team-incomplete";
    public const string ConcernsMissing = "budget.concerns-missing";
    public const string NothingChanged = "budget.nothing-changed";
    public const string WhyMissing = "budget.why-missing";
    public const string TooManyAgents = "budget.too-many-agents";

    /// <summary>Args: the organisation that is there, its number.</summary>
    public const string OrganisationTwice = "budget.organisation-twice";

    /// <summary>Args: the organisation that the person already speaks for, its number.</summary>
    public const string PersonTwice = "budget.person-twice";
    public const string AlternateSame = "budget.alternate-same";
    public const string OrganisationMissing = "budget.organisation-missing";
    public const string RepresentativeMissing = "budget.representative-missing";
    public const string DocumentWrong = "budget.document-wrong";
    public const string GroupMissing = "budget.group-missing";
    public const string KindUnknown = "budget.kind-unknown";
    public const string KindClosed = "budget.kind-closed";
    public const string AccreditationMissing = "budget.accreditation-missing";
    public const string DistrictOutside = "budget.district-outside";
    public const string CodeUnknown = "budget.code-unknown";
    public const string AgentNotAccredited = "budget.agent-not-accredited";

    /// <summary>Args: how many registrations wait, how many wait for their cure.</summary>
    public const string RegistrationsOpen = "budget.registrations-open";
    public const string NoAgents = "budget.no-agents";
    public const string CureLate = "budget.cure-late";
    public const string NoticeShort = "budget.notice-short";
    public const string WorkshopPast = "budget.workshop-past";
    public const string WorkshopPhase = "budget.workshop-phase";
    public const string ArrivalsShut = "budget.arrivals-shut";
    public const string WorkshopNotYet = "budget.workshop-not-yet";

    /// <summary>Args: signatures counted, agents that are accredited.</summary>
    public const string RollExceeds = "budget.roll-exceeds";

    /// <summary>Args: signatures counted, numbers typed.</summary>
    public const string RollDiffers = "budget.roll-differs";

    /// <summary>Args: the number.</summary>
    public const string RollUnknown = "budget.roll-unknown";
    public const string RollTwice = "budget.roll-twice";
    public const string RollUnreadable = "budget.roll-unreadable";

    /// <summary>Args: votes of the problem, agents present.</summary>
    public const string ProblemVotes = "budget.problem-votes";
    public const string NobodyCame = "budget.nobody-came";
    public const string WorkshopMissing = "budget.workshop-missing";
    public const string CostMissing = "budget.cost-missing";
    public const string CoFundingWrong = "budget.co-funding-wrong";
    public const string NothingAsked = "budget.nothing-asked";

    /// <summary>Args: what is asked, the amount offered.</summary>
    public const string OverAmount = "budget.over-amount";
    public const string PlacesMissing = "budget.places-missing";
    public const string CuiWrong = "budget.cui-wrong";
    public const string AxisUnknown = "budget.axis-unknown";
    public const string GateWhyMissing = "budget.gate-why-missing";
    public const string ScoreWrong = "budget.score-wrong";
    public const string ScoreWhyMissing = "budget.score-why-missing";

    /// <summary>Args: how many wait for a verdict.</summary>
    public const string ProposalsOpen = "budget.proposals-open";
    public const string TooFewSuitable = "budget.too-few-suitable";
    public const string AccountsOwed = "budget.accounts-owed";
    public const string SessionOpen = "budget.session-open";

    /// <summary>Args: ballots counted, agents with a vote who came.</summary>
    public const string BallotsExceed = "budget.ballots-exceed";

    /// <summary>Args: what the result costs, the amount offered.</summary>
    public const string ResultOverAmount = "budget.result-over-amount";
    public const string MethodOther = "budget.method-other";
    public const string CommitmentWrong = "budget.commitment-wrong";
    public const string ActaMissing = "budget.acta-missing";
    public const string ActaUnsigned = "budget.acta-unsigned";
    public const string ActaPublished = "budget.acta-published";
    public const string ActaChanged = "budget.acta-changed";
    public const string CommitteeMissing = "budget.committee-missing";
    public const string CommitteeSeats = "budget.committee-seats";
    public const string CommitteeFew = "budget.committee-few";
    public const string CandidateUnknown = "budget.candidate-unknown";
    public const string CandidateTwice = "budget.candidate-twice";
    public const string CandidateKind = "budget.candidate-kind";

    /// <summary>Args: the ballots counted, the agents with a vote who came.</summary>
    public const string CommitteeBallots = "budget.committee-ballots";
    public const string CandidateVotes = "budget.candidate-votes";

    /// <summary>Args: the organisations with equal votes.</summary>
    public const string CommitteeTie = "budget.committee-tie";
    public const string CommitteeStands = "budget.committee-stands";
    public const string NoteMissing = "budget.note-missing";
    public const string NoteAnswered = "budget.note-answered";
    public const string AgreementMissing = "budget.agreement-missing";

    /// <summary>Args: code and title, the amount of the agreement, the amount in the opening budget.</summary>
    public const string PiaDiffers = "budget.pia-differs";
    public const string PiaNegative = "budget.pia-negative";
    public const string QuarterWrong = "budget.quarter-wrong";
    public const string QuarterBefore = "budget.quarter-before";

    /// <summary>Args: what was accrued, the modified budget.</summary>
    public const string AccruedOver = "budget.accrued-over";
    public const string AccruedFell = "budget.accrued-fell";
    public const string FollowWhyMissing = "budget.follow-why-missing";
    public const string NoFollowUp = "budget.no-follow-up";
    public const string EarlierHere = "budget.earlier-here";
    public const string EarlierWrong = "budget.earlier-wrong";
}

/// <summary>Codes of reasons; their texts lie under <c>reason.CODE</c>, and where they stop a verb also under <c>rule.CODE</c>.</summary>
public static class BudgetReasons
{
    public const string StepMissing = "budget.step-missing";
    public const string StepReversed = "budget.step-reversed";
    public const string StepBefore = "budget.step-before";
    public const string StepOverlaps = "budget.step-overlaps";
    public const string RegisterShort = "budget.register-short";
    public const string PiaAfterYear = "budget.pia-after-year";
}
