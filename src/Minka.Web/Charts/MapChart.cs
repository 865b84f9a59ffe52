using System.Globalization;
using Minka.Web.Components;

namespace Minka.Web.Charts;

/// <summary>A place with its value; no value is "sin dato".</summary>
public sealed record Area(string Code, string Name, double? Value, string Text, string? Href = null);

public enum Classing { Quantiles, NaturalBreaks }

/// <summary>One class of a map: its limits are values that occur, both included.</summary>
public sealed record MapClass(double From, double To, int Count);

/// <summary>Places coloured in at most five classes, light to dark. Places with an outline are areas, those with a point are circles.</summary>
public sealed record MapChart(string Title, string Description, MapShapes Shapes, IReadOnlyList<Area> Areas) : Chart(Title, Description)
{
    public Classing Classing { get; init; } = Classing.Quantiles;
    public Func<double, string> Write { get; init; } = v => Format.Number(v, 1);

    /// <summary>The place where the reader is.</summary>
    public string? Here { get; init; }

    /// <summary>Heading of the value in the table: the indicator with its unit and year.</summary>
    public string? ValueHeading { get; init; }

    public IReadOnlyList<MapClass> Classes
    {
        get
        {
            var values = Areas.Select(a => a.Value).OfType<double>().Order().ToList();
            var tops = Classing == Classing.Quantiles ? MapClasses.Quantiles(values, 5) : MapClasses.NaturalBreaks(values, 5);
            var classes = new List<MapClass>();
            var from = 0;
            foreach (var top in tops)
            {
                var to = values.FindLastIndex(v => v <= top);
                classes.Add(new(values[from], values[to], to - from + 1));
                from = to + 1;
            }
            return classes;
        }
    }

    public override Twin Table => new([Words.Say("chart.places"), ValueHeading ?? Words.Say("chart.value")],
        [.. Areas.OrderByDescending(a => a.Value ?? double.NegativeInfinity).Select(a => (IReadOnlyList<Cell>)[new(a.Name, a.Href), new(a.Value is null ? Words.Say("chart.none") : a.Text, Number: true)])]);

    public override Markup Legend
    {
        get
        {
            var classes = Classes;
            var items = classes.Select((c, i) => (Css: $"k{Shade(i, classes.Count)}", Text: $"{(c.From.Equals(c.To) ? Write(c.From) : $"{Write(c.From)} – {Write(c.To)}")} ({Format.Number(c.Count)})")).ToList();
            var missing = Areas.Count(a => a.Value is null);
            var lines = Markup.Join(items, i => Markup.Of($"<li><svg viewBox=\"0 0 22 16\" aria-hidden=\"true\"><rect class=\"{i.Css} sw\" x=\".5\" y=\".5\" width=\"21\" height=\"15\"/></svg>{i.Text}</li>"));
            var none = missing == 0 ? Markup.None
                : Markup.Of($"<li><svg viewBox=\"0 0 22 16\" aria-hidden=\"true\"><rect class=\"k0 sw\" x=\".5\" y=\".5\" width=\"21\" height=\"15\"/><path d=\"M0 16L16 0M6 16L22 0M12 16L22 6M0 10L10 0\" stroke=\"#8a919c\"/></svg>{Words.Say("chart.none")} ({Format.Number(missing)})</li>");
            var how = Words.Say(Classing == Classing.Quantiles ? "chart.classes.quantile" : "chart.classes.breaks");
            return Markup.Of($"<ul class=\"legend\">{lines}{none}</ul><p class=\"hint\">{(classes.Count == 5 || Classing != Classing.Quantiles ? how : "")}</p>");
        }
    }

