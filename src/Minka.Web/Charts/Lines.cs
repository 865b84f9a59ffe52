using System.Globalization;
using Minka.Web.Components;

namespace Minka.Web.Charts;

/// <summary>One line; a missing value breaks it.</summary>
public sealed record Series(string Label, IReadOnlyList<double?> Values);

/// <summary>Values over time.</summary>
public sealed record LineChart(string Title, string Description, IReadOnlyList<string> Labels, IReadOnlyList<Series> Lines) : Chart(Title, Description)
{
    public Func<double, string> Write { get; init; } = v => Format.Number(v, 0);

    /// <summary>With more points the table alone tells the figures: a page stays small.</summary>
    const int MostNamed = 12;

    /// <summary>The axis starts at zero unless a difference is the message.</summary>
    public bool FromZero { get; init; } = true;

    public override Twin Table => new(["", .. Lines.Select(l => l.Label)],
        [.. Labels.Select((label, i) => (IReadOnlyList<Cell>)[new(label), .. Lines.Select(l => new Cell(l.Values[i] is { } v ? Write(v) : Words.Say("chart.none"), Number: true))])]);

    public override Markup Legend => Lines.Count < 2 ? Markup.None
        : Markup.Of($"<ul class=\"legend\">{Markup.Join(Lines.Index(), l => Markup.Of($"<li><svg viewBox=\"0 0 22 16\" aria-hidden=\"true\"><line class=\"line l{l.Index % 5 + 1}\" x1=\"1\" x2=\"21\" y1=\"8\" y2=\"8\"/></svg>{l.Item.Label}</li>"))}</ul>");

    public override Markup Svg(string id)
    {
        const int top = 24, plot = 200;
        var all = Lines.SelectMany(l => l.Values).OfType<double>().ToList();
        var (low, high, step) = Nice(FromZero ? Math.Min(0, all.DefaultIfEmpty().Min()) : all.DefaultIfEmpty().Min(), all.DefaultIfEmpty().Max());
        var grid = Markup.None;
        for (var v = low; v <= high + step / 2; v += step)
        {
            var y = Y(v);
            grid = Markup.Of($"{grid}<line class=\"axis\" x1=\"0\" x2=\"100%\" y1=\"{y}\" y2=\"{y}\"/><text class=\"q\" y=\"{y - 4}\">{Write(v)}</text>");
        }
        var every = Math.Max(1, (Labels.Count + 5) / 6);
        var ticks = Markup.Join(Labels.Index().Where(l => l.Index % every == 0 || l.Index == Labels.Count - 1), l => BarChart.Under(l.Item, X(l.Index), top + plot + 20));
        var lines = Markup.Join(Lines.Index(), l => Markup.Of($"<path class=\"line l{l.Index % 5 + 1}\" vector-effect=\"non-scaling-stroke\" d=\"{Path(l.Item.Values)}\"/>"));
        var dots = Markup.Join(Lines.Index(), l => Markup.Join(l.Item.Values.Index(), v => v.Item is not { } value ? Markup.None
            : Markup.Of($"<circle class=\"c{(l.Index == 1 ? 6 : l.Index % 5 + 1)}\" cx=\"{X(v.Index)}%\" cy=\"{Y(value)}\" r=\"4\">{(Labels.Count > MostNamed ? Markup.None : Markup.Of($"<title>{l.Item.Label}, {Labels[v.Index]}: {Write(value)}</title>"))}</circle>")));
        return Frame(id, top + plot + 28, Markup.Of($"{grid}<svg y=\"{top}\" width=\"100%\" height=\"{plot}\" viewBox=\"0 0 100 {plot}\" preserveAspectRatio=\"none\">{lines}</svg>{dots}{ticks}"));

        double X(int i) => Labels.Count < 2 ? 50 : 14.0 + 82.0 * i / (Labels.Count - 1);

        double Y(double value) => top + plot - plot * (value - low) / (high - low);

        string Path(IReadOnlyList<double?> values)
        {
            var path = "";
            var down = false;
            for (var i = 0; i < values.Count; i++)
            {
                if (values[i] is { } v) path += string.Create(CultureInfo.InvariantCulture, $"{(down ? "L" : "M")}{X(i):0.##} {Y(v) - top:0.##}");
                down = values[i] is not null;
            }
            return path;
        }
    }

    /// <summary>Round limits and a round step for about four grid lines.</summary>
    internal static (double Low, double High, double Step) Nice(double min, double max)
    {
        if (max <= min) max = min + 1;
        var raw = (max - min) / 4;
        var power = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = new[] { 1.0, 2, 2.5, 5, 10 }.First(m => m * power >= raw * 0.999) * power;
        return (Math.Floor(min / step) * step, Math.Ceiling(max / step) * step, step);
    }
}

