using System.Text.Json.Serialization;

namespace Minka.Selection.Award;

/// <summary>What became of an application.</summary>
public enum AwardOutcome
{
    /// <summary>Funded from the envelope of its group.</summary>
    FundedInGroup,

    /// <summary>Funded from the residual pool.</summary>
    FundedFromResidual,

    /// <summary>Qualified, not funded, and on the reserve list.</summary>
    Reserve,

    /// <summary>Qualified and not funded, where the rules know no reserve list.</summary>
    NotFunded,

    /// <summary>Eligible, with fewer points than the threshold.</summary>
    BelowThreshold,

    /// <summary>Took no part.</summary>
    NotEligible,

    /// <summary>Funded from money set aside for those who carry its mark.</summary>
    FundedFromSetAside,
}

/// <summary>Why; a code for the language files, with its figures in the decision.</summary>
public enum AwardReason
{
    /// <summary>When its turn came in the group, the envelope still held its request.</summary>
    WithinEnvelope,

    /// <summary>When its turn came in the overall ranking, the residual pool still held its request.</summary>
    WithinResidualPool,

    /// <summary>It was reached, and the money left was less than its request.</summary>
    Unaffordable,

    /// <summary>It was not reached: the list stopped above it at one whose request did not fit.</summary>
    ListStopped,

    /// <summary>Fewer points than the threshold.</summary>
    BelowThreshold,

    /// <summary>Took no part.</summary>
    NotEligible,

    /// <summary>When its turn came among those who carry the mark, the set-aside still held its request.</summary>
    WithinSetAside,

    /// <summary>The money left was less than its request and at least the part that the applicant accepts.</summary>
    InPart,

    /// <summary>Its applicant or plan writer already had as many awards as the rules allow.</summary>
    CapReached,

    /// <summary>It did not reach the minimum of a single criterion.</summary>
    GateFailed,
}

/// <summary>The stages of an award.</summary>
public enum AwardStage
{
    /// <summary>A group spends its envelope.</summary>
    Group,

    /// <summary>What is left goes to the residual pool.</summary>
    Release,

    /// <summary>The pool is spent by the overall ranking.</summary>
    Residual,

    /// <summary>A set-aside is spent on those who carry its mark; before all other stages.</summary>
    SetAside,
}

/// <summary>What happened at a step.</summary>
public enum AwardStepKind
{
    /// <summary>The request fitted and was granted.</summary>
    Fund,

    /// <summary>The request did not fit; the next one is tried.</summary>
    Skip,

    /// <summary>The request did not fit; the list stops here.</summary>
    Stop,

    /// <summary>The list had stopped above.</summary>
    NotReached,

    /// <summary>Money without a taker enters the residual pool, or the envelope of the single group.</summary>
    Release,

    /// <summary>The request did not fit and a part was granted: all the money that was left.</summary>
    FundPart,

    /// <summary>Passed over: its applicant or plan writer has as many awards as the rules allow.</summary>
    Capped,
}

/// <summary>One step of the award, in the order in which it is decided; the list of all steps is the whole argument.</summary>
public sealed record AwardStep
{
    /// <summary>1, 2, 3, …</summary>
    public required int Number { get; init; }

    /// <summary>The stage.</summary>
    public required AwardStage Stage { get; init; }

    /// <summary>What happened.</summary>
    public required AwardStepKind Kind { get; init; }

    /// <summary>The group; <see langword="null"/> in a release of the budget that no envelope holds.</summary>
    public required string? Group { get; init; }

    /// <summary>The application; <see langword="null"/> in a release.</summary>
    public required string? Candidate { get; init; }

    /// <summary>Its position in the list of this stage, 1 first; 0 in a release.</summary>
    public required int Position { get; init; }

    /// <summary>The money asked for, or released; minor units.</summary>
    public required long Request { get; init; }

    /// <summary>The money of the envelope (stage Group) or of the pool (other stages) before the step; minor units.</summary>
    public required long MoneyBefore { get; init; }

    /// <summary>The same money after the step.</summary>
    public required long MoneyAfter { get; init; }

    /// <summary>The set-aside whose money this is, or that releases it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? SetAside { get; init; }
}

