using Minka.Core.Territories;
using Minka.Measures.Dispersion;
using Minka.Observatory.Panels;
using Minka.Observatory.Reading;
using Minka.Web.Api;
using Minka.Web.Charts;
using Minka.Web.Layout;
using Country = Minka.Core.Territories.Country;

namespace Minka.Web.Screens.Observatory;

/// <summary>Size, concentration and cohesion of one group beside each other, with the charts, rows and sources behind them.</summary>
public abstract class PanelScreen(Spending spending, Country country) : ObservatoryScreen(spending, country), IListed
{
    /// <summary>The former SNIP's limit of a small project, and the regional impact of one ordinance: lines to read a chart by, not law in force.</summary>
    public static readonly IReadOnlyList<(string Key, double Soles)> ReferenceLines = [("pip-menor", 1_200_000), ("regional-impact", 3_000_000)];

    /// <summary>Projects whose links a picture has room for.</summary>
    const int MostLinked = 6;

    static readonly IReadOnlyList<string> WithInterval = ["median", Indicators.First, "gini_population"];

    public SpendGroup Group { get; private set; } = null!;

    /// <summary>Null where the data tell nothing of this group and year.</summary>
    public Figures? Figures { get; private set; }

    public SpendShape Shape { get; private set; } = null!;

    public IReadOnlyList<PanelRow> Trend { get; private set; } = [];

    public IReadOnlyList<string> Cautions { get; private set; } = [];

    /// <summary>The place and its parts, or whatever the page lists: a name and its row.</summary>
    public IReadOnlyList<(string Code, string Name, string? Href, Figures Figures)> Parts { get; protected set; } = [];

    public string? PartsTitle { get; protected set; }

    public MapChart? Map { get; protected set; }

    public string? MapAttribution { get; protected set; }

    /// <summary>What this page is about, in the address of its rows.</summary>
    public abstract string ListHref { get; }

    protected void ReadGroup(PanelBy by, string code, decimal? people, Func<(Clustering?, string?)> space)
    {
        Group = new(by, code, Year, Amount);
        Trend = Reading.Trend(by, code, Amount);
        if (Reading.Row(Group) is not { } row) return;
        Figures = new(row, people, Overhead, space());
        Shape = Reading.Shape(Group, HttpContext.RequestAborted);
        Cautions = [.. CautionsOf()];
    }

    IEnumerable<string> CautionsOf()
    {
        var loaded = LoadedDepartments();
        if (loaded.Count < Country.Departments.Count) yield return T["observatory.caution.sample", loaded.Count, Country.Departments.Count, loaded.Select(d => d.Name)];
        else yield return T["observatory.caution.census"];
        if (!HasProjects) yield return T["observatory.caution.whole-budgets"];
        if (Figures!.Row["n_negative_left_out"] is > 0 and { } negative) yield return T["observatory.caution.negative", (long)negative];
        if (Figures.Row["cr1"] is >= 0.25 and { } first && Shape.Largest.Count > 0)
            yield return T["observatory.caution.one-project", Shape.Largest[0].Name ?? Shape.Largest[0].Code, ShareText(first)];
        if (Shape.Uncertainty is { LeaveOneOut: { } range } u)
            yield return T[u.DominatedByOne ? "observatory.caution.dominated" : "observatory.caution.leave-one-out", Format.Number(range.Low, 3), Format.Number(range.High, 3)];
        if (IsSample && Shape.Intervals is not null) yield return T["observatory.caution.interval"];
        if (Figures.Count is > 0 and < 30) yield return T["observatory.caution.few", Figures.Count];
        if (Figures.Row["execution"] is > 1) yield return T["observatory.caution.execution"];
        if (Reading.Rows(Group.By, Year, Amount).FirstOrDefault(r => r.Code == "*") is { } several && (several["n"] ?? 0) > 0)
            yield return T["observatory.caution.several", (long)several["n"]!.Value];
    }

