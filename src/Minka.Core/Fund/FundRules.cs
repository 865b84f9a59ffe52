namespace Minka.Core.Fund;

/// <summary>Codes of the rules that this context keeps. Those of a readiness check are also codes of reasons.</summary>
public static class FundRules
{
    public const string FundNameMissing = "fund.name-missing";
    public const string InstitutionMissing = "fund.institution-missing";
    public const string BasisMissing = "fund.basis-missing";
    public const string WhyMissing = "fund.why-missing";

    public const string AccreditationDates = "fund.accreditation-dates";
    public const string AccreditationOverlap = "fund.accreditation-overlap";
    public const string AccreditationSuspended = "fund.accreditation-suspended";
    public const string AccreditationTooEarly = "fund.accreditation-too-early";
    public const string AccreditationEnded = "fund.accreditation-ended";
    public const string CompositionNotMet = "fund.composition-not-met";

    public const string TitleMissing = "call.title-missing";
    public const string PurposeLong = "call.purpose-long";
    public const string BudgetMissing = "call.budget-missing";
    public const string ProvincesMissing = "call.provinces-missing";
    public const string ProvinceUnknown = "call.province-unknown";
    public const string RulesFrozen = "call.rules-frozen";
    public const string PackFaulty = "call.pack-faulty";
    public const string AdjustmentUnknown = "call.adjustment-unknown";
    public const string AdjustmentForm = "call.adjustment-form";
    public const string AdjustmentRefused = "call.adjustment-refused";

    public const string NeedsMissing = "call.needs-missing";
    public const string NeedsUnknown = "call.needs-unknown";
    public const string NeedsFaulty = "call.needs-faulty";
    public const string NeedsSource = "call.needs-source";

    public const string LeaguesMissing = "call.leagues-missing";
    public const string LeagueLeavesOut = "call.league-leaves-out";
    public const string LeagueDoubles = "call.league-doubles";
    public const string LeagueForeign = "call.league-foreign";
    public const string LeagueEmpty = "call.league-empty";
    public const string LeaguesSound = "call.leagues-sound";
    public const string EnvelopesDoNotAddUp = "call.envelopes-sum";
    public const string EnvelopesSound = "call.envelopes-sound";
    public const string EnvelopeFloors = "call.envelope-floors";
    public const string EnvelopeCeilings = "call.envelope-ceilings";
    public const string EnvelopeWeights = "call.envelope-weights";
    public const string EnvelopeIndicator = "call.envelope-indicator";

    /// <summary>Args: what is kept aside, the budget.</summary>
    public const string SetAsidesExceed = "call.set-asides-exceed";

    /// <summary>Args: what is kept aside, what the leagues share.</summary>
    public const string SetAsidesSound = "call.set-asides-sound";

    /// <summary>Args: the name of the set-aside.</summary>
    public const string SetAsideNowhere = "call.set-aside-nowhere";

    public const string CalendarMissing = "call.calendar-missing";
    public const string CalendarStages = "call.calendar-stages";
    public const string CalendarShort = "call.calendar-short";
    public const string CalendarDayOff = "call.calendar-day-off";
    public const string CalendarPast = "call.calendar-past";
    public const string CalendarSound = "call.calendar-sound";
    public const string CalendarFrozen = "call.calendar-frozen";
    public const string CalendarAfterClose = "call.calendar-after-close";
    public const string CalendarShortened = "call.calendar-shortened";
    public const string CalendarPassedStage = "call.calendar-passed-stage";
    public const string CalendarNothingLater = "call.calendar-nothing-later";

    /// <summary>The pack needs stages that this platform has not built (args: their kinds).</summary>
    public const string StagesMissing = "call.stages-missing";
    public const string FundShort = "call.fund-short";
    public const string BudgetFunded = "call.budget-funded";
    public const string BudgetNotFunded = "call.budget-not-funded";
    public const string FreezeMissing = "call.freeze-missing";
    public const string FreezeDone = "call.freeze-done";
    public const string QuestionsRunning = "call.questions-running";
    public const string QuestionsUnanswered = "call.questions-unanswered";
    public const string QuestionsAnswered = "call.questions-answered";
    public const string OpensLater = "call.opens-later";
    public const string ClosePassed = "call.close-passed";
    public const string CloseLater = "call.close-later";
    public const string CloseReached = "call.close-reached";

    public const string QuestionsShut = "call.questions-shut";
    public const string QuestionEmpty = "call.question-empty";
    public const string AnswerEmpty = "call.answer-empty";
    public const string AnswerLate = "call.answer-late";

    /// <summary>Args: how many officials the rules ask.</summary>
    public const string OpeningAskFirst = "opening.ask-first";
    public const string OpeningSamePerson = "opening.same-person";
    public const string OpeningPerson = "opening.person";

    /// <summary>Args: how many officials the rules ask.</summary>
    public const string OpeningEnough = "opening.enough";

    public const string NotDeserted = "call.not-deserted";
    public const string RollbackStage = "call.rollback-stage";
    public const string RollbackCalendar = "call.rollback-calendar";
}