    public override Markup Svg(string id)
    {
        var classes = Classes;
        var hatch = $"{id}-h";
        var under = Shapes.Under.Length == 0 ? Markup.None : Markup.Of($"<path class=\"under\" d=\"{Shapes.Under}\" fill-rule=\"evenodd\"/>");
        var over = Shapes.Over.Length == 0 ? Markup.None : Markup.Of($"<path class=\"over\" d=\"{Shapes.Over}\"/>");
        var drawn = Areas.Where(a => Shapes.Paths.ContainsKey(a.Code) || Shapes.Points.ContainsKey(a.Code)).OrderBy(a => a.Code == Here).ToList();
        var radius = Math.Clamp((int)(190 / Math.Sqrt(Math.Max(1, drawn.Count))), 8, 16);
        var areas = Markup.Join(drawn, a =>
        {
            var shade = a.Value is { } v ? Shade(classes.Index().First(c => v <= c.Item.To).Index, classes.Count) : 0;
            var css = $"k{shade}{(a.Code == Here ? " here" : "")}";
            var fill = shade == 0 ? Markup.Of($" fill=\"url(#{hatch})\"") : Markup.Of($" class=\"{css}\"");
            if (shade == 0 && a.Code == Here) fill = Markup.Of($"{fill} class=\"here\"");
            var shape = Shapes.Paths.TryGetValue(a.Code, out var path)
                ? Markup.Of($"<path{fill} d=\"{path}\"/>")
                : Markup.Of($"<circle{fill} cx=\"{Shapes.Points[a.Code].X}\" cy=\"{Shapes.Points[a.Code].Y}\" r=\"{(a.Code == Here ? radius + 5 : radius)}\"/>");
            var name = $"{a.Name}: {(a.Value is null ? Words.Say("chart.none") : a.Text)}";
            return a.Href is null ? Markup.Of($"<g><title>{name}</title>{shape}</g>") : Markup.Of($"<a href=\"{a.Href}\"><title>{name}</title>{shape}</a>");
        });
        var box = string.Create(CultureInfo.InvariantCulture, $"0 0 {Shapes.Width} {Shapes.Height}");
        var defs = Areas.All(a => a.Value is not null) ? Markup.None
            : Markup.Of($"<defs><pattern id=\"{hatch}\" width=\"14\" height=\"14\" patternUnits=\"userSpaceOnUse\"><rect width=\"14\" height=\"14\" fill=\"#eef0f2\"/><path d=\"M-3 3L3-3M0 14L14 0M11 17L17 11\" stroke=\"#b4bac3\" stroke-width=\"2\"/></pattern></defs>");
        return Frame(id, 0, Markup.Of($"{defs}{under}{areas}{over}"), drawn.Any(a => a.Href is not null), box, "map");
    }

    /// <summary>Few classes are spread over the whole scale: two become lightest and darkest.</summary>
    private static int Shade(int index, int count) => count <= 1 ? 3 : 1 + (int)Math.Round(4.0 * index / (count - 1));
}

/// <summary>Upper limits of the classes of a map, ascending and distinct; the last is the greatest value.</summary>
public static class MapClasses
{
    public static IReadOnlyList<double> Quantiles(IReadOnlyList<double> sorted, int classes) =>
        sorted.Count == 0 ? [] : [.. Enumerable.Range(1, classes).Select(i => sorted[(int)Math.Ceiling((double)sorted.Count * i / classes) - 1]).Distinct()];

    /// <summary>Fisher's exact optimum: the classes with the least sum of squared differences inside.</summary>
    public static IReadOnlyList<double> NaturalBreaks(IReadOnlyList<double> sorted, int classes)
    {
        var values = sorted.Distinct().ToArray();
        var weights = sorted.GroupBy(v => v).OrderBy(g => g.Key).Select(g => g.Count()).ToArray();
        var n = values.Length;
        if (n <= classes) return values;
        double[] weight = new double[n + 1], sum = new double[n + 1], squares = new double[n + 1];
        for (var i = 0; i < n; i++)
        {
            weight[i + 1] = weight[i] + weights[i];
            sum[i + 1] = sum[i] + weights[i] * values[i];
            squares[i + 1] = squares[i] + weights[i] * values[i] * values[i];
        }
        var best = new double[classes + 1, n + 1];
        var from = new int[classes + 1, n + 1];
        for (var i = 1; i <= n; i++) best[0, i] = double.PositiveInfinity;
        for (var k = 1; k <= classes; k++)
        {
            for (var i = 1; i <= n; i++)
            {
                best[k, i] = double.PositiveInfinity;
                for (var j = k - 1; j < i; j++)
                {
                    var (w, s) = (weight[i] - weight[j], sum[i] - sum[j]);
                    var cost = best[k - 1, j] + squares[i] - squares[j] - s * s / w;
                    if (cost < best[k, i]) (best[k, i], from[k, i]) = (cost, j);
                }
            }
        }
        var tops = new List<double>();
        for (int k = classes, i = n; k > 0; i = from[k, i], k--) tops.Insert(0, values[i - 1]);
        return tops;
    }
}
