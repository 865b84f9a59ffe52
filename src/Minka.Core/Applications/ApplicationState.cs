namespace Minka.Core.Applications;

public enum ApplicationState
{
    /// <summary>Being written, sealed.</summary>
    Draft,

    /// <summary>Received, sealed until the opening; a new submission before the close takes its place.</summary>
    Submitted,

    /// <summary>Opened after the close: the office may read it.</summary>
    Opened,

    /// <summary>Something is to be put right within the days of the rules.</summary>
    Observed,
    Cured,
    Admitted,
    Inadmissible,
    Scored,
    Withdrawn,

    /// <summary>For falsity.</summary>
    Disqualified,
}