    public SizeChart? SizeChart => Figures is null || Shape.Bins.Count == 0 ? null : new(T["observatory.size-chart"], T["observatory.size-chart.text", Shape.Count - Shape.Bins.Sum(b => b.Count)], Shape.Bins,
        [.. ReferenceLines.Select(l => new Mark(T[$"observatory.line.{l.Key}"], l.Soles))])
    {
        Parts = (T["observatory.of-projects"], T["observatory.of-money"]),
        Range = T["observatory.range"],
    };

    public LorenzChart? LorenzChart => Figures is null || Shape.Lorenz.Count == 0 ? null
        : new(T["observatory.lorenz"], T["observatory.lorenz.text"], Shape.Lorenz) { Axes = (T["observatory.lorenz.projects"], T["observatory.lorenz.money"]) };

    /// <summary>Shares by year; nothing with fewer than two years.</summary>
    public LineChart? TrendChart(string title, params string[] keys)
    {
        var infos = keys.Select(k => Indicators.Find(k)!).Where(i => Trend.Count(r => r[i.Key] is not null) > 1).ToList();
        return infos.Count == 0 ? null : new(T[title], T["observatory.trend.text"], [.. Trend.Select(r => Text(r.Year))],
            [.. infos.Select(i => new Series(i.NameIn(T), [.. Trend.Select(r => r[i.Key] is { } v ? i.Unit == FigureUnit.Share ? 100 * v : v : (double?)null)]))])
        {
            Write = v => infos[0].Unit == FigureUnit.Share ? $"{Format.Number(v, 1)}\u202F%" : infos[0].Write(v),
        };
    }

    public IReadOnlyList<LineChart> Trends => [.. new[]
    {
        TrendChart("observatory.trend.size", Indicators.First, "amount_share_lt_1M"),
        TrendChart("observatory.trend.axes", "eff_axes", "eff_projects_per_axis"),
        TrendChart("observatory.trend.execution", "execution", "continuity"),
    }.OfType<LineChart>()];

    /// <summary>Shares of cohesion beside each other; each has its own base.</summary>
    public BarChart? CohesionChart
    {
        get
        {
            if (Figures is null) return null;
            Bar[] bars = [.. new[] { "linked_pair_share", "largest_component_amount_share", "isolated_amount_share", "axis_untagged_share" }.Select(k => Figures.Of(Indicators.Find(k)!))
                .Where(f => f.Value is not null).Select(f => new Bar(f.Info.NameIn(T), f.Value!.Value, f.Info.Write(f.Value!.Value)))];
            return bars.Length == 0 ? null : new(T["observatory.cohesion.chart"], T["observatory.cohesion.chart.text"], bars) { Full = 1 };
        }
    }

    /// <summary>How the largest projects hang together.</summary>
    public LinkNetwork? LargestLinks
    {
        get
        {
            SpendProject[] top = [.. Shape.Largest.Take(MostLinked)];
            if (top.Length < 2 || Figures?.Row["linked_pair_share"] is null) return null;
            string[] groups = [.. top.Select(p => FunctionOf(p.Function)).Distinct(StringComparer.Ordinal)];
            var ties = from i in Enumerable.Range(0, top.Length)
                       from j in Enumerable.Range(i + 1, top.Length - i - 1)
                       let function = top[i].Function is { } f && f == top[j].Function
                       let place = top[i].Place is { } d && d == top[j].Place
                       where function || place
                       select new Tie(Text(i + 1), Text(j + 1), T[function && place ? "observatory.tie.both" : function ? "observatory.tie.function" : "observatory.tie.district"], function && place ? 3 : 1);
            return new(T["observatory.links.chart", top.Length], T["observatory.links.chart.text"],
                [.. top.Select((p, i) => new Node(Text(i + 1), (p.Name ?? p.Code) is { Length: > 60 } name ? name[..59] + "…" : p.Name ?? p.Code, Array.IndexOf(groups, FunctionOf(p.Function)), (double)p.Amount))], [.. ties])
            {
                Groups = groups,
            };
        }
    }

    string FunctionOf(string? code) => Shape.Functions.FirstOrDefault(f => f.Code == code) is { } known ? FunctionName(known) : code ?? T["observatory.no-function"];

