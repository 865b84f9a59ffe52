using System.Text.Json;
using Minka.Core.Database;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Selection.Award;

namespace Minka.Core.Awards;

public enum RunState
{
    /// <summary>Computed by the secretariat; waits for the board.</summary>
    Proposed,

    /// <summary>Sent back with reasons: something before the ranking must be looked at again.</summary>
    Returned,

    /// <summary>Approved as it is; the board cannot reorder.</summary>
    Approved,
}

/// <summary>One computation of the award: its whole input and its whole result, so that anybody can repeat it.</summary>
public sealed class SelectionRun : IVersioned
{
    /// <summary>What a signature on the award names, with the digest of the result.</summary>
    public const string Subject = "award";

    public static readonly Transitions<RunState> Table = new("selection-run",
        new(RunState.Proposed, "approve", RunState.Approved, "board"),
        new(RunState.Proposed, "return", RunState.Returned, "board"));

    public required RunId Id { get; init; }

    public required CallId CallId { get; init; }

    /// <summary>From 1 in each call.</summary>
    public required int Number { get; init; }

    /// <summary>Canonical JSON of <see cref="AwardInput"/>.</summary>
    public required string Input { get; init; }

    public required Digest InputDigest { get; init; }

    /// <summary>Canonical JSON of <see cref="AwardResult"/>.</summary>
    public required string Result { get; init; }

    public required Digest ResultDigest { get; init; }

    /// <summary>Digest of freeze 2, the rules that were applied.</summary>
    public required Digest RulesDigest { get; init; }

    public required DateTime ProposedAt { get; init; }

    public RunState State { get; private set; } = RunState.Proposed;

    public DateTime? DecidedAt { get; private set; }

    public string? ReturnReasons { get; private set; }

    public int Version { get; private set; }

    public AwardInput ReadInput() => JsonSerializer.Deserialize<AwardInput>(Input, CanonicalJson.Options)!;

    public AwardResult ReadResult() => JsonSerializer.Deserialize<AwardResult>(Result, CanonicalJson.Options)!;

    public void Approve(DateTime now) => (State, DecidedAt) = (Table.Next(State, "approve"), now);

    public const int LongestReasons = 2_000;

    public void Return(string reasons, DateTime now)
    {
        var next = Table.Next(State, "return");
        if (string.IsNullOrWhiteSpace(reasons)) throw new RuleBroken(AwardCodes.ReturnReasonMissing);
        if (reasons.Length > LongestReasons) throw new RuleBroken(AwardCodes.TextTooLong, LongestReasons);
        (State, DecidedAt, ReturnReasons) = (next, now, reasons.Trim());
    }
}

/// <summary>One application in a run, for lists; the reasons are in the run's result.</summary>
public sealed class AwardLine
{
    public required RunId RunId { get; init; }

    public required ApplicationId ApplicationId { get; init; }

    public required CallId CallId { get; init; }

    /// <summary>The application's public code, which is its id in the run.</summary>
    public required string Code { get; init; }

    public required string League { get; init; }

    public required AwardOutcome Outcome { get; init; }

    public required Money Requested { get; init; }

    public required Money Awarded { get; init; }

    public required long? PointsHundredths { get; init; }

    public required int? RankInLeague { get; init; }

    public required int? OverallRank { get; init; }

    public required int? ReservePosition { get; init; }
}

/// <summary>
/// A public draw for ties that nothing else resolves: first the list and a salt are committed, then a seed that nobody could
/// know is drawn before witnesses; the order follows from both, and anybody can repeat it.
/// </summary>
public sealed class TieDraw : IVersioned
{
    public required CallId CallId { get; init; }

    public required int Number { get; init; }

    /// <summary>Codes of the tied applications, in ordinal order.</summary>
    public required IReadOnlyList<string> Candidates { get; init; }

    public required string SaltHex { get; init; }

    /// <summary>What was told beforehand: the digest of salt and list.</summary>
    public required string Commitment { get; init; }

    public required DateTime CommittedAt { get; init; }

    /// <summary>What was drawn before witnesses (dice, lottery balls), as written in the act of the draw.</summary>
    public string? Beacon { get; private set; }

    public string? Witnesses { get; private set; }

    public DateTime? DrawnAt { get; private set; }

    public int Version { get; private set; }

    public const int LongestBeacon = 200;

    public const int LongestWitnesses = 500;

    public void Draw(string beacon, string witnesses, DateTime now)
    {
        if (Beacon is not null) throw new RuleBroken(AwardCodes.DrawDone);
        if (string.IsNullOrWhiteSpace(beacon) || string.IsNullOrWhiteSpace(witnesses)) throw new RuleBroken(AwardCodes.DrawSeedMissing);
        var value = beacon.Trim();
        // The bar parts the salt from the value and the value from the code; a line break is not in the message that people repeat by hand.
        if (value.Length > LongestBeacon || value.Any(c => c == '|' || char.IsControl(c))) throw new RuleBroken(AwardCodes.DrawSeedWrong, LongestBeacon);
        if (witnesses.Length > LongestWitnesses) throw new RuleBroken(AwardCodes.TextTooLong, LongestWitnesses);
        (Beacon, Witnesses, DrawnAt) = (value, witnesses.Trim(), now);
    }
}

/// <summary>A round of the reserve list: who left, and who moved up with the money.</summary>
public sealed class ReserveRound
{
    public required RunId RunId { get; init; }

    public required int Number { get; init; }

    public required IReadOnlyList<string> Withdrawn { get; init; }

    public required IReadOnlyList<string> Promoted { get; init; }

    public required DateTime At { get; init; }
}
