using Minka.Web.Components;

namespace Minka.Web.Charts;

/// <summary>One amount on the strip, in céntimos.</summary>
public sealed record Sized(string Code, string Name, long Amount, bool Alone, string? Href = null);

/// <summary>Amounts on a scale of powers of ten, so that a work of ten million and a profile of fifty thousand are both seen; lines at the limits between sizes.</summary>
/// <param name="Limits">Céntimos, rising.</param>
/// <param name="Bands">The rows of the table: name, projects, share of the projects, share of the money.</param>
public sealed record SizeStrip(string Title, string Description, IReadOnlyList<Sized> Projects, IReadOnlyList<long> Limits, IReadOnlyList<(string Name, int Count, string OfCount, string OfMoney)> Bands) : Chart(Title, Description)
{
    const int MostNamed = 60;

    public override Twin Table => new([Words.Say("chart.range"), Words.Say("chart.count"), Words.Say("chart.share-count"), Words.Say("chart.share-money")],
        [.. Bands.Select(b => (IReadOnlyList<Cell>)[new(b.Name), new(Format.Number(b.Count), Number: true), new(b.OfCount, Number: true), new(b.OfMoney, Number: true)])]);

    public override Markup Legend => Projects.Any(p => p.Alone) ? Swatches([("t-bar", Words.Say("chart.tied")), ("t-bad", $"{Tone.Broken.Shape()} {Words.Say("chart.alone")}")]) : Markup.None;

    public override Markup Svg(string id)
    {
        var some = Projects.Where(p => p.Amount > 0).ToList();
        if (some.Count == 0) return Frame(id, 1, Markup.None);
        var low = Math.Floor(Math.Log10(Math.Min(some.Min(p => p.Amount), Limits[0])));
        var high = Math.Ceiling(Math.Log10(Math.Max(some.Max(p => p.Amount), Limits[^1])));
        double X(long amount) => Math.Round(3 + 94 * (Math.Log10(amount) - low) / Math.Max(1, high - low), 1);
        var lines = Markup.Join(Limits, l => Markup.Of($"<line class=\"axis\" x1=\"{X(l)}%\" x2=\"{X(l)}%\" y1=\"4\" y2=\"64\"/><text class=\"q m\" x=\"{X(l)}%\" y=\"80\">{Format.MoneyShort(l)}</text>"));
        // Those of nearly the same size stand one above the other.
        var rows = new Dictionary<int, int>();
        var marks = Markup.Join(some.OrderBy(p => p.Amount), p =>
        {
            var at = (int)Math.Round(X(p.Amount) * 2);
            var step = rows[at] = rows.GetValueOrDefault(at) + 1;
            var y = 54 - (step - 1) % 5 * 11;
            // Of many nobody reads the names on the marks: they are in the rows.
            var title = some.Count > MostNamed ? Markup.None : Markup.Of($"<title>{p.Code} {p.Name}: {Format.MoneyShort(p.Amount)}</title>");
            return p.Alone ? Markup.Of($"<svg x=\"{X(p.Amount)}%\" y=\"{y}\" overflow=\"visible\"><rect class=\"t-bad\" x=\"-5\" y=\"-5\" width=\"10\" height=\"10\" fill-opacity=\".8\">{title}</rect></svg>")
                : Markup.Of($"<circle class=\"t-bar\" cx=\"{X(p.Amount)}%\" cy=\"{y}\" r=\"5\" fill-opacity=\".55\">{title}</circle>");
        });
        return Frame(id, 86, Markup.Of($"{lines}{marks}"));
    }
}
