namespace Minka.Core.Evaluation;

/// <summary>Codes of this context's broken rules.</summary>
public static class EvaluationCodes
{
    public const string ReviewIncomplete = "review.incomplete";
    public const string ReviewReasonMissing = "review.reason-missing";
    public const string ReviewNothingToCure = "review.nothing-to-cure";
    public const string ReviewNotCurable = "review.not-curable";
    public const string ReviewRoundsUsed = "review.rounds-used";
    public const string ReviewStillFailing = "review.still-failing";
    public const string ReviewAllMet = "review.all-met";
    public const string CureLate = "cure.late";
    public const string CureAnswerMissing = "cure.answer-missing";
    public const string CureStillOpen = "cure.still-open";
    public const string CureFirst = "cure.first";
    public const string NotUnderWay = "evaluation.not-under-way";
    public const string ReviewsPending = "review.pending";
    public const string NoneAdmitted = "review.none-admitted";
    public const string TooFewEvaluators = "evaluators.too-few";
    public const string AlreadyAssigned = "evaluators.already-assigned";
    public const string NotYourFile = "evaluation.not-your-file";
    public const string ConflictOpen = "evaluation.conflict-open";
    public const string TieDeclared = "evaluation.tie-declared";
    public const string ConflictReasonMissing = "evaluation.conflict-reason-missing";
    public const string PointsOutside = "score.points-outside";
    public const string ScoreReasonMissing = "score.reason-missing";
    public const string ScoresIncomplete = "score.incomplete";
    public const string ScoresLocked = "score.locked";
    public const string ScoresPending = "score.pending";
}
