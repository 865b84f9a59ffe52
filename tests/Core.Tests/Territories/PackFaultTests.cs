using System.IO.Compression;
using System.Text;
using System.Text.Json.Nodes;
using Minka.Core.Territories;
using Minka.Core.Territories.Packs;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Territories;

public sealed class PackFaultTests
{
    [Fact]
    public void Small_AsWritten_IsRead()
    {
        using var pack = TempPack.Small();

        var reading = pack.Read();

        reading.Faults.ShouldBeEmpty();
        var country = reading.Country!;
        country.Find("010102")!.Name.ShouldBe("Asunción");
        country.Find("020101")!.DrawnAs.ShouldBe("010101");
        country.Indicator("poverty-2018", Level.District)!.Of("010201").ShouldBeNull();
        country.Indicator("municipal-pim-2024", Level.Department)!.Of("01").ShouldBe(220);
        country.Indicator("municipal-execution-2024", Level.District)!.Of("010102").ShouldBe(25);
        country.Indicator("municipal-execution-2024", Level.District)!.Of("010201").ShouldBeNull();
        country.Outlines(Level.Department)!.Find("02")!.Polygons.Count.ShouldBe(2);
        country.Outlines(Level.Department)!.Find("01")!.Polygons[0][0][1].ShouldBe(new GeoPoint(-78, -10));
    }

    public static TheoryData<string, string, string, string, string> TextFaults => new()
    {
        // file, what is written, instead of what, and the fault as file:line:column code arguments
        { "departamentos.csv", "02,Áncash", "01,Áncash", "departamentos.csv:3:1 code-duplicate 01", "duplicate" },
        { "provincias.csv", "0201,Huaraz", "0301,Huaraz", "provincias.csv:4:1 code-orphan 0301 03", "orphan province" },
        { "distritos.csv", "010201,Bagua", "010301,Bagua", "distritos.csv:4:1 code-orphan 010301 0103", "orphan district" },
        { "distritos.csv", "10102,Asu", "1012,Asu", "distritos.csv:3:1 code-length 1012 6", "code of four digits" },
        { "distritos.csv", "10102,Asu", "01010a,Asu", "distritos.csv:3:1 code-length 01010a 6", "letter in a code" },
        { "provincias.csv", "0102,Bagua", "102,Bagua", "provincias.csv:3:1 code-length 102 4", "province code of three digits" },
        { "provincias.csv", "-6.2", "seis", "provincias.csv:2:18 not-a-number latitud seis", "latitude in words" },
        { "provincias.csv", "-77.9", "-777.9", "provincias.csv:2:23 out-of-range longitud -777.9", "longitude" },
        { "distritos.csv", "9.03", "9,03", "distritos.csv:2:1 csv-cells 6 5", "decimal comma makes one cell more" },
        { "distritos.csv", "9.03", "1e2", "distritos.csv:2:24 not-a-number pobreza_total_2018 1e2", "exponent" },
        { "distritos.csv", "9.03", "109.03", "distritos.csv:2:24 out-of-range pobreza_total_2018 109.03", "percent above a hundred" },
        { "distritos.csv", "Asunción,100", "Asunción,-100", "distritos.csv:3:16 out-of-range poblacion -100", "negative population" },
        { "distritos.csv", "Asunción", "", "distritos.csv:3:7 name-empty 010102", "empty name" },
        { "distritos.csv", "Asunción", "\"Asun\"ción", "distritos.csv:3:13 csv-quote", "text after a closing quote" },
        { "distritos.csv", "Asunción", "Asun\"ción", "distritos.csv:3:11 csv-quote", "quote within a bare cell" },
        { "distritos.csv", "500,20,010101\n", "500,20,\"010101\n", "distritos.csv:5:22 csv-quote", "unclosed quote" },
        { "distritos.csv", "distrito,", "nombre,", "distritos.csv:1:8 column-wrong nombre distrito", "another column" },
        { "distritos.csv", ",ubigeo_mapa_2017", "", "distritos.csv:1:1 column-missing ubigeo_mapa_2017", "column missing" },
        { "distritos.csv", "20,010101\n", "20,010101\n020102,Otro,1,1,010101\n", "distritos.csv row-count 5 4", "one row more" },
        { "distritos.csv", "20,010101", "20,999999", "distritos.csv:5:22 drawn-as-unknown 020101 999999", "drawn as one that is not drawn" },
        { "distritos.csv", "20,010101", "20,", "distritos.csv:5:1 row-without-polygon 020101", "row without polygon" },
        { "gasto.csv", "2024,020101", "2024,020109", "gasto.csv:5:6 code-orphan 020109 0201", "budget of nobody" },
        { "gasto.csv", "2024,010102", "2024,010101", "gasto.csv:3:6 code-duplicate 010101 2024", "budget twice" },
        { "gasto.csv", "2024,010201", "20x4,010201", "gasto.csv:4:1 not-a-number anio 20x4", "year" },
        { "limites.topojson", "\"010201\"", "\"010202\"", "limites.topojson:1:776 polygon-without-row 010202", "polygon without row" },
        { "limites.topojson", "\"0201\"", "\"0102\"", "limites.topojson:1:549 code-duplicate 0102", "polygon twice" },
        { "limites.topojson", "\"0201\"", "\"201\"", "limites.topojson:1:549 code-length 201 2/4/6", "polygon's code" },
        { "limites.topojson", "[[-1]]", "[[-9]]", "limites.topojson:1:467 geometry", "border line that is not there" },
        { "limites.topojson", "[8,0]", "[8]", "limites.topojson:1:63 geometry", "point with one number" },
        { "limites.topojson", "[8,0]", "[8000,0]", "limites.topojson:1:63 geometry", "point off the globe" },
        { "limites.topojson", "\"arcs\":[[1]],\"properties\"", "\"arcs\":[],\"properties\"", "limites.topojson:1:500 geometry", "no ring" },
        { "limites.topojson", "\"Topology\"", "\"Topografía\"", "limites.topojson:1:1 geometry", "not a topology" },
        { "limites.topojson", "}}}", "}}", "limites.topojson:1:789 json-invalid", "JSON cut" },
    };

