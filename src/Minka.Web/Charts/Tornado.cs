using Minka.Web.Components;

namespace Minka.Web.Charts;

/// <summary>What a value becomes at both ends of one doubt, in soles, and where it would be zero.</summary>
public sealed record Doubt(string Name, double AtLow, double AtHigh, string Switch);

/// <summary>Doubts by how much they move a value, the greatest on top; left and right of the expected value.</summary>
public sealed record Tornado(string Title, string Description, double Expected, IReadOnlyList<Doubt> Doubts) : Chart(Title, Description)
{
    public override Twin Table => new([Words.Say("chart.doubt"), Words.Say("chart.at-low"), Words.Say("chart.at-high"), Words.Say("chart.switch")],
        [.. Doubts.Select(d => (IReadOnlyList<Cell>)[new(d.Name), new(Write(d.AtLow), Number: true), new(Write(d.AtHigh), Number: true), new(d.Switch, Number: true)])]);

    public override Markup Legend => Swatches([("c1", Words.Say("chart.at-low")), ("c2", Words.Say("chart.at-high"))]);

    static string Write(double soles) => Format.Number(Math.Round(soles), 0);

    public override Markup Svg(string id)
    {
        const int row = 42, head = 22;
        var all = Doubts.SelectMany(d => new[] { d.AtLow, d.AtHigh }).Append(Expected).Append(0).ToList();
        var (low, high) = (all.Min(), all.Max());
        double X(double v) => high > low ? 2 + 96 * (v - low) / (high - low) : 50;
        var bars = Markup.Join(Doubts.Index(), d =>
        {
            var y = head + d.Index * row;
            return Markup.Of($"{Name(d.Item.Name, y + 14, 34)}{Half("c1", d.Item.AtLow)}{Half("c2", d.Item.AtHigh)}");

            Markup Half(string css, double to) => Markup.Of($"<rect class=\"{css}\" x=\"{Math.Min(X(Expected), X(to))}%\" y=\"{y + 20}\" width=\"{Math.Abs(X(to) - X(Expected))}%\" height=\"12\"/>");
        });
        var rows = Enumerable.Range(0, Doubts.Count).Select(i => head + i * row).ToList();
        return Frame(id, head + Doubts.Count * row + 4, Markup.Of($"{bars}{BarChart.Ticks("today", X(Expected), rows)}{BarChart.Ticks("limit", X(0), rows)}{BarChart.Under(Words.Say("chart.expected", Write(Expected)), X(Expected), 13)}"));
    }
}
