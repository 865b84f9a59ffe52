using Minka.Core.Territories;
using Minka.Core.Territories.Packs;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Territories;

public sealed class ContiguityTests
{
    // Four squares of a chessboard and an island: 01 02 above, 03 04 below. 01 and 04 touch in a corner alone.
    const string Squares = """
        {"type":"FeatureCollection","features":[
        {"type":"Feature","properties":{"u":"0101"},"geometry":{"type":"Polygon","coordinates":[[[0,1],[1,1],[1,2],[0,2],[0,1]]]}},
        {"type":"Feature","properties":{"u":"0102"},"geometry":{"type":"Polygon","coordinates":[[[1,1],[2,1],[2,2],[1,2],[1,1]]]}},
        {"type":"Feature","properties":{"u":"0103"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,0],[1,1],[0,1],[0,0]]]}},
        {"type":"Feature","properties":{"u":"0104"},"geometry":{"type":"Polygon","coordinates":[[[1,0],[2,0],[2,1],[1,1],[1,0]]]}},
        {"type":"Feature","properties":{"u":"0105"},"geometry":{"type":"Polygon","coordinates":[[[5,5],[6,5],[6,6],[5,5]]]}}]}
        """;

    [Fact]
    public void Of_SquaresTouchingInACorner_AreNoNeighbours()
    {
        var country = Read(Squares, "squares.geojson");
        var neighbours = Contiguity.Of(country.Outlines(Level.Province)!, country.Provinces);

        Lists(neighbours).ShouldBe(["1 2", "0 3", "0 3", "1 2", ""]);
        neighbours.Islands.ShouldBe([4]);
    }

    [Fact]
    public void Of_SharedArcsOfATopology_AreBorders()
    {
        // Two squares share the arc 0 (from both sides); the third lies apart.
        const string topology = """
            {"type":"Topology","arcs":[[[1,0],[1,1]],[[1,1],[0,1],[0,0],[1,0]],[[1,0],[2,0],[2,1],[1,1]],[[5,5],[6,5],[6,6],[5,5]]],"objects":{"p":{"type":"GeometryCollection","geometries":[
            {"type":"Polygon","arcs":[[0,1]],"properties":{"u":"0101"}},{"type":"Polygon","arcs":[[-1,2]],"properties":{"u":"0102"}},{"type":"Polygon","arcs":[[3]],"properties":{"u":"0103"}}]}}}
            """;
        var country = Read(topology, "arcs.topojson", 3);

        Lists(Contiguity.Of(country.Outlines(Level.Province)!, country.Provinces)).ShouldBe(["1", "0", ""]);
    }

    [Fact]
    public void Of_SomePlacesOnly_KnowsNoOthers()
    {
        var country = Read(Squares, "squares.geojson");
        Territory[] asked = [country.Find("0104")!, country.Find("0101")!, country.Find("0102")!];

        Lists(Contiguity.Of(country.Outlines(Level.Province)!, asked)).ShouldBe(["2", "2", "0 1"]);
    }

    [Fact]
    public void Of_PlaceDrawnAsAnother_HasNoBordersOfItsOwn()
    {
        var country = Read(Squares, "squares.geojson");
        var drawnElsewhere = country.Find("0102")! with { DrawnAs = "0101" };

        Lists(Contiguity.Of(country.Outlines(Level.Province)!, [country.Find("0101")!, drawnElsewhere])).ShouldBe(["", ""]);
    }

    [SharedFact("packs/pe-2025")]
    public void Peru2025_Provinces_BorderBothWaysAndHaveNoIslands()
    {
        var country = PackReader.Load(Shared.At("packs", "pe-2025"));
        var neighbours = Contiguity.Of(country.Outlines(Level.Province)!, country.Provinces);

        Enumerable.Range(0, neighbours.Count).ShouldAllBe(i => neighbours.Of(i).All(j => neighbours.Of(j).Contains(i)));
        neighbours.Islands.ShouldBeEmpty();
        // Contumazá borders on Cajamarca, San Miguel and San Pablo, and on La Libertad's Ascope, Gran Chimú, Chepén and Pacasmayo.
        var contumaza = country.Provinces.Index().Single(p => p.Item.Code == "0605").Index;
        var around = neighbours.Of(contumaza).Select(i => country.Provinces[i].Code).ToArray();
        around.ShouldContain("0601");
        around.ShouldContain("1311");
        around.ShouldNotContain("1501");
    }

    static string[] Lists(Minka.Measures.Spatial.Neighbours neighbours) => [.. Enumerable.Range(0, neighbours.Count).Select(i => string.Join(' ', neighbours.Of(i)))];

    static Country Read(string outlines, string path, int provinces = 5)
    {
        using var pack = new TempPack();
        pack.Csv("departamentos.csv", "territories", "department", "departamento_id,departamento\n01,Amazonas\n");
        pack.Csv("provincias.csv", "territories", "province", "provincia_id,provincia\n" + string.Concat(Enumerable.Range(1, provinces).Select(i => $"010{i},P{i}\n")));
        pack.Outlines(path, "province", outlines, provinces);
        var reading = pack.Read();
        return reading.Country.ShouldNotBeNull(string.Join('\n', reading.Faults));
    }
}
