namespace Minka.Core.Entities;

/// <summary>Codes of the rules of this context; their texts lie under <c>rule.CODE</c>.</summary>
public static class EntitiesRules
{
    public const string NameMissing = "entity.name-missing";
    public const string TemplateUnknown = "entity.template-unknown";
    public const string RucInvalid = "entity.ruc-invalid";
    public const string ProvinceMissing = "entity.province-missing";
    public const string ProvinceUnknown = "entity.province-unknown";
    public const string RucTaken = "entity.ruc-taken";
    public const string Dissolved = "entity.dissolved";
    public const string WhyMissing = "entity.why-missing";

    public const string TooManyTerritories = "entity.too-many-territories";
    public const string TerritoryElsewhere = "entity.territory-elsewhere";
    public const string PurposeMissing = "entity.purpose-missing";
    public const string DomicileMissing = "entity.domicile-missing";
    public const string CapOutOfRange = "entity.cap-out-of-range";
    public const string SessionsOutOfRange = "entity.sessions-out-of-range";
    public const string WomenOutOfRange = "entity.women-out-of-range";
    public const string ZoneUnknown = "entity.zone-unknown";
    public const string BoardYearsOutOfRange = "entity.board-years-out-of-range";
    public const string BoardOffices = "entity.board-offices";
    public const string BoardTwice = "entity.board-twice";
    public const string BoardOfficeTwice = "entity.board-office-twice";
    public const string BoardMandate = "entity.board-mandate";
    public const string AssemblyStillOpen = "entity.assembly-still-open";
    public const string DissolutionNeedsResolution = "entity.dissolution-needs-resolution";
    public const string MinutesNotSigned = "entity.minutes-not-signed";

    public const string OrganisationMissing = "member.organisation-missing";
    public const string MemberRucInvalid = "member.ruc-invalid";
    public const string AlreadyAccredited = "member.already-accredited";
    public const string GroupUnknown = "member.group-unknown";
    public const string GroupOfOtherSector = "member.group-of-other-sector";
    public const string VotesOutOfRange = "member.votes-out-of-range";
    public const string RepresentativeMissing = "member.representative-missing";
    public const string MandateReversed = "member.mandate-reversed";
    public const string MandateTooLong = "member.mandate-too-long";
    public const string MandateEnded = "member.mandate-ended";
    public const string DistrictInvalid = "member.district-invalid";
    public const string TextTooLong = "member.text-too-long";
    public const string MandateExpired = "member.mandate-expired";
    public const string KindUnknown = "member.kind-unknown";
    public const string KindOfOtherSector = "member.kind-of-other-sector";
    public const string RegistryUnknown = "member.registry-unknown";
    public const string RegistryNumberInvalid = "member.registry-number-invalid";
    public const string AccreditedElsewhere = "member.accredited-elsewhere";
    public const string OrganisationTwiceInTable = "member.organisation-twice-in-table";
    public const string PersonForTwo = "member.person-for-two";
    public const string PersonTwiceInTable = "member.person-twice-in-table";
    public const string AlternateIsRepresentative = "member.alternate-is-representative";
    public const string OverTheCap = "member.over-the-cap";
    public const string PowerDates = "member.power-dates";

    public const string CsvUnreadable = "members.csv-unreadable";
    public const string CsvColumnMissing = "members.csv-column-missing";
    public const string CsvSectorUnknown = "members.csv-sector-unknown";
    public const string CsvNumberInvalid = "members.csv-number-invalid";
    public const string CsvDateInvalid = "members.csv-date-invalid";
    public const string CsvEmpty = "members.csv-empty";
    public const string CsvTooLong = "members.csv-too-long";
    public const string CsvYesNoInvalid = "members.csv-yes-no-invalid";
    public const string TableTooLarge = "members.table-too-large";
    public const string TableOldFormat = "members.table-old-format";
    public const string TableNotATable = "members.table-not-a-table";
    public const string TableHasMacros = "members.table-has-macros";
    public const string TableWrongSheet = "members.table-wrong-sheet";
    public const string NoGoodRows = "members.no-good-rows";
    public const string CellFormula = "members.cell-formula";
    public const string CellMerged = "members.cell-merged";

    public const string TitleMissing = "assembly.title-missing";
    public const string PlaceMissing = "assembly.place-missing";
    public const string NoticeTooShort = "assembly.notice-too-short";
    public const string SecondCallTooSoon = "assembly.second-call-too-soon";
    public const string PlanTooFar = "assembly.plan-too-far";
    public const string PlanFull = "assembly.plan-full";
    public const string PlannedTwice = "assembly.planned-twice";
    public const string PlanConvened = "assembly.plan-convened";
    public const string AgendaTooLong = "assembly.agenda-too-long";
    public const string NoMembers = "assembly.no-members";
    public const string TooEarly = "assembly.too-early";
    public const string NoSecondCall = "assembly.no-second-call";
    public const string NoQuorum = "assembly.no-quorum";
    public const string NotInSession = "assembly.not-in-session";
    public const string VotingUnderWay = "assembly.voting-under-way";
    public const string MinutesNotReady = "assembly.minutes-not-ready";

