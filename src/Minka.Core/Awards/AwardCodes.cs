namespace Minka.Core.Awards;

/// <summary>Codes of this context's broken rules.</summary>
public static class AwardCodes
{
    public const string ScoresPending = "award.scores-pending";
    public const string DrawNeeded = "award.draw-needed";
    public const string DrawNotNeeded = "award.draw-not-needed";
    public const string DrawCommitted = "award.draw-committed";
    public const string DrawNotCommitted = "award.draw-not-committed";
    public const string DrawDone = "award.draw-done";
    public const string DrawSeedMissing = "award.draw-seed-missing";
    public const string DrawSeedWrong = "award.draw-seed-wrong";
    /// <summary>Args: letters that there may be.</summary>
    public const string TextTooLong = "award.text-too-long";
    public const string ReturnReasonMissing = "award.return-reason-missing";
    /// <summary>Args: codes of applications that were disqualified after the ranking was proposed.</summary>
    public const string Stale = "award.stale";
    public const string NotApproved = "award.not-approved";
    public const string NoRun = "award.no-run";
    public const string NotAWinner = "award.not-a-winner";
    public const string ReserveExpired = "award.reserve-expired";
    public const string RankingNotBuilt = "award.ranking-not-built";
}
