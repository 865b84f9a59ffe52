using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Minka.Core.Accounts;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Story;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Durability;

/// <summary>
/// The built server, killed again and again (SIGKILL) while signed-in managers send final submissions to it. A kill shows what the
/// process still held in memory when it answered; what the disc still held when the power went is another test's.
/// </summary>
public sealed partial class KilledServerTests : IAsyncLifetime
{
    const int Cycles = 5;
    const int Clients = 6;

    Process? running;
    readonly string folder = Directory.CreateTempSubdirectory("minka-kill-").FullName;
    readonly ConcurrentDictionary<Guid, Sent> sent = new();
    IReadOnlyList<(ApplicationId Application, Guid Manager)> files = [];
    int port;
    int made;

    /// <summary>One key sent: where its receipt was told to be, and the receipt itself where it was fetched at once.</summary>
    sealed record Sent(Guid Application)
    {
        public string? Answer { get; set; }

        public string? Token { get; set; }
    }

    public async Task InitializeAsync()
    {
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        await using var app = await MinkaApp.CreateAsync(new MinkaOptions { Data = folder, Port = port, Clockwork = false }, b => b.Logging.SetMinimumLevel(LogLevel.Error));
        var clock = app.Services.GetRequiredService<MovableClock>();
        files = await new FundStory(app.Services, clock, _ => { }).RunToLastMinuteAsync();
        await app.Services.GetRequiredService<Writer>().ActAsync("installation.clock", Actor.System, async w => (await w.Db.Installations.SingleAsync()).MoveClock(clock.Ahead));
    }

    public async Task DisposeAsync()
    {
        // A check that fails midway must not leave the server behind.
        if (running is { HasExited: false })
        {
            running.Kill(entireProcessTree: true);
            await running.WaitForExitAsync();
        }
        running?.Dispose();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Submission_acknowledged_is_never_lost_nor_counted_twice_and_the_audit_is_clean()
    {
        var sessions = new List<Session>();
        for (var cycle = 0; cycle < Cycles; cycle++)
        {
            var server = await StartAsync();
            if (sessions.Count == 0)
            {
                foreach (var (application, manager) in files.Take(Clients)) sessions.Add(await SignInAsync(application, manager));
            }
            // Whoever got no answer sends again under the same key; whoever got one gets the same again.
            foreach (var (key, was) in sent.Where(s => s.Value.Answer is null).Concat(sent.Where(s => s.Value.Answer is not null).Take(5)).ToList())
            {
                var again = await sessions.Single(s => s.Application == was.Application).SubmitAsync(key);
                again.ShouldNotBeNull();
                if (was.Answer is not null) again.ShouldBe(was.Answer);
                was.Answer = again;
            }
            using var stop = new CancellationTokenSource();
            var acknowledged = 0;
            var senders = sessions.Select(session => Task.Run(async () =>
            {
                while (!stop.IsCancellationRequested)
                {
                    var key = new Guid(Interlocked.Increment(ref made), 11, 12, [1, 2, 3, 4, 5, 6, 7, 8]);
                    var record = sent[key] = new Sent(session.Application);
                    try
                    {
                        record.Answer = await session.SubmitAsync(key);
                        if (record.Answer is null) continue;
                        if (Interlocked.Increment(ref acknowledged) % 7 == 1) record.Token = await session.ReceiptAsync(key);
                    }
                    catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
                    {
                        return;
                    }
                }
            })).ToList();
            var patience = Stopwatch.StartNew();
            while (Volatile.Read(ref acknowledged) < 10 + (7 * cycle) && patience.Elapsed < TimeSpan.FromSeconds(60)) await Task.Delay(20);
            acknowledged.ShouldBeGreaterThan(0);
            server.Kill(entireProcessTree: true);
            await server.WaitForExitAsync();
            await stop.CancelAsync();
            await Task.WhenAll(senders);
        }
        var last = await StartAsync();
        foreach (var (key, was) in sent)
        {
            var session = sessions.Single(s => s.Application == was.Application);
            var answer = await session.SubmitAsync(key);
            answer.ShouldNotBeNull();
            if (was.Answer is not null) answer.ShouldBe(was.Answer);
            if (was.Token is not null) (await session.ReceiptAsync(key)).ShouldBe(was.Token);
        }
        last.Kill(entireProcessTree: true);
        await last.WaitForExitAsync();
        await CheckAsync();
    }

    async Task CheckAsync()
    {
        var settings = new DbSettings(folder);
        var audit = await Audit.RunAsync(settings);
        audit.Findings.ShouldBeEmpty();
        await using var db = new AppDb(settings.ReadOptions());
        var keys = (await db.RegisterKeys.ToListAsync()).ConvertAll(k => k.ToVerifyingKey());
        var receipts = (await db.Receipts.ToListAsync()).ToDictionary(r => r.SubmissionId.Value);
        var leaves = (await db.Leaves.OrderBy(l => l.Index).Select(l => l.Body).ToListAsync()).ConvertAll(b => JsonNode.Parse(b)!);
        var told = leaves.SelectMany(l => l["events"]!.AsArray().Where(e => (string?)e!["type"] == "applicationSubmitted").Select(e => (Index: l["index"]!.GetValue<long>(), Key: Guid.Parse((string)e!["submissionId"]!))))
            .GroupBy(t => t.Key).ToDictionary(g => g.Key, g => g.Select(t => t.Index).ToList());
        foreach (var (key, was) in sent)
        {
            receipts.ShouldContainKey(key, $"{key} of {was.Application}");
            Receipt.Check(receipts[key].Token, keys, out var payload, out _).ShouldBe(JwsVerdict.Valid);
            payload!.Submission.ShouldBe(key);
            // In the register once, where its receipt says.
            told[key].ShouldBe([(long)payload.Index]);
        }
        receipts.Count.ShouldBe(sent.Count + 12, "twelve were there before");
    }

    async Task<Process> StartAsync()
    {
        var server = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Minka.Web.dll"), "--data", folder, "--port", port.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        running?.Dispose();
        running = server;
        var errors = new StringBuilder();
        server.ErrorDataReceived += (_, e) => errors.AppendLine(e.Data);
        server.OutputDataReceived += (_, e) => errors.AppendLine(e.Data);
        server.BeginErrorReadLine();
        server.BeginOutputReadLine();
        using var client = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}") };
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < TimeSpan.FromSeconds(90); await Task.Delay(50))
        {
            if (server.HasExited) break;
            try
            {
                if (await client.GetStringAsync("/salud") == "ok") return server;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
        }
        if (!server.HasExited) server.Kill(entireProcessTree: true);
        throw new InvalidOperationException($"the server did not start: {errors}");
    }