/// <summary>How an application fared when a list was walked.</summary>
/// <param name="Position">Its position in that list, 1 first.</param>
/// <param name="MoneyLeft">The money left when its turn came; minor units. For one that was not reached, the money left when the list stopped.</param>
/// <param name="Kind">What happened.</param>
public sealed record StageVisit(int Position, long MoneyLeft, AwardStepKind Kind);

/// <summary>How an application fared in the list of a set-aside.</summary>
/// <param name="Code">The set-aside.</param>
/// <param name="Visit">Its turn.</param>
public sealed record SetAsideVisit(string Code, StageVisit Visit);

/// <summary>Why no score answers “what would have been needed”.</summary>
public enum NoScoreReason
{
    /// <summary>A score answers it.</summary>
    None,

    /// <summary>The application was not eligible; points do not enter.</summary>
    NotEligible,

    /// <summary>Its request is more than the money that even the first of all would have met.</summary>
    RequestTooLarge,

    /// <summary>Not even the maximum points: those who are ahead have the maximum too and win the tie.</summary>
    MaximumNotEnough,

    /// <summary>It fails the minimum of a single criterion; the total does not enter.</summary>
    GateFailed,

    /// <summary>Even first of all it would have waited for its applicant's own preferred applications, and found the cap reached or the money spent.</summary>
    OwnOrder,

    /// <summary>More points change nothing: above the bar all have the same, or the draw decides within the grey zone.</summary>
    PointsDoNotDecide,

    /// <summary>The award was run without this question.</summary>
    NotAsked,
}

/// <summary>
/// The least points with which the application would have been funded, everything else being the same. For a loser it
/// is above its own points; for a winner it is at most its own, and the difference is what it could have lost.
/// </summary>
/// <remarks>
/// Exact: the award was run again with these points and funded it, and with one unit less it did not (or that would be
/// below the threshold or below zero). Where more points never hurt (see <see cref="AwardRanking"/>) this is the least of
/// all; elsewhere it is the nearest to its own points: for a loser above, for a winner the last below without a gap. A tie that these points would make is resolved by the keys and draw positions
/// that exist; one that they leave open counts as lost.
/// </remarks>
/// <param name="Points">The points, or <see langword="null"/> with a reason.</param>
/// <param name="NoScore">Why there are none.</param>
/// <param name="MostMoney">For <see cref="NoScoreReason.RequestTooLarge"/>: the most money that it could have met, in minor units.</param>
public sealed record NeededScore(long? Points, NoScoreReason NoScore, long? MostMoney);

/// <summary>What became of one application, and why.</summary>
public sealed record AwardDecision
{
    /// <summary>The application.</summary>
    public required string Id { get; init; }

    /// <summary>Its group.</summary>
    public required string Group { get; init; }

    /// <summary>Its points.</summary>
    public required long? Points { get; init; }

    /// <summary>What it asked for, minor units.</summary>
    public required long Request { get; init; }

    /// <summary>What it was awarded, minor units; the request, a part that the applicant accepts, or 0.</summary>
    public required long Awarded { get; init; }

    /// <summary>Its rank among the eligible of its group, 1 first; equal ranks only below the threshold. <see langword="null"/> if not eligible.</summary>
    public required int? RankInGroup { get; init; }

    /// <summary>Its rank among the eligible of all groups, 1 first; equal ranks only below the threshold. <see langword="null"/> if not eligible.</summary>
    public required int? OverallRank { get; init; }

    /// <summary>What became of it.</summary>
    public required AwardOutcome Outcome { get; init; }

    /// <summary>Why, at the last stage that it took part in.</summary>
    public required AwardReason Reason { get; init; }

    /// <summary>Its turn in the group; <see langword="null"/> if it was not qualified.</summary>
    public required StageVisit? InGroup { get; init; }

    /// <summary>Its turn in the residual stage; <see langword="null"/> if it took no part in it.</summary>
    public required StageVisit? InResidual { get; init; }

    /// <summary>The lowest points funded from the envelope of its group; <see langword="null"/> if none was.</summary>
    public required long? GroupCutOff { get; init; }

    /// <summary>Its position on the reserve list of all groups, 1 first.</summary>
    public required int? ReservePosition { get; init; }

    /// <summary>Its position among its own group on the reserve list, 1 first.</summary>
    public required int? ReserveInGroup { get; init; }

    /// <summary>The least points that would have been funded.</summary>
    public required NeededScore Needed { get; init; }

