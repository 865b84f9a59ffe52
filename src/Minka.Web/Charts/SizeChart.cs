using Minka.Measures.Dispersion;
using Minka.Web.Components;

namespace Minka.Web.Charts;

/// <summary>Sizes of projects on a scale of powers of ten: the share of the projects beside the share of the money, and lines that mean something.</summary>
public sealed record SizeChart(string Title, string Description, IReadOnlyList<LogBin> Bins, IReadOnlyList<Mark> Lines) : Chart(Title, Description)
{
    /// <summary>Words for the two kinds of column.</summary>
    public required (string Projects, string Money) Parts { get; init; }

    public required string Range { get; init; }

    static string Soles(double soles) => Format.MoneyShort((long)Math.Round(soles * 100));

    public override Twin Table
    {
        get
        {
            var (count, money) = Totals();
            return new([Range, Words.Say("chart.count"), Parts.Projects, Words.Say("chart.money"), Parts.Money],
                [.. Bins.Select(b => (IReadOnlyList<Cell>)[new($"{Soles(b.From)} – {Soles(b.To)}"), new(Format.Number(b.Count), Number: true), new(Percent(b.Count, count), Number: true), new(Format.Number(b.Amount, 0), Number: true), new(Percent((double)b.Amount, (double)money), Number: true)])]);
        }
    }

    public override Markup Legend => Markup.Of($"{Swatches([("c1", Parts.Projects), ("c2", Parts.Money)])}{(Lines.Count == 0 ? Markup.None : Markup.Of($"<ul class=\"legend\">{Markup.Join(Lines.Index(), l => Markup.Of($"<li><b>{Letter(l.Index)}</b> {l.Item.Text}</li>"))}</ul>"))}");

    public override Markup Svg(string id)
    {
        if (Bins.Count == 0) return Frame(id, 1, Markup.None);
        const int top = 26, plot = 170;
        var (count, money) = Totals();
        var (low, high) = (Math.Log10(Bins[0].From), Math.Log10(Bins[^1].To));
        var wide = 100.0 / Bins.Count;
        var most = Math.Max(Bins.Max(b => (double)b.Count / Math.Max(1, count)), money == 0 ? 0 : Bins.Max(b => (double)(b.Amount / money)));
        var columns = Markup.Join(Bins.Index(), b =>
        {
            var (n, m) = (plot * b.Item.Count / Math.Max(1.0, count) / most, money == 0 ? 0 : plot * (double)(b.Item.Amount / money) / most);
            var name = $"{Soles(b.Item.From)} – {Soles(b.Item.To)}";
            return Markup.Of($"<rect class=\"c1\" x=\"{(b.Index + 0.08) * wide}%\" y=\"{top + plot - n}\" width=\"{0.42 * wide}%\" height=\"{n}\"><title>{name}: {Percent(b.Item.Count, count)}</title></rect><rect class=\"c2\" x=\"{(b.Index + 0.5) * wide}%\" y=\"{top + plot - m}\" width=\"{0.42 * wide}%\" height=\"{m}\"><title>{name}: {Percent((double)b.Item.Amount, (double)money)}</title></rect>");
        });
        var every = high - low > 4 ? 2 : 1;
        var ticks = Markup.Join(Enumerable.Range((int)Math.Ceiling(low - 1e-9), Math.Max(0, (int)Math.Floor(high + 1e-9) - (int)Math.Ceiling(low - 1e-9) + 1)).Where(d => d % every == 0),
            d => Markup.Of($"<line class=\"axis\" x1=\"{X(d)}%\" x2=\"{X(d)}%\" y1=\"{top + plot}\" y2=\"{top + plot + 6}\"/><text class=\"q{(X(d) > 90 ? " e" : X(d) < 8 ? "" : " m")}\" x=\"{X(d)}%\" y=\"{top + plot + 22}\">{Soles(Math.Pow(10, d))}</text>"));
        var lines = Markup.Join(Lines.Index().Where(l => l.Item.Value > 0 && Math.Log10(l.Item.Value) is var at && at > low && at < high), l =>
        {
            var x = X(Math.Log10(l.Item.Value));
            return Markup.Of($"<line class=\"limit\" x1=\"{x}%\" x2=\"{x}%\" y1=\"{top - 6}\" y2=\"{top + plot}\"/><text class=\"m b\" x=\"{x}%\" y=\"{top - 10}\">{Letter(l.Index)}</text>");
        });
        return Frame(id, top + plot + 30, Markup.Of($"{columns}<line class=\"axis\" x1=\"0\" x2=\"100%\" y1=\"{top + plot}\" y2=\"{top + plot}\"/>{ticks}{lines}"));

        double X(double log) => 100 * (log - low) / (high - low);
    }

    (int Count, decimal Money) Totals() => (Bins.Sum(b => b.Count), Bins.Sum(b => b.Amount));

    static string Percent(double part, double whole) => whole <= 0 ? "–" : $"{Format.Number(100 * part / whole, 1)}\u202F%";

    static string Letter(int index) => ((char)('A' + index)).ToString();
}

/// <summary>Which share of the money the smallest projects hold, against equal sizes.</summary>
public sealed record LorenzChart(string Title, string Description, IReadOnlyList<LorenzPoint> Points) : Chart(Title, Description)
{
    public required (string Projects, string Money) Axes { get; init; }

    public override Twin Table
    {
        get
        {
            // About ten steps tell a curve.
            var every = Math.Max(1, (Points.Count - 1) / 10);
            return new([Axes.Projects, Axes.Money], [.. Points.Where((_, i) => i % every == 0 || i == Points.Count - 1).Select(p => (IReadOnlyList<Cell>)[new(Percent(p.Projects)), new(Percent(p.Money), Number: true)])]);
        }
    }

    public override Markup Svg(string id)
    {
        const int top = 22, plot = 220;
        var curve = string.Concat(Points.Select((p, i) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(i == 0 ? "M" : "L")}{100 * p.Projects:0.##} {plot * (1 - p.Money):0.##}")));
        var grid = Markup.Join(Enumerable.Range(0, 5), i => Markup.Of($"<line class=\"axis\" x1=\"0\" x2=\"100%\" y1=\"{top + (plot * i / 4)}\" y2=\"{top + (plot * i / 4)}\"/>"));
        return Frame(id, top + plot + 30, Markup.Of($"{grid}<text class=\"q\" y=\"{top - 6}\">{Axes.Money}: 100 %</text><svg y=\"{top}\" width=\"100%\" height=\"{plot}\" viewBox=\"0 0 100 {plot}\" preserveAspectRatio=\"none\"><path class=\"line l3\" vector-effect=\"non-scaling-stroke\" d=\"M0 {plot}L100 0\"/><path class=\"line l1\" vector-effect=\"non-scaling-stroke\" d=\"{curve}\"/></svg><text class=\"q\" y=\"{top + plot + 20}\">0</text><text class=\"q e\" x=\"100%\" y=\"{top + plot + 20}\">{Axes.Projects}: 100 %</text>"));
    }

    static string Percent(double share) => $"{Format.Number(100 * share, 1)}\u202F%";
}
