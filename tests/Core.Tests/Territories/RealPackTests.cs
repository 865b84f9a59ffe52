using System.Diagnostics;
using Minka.Core.Territories;
using Minka.Core.Territories.Packs;
using Minka.TestKit;
using Shouldly;
using Xunit;
using Xunit.Abstractions;

namespace Minka.Core.Tests.Territories;

public sealed class RealPackTests(ITestOutputHelper output)
{
    static readonly Lazy<PackReading> Peru = new(() => PackReader.Read(Shared.At("packs", "pe-2025")));

    static Country Country => Peru.Value.Country.ShouldNotBeNull(string.Join('\n', Peru.Value.Faults));

    [Fact]
    public void BuiltIn_Read_HasDepartmentsWithOutlinesAndProvincesWithPoints()
    {
        var country = PackReader.BuiltIn;

        country.Departments.Count.ShouldBe(25);
        country.Provinces.Count.ShouldBe(196);
        country.Districts.ShouldBeEmpty();
        country.Departments.ShouldAllBe(d => country.Outlines(Level.Department)!.Has(d.Code) && d.DrawnAs == d.Code);
        country.Provinces.Where(p => p.Point is null).Select(p => p.Name).ShouldBe(["Purús"]);
        country.Find("21")!.Name.ShouldBe("Puno");
        country.Find("0605")!.Name.ShouldBe("Contumazá");
        country.Indicator("populated-places", Level.Province)!.Values.Values.Sum().ShouldBe(1773);
        country.Indicator("populated-places", Level.Province)!.Of("2504").ShouldBe(0);
    }

    [Fact]
    public void BuiltIn_Outlines_HoldThePointsOfTheirOwnProvinces()
    {
        var country = PackReader.BuiltIn;
        var outlines = country.Outlines(Level.Department)!;

        var strays = country.Provinces.Where(p => p.Point is not null && !Holds(outlines.Find(p.ParentCode!)!, p.Point.Value)).ToArray();

        // The outlines are coarse: a town on a border may fall outside, a swapped department could not hide.
        strays.Length.ShouldBeLessThanOrEqualTo(6, string.Join(", ", strays.Select(s => $"{s.Code} {s.Name}")));
    }

    [SharedFact("packs/pe-2025")]
    public void Peru2025_Read_ReproducesThePublishedFigures()
    {
        (Country.Departments.Count, Country.Provinces.Count, Country.Districts.Count).ShouldBe((25, 196, 1891));
        Country.Districts.Sum(d => d.Population).ShouldBe(34_350_244);
        foreach (var level in Enum.GetValues<Level>())
        {
            Sum("population-2025", level).ShouldBe(34_350_244);
            Sum("municipal-pia-2024", level).ShouldBe(34_742_034_645);
            Sum("municipal-pim-2024", level).ShouldBe(51_766_264_819);
            Sum("municipal-accrued-2024", level).ShouldBe(39_369_357_652);
            Sum("municipal-pia-2025", level).ShouldBe(35_323_230_357);
            Sum("municipal-pim-2025", level).ShouldBe(40_665_837_226);
            Sum("municipal-accrued-2025", level).ShouldBe(4_435_947_682);
        }
        Math.Round(Sum("municipal-accrued-2024", Level.District) * 100 / Sum("municipal-pim-2024", Level.District), 2).ShouldBe(76.05m);
        Country.Indicator("municipal-pim-2024", Level.District)!.Values.Count.ShouldBe(1891);
        Country.Indicator("municipal-pim-2025", Level.District)!.Values.Count.ShouldBe(1891);
        Country.Indicator("municipal-pim-2024", Level.District)!.PartialYear.ShouldBeFalse();
        Country.Indicator("municipal-pim-2025", Level.District)!.PartialYear.ShouldBeTrue();
        Country.Districts.Count(d => d.DrawnAs != d.Code).ShouldBe(17);
        Country.Districts.ShouldAllBe(d => d.DrawnAs != null);
        Country.Find("221006")!.DrawnAs.ShouldBe("221005");

        static decimal Sum(string key, Level level) => Country.Indicator(key, level)!.Values.Values.Sum();
    }

