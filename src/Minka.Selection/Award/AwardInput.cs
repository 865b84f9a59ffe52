using System.Text.Json.Serialization;

namespace Minka.Selection.Award;

/// <summary>What happens when a qualified application is reached and its request does not fit in the money that is left.</summary>
public enum SkipRule
{
    /// <summary>The list stops: nobody below is funded from the same money.</summary>
    None,

    /// <summary>It is skipped, with that reason, and the next one is tried; nobody is skipped for any other reason.</summary>
    SkipIfUnaffordable,
}

/// <summary>The rules of an award. What a mode does not use is left out, also of its JSON, so that the digest of rules without it never changes.</summary>
public sealed record AwardRules
{
    /// <summary>The least points of a qualified application, in the same unit as all points.</summary>
    public required long Threshold { get; init; }

    /// <summary>The most points that an application can have; bounds the search for the score that would have been needed.</summary>
    public required long MaximumPoints { get; init; }

    /// <summary>What happens when a request does not fit.</summary>
    public required SkipRule Skip { get; init; }

    /// <summary>
    /// True if the money that no group used, and the part of the budget that no envelope holds, go to the qualified
    /// applications that were not funded, by one ranking over all groups.
    /// </summary>
    public required bool ResidualPool { get; init; }

    /// <summary>True if the qualified applications that are not funded form a reserve list.</summary>
    public required bool ReserveList { get; init; }

    /// <summary>
    /// Names of the tie keys in the order in which they decide, such as “cohesion” and “need”. Each application carries
    /// one value a name, higher is better. The public draw comes after all of them.
    /// </summary>
    public IReadOnlyList<string> TieKeys { get; init; } = [];

    /// <summary>The mode; strict rank by group unless the rules say otherwise.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public AwardMode Mode { get; init; }

    /// <summary>True if the threshold itself is not enough.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool ThresholdExclusive { get; init; }

    /// <summary>Minima of single criteria; all must be met. Each application carries one value a gate.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<PointsGate>? Gates { get; init; }

    /// <summary>Mode <see cref="AwardMode.QualityGate"/>: the points that everybody above the bar has for it.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? FlatPoints { get; init; }

    /// <summary>
    /// Mode <see cref="AwardMode.QualityGate"/>: the name of the gate whose value, contained in the points, the flat points
    /// replace; <see langword="null"/> if they replace all points.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? FlatGate { get; init; }

    /// <summary>Points added to the rank for declared circumstances.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<BonusRule>? Bonuses { get; init; }

    /// <summary>The most that bonuses add together.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? MaximumBonus { get; init; }

    /// <summary>
    /// True if a request that does not fit is granted in part, with all the money that is left, where the applicant consented
    /// in writing and that money reaches the least part that it accepts. Else, or without consent, <see cref="Skip"/> holds.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool PartialFunding { get; init; }

    /// <summary>Money kept for those who carry a mark, in the order in which it is walked.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<SetAside>? SetAsides { get; init; }

    /// <summary>The most awards of one applicant; whoever is reached beyond it is passed over with that reason, and the list goes on.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaximumPerApplicant { get; init; }

    /// <summary>The same for whoever wrote the plan (<i>formulador</i>).</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? MaximumPerPlanWriter { get; init; }

    /// <summary>
    /// True if the applicant's own order holds: an application waits, whatever its points, until those that its applicant put
    /// before it have had their turn; then it comes at once. The own order never moves anything forward.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool OwnPriority { get; init; }

    /// <summary>Mode <see cref="AwardMode.LotteryInGreyZone"/>: where the zone lies.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public GreyZoneRule? GreyZone { get; init; }
}

/// <summary>One group of peers (a league) with its own money.</summary>
/// <param name="Code">Name of the group, unique.</param>
/// <param name="Envelope">Its money, in minor units; zero or more.</param>
public sealed record AwardGroup(string Code, long Envelope);

/// <summary>One application as the award sees it.</summary>
public sealed record AwardCandidate
{
    /// <summary>Name of the application, unique; decides nothing.</summary>
    public required string Id { get; init; }

    /// <summary>Code of its group.</summary>
    public required string Group { get; init; }

    /// <summary>The money that it asks for, in minor units; more than zero. All or nothing, but for a part that the applicant accepts.</summary>
    public required long Request { get; init; }

    /// <summary>False if it was not admitted, or was withdrawn or disqualified: it takes no part.</summary>
    public required bool Eligible { get; init; }

