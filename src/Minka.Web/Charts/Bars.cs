using Minka.Web.Components;

namespace Minka.Web.Charts;

/// <summary>One horizontal bar; <paramref name="Text"/> is the value as people read it.</summary>
public sealed record Bar(string Label, double Value, string Text, string? Href = null, Tone? Tone = null);

/// <summary>A line that means something: an average, a threshold, a limit.</summary>
public sealed record Mark(string Text, double Value);

/// <summary>Horizontal bars, each under its name and its value.</summary>
public sealed record BarChart(string Title, string Description, IReadOnlyList<Bar> Bars) : Chart(Title, Description)
{
    public Mark? Reference { get; init; }

    /// <summary>The value of a full bar; by itself the greatest.</summary>
    public double? Full { get; init; }

    public override Twin Table => new([Words.Say("chart.places"), Words.Say("chart.value")],
        [.. Bars.Select(b => (IReadOnlyList<Cell>)[new(b.Label, b.Href), new(b.Text, Number: true)])]);

    public override Markup Svg(string id)
    {
        const int row = 42;
        var full = Full ?? Math.Max(Bars.Select(b => b.Value).DefaultIfEmpty().Max(), Reference?.Value ?? 0);
        var height = Bars.Count * row + (Reference is null ? 0 : 24);
        var bars = Markup.Join(Bars.Index(), b =>
        {
            var y = b.Index * row;
            var shape = b.Item.Tone is { } tone ? tone.Shape() + " " : "";
            return Linked(b.Item.Href, Markup.Of($"<text y=\"{y + 16}\">{shape}{Cut(b.Item.Label, 34)}</text><text class=\"e b\" x=\"100%\" y=\"{y + 16}\">{b.Item.Text}</text><rect class=\"track\" y=\"{y + 23}\" width=\"100%\" height=\"10\"/><rect class=\"{ToneCss(b.Item.Tone)}\" y=\"{y + 23}\" width=\"{Share(b.Item.Value, full)}%\" height=\"10\"/>"));
        });
        var line = Reference is { } mark ? Markup.Of($"{Ticks("limit", Share(mark.Value, full), Enumerable.Range(0, Bars.Count).Select(i => i * row))}{Under(mark.Text, Share(mark.Value, full), Bars.Count * row + 16)}") : Markup.None;
        return Frame(id, height, Markup.Of($"{bars}{line}"), Bars.Any(b => b.Href is not null));
    }

    /// <summary>A line across every bar, but not across its words.</summary>
    internal static Markup Ticks(string css, double percent, IEnumerable<int> rows) =>
        Markup.Join(rows, y => Markup.Of($"<line class=\"{css}\" x1=\"{percent}%\" x2=\"{percent}%\" y1=\"{y + 20}\" y2=\"{y + 36}\"/>"));

    /// <summary>Words beside a line, anchored so that they stay inside the picture.</summary>
    internal static Markup Under(string text, double percent, int y) =>
        Markup.Of($"<text class=\"q{(percent > 60 ? " e" : percent < 25 ? "" : " m")}\" x=\"{percent}%\" y=\"{y}\">{text}</text>");
}

/// <summary>One bar of several parts, in the order of the chart's names.</summary>
public sealed record StackedBar(string Label, IReadOnlyList<double> Values, string Text, string? Href = null);

/// <summary>Bars of parts; with <see cref="Shares"/> each bar is its own whole.</summary>
public sealed record StackedBars(string Title, string Description, IReadOnlyList<string> Parts, IReadOnlyList<StackedBar> Bars) : Chart(Title, Description)
{
    public bool Shares { get; init; }

    /// <summary>How a part's value is written in the table.</summary>
    public Func<double, string> Write { get; init; } = v => Format.Number(v, 0);

    public override Twin Table => new([Words.Say("chart.places"), .. Parts, Words.Say("funding.total")],
        [.. Bars.Select(b => (IReadOnlyList<Cell>)[new(b.Label, b.Href), .. b.Values.Select(v => new Cell(Write(v), Number: true)), new(b.Text, Number: true)])]);

    public override Markup Legend => Swatches(Parts.Select((p, i) => ($"c{i % 9 + 1}", p)));

    public override Markup Svg(string id)
    {
        const int row = 50;
        var full = Bars.Select(b => b.Values.Sum()).DefaultIfEmpty().Max();
        var bars = Markup.Join(Bars.Index(), b =>
        {
            var y = b.Index * row;
            var at = 0.0;
            var whole = Shares ? b.Item.Values.Sum() : full;
            var parts = Markup.Join(b.Item.Values.Index(), v =>
            {
                var wide = Share(v.Item, whole);
                var rect = wide <= 0 ? Markup.None : Markup.Of($"<rect class=\"c{v.Index % 9 + 1}\" x=\"{at}%\" y=\"{y + 23}\" width=\"{wide}%\" height=\"18\" stroke=\"#fff\"><title>{Parts[v.Index]}: {Write(v.Item)}</title></rect>");
                at += wide;
                return rect;
            });
            return Linked(b.Item.Href, Markup.Of($"<text y=\"{y + 16}\">{Cut(b.Item.Label, 34)}</text><text class=\"e b\" x=\"100%\" y=\"{y + 16}\">{b.Item.Text}</text>{parts}"));
        });
        return Frame(id, Bars.Count * row, bars, Bars.Any(b => b.Href is not null));
    }
}

