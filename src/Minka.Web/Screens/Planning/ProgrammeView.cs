using System.Globalization;
using Minka.Core.Planning;
using Minka.Core.Planning.Panels;
using Minka.Core.Territories;
using Minka.Web.Charts;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning;

/// <summary>A programme as its pages show it: the same for what is edited and for what is frozen.</summary>
public sealed record ProgrammeView
{
    // More than these make neither a readable picture nor a light page: the rest is in the rows.
    const int MostTies = 30;
    const int MostNodes = 20;
    const int MostWorks = 14;

    public const int ProjectsOnPage = 12;

    public required ProgrammePanels Panels { get; init; }

    public ProgrammeContent Content => Panels.Content;

    public FundingTable Funding => Panels.Funding;

    public CohesionCheck Cohesion => Panels.Cohesion;

    /// <summary>Page of the table of projects.</summary>
    public required int Number { get; init; }

    public IEnumerable<ProjectContent> Shown => Content.Projects.Skip((Number - 1) * ProjectsOnPage).Take(ProjectsOnPage);

    /// <summary>Address of the tables of rows, before their word.</summary>
    public required string RowsBase { get; init; }

    public required Gantt? Calendar { get; init; }

    public required SizeStrip? Sizes { get; init; }

    public required BarChart? AxisBars { get; init; }

    /// <summary>Names of provinces by code.</summary>
    public required IReadOnlyDictionary<string, string> Provinces { get; init; }

    /// <summary>Names of the districts by code.</summary>
    public required IReadOnlyDictionary<string, string> Places { get; init; }

    public required LinkNetwork? Network { get; init; }

    public required MapChart? Map { get; init; }

    /// <summary>Ties that the picture leaves out.</summary>
    public required int TiesLeftOut { get; init; }

    /// <summary>Projects that the picture leaves out.</summary>
    public required int NodesLeftOut { get; init; }

    /// <summary>Bars that the calendar leaves out.</summary>
    public int WorksLeftOut => Calendar is null ? 0 : Panels.Schedule.Rows.Count - Calendar.Tasks.Count;

    /// <summary>Address before a project's id; null where projects have no page.</summary>
    public required string? ProjectBase { get; init; }

    /// <summary>Whether the projects are edited here.</summary>
    public required bool Editing { get; init; }

    public string AxisName(string? code) => Content.Strategy.Axes.FirstOrDefault(a => a.Code == code)?.Name ?? "";

    /// <summary>An advice in words, with the names of places where the rule has their codes.</summary>
    public string Say(T t, ProgrammeAdvice advice) => advice.Kind == AdviceKind.Bundle && advice.Words.Args is [_, _, string province, ..]
        ? t.Of(advice.Words with { Args = [.. advice.Words.Args.Select((a, i) => i == 2 ? Provinces.GetValueOrDefault(province, province) : a)] })
        : t.Of(advice.Words);

    /// <param name="rowsBase">Address of the tables of rows, before their word.</param>
    /// <param name="number">Page of the table of projects as asked; it is taken to the nearest that there is.</param>
    public static async Task<ProgrammeView> MakeAsync(ProgrammeContent content, T t, Country country, Gazetteer gazetteer, string? projectBase, string rowsBase, int number = 1, bool editing = false)
    {
        var panels = ProgrammePanels.Of(content, PlanningLimits.Reference);
        var places = await NamesAsync(content.PlaceCodes(), gazetteer);
        var drawn = Drawn(panels);
        var ties = Strongest(CohesionCheck.TiesAmong(content, drawn));
        return new()
        {
            Panels = panels,
            Number = Math.Clamp(number, 1, Math.Max(1, (content.Projects.Count + ProjectsOnPage - 1) / ProjectsOnPage)),
            RowsBase = rowsBase,
            Places = places,
            Provinces = places.Keys.Select(c => c[..4]).Distinct().ToDictionary(c => c, c => country.Find(c)?.Name ?? c, StringComparer.Ordinal),
            Network = content.Projects.Count < 2 ? null : NetworkOf(content, drawn, ties, t, projectBase),
            Map = MapOf(content, t, country, places),
            Calendar = CalendarOf(panels.Schedule, content, t, projectBase),
            Sizes = SizesOf(panels, t, projectBase),
            AxisBars = AxisBarsOf(panels, t),
            TiesLeftOut = panels.Cohesion.TieCount - ties.Count,
            NodesLeftOut = content.Projects.Count - drawn.Count,
            ProjectBase = projectBase,
            Editing = editing,
        };
    }