/// <summary>How many values fall into each range.</summary>
public sealed record Histogram(string Title, string Description, IReadOnlyList<double> Values, int Bins = 10) : Chart(Title, Description)
{
    public Func<double, string> Write { get; init; } = v => Format.Number(v, 0);

    public override Twin Table => new([Words.Say("chart.range"), Words.Say("chart.count")],
        [.. Counts().Select(b => (IReadOnlyList<Cell>)[new($"{Write(b.From)} – {Write(b.To)}"), new(Format.Number(b.Count), Number: true)])]);

    public override Markup Svg(string id)
    {
        const int top = 22, plot = 140;
        var bins = Counts();
        var most = bins.Max(b => b.Count);
        var wide = 100.0 / bins.Count;
        var bars = Markup.Join(bins.Index(), b =>
        {
            var tall = most == 0 ? 0 : plot * (double)b.Item.Count / most;
            return Markup.Of($"<rect class=\"t-bar\" stroke=\"#fff\" stroke-width=\"2\" x=\"{b.Index * wide}%\" y=\"{top + plot - tall}\" width=\"{wide}%\" height=\"{tall}\"/>{(b.Item.Count == 0 ? Markup.None : Markup.Of($"<text class=\"m\" x=\"{(b.Index + 0.5) * wide}%\" y=\"{top + plot - tall - 5}\">{Format.Number(b.Item.Count)}</text>"))}");
        });
        var every = Math.Max(1, (bins.Count + 3) / 4);
        var ticks = Markup.Join(bins.Index().Where(b => b.Index % every == 0), b => Markup.Of($"<text class=\"q\" x=\"{b.Index * wide}%\" y=\"{top + plot + 20}\">{Write(b.Item.From)}</text>"));
        return Frame(id, top + plot + 28, Markup.Of($"{bars}<line class=\"axis\" x1=\"0\" x2=\"100%\" y1=\"{top + plot}\" y2=\"{top + plot}\"/>{ticks}<text class=\"q e\" x=\"100%\" y=\"{top + plot + 20}\">{Write(bins[^1].To)}</text>"));
    }

    private List<(double From, double To, int Count)> Counts()
    {
        var min = Values.DefaultIfEmpty().Min();
        var max = Values.DefaultIfEmpty().Max();
        var width = max > min ? (max - min) / Bins : 1;
        var counts = new int[Bins];
        foreach (var v in Values) counts[Math.Min(Bins - 1, (int)((v - min) / width))]++;
        return [.. counts.Select((c, i) => (min + i * width, min + (i + 1) * width, c))];
    }
}

/// <summary>Where one stands among all: every other is a thin mark.</summary>
public sealed record StripPlot(string Title, string Description, IReadOnlyList<double> Values, double? Here, string HereText) : Chart(Title, Description)
{
    public Func<double, string> Write { get; init; } = v => Format.Number(v, 0);

    public override Twin Table
    {
        get
        {
            var sorted = Values.Order().ToList();
            Cell At(double share) => new(sorted.Count == 0 ? "–" : Write(sorted[(int)Math.Round(share * (sorted.Count - 1))]), Number: true);
            return new(["", Words.Say("chart.value")],
                [[new("0 %"), At(0)], [new("25 %"), At(0.25)], [new("50 %"), At(0.5)], [new("75 %"), At(0.75)], [new("100 %"), At(1)], [new(HereText), new(Here is { } h ? Write(h) : Words.Say("chart.none"), Number: true)]]);
        }
    }