/// <summary>One part of a whole, in basis points.</summary>
public sealed record Part(string Label, long Points, string Text);

/// <summary>What a whole is made of, with the limit that the first part must respect.</summary>
public sealed record CompositionGauge(string Title, string Description, IReadOnlyList<Part> Parts, Mark? Limit = null, Tone? Tone = null) : Chart(Title, Description)
{
    public override Twin Table => new([Words.Say("chart.places"), Words.Say("chart.share")],
        [.. Parts.Select(p => (IReadOnlyList<Cell>)[new(p.Label), new(p.Text, Number: true)])]);

    public override Markup Legend => Swatches(Parts.Select((p, i) => ($"c{i % 9 + 1}", $"{p.Label} {p.Text}")));

    public override Markup Svg(string id)
    {
        var whole = Math.Max(10_000, Parts.Sum(p => p.Points));
        var at = 0.0;
        var parts = Markup.Join(Parts.Index(), p =>
        {
            var wide = Share(p.Item.Points, whole);
            var rect = wide <= 0 ? Markup.None : Markup.Of($"<rect class=\"c{p.Index % 9 + 1}\" x=\"{at}%\" y=\"24\" width=\"{wide}%\" height=\"26\" stroke=\"#fff\"><title>{p.Item.Label} {p.Item.Text}</title></rect>");
            at += wide;
            return rect;
        });
        var line = Limit is { } limit
            ? Markup.Of($"<line class=\"today\" x1=\"{Share(limit.Value, whole)}%\" x2=\"{Share(limit.Value, whole)}%\" y1=\"18\" y2=\"58\"/>{BarChart.Under($"{(Tone is { } t ? t.Shape() + " " : "")}{limit.Text}", Share(limit.Value, whole), 13)}")
            : Markup.None;
        return Frame(id, 62, Markup.Of($"<rect class=\"track\" y=\"24\" width=\"100%\" height=\"26\"/>{parts}{line}"));
    }
}

/// <summary>Who is here against who is needed: one cell for each member while they can be counted by eye.</summary>
public sealed record QuorumMeter(int Present, int Needed, int Total)
    : Chart(Words.Say("quorum"), Words.Say("quorum.text", Format.Number(Present), Format.Number(Needed), Format.Number(Total)))
{
    public bool Reached => Present >= Needed;

    public override Twin Table => new([Words.Say("quorum"), Words.Say("chart.value")],
    [
        [new(Words.Say("quorum.present")), new(Format.Number(Present), Number: true)],
        [new(Words.Say("quorum.needed")), new(Format.Number(Needed), Number: true)],
        [new(Words.Say("quorum.total")), new(Format.Number(Total), Number: true)],
    ]);

    public override Markup Svg(string id)
    {
        var css = Reached ? "t-met" : "t-soon";
        var cells = Total is > 0 and <= 48
            ? Markup.Join(Enumerable.Range(0, Total), i => Markup.Of($"<rect class=\"{(i < Present ? css : "track")}\" x=\"{100.0 * i / Total}%\" y=\"24\" width=\"{100.0 / Total}%\" height=\"22\" stroke=\"#fff\" stroke-width=\"2\"/>"))
            : Markup.Of($"<rect class=\"track\" y=\"24\" width=\"100%\" height=\"22\"/><rect class=\"{css}\" y=\"24\" width=\"{Share(Present, Total)}%\" height=\"22\"/>");
        var at = Share(Needed, Total);
        return Frame(id, 56, Markup.Of($"{cells}<line class=\"today\" x1=\"{at}%\" x2=\"{at}%\" y1=\"19\" y2=\"52\"/>{BarChart.Under($"{(Reached ? Tone.Met : Tone.Attention).Shape()} {Words.Say("quorum.needed")}: {Format.Number(Needed)}", at, 14)}"));
    }
}

/// <summary>One application in the order of the ranking.</summary>
public sealed record Ranked(string Position, string Name, double Score, string ScoreText, long Amount, Tone Tone, string Outcome, string? Href = null);

/// <summary>The ranking with the place where the money ended.</summary>
public sealed record CutoffBars(string Title, string Description, long Fund, IReadOnlyList<Ranked> Items) : Chart(Title, Description)
{
    public double FullScore { get; init; } = 100;

    /// <summary>What the fund is made of, in words; null says its amount alone.</summary>
    public string? FundText { get; init; }

