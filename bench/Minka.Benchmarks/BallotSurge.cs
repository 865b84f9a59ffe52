using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Entities.Ballots;
using Minka.Core.Entities.Room;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Core.Story;
using Minka.Web;

namespace Minka.Benchmarks;

/// <summary>
/// A full room over HTTP: every representative signs in as present by the code, votes in a roll call from the own page, then casts a
/// secret ballot, each at a random instant of the window (latency counts from that instant, so a late server is not excused). One request in ten is cut by the client and sent again. The
/// room's screen is read meanwhile. <c>bench ballots [voters] [seconds] [port] [--postgres CONNECTION]</c>.
/// </summary>
static partial class BallotSurge
{
    public static async Task<int> RunAsync(int voters, int seconds, int port, string? postgres = null)
    {
        var folder = Directory.CreateTempSubdirectory("minka-ballots-").FullName;
        Console.WriteLine($"preparing a room of {voters} in {folder} …");
        RoomCast cast;
        TimeSpan ahead;
        await using (var app = await MinkaApp.CreateAsync(new MinkaOptions { Data = folder, Db = postgres, Clockwork = false }))
        {
            var clock = app.Services.GetRequiredService<MovableClock>();
            cast = await new FullRoom(app.Services, clock).FillAsync(voters);
            ahead = clock.Ahead;
        }
        await using var db = new AppDb(new DbSettings(folder, postgres).ReadOptions());
        var good = true;
        await using (var server = await ServerProcess.StartAsync(folder, port, postgres))
        {
            var place = $"/asambleas/{cast.Assembly.Value}";
            using var handler = new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false, MaxConnectionsPerServer = 1_200 };
            using var client = new HttpClient(handler) { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(60) };
            Console.WriteLine("signing in …");
            var secretary = await SignInAsync(client, cast.Secretary);
            var people = new Session[voters];
            await Parallel.ForAsync(0, voters, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) => people[i] = await SignInAsync(client, cast.Voters[i].Person));

