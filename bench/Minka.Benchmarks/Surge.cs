using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Story;
using Minka.Web;

namespace Minka.Benchmarks;

/// <summary>
/// The last minute of a call over HTTP: signed-in clients send final submissions as fast as they are answered (session, form
/// token, formal checks, sealing, EF, register, signed receipt; SQLite FULL). The server is the product's, as a process apart;
/// the client shares the machine with it. <c>bench surge [seconds] [clients] [port]</c>.
/// </summary>
static partial class Surge
{
    public static async Task<int> RunAsync(int seconds, int clients, int port)
    {
        var folder = Directory.CreateTempSubdirectory("minka-surge-").FullName;
        Console.WriteLine($"preparing twelve applications in {folder} …");
        IReadOnlyList<(ApplicationId Application, Guid Manager)> files;
        await using (var app = await MinkaApp.CreateAsync(new MinkaOptions { Data = folder, Clockwork = false }))
            files = await new FundStory(app.Services, app.Services.GetRequiredService<MovableClock>(), _ => { }).RunToLastMinuteAsync();
        await using var db = new AppDb(new DbSettings(folder).ReadOptions());
        var before = await db.Submissions.CountAsync();

        var entropy = new SystemEntropy();
        var latencies = new ConcurrentBag<double>();
        var keys = new ConcurrentBag<Guid>();
        var refused = new ConcurrentDictionary<string, int>();
        double elapsed;
        TimeSpan serverCpu, clientCpu;
        long peak;
        await using (var server = await ServerProcess.StartAsync(folder, port))
        {
            var senders = new List<RawClient>();
            for (var i = 0; i < clients; i++)
            {
                var (application, manager) = files[i % files.Count];
                senders.Add(await SignInAsync(server.Address, application, manager));
            }
            await SendAsync(senders, 2, [], [], []);
            Console.WriteLine($"{clients} clients signed in and warm; measuring {seconds} s …");
            (serverCpu, clientCpu) = (server.Cpu, Process.GetCurrentProcess().TotalProcessorTime);
            elapsed = await SendAsync(senders, seconds, latencies, keys, refused);
            (serverCpu, clientCpu) = (server.Cpu - serverCpu, Process.GetCurrentProcess().TotalProcessorTime - clientCpu);
            peak = server.PeakMemory;
            senders.ForEach(s => s.Dispose());
        }

        var sorted = latencies.Order().ToArray();
        if (sorted.Length == 0)
        {
            Console.WriteLine($"nothing was received: {Told(refused)}");
            return 1;
        }
        Print($"{sorted.Length} receipts in {elapsed:0.0} s = {sorted.Length / elapsed:0}/s with {clients} clients");
        Print($"p50 {At(sorted, 50):0} ms, p95 {At(sorted, 95):0} ms, p99 {At(sorted, 99):0} ms, max {sorted[^1]:0} ms");
        Print($"CPU a submission: server {serverCpu.TotalMilliseconds / sorted.Length:0.00} ms, client {clientCpu.TotalMilliseconds / sorted.Length:0.00} ms; peak memory of the server {peak >> 20} MB");
        var receipts = await db.Receipts.ToListAsync();
        var acknowledged = keys.ToHashSet();
        var mine = receipts.Where(r => acknowledged.Contains(r.SubmissionId.Value)).ToList();
        var stored = await db.Submissions.CountAsync();
        var trusted = SigningKeys.Open(Path.Combine(folder, "keys")).All;
        var valid = mine.Count(r => Receipt.Check(r.Token, trusted, out _, out _) == JwsVerdict.Valid);
        Console.WriteLine($"acknowledged {keys.Count}: stored {mine.Count}, twice {keys.Count - acknowledged.Count}, receipts that verify {valid}; submissions without receipt {stored - receipts.Count}; stored with the warm-up {stored - before}; refused: {Told(refused)}");
        var audit = await Audit.RunAsync(new DbSettings(folder));
        Console.WriteLine($"audit: {(audit.Clean ? "clean" : "DIFFERENCES")}");
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        return audit.Clean && mine.Count == keys.Count && valid == mine.Count && stored == receipts.Count ? 0 : 1;
    }

    /// <summary>Every client sends one submission after another; the seconds that it took.</summary>
    static async Task<double> SendAsync(IReadOnlyList<RawClient> senders, int seconds, ConcurrentBag<double> latencies, ConcurrentBag<Guid> keys, ConcurrentDictionary<string, int> refused)
    {
        var entropy = new SystemEntropy();
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(senders.Select(s => Task.Run(async () =>
        {
            while (watch.Elapsed.TotalSeconds < seconds)
            {
                var key = entropy.NewId(TimeProvider.System);
                var start = Stopwatch.GetTimestamp();
                var (status, location) = await s.SendAsync(key);
                if (status == 302 && location.Contains(key.ToString(), StringComparison.Ordinal))
                {
                    latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                    keys.Add(key);
                }
                else
                {
                    refused.AddOrUpdate($"{status} {location}".TrimEnd(), 1, (_, n) => n + 1);
                    await Task.Delay(50);
                }
            }
        })));
        return watch.Elapsed.TotalSeconds;
    }

    /// <summary>Signs in as a person does, opens the last page before sending, and keeps what its form needs.</summary>
    static async Task<RawClient> SignInAsync(Uri address, ApplicationId application, Guid manager)
    {
        var cookies = new CookieContainer();
        using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = cookies }) { BaseAddress = address };
        var page = await client.GetStringAsync("/entrar");
        using (await client.PostAsync("/entrar?handler=Demo", new FormUrlEncodedContent([new("__RequestVerificationToken", TokenOf(page)), new("person", manager.ToString())])))
        {
        }
        var path = $"/postulaciones/{application.Value}/revisar";
        var review = await client.GetStringAsync(path);
        using var form = new FormUrlEncodedContent([new("__RequestVerificationToken", TokenOf(review)), new("Seen", SeenIn().Match(review).Groups is [_, var a, var b] ? a.Value + b.Value : "")]);
        return new RawClient(address, path, cookies.GetCookieHeader(address), await form.ReadAsStringAsync());
    }

    static string Told(ConcurrentDictionary<string, int> refused) => refused.IsEmpty ? "none" : string.Join(", ", refused.Select(r => $"{r.Key} × {r.Value}"));

    static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    static double At(double[] sorted, int percent) => sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];

    static string TokenOf(string page) => TokenIn().Match(page).Groups[1].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex TokenIn();

    [GeneratedRegex("name=\"Seen\"[^>]*value=\"([0-9a-f]{64})\"|value=\"([0-9a-f]{64})\"[^>]*name=\"Seen\"")]
    private static partial Regex SeenIn();
}