    async Task<Session> SignInAsync(ApplicationId application, Guid manager)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = new Uri($"http://localhost:{port}"), Timeout = TimeSpan.FromSeconds(60) };
        var page = await client.GetStringAsync("/entrar");
        using (await client.PostAsync("/entrar?handler=Demo", new FormUrlEncodedContent([new("__RequestVerificationToken", TokenIn().Match(page).Groups[1].Value), new("person", manager.ToString())])))
        {
        }
        var review = await client.GetStringAsync($"/postulaciones/{application.Value}/revisar");
        var seen = SeenIn().Match(review);
        return new(application.Value, client, TokenIn().Match(review).Groups[1].Value, seen.Groups[1].Value + seen.Groups[2].Value);
    }

    sealed record Session(Guid Application, HttpClient Client, string Token, string Seen)
    {
        /// <summary>Where the receipt is, or null where the server was too busy.</summary>
        public async Task<string?> SubmitAsync(Guid key)
        {
            using var answer = await Client.PostAsync($"/postulaciones/{Application}/revisar", new FormUrlEncodedContent([new("__RequestVerificationToken", Token), new("Key", key.ToString()), new("Seen", Seen)]));
            if (answer.StatusCode == HttpStatusCode.ServiceUnavailable) return null;
            answer.StatusCode.ShouldBe(HttpStatusCode.Redirect);
            return answer.Headers.Location!.ToString();
        }

        public Task<string> ReceiptAsync(Guid key) => Client.GetStringAsync($"/postulaciones/{Application}/constancia.jws?envio={key}");
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex TokenIn();

    [GeneratedRegex("name=\"Seen\"[^>]*value=\"([0-9a-f]{64})\"|value=\"([0-9a-f]{64})\"[^>]*name=\"Seen\"")]
    private static partial Regex SeenIn();
}
