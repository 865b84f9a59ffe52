using System.Globalization;
using Minka.Web.Components;

namespace Minka.Web.Charts;

/// <summary>A thing at two measures.</summary>
public sealed record Dot(string Label, double X, double Y, string XText, string YText, Tone? Tone = null);

/// <summary>Things by two measures, with the lines that divide the field in four.</summary>
public sealed record ScatterChart(string Title, string Description, string XName, string YName, IReadOnlyList<Dot> Dots, double XLine, double YLine) : Chart(Title, Description)
{
    public override Twin Table => new([Words.Say("chart.places"), XName, YName],
        [.. Dots.Select(d => (IReadOnlyList<Cell>)[new(d.Label), new(d.XText, Number: true), new(d.YText, Number: true)])]);

    public override Markup Svg(string id)
    {
        const int top = 26, tall = 260;
        var (left, right) = (Math.Min(0, Dots.Select(d => d.X).DefaultIfEmpty().Min()), Math.Max(XLine * 1.2, Dots.Select(d => d.X).DefaultIfEmpty().Max()));
        var (low, high) = (Math.Min(YLine, Dots.Select(d => d.Y).DefaultIfEmpty().Min()), Math.Max(YLine, Dots.Select(d => d.Y).DefaultIfEmpty().Max()));
        if (high <= low) high = low + 1;
        var marks = Markup.Join(Dots, d => Markup.Of($"<svg x=\"{P(X(d.X))}%\" y=\"{P(Y(d.Y))}\" overflow=\"visible\"><circle class=\"{ToneCss(d.Tone)}\" r=\"6\" stroke=\"#fff\"><title>{d.Label}: {d.XText}; {d.YText}</title></circle><text class=\"q{(X(d.X) > 65 ? " e" : "")}\" x=\"{(X(d.X) > 65 ? -10 : 10)}\" y=\"5\">{Cut(d.Label, 18)}</text></svg>"));
        return Frame(id, top + tall + 34, Markup.Of($"<text class=\"q\" y=\"14\">↑ {YName}</text><line class=\"axis\" x1=\"0\" x2=\"100%\" y1=\"{P(Y(YLine))}\" y2=\"{P(Y(YLine))}\"/><line class=\"limit\" x1=\"{P(X(XLine))}%\" x2=\"{P(X(XLine))}%\" y1=\"{top}\" y2=\"{top + tall}\"/>{marks}<text class=\"q e\" x=\"100%\" y=\"{top + tall + 26}\">{XName} →</text>"));

        double X(double v) => 3 + 94 * (v - left) / (right - left);

        double Y(double v) => top + 12 + (tall - 24) * (1 - (v - low) / (high - low));

        static string P(double v) => v.ToString("0.##", CultureInfo.InvariantCulture);
    }
}
