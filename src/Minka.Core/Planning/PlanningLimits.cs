using Minka.Core.Kernel;
using Minka.Core.Rules;
using Minka.Measures.Cohesion;

namespace Minka.Core.Planning;

/// <summary>What the rules ask of a programme's shape.</summary>
public sealed record PlanningLimits(int MinimumProjects, int MinimumDistricts, BasisPoints MaximumOffAxis, Money MinimumProjectCost, BasisPoints MaximumIsolated)
{
    /// <summary>What the built-in fund's rules ask: the yardstick while no call is named. A call's own rules judge the application.</summary>
    public static PlanningLimits Reference { get; } = Of(BuiltInPacks.Fdd);

    /// <summary>What a rule pack does not ask is met by everything.</summary>
    public static PlanningLimits Of(RulePack pack) => new(
        pack.ProgrammeWindow?.MinProjects?.Value ?? 1,
        pack.ProgrammeWindow?.MinDistricts?.Value ?? 1,
        pack.ProgrammeWindow?.MaxOffAxisBp?.Value ?? BasisPoints.Whole,
        pack.ProgrammeWindow?.MinProjectCost?.Value ?? Money.Zero,
        pack.ProgrammeWindow?.MaxIsolatedBp?.Value ?? BasisPoints.Whole);

    internal CohesionLimits ToCohesion() => new()
    {
        MinimumProjects = MinimumProjects,
        MinimumPlaces = MinimumDistricts,
        MaximumOffAxis = MaximumOffAxis.Value,
        MinimumProjectAmount = MinimumProjectCost.Minor,
        MaximumIsolated = MaximumIsolated.Value,
    };
}
