using System.Xml.Linq;
using Minka.Core.Territories;
using Minka.Core.Territories.Packs;
using Minka.Web.Charts;
using Minka.Web.Components;
using Minka.Web.Screens.Style;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Charts;

public sealed class ChartTests
{
    static readonly DateOnly Day = new(2026, 3, 2);

    public static TheoryData<string> Kinds => [.. Samples.Keys];

    static readonly Dictionary<string, Chart> Samples = new()
    {
        ["bars"] = ShowModel.Bars,
        ["no bars"] = new BarChart("t", "d", []),
        ["stacked"] = ShowModel.Stacked,
        ["shares"] = ShowModel.Stacked with { Shares = true },
        ["gauge"] = ShowModel.Gauge,
        ["quorum"] = new QuorumMeter(18, 16, 31),
        ["no members"] = new QuorumMeter(0, 0, 0),
        ["many members"] = new QuorumMeter(80, 101, 200),
        ["lines"] = ShowModel.Line,
        ["one point"] = new LineChart("t", "d", ["2025"], [new Series("a", [3])]),
        ["no points"] = new LineChart("t", "d", ["2025"], [new Series("a", [null])]),
        ["histogram"] = ShowModel.Histogram,
        ["equal values"] = new Histogram("t", "d", [5, 5, 5]),
        ["strip"] = ShowModel.Strip,
        ["timeline"] = new Timeline("t", "d", [new Stage("a", Day, Day.AddDays(40)), new Stage("b", Day.AddDays(41), Day.AddDays(41))], Day.AddDays(3)),
        ["no stages"] = new Timeline("t", "d", []),
        ["network"] = ShowModel.Network,
        ["lonely"] = new LinkNetwork("t", "d", [new Node("A", "a")], []),
        ["cut-off"] = ShowModel.Cutoff,
        ["nothing funded"] = new CutoffBars("t", "d", 100, [new Ranked("1", "a", 10, "10", 5, Tone.Broken, "no")]),
        ["envelopes"] = new EnvelopeBars("t", "d", [new FilledPurse("A1", 100, [new("x", 40), new("y", 60)], "70", "#a"), new FilledPurse("B1", 0, [], "–")]),
        ["no envelopes"] = new EnvelopeBars("t", "d", []),
        ["hostile"] = new BarChart("<script>", "\"&'", [new Bar("<b>&", 1, "\"")]),
    };

    [Theory, MemberData(nameof(Kinds))]
    public void Svg_OfAnyChart_IsWellFormedNamedAndUnstyled(string kind)
    {
        var chart = Samples[kind];
        var svg = XElement.Parse(chart.Svg("x").Html);
        svg.Attribute("aria-labelledby")!.Value.ShouldBe("x-t x-d");
        svg.Element("title")!.Value.ShouldBe(chart.Title);
        svg.Element("desc")!.Value.ShouldBe(chart.Description);
        var links = svg.Descendants("a").Any();
        svg.Attribute("role")!.Value.ShouldBe(links ? "group" : "img");
        svg.DescendantsAndSelf().ShouldAllBe(e => e.Attribute("style") == null && !e.Attributes().Any(a => a.Name.LocalName.StartsWith("on", StringComparison.Ordinal)));
        svg.Descendants("script").ShouldBeEmpty();
        svg.ToString().ShouldNotContain("NaN", Case.Sensitive);
        svg.ToString().ShouldNotContain("∞", Case.Sensitive);
        XElement.Parse($"<div>{chart.Legend.Html}</div>");
        XElement.Parse(chart.Table.Html(chart.Title).Html);
    }

    [Fact]
    public void Table_OfBars_HoldsTheSameFigures()
    {
        var chart = ShowModel.Bars;
        chart.Table.Rows.Select(r => (r[0].Text, r[1].Text, r[0].Href)).ShouldBe(chart.Bars.Select(b => (b.Label, b.Text, b.Href)));
    }

    [Fact]
    public void Bars_AreDrawnInProportion()
    {
        var svg = XElement.Parse(new BarChart("t", "d", [new Bar("a", 40, "40"), new Bar("b", 10, "10")]).Svg("x").Html);
        svg.Elements("rect").Where(r => r.Attribute("class")!.Value == "t-bar").Select(r => r.Attribute("width")!.Value).ShouldBe(["100%", "25%"]);
    }

