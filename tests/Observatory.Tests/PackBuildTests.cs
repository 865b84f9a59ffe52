using System.Net;
using System.Net.Sockets;
using System.Text;
using Minka.Cli.Verbs;
using Minka.Core.Territories;
using Minka.Core.Territories.Packs;
using Minka.Observatory.Packs;

namespace Minka.Observatory.Tests;

public sealed class PackBuildTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("minka-pack-").FullName;

    private static string Sources => Path.Combine(SampleFactAttribute.Folder!, "samples", "pack-sources");

    private string Output => Path.Combine(_folder, "pe-2025");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [SampleFact]
    public async Task Build_FromAFolder_TheRealCountry()
    {
        var (code, told, _) = await BuildAsync("--from");
        code.ShouldBe(0, told);
        var country = PackReader.Load(Output);
        (country.Departments.Count, country.Provinces.Count, country.Districts.Count).ShouldBe((25, 196, 1_891));
        country.Districts.Sum(d => d.Population).ShouldBe(34_350_244);
        decimal Sum(string key) => country.Indicator(key, Level.District)!.Values.Values.Sum();
        (Sum("municipal-pia-2024"), Sum("municipal-pim-2024"), Sum("municipal-accrued-2024")).ShouldBe((34_742_034_645m, 51_766_264_819m, 39_369_357_652m));
        country.Indicator("municipal-pim-2024", Level.District)!.Values.Count.ShouldBe(1_891);
        country.Districts.ShouldAllBe(d => d.DrawnAs != null);
        country.Provinces.ShouldAllBe(d => d.DrawnAs == d.Code);
        // As the reference pack says: 67 districts have no polygon of their own in 2007, two of which changed their code.
        country.Districts.Count(d => d.DrawnAs != d.Code).ShouldBe(65);
        Directory.EnumerateFiles(Output).Sum(f => new FileInfo(f).Length).ShouldBeLessThan(2_000_000);
        var again = await BuildAsync("--from");
        again.Told.ShouldContain("sin cambios");
        var reference = PackReader.Load(Path.Combine(SampleFactAttribute.Folder!, "packs", "pe-2025"));
        foreach (var key in (string[])["poverty-2018", "hdi-2019", "extreme-poverty-2013", "area"])
            country.Indicator(key, Level.District)!.Values.OrderBy(v => v.Key).ShouldBe(reference.Indicator(key, Level.District)!.Values.OrderBy(v => v.Key));
    }

    [SampleFact]
    public async Task Build_SourceMissingOrAltered_NamesItAndLeavesThePackOfBefore()
    {
        (await BuildAsync("--from")).Code.ShouldBe(0);
        var before = File.ReadAllText(Path.Combine(Output, "manifest.json"));
        File.AppendAllText(Path.Combine(Output, "ubigeo_provincias.csv"), "x");
        var copies = Path.Combine(_folder, "copies");
        Directory.CreateDirectory(copies);
        foreach (var file in Directory.EnumerateFiles(Sources).Skip(1))
            File.WriteAllBytes(Path.Combine(copies, Path.GetFileName(file)), File.ReadAllBytes(file));
        var missing = PackRecipe.Find("pe-2025")!.Sources.First(s => !File.Exists(Path.Combine(copies, s.File)));
        var (code, _, errors) = await BuildAsync("--from", copies);
        (code, errors.Contains($"Falta {missing.File}", StringComparison.Ordinal)).ShouldBe((2, true), errors);
        File.WriteAllText(Path.Combine(copies, missing.File), "otra cosa");
        (await BuildAsync("--from", copies)).Errors.ShouldContain("SHA-256");
        File.ReadAllText(Path.Combine(Output, "manifest.json")).ShouldBe(before);
    }

    [SampleFact]
    public async Task Download_CutOff_IsTakenUpWhereItEnded()
    {
        using var server = new FileServer(Sources) { CutAfter = 100_000 };
        var (code, told, errors) = await BuildAsync("--mirror", server.Address);
        code.ShouldBe(0, errors);
        server.Ranges.ShouldContain(r => r > 0);
        told.ShouldContain("51 766 264 819");
    }

    [SampleTheory]
    [InlineData("altered", "SHA-256")]
    [InlineData("missing", "Falta")]
    [InlineData("silent", "seguirá desde allí")]
    public async Task Download_OfABadServer_IsRefused(string how, string word)
    {
        using var server = new FileServer(Sources) { Altered = how == "altered", Missing = how == "missing", Silent = how == "silent" };
        var (code, _, errors) = await BuildAsync("--mirror", server.Address);
        (code, errors.Contains(word, StringComparison.Ordinal)).ShouldBe((2, true), errors);
        Directory.Exists(Output).ShouldBeFalse();
    }

    [SampleFact]
    public async Task Check_AFaultyPack_TellsFileLineAndColumn_AndAddRefusesIt()
    {
        (await BuildAsync("--from")).Code.ShouldBe(0);
        using var told = new StringWriter();
        using var errors = new StringWriter();
        (await PackVerb.CheckAsync(Output, "es", told, errors)).ShouldBe(0);
        (await PackVerb.AddAsync(Output, Path.Combine(_folder, "packs"), "es", told, errors)).ShouldBe(0, errors.ToString());
        PackReader.Load(Path.Combine(_folder, "packs", "pe-2025")).Districts.Count.ShouldBe(1_891);
        (await PackVerb.ListAsync(Path.Combine(_folder, "packs"), "es", told)).ShouldBe(0);
        told.ToString().ShouldContain("196 provincias");
        var provinces = Path.Combine(Output, "ubigeo_provincias.csv");
        File.WriteAllText(provinces, File.ReadAllText(provinces).Replace("0102,", "01,", StringComparison.Ordinal));
        (await PackVerb.CheckAsync(Output, "es", told, errors)).ShouldBe(1);
        errors.ToString().ShouldContain("ubigeo_provincias.csv");
        (await PackVerb.AddAsync(Output, Path.Combine(_folder, "packs"), "es", told, errors)).ShouldBe(1);
    }

    [Fact]
    public void Topology_OfNeighbours_KeepsOneBorder_AndNobodyVanishes()
    {
        // Two squares with a rugged border, an island within one of them, and a dwarf.
        (double, double)[] rugged = [.. Enumerable.Range(0, 101).Select(i => (1 + (i % 2 * 0.001), i / 100.0))];
        GeoShape Square(string code, IEnumerable<(double, double)> ring, params (double, double)[][] holes) => new(code, [[[.. ring], .. holes]]);
        (double, double)[] hole = [(0.3, 0.3), (0.3, 0.6), (0.6, 0.6), (0.6, 0.3), (0.3, 0.3)];
        var west = Square("01", [(0, 0), .. rugged, (0, 1), (0, 0)], hole);
        var east = Square("02", [(2, 0), (2, 1), .. rugged.Reverse(), (2, 0)]);
        var island = Square("03", hole);
        var dwarf = Square("04", [(3, 3), (3.002, 3), (3.002, 3.002), (3, 3.002), (3, 3)]);
        var topology = new Topology([west, east, island, dwarf], 0.001, 0.001);
        int[] Arcs(string code) => [.. topology.Places.Single(p => p.Code == code).Polygons.SelectMany(p => p).SelectMany(r => r).Select(a => a < 0 ? -1 - a : a)];
        Arcs("01").Intersect(Arcs("02")).Count().ShouldBe(1);
        Arcs("01").Intersect(Arcs("03")).Count().ShouldBe(1);
        topology.Points.ShouldBeLessThan(30);
        Arcs("04").ShouldNotBeEmpty();
        topology.ToJson("x", "d").ShouldContain("\"d\":\"04\"");
    }

    private async Task<(int Code, string Told, string Errors)> BuildAsync(string how, string? place = null)
    {
        using var told = new StringWriter();
        using var errors = new StringWriter();
        using var http = new HttpClient();
        var fetch = new SourceFetch(http, TimeProvider.System) { Pause = TimeSpan.FromMilliseconds(5), Silence = TimeSpan.FromMilliseconds(700) };
        var code = await PackVerb.BuildAsync("pe-2025", how == "--from" ? place ?? Sources : null, Output, how == "--mirror" ? new Uri(place!) : null, Path.Combine(_folder, "cache"), "es", told, errors, fetch);
        return (code, told.ToString(), errors.ToString());
    }

    /// <summary>Serves a folder on 127.0.0.1, badly if asked.</summary>
    private sealed class FileServer : IDisposable
    {
        private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
        private readonly CancellationTokenSource _end = new();
        private readonly string _folder;

        public FileServer(string folder)
        {
            _folder = folder;
            _listener.Start();
            _ = Task.Run(ServeAsync);
        }

        public string Address => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}/";

        public List<long> Ranges { get; } = [];

        public int? CutAfter { get; init; }

        public bool Altered { get; init; }

        public bool Missing { get; init; }

        public bool Silent { get; init; }

        public void Dispose()
        {
            _end.Cancel();
            _listener.Dispose();
            _end.Dispose();
        }

        private async Task ServeAsync()
        {
            try
            {
                while (true)
                {
                    using var client = await _listener.AcceptTcpClientAsync(_end.Token);
                    await AnswerAsync(client.GetStream());
                }
            }
            catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException or SocketException or IOException)
            {
                // The test is over.
            }
        }

        private async Task AnswerAsync(NetworkStream stream)
        {
            using var reader = new StreamReader(stream, Encoding.ASCII, false, 4096, leaveOpen: true);
            var path = (await reader.ReadLineAsync(_end.Token))?.Split(' ')[1] ?? "/";
            var from = 0L;
            while (await reader.ReadLineAsync(_end.Token) is { Length: > 0 } header)
            {
                if (header.StartsWith("Range: bytes=", StringComparison.OrdinalIgnoreCase))
                    from = long.Parse(header["Range: bytes=".Length..].TrimEnd('-'), System.Globalization.CultureInfo.InvariantCulture);
            }

            Ranges.Add(from);
            var content = await File.ReadAllBytesAsync(Path.Combine(_folder, Uri.UnescapeDataString(path[1..])), _end.Token);
            if (Altered)
                content[^10] ^= 1;
            if (Missing)
            {
                await stream.WriteAsync("HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"u8.ToArray(), _end.Token);
                return;
            }

            var head = from > 0 ? $"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes {from}-{content.Length - 1}/{content.Length}\r\n" : "HTTP/1.1 200 OK\r\n";
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"{head}Content-Length: {content.Length - from}\r\nConnection: close\r\n\r\n"), _end.Token);
            if (Silent)
            {
                await stream.WriteAsync(content.AsMemory((int)from, 10), _end.Token);
                await Task.Delay(1_200, _end.Token);
                return;
            }

            // Each file is cut once; who asks for the rest gets it.
            var length = CutAfter is { } cut && from == 0 && content.Length > cut ? cut : content.Length - (int)from;
            await stream.WriteAsync(content.AsMemory((int)from, length), _end.Token);
        }
    }
}

/// <summary>As <see cref="SampleFactAttribute"/>, for theories.</summary>
[AttributeUsage(AttributeTargets.Method)]
internal sealed class SampleTheoryAttribute : TheoryAttribute
{
    public SampleTheoryAttribute() => Skip = new SampleFactAttribute().Skip!;
}