    /// <summary>All while they can be told apart; else those with most money, those alone first.</summary>
    static HashSet<string> Drawn(ProgrammePanels panels)
    {
        var alone = panels.Cohesion.Isolated.ToHashSet(StringComparer.Ordinal);
        return [.. panels.Content.Projects.OrderByDescending(p => alone.Contains(p.Code)).ThenByDescending(p => p.PlannedCost).ThenBy(p => p.Code, CodeOrder.Natural).Take(MostNodes).Select(p => p.Code)];
    }

    static Gantt? CalendarOf(ProgrammeSchedule schedule, ProgrammeContent content, T t, string? projectBase)
    {
        if (schedule.Rows.Count == 0) return null;
        var ids = content.Projects.ToDictionary(p => p.Code, p => p.Id, StringComparer.Ordinal);
        var shown = schedule.Rows.Count <= MostWorks ? schedule.Rows
            : [.. schedule.Rows.OrderByDescending(r => schedule.Critical.Contains(r.Code)).ThenBy(r => r.Slack).ThenBy(r => r.First).Take(MostWorks).OrderBy(r => r.First).ThenBy(r => r.Last)];
        return new(t["panel.schedule.title"], t["panel.schedule.text", schedule.Months, string.Join(" → ", schedule.Critical)],
            [.. shown.Select(r => new Works(r.Code, r.Title, r.First, r.Last, r.Slack, r.After, projectBase is null ? null : projectBase + ids[r.Code].Value))], schedule.Months)
        { From = schedule.From };
    }

    static SizeStrip? SizesOf(ProgrammePanels panels, T t, string? projectBase)
    {
        if (panels.Cohesion.Total.IsZero) return null;
        var alone = panels.Cohesion.Isolated.ToHashSet(StringComparer.Ordinal);
        var bands = panels.Cohesion.Measured.SizeBands;
        return new(t["panel.sizes.title"], t["panel.sizes.text"],
            [.. panels.Content.Projects.Select(p => new Sized(p.Code, p.Title, p.PlannedCost.Minor, alone.Contains(p.Code)))],
            [.. bands.Skip(1).Select(b => b.From)],
            [.. bands.Select((b, i) => (PanelRows.BandName(t, i, b.From, b.To), b.Count, Share(b.CountShare), Share(b.AmountShare)))]);

        static string Share(double? share) => PanelRows.Bp(share) is { } bp ? Format.Percent(bp) : "–";
    }

    static BarChart? AxisBarsOf(ProgrammePanels panels, T t) => panels.Cohesion.Total.IsZero ? null
        : new(t["planning.axes.share"], t["panel.axes.text"],
            [.. panels.Cohesion.Axes.Select(a => new Bar(a.Axis is null ? t["planning.off-axis"] : $"{a.Axis} {a.Name}", a.Amount.Minor,
                $"{(a.Share is { } s ? Format.Percent(s) : "–")} · {Format.MoneyShort(a.Amount)}", Tone: a.Axis is null ? Components.Tone.Attention : null))])
        { Full = panels.Cohesion.Total.Minor };

