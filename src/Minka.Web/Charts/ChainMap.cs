using Minka.Core.Planning.Chains;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Charts;

/// <summary>What stands at one link: who, what holds it back, what acts on it.</summary>
public sealed record ChainStage(string Name, IReadOnlyList<string> Actors, IReadOnlyList<string> Bottlenecks, IReadOnlyList<string> Projects);

/// <summary>The links of a value chain from the inputs to the market, one under the other as the product goes, so that the words keep their size on a phone.</summary>
public sealed record ChainMap(string Title, string Description, IReadOnlyList<ChainStage> Stages) : Chart(Title, Description)
{
    public required string ActorsName { get; init; }

    public required string BottlenecksName { get; init; }

    public required string ProjectsName { get; init; }

    public static ChainMap Of(ChainContent chain, T t)
    {
        var first = chain.Seasons[0];
        return new(t["chains.map", chain.Name], t["chains.map-text", first], [.. Enum.GetValues<ChainLink>().Select(link => new ChainStage(t.Of(link),
            // The volume first: a phone cuts the end of a long name.
            [.. chain.Actors.Where(a => a.Link == link).Select(a => a.VolumeIn(first).IsPositive ? $"{a.VolumeIn(first)} {chain.Unit} · {a.Name}" : a.Name)],
            [.. chain.Bottlenecks.Where(b => b.Link == link).Select(b => $"{b.Code} {b.Text}")],
            [.. ProjectsAt(chain, link)]))])
        {
            ActorsName = t["items.actors.title"],
            BottlenecksName = t["items.bottlenecks.title"],
            ProjectsName = t["planning.projects.title"],
        };
    }

    /// <summary>A project acts where the bottlenecks are that it relieves; else where its actor is.</summary>
    static IEnumerable<string> ProjectsAt(ChainContent chain, ChainLink link) => chain.Effects.Where(e =>
        {
            var relieved = chain.Bottlenecks.Where(b => e.Relieves.Contains(b.Code)).ToList();
            return relieved.Count > 0 ? relieved.Any(b => b.Link == link) : chain.Actors.Any(a => a.Code == e.Actor && a.Link == link);
        }).Select(e => e.Title).Distinct(StringComparer.OrdinalIgnoreCase);

    public override Twin Table => new([Words.Say("chart.stage"), ActorsName, BottlenecksName, ProjectsName],
        [.. Stages.Select(s => (IReadOnlyList<Cell>)[new(s.Name), new(Told(s.Actors)), new(Told(s.Bottlenecks)), new(Told(s.Projects))])]);

    public override Markup Legend => Markup.Of($"<p class=\"hint\">▲ {BottlenecksName} · ● {ProjectsName}</p>");

    public override Markup Svg(string id)
    {
        const int line = 26, head = 34, gap = 22;
        var y = 0;
        var stages = Markup.None;
        foreach (var (index, stage) in Stages.Index())
        {
            var words = Markup.None;
            var at = y + head + 18;
            foreach (var (css, text) in stage.Actors.Select(a => ("", a)).Concat(stage.Bottlenecks.Select(b => ("", "▲ " + b))).Concat(stage.Projects.Select(p => ("b", "● " + p))))
            {
                words = Markup.Of($"{words}<svg x=\"12\" y=\"{at - 16}\" overflow=\"visible\"{(css.Length > 0 ? Markup.Of($" class=\"{css}\"") : Markup.None)}><title>{text}</title>{Name(text, 16, 38, 78)}</svg>");
                at += line;
            }
            var tall = Math.Max(head, at - y - line + 18);
            var arrow = index == Stages.Count - 1 ? Markup.None : Markup.Of($"<svg x=\"50%\" y=\"{y + tall}\" overflow=\"visible\"><path class=\"c2\" d=\"M-8 4h16l-8 14z\"/></svg>");
            stages = Markup.Of($"{stages}<rect class=\"track\" y=\"{y}\" width=\"100%\" height=\"{tall}\"/><rect class=\"t-bar\" y=\"{y}\" width=\"100%\" height=\"{head - 8}\"/><text class=\"b on\" x=\"12\" y=\"{y + 18}\">{stage.Name}</text>{words}{arrow}");
            y += tall + gap;
        }
        return Frame(id, Math.Max(1, y - gap), stages);
    }

    static string Told(IReadOnlyList<string> words) => words.Count == 0 ? "–" : string.Join("; ", words);
}
