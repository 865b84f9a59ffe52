using System.Globalization;
using Minka.Core.Planning;
using Minka.Core.Territories;
using Minka.Web.Charts;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning;

/// <summary>A programme as its pages show it: the same for what is edited and for what is frozen.</summary>
public sealed record ProgrammeView
{
    // More ties than these make neither a readable picture nor a light page.
    const int MostTies = 70;

    public required ProgrammeContent Content { get; init; }

    public required FundingTable Funding { get; init; }

    public required CohesionCheck Cohesion { get; init; }

    /// <summary>Names of the districts by code.</summary>
    public required IReadOnlyDictionary<string, string> Places { get; init; }

    public required LinkNetwork? Network { get; init; }

    public required MapChart? Map { get; init; }

    /// <summary>Ties that the picture leaves out.</summary>
    public required int TiesLeftOut { get; init; }

    /// <summary>Address before a project's id; null where projects have no page.</summary>
    public required string? ProjectBase { get; init; }

    /// <summary>Whether the projects are edited here.</summary>
    public required bool Editing { get; init; }

    public string AxisName(string? code) => Content.Strategy.Axes.FirstOrDefault(a => a.Code == code)?.Name ?? "";

    public static async Task<ProgrammeView> MakeAsync(ProgrammeContent content, T t, Country country, Gazetteer gazetteer, string? projectBase, bool editing = false)
    {
        var cohesion = CohesionCheck.Of(content, PlanningLimits.Reference);
        var places = await NamesAsync(content.PlaceCodes(), gazetteer);
        var ties = Strongest(cohesion.Ties);
        return new()
        {
            Content = content,
            Funding = FundingTable.Of(content),
            Cohesion = cohesion,
            Places = places,
            Network = content.Projects.Count < 2 ? null : NetworkOf(content, ties, t, projectBase),
            Map = MapOf(content, t, country, places),
            TiesLeftOut = cohesion.Ties.Count - ties.Count,
            ProjectBase = projectBase,
            Editing = editing,
        };
    }

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

    static LinkNetwork NetworkOf(ProgrammeContent content, List<ProjectTie> ties, T t, string? projectBase)
    {
        var axes = content.Strategy.Axes.Where(a => content.Projects.Any(p => p.Axis == a.Code)).Select(a => a.Code).ToList();
        var off = content.Projects.Any(p => p.Axis is null);
        return new(t["planning.network.title"], t["planning.network.text", content.Projects.Count, ties.Count],
            [.. content.Projects.Select(p => new Node(p.Code, p.Title, p.Axis is null ? axes.Count : axes.IndexOf(p.Axis), p.PlannedCost.Minor, projectBase is null ? null : projectBase + p.Id.Value))],
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