    public override Markup Svg(string id)
    {
        var min = Values.DefaultIfEmpty().Min();
        var max = Values.DefaultIfEmpty().Max();
        double X(double v) => max > min ? 2 + 96 * (v - min) / (max - min) : 50;
        var marks = Markup.Join(Values, v => Markup.Of($"<line x1=\"{X(v)}%\" x2=\"{X(v)}%\" y1=\"28\" y2=\"50\"/>"));
        var here = Here is not { } h ? Markup.None
            : Markup.Of($"<svg x=\"{X(h)}%\" y=\"22\" overflow=\"visible\"><path class=\"c2\" stroke=\"#1c2430\" stroke-width=\"2\" d=\"M0 0l8 17-8 17-8-17z\"/></svg>{BarChart.Under(HereText, X(h), 14)}");
        return Frame(id, 76, Markup.Of($"<line class=\"axis\" x1=\"2%\" x2=\"98%\" y1=\"39\" y2=\"39\"/><g stroke=\"#1f3a6e\" stroke-opacity=\".35\" stroke-width=\"2\">{marks}</g>{here}<text class=\"q\" y=\"72\">{Write(min)}</text><text class=\"q e\" x=\"100%\" y=\"72\">{Write(max)}</text>"));
    }
}

/// <summary>One stretch of a calendar, both days included.</summary>
public sealed record Stage(string Label, DateOnly From, DateOnly To, Tone? Tone = null, string? Href = null);

/// <summary>The calendar of a call or of a programme.</summary>
public sealed record Timeline(string Title, string Description, IReadOnlyList<Stage> Stages, DateOnly? Today = null) : Chart(Title, Description)
{
    public override Twin Table => new([Words.Say("chart.stage"), Words.Say("chart.from"), Words.Say("chart.to")],
        [.. Stages.Select(s => (IReadOnlyList<Cell>)[new(s.Label, s.Href), new(Format.DayShort(s.From)), new(Format.DayShort(s.To))])]);

    public override Markup Svg(string id)
    {
        if (Stages.Count == 0) return Frame(id, 1, Markup.None);
        const int row = 42, head = 22;
        var first = Stages.Min(s => s.From);
        var last = Stages.Max(s => s.To);
        var days = last.DayNumber - first.DayNumber + 1;
        double X(DateOnly day) => 100.0 * (day.DayNumber - first.DayNumber) / days;
        var bottom = head + Stages.Count * row;
        var months = new List<DateOnly>();
        for (var m = new DateOnly(first.Year, first.Month, 1).AddMonths(1); m <= last; m = m.AddMonths(1)) months.Add(m);
        var every = Math.Max(1, (months.Count + 3) / 4);
        var grid = Markup.Join(months.Where((_, i) => i % every == 0), m => Markup.Of($"<line class=\"axis\" x1=\"{X(m)}%\" x2=\"{X(m)}%\" y1=\"{head}\" y2=\"{bottom + 4}\"/>{(X(m) > 88 ? Markup.None : Markup.Of($"<text class=\"q\" x=\"{X(m)}%\" y=\"{bottom + 20}\">{Format.Month(m)}</text>"))}"));
        var bars = Markup.Join(Stages.Index(), s =>
        {
            var y = head + s.Index * row;
            var shape = s.Item.Tone is { } tone ? tone.Shape() + " " : "";
            var when = s.Item.From == s.Item.To ? Format.DayShort(s.Item.From) : $"{DayOnly(s.Item.From, s.Item.To)} – {Format.DayShort(s.Item.To)}";
            return Linked(s.Item.Href, Markup.Of($"{Name(shape + s.Item.Label, y + 16, 27)}<text class=\"e q\" x=\"100%\" y=\"{y + 16}\">{when}</text><rect class=\"track\" y=\"{y + 23}\" width=\"100%\" height=\"10\"/><rect class=\"{ToneCss(s.Item.Tone)}\" x=\"{X(s.Item.From)}%\" y=\"{y + 23}\" width=\"{Math.Max(0.8, 100.0 * (s.Item.To.DayNumber - s.Item.From.DayNumber + 1) / days)}%\" height=\"10\"/>"));
        });
        var today = Today is { } now && now >= first && now <= last
            ? Markup.Of($"{BarChart.Ticks("today", X(now), Enumerable.Range(0, Stages.Count).Select(i => head + i * row))}{BarChart.Under($"{Words.Say("chart.today")}, {Format.DayShort(now)}", X(now), 14)}")
            : Markup.None;
        return Frame(id, bottom + 26, Markup.Of($"{grid}{bars}{today}"), Stages.Any(s => s.Href is not null));
    }

    private static string DayOnly(DateOnly from, DateOnly to)
    {
        var text = Format.DayShort(from);
        return from.Year == to.Year ? text[..text.LastIndexOf(' ')] : text;
    }
}