            var door = await db.RoomDoors.SingleAsync();
            await Parallel.ForAsync(0, voters, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) => people[i].Form = await FormAsync(client, people[i], place + "/presente"));
            Console.WriteLine($"arrivals: {voters} within {seconds} s …");
            good &= await WindowAsync(client, server, place, secretary, people, seconds, "arrivals",
                i => (place + "/presente", [.. people[i].Form, new("Code", door.CodeAt(TimeProvider.System.UtcInstant() + ahead))]), HttpStatusCode.Redirect, null);
            var present = await db.Attendances.CountAsync();
            Console.WriteLine($"present {present}, members {await db.Attendances.Select(a => a.MemberId).Distinct().CountAsync()}");
            good &= present == voters;

            var session = await FormAsync(client, secretary, place);
            await PostAsync(client, secretary, place + "?handler=Open", [session[0], new("call", "First")]);
            good &= await RollCallAsync(client, server, db, place, secretary, people, cast, seconds, session[0]);
            await PostAsync(client, secretary, place + "?handler=OpenSecret", [session[0], new("motion", cast.Motion.Value.ToString())]);
            var box = (await db.BallotBoxes.SingleAsync()).Id;
            var page = $"{place}/votar/{box.Value}";
            await Parallel.ForAsync(0, voters, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) => people[i].Form = await FormAsync(client, people[i], page));
            Console.WriteLine($"ballots: {voters} within {seconds} s …");
            good &= await WindowAsync(client, server, place, secretary, people, seconds, "ballots",
                i => (page, [.. people[i].Form, new("Marks", i % 10 < 6 ? "yes" : i % 10 < 9 ? "no" : "abstain")]), HttpStatusCode.OK, async () => await db.BallotParticipations.CountAsync());

            var watch = Stopwatch.StartNew();
            await PostAsync(client, secretary, $"{place}/votaciones/{box.Value}?handler=Count", [session[0]]);
            Print($"count of {voters} ballots: {watch.Elapsed.TotalMilliseconds:0} ms");
            var count = (await db.BallotBoxes.AsNoTracking().SingleAsync()).Count;
            var codes = await db.CountedCodes.Select(c => c.Code).ToListAsync();
            var mine = people.Select(p => p.Form.Single(f => f.Key == "Code").Value).ToHashSet(StringComparer.Ordinal);
            Console.WriteLine($"counted {count?.Ballots}: yes {count?.Of("yes")}, no {count?.Of("no")}, abstain {count?.Of("abstain")}; receipts in the list {codes.Count(mine.Contains)} of {voters}, others {codes.Count(c => !mine.Contains(c))}");
            good &= count?.Ballots == voters && codes.Count == voters && codes.TrueForAll(mine.Contains);
        }
        var audit = await Audit.RunAsync(new DbSettings(folder, postgres));
        Console.WriteLine($"audit: {(audit.Clean ? "clean" : "DIFFERENCES")}");
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        return good && audit.Clean ? 0 : 1;
    }

    /// <summary>An open voting: each from the own page, none by the secretary.</summary>
    static async Task<bool> RollCallAsync(HttpClient client, ServerProcess server, AppDb db, string place, Session secretary, Session[] people, RoomCast cast, int seconds, KeyValuePair<string, string> token)
    {
        await PostAsync(client, secretary, place + "/puntos/nuevo", [token, new("Heading", "Voto nominal"), new("Resolved", "Aprobar lo presentado.")]);
        var motion = (await db.Motions.OrderBy(m => m.Order).LastAsync()).Id;
        await PostAsync(client, secretary, place + "?handler=OpenVoting", [token, new("motion", motion.Value.ToString())]);
        var page = place + "/mi-voto";
        await Parallel.ForAsync(0, people.Length, new ParallelOptions { MaxDegreeOfParallelism = 8 }, async (i, _) => people[i].Form = await FormAsync(client, people[i], page));
        Console.WriteLine($"open votes: {people.Length} within {seconds} s …");
        // Sent again after it was written, a vote is refused as the second one, and the first stands.
        var good = await WindowAsync(client, server, place, secretary, people, seconds, "open votes",
            i => (page, [people[i].Form[0], new("motion", motion.Value.ToString()), new("member", cast.Voters[i].Member.Value.ToString()), new("choice", i % 10 < 6 ? "Yes" : i % 10 < 9 ? "No" : "Abstain")]),
            HttpStatusCode.Redirect, async () => await db.Votes.CountAsync(v => v.MotionId == motion), HttpStatusCode.UnprocessableEntity);
        var watch = Stopwatch.StartNew();
        await PostAsync(client, secretary, place + "?handler=CloseVoting", [token, new("motion", motion.Value.ToString())]);
        Print($"close of the roll call: {watch.Elapsed.TotalMilliseconds:0} ms");
        var tally = (await db.Motions.AsNoTracking().SingleAsync(m => m.Id == motion)).Outcome!.Tally;
        Console.WriteLine($"tally: yes {tally.Yes}, no {tally.No}, abstain {tally.Abstain}, not cast {tally.Unused}");
        return good && tally.Yes + tally.No + tally.Abstain == people.Length;
    }

    sealed class Session(string cookie)
    {
        public string Cookie { get; } = cookie;
        public List<KeyValuePair<string, string>> Form { get; set; } = [];
    }

    static async Task<bool> WindowAsync(HttpClient client, ServerProcess server, string place, Session secretary, Session[] people, int seconds, string what,
        Func<int, (string Address, IReadOnlyList<KeyValuePair<string, string>> Form)> request, HttpStatusCode expected, Func<Task<int>>? counted, HttpStatusCode? again = null)
    {
        var latencies = new ConcurrentBag<double>();
        var screens = new ConcurrentBag<double>();
        var refused = new ConcurrentDictionary<string, int>();
        var (acknowledged, cut, behind) = (0, 0, 0);
        var random = new SeededEntropy(17);
        var due = Enumerable.Range(0, people.Length).Select(_ => BitConverter.ToUInt32(random.Bytes(4)) / (double)uint.MaxValue * seconds).ToArray();
        using var stop = new CancellationTokenSource();
        var cpu = server.Cpu;
        var watch = Stopwatch.StartNew();
        var screen = Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                var sure = Volatile.Read(ref acknowledged);
                var start = Stopwatch.GetTimestamp();
                var page = await GetAsync(client, secretary, place + "/pantalla");
                screens.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                // All that was acknowledged before the screen was asked must be on it.
                var shown = Shown().Matches(WebUtility.HtmlDecode(page)).Select(m => int.Parse(m.Groups[1].Value.Replace("\u202F", "", StringComparison.Ordinal), CultureInfo.InvariantCulture)).ToList();
                if (shown.Count == 0 || shown[counted is null ? 0 : ^1] < sure) behind++;
                await Task.Delay(1_000);
            }
        });
        await Task.WhenAll(people.Select((person, i) => Task.Run(async () =>
        {
            var wait = TimeSpan.FromSeconds(due[i]) - watch.Elapsed;
            if (wait > TimeSpan.Zero) await Task.Delay(wait);
            var (address, form) = request(i);
            if (i % 10 == 3)
            {
                // The network is cut while the answer is on its way; the telephone sends the same form again.
                using var patience = new CancellationTokenSource(TimeSpan.FromMilliseconds(5));
                try
                {
                    await SendAsync(client, person, address, form, patience.Token);
                }
                catch (Exception e) when (e is OperationCanceledException or HttpRequestException)
                {
                    Interlocked.Increment(ref cut);
                }
            }
            while (true)
            {
                var status = await SendAsync(client, person, address, form, CancellationToken.None);
                if (status == expected || (status == again && i % 10 == 3)) break;
                refused.AddOrUpdate(((int)status).ToString(CultureInfo.InvariantCulture), 1, (_, n) => n + 1);
                if (status != HttpStatusCode.ServiceUnavailable) return;
                await Task.Delay(500);
            }
            latencies.Add((watch.Elapsed - TimeSpan.FromSeconds(due[i])).TotalMilliseconds);
            Interlocked.Increment(ref acknowledged);
        })));
        var elapsed = watch.Elapsed.TotalSeconds;
        await stop.CancelAsync();
        await screen;
        var sorted = latencies.Order().ToArray();
        if (sorted.Length == 0)
        {
            Console.WriteLine($"no {what} acknowledged: {string.Join(", ", refused.Select(r => $"{r.Key} × {r.Value}"))}");
            return false;
        }
        Print($"{what}: {sorted.Length} of {people.Length} acknowledged in {elapsed:0.0} s; p50 {At(sorted, 50):0} ms, p95 {At(sorted, 95):0} ms, p99 {At(sorted, 99):0} ms, max {sorted[^1]:0} ms; cut and sent again {cut}; refused {(refused.IsEmpty ? "none" : string.Join(", ", refused.Select(r => $"{r.Key} × {r.Value}")))}");
        var looks = screens.Order().ToArray();
        Print($"screen read {looks.Length} times: slowest {looks[^1]:0} ms, behind what was acknowledged {behind} times; so shown figures are at most {(1_000 + looks[^1]) / 1000:0.0} s old; server {(server.Cpu - cpu).TotalMilliseconds / sorted.Length:0.0} ms CPU each");
        if (counted is not null) Console.WriteLine($"took part: {await counted()}");
        return sorted.Length == people.Length && behind == 0;
    }

    static async Task<HttpStatusCode> SendAsync(HttpClient client, Session person, string address, IEnumerable<KeyValuePair<string, string>> form, CancellationToken cancel)
    {
        using var message = new HttpRequestMessage(HttpMethod.Post, address) { Content = new FormUrlEncodedContent(form) };
        message.Headers.Add("Cookie", person.Cookie);
        using var answer = await client.SendAsync(message, cancel);
        return answer.StatusCode;
    }

    static async Task PostAsync(HttpClient client, Session person, string address, IEnumerable<KeyValuePair<string, string>> form)
    {
        var status = await SendAsync(client, person, address, form, CancellationToken.None);
        if (status != HttpStatusCode.Redirect) throw new InvalidOperationException($"{address}: {status}");
    }

    static async Task<string> GetAsync(HttpClient client, Session person, string address)
    {
        using var message = new HttpRequestMessage(HttpMethod.Get, address);
        message.Headers.Add("Cookie", person.Cookie);
        using var answer = await client.SendAsync(message);
        return await answer.Content.ReadAsStringAsync();
    }

    /// <summary>The hidden fields of the page's forms, the token first.</summary>
    static async Task<List<KeyValuePair<string, string>>> FormAsync(HttpClient client, Session person, string address)
    {
        var page = await GetAsync(client, person, address);
        var form = new List<KeyValuePair<string, string>> { new("__RequestVerificationToken", TokenIn().Match(page).Groups[1].Value) };
        foreach (Match field in HiddenIn().Matches(page)) form.Add(new(field.Groups[1].Value, field.Groups[2].Value));
        return form;
    }

    static async Task<Session> SignInAsync(HttpClient client, Guid person)
    {
        using var first = await client.GetAsync("/entrar");
        var jar = CookiesOf(first);
        var token = TokenIn().Match(await first.Content.ReadAsStringAsync()).Groups[1].Value;
        using var message = new HttpRequestMessage(HttpMethod.Post, "/entrar?handler=Demo") { Content = new FormUrlEncodedContent([new("__RequestVerificationToken", token), new("person", person.ToString())]) };
        message.Headers.Add("Cookie", jar);
        using var answer = await client.SendAsync(message);
        return new Session(string.Join("; ", new[] { jar, CookiesOf(answer) }.Where(c => c.Length > 0)));
    }

    static string CookiesOf(HttpResponseMessage answer) =>
        answer.Headers.TryGetValues("Set-Cookie", out var cookies) ? string.Join("; ", cookies.Select(c => c[..c.IndexOf(';', StringComparison.Ordinal)])) : "";

    static void Print(FormattableString line) => Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    static double At(double[] sorted, int percent) => sorted[Math.Min(sorted.Length - 1, sorted.Length * percent / 100)];

    [GeneratedRegex("name=\"__RequestVerificationToken\" type=\"hidden\" value=\"([^\"]+)\"")]
    private static partial Regex TokenIn();

    [GeneratedRegex("<input type=\"hidden\" name=\"(Member|Code)\" value=\"([^\"]*)\"")]
    private static partial Regex HiddenIn();

    // "12 de 1 000" of the screen's figures: those present first, those who voted last.
    [GeneratedRegex("<dd>([0-9\u202F]+) (?:de|of) [0-9\u202F]+</dd>")]
    private static partial Regex Shown();
}