    /// <summary>The interval of a figure where the projects are a sample: not all departments are loaded.</summary>
    public (double Low, double High)? IntervalOf(string key) => !IsSample || Figures is null ? null : key switch
    {
        "median" => Shape.Intervals?.Median,
        Indicators.First => Shape.Intervals?.ShareBelow,
        "gini_population" => Shape.Intervals?.Gini,
        _ => null,
    };

    bool IsSample => LoadedDepartments().Count < Country.Departments.Count;

    public BarChart? FunctionChart => Figures is null || Shape.Functions.Count < 2 ? null
        : new(T["observatory.functions.chart"], T["observatory.functions.chart.text"],
            [.. Shape.Functions.Take(8).Select(f => new Bar(FunctionName(f), (double)f.Amount, $"{Format.MoneyShort((long)(f.Amount * 100))} · {Format.Number(f.Count)}", f.Code is null ? null : FunctionHref(f.Code)))]);

    public string FunctionName(FunctionShare f) => f.Name ?? f.Code ?? T["observatory.no-function"];

    public string BandName(SizeBand band) => band.From == 0 ? T["observatory.band.below", Format.MoneyShort(band.To!.Value)]
        : band.To is { } to ? T["observatory.band.between", Format.MoneyShort(band.From), Format.MoneyShort(to)] : T["observatory.band.above", Format.MoneyShort(band.From)];

    /// <summary>A map of the parts by the chosen indicator.</summary>
    protected void Draw(MapShapes? shapes, IReadOnlyList<Territory> places, string title, Level level)
    {
        if (shapes is null || places.Count == 0) return;
        var rows = Parts.ToDictionary(p => p.Code, p => p.Figures);
        Map = new(title, T["observatory.map.text", Chosen.NameIn(T), YearIn, T.Of(Amount)], shapes,
            [.. places.Select(p => AreaOf(p, rows.GetValueOrDefault(p.Code)))])
        {
            Write = v => Chosen.Write((double)v),
            ValueHeading = Chosen.NameIn(T),
        };
        MapAttribution = (Country.Outlines(level) ?? Country.Outlines(Level.Department))?.Source.Attribution;
    }

    Area AreaOf(Territory place, Figures? figures)
    {
        var value = figures?.Of(Chosen).Value;
        return new(place.Code, place.Name, value is { } v ? Rounded(v) : null, value is { } w ? Chosen.Write(w) : "", HrefOf(place));
    }

    /// <summary>Four more digits than are read, so that equal figures fall into one class.</summary>
    static decimal Rounded(double value) => Math.Round((decimal)value, Math.Abs(value) < 1_000 ? 6 : 0);

    public TableFile ToFile()
    {
        var head = new List<string> { T["observatory.column.code"], T["observatory.column.name"], T["observatory.column.amount"], T["observatory.column.year"] };
        if (!Ready || Figures is null) return new("observatorio", head, []);
        head.AddRange(Indicators.All.Select(i => i.NameIn(T)));
        head.AddRange(WithInterval.SelectMany(k => new[] { T["observatory.interval.low", Indicators.Find(k)!.NameIn(T)], T["observatory.interval.high", Indicators.Find(k)!.NameIn(T)] }));
        return new("observatorio", head, new[] { (Group.Code, Title, (string?)null, Figures) }.Concat(Parts.Select(p => (p.Code, p.Name, p.Href, p.Figures)))
            .Select(p => (IReadOnlyList<object?>)[p.Item1, p.Item2, T.Of(Amount), Text(Year), .. Indicators.All.Select(i => (object?)Exact(p.Item4, i)), .. p.Item4 == Figures ? WithInterval.SelectMany(Ends) : new object?[2 * WithInterval.Count]]));

        object?[] Ends(string key) => IntervalOf(key) is { } i ? [Math.Round((decimal)i.Low, 10), Math.Round((decimal)i.High, 10)] : [null, null];
    }

    /// <summary>A figure as files have it: ten decimals, money whole.</summary>
    internal static decimal? Exact(Figures figures, IndicatorInfo info) => info.Key == "total" ? figures.Row.Total
        : figures.Of(info).Value is { } v && Math.Abs(v) < 1e15 ? Math.Round((decimal)v, 10) : null;

    public abstract string Title { get; }
}
