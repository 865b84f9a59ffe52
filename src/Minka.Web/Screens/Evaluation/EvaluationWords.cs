using Minka.Core.Applications;
using Minka.Core.Evaluation;
using Minka.Web.Components;

namespace Minka.Web.Screens.Evaluation;

/// <summary>States of this context in colour, and points in words.</summary>
public static class EvaluationWords
{
    public static Tone ToneOf(ReviewState state) => state switch
    {
        ReviewState.Admitted => Tone.Met,
        ReviewState.Rejected => Tone.Broken,
        ReviewState.Observed or ReviewState.Cured => Tone.Attention,
        _ => Tone.Neutral,
    };

    public static Tone ToneOf(AssignmentState state) => state switch
    {
        AssignmentState.Locked => Tone.Met,
        AssignmentState.Recused => Tone.Neutral,
        AssignmentState.Accepted => Tone.Info,
        _ => Tone.Attention,
    };

    public static Tone ToneOf(ApplicationState state) => state switch
    {
        ApplicationState.Admitted or ApplicationState.Scored => Tone.Met,
        ApplicationState.Inadmissible or ApplicationState.Disqualified => Tone.Broken,
        ApplicationState.Observed or ApplicationState.Cured => Tone.Attention,
        _ => Tone.Neutral,
    };

    /// <summary>7850 as "78.50".</summary>
    public static string Points(long? hundredths) => hundredths is { } h ? Format.Number(h / 100m, 2) : "–";
}
