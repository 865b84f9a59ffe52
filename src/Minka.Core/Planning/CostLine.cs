using Minka.Core.Kernel;
using Minka.Core.Rules;

namespace Minka.Core.Planning;

/// <summary>What an editor types of a cost line.</summary>
/// <param name="Concept">What is bought or done.</param>
/// <param name="Component">Part of the project that it belongs to.</param>
/// <param name="Source">Who pays.</param>
/// <param name="Valuation">How a contribution in kind was valued; null for money.</param>
/// <param name="Evidence">What shows that value: a quotation, a tariff, a letter.</param>
public sealed record CostLineInput(string Concept, string? Component, FundingSource Source, int Year, Money Amount, string? Valuation = null, string? Evidence = null);

/// <summary>One cost of a project, by source and year.</summary>
public sealed class CostLine
{
    CostLine()
    {
    }

    public CostLineId Id { get; private set; }
    public ProjectId ProjectId { get; private set; }

    /// <summary>Position in the project's table, from 1.</summary>
    public int Order { get; private set; }
    public string Concept { get; private set; } = "";
    public string? Component { get; private set; }
    public FundingSource Source { get; private set; }
    public int Year { get; private set; }
    public Money Amount { get; private set; }
    public string? Valuation { get; private set; }
    public string? Evidence { get; private set; }

    public static CostLine Add(CostLineId id, ProjectId project, int order, CostLineInput input)
    {
        var line = new CostLine { Id = id, ProjectId = project, Order = order };
        line.Change(input);
        return line;
    }

    public CostLineInput ToInput() => new(Concept, Component, Source, Year, Amount, Valuation, Evidence);

    public void Change(CostLineInput input)
    {
        if (!input.Amount.IsPositive) throw new RuleBroken(PlanningRules.AmountNotPositive);
        Concept = PlanningRules.Required(input.Concept, "concept");
        Component = PlanningRules.Optional(input.Component, "component");
        (Source, Amount) = (input.Source, input.Amount);
        Year = PlanningRules.Year(input.Year);
        Valuation = input.Source.IsInKind() ? PlanningRules.Optional(input.Valuation, "valuation") : null;
        Evidence = input.Source.IsInKind() ? PlanningRules.Optional(input.Evidence, "evidence") : null;
    }
}
