namespace Minka.Core.Applications;

/// <summary>Codes of the rules that this context keeps; each has its text under <c>rule.CODE</c>.</summary>
public static class ApplicationsRules
{
    public const string CallNotOpen = "application.call-not-open";

    /// <summary>Args: the closing instant.</summary>
    public const string Late = "submission.late";
    public const string NotAccredited = "application.not-accredited";
    public const string ProvinceNotEligible = "application.province-not-eligible";
    public const string AlreadyStarted = "application.already-started";

    /// <summary>Args: the entity, the most that the rules allow.</summary>
    public const string EnoughStarted = "application.enough-started";
    public const string ProgrammeTaken = "application.programme-taken";

    /// <summary>Args: code and title of the project, the other programme, its code there.</summary>
    public const string ProjectTwice = "application.project-twice";
    public const string VersionOfAnother = "application.version-of-another";

    /// <summary>Args: the state.</summary>
    public const string NotEditable = "application.not-editable";

    /// <summary>Args: the field, the most characters.</summary>
    public const string TextLong = "application.text-long";
    public const string UnknownProject = "application.unknown-project";
    public const string UnknownSource = "application.unknown-source";
    public const string UnknownCriterion = "application.unknown-criterion";
    public const string UnknownRequirement = "application.unknown-requirement";

    /// <summary>Args: the most files.</summary>
    public const string TooManyFiles = "application.too-many-files";
    public const string FileOfAnother = "application.file-of-another";

    /// <summary>No resolution in force adopted this exact version.</summary>
    public const string NoResolution = "submission.no-resolution";

    /// <summary>Args: how many formal checks fail.</summary>
    public const string ChecksFail = "submission.checks-fail";

    /// <summary>The key was used for another content.</summary>
    public const string OtherBody = "submission.other-body";

    /// <summary>Args: the place in the promoter's own order.</summary>
    public const string OwnPlaceTaken = "submission.own-place-taken";
    public const string RulesChanged = "submission.rules-changed";

    /// <summary>Args: the closing instant.</summary>
    public const string OpeningBeforeClose = "opening.before-close";
    public const string OpeningChanged = "opening.changed";
    public const string NothingToOpen = "opening.nothing";
    public const string DisqualifyCallOver = "application.disqualify-call-over";
    public const string WhyMissing = "application.why-missing";
}