    public const string NotOnRoll = "attendance.not-on-roll";
    public const string NotDelegable = "attendance.not-delegable";
    public const string AlreadyPresent = "attendance.already-present";
    public const string NotPresent = "attendance.not-present";
    public const string NobodyChosen = "attendance.nobody-chosen";
    public const string AttendeeMissing = "attendance.attendee-missing";

    public const string MotionTitleMissing = "motion.title-missing";
    public const string MotionTextMissing = "motion.text-missing";
    public const string MajorityUnknown = "motion.majority-unknown";
    public const string MajorityFixed = "motion.majority-fixed";
    public const string OtherVotingUnderWay = "motion.other-voting-under-way";
    public const string SubjectAlreadyAdopted = "motion.subject-already-adopted";
    public const string SubjectIncomplete = "motion.subject-incomplete";
    public const string RevokedUnknown = "motion.revoked-unknown";

    public const string TaskWhatMissing = "resolution.task-what-missing";
    public const string TaskInThePast = "resolution.task-in-the-past";
    public const string TaskDone = "resolution.task-done-already";
    public const string TasksOpen = "resolution.tasks-open";
    public const string FollowUpMissing = "resolution.follow-up-missing";
    public const string ResolutionEnded = "resolution.ended";

    public const string VoteNotMember = "vote.not-member";
    public const string VoteNotYours = "vote.not-yours";
    public const string VoteTwice = "vote.twice";
    public const string VotingNotOpen = "vote.not-open";
    public const string VoteAbsent = "vote.absent";
    public const string VoteMandateExpired = "vote.mandate-expired";
    public const string TooManyParties = "motion.too-many-parties";
    public const string PartyNameMissing = "motion.party-name-missing";
    public const string NotAlternate = "assembly.not-alternate";
    public const string OtherSpeaks = "assembly.other-speaks";
    public const string VoteConflict = "vote.conflict";

    public const string Suspended = "assembly.suspended";
    public const string ResumesInThePast = "assembly.resumes-in-the-past";
    public const string WrittenNotAllowed = "assembly.written-not-allowed";
    public const string WrittenTooShort = "assembly.written-too-short";
    public const string WrittenNotOver = "assembly.written-not-over";
    public const string WrittenOver = "assembly.written-over";
    public const string WrittenNoRoom = "attendance.written";
    public const string GiverArrives = "attendance.gave-proxy";

    public const string ProxyNotAllowed = "proxy.not-allowed";
    public const string ProxyNotDelegable = "proxy.not-delegable";
    public const string ProxyToItself = "proxy.to-itself";
    public const string ProxyDocumentMissing = "proxy.document-missing";
    public const string ProxyGiverPresent = "proxy.giver-present";
    public const string ProxyTwice = "proxy.twice";
    public const string ProxyChain = "proxy.chain";
    public const string ProxyOverLimit = "proxy.over-limit";
    public const string ProxyUnknown = "proxy.unknown";

    public const string MotionAmendedLate = "motion.amended-late";
    public const string AmendBound = "motion.amend-bound";
    public const string AmendOfAmendment = "motion.amend-of-amendment";
    public const string AmendmentsFirst = "motion.amendments-first";
    public const string NotBinding = "motion.not-binding";
    public const string QuorumLost = "motion.quorum-lost";

    public const string HandsInWriting = "hands.in-writing";
    public const string HandsAfterVotes = "hands.after-votes";
    public const string HandsNeedHeads = "hands.need-heads";
    public const string HandsNegative = "hands.negative";
    public const string HandsNotANumber = "hands.not-a-number";
    public const string TimeInvalid = "assembly.time-invalid";
    public const string HandsTooMany = "hands.too-many";
    public const string HandsTyped = "vote.hands-typed";
    public const string HolderConflicted = "vote.holder-conflicted";
    public const string ObjectionMissing = "objection.missing";
    public const string ObjectionWithoutNo = "objection.without-no";
    public const string ObjectionTwice = "objection.twice";

    public const string TallyNotJson = "tally.not-json";
    public const string TallyObject = "tally.object";
    public const string TallyList = "tally.list";
    public const string TallyText = "tally.text";
    public const string TallyWhole = "tally.whole";
    public const string TallyDate = "tally.date";
    public const string TallyDateMissing = "tally.date-missing";
    public const string TallyShare = "tally.share";
    public const string TallyQuorum = "tally.quorum";
    public const string TallyNoneOf = "tally.none-of";
    public const string TallyMissing = "tally.missing";
    public const string TallyTwice = "tally.twice";
    public const string TallyMandateReversed = "tally.mandate-reversed";
    public const string TallyRuleField = "tally.rule-field";
    public const string TallyRuleUnknown = "tally.rule-unknown";
    public const string DegreeMissing = "interest.degree-missing";
    public const string InterestDates = "interest.dates";
    public const string InterestWithdrawn = "interest.withdrawn-already";
}
