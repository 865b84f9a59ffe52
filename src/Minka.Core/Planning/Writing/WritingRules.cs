namespace Minka.Core.Planning.Writing;

/// <summary>Codes of the rules of guided writing; each has its text under <c>rule.CODE</c>.</summary>
public static class WritingRules
{
    /// <summary>Args: the most that is accepted.</summary>
    public const string TooManyItems = "writing.too-many-items";

    /// <summary>Args: least, most.</summary>
    public const string WeightOutOfRange = "writing.weight-out-of-range";

    /// <summary>Args: day of the baseline, day of the target.</summary>
    public const string TargetBeforeBaseline = "writing.target-before-baseline";

    /// <summary>A target that says the same as its baseline asks for nothing.</summary>
    public const string TargetIsBaseline = "writing.target-is-baseline";
    public const string CoreTwice = "writing.core-twice";

    /// <summary>Args: the code that is named.</summary>
    public const string ParentUnknown = "writing.parent-unknown";

    /// <summary>Args: the codes in their circle.</summary>
    public const string TreeCycle = "writing.tree-cycle";

    /// <summary>Args: women and men together, sectors together.</summary>
    public const string ParticipantsDiffer = "writing.participants-differ";
    public const string NobodyCame = "writing.nobody-came";
    public const string AmountNotPositive = "writing.amount-not-positive";

    /// <summary>Args: the day.</summary>
    public const string DayAhead = "writing.day-ahead";
    public const string NegativeNumber = "writing.negative-number";
    public const string GuideUnknown = "writing.guide-unknown";
    public const string QuestionUnknown = "writing.question-unknown";
    public const string NothingToFill = "writing.nothing-to-fill";

    /// <summary>Args: number of the version that says the same.</summary>
    public const string Unchanged = "writing.unchanged";
    public const string PersonalNumber = "writing.personal-number";
    public const int LeastWeight = 1;
    public const int MostWeight = 5;
    public const int LongestAnswer = 12_000;
}
