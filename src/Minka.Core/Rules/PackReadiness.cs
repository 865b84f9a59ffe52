using Minka.Core.Kernel;

namespace Minka.Core.Rules;

/// <summary>Whether a call can be run by a pack on this version of the platform, and what stands in the way.</summary>
public static class PackReadiness
{
    /// <summary>One reason for each stage that is not built and for each value that nobody knows; else one that says nothing is missing.</summary>
    public static IReadOnlyList<Reason> Of(RulePack pack)
    {
        var reasons = new List<Reason>();
        reasons.AddRange(pack.StagesNotBuilt.Select(s => Reason.Fails(RulesRules.StageNotBuilt, s)));
        reasons.AddRange(PackValues.Of(pack).Where(v => !v.IsKnown).Select(v => Reason.Fails(RulesRules.ValueMissing, v.Path)));
        return reasons.Count > 0 ? reasons : [Reason.Ok(RulesRules.NothingMissing)];
    }
}
