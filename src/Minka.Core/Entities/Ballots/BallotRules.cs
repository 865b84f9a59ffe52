namespace Minka.Core.Entities.Ballots;

/// <summary>Codes of the rules of secret votings; their texts lie under <c>rule.CODE</c>.</summary>
public static class BallotRules
{
    public const string PaperWrong = "ballot.paper-wrong";
    public const string OptionUnknown = "ballot.option-unknown";
    public const string MarkWrong = "ballot.mark-wrong";
    public const string TooManyMarks = "ballot.too-many-marks";
    public const string TooManyPoints = "ballot.too-many-points";
    public const string PlacesWrong = "ballot.places-wrong";
    public const string NothingChosen = "ballot.nothing-chosen";
    public const string BlankAndMarked = "ballot.blank-and-marked";
    public const string CodeMissing = "ballot.code-missing";
    public const string CodeTaken = "ballot.code-taken";
    public const string BoxClosed = "ballot.box-closed";
    public const string BoxOpen = "ballot.box-open";
    public const string IsSecret = "ballot.is-secret";
    public const string OnlyYours = "ballot.only-yours";
    public const string Twice = "ballot.twice";
    public const string WeightTells = "ballot.weight-tells";
    public const string WeightsDiffer = "ballot.weights-differ";
    public const string BySector = "ballot.by-sector";
    public const string TooFew = "ballot.too-few";
    public const string TookPart = "ballot.took-part";
    public const string PaperUncounted = "ballot.paper-uncounted";
    public const string PaperDiffers = "ballot.paper-differs";
    public const string PaperTooMany = "ballot.paper-too-many";
    public const string PaperSum = "ballot.paper-sum";
    public const string PaperNegative = "ballot.paper-negative";
    public const string RoundUnknown = "ballot.round-unknown";
}
