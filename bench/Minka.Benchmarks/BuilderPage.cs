using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Register;
using Minka.Core.Rules;
using Minka.Core.Story;
using Minka.Core.Territories;
using Minka.Web;

namespace Minka.Benchmarks;

/// <summary>
/// The programme builder with many projects over HTTP: every change (a project returned to the bank, taken again) and the page with all panels
/// that answers it. <c>bench builder [projects] [port]</c>.
/// </summary>
static partial class BuilderPage
{
    const int Rounds = 40;
    const int Warming = 4;

    public static async Task<int> RunAsync(int projects, int port)
    {
        var folder = Directory.CreateTempSubdirectory("minka-builder-").FullName;
        string slug;
        Guid manager, project;
        Console.WriteLine($"living a story in {folder} …");
        await using (var app = await MinkaApp.CreateAsync(new MinkaOptions { Data = folder, Clockwork = false }))
        {
            await new FundStory(app.Services, app.Services.GetRequiredService<MovableClock>(), _ => { }).RunAsync(demo: true);
            await using var scope = app.Services.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<AppDb>();
            var programme = await db.Programmes.OrderBy(p => p.Slug).FirstAsync();
            var content = await db.ProgrammeContentAsync(programme);
            manager = await db.RoleGrants.Where(g => g.ScopeId == programme.EntityId.Value && g.Role == Role.Manager).Select(g => g.PersonId).FirstAsync();
            var places = await PlacesAsync(scope.ServiceProvider, content.PlaceCodes()[0][..4]);
            var started = await scope.ServiceProvider.GetRequiredService<ImportProgramme>().ExecuteAsync(programme.EntityId, programme.StrategyId, Large(content, projects, places), Actor.System);
            (slug, project) = (started.Slug, await db.Projects.Where(p => p.ProgrammeId == started.Id).OrderBy(p => p.Code).Select(p => p.Id.Value).FirstAsync());
        }
        await using (var server = await ServerProcess.StartAsync(folder, port))
        {
            using var client = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = new CookieContainer() }) { BaseAddress = server.Address };
            var entry = TokenIn().Match(await client.GetStringAsync("/entrar")).Groups[1].Value;
            using var entered = await client.PostAsync("/entrar?handler=Demo", new FormUrlEncodedContent([new("__RequestVerificationToken", entry), new("person", manager.ToString())]));
            var address = $"/programas/{slug}/constructor";
            var page = await client.GetStringAsync(address);
            var bytes = (await client.GetByteArrayAsync(address)).Length;
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{projects} projects, page {bytes / 1024.0:0.0} KB"));
            var (change, answer) = (new List<double>(), new List<double>());
            var cpu = TimeSpan.Zero;
            for (var i = 0; i < Rounds + Warming; i++)
            {
                var handler = i % 2 == 0 ? "Return" : "Take";
                // The first rounds warm the compiler up.
                if (i == Warming) cpu = server.Cpu;
                var token = TokenIn().Match(page).Groups[1].Value;
                var start = Stopwatch.GetTimestamp();
                using (var sent = await client.PostAsync($"{address}?handler={handler}", new FormUrlEncodedContent([new("__RequestVerificationToken", token), new(i % 2 == 0 ? "id" : "ids", project.ToString())])))
                {
                    if (sent.StatusCode != HttpStatusCode.Redirect) throw new InvalidOperationException($"{handler}: {sent.StatusCode}");
                }
                var between = Stopwatch.GetTimestamp();
                page = await client.GetStringAsync(address);
                if (i < Warming) continue;
                change.Add(Stopwatch.GetElapsedTime(start, between).TotalMilliseconds);
                answer.Add(Stopwatch.GetElapsedTime(between).TotalMilliseconds);
            }
            Tell("change (an act)", change);
            Tell("page with all panels", answer);
            Tell("both", [.. change.Zip(answer, (a, b) => a + b)]);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  processor of the server {(server.Cpu - cpu).TotalMilliseconds / Rounds:0.0} ms for both"));
            Console.WriteLine($"peak memory of the server {server.PeakMemory >> 20} MB");
        }
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
        return 0;
    }

    static void Tell(string what, List<double> times)
    {
        times.Sort();
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what,-22} p50 {times[times.Count / 2]:0.0} ms  p95 {times[times.Count * 95 / 100]:0.0} ms"));
    }

    static async Task<IReadOnlyList<string>> PlacesAsync(IServiceProvider services, string province)
    {
        var known = services.GetRequiredService<Country>().ChildrenOf(province).Select(d => d.Code).ToList();
        for (var i = 60; known.Count < 8; i++) known.Add(await services.GetRequiredService<AddDistrict>().ExecuteAsync(new NewDistrict($"{province}{i}", $"Distrito {i} (DEMO)", null), Actor.System));
        return known;
    }

    static ProgrammeContent Large(ProgrammeContent like, int projects, IReadOnlyList<string> places)
    {
        var axes = like.Strategy.Axes.Select(a => a.Code).ToList();
        return like with
        {
            Title = "Programa grande (DEMO)",
            Projects = [.. Enumerable.Range(1, projects).Select(i =>
            {
                CostLineContent[] lines = [.. new[] { FundingSource.Fund, FundingSource.District, FundingSource.PrivateCash, FundingSource.PrivateInKind }.Select((s, n) => new CostLineContent("Obra y equipos (DEMO)", "Ejecución", s, 2027 + n % 2, Money.Soles(20_000 + 1_000 * (i * 37 % 90))))];
                return new ProjectContent
                {
                    Id = new(Guid.Empty),
                    Code = $"P{i}",
                    Title = $"Obra de prueba número {i} (DEMO)",
                    Problem = "Problema de prueba",
                    Objective = "Objetivo de prueba",
                    Axis = i % 7 == 0 ? null : axes[i % axes.Count],
                    Chain = i % 5 == 0 ? null : $"cadena {i % 9}",
                    Conglomerate = null,
                    Places = i % 5 == 0 ? [places[i % places.Count]] : [places[i % places.Count], places[(i + 1) % places.Count]],
                    BeneficiaryWomen = 40 + i,
                    BeneficiaryMen = 30 + i,
                    Organisations = [$"Asociación {i % 20} (DEMO)"],
                    After = i > 10 ? [$"P{i - 10}"] : [],
                    PlannedCost = lines.SumMoney(l => l.Amount),
                    Lines = lines,
                    More = new(null, ProjectStage.Profile, new SheetInput { StartMonth = new(2027, 1 + i % 12, 1), Months = 3 + i % 8 }),
                };
            })],
        };
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]* value=\"([^\"]+)\"")]
    private static partial Regex TokenIn();
}