    /// <summary>
    /// Its final points as a whole number of the smallest unit, for example hundredths (78.50 is 7850); <see langword="null"/>
    /// only for one that is not eligible and was not scored.
    /// </summary>
    public required long? Points { get; init; }

    /// <summary>One value for each name in <see cref="AwardRules.TieKeys"/>, higher is better.</summary>
    public IReadOnlyList<long> TieKeys { get; init; } = [];

    /// <summary>Its position in the public draw, 1 first; <see langword="null"/> if it was not drawn, which stands behind all that were.</summary>
    public int? DrawPosition { get; init; }

    /// <summary>One value for each of <see cref="AwardRules.Gates"/>, in their order; needed of the eligible if there are gates.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<long>? GateValues { get; init; }

    /// <summary>The names of the bonuses that it has earned.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? Bonuses { get; init; }

    /// <summary>The codes of the set-asides whose mark it carries.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public IReadOnlyList<string>? SetAsides { get; init; }

    /// <summary>Who applies; needed for caps and own order, unknown applicants share nothing.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Applicant { get; init; }

    /// <summary>Who wrote the plan.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? PlanWriter { get; init; }

    /// <summary>Its place in its applicant's own order, 1 first, each place once; <see langword="null"/> stands behind all that have one.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? OwnPriority { get; init; }

    /// <summary>The least part of its request that the applicant accepts in writing, in minor units; <see langword="null"/> without consent.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public long? LeastPart { get; init; }
}

/// <summary>Everything that decides an award; nothing else does.</summary>
public sealed record AwardInput
{
    /// <summary>The whole money of the call, in minor units; at least the sum of the envelopes.</summary>
    public required long Budget { get; init; }

    /// <summary>The rules.</summary>
    public required AwardRules Rules { get; init; }

    /// <summary>The groups, in any order.</summary>
    public required IReadOnlyList<AwardGroup> Groups { get; init; }

    /// <summary>The applications, in any order.</summary>
    public required IReadOnlyList<AwardCandidate> Candidates { get; init; }
}

/// <summary>Applications that nothing in the rules tells apart, so that only a public draw can.</summary>
/// <param name="Points">Their common points.</param>
/// <param name="Ids">The applications, in ordinal order.</param>
public sealed record OpenTie(long Points, IReadOnlyList<string> Ids);

/// <summary>What is wrong with an <see cref="AwardInput"/>.</summary>
public enum AwardFault
{
    /// <summary>A budget, envelope, threshold or maximum is negative, or the threshold is above the maximum.</summary>
    Figures,

    /// <summary>The envelopes add up to more than the budget.</summary>
    EnvelopesExceedBudget,

    /// <summary>A group code is empty or occurs twice.</summary>
    GroupCode,

    /// <summary>An application id is empty or occurs twice.</summary>
    CandidateId,

    /// <summary>An application names a group that does not exist.</summary>
    UnknownGroup,

    /// <summary>A request is not more than zero.</summary>
    Request,

    /// <summary>An eligible application has no points, or they lie outside 0 to the maximum.</summary>
    Points,

    /// <summary>An application has more or fewer tie values than the rules have names.</summary>
    TieKeys,

    /// <summary>A draw position is below 1.</summary>
    DrawPosition,

    /// <summary>Qualified applications are still tied after all keys: hold the public draw first.</summary>
    OpenTie,

    /// <summary>The mode lacks what it needs or has what it cannot use: gates, flat points, a grey zone, a single group.</summary>
    Mode,

    /// <summary>A gate, bonus or set-aside is nameless or occurs twice, an application names one that does not exist, or it has more or fewer gate values than there are gates.</summary>
    Marks,

    /// <summary>A cap is below 1, or an applicant gives two applications the same place in its own order.</summary>
    Caps,

    /// <summary>The least part that an applicant accepts is below 1 or above its request.</summary>
    LeastPart,

    /// <summary>A withdrawal names somebody who at that moment neither holds an award nor stands on the reserve list.</summary>
    UnknownWithdrawal,
}

/// <summary>Thrown for an input that no award can be computed from. Nothing has been decided when it is thrown.</summary>
public sealed class InvalidAwardInputException : Exception
{
    internal InvalidAwardInputException(AwardFault fault, params IReadOnlyList<string> codes)
        : base(codes.Count == 0 ? fault.ToString() : $"{fault}: {string.Join(", ", codes)}")
    {
        Fault = fault;
        Codes = codes;
    }

    /// <summary>What is wrong.</summary>
    public AwardFault Fault { get; }

    /// <summary>The groups or applications at fault; empty if the fault lies in the figures of the call.</summary>
    public IReadOnlyList<string> Codes { get; }
}
