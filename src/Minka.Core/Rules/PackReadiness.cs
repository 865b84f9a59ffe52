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
        reasons.AddRange(AwardPartsNotBuilt(pack.Award).Select(part => Reason.Fails(RulesRules.AwardPartNotBuilt, part)));
        reasons.AddRange(PackValues.Of(pack).Where(v => !v.IsKnown).Select(v => Reason.Fails(RulesRules.ValueMissing, v.Path)));
        return reasons.Count > 0 ? reasons : [Reason.Ok(RulesRules.NothingMissing)];
    }

    /// <summary>Parts of the award that need what applications do not tell yet: a consent to less money, a plan writer, an order of one's own; and money that the leagues' envelopes do not leave aside yet.</summary>
    public static IEnumerable<string> AwardPartsNotBuilt(AwardRules award)
    {
        if (award.PartialFunding?.Or(false) == true) yield return "partialFunding";
        if (award.MaxPerPlanWriter is not null) yield return "maxPerPlanWriter";
        if (award.OwnPriority?.Or(false) == true) yield return "ownPriority";
        if (award.SetAsides is { Count: > 0 }) yield return "setAsides";
    }
}