    [Theory]
    [MemberData(nameof(TextFaults))]
    public void Read_OneThingSpoiled_NamesFileLineColumn(string file, string from, string to, string expected, string what)
    {
        using var pack = TempPack.Small().Spoil(file, from, to);

        var reading = pack.Read();

        reading.Country.ShouldBeNull(what);
        reading.Faults.Select(f => f.ToString()).ShouldContain(expected, what);
    }

    [Fact]
    public void Read_PlaceInAnIndentedOutlineFile_CountsLinesAndCharacters()
    {
        using var pack = TempPack.Small().Spoil("limites.topojson", "{\"type\":\"Topology\",", "{\"title\":\"Límites\",\n  \"type\": \"Topology\",\n  ").Spoil("limites.topojson", "\"010201\"", "\n    \"010202\"");

        pack.Read().Faults.ShouldContain(f => f.Code == PackFaults.PolygonWithoutRow && f.Line == 4 && f.Column == 5);
    }

    [Fact]
    public void Read_BrokenUtf8_NamesEachPlaceInCharacters()
    {
        using var pack = TempPack.Small();
        var text = Encoding.UTF8.GetBytes("ubigeo,distrito,poblacion,pobreza_total_2018,ubigeo_mapa_2017\n010101,Ñañ?,200,9.03,010101\n10102,A?,100,36.5,010102\n010201,Bagua,100,,010201\n020101,Huaraz,500,20,010101\n");
        pack.Contents["distritos.csv"] = Array.ConvertAll(text, b => b == '?' ? (byte)0xF1 : b);

        pack.Read().Faults.Where(f => f.Code == PackFaults.Utf8).Select(f => f.ToString()).ShouldBe(["distritos.csv:2:11 utf8 F1", "distritos.csv:3:8 utf8 F1"]);
    }

