using Minka.Measures.Cohesion;
using Minka.Measures.Dispersion;

namespace Minka.Core.Planning.Panels;

public enum FigureUnit
{
    Share,
    Number,
    Count,
    Money,
}

/// <summary>
/// One figure of a panel with what it takes to check it by hand: its formula (text <c>panel.formula.CODE</c>), what is divided by
/// what, over how many, and the table of its rows.
/// </summary>
/// <param name="Value">Null where it is undefined.</param>
/// <param name="Part">The dividend; céntimos where it is money; null where the formula is no quotient.</param>
/// <param name="Whole">The divisor.</param>
/// <param name="N">Over how many rows.</param>
public sealed record PanelFigure(string Code, FigureUnit Unit, double? Value, double? Part, double? Whole, long N, PanelTable Rows)
{
    public static IReadOnlyList<PanelFigure> Of(ProgrammeContent content, CohesionResult m)
    {
        var (pairs, linked) = (m.PairCount, m.LinkedPairs);
        // Soles times soles, as the rows have them.
        var (weighted, weights) = (m.WeightedSum / 10_000, m.WeightSum / 10_000);
        var sizes = AmountDispersion.Of([.. content.Projects.Select(p => p.PlannedCost.Minor / 100m)]);
        return
        [
            new("linked-pairs", FigureUnit.Share, m.LinkedPairShare, linked, pairs, pairs, PanelTable.Pairs),
            new("strength", FigureUnit.Number, m.AmountWeighted, weighted, weights, pairs, PanelTable.Pairs),
            new("mean-similarity", FigureUnit.Number, m.MeanSimilarity, m.SimilaritySum, pairs, pairs, PanelTable.Pairs),
            new("largest", FigureUnit.Share, m.Largest?.Share, m.Largest?.Amount, m.Amount, m.Largest?.Projects.Count ?? 0, PanelTable.Projects),
            new("groups", FigureUnit.Count, m.Components.Count, null, null, m.Projects, PanelTable.Projects),
            new("modularity", FigureUnit.Number, m.Modularity, null, null, linked, PanelTable.Pairs),
            new("isolated", FigureUnit.Share, m.IsolatedShare, m.IsolatedAmount, m.Amount, m.Isolated.Count, PanelTable.Projects),
            new("effective-axes", FigureUnit.Number, m.Effective?.Groups, null, null, m.Axes.Count(a => a.Projects > 0), PanelTable.Axes),
            new("effective-per-axis", FigureUnit.Number, m.Effective?.PerGroup, m.Effective?.All, m.Effective?.Groups, m.Projects, PanelTable.Projects),
            new("off-axis", FigureUnit.Share, m.OffAxisShare, m.OffAxisAmount, m.Amount, content.Projects.Count(p => p.Axis is null), PanelTable.Projects),
            new("median-size", FigureUnit.Money, (double?)sizes.Median, null, null, m.Projects, PanelTable.Projects),
            new("sol-size", FigureUnit.Money, (double?)sizes.SizeWeightedMean, null, null, m.Projects, PanelTable.Projects),
        ];
    }
}

/// <summary>The tables from which the figures are computed.</summary>
public enum PanelTable
{
    Projects,
    Costs,
    Pairs,
    Axes,
    Chains,
    Schedule,
    Sizes,
}
