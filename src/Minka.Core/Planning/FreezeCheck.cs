using Minka.Core.Kernel;

namespace Minka.Core.Planning;

/// <summary>What a programme still lacks before a version of it may be frozen: everything at once, each with its place and figures.</summary>
public static class FreezeCheck
{
    /// <param name="minimumProjects">From the rules.</param>
    public static IReadOnlyList<Reason> Of(ProgrammeContent content, int minimumProjects)
    {
        var reasons = new List<Reason>
        {
            new(PlanningRules.TooFewProjects, content.Projects.Count >= minimumProjects, content.Projects.Count, minimumProjects),
            new(PlanningRules.NoProjectOnAxis, content.Projects.Any(p => p.Axis is not null), content.Projects.Count(p => p.Axis is not null), content.Projects.Count),
        };
        foreach (var p in content.Projects)
        {
            if (p.Lines.Count == 0) reasons.Add(Reason.Fails(PlanningRules.ProjectWithoutLines, p.Code, p.Title));
            else if (p.Gap().IsPositive) reasons.Add(Reason.Fails(PlanningRules.ProjectGap, p.Code, p.Title, p.PlannedCost, p.Funded(), p.Gap()));
            else if (p.Gap().IsNegative) reasons.Add(Reason.Fails(PlanningRules.ProjectExcess, p.Code, p.Title, p.PlannedCost, p.Funded(), -p.Gap()));
            if (p.Places.Count == 0) reasons.Add(Reason.Fails(PlanningRules.ProjectWithoutPlaces, p.Code, p.Title));
            if (p.BeneficiaryWomen + p.BeneficiaryMen == 0) reasons.Add(Reason.Fails(PlanningRules.ProjectWithoutBeneficiaries, p.Code, p.Title));
        }
        return reasons;
    }
}
