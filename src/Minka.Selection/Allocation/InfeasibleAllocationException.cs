using System.Globalization;
using Minka.Selection.Exact;

namespace Minka.Selection.Allocation;

/// <summary>Why no distribution satisfies what was asked.</summary>
public enum Infeasibility
{
    /// <summary>The floors add up to more than the total.</summary>
    FloorsExceedTotal,

    /// <summary>The ceilings add up to less than the total.</summary>
    CeilingsBelowTotal,

    /// <summary>The parties with a positive weight are all at their ceilings and the rest have weight zero, so part of the total finds no taker.</summary>
    WeightsCannotReachTotal,

    /// <summary>One party's floor is above its ceiling.</summary>
    FloorAboveCeiling,

    /// <summary>Nobody has a positive weight, and there is something to distribute.</summary>
    NoWeight,
}

/// <summary>
/// Thrown when a total cannot be distributed within the declared floors, ceilings and weights. It is meant to be shown
/// to the person who set them, so it carries figures and no prose.
/// </summary>
public sealed class InfeasibleAllocationException : Exception
{
    internal InfeasibleAllocationException(Infeasibility reason, Fraction total, Fraction limit, string? code = null)
        : base(string.Create(CultureInfo.InvariantCulture, $"{reason}: total {total}, limit {limit}{(code is null ? "" : $", {code}")}"))
    {
        Reason = reason;
        Total = total;
        Limit = limit;
        Code = code;
    }

    /// <summary>Which condition fails.</summary>
    public Infeasibility Reason { get; }

    /// <summary>What was to be distributed.</summary>
    public Fraction Total { get; }

    /// <summary>
    /// The bound that is broken: the sum of the floors, the sum of the ceilings, the most that positive weights can
    /// take, or for <see cref="Infeasibility.FloorAboveCeiling"/> the ceiling of <see cref="Code"/>.
    /// </summary>
    public Fraction Limit { get; }

    /// <summary>The party at fault, where there is a single one.</summary>
    public string? Code { get; }
}
