using System.Globalization;
using Minka.Core.Territories;
using Minka.Web.Components;

namespace Minka.Web.Charts;

/// <summary>A place with its value; no value is "sin dato".</summary>
public sealed record Area(string Code, string Name, decimal? Value, string Text, string? Href = null);

/// <summary>Places coloured in at most five classes, light to dark. Places with an outline are areas, those with a point are circles.</summary>
public sealed record MapChart(string Title, string Description, MapShapes Shapes, IReadOnlyList<Area> Areas) : Chart(Title, Description)
{
    public ClassMethod Method { get; init; } = ClassMethod.Quantile;

    /// <summary>How a limit of a class is written in the legend.</summary>
    public Func<decimal, string> Write { get; init; } = v => Format.Number(v, 1);

    /// <summary>The values are kinds, told by <see cref="Write"/>, and not amounts put into classes.</summary>
    public bool Kinds { get; init; }

    /// <summary>The place where the reader is.</summary>
    public string? Here { get; init; }

    /// <summary>Heading of the value in the table: the indicator with its unit and year.</summary>
    public string? ValueHeading { get; init; }

    private Choropleth Classes => Choropleth.Make(Areas.Select(a => a.Value), Method);

    public override Twin Table => new([Words.Say("chart.places"), ValueHeading ?? Words.Say("chart.value")],
        [.. Areas.OrderByDescending(a => a.Value ?? decimal.MinValue).Select(a => (IReadOnlyList<Cell>)[new(a.Name, a.Href), new(a.Value is null ? Words.Say("chart.none") : a.Text, Number: true)])]);

    public override Markup Legend
    {
        get
        {
            var made = Classes;
            var lines = Markup.Join(made.Classes.Index(), c => Markup.Of($"<li><svg viewBox=\"0 0 22 16\" aria-hidden=\"true\"><rect class=\"k{Shade(c.Index, made.Classes.Count)} sw\" x=\".5\" y=\".5\" width=\"21\" height=\"15\"/></svg>{c.Item.Label(Write)} ({Format.Number(c.Item.Count)})</li>"));
            var none = made.Missing == 0 ? Markup.None
                : Markup.Of($"<li><svg viewBox=\"0 0 22 16\" aria-hidden=\"true\"><rect class=\"k0 sw\" x=\".5\" y=\".5\" width=\"21\" height=\"15\"/><path d=\"M0 16L16 0M6 16L22 0M12 16L22 6M0 10L10 0\" stroke=\"#8a919c\"/></svg>{Words.Say("chart.none")} ({Format.Number(made.Missing)})</li>");
            var how = made.Classes.Count < 2 || Kinds ? "" : Words.Say(Method == ClassMethod.Quantile ? "chart.classes.quantile" : "chart.classes.breaks");
            return Markup.Of($"<ul class=\"legend\">{lines}{none}</ul><p class=\"hint\">{how}</p>");
        }
    }

    public override Markup Svg(string id)
    {
        var classes = Classes;
        var hatch = $"{id}-h";
        var under = Shapes.Under.Length == 0 ? Markup.None : Markup.Of($"<path class=\"under\" d=\"{Shapes.Under}\" fill-rule=\"evenodd\"/>");
        var over = Shapes.Over.Length == 0 ? Markup.None : Markup.Of($"<path class=\"over\" d=\"{Shapes.Over}\"/>");
        var drawn = Areas.Where(a => Shapes.Paths.ContainsKey(a.Code) || Shapes.Points.ContainsKey(a.Code)).OrderBy(a => a.Code == Here).ToList();
        var radius = Shapes.Frame.Width * Math.Clamp(0.16 / Math.Sqrt(Math.Max(1, drawn.Count)), 0.011, 0.024);
        var areas = Markup.Join(drawn, a =>
        {
            var shade = classes.ClassOf(a.Value) is { } index ? Shade(index, classes.Classes.Count) : 0;
            var css = $"k{shade}{(a.Code == Here ? " here" : "")}";
            var fill = shade == 0 ? Markup.Of($" fill=\"url(#{hatch})\"") : Markup.Of($" class=\"{css}\"");
            if (shade == 0 && a.Code == Here) fill = Markup.Of($"{fill} class=\"here\"");
            var shape = Shapes.Paths.TryGetValue(a.Code, out var path)
                ? Markup.Of($"<path{fill} d=\"{path}\"/>")
                : Circle(Shapes.Frame.Place(Shapes.Points[a.Code]), fill, a.Code == Here ? radius * 1.4 : radius);
            var name = $"{a.Name}: {(a.Value is null ? Words.Say("chart.none") : a.Text)}";
            return a.Href is null ? Markup.Of($"<g><title>{name}</title>{shape}</g>") : Markup.Of($"<a href=\"{a.Href}\"><title>{name}</title>{shape}</a>");
        });
        var box = string.Create(CultureInfo.InvariantCulture, $"0 0 {Shapes.Frame.Width} {Shapes.Frame.Height}");
        var defs = Areas.All(a => a.Value is not null) ? Markup.None
            : Markup.Of($"<defs><pattern id=\"{hatch}\" width=\"14\" height=\"14\" patternUnits=\"userSpaceOnUse\"><rect width=\"14\" height=\"14\" fill=\"#eef0f2\"/><path d=\"M-3 3L3-3M0 14L14 0M11 17L17 11\" stroke=\"#b4bac3\" stroke-width=\"2\"/></pattern></defs>");
        return Frame(id, 0, Markup.Of($"{defs}{under}{areas}{over}{Mark()}"), drawn.Any(a => a.Href is not null), box, "map");
    }

    private Markup Mark()
    {
        if (Shapes.Mark is not { } mark) return Markup.None;
        var points = mark.Points.Select(Shapes.Frame.Place).ToList();
        if (points is [var only]) return Markup.Of($"<circle cx=\"{Math.Round(only.X)}\" cy=\"{Math.Round(only.Y)}\" r=\"{Math.Round(Shapes.Frame.Width * 0.015, 1)}\" fill=\"#a63a21\" stroke=\"#fff\" stroke-width=\"2\"/>");
        var path = "M" + string.Join('L', points.Select(p => string.Create(CultureInfo.InvariantCulture, $"{Math.Round(p.X)} {Math.Round(p.Y)}"))) + (mark.Closed ? "Z" : "");
        return Markup.Of($"<path d=\"{path}\" fill=\"{(mark.Closed ? "#a63a21" : "none")}\" fill-opacity=\".35\" stroke=\"#a63a21\" stroke-width=\"3\"/>");
    }

    private static Markup Circle((double X, double Y) at, Markup fill, double radius) =>
        Markup.Of($"<circle{fill} cx=\"{Math.Round(at.X)}\" cy=\"{Math.Round(at.Y)}\" r=\"{radius}\"/>");

    /// <summary>Few classes are spread over the whole scale: two become lightest and darkest.</summary>
    private static int Shade(int index, int count) => count <= 1 ? 3 : 1 + (int)Math.Round(4.0 * index / (count - 1));
}