    [SharedFact("packs/pe-2025")]
    public void Peru2025_HumanDevelopment_HasEveryDistrictAndYearOfTheSource()
    {
        var years = Country.Indicators.Where(i => i.Key.StartsWith("schooling-", StringComparison.Ordinal)).ToArray();

        years.Select(i => i.Year).ShouldBe([2003, 2007, 2010, 2011, 2012]);
        Country.Indicator("hdi-2012", Level.District)!.Values.Count.ShouldBe(1834);
        Country.Indicator("hdi-2003", Level.District)!.Values.Count.ShouldBe(1832);
        Country.Indicator("hdi-2003", Level.District)!.Of("010101").ShouldBe(0.3626m);
    }

    [SharedFact("packs/pe-2025")]
    public void Peru2025_Indicators_GiveExecutionAndBudgetPerPerson()
    {
        Country.Indicator("municipal-execution-2024", Level.District)!.Of("010101").ShouldBe(59.57m);
        Country.Indicator("municipal-pim-per-person-2024", Level.District)!.Of("010101").ShouldBe(Math.Round(132_120_049m / 41_843, 2));
        Country.Indicator("poverty-2018", Level.Province)!.Of("0101").ShouldBe(22.02m);
    }

    [SharedFact("packs/pe-2025")]
    public void Peru2025_CountryMap_StaysSmallAndWhole()
    {
        var outlines = Country.Outlines(Level.Province)!;
        var frame = outlines.FrameOf(outlines.Codes, 480, 720)!;

        var paths = outlines.Paths(frame, maxLength: 40_000);

        paths.Count.ShouldBe(196);
        paths.Values.Sum(p => p.Length).ShouldBeLessThanOrEqualTo(40_000);
        paths.Values.ShouldAllBe(p => p.StartsWith('M') && p.EndsWith('z'));
        output.WriteLine($"{paths.Values.Sum(p => p.Length)} characters in {frame.Width} x {frame.Height}");
    }

    [SharedFact("packs/pe-2025")]
    public void Peru2025_Sources_NameEveryFileAndSkipOldOutlines()
    {
        Country.Sources.Count.ShouldBe(18);
        Country.Sources.Single(s => s.Path == "distritos_2007_mpl.topojson").Used.ShouldBeFalse();
        Country.Sources.Single(s => s.Path == "peru_admin_2017_ccbysa.topojson").Used.ShouldBeTrue();
        Country.Sources.ShouldAllBe(s => s.Attribution.Length > 0 && s.Licence.Length > 0);
    }

    [SharedFact("packs/pe-2025")]
    public void Peru2025_Zipped_GivesTheSameCountry()
    {
        using var folder = new TempPack();
        var zip = Path.Combine(folder.Path, "pe.zip");
        System.IO.Compression.ZipFile.CreateFromDirectory(Shared.At("packs", "pe-2025"), zip, System.IO.Compression.CompressionLevel.Fastest, includeBaseDirectory: true);

        var watch = Stopwatch.StartNew();
        var reading = PackReader.Read(zip);
        output.WriteLine($"read in {watch.ElapsedMilliseconds} ms");

        reading.Country.ShouldNotBeNull(string.Join('\n', reading.Faults)).Pack.ShouldBe(Country.Pack);
        reading.Country!.Districts.ShouldBe(Country.Districts);
    }

    [SharedFact("packs/pe-2025")]
    public void Search_AccentsAndCase_DoNotMatter()
    {
        Country.Search("CONTUMAZA", 2).Select(t => t.Code).ShouldBe(["0605", "060501"]);
        Country.Search("  áncash ")[0].Code.ShouldBe("02");
        Country.Search("0605").ShouldContain(t => t.Code == "060501");
        Country.Search("").ShouldBeEmpty();
        Country.Search("san", 7).Count.ShouldBe(7);
        Country.PathOf("060501").Select(t => t.Name).ShouldBe(["Cajamarca", "Contumazá", "Contumazá"]);
    }

    static bool Holds(Outline outline, GeoPoint p)
    {
        var inside = false;
        foreach (var ring in outline.Polygons.SelectMany(x => x))
            for (int i = 0, j = ring.Length - 1; i < ring.Length; j = i++)
                if (ring[i].Latitude > p.Latitude != ring[j].Latitude > p.Latitude
                    && p.Longitude < ((ring[j].Longitude - ring[i].Longitude) * (p.Latitude - ring[i].Latitude) / (ring[j].Latitude - ring[i].Latitude)) + ring[i].Longitude)
                    inside = !inside;
        return inside;
    }
}
