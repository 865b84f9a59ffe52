using Minka.Core.Kernel.Office;
using Minka.Core.Planning;
using Minka.Core.Planning.Chains;
using Minka.Core.Planning.Writing;
using Minka.Web.Charts;
using Minka.Web.Components;
using Minka.Web.Layout;
using Minka.Web.Screens.Planning.Chains;
using Minka.Web.Screens.Planning.Items;

namespace Minka.Web.Screens.Planning.Writing;

/// <summary>One thing of the paper, or a picture that only the page shows: its words stand in a block beside it.</summary>
public sealed record PaperPart(OfficeBlock? Block, Chart? Picture = null);

/// <summary>A strategy whole as a document, in the order of its guide: the page that prints and the file that an office edits are made of the same parts.</summary>
public static class StrategyPaper
{
    const int HeaviestSheet = 65_000;

    public static IReadOnlyList<PaperPart> Of(StrategyContent content, T t)
    {
        var written = content.Written;
        var guide = StrategyGuides.Get(written.Guide);
        var parts = new List<PaperPart> { Heading(2, t["planning.strategy.field.vision"]), Paragraph(content.Vision) };
        var shown = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (index, chapter) in guide.Parts.Index())
        {
            var own = new List<PaperPart>();
            foreach (var question in chapter.Questions)
            {
                if (written.Answers?.FirstOrDefault(a => a.Question == question.Id) is not { } answer) continue;
                own.Add(Heading(3, question.Name.In(t.Language)));
                own.AddRange(answer.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries).Select(Paragraph));
            }
            foreach (var need in chapter.Needs.Where(shown.Add)) own.AddRange(Need(need, content, t));
            if (own.Count == 0) continue;
            parts.Add(Heading(2, $"{index + 1}. {chapter.Name.In(t.Language)}"));
            parts.AddRange(own);
        }
        // What the guide does not ask for is printed, too: all that was voted can be read.
        if (shown.Add("axes")) parts.AddRange(Need("axes", content, t));
        foreach (var rest in StrategyCheck.Kinds.Where(shown.Add)) parts.AddRange(Need(rest, content, t));
        return parts;
    }

    /// <summary>The paper in sheets that a bad link carries, broken at headings.</summary>
    public static IReadOnlyList<IReadOnlyList<PaperPart>> Sheets(IReadOnlyList<PaperPart> parts)
    {
        var sheets = new List<List<PaperPart>> { new() };
        var (weight, chapter) = (0, 0);
        foreach (var (index, part) in parts.Index())
        {
            if (part.Block is OfficeHeading && index > chapter)
            {
                var next = parts.Skip(index + 1).TakeWhile(p => p.Block is not OfficeHeading).Sum(WeightOf);
                if (weight + next > HeaviestSheet)
                {
                    sheets.Add([]);
                    (weight, chapter) = (0, index);
                }
            }
            sheets[^1].Add(part);
            weight += WeightOf(part);
        }
        return sheets;
    }

    /// <summary>About how many bytes of a page: words, and what a cell of a table wears on a phone.</summary>
    static int WeightOf(PaperPart part) => part.Block switch
    {
        OfficeTable table => table.Rows.Sum(r => r.Select((cell, i) => cell.Length + table.Head[i].Length + 60).Sum()),
        OfficeParagraph paragraph => paragraph.Runs.Sum(r => r.Text.Length * 11 / 10) + 20,
        null => 6_000,
        _ => 100,
    };

    public static OfficeDocument ToOffice(StrategyContent content, string entity, string foot, string? stamp, T t) =>
        new(content.Title, t.Language == Texts.Spanish ? "es-PE" : "en", [new OfficeParagraph(t["planning.strategy.years", $"{content.YearFrom}", $"{content.YearTo}"]), .. Of(content, t).Select(p => p.Block).OfType<OfficeBlock>()])
        {
            Head = entity,
            Foot = foot,
            Stamp = stamp,
        };

    /// <summary>The lists of a strategy with their rows, those that have any.</summary>
    public static IEnumerable<(ItemSchema Schema, IReadOnlyList<PartItem> Items)> Lists(StrategyContent content) =>
        StrategySchemas.All.Select(s => (s, ItemsOf(content.Written, s.List))).Where(l => l.Item2.Count > 0);

    public static ItemScene SceneOf(StrategyContent content, T t) => new(t)
    {
        Axes = [.. content.Axes.Select(a => new Choice(a.Code, $"{a.Code} {a.Name}"))],
        Objectives = [.. (content.Written.Objectives ?? []).Select(o => new Choice(o.Code, o.Code))],
        Nodes = [.. (content.Written.Tree ?? []).Select(n => new Choice(n.Code, n.Code))],
        Catalogue = [.. PlanCatalogues.All.SelectMany(c => c.Entries.Select(e => new Choice($"{c.Id}.{e.Code}", e.Code)))],
    };

    public static ItemScene SceneOf(ChainContent chain, T t) => new(t)
    {
        Seasons = chain.Seasons,
        Standards = [.. chain.Standards.Select(s => new Choice(s.Code, s.Name))],
        Actors = [.. chain.Actors.Select(a => new Choice(a.Code, a.Name))],
        Bottlenecks = [.. chain.Bottlenecks.Select(b => new Choice(b.Code, b.Code))],
        Projects = [.. chain.Effects.Where(e => e.Project is not null).DistinctBy(e => e.Project).Select(e => new Choice($"{e.Project!.Value.Value}", e.Title))],
    };

    public static IReadOnlyList<PartItem> ItemsOf(ChainContent chain, ItemList list) => list.Key switch
    {
        "actors" => chain.Actors,
        "standards" => chain.Standards,
        "demands" => chain.Demands,
        "bottlenecks" => chain.Bottlenecks,
        _ => chain.Effects,
    };

    static IReadOnlyList<PartItem> ItemsOf(StrategyDocument d, ItemList list) => (IReadOnlyList<PartItem>?)(list.Key switch
    {
        "findings" => d.Findings,
        "assets" => d.Assets,
        "cities" => d.Cities,
        "swot" => d.Swot,
        "tree" => d.Tree,
        "objectives" => d.Objectives,
        "indicators" => d.Indicators,
        "alignments" => d.Alignments,
        "actions" => d.Actions,
        "consultations" => d.Consultations,
        _ => d.Finance,
    }) ?? [];

    static IEnumerable<PaperPart> Need(string need, StrategyContent content, T t)
    {
        var written = content.Written;
        switch (need)
        {
            case "figures" when written.Figures is { } figures:
                var table = new FiguresTable(figures, t);
                yield return Table(t["writing.figures.caption", figures.Pack, figures.TakenOn], [t["territories.column.indicator"], .. table.Places, t["territories.column.year"]],
                    table.Rows.Select(r => (IReadOnlyList<string>)[r.Name, .. r.Values, r.Year is { } year ? $"{year}" : t["territories.no-year"]]));
                yield return Paragraph(t["writing.figures.sources", string.Join("; ", table.Sources)]);
                break;
            case "economy" when written.Economy is { } study:
                yield return Heading(3, t["writing.economy.title"]);
                yield return Paragraph($"{study.Measure} ({study.Unit}). {study.Source}. {t["economy.region"]}: {string.Join("; ", study.Region)}.");
                yield return Table(t["economy.caption", study.Unit], [t["economy.column.sector"], EconomyModel.Year(study.From), EconomyModel.Year(study.To), t["economy.column.quotient"], t["economy.column.national"], t["economy.column.mix"], t["economy.column.own"], t["economy.column.proposed"]],
                    study.Sectors.Select(s => (IReadOnlyList<string>)[s.Name, $"{s.Region}", $"{s.RegionLater}", EconomyModel.Ratio(s.Quotient), $"{s.National}", $"{s.Mix}", $"{s.Own}", s.IsProposed ? t["economy.proposed"] : ""]));
                break;
            case "axes" when content.Axes.Count > 0:
                yield return Table(t["planning.axes.title"], [t["planning.axis"], t["planning.axis.objective"], t["planning.axis.indicator"], t["planning.axis.baseline"], t["planning.axis.target"], t["planning.axis.source"]],
                    content.Axes.Select(a => (IReadOnlyList<string>)[$"{a.Code} {a.Name}", a.Objective, a.Indicator, a.Baseline, $"{a.Target} ({a.TargetYear})", a.Source]));
                break;
            case "tree" when written.Tree is { } nodes:
                var tree = ProblemTree.Of(nodes);
                if (tree.Core is not null)
                {
                    yield return new(null, TreeChart.Of(tree, false, t));
                    yield return new(null, TreeChart.Of(tree, true, t));
                }
                foreach (var part in ListOf(need, content, t)) yield return part;
                break;
            case "allies" when written.Allies is { } allies:
                var scene = new ItemScene(t) { Chains = [.. (written.Chains ?? []).Select(c => new Choice(c.Name, c.Name))] };
                yield return TableOf(ChainSchemas.Allies, scene, allies, t);
                break;
            case "chains":
                foreach (var part in (written.Chains ?? []).SelectMany(c => Chain(c, t))) yield return part;
                break;
            default:
                foreach (var part in ListOf(need, content, t)) yield return part;
                break;
        }
    }

    static IEnumerable<PaperPart> ListOf(string key, StrategyContent content, T t) =>
        StrategySchemas.All.Where(s => s.Key == key).Select(s => (Schema: s, Items: ItemsOf(content.Written, s.List))).Where(l => l.Items.Count > 0).Select(l => TableOf(l.Schema, SceneOf(content, t), l.Items, t));

    static IEnumerable<PaperPart> Chain(ChainContent chain, T t)
    {
        yield return Heading(3, t["chains.heading", chain.Name, chain.Product, chain.Unit]);
        if (chain.Note is { } note) yield return Paragraph(note);
        var scene = SceneOf(chain, t);
        foreach (var schema in ChainSchemas.All)
        {
            if (ItemsOf(chain, schema.List) is { Count: > 0 } items) yield return TableOf(schema, scene, items, t);
        }
        foreach (var state in CriticalMass.Of(chain).Demands) yield return Paragraph(ChainWords.Sentence(state, chain, t));
    }

    static PaperPart TableOf(ItemSchema schema, ItemScene scene, IReadOnlyList<PartItem> items, T t)
    {
        var fields = schema.FieldsOf(scene);
        return Table(t[$"items.{schema.Key}.title"], [t["planning.code"], .. fields.Select(f => schema.LabelOf(f, t))],
            items.Select(i => schema.ValuesOf(i) is var values ? (IReadOnlyList<string>)[i.Code, .. fields.Select(f => ItemSchema.Shown(f, values.GetValueOrDefault(f.Name)))] : []));
    }

    static PaperPart Heading(int level, string text) => new(new OfficeHeading(level, text));

    static PaperPart Paragraph(string text) => new(new OfficeParagraph(text));

    static PaperPart Table(string caption, IReadOnlyList<string> head, IEnumerable<IReadOnlyList<string>> rows) => new(new OfficeTable(caption, head, [.. rows]));
}
