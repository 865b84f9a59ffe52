using Minka.Web.Components;

namespace Minka.Web.Charts;

/// <summary>One award out of a purse.</summary>
public sealed record PurseAward(string Label, long Amount);

/// <summary>One purse (an envelope, a set-aside, the common pool): its money, what fills it in the order of turns, and the last score that it reached.</summary>
public sealed record FilledPurse(string Name, long Money, IReadOnlyList<PurseAward> Awards, string CutOff, string? Href = null)
{
    public long Used => Awards.Sum(a => a.Amount);
}

/// <summary>How the money of an award fills up: a bar a purse, all on one scale, with a part for each award and the rest empty.</summary>
public sealed record EnvelopeBars(string Title, string Description, IReadOnlyList<FilledPurse> Purses) : Chart(Title, Description)
{
    public override Twin Table => new(
        [Words.Say("chart.purse"), Words.Say("chart.money"), Words.Say("chart.used"), Words.Say("chart.left"), Words.Say("chart.awards"), Words.Say("chart.cut")],
        [
            .. Purses.Select(p => (IReadOnlyList<Cell>)[new(p.Name, p.Href), new(Format.Plain(p.Money), Number: true), new(Format.Plain(p.Used), Number: true),
                new(Format.Plain(p.Money - p.Used), Number: true), new(Format.Number(p.Awards.Count), Number: true), new(p.CutOff, Number: true)]),
        ]);

    public override Markup Legend => Swatches([("t-met", $"{Tone.Met.Shape()} {Words.Say("chart.used")}")]);

    public override Markup Svg(string id)
    {
        const int row = 46;
        var most = Purses.Select(p => p.Money).DefaultIfEmpty().Max();
        var bars = Markup.Join(Purses.Index(), p =>
        {
            var y = p.Index * row;
            var at = 0.0;
            var parts = Markup.Join(p.Item.Awards, a =>
            {
                var wide = Share(a.Amount, most);
                var rect = Markup.Of($"<rect class=\"t-met\" x=\"{at}%\" y=\"{y + 23}\" width=\"{wide}%\" height=\"16\" stroke=\"#fff\"><title>{a.Label}: {Format.MoneyShort(a.Amount)}</title></rect>");
                at += wide;
                return rect;
            });
            return Linked(p.Item.Href, Markup.Of($"{Name(p.Item.Name, y + 16, 18)}<text class=\"e b\" x=\"100%\" y=\"{y + 16}\">{Words.Say("chart.of", Format.MoneyShort(p.Item.Used), Format.MoneyShort(p.Item.Money))}</text><rect class=\"track\" y=\"{y + 23}\" width=\"{Share(p.Item.Money, most)}%\" height=\"16\"/>{parts}"));
        });
        return Frame(id, Purses.Count * row, bars, Purses.Any(p => p.Href is not null));
    }
}
