namespace Minka.Selection.Award;

/// <summary>What happens when a qualified application is reached and its request does not fit in the money that is left.</summary>
public enum SkipRule
{
    /// <summary>The list stops: nobody below is funded from the same money.</summary>
    None,

    /// <summary>It is skipped, with that reason, and the next one is tried; nobody is skipped for any other reason.</summary>
    SkipIfUnaffordable,
}

/// <summary>The rules of a strict ranking by group.</summary>
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

    /// <summary>The money that it asks for, in minor units; more than zero. All or nothing.</summary>
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
