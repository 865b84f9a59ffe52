using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Panels;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning;

/// <summary>The rows behind a panel: head and cells, the same for the page and for its file.</summary>
public sealed record PanelRows(IReadOnlyList<string> Head, IReadOnlyList<IReadOnlyList<object?>> Rows)
{
    static readonly IReadOnlyDictionary<string, PanelTable> ByWord = new Dictionary<string, PanelTable>(StringComparer.Ordinal)
    {
        ["proyectos"] = PanelTable.Projects,
        ["costos"] = PanelTable.Costs,
        ["pares"] = PanelTable.Pairs,
        ["ejes"] = PanelTable.Axes,
        ["cadenas"] = PanelTable.Chains,
        ["cronograma"] = PanelTable.Schedule,
        ["tamanos"] = PanelTable.Sizes,
    };

    public static IReadOnlyCollection<PanelTable> All => [.. ByWord.Values];

    /// <summary>The word of an address.</summary>
    public static string Word(PanelTable table) => ByWord.First(p => p.Value == table).Key;

    /// <exception cref="NotFound">No such table.</exception>
    public static PanelTable Table(string word) => ByWord.TryGetValue(word, out var table) ? table : throw new NotFound("panel-table", word);

    /// <summary>As a page writes a cell; a file keeps it as it is.</summary>
    public static string Cell(object? value) => value switch
    {
        null => "–",
        Money m => Format.Plain(m),
        BasisPoints b => Format.Percent(b),
        decimal d => Format.Number(d, 3),
        int n => Format.Number(n),
        long n => Format.Number(n),
        _ => value.ToString() ?? "",
    };

    public static bool IsNumber(object? value) => value is Money or BasisPoints or decimal or int or long;

    public static PanelRows Of(PanelTable table, ProgrammePanels panels, T t) => table switch
    {
        PanelTable.Projects => Projects(panels, t),
        PanelTable.Costs => Costs(panels, t),
        PanelTable.Pairs => Pairs(panels, t),
        PanelTable.Axes => new([t["planning.axis"], t["planning.axis.name"], t["planning.projects.title"], t["planning.cost"], t["planning.share"]],
            [.. panels.Cohesion.Axes.Select(a => (IReadOnlyList<object?>)[a.Axis ?? t["planning.off-axis"], a.Name, a.Projects, a.Amount, a.Share])]),
        PanelTable.Chains => new([t["planning.project.field.chain"], t["planning.projects.title"], t["panel.codes"], t["planning.axes.title"], t["planning.places"], t["planning.project.field.organisations"], t["planning.project.field.women"], t["planning.project.field.men"], t["planning.cost"], t["planning.share"]],
            [.. panels.Chains.Select(c => (IReadOnlyList<object?>)[c.Chain ?? t["panel.no-chain"], c.Projects.Count, string.Join(", ", c.Projects), c.Axes.Count == 0 ? t["planning.off-axis"] : string.Join(", ", c.Axes), c.Districts, c.Organisations, c.Women, c.Men, c.Amount, c.Share])]),
        PanelTable.Schedule => new([t["planning.code"], t["planning.project"], t["panel.first-month"], t["panel.last-month"], t["panel.months"], t["panel.slack"], t["planning.project.field.after"], t["panel.critical"]],
            [.. panels.Schedule.Rows.Select(r => (IReadOnlyList<object?>)[r.Code, r.Title, r.First, r.Last, r.Months, r.Slack, string.Join(", ", r.After), r.IsCritical ? t["panel.yes"] : t["panel.no"]])]),
        PanelTable.Sizes => new([t["panel.size"], t["planning.projects.title"], t["panel.of-projects"], t["planning.cost"], t["panel.of-money"]],
            [.. panels.Cohesion.Measured.SizeBands.Select((b, i) => (IReadOnlyList<object?>)[BandName(t, i, b.From, b.To), b.Count, Bp(b.CountShare), new Money(b.Amount), Bp(b.AmountShare)])]),
        _ => throw new NotFound("panel-table", table),
    };