    [Fact]
    public void Read_SeveralThingsSpoiled_ToldAllAtOnce()
    {
        using var pack = TempPack.Small().Spoil("distritos.csv", "9.03", "x").Spoil("provincias.csv", "0201,", "0301,").Spoil("departamentos.csv", "Amazonas", "");

        pack.Read().Faults.Select(f => f.Code).ShouldBe([PackFaults.NotANumber, PackFaults.NameEmpty, PackFaults.CodeOrphan, PackFaults.CodeOrphan, PackFaults.PolygonWithoutRow, PackFaults.RowWithoutPolygon], ignoreOrder: true);
    }

    [Fact]
    public void Read_CrLfBomQuotesAndLineBreaks_AreRight()
    {
        using var pack = TempPack.Small();
        pack.Contents["departamentos.csv"] = [0xEF, 0xBB, 0xBF, .. Encoding.UTF8.GetBytes("departamento_id,departamento\r\n01,\"Ama\"\"zonas,\r\ndel norte\"\r\n02,Áncash\r\n")];

        var reading = pack.Read();

        reading.Faults.ShouldBeEmpty();
        reading.Country!.Find("01")!.Name.ShouldBe("Ama\"zonas,\r\ndel norte");
    }

    [Fact]
    public void Read_NoFolder_IsAFault() =>
        PackReader.Read(Path.Combine(Path.GetTempPath(), "no-such-pack")).Faults.Single().Code.ShouldBe(PackFaults.PackMissing);

    [Fact]
    public void Read_NoManifest_IsAFault()
    {
        using var pack = new TempPack();

        PackReader.Read(pack.Path).Faults.Single().ToString().ShouldBe("manifest.json manifest-missing manifest.json");
    }

    [Fact]
    public void Read_FileMissing_IsAFault()
    {
        using var pack = TempPack.Small().Write();
        File.Delete(Path.Combine(pack.Path, "gasto.csv"));

        PackReader.Read(pack.Path).Faults.Single().ToString().ShouldBe("gasto.csv file-missing gasto.csv");
    }

    [Fact]
    public void Read_FileChanged_DigestDiffers()
    {
        using var pack = TempPack.Small().Write();
        File.WriteAllText(Path.Combine(pack.Path, "gasto.csv"), File.ReadAllText(Path.Combine(pack.Path, "gasto.csv")).Replace("150", "151", StringComparison.Ordinal));

        PackReader.Read(pack.Path).Faults.Single().Code.ShouldBe(PackFaults.HashMismatch);
    }

