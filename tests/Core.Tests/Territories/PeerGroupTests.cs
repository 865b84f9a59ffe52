using Minka.Core.Territories;
using Minka.Core.Territories.Packs;
using Minka.TestKit;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Territories;

public sealed class PeerGroupTests
{
    [Fact]
    public void Of_NinePlaces_FindsThoseOfTheSameCellNearestFirst()
    {
        // Need and resources of 0101 … 0109. Thirds by rank: 1–3, 4–6, 7–9.
        var group = PeerGroup.Of(Places(9), Places(9)[0], Values("need", 1, 2, 3, 40, 50, 60, 70, 80, 90), Values("means", 10, 30, 20, 1, 2, 3, 70, 80, 90))!;

        (group.NeedThird, group.ResourcesThird, group.InCell).ShouldBe((0, 1, 3));
        // Both lie one rank off in need; 0102 two in resources, 0103 two in need and one in resources: √(1+4) = √(4+1), the code decides.
        group.Nearest.Select(p => p.Place.Code).ShouldBe(["0102", "0103"]);
        group.Nearest[0].Distance.ShouldBe(Math.Sqrt(5) / 9, 1e-12);
        (group.Nearest[0].Need, group.Nearest[0].Resources).ShouldBe((2m, 30m));
    }

    [Fact]
    public void Of_EqualValues_ShareOneCell()
    {
        var group = PeerGroup.Of(Places(4), Places(4)[2], Values("need", 5, 5, 5, 5), Values("means", 7, 7, 7, 7))!;

        (group.NeedThird, group.ResourcesThird, group.InCell).ShouldBe((1, 1, 4));
        group.Nearest.Select(p => (p.Place.Code, p.Distance)).ShouldBe([("0101", 0d), ("0102", 0d), ("0104", 0d)]);
    }

    [Fact]
    public void Of_PlaceWithoutFigures_HasNoPeers()
    {
        PeerGroup.Of(Places(5), Places(5)[4], Values("need", 1, 2, 3, 4), Values("means", 1, 2, 3, 4)).ShouldBeNull();
        PeerGroup.Of(Places(2), Places(2)[0], Values("need", 1, 2), Values("means", 1, 2)).ShouldBeNull();
        PeerGroup.Of(PackReader.BuiltIn, PackReader.BuiltIn.Find("0605")!).ShouldBeNull();
    }

    [SharedFact("packs/pe-2025")]
    public void Peru2025_EveryProvinceAndDistrictWithFigures_HasPeersOfItsOwnCell()
    {
        var country = PackReader.Load(Shared.At("packs", "pe-2025"));

        country.Provinces.ShouldAllBe(p => PeerGroup.Of(country, p)!.Nearest.Count > 0);
        var contumaza = PeerGroup.Of(country, country.Find("0605")!)!;
        contumaza.Need.Key.ShouldBe("poverty-2018");
        contumaza.Resources.Key.ShouldBe("municipal-pim-per-person-2024");
        contumaza.Nearest.Count.ShouldBe(PeerGroup.Shown);
        contumaza.Nearest.ShouldAllBe(p => PeerGroup.Of(country, p.Place)!.NeedThird == contumaza.NeedThird);
    }

    static Territory[] Places(int count) => [.. Enumerable.Range(1, count).Select(i => new Territory($"010{i}", Level.Province, $"P{i}", "01", null, null))];

    static Indicator Values(string key, params decimal[] values) => new(key, key, "S/", 2024, IndicatorKind.Rate, Level.Province)
    {
        Source = "",
        Attribution = "",
        Licence = "",
        Values = values.Index().ToDictionary(v => $"010{v.Index + 1}", v => v.Item),
    };
}