    public static async Task<IReadOnlyDictionary<string, string>> NamesAsync(IEnumerable<string> codes, Gazetteer gazetteer)
    {
        var names = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var code in codes) names[code] = (await gazetteer.FindAsync(code))?.Name ?? code;
        return names;
    }

    /// <summary>Every project keeps its strongest tie, so that nobody looks alone who is not; the rest by strength.</summary>
    static List<ProjectTie> Strongest(IReadOnlyList<ProjectTie> ties)
    {
        if (ties.Count <= MostTies) return [.. ties];
        var ordered = ties.OrderByDescending(x => x.Strength).ThenBy(x => x.First, CodeOrder.Natural).ThenBy(x => x.Second, CodeOrder.Natural).ToList();
        var kept = ordered.SelectMany(x => new[] { x.First, x.Second }).Distinct().Select(code => ordered.First(x => x.First == code || x.Second == code)).ToHashSet();
        return [.. ordered.Where(kept.Contains), .. ordered.Where(x => !kept.Contains(x)).Take(Math.Max(0, MostTies - kept.Count))];
    }

    static LinkNetwork NetworkOf(ProgrammeContent content, HashSet<string> drawn, List<ProjectTie> ties, T t, string? projectBase)
    {
        var shown = content.Projects.Where(p => drawn.Contains(p.Code)).ToList();
        var axes = content.Strategy.Axes.Where(a => shown.Any(p => p.Axis == a.Code)).Select(a => a.Code).ToList();
        var off = shown.Any(p => p.Axis is null);
        return new(t["planning.network.title"], t["planning.network.text", shown.Count, ties.Count],
            [.. shown.Select(p => new Node(p.Code, p.Title, p.Axis is null ? axes.Count : axes.IndexOf(p.Axis), p.PlannedCost.Minor, projectBase is null ? null : projectBase + p.Id.Value))],
            [.. ties.Select(x => new Tie(x.First, x.Second, string.Join(", ", x.By.Select(b => t.Of(b))), Math.Max(1, x.Strength.Value / 2_500)))])
        {
            Groups = [.. axes.Select(code => content.Strategy.Axes.First(a => a.Code == code).Name), .. off ? new[] { t["planning.off-axis"] } : []],
        };
    }

    static MapChart? MapOf(ProgrammeContent content, T t, Country country, IReadOnlyDictionary<string, string> names)
    {
        if (names.Count == 0) return null;
        var title = t["planning.map.title"];
        if (country.Outlines(Level.District) is { } districts && names.Keys.Any(districts.Has))
        {
            // The whole provinces, so that the reader sees where in them the programme acts.
            var provinces = names.Keys.Select(c => c[..4]).Distinct().ToList();
            var around = provinces.SelectMany(country.ChildrenOf).Select(d => d.Code).Where(districts.Has).ToList();
            if (around.Count > 0 && districts.FrameOf(around, 560, 560) is { } frame)
            {
                return new(title, t["planning.map.districts"], MapShapes.Of(districts, frame, around),
                    [.. around.Select(code => AreaOf(code, names.GetValueOrDefault(code) ?? country.Find(code)!.Name, content.Projects.Count(p => p.Places.Contains(code)), $"/territorios/{code}"))])
                { Write = Whole, ValueHeading = t["planning.projects.title"] };
            }
        }
        var points = names.Keys.Select(c => c[..4]).Distinct().Select(country.Find).OfType<Territory>().Where(p => p.Point is not null).ToDictionary(p => p.Code, p => p.Point!.Value);
        if (points.Count == 0) return null;
        var departments = country.Outlines(Level.Department);
        var codes = points.Keys.Select(c => c[..2]).Distinct().Where(c => departments?.Has(c) == true).ToList();
        var shown = departments is not null && codes.Count > 0 ? departments.FrameOf(codes, 560, 560) : MapFrame.Fit([.. points.Values], 560, 560);
        if (shown is null) return null;
        return new(title, t["planning.map.provinces"], new MapShapes(shown)
        {
            Points = points,
            Under = departments is null ? "" : string.Concat(departments.Paths(shown, codes, 10_000).Values),
        }, [.. points.Keys.Select(code => AreaOf(code, country.Find(code)!.Name, content.Projects.Count(p => p.Places.Any(x => x.StartsWith(code, StringComparison.Ordinal))), $"/territorios/{code}"))])
        { Write = Whole, ValueHeading = t["planning.projects.title"] };

        Area AreaOf(string code, string name, int projects, string href) =>
            new(code, name, projects == 0 ? null : projects, t.Count(projects, "planning.projects.one", "planning.projects.many"), href);
    }

    static string Whole(decimal value) => decimal.Round(value).ToString("0", CultureInfo.InvariantCulture);
}
