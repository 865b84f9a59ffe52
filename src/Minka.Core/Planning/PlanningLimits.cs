using Minka.Core.Kernel;
using Minka.Measures.Cohesion;

namespace Minka.Core.Planning;

/// <summary>What the rules ask of a programme's shape.</summary>
public sealed record PlanningLimits(int MinimumProjects, int MinimumDistricts, BasisPoints MaximumOffAxis, Money MinimumProjectCost, BasisPoints MaximumIsolated)
{
    internal CohesionLimits ToCohesion() => new()
    {
        MinimumProjects = MinimumProjects,
        MinimumPlaces = MinimumDistricts,
        MaximumOffAxis = MaximumOffAxis.Value,
        MinimumProjectAmount = MinimumProjectCost.Minor,
        MaximumIsolated = MaximumIsolated.Value,
    };
}
