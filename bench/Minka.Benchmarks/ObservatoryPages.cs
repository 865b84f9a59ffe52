using System.Diagnostics;
using System.Globalization;

namespace Minka.Benchmarks;

/// <summary>The pages of the observatory over a data folder whose store is filled: <c>bench observatory DATA [port] [address …]</c>.</summary>
static class ObservatoryPages
{
    const int Rounds = 40;

    public static async Task<int> RunAsync(string data, int port, IReadOnlyList<string> more)
    {
        string[] addresses =
        [
            "/observatorio", "/observatorio?nivel=departamento", "/observatorio/pais", "/observatorio/funciones", "/observatorio/proyectos", "/observatorio/proyectos?lugar=06", "/observatorio/agrupamientos",
            "/observatorio/departamento/24", "/observatorio/provincia/2401", "/observatorio/municipalidad/240101", "/observatorio/hoja/24", "/observatorio/cuadro-1", .. more,
        ];
        await using var server = await ServerProcess.StartAsync(data, port);
        using var client = new HttpClient { BaseAddress = server.Address, Timeout = TimeSpan.FromMinutes(10) };
        var worst = 0d;
        foreach (var address in addresses)
        {
            var start = Stopwatch.GetTimestamp();
            using var first = await client.GetAsync(address);
            var cold = Stopwatch.GetElapsedTime(start).TotalMilliseconds;
            if (!first.IsSuccessStatusCode)
            {
                Console.WriteLine($"  {address}: {(int)first.StatusCode}");
                continue;
            }
            var bytes = (await first.Content.ReadAsByteArrayAsync()).Length;
            var times = new List<double>();
            var cpu = server.Cpu;
            for (var i = 0; i < Rounds; i++)
            {
                start = Stopwatch.GetTimestamp();
                await client.GetByteArrayAsync(address);
                times.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
            }
            var each = (server.Cpu - cpu).TotalMilliseconds / Rounds;
            times.Sort();
            var (p50, p95) = (times[Rounds / 2], times[Rounds * 95 / 100]);
            worst = Math.Max(worst, p95);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {address,-48} first {cold,7:0} ms  p50 {p50,6:0.0}  p95 {p95,6:0.0} ms  cpu {each,6:0.0} ms  {bytes / 1024,5} KB{(p95 > 100 ? "  SLOW" : "")}{(bytes > 100 * 1024 ? "  BIG" : "")}"));
        }
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"worst p95: {worst:0} ms; peak memory of the server {server.PeakMemory >> 20} MB"));
        return 0;
    }
}
