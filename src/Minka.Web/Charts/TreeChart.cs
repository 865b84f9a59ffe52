using Minka.Core.Planning.Writing;
using Minka.Web.Components;
using Minka.Web.Layout;

namespace Minka.Web.Charts;

/// <summary>One line of a tree.</summary>
/// <param name="Depth">From 0, the core.</param>
/// <param name="Tone">None: a plain node.</param>
public sealed record Branch(string Code, string Text, int Depth, bool Above, Tone? Tone = null);

/// <summary>A tree of problems or objectives, its effects above the core and its causes below, as indented lines: so that its words keep their size on a phone.</summary>
public sealed record TreeChart(string Title, string Description, IReadOnlyList<Branch> Branches) : Chart(Title, Description)
{
    public static TreeChart Of(ProblemTree tree, bool objectives, T t)
    {
        string Words(TreeNode node) => objectives ? node.Objective : node.Problem;
        List<Branch> branches =
        [
            .. tree.Effects.Select(l => new Branch(l.Node.Code, Words(l.Node), l.Depth, Above: true)),
            new(tree.Core!.Code, Words(tree.Core), 0, Above: false, objectives ? Components.Tone.Met : Components.Tone.Broken),
            .. tree.Causes.Select(l => new Branch(l.Node.Code, Words(l.Node), l.Depth, Above: false)),
        ];
        return new(t[objectives ? "writing.tree.objectives" : "writing.tree.problems"], t[objectives ? "writing.tree.objectives-text" : "writing.tree.problems-text"], branches);
    }

    public override Twin Table => new([Components.Words.Say("chart.places"), ""],
        [.. Branches.Select(b => (IReadOnlyList<Cell>)[new($"{new string('·', b.Depth)} {b.Code}".Trim()), new(b.Text)])]);

    public override Markup Svg(string id)
    {
        const int row = 34, step = 18;
        var core = Branches.Index().First(b => b.Item.Depth == 0).Index;
        var lines = Markup.Join(Branches.Index(), b =>
        {
            var (y, x) = (b.Index * row, b.Item.Depth * step);
            var joint = b.Item.Depth == 0 ? Markup.None : Joint(b.Index, core);
            var box = b.Item.Depth == 0
                ? Markup.Of($"<rect class=\"{ToneCss(b.Item.Tone)}\" y=\"{y + 2}\" width=\"6\" height=\"{row - 6}\"/>")
                : Markup.Of($"<circle class=\"t-bar\" cx=\"{x}\" cy=\"{y + 15}\" r=\"4\"/>");
            return Markup.Of($"{joint}{box}<svg x=\"{x + 12}\" y=\"{y}\" overflow=\"visible\"><title>{b.Item.Code} {b.Item.Text}</title>{Name($"{b.Item.Code} {b.Item.Text}", 20, 42 - 2 * b.Item.Depth, 60 - 2 * b.Item.Depth)}</svg>");
        });
        return Frame(id, Branches.Count * row, lines);

        // From the node to the one that it hangs on: the nearest line of less depth towards the core.
        Markup Joint(int at, int middle)
        {
            var towards = at < middle ? 1 : -1;
            var other = at + towards;
            var above = Branches[at].Above;
            // Effects are read downwards from their own parent, which stands before them, unless that is the core.
            if (above && Branches[at].Depth > 1) (towards, other) = (-1, at - 1);
            while (other != middle && Branches[other].Depth >= Branches[at].Depth) other += towards;
            var (x, y, end) = (Branches[at].Depth * step, at * row + 15, other * row + 15);
            return Markup.Of($"<path class=\"axis\" fill=\"none\" d=\"M{x} {y}H{x - step + 3}V{end + (end < y ? 6 : -12)}\"/>");
        }
    }
}