    [Theory]
    [InlineData("../secret.csv")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b.csv")]
    [InlineData("a//b.csv")]
    [InlineData("..\\b.csv")]
    [InlineData("C:/b.csv")]
    [InlineData("./gasto.csv")]
    [InlineData("a\u0000b")]
    public void Read_PathThatLeadsOut_IsRefused(string path)
    {
        using var pack = TempPack.Small();
        pack.Manifest = m => m["files"]![3]!["path"] = path;

        pack.Read().Faults.ShouldContain(f => f.Code == PackFaults.PathEscapes && f.File == "manifest.json" && f.Line > 1 && f.Column > 1);
    }

    [Fact]
    public void Read_LinkThatLeadsOut_IsNotFollowed()
    {
        using var pack = TempPack.Small().Write();
        using var other = TempPack.Small().Write();
        File.Delete(Path.Combine(pack.Path, "gasto.csv"));
        File.CreateSymbolicLink(Path.Combine(pack.Path, "gasto.csv"), Path.Combine(other.Path, "gasto.csv"));

        PackReader.Read(pack.Path).Faults.Single().Code.ShouldBe(PackFaults.FileMissing);
    }

    public static TheoryData<string, string> ManifestFields => new()
    {
        { "id", "manifest.json:1:1 manifest-field id" },
        { "files/0/path", "manifest-field path" },
        { "files/0/kind", "manifest-field kind" },
        { "files/0/sha256", "manifest-field sha256" },
        { "files/0/licence", "manifest-field licence" },
        { "files/0/attribution", "manifest-field attribution" },
        { "files/0/level", "manifest-field level" },
        { "files/0/rows", "manifest-field rows" },
        { "files/0/columns", "manifest-field columns" },
        { "files", "manifest.json:1:1 manifest-field files" },
    };

    [Theory]
    [MemberData(nameof(ManifestFields))]
    public void Read_ManifestWithoutAField_NamesIt(string path, string expected)
    {
        using var pack = TempPack.Small();
        pack.Manifest = m =>
        {
            var parts = path.Split('/');
            JsonNode node = m;
            foreach (var part in parts[..^1]) node = int.TryParse(part, out var i) ? node[i]! : node[part]!;
            node.AsObject().Remove(parts[^1]);
        };

        pack.Read().Faults.ShouldContain(f => f.ToString().EndsWith(expected, StringComparison.Ordinal));
    }

    [Fact]
    public void Read_ManifestIsNoJson_NamesThePlace()
    {
        using var pack = TempPack.Small().Write();
        File.WriteAllText(Path.Combine(pack.Path, "manifest.json"), "{\n \"id\": \"é\" \"x\"\n}");

        PackReader.Read(pack.Path).Faults.Single().ToString().ShouldBe("manifest.json:2:12 json-invalid");
    }

    [Fact]
    public void Read_SamePathTwice_IsRefused()
    {
        using var pack = TempPack.Small();
        pack.Manifest = m => m["files"]!.AsArray().Add(m["files"]![0]!.DeepClone());

        pack.Read().Faults.ShouldContain(f => f.Code == PackFaults.PathDuplicate);
    }

    [Fact]
    public void Read_NoProvinces_IsRefused()
    {
        using var pack = TempPack.Small();
        pack.Manifest = m => m["files"]!.AsArray().RemoveAt(1);

        pack.Read().Faults.ShouldContain(f => f.Code == PackFaults.LevelMissing && f.Args.Contains("province"));
    }

    [Fact]
    public void Read_NotAZip_IsAFault()
    {
        using var pack = new TempPack();
        var path = Path.Combine(pack.Path, "x.zip");
        File.WriteAllText(path, "not a zip");

        PackReader.Read(path).Faults.Single().Code.ShouldBe(PackFaults.ZipInvalid);
    }

    [Fact]
    public void Read_ZipBomb_StopsAtTheLimit()
    {
        using var pack = TempPack.Small().Write();
        var path = Path.Combine(Path.GetTempPath(), $"minka-bomb-{Guid.NewGuid():N}.zip");
        try
        {
            ZipFile.CreateFromDirectory(pack.Path, path);
            using (var zip = ZipFile.Open(path, ZipArchiveMode.Update))
            {
                zip.GetEntry("gasto.csv")!.Delete();
                using var bomb = zip.CreateEntry("gasto.csv", CompressionLevel.SmallestSize).Open();
                var zeros = new byte[1 << 20];
                for (var i = 0; i < 70; i++) bomb.Write(zeros);
            }
            new FileInfo(path).Length.ShouldBeLessThan(1 << 20);

            PackReader.Read(path).Faults.ShouldContain(f => f.Code == PackFaults.TooLarge && f.File == "gasto.csv");
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Read_GeoJson_IsReadLikeTopoJson()
    {
        using var pack = new TempPack();
        pack.Csv("d.csv", "territories", "department", "departamento_id,departamento\n01,Amazonas\n");
        pack.Csv("p.csv", "territories", "province", "provincia_id,provincia\n0101,Chachapoyas\n");
        pack.Outlines("d.geojson", "department", """{"type":"FeatureCollection","features":[{"type":"Feature","properties":{"u":"01"},"geometry":{"type":"Polygon","coordinates":[[[-80,-10],[-78,-10],[-78,-8],[-80,-8],[-80,-10]],[[-79.5,-9.5],[-79,-9.5],[-79,-9],[-79.5,-9.5]]]}}]}""", 1);

        var reading = pack.Read();

        reading.Faults.ShouldBeEmpty();
        var outlines = reading.Country!.Outlines(Level.Department)!;
        outlines.Find("01")!.Polygons.Single().Select(ring => ring.Length).ShouldBe([5, 4]);
        outlines.Find("01")!.Polygons[0][1][2].ShouldBe(new GeoPoint(-79, -9));
    }

    [Fact]
    public void Read_ManyFaults_AreCappedAndSaidSo()
    {
        using var pack = TempPack.Small();
        pack.Contents["gasto.csv"] = Encoding.UTF8.GetBytes("anio,ubigeo,pia,pim,devengado\n" + string.Concat(Enumerable.Repeat("x,y,1,2,3\n", 5000)));

        var faults = pack.Read().Faults;

        faults.Count.ShouldBe(501);
        faults[^1].Code.ShouldBe(PackFaults.TooManyFaults);
    }

    [Fact]
    public void Read_RandomlyBrokenBytes_IsReadOrRefusedButNeverCrashes()
    {
        using var pack = TempPack.Small();
        var right = pack.Write().Contents.ToDictionary(c => c.Key, c => c.Value.ToArray());
        var random = new Random(20250607);
        byte[] nasty = [0, 0x22, 0x2C, 0x0A, 0x0D, 0xFF, 0xC3, 0x7B, 0x5D, 0x2D, 0x39, 0x65];
        for (var round = 0; round < 600; round++)
        {
            var file = right.Keys.ElementAt(random.Next(right.Count));
            var bytes = right[file].ToList();
            for (var change = random.Next(1, 6); change > 0 && bytes.Count > 0; change--)
            {
                var at = random.Next(bytes.Count);
                switch (random.Next(4))
                {
                    case 0: bytes[at] = (byte)random.Next(256); break;
                    case 1: bytes[at] = nasty[random.Next(nasty.Length)]; break;
                    case 2: bytes.RemoveRange(at, Math.Min(bytes.Count - at, random.Next(1, 40))); break;
                    default: bytes.Insert(at, nasty[random.Next(nasty.Length)]); break;
                }
            }
            pack.Contents[file] = [.. bytes];

            var reading = pack.Read();

            (reading.Country is null).ShouldBe(reading.Faults.Count > 0);
            if (reading.Country is { } country)
                foreach (var level in Enum.GetValues<Level>())
                    if (country.Outlines(level) is { } outlines)
                        outlines.Paths(outlines.FrameOf(outlines.Codes, 300, 300)!).Count.ShouldBe(outlines.Codes.Count);
            pack.Contents[file] = right[file];
        }
    }

    [Fact]
    public void ReadZip_RandomlyBrokenBytes_IsReadOrRefusedButNeverCrashes()
    {
        using var pack = TempPack.Small().Write();
        using var made = new MemoryStream();
        ZipFile.CreateFromDirectory(pack.Path, made);
        var right = made.ToArray();
        var random = new Random(7);
        for (var round = 0; round < 400; round++)
        {
            var bytes = right.ToArray();
            for (var change = random.Next(1, 8); change > 0; change--) bytes[random.Next(bytes.Length)] = (byte)random.Next(256);

            var reading = PackReader.Read(new MemoryStream(round % 3 == 0 ? bytes[..random.Next(bytes.Length)] : bytes));

            (reading.Country is null).ShouldBe(reading.Faults.Count > 0);
        }
    }
}
