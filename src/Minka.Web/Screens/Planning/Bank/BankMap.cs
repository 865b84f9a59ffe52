using Minka.Core.Entities;
using Minka.Core.Planning;
using Minka.Core.Territories;
using Minka.Web.Charts;
using Minka.Web.Layout;

namespace Minka.Web.Screens.Planning.Bank;

/// <summary>Where a project lies: its districts in their provinces, and its point, line or area over them.</summary>
static class BankMap
{
    const int Side = 480;

    public static MapChart? Of(Project project, ProjectShape? shape, CoordinationEntity entity, T t, Country country, IReadOnlyDictionary<string, string> names)
    {
        if (project.Places.Count == 0 && shape is null) return null;
        var mark = shape is null ? ((IReadOnlyList<GeoPoint>, bool)?)null
            : ([.. shape.Points.Select(p => new GeoPoint(p.Longitude / (double)MapPoint.Scale, p.Latitude / (double)MapPoint.Scale))], shape.Kind == ShapeKind.Area);
        var provinces = project.Places.Select(c => c[..4]).Concat(entity.ProvinceCodes).Distinct().ToList();
        if (country.Outlines(Level.District) is { } districts)
        {
            var around = provinces.SelectMany(country.ChildrenOf).Select(d => d.Code).Where(districts.Has).ToList();
            if (around.Count > 0 && districts.FrameOf(around, Side, Side) is { } frame)
            {
                return new(t["bank.map"], t["bank.map-text", project.Title], MapShapes.Of(districts, frame, around) with { Mark = mark },
                    [.. around.Where(c => project.Places.Contains(c)).Select(c => new Area(c, names.GetValueOrDefault(c) ?? country.Find(c)!.Name, 1, t["bank.map-here"], $"/territorios/{c}")),
                        .. around.Where(c => !project.Places.Contains(c)).Select(c => new Area(c, country.Find(c)!.Name, 0, t["bank.map-not-here"]))])
                { Write = v => t[v > 0 ? "bank.map-here" : "bank.map-not-here"], ValueHeading = t["planning.places"] };
            }
        }
        var points = provinces.Select(country.Find).OfType<Territory>().Where(p => p.Point is not null).ToDictionary(p => p.Code, p => p.Point!.Value);
        if (points.Count == 0) return null;
        var departments = country.Outlines(Level.Department);
        var codes = points.Keys.Select(c => c[..2]).Distinct().Where(c => departments?.Has(c) == true).ToList();
        var shown = departments is not null && codes.Count > 0 ? departments.FrameOf(codes, Side, Side) : MapFrame.Fit([.. points.Values], Side, Side);
        return shown is null ? null : new(t["bank.map"], t["bank.map-text", project.Title], new MapShapes(shown)
        {
            Points = points,
            Under = departments is null ? "" : string.Concat(departments.Paths(shown, codes, 10_000).Values),
            Mark = mark,
        }, [.. points.Keys.Select(c => new Area(c, country.Find(c)!.Name, Here(project, c) ? 1 : 0, t[Here(project, c) ? "bank.map-here" : "bank.map-not-here"], $"/territorios/{c}"))])
        { Write = v => t[v > 0 ? "bank.map-here" : "bank.map-not-here"], ValueHeading = t["planning.places"] };
    }

    static bool Here(Project project, string place) => project.Places.Any(p => p.StartsWith(place, StringComparison.Ordinal));
}
