using Minka.Core.Planning;
using Minka.Core.Planning.Writing;
using Minka.Web.Layout;
using Minka.Web.Screens.Planning.Items;

namespace Minka.Web.Screens.Planning.Writing;

/// <summary>A strategy as labelled lines, so that two can be laid beside each other.</summary>
static class StrategyLines
{
    public static IReadOnlyList<(string Label, string Text)> Of(StrategyContent content, T t)
    {
        var lines = new List<(string, string)>
        {
            (t["planning.strategy.field.title"], content.Title),
            (t["planning.strategy.field.vision"], content.Vision),
            (t["planning.strategy.field.from"], $"{content.YearFrom}"),
            (t["planning.strategy.field.to"], $"{content.YearTo}"),
        };
        foreach (var axis in content.Axes)
            lines.Add(($"{t["planning.axis"]} {axis.Code}", string.Join(" · ", axis.Name, axis.Objective, $"{axis.Indicator}: {axis.Baseline} → {axis.Target} ({axis.TargetYear})", axis.Source)));
        var written = content.Written;
        foreach (var answer in written.Answers ?? []) lines.Add((StrategyGuides.Questions.GetValueOrDefault(answer.Question)?.Name.In(t.Language) ?? answer.Question, answer.Text));
        foreach (var figure in written.Figures?.Figures ?? []) lines.Add(($"{t["writing.figures.title"]}: {figure.Name}", string.Join(" · ", figure.Values.Select(v => v ?? t["territories.no-value"]))));
        foreach (var sector in written.Economy?.Sectors ?? []) lines.Add(($"{t["writing.economy.title"]}: {sector.Name}", $"{t["economy.column.quotient"]} {EconomyModel.Ratio(sector.Quotient)}, {sector.RegionLater}"));
        var scene = StrategyPaper.SceneOf(content, t);
        foreach (var (schema, items) in StrategyPaper.Lists(content))
        {
            foreach (var item in items) lines.Add(($"{t[$"items.{schema.Key}.title"]} {item.Code}", RowOf(schema, scene, item)));
        }
        foreach (var chain in written.Chains ?? [])
        {
            lines.Add(($"{t["chains.chain"]} {chain.Name}", $"{chain.Product} ({chain.Unit}); {string.Join(", ", chain.Seasons)}"));
            var own = StrategyPaper.SceneOf(chain, t);
            foreach (var schema in ChainSchemas.All)
            {
                foreach (var item in StrategyPaper.ItemsOf(chain, schema.List)) lines.Add(($"{t["chains.chain"]} {chain.Name}, {t[$"items.{schema.Key}.title"]} {item.Code}", RowOf(schema, own, item)));
            }
        }
        return lines;
    }

    static string RowOf(ItemSchema schema, ItemScene scene, PartItem item)
    {
        var values = schema.ValuesOf(item);
        return string.Join(" · ", schema.FieldsOf(scene).Select(f => ItemSchema.Shown(f, values.GetValueOrDefault(f.Name))).Where(x => x != "–"));
    }
}
