using Minka.Core.Fund;

namespace Minka.Web.Screens.Fund.Calls;

/// <summary>A way on from the desk of a call.</summary>
/// <param name="Key">Text key of its name.</param>
/// <param name="Path">What follows the call's address.</param>
public sealed record DeskWay(CallState From, CallState To, string Key, string Path);

/// <summary>Where a call goes on after its close, in the order of its states.</summary>
public static class DeskWays
{
    public static readonly IReadOnlyList<DeskWay> All =
    [
        new(CallState.Closed, CallState.Closed, "call.way.opening", "/apertura"),
        new(CallState.Opened, CallState.Screening, "call.way.screening", "/admisibilidad"),
        new(CallState.Screening, CallState.Evaluating, "call.way.evaluation", "/evaluacion"),
        new(CallState.Evaluating, CallState.Awarded, "call.way.award", "/premiacion"),
    ];
}
