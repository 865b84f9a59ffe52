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
/// token, formal checks, sealing, EF, register, signed receipt; SQLite FULL). Client and server share the machine.
/// <c>bench surge [seconds] [clients]</c>.
/// </summary>
static partial class Surge
{
    public static async Task RunAsync(int seconds, int clients)
    {
        var folder = Directory.CreateTempSubdirectory("minka-surge-").FullName;
        await using var app = await MinkaApp.CreateAsync(new MinkaOptions { Data = folder, Port = 5190, Clockwork = false });
        await app.StartAsync();
        var address = new Uri(app.Urls.First());
        Console.WriteLine($"preparing twelve applications on {address} …");
        var files = await new FundStory(app.Services, app.Services.GetRequiredService<MovableClock>(), _ => { }).RunToLastMinuteAsync();
        var before = await CountAsync(app.Services);
        var entropy = app.Services.GetRequiredService<IEntropy>();
        var latencies = new ConcurrentBag<double>();
        var keys = new ConcurrentBag<Guid>();
        var refused = new ConcurrentDictionary<string, int>();
        var sessions = new List<(HttpClient Client, string Url, string Token, string Seen)>();
        for (var i = 0; i < clients; i++)
        {
            var (application, manager) = files[i % files.Count];
            sessions.Add(await SignInAsync(address, application, manager));
        }
        var watch = Stopwatch.StartNew();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        await Task.WhenAll(sessions.Select(s => Task.Run(async () =>
        {
            while (watch.Elapsed.TotalSeconds < seconds)
            {
                var key = entropy.NewId(TimeProvider.System);
                var start = Stopwatch.GetTimestamp();
                using var answer = await s.Client.PostAsync(s.Url, new FormUrlEncodedContent(
                    [new("__RequestVerificationToken", s.Token), new("Key", key.ToString()), new("Seen", s.Seen)]));
                if (answer.StatusCode == HttpStatusCode.Redirect)
                {
                    latencies.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                    keys.Add(key);
                }
                else
                {
                    refused.AddOrUpdate(answer.StatusCode.ToString(), 1, (_, n) => n + 1);
                    await Task.Delay(50);
                }
            }
        })));
        var elapsed = watch.Elapsed.TotalSeconds;
        var used = (Process.GetCurrentProcess().TotalProcessorTime - cpu).TotalSeconds;
        var sorted = latencies.Order().ToArray();
        var stored = await StoredAsync(app.Services, keys);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{sorted.Length} receipts in {elapsed:0.0} s = {sorted.Length / elapsed:0}/s with {clients} clients"));
        if (sorted.Length > 0)
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"p50 {At(sorted, 50):0} ms, p95 {At(sorted, 95):0} ms, p99 {At(sorted, 99):0} ms, max {sorted[^1]:0} ms; CPU {used / sorted.Length * 1000:0.0} ms a submission; peak memory {Process.GetCurrentProcess().PeakWorkingSet64 >> 20} MB"));
        Console.WriteLine($"stored {stored} of {keys.Count} acknowledged; rows {await CountAsync(app.Services) - before}; refused {string.Join(", ", refused.Select(r => $"{r.Key} {r.Value}"))}");
        var audit = await Audit.RunAsync(new DbSettings(folder));
        Console.WriteLine($"audit: {(audit.Clean ? "clean" : "DIFFERENCES")}");
        await app.StopAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    static async Task<(HttpClient, string, string, string)> SignInAsync(Uri address, ApplicationId application, Guid manager)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = address };
        var page = await client.GetStringAsync("/entrar");
        using (await client.PostAsync("/entrar?handler=Demo", new FormUrlEncodedContent([new("__RequestVerificationToken", TokenOf(page)), new("person", manager.ToString())])))
        {
        }
        var url = $"/postulaciones/{application.Value}/revisar";
        var review = await client.GetStringAsync(url);
        return (client, url, TokenOf(review), SeenIn().Match(review).Groups[1].Value);
    }

    static async Task<int> StoredAsync(IServiceProvider services, IReadOnlyCollection<Guid> keys)
    {
        await using var scope = services.CreateAsyncScope();
        var all = await scope.ServiceProvider.GetRequiredService<AppDb>().Receipts.Select(r => r.SubmissionId).ToListAsync();
        return all.Select(k => k.Value).Intersect(keys).Count();
    }

    static async Task<int> CountAsync(IServiceProvider services)
    {
        await using var scope = services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AppDb>().Submissions.CountAsync();
    }

    static double At(double[] sorted, int percent) => sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];

    static string TokenOf(string page) => TokenIn().Match(page).Groups[1].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex TokenIn();

    [GeneratedRegex("name=\"Seen\"[^>]*value=\"([0-9a-f]{64})\"|value=\"([0-9a-f]{64})\"[^>]*name=\"Seen\"")]
    private static partial Regex SeenIn();
}
