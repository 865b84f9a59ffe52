using Minka.Core.Entities;
using Minka.Core.Kernel;

namespace Minka.Core.Planning.ParticipatoryBudget;

/// <summary>Another work with the same code or title: money must not be given twice.</summary>
public sealed record OtherWork(string Label, string? Cui, string Title);

/// <summary>Judges the gates that the data answer by themselves. Pure.</summary>
public static class GateJudge
{
    /// <param name="axes">Of the strategy in force; null where the entity has none.</param>
    /// <param name="others">Standing proposals of this process and works agreed in earlier ones that are not finished.</param>
    public static IReadOnlyList<GateFinding> Computed(BudgetProcess process, BudgetProposal proposal, IReadOnlySet<AxisId>? axes, IReadOnlyList<OtherWork> others) =>
        [.. process.Pack.Gates.Where(g => g.Computed).Select(g => Of(g.Gate, process, proposal, axes, others))];

    static GateFinding Of(Gate gate, BudgetProcess process, BudgetProposal proposal, IReadOnlySet<AxisId>? axes, IReadOnlyList<OtherWork> others) => gate switch
    {
        Gate.Place => Found(gate, proposal.Places.Count > 0 && proposal.Places.All(process.Covers), "place", proposal.Places.Count),
        Gate.Amount => Found(gate, proposal.Asked <= process.Amount, "amount", proposal.Asked, process.Amount),
        Gate.Impact => Impact(process, proposal),
        Gate.Beneficiaries => Found(gate, proposal.Beneficiaries > 0, "beneficiaries", proposal.BeneficiaryWomen, proposal.BeneficiaryMen),
        Gate.Axis => axes is null ? new(gate, true, Reason.Note("budget.gate.no-strategy"), null) : Found(gate, proposal.AxisId is { } axis && axes.Contains(axis), "axis"),
        Gate.Code => Found(gate, proposal is { Stage: ProjectStage.Viable or ProjectStage.TechnicalFile, Cui: not null }, "code", proposal.Cui),
        Gate.Twice => Twice(proposal, others),
        _ => throw new InvalidOperationException(gate.ToString()),
    };

    static GateFinding Impact(BudgetProcess process, BudgetProposal proposal)
    {
        var limits = process.Pack.ImpactOf(process.Level);
        var reach = process.Level == ImpactLevel.Regional ? proposal.Places.Select(p => p[..4]).Distinct(StringComparer.Ordinal).Count() : proposal.Places.Count;
        if (limits.LeastCost.Value is { } least && proposal.Cost < least) return Below("impact-cost", limits.LeastCost.Confidence, proposal.Cost, least, limits.LeastCost.Source);
        if (reach < limits.LeastPlaces.Value) return Below("impact-places", limits.LeastPlaces.Confidence, reach, limits.LeastPlaces.Value, limits.LeastPlaces.Source);
        return Found(Gate.Impact, true, "impact");
    }

    // A limit whose norm was not read warns and shuts nobody out.
    static GateFinding Below(string code, string confidence, params IReadOnlyList<object?> args) =>
        confidence == "S" ? new(Gate.Impact, false, Reason.Fails("budget.gate." + code, [.. args]), null) : new(Gate.Impact, true, Reason.Note($"budget.gate.{code}-unverified", [.. args]), null);

    static GateFinding Twice(BudgetProposal proposal, IReadOnlyList<OtherWork> others)
    {
        var plain = MemberChecks.Plain(proposal.Title);
        return others.FirstOrDefault(o => (o.Cui is not null && o.Cui == proposal.Cui) || MemberChecks.Plain(o.Title) == plain) is { } same
            ? new(Gate.Twice, false, Reason.Fails("budget.gate.twice", same.Label), null)
            : new(Gate.Twice, true, Reason.Ok("budget.gate.once"), null);
    }

    static GateFinding Found(Gate gate, bool met, string code, params IReadOnlyList<object?> args) =>
        new(gate, met, new Reason($"budget.gate.{code}{(met ? "" : "-fails")}", met, args), null);
}