    public static string BandName(T t, int index, long from, long? to) =>
        index == 0 ? t["panel.band-first", new Money(to ?? 0)] : to is { } end ? t["panel.band", new Money(from), new Money(end)] : t["panel.band-last", new Money(from)];

    public static BasisPoints? Bp(double? share) => share is { } s ? new BasisPoints((int)Math.Round(s * 10_000, MidpointRounding.AwayFromZero)) : null;

    static PanelRows Projects(ProgrammePanels panels, T t)
    {
        var m = panels.Cohesion.Measured;
        var total = panels.Cohesion.Total;
        var links = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var p in m.Pairs.Where(p => p.Linked))
        {
            links[p.First] = links.GetValueOrDefault(p.First) + 1;
            links[p.Second] = links.GetValueOrDefault(p.Second) + 1;
        }
        var group = m.Components.Index().SelectMany(c => c.Item.Projects.Select(code => (code, c.Index + 1))).ToDictionary(x => x.code, x => x.Item2, StringComparer.Ordinal);
        return new([t["planning.code"], t["planning.project"], t["planning.axis"], t["planning.project.field.chain"], t["planning.places"], t["planning.project.field.women"], t["planning.project.field.men"],
            t["planning.cost"], t["planning.share"], t["planning.funded"], t["planning.gap"], t["panel.links"], t["panel.group"]],
            [.. panels.Content.Projects.Select(p => (IReadOnlyList<object?>)[p.Code, p.Title, p.Axis ?? t["planning.off-axis"], p.Chain ?? t["panel.no-chain"], p.Places.Count, p.BeneficiaryWomen, p.BeneficiaryMen,
                p.PlannedCost, p.PlannedCost.ShareOf(total), p.Funded(), p.Gap(), links.GetValueOrDefault(p.Code), group.GetValueOrDefault(p.Code)])]);
    }

    static PanelRows Costs(ProgrammePanels panels, T t) => new(
        [t["planning.code"], t["planning.costs.concept"], t["planning.costs.component"], t["planning.source"], t["planning.year"], t["planning.amount"]],
        [.. panels.Content.Projects.SelectMany(p => p.Lines.Select(l => (IReadOnlyList<object?>)[p.Code, l.Concept, l.Component, t.Of(l.Source), $"{l.Year}", l.Amount]))]);

    /// <summary>Strongest first. Places and organisations as what is common over what either has, so that the index can be computed by hand.</summary>
    static PanelRows Pairs(ProgrammePanels panels, T t)
    {
        var byCode = panels.Content.Projects.ToDictionary(p => p.Code, StringComparer.Ordinal);
        var organisations = panels.Content.Projects.ToDictionary(p => p.Code, p => p.Organisations.Select(Slugs.From).ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        var places = panels.Content.Projects.ToDictionary(p => p.Code, p => p.Places.ToHashSet(StringComparer.Ordinal), StringComparer.Ordinal);
        return new([t["panel.first"], t["panel.second"], t["planning.axis"], t["planning.project.field.chain"], t["panel.places-common"], t["panel.organisations-common"], t["panel.order"], t["panel.similarity"], t["panel.amount-first"], t["panel.amount-second"]],
            [.. panels.Cohesion.Measured.Pairs.OrderByDescending(p => p.Similarity).ThenBy(p => p.First, CodeOrder.Natural).ThenBy(p => p.Second, CodeOrder.Natural).Select(p => (IReadOnlyList<object?>)
                [p.First, p.Second, (int)p.Axis, (int)p.Chain, Common(places[p.First], places[p.Second]), Common(organisations[p.First], organisations[p.Second]), (int)p.Precedence,
                    decimal.Round((decimal)p.Similarity, 9), byCode[p.First].PlannedCost, byCode[p.Second].PlannedCost])]);

        string Common(HashSet<string> a, HashSet<string> b)
        {
            var common = a.Count(b.Contains);
            return t["panel.of", common, a.Count + b.Count - common];
        }
    }
}