    /// <summary>The score below which nobody is funded.</summary>
    public Mark? Threshold { get; init; }

    public override Twin Table
    {
        get
        {
            var sum = 0L;
            return new(["N.º", Words.Say("chart.places"), Words.Say("chart.value"), "S/", Words.Say("chart.cumulative"), Words.Say("chart.result")],
            [
                .. Items.Select(i =>
                {
                    if (i.Tone == Tone.Met) sum += i.Amount;
                    return (IReadOnlyList<Cell>)[new(i.Position), new(i.Name, i.Href), new(i.ScoreText, Number: true), new(Format.Plain(i.Amount), Number: true), new(i.Tone == Tone.Met ? Format.Plain(sum) : "", Number: true), new($"{i.Tone.Shape()} {i.Outcome}")];
                }),
            ]);
        }
    }

    public override Markup Legend => Swatches(Items.Select(i => (Css: ToneCss(i.Tone), Text: $"{i.Tone.Shape()} {i.Outcome.TrimEnd('0', '1', '2', '3', '4', '5', '6', '7', '8', '9', ' ')}")).Distinct());

    public override Markup Svg(string id)
    {
        const int row = 46;
        var granted = Items.Where(i => i.Tone == Tone.Met).Sum(i => i.Amount);
        var last = Items.Index().Where(i => i.Item.Tone == Tone.Met).Select(i => i.Index).DefaultIfEmpty(-1).Max();
        const int head = 78;
        var fund = Markup.Of($"<text class=\"b\" y=\"16\">{FundText ?? $"{Words.Say("chart.fund")} {Format.MoneyShort(Fund)}"}</text><text class=\"q\" y=\"56\">{Words.Say("chart.granted")} {Format.MoneyShort(granted)} · {Format.Number(Share(granted, Fund), 0)} %</text><rect class=\"track\" y=\"24\" width=\"100%\" height=\"14\"/>{FundParts()}");
        var bars = Markup.Join(Items.Index(), i =>
        {
            var y = Top(i.Index);
            return Linked(i.Item.Href, Markup.Of($"{Name($"{i.Item.Tone.Shape()} {i.Item.Position} · {i.Item.Name}", y + 16, 33)}<text class=\"e b\" x=\"100%\" y=\"{y + 16}\">{i.Item.ScoreText}</text><rect class=\"track\" y=\"{y + 23}\" width=\"100%\" height=\"10\"/><rect class=\"{ToneCss(i.Item.Tone)}\" y=\"{y + 23}\" width=\"{Share(i.Item.Score, FullScore)}%\" height=\"10\"><title>{i.Item.Outcome}, {Format.MoneyShort(i.Item.Amount)}</title></rect>"));
        });
        int Top(int i) => head + i * row + (i > last && last >= 0 ? 20 : 0);
        var cutY = head + (last + 1) * row + 6;
        var cut = last < 0 || last == Items.Count - 1 ? Markup.None
            : Markup.Of($"<line class=\"limit\" x1=\"0\" x2=\"100%\" y1=\"{cutY}\" y2=\"{cutY}\"/><rect x=\"0\" y=\"{cutY - 10}\" width=\"56\" height=\"20\" fill=\"#fff\"/><text class=\"b\" y=\"{cutY + 5}\">{Words.Say("chart.cut")}</text>");
        var bottom = head + Items.Count * row + 20;
        var threshold = Threshold is { } t
            ? Markup.Of($"{BarChart.Ticks("today", Share(t.Value, FullScore), Enumerable.Range(0, Items.Count).Select(Top))}{BarChart.Under(t.Text, Share(t.Value, FullScore), bottom + 16)}")
            : Markup.None;
        return Frame(id, bottom + (Threshold is null ? 0 : 24), Markup.Of($"{fund}{bars}{threshold}{cut}"), Items.Any(i => i.Href is not null));
    }

    // What is granted may exceed the fund shown here, a league's own, by money from a common pool: the bar then ends where the
    // grants end, and a line says where the fund does.
    private Markup FundParts()
    {
        var granted = Items.Where(i => i.Tone == Tone.Met).Sum(i => i.Amount);
        var at = 0.0;
        var parts = Markup.Join(Items.Where(i => i.Tone == Tone.Met), i =>
        {
            var wide = Share(i.Amount, Math.Max(Fund, granted));
            var rect = Markup.Of($"<rect class=\"t-met\" x=\"{at}%\" y=\"24\" width=\"{wide}%\" height=\"14\" stroke=\"#fff\"><title>{i.Name}: {Format.MoneyShort(i.Amount)}</title></rect>");
            at += wide;
            return rect;
        });
        return granted <= Fund ? parts : Markup.Of($"{parts}<line class=\"limit\" x1=\"{Share(Fund, granted)}%\" x2=\"{Share(Fund, granted)}%\" y1=\"20\" y2=\"42\"/>");
    }
}
