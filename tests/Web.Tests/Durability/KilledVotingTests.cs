using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Entities.Ballots;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Story;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Durability;

/// <summary>The built server, killed (SIGKILL) while a room votes in secret: every acknowledged ballot is there, none twice, none more.</summary>
public sealed partial class KilledVotingTests : IAsyncLifetime
{
    const int Voters = 40;

    readonly string folder = Directory.CreateTempSubdirectory("minka-kill-vote-").FullName;
    Process? running;
    RoomCast cast = null!;
    BallotBoxId box;
    int port;

    public async Task InitializeAsync()
    {
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        await using var app = await MinkaApp.CreateAsync(new MinkaOptions { Data = folder, Port = port, Clockwork = false }, b => b.Logging.SetMinimumLevel(LogLevel.Error));
        cast = await new FullRoom(app.Services, app.Services.GetRequiredService<MovableClock>()).FillAsync(Voters);
        await using var scope = app.Services.CreateAsyncScope();
        var actor = new Actor(cast.Secretary, "secretary");
        await scope.ServiceProvider.GetRequiredService<RecordAttendance>().ArriveAsync(cast.Assembly, [.. cast.Voters.Select(v => v.Member)], actor);
        await scope.ServiceProvider.GetRequiredService<OpenSession>().ExecuteAsync(cast.Assembly, AssemblyCall.First, actor);
        box = await scope.ServiceProvider.GetRequiredService<OpenSecretVoting>().ExecuteAsync(cast.Motion, actor);
    }

    public async Task DisposeAsync()
    {
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
    public async Task Ballots_of_a_killed_server_are_sent_again_and_counted_once()
    {
        await StartAsync();
        var forms = new List<(HttpClient Client, Dictionary<string, string> Form)>();
        foreach (var (_, person) in cast.Voters) forms.Add(await OpenAsync(person));
        var acknowledged = new bool[Voters];
        for (var cycle = 0; cycle < 3; cycle++)
        {
            if (cycle > 0) await StartAsync();
            var goal = (cycle + 1) * Voters / 4;
            var done = acknowledged.Count(a => a);
            // Everybody who has no receipt sends at once, and the server dies under it.
            var sending = Enumerable.Range(0, Voters).Where(i => !acknowledged[i]).Select(i => Task.Run(async () =>
            {
                try
                {
                    await Task.Delay(15 * i);
                    if (await SendAsync(forms[i]) == HttpStatusCode.OK)
                    {
                        acknowledged[i] = true;
                        Interlocked.Increment(ref done);
                    }
                }
                catch (Exception e) when (e is HttpRequestException or IOException or TaskCanceledException)
                {
                    // No answer: it sends again to the next server.
                }
            })).ToList();
            for (var patience = Stopwatch.StartNew(); Volatile.Read(ref done) < goal && patience.Elapsed < TimeSpan.FromSeconds(60);) await Task.Delay(5);
            running!.Kill(entireProcessTree: true);
            await running.WaitForExitAsync();
            await Task.WhenAll(sending);
        }
        await StartAsync();
        // All send the same form again, those with a receipt too.
        foreach (var form in forms) (await SendAsync(form)).ShouldBe(HttpStatusCode.OK);
        running!.Kill(entireProcessTree: true);
        await running.WaitForExitAsync();

        await using (var app = await MinkaApp.CreateAsync(new MinkaOptions { Data = folder, Port = port, Clockwork = false }, b => b.Logging.SetMinimumLevel(LogLevel.Error)))
        {
            await using var scope = app.Services.CreateAsyncScope();
            var outcome = await scope.ServiceProvider.GetRequiredService<CloseSecretVoting>().ExecuteAsync(box, new Actor(cast.Secretary, "secretary"));
            (outcome.Tally.Yes, outcome.Tally.No, outcome.Tally.Unused).ShouldBe((Voters / 2, Voters / 2, 0));
        }
        await using var db = new AppDb(new DbSettings(folder).ReadOptions());
        (await db.BallotParticipations.CountAsync()).ShouldBe(Voters);
        (await db.CountedCodes.Select(c => c.Code).ToListAsync()).Order().ShouldBe(forms.Select(f => f.Form["Code"]).Order());
        (await Audit.RunAsync(new DbSettings(folder))).Findings.ShouldBeEmpty();
        forms.ForEach(f => f.Client.Dispose());
    }

    static async Task<HttpStatusCode> SendAsync((HttpClient Client, Dictionary<string, string> Form) form)
    {
        using var content = new FormUrlEncodedContent(form.Form.Where(f => f.Key != "Page"));
        using var answer = await form.Client.PostAsync(form.Form["Page"], content);
        return answer.StatusCode;
    }

    async Task<(HttpClient, Dictionary<string, string>)> OpenAsync(Guid person)
    {
        var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = new Uri($"http://localhost:{port}"), Timeout = TimeSpan.FromSeconds(60) };
        var page = await client.GetStringAsync("/entrar");
        using (await client.PostAsync("/entrar?handler=Demo", new FormUrlEncodedContent([new("__RequestVerificationToken", TokenIn().Match(page).Groups[1].Value), new("person", person.ToString())])))
        {
        }
        var address = $"/asambleas/{cast.Assembly.Value}/votar/{box.Value}";
        var ballot = await client.GetStringAsync(address);
        var form = HiddenIn().Matches(ballot).ToDictionary(m => m.Groups[1].Value, m => m.Groups[2].Value);
        form["__RequestVerificationToken"] = TokenIn().Match(ballot).Groups[1].Value;
        form["Marks"] = cast.Voters.ToList().FindIndex(v => v.Person == person) % 2 == 0 ? "yes" : "no";
        form["Page"] = address;
        return (client, form);
    }

    async Task StartAsync()
    {
        running?.Dispose();
        running = Process.Start(new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "Minka.Web.dll"), "--data", folder, "--port", port.ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
        running.OutputDataReceived += static (_, _) => { };
        running.ErrorDataReceived += static (_, _) => { };
        running.BeginOutputReadLine();
        running.BeginErrorReadLine();
        using var client = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}") };
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < TimeSpan.FromSeconds(90) && !running.HasExited; await Task.Delay(50))
        {
            try
            {
                if (await client.GetStringAsync("/salud") == "ok") return;
            }
            catch (HttpRequestException)
            {
                // Not yet.
            }
        }
        throw new InvalidOperationException("the server did not start");
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex TokenIn();

    [GeneratedRegex("<input type=\"hidden\" name=\"(Member|Code)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenIn();
}
