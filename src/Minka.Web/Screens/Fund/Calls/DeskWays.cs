using Minka.Core.Fund;

namespace Minka.Web.Screens.Fund.Calls;

/// <summary>A way on from the desk of a call.</summary>
/// <param name="Key">Text key of its name.</param>
/// <param name="Path">What follows the call's address.</param>
public sealed record DeskWay(CallState From, CallState To, string Key, string Path);

/// <summary>Where a call goes on after its close: each context adds the pages of its own, in order of their states.</summary>
public static class DeskWays
{
    public static readonly IReadOnlyList<DeskWay> All =
    [
        new(CallState.Opened, CallState.Awarded, "evaluation.screening.title", "/admisibilidad"),
        new(CallState.Screening, CallState.Awarded, "evaluation.seats.title", "/evaluacion"),
        new(CallState.Evaluating, CallState.Awarded, "award.desk.title", "/premiacion"),
    ];
}