    /// <summary>The points that ordered it, where bonuses or flat points make them differ from <see cref="Points"/>.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? RankingPoints { get; init; }

    /// <summary>Its turn in each set-aside whose mark it carries, until it was funded.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SetAsideVisit>? InSetAsides { get; init; }

    /// <summary>The first gate that it failed.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FailedGate { get; init; }

    /// <summary>True if the application is funded.</summary>
    public bool IsFunded => Outcome is AwardOutcome.FundedInGroup or AwardOutcome.FundedFromResidual or AwardOutcome.FundedFromSetAside;
}

/// <summary>The account of one group; minor units.</summary>
/// <param name="Code">The group.</param>
/// <param name="Envelope">Its money.</param>
/// <param name="Used">What its winners were awarded from it.</param>
/// <param name="Left">Envelope + received − used.</param>
/// <param name="CutOff">The lowest points funded from it; <see langword="null"/> if none was.</param>
public sealed record GroupAccount(string Code, long Envelope, long Used, long Left, long? CutOff)
{
    /// <summary>What set-asides released into it before it was walked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public long Received { get; init; }
}

/// <summary>The account of the residual pool; minor units.</summary>
/// <param name="Unassigned">The part of the budget that no envelope held.</param>
/// <param name="FromGroups">What the groups left.</param>
/// <param name="Total">The sum of both.</param>
/// <param name="Used">What was awarded from the pool.</param>
/// <param name="Left">Total − used.</param>
/// <param name="CutOff">The lowest points funded from it; <see langword="null"/> if none was.</param>
public sealed record ResidualAccount(long Unassigned, long FromGroups, long Total, long Used, long Left, long? CutOff);

/// <summary>Equal points among qualified applications, and how their order was found.</summary>
/// <param name="Group">The group, or <see langword="null"/> for a tie in the overall ranking that spans groups.</param>
/// <param name="Points">The common points.</param>
/// <param name="Ids">The applications in the order that was found.</param>
/// <param name="ResolvedBy">For each neighbouring pair what put the first ahead: the name of a tie key, or <see cref="PublicDrawName"/>.</param>
public sealed record ResolvedTie(string? Group, long Points, IReadOnlyList<string> Ids, IReadOnlyList<string> ResolvedBy)
{
    /// <summary>The name that stands for the public draw.</summary>
    public const string PublicDrawName = "public-draw";
}

/// <summary>One place on the reserve list.</summary>
/// <param name="Position">1 first, over all groups.</param>
/// <param name="Id">The application.</param>
/// <param name="Group">Its group.</param>
/// <param name="PositionInGroup">1 first, within the group.</param>
/// <param name="Request">What it asks for; minor units.</param>
public sealed record ReserveEntry(int Position, string Id, string Group, int PositionInGroup, long Request);

/// <summary>A finished award with its whole argument. The same input gives the same result whatever the order of its lists.</summary>
public sealed record AwardResult
{
    /// <summary>One decision per application: by group in ordinal order, within it by rank, then those without rank by id.</summary>
    public required IReadOnlyList<AwardDecision> Decisions { get; init; }

    /// <summary>One account per group, in ordinal order of the codes.</summary>
    public required IReadOnlyList<GroupAccount> Groups { get; init; }

    /// <summary>The account of the pool; <see langword="null"/> if the rules know none.</summary>
    public required ResidualAccount? Residual { get; init; }

    /// <summary>The reserve list, first to last; empty if the rules know none.</summary>
    public required IReadOnlyList<ReserveEntry> Reserve { get; init; }

    /// <summary>Every step, in order.</summary>
    public required IReadOnlyList<AwardStep> Trace { get; init; }

    /// <summary>The ties met: those within a group, then those in the overall ranking that span groups.</summary>
    public required IReadOnlyList<ResolvedTie> Ties { get; init; }

    /// <summary>The sum of what was awarded; minor units.</summary>
    public required long Awarded { get; init; }

    /// <summary>Budget − awarded; minor units.</summary>
    public required long Left { get; init; }

    /// <summary>The accounts of the set-asides, in the order in which they were walked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SetAsideAccount>? SetAsides { get; init; }

    /// <summary>The grey zone, if the mode has one and the money does not reach everybody.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GreyZone? Zone { get; init; }
}