    [Fact]
    public void Gauge_PartsTogether_FillTheBar()
    {
        var svg = XElement.Parse(ShowModel.Gauge.Svg("x").Html);
        svg.Elements("rect").Where(r => r.Attribute("class")!.Value != "track").Sum(r => Percent(r, "width")).ShouldBe(100, 0.05);
        Percent(svg.Elements("line").Single(), "x1").ShouldBe(49, 0.01);
    }

    [Fact]
    public void Quorum_WithFewMembers_ShowsOneCellEach()
    {
        var svg = XElement.Parse(new QuorumMeter(11, 16, 31).Svg("x").Html);
        svg.Elements("rect").Count().ShouldBe(31);
        svg.Elements("rect").Count(r => r.Attribute("class")!.Value == "t-soon").ShouldBe(11);
    }

    [Fact]
    public void CutoffTable_AddsUpOnlyWhatIsFunded()
    {
        var rows = ShowModel.Cutoff.Table.Rows;
        rows.Count.ShouldBe(5);
        rows[2][4].Text.ShouldBe(Format.Plain(11_200_000_00));
        rows[3][4].Text.ShouldBe("");
    }

    [Fact]
    public void Histogram_CountsEveryValueOnce() =>
        ShowModel.Histogram.Table.Rows.Sum(r => int.Parse(r[1].Text, System.Globalization.CultureInfo.InvariantCulture)).ShouldBe(ShowModel.Histogram.Values.Count);

    [Fact]
    public void Network_ProjectsWithoutTies_StandApartAndInTheTable()
    {
        var svg = XElement.Parse(ShowModel.Network.Svg("x").Html);
        svg.Descendants("circle").Count(c => c.Attribute("class")!.Value.Contains("alone", StringComparison.Ordinal)).ShouldBe(1);
        ShowModel.Network.Table.Rows.Count.ShouldBe(ShowModel.Network.Ties.Count + 1);
    }

    [Fact]
    public void Line_MissingValue_BreaksTheLine()
    {
        var svg = XElement.Parse(ShowModel.Line.Svg("x").Html);
        svg.Descendants("path").First().Attribute("d")!.Value.Count(c => c == 'M').ShouldBe(2);
    }

    [Fact]
    public void Map_OfAllProvincesAsPoints_LinksEachAndStaysSmall()
    {
        var country = PackReader.BuiltIn;
        var outlines = country.Outlines(Level.Department)!;
        var frame = outlines.FrameOf(outlines.Codes, 640, 960)!;
        var points = country.Provinces.Where(p => p.Point is not null).ToDictionary(p => p.Code, p => p.Point!.Value);
        var areas = country.Provinces.Select((p, i) => new Area(p.Code, p.Name, i % 9 == 0 ? null : i, $"{i}", "/territorios/" + p.Code)).ToList();
        var map = new MapChart("Mapa", "Provincias", MapShapes.Of(points, frame, outlines), areas) { Here = "0601" };
        var html = map.Svg("x").Html;
        html.Length.ShouldBeLessThan(45 * 1024);
        var svg = XElement.Parse(html);
        svg.Elements("a").Select(a => a.Attribute("href")!.Value).Order().ShouldBe(areas.Where(a => points.ContainsKey(a.Code)).Select(a => a.Href!).Order());
        svg.Elements("a").ShouldAllBe(a => a.Element("title")!.Value.Contains(": "));
        map.Table.Rows.Count.ShouldBe(areas.Count);
        map.Legend.Html.ShouldContain($"sin dato ({areas.Count(a => a.Value is null)})");
    }

    [Fact]
    public void Map_OfAllDepartments_DrawsEachArea()
    {
        var country = PackReader.BuiltIn;
        var outlines = country.Outlines(Level.Department)!;
        var areas = country.Departments.Select((d, i) => new Area(d.DrawnAs ?? d.Code, d.Name, i, $"{i}")).ToList();
        var map = new MapChart("Mapa", "Departamentos", MapShapes.Of(outlines, outlines.FrameOf(outlines.Codes, 640, 960)!), areas);
        var svg = XElement.Parse(map.Svg("x").Html);
        svg.Attribute("role")!.Value.ShouldBe("img");
        svg.Elements("g").Count().ShouldBe(areas.Count);
        svg.Descendants("path").Select(p => p.Attribute("class")?.Value).Distinct().Order().ShouldBe(["k1", "k2", "k3", "k4", "k5"]);
    }

    static double Percent(XElement element, string attribute) =>
        double.Parse(element.Attribute(attribute)!.Value.TrimEnd('%'), System.Globalization.CultureInfo.InvariantCulture);
}
