using System.Globalization;
using Minka.Web.Components;

namespace Minka.Web.Charts;

/// <summary>A project: a short code for the picture, its name, and the axis it serves (an index into the names of the axes).</summary>
public sealed record Node(string Code, string Name, int Group = 0, double Size = 1, string? Href = null);

/// <summary>What joins two projects.</summary>
public sealed record Tie(string A, string B, string Why, int Weight = 1);

/// <summary>Projects around a circle with their links; those without any stand apart, because that is the message.</summary>
public sealed record LinkNetwork(string Title, string Description, IReadOnlyList<Node> Nodes, IReadOnlyList<Tie> Ties) : Chart(Title, Description)
{
    public IReadOnlyList<string> Groups { get; init; } = [];

    public override Twin Table
    {
        get
        {
            var names = Nodes.ToDictionary(n => n.Code, StringComparer.Ordinal);
            return new([Words.Say("chart.places"), Words.Say("chart.with"), Words.Say("chart.link")],
            [
                .. Ties.Select(t => (IReadOnlyList<Cell>)[new(Full(names[t.A]), names[t.A].Href), new(Full(names[t.B]), names[t.B].Href), new(t.Why)]),
                .. Alone.Select(n => (IReadOnlyList<Cell>)[new(Full(n), n.Href), new("–"), new(Words.Say("chart.alone"))]),
            ]);
        }
    }

    public override Markup Legend
    {
        get
        {
            var groups = Groups.Select((g, i) => ($"c{i % 9 + 1}", g)).ToList();
            if (Alone.Count > 0) groups.Add(("t-plan", Words.Say("chart.alone")));
            var names = Markup.Join(Nodes, n => Markup.Of($"<li><b>{n.Code}</b> {n.Name}</li>"));
            return Markup.Of($"{(groups.Count == 0 ? Markup.None : Swatches(groups))}<ul class=\"legend\">{names}</ul>");
        }
    }

    private List<Node> Alone => [.. Nodes.Where(n => !Ties.Any(t => t.A == n.Code || t.B == n.Code))];

    public override Markup Svg(string id)
    {
        var alone = Alone;
        var tied = Nodes.Except(alone).OrderBy(n => n.Group).ToList();
        var most = Math.Max(1, Nodes.Select(n => n.Size).DefaultIfEmpty().Max());
        const double middle = 210, ring = 165;
        var at = new Dictionary<string, (double X, double Y)>(StringComparer.Ordinal);
        for (var i = 0; i < tied.Count; i++)
        {
            var angle = 2 * Math.PI * i / tied.Count - Math.PI / 2;
            var far = tied.Count == 1 ? 0 : ring;
            at[tied[i].Code] = (middle + far * Math.Cos(angle), middle + far * Math.Sin(angle));
        }
        var floor = tied.Count == 0 ? 10 : tied.Count == 2 ? 410 : 420;
        var perRow = 6;
        for (var i = 0; i < alone.Count; i++) at[alone[i].Code] = (45 + i % perRow * 66, floor + 40 + i / perRow * 66);
        var height = alone.Count == 0 ? 420 : floor + 15 + (alone.Count + perRow - 1) / perRow * 66;
        var ties = Markup.Join(Ties, t =>
        {
            var (a, b) = (at[t.A], at[t.B]);
            var (cx, cy) = ((a.X + b.X) / 4 + middle / 2, (a.Y + b.Y) / 4 + middle / 2);
            return Markup.Of($"<path class=\"tie\" fill=\"none\" stroke-width=\"{1.5 + t.Weight}\" d=\"M{a.X} {a.Y}Q{cx} {cy} {b.X} {b.Y}\"><title>{t.A} – {t.B}: {t.Why}</title></path>");
        });
        var nodes = Markup.Join(Nodes, n =>
        {
            var (x, y) = at[n.Code];
            var single = alone.Contains(n);
            var radius = 18 + 12 * Math.Sqrt(Math.Max(0, n.Size) / most);
            var light = single || n.Group % 9 is 1 or 4 or 8;
            return Linked(n.Href, Markup.Of($"<circle class=\"node {(single ? "alone" : $"c{n.Group % 9 + 1}")}\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"><title>{Full(n)}</title></circle><text class=\"m b{(light ? "" : " on")}\" x=\"{x}\" y=\"{y + 5}\">{n.Code}</text>"));
        });
        return Frame(id, 0, Markup.Of($"{ties}{nodes}"), Nodes.Any(n => n.Href is not null), string.Create(CultureInfo.InvariantCulture, $"0 0 420 {height}"), "net");
    }

    private static string Full(Node node) => $"{node.Code} {node.Name}";
}
