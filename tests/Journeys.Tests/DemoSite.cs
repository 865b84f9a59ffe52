using System.Reflection;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Mvc.Infrastructure;
using Microsoft.AspNetCore.Mvc.RazorPages;
using Microsoft.AspNetCore.Mvc.RazorPages.Infrastructure;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Minka.Core.Accounts;
using Minka.Core.Agreements;
using Minka.Core.Applications;
using Minka.Core.Database;
using Minka.Core.Entities;
using Minka.Core.Entities.Ballots;
using Minka.Core.Entities.Elections;
using Minka.Core.Entities.Prioritisation;
using Minka.Core.Evaluation;
using Minka.Core.Fund;
using Minka.Core.Kernel;
using Minka.Core.Planning;
using Minka.Core.Planning.Chains;
using Minka.Core.Planning.Pledges;
using Minka.Core.Register;
using Minka.Core.Story;
using Minka.Core.Territories;
using Minka.Observatory.Duck;
using Minka.TestKit;
using Minka.Web;
using Minka.Web.Access;
using Xunit;

namespace Minka.Journeys.Tests;

/// <summary>The real application on a real port, after the story of the demonstration, with one browser: made once for all journeys.</summary>
public sealed class DemoSite : IAsyncLifetime
{
    WebApplication? app;
    IPlaywright? playwright;
    IBrowser? browser;
    string folder = "";
    readonly Dictionary<string, string> values = new(StringComparer.Ordinal);
    readonly Dictionary<Role, Guid> people = [];

    public string Address { get; private set; } = "";

    /// <summary>What stands in an address for each parameter of a route.</summary>
    public IReadOnlyDictionary<string, string> Values => values;

    /// <summary>The story is told once; each site begins with a copy of what it left.</summary>
    static readonly Lazy<Task<string>> Told = new(async () =>
    {
        var told = Directory.CreateTempSubdirectory("minka-journeys-story-").FullName;
        await using (var app = await CreateAsync(told, 0))
            await new FundStory(app.Services, app.Services.GetRequiredService<MovableClock>(), _ => { }).RunAsync(demo: true);
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        AppDomain.CurrentDomain.ProcessExit += (_, _) => Directory.Delete(told, recursive: true);
        return told;
    });

    static Task<WebApplication> CreateAsync(string data, int port) =>
        MinkaApp.CreateAsync(new MinkaOptions { Data = data, Port = port, Mode = StartMode.Demo, Clockwork = false }, b => b.Logging.SetMinimumLevel(LogLevel.Error));

    static void Copy(string from, string to)
    {
        foreach (var directory in Directory.EnumerateDirectories(from, "*", SearchOption.AllDirectories)) Directory.CreateDirectory(Path.Combine(to, Path.GetRelativePath(from, directory)));
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories)) File.Copy(file, Path.Combine(to, Path.GetRelativePath(from, file)));
    }

    public async Task InitializeAsync()
    {
        if (Chromium.Missing is not null) return;
        folder = Directory.CreateTempSubdirectory("minka-journeys-").FullName;
        var port = Chromium.FreePort();
        Address = $"http://localhost:{port}";
        Copy(await Told.Value, folder);
        app = await CreateAsync(folder, port);
        await app.StartAsync();
        await LookUpAsync();
        playwright = await Playwright.CreateAsync();
        browser = await Chromium.StartAsync(playwright);
    }

    public async Task DisposeAsync()
    {
        if (browser is not null) await browser.DisposeAsync();
        playwright?.Dispose();
        if (app is null) return;
        await app.StopAsync();
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A window with cookies of its own, as wide as a phone.</summary>
    public Task<IBrowserContext> WindowAsync(bool script = true, int width = 390, int height = 844) =>
        browser!.NewContextAsync(new() { BaseURL = Address, JavaScriptEnabled = script, ViewportSize = new() { Width = width, Height = height }, Locale = "es-PE" });

    /// <summary>Somebody of the demonstration at a window of their own.</summary>
    public Task<Visitor> VisitorAsync(string user, bool script = false) => VisitorAsync(user, Manner.Phone with { Script = script });

    public async Task<Visitor> VisitorAsync(string user, Manner manner)
    {
        var visitor = await Visitor.ArriveAsync(browser!, Address, manner);
        await EnterAsync(visitor.Page, await ReadAsync(db => db.People.Where(p => p.UserName == user).Select(p => p.Id).SingleAsync()));
        return visitor;
    }

    public IServiceProvider Services => app!.Services;

    public async Task<TResult> ReadAsync<TResult>(Func<AppDb, Task<TResult>> read)
    {
        await using var scope = Services.CreateAsyncScope();
        return await read(scope.ServiceProvider.GetRequiredService<AppDb>());
    }

    /// <summary>Signs a person of the demonstration in, by the button that a visitor would press.</summary>
    public Task EnterAsync(IPage page, Role role) => EnterAsync(page, people[role]);

    static async Task EnterAsync(IPage page, Guid person)
    {
        await page.GotoAsync("/entrar");
        var button = page.Locator($"button[name=person][value='{person}']");
        // The many alliances are folded: a visitor unfolds them first.
        if (!await button.IsVisibleAsync()) await page.Locator("details", new() { Has = button }).Locator("summary").ClickAsync();
        await Arrival.AfterAsync(page, () => button.ClickAsync());
        if (page.Url.Contains("/entrar", StringComparison.Ordinal)) throw new InvalidOperationException($"{person} was not let in: {await page.InnerTextAsync("main")}");
    }

    /// <summary>What the application takes for now: the story moved its clock.</summary>
    public DateTime Now => app!.Services.GetRequiredService<TimeProvider>().UtcInstant();

    /// <summary>A new person, who enters with name and password.</summary>
    public async Task<Guid> PersonAsync(string name, string password)
    {
        await using var scope = app!.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AddPerson>().ExecuteAsync(new NewPerson(name, name, null, password), Actor.System);
    }

    public bool Knows(Role role) => people.ContainsKey(role);

    /// <summary>All pages of the application, with who may open them.</summary>
    public async Task<IReadOnlyList<(string Template, AccessAttribute? Access)>> PagesAsync()
    {
        var loader = app!.Services.GetRequiredService<PageLoader>();
        var pages = new List<(string Template, AccessAttribute? Access)>();
        foreach (var page in app.Services.GetRequiredService<IActionDescriptorCollectionProvider>().ActionDescriptors.Items.OfType<PageActionDescriptor>())
        {
            // A list's second address is a file, no page; so are minutes for a word processor and ballots as .pb.
            if (page.AttributeRouteInfo!.Template!.Contains(".{archivo", StringComparison.Ordinal) || Path.GetExtension(page.AttributeRouteInfo.Template) is ".docx" or ".pb") continue;
            var compiled = await loader.LoadAsync(page, EndpointMetadataCollection.Empty);
            pages.Add(("/" + page.AttributeRouteInfo!.Template, compiled.DeclaredModelTypeInfo?.GetCustomAttribute<AccessAttribute>()));
        }
        return [.. pages.OrderBy(p => p.Template, StringComparer.Ordinal)];
    }

    // One awarded application and all that hangs on it.
    async Task LookUpAsync()
    {
        await using var scope = app!.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var agreement = await db.Agreements.Where(a => a.State == AgreementState.Concluded).OrderBy(a => a.Number).FirstAsync();
        var application = await db.Applications.SingleAsync(a => a.Id == agreement.ApplicationId);
        var call = await db.Calls.SingleAsync(c => c.Id == agreement.CallId);
        var entity = await db.CoordinationEntities.SingleAsync(e => e.Id == agreement.EntityId);
        var version = await db.ProgrammeVersions.SingleAsync(v => v.Id == application.ProgrammeVersionId);
        var programme = await db.Programmes.SingleAsync(p => p.Id == version.ProgrammeId);
        var fund = await db.Funds.SingleAsync(f => f.Id == call.FundId);
        var assignment = await db.Assignments.Where(a => a.ApplicationId == application.Id && a.State == AssignmentState.Locked).OrderBy(a => a.Seat).FirstAsync();
        values["agreement"] = agreement.Id.Value.ToString();
        values["application"] = application.Id.Value.ToString();
        values["code"] = application.Code!;
        values["call"] = call.Slug;
        values["entity"] = entity.Slug;
        values["programme"] = programme.Slug;
        values["version"] = values["number"] = version.Number.ToString(System.Globalization.CultureInfo.InvariantCulture);
        values["fund"] = fund.Slug;
        values["assignment"] = assignment.Id.Value.ToString();
        values["run"] = agreement.RunId.Value.ToString();
        values["assembly"] = (await db.Assemblies.Where(a => a.EntityId == entity.Id).OrderBy(a => a.Number).FirstAsync()).Id.Value.ToString();
        values["member"] = (await db.Members.Where(m => m.EntityId == entity.Id).OrderBy(m => m.Organisation).FirstAsync()).Id.Value.ToString();
        values["project"] = (await db.Projects.Where(p => p.ProgrammeId == programme.Id).OrderBy(p => p.Code).FirstAsync()).Id.Value.ToString();
        values["pledge"] = (await scope.ServiceProvider.GetRequiredService<MakePledge>().ExecuteAsync(programme.Id, new() { Partner = "Municipalidad (DEMO)", Source = Core.Rules.FundingSource.District, Year = 2027, Currency = PledgeCurrency.Pen, Amount = 100_00 }, Actor.System)).Value.ToString();
        values["tabla"] = "pares";
        values["strategy"] = programme.StrategyId.Value.ToString();
        values["axis"] = (await db.Axes.Where(a => a.StrategyId == programme.StrategyId).OrderBy(a => a.Code).FirstAsync()).Id.Value.ToString();
        values["list"] = "foda";
        values["chapter"] = "area";
        values["chainlist"] = "actores";
        values["chain"] = ((await db.ValueChains.Where(c => c.EntityId == entity.Id).OrderBy(c => c.Name).FirstOrDefaultAsync())?.Id
            ?? await scope.ServiceProvider.GetRequiredService<StartChain>().ExecuteAsync(entity.Id, new() { Name = "Leche (DEMO)", Product = "leche fresca", Unit = "litros", Seasons = ["todo el año"] }, Actor.System)).Value.ToString();
        values["accreditation"] = (await db.Accreditations.Where(a => a.FundId == fund.Id && a.EntityId == entity.Id).FirstAsync()).Id.Value.ToString();
        values["person"] = assignment.EvaluatorId.ToString();
        // Pages that would be empty without them: a functional territory, a table of members with its faults.
        values["functional"] = await scope.ServiceProvider.GetRequiredService<SetFunctionalTerritory>().ExecuteAsync(null, 0, new("Corredor (DEMO)", FunctionalKind.Corridor, "Prueba (DEMO)", [entity.ProvinceCodes[0], "0604"]), Actor.System);
        await scope.ServiceProvider.GetRequiredService<StageMembers>().StageAsync(entity.Id, System.Text.Encoding.UTF8.GetBytes("organizacion;grupo;representante;desde;hasta\nComunidad (DEMO);nadie;Persona Número Uno;2026-01-01;ayer\n"), "miembros.csv", Actor.System);
        await VotingsAsync(scope.ServiceProvider.GetRequiredService<Writer>(), entity.Id, AssemblyId.From(Guid.Parse(values["assembly"])));
        var budget = await FabricatedBudgets.MakeAsync(scope.ServiceProvider, entity.Id, "(DEMO)", "Persona (DEMO)");
        (values["process"], values["agent"], values["workshop"], values["proposal"]) = (budget.Slug, budget.Agent.Value.ToString(), budget.Workshop.Value.ToString(), budget.Proposal.Value.ToString());
        values["index"] = "1";
        values["section"] = "holder";
        values["territory"] = values["province"] = entity.ProvinceCodes[0];
        values["department"] = entity.ProvinceCodes[0][..2];
        values["district"] = await scope.ServiceProvider.GetRequiredService<AddDistrict>().ExecuteAsync(new(entity.ProvinceCodes[0] + "99", "Distrito (DEMO)", null), Actor.System);
        // Canals that could go together, where the store can be kept here.
        values["centre"] = "2000001";
        if (DuckLibrary.IsHere) GivenSpending.Import(Path.Combine(folder, "observatorio"), "demo.csv", GivenSpending.CanalsFile(values["district"]));
        values["part"] = "costos";
        values["pack"] = call.PackId;
        values["open-call"] = await db.Calls.Where(c => c.Id != call.Id).Select(c => c.Slug).SingleAsync();
        foreach (var (role, user) in new[] { (Role.Admin, "administradora"), (Role.Operator, "secretaria-tecnica"), (Role.Board, "consejo"), (Role.Auditor, "auditor"), (Role.Secretary, $"secretaria-{entity.ProvinceCodes[0]}"), (Role.Manager, $"gerencia-{entity.ProvinceCodes[0]}") })
            people[role] = await db.People.Where(p => p.UserName == user).Select(p => p.Id).SingleAsync();
        people[Role.Evaluator] = assignment.EvaluatorId;
        // A key that opens nothing, so that its pages can be walked by whoever walks the pages of every person.
        var key = new UserPasskeyInfo([1, 2, 3], [], default, 0, [], true, false, false, [], []);
        values["passkey"] = (await scope.ServiceProvider.GetRequiredService<OwnPasskeys>().AddAsync(people[Role.Secretary], "DEMO", key, Actor.System)).Value.ToString();
    }

    // A counted secret vote, an election and a prioritisation that is over: the story holds none.
    Task VotingsAsync(Writer writer, EntityId entity, AssemblyId assembly) => writer.ActAsync("demo.votings", Actor.System, work =>
    {
        var election = OrganElection.Draft(work.NewId<OrganElectionId>(), assembly, "Junta (DEMO)", new ElectionRule(1, ElectionMajority.Plurality, [], "Estatuto", "lotería"), [new("c1", "Café", null, true, Sector.Private)]);
        work.Db.OrganElections.Add(election);
        var box = new BallotBox { Id = work.NewId<BallotBoxId>(), AssemblyId = assembly, Subject = BallotSubject.Election, SubjectId = election.Id.Value, Title = "Voto (DEMO)", Paper = BallotPaper.YesNo, OpenedAt = work.Now };
        box.Counted(BallotCount.Of(BallotPaper.YesNo, []), work.Now);
        work.Db.BallotBoxes.Add(box);
        var session = new PrioritisationSession
        {
            Id = work.NewId<PrioritisationId>(),
            EntityId = entity,
            Title = "Priorización (DEMO)",
            Budget = new Money(100_00),
            Form = BallotForm.Several,
            Most = 1,
            Options = [new("1", "Riego (DEMO)", new Money(50_00), null, null), new("2", "Camino (DEMO)", new Money(60_00), null, null)],
            Rule = RunPrioritisation.Compared[0],
            Workshops = [new("t1", "Plaza (DEMO)")],
            CreatedAt = work.Now,
        };
        session.Fix([]);
        session.Open(work.Now);
        session.Close(RunPrioritisation.Decide(session, [new Marking(false, [1, 0])], 0), work.Now);
        work.Db.PrioritisationSessions.Add(session);
        values["option"] = "1";
        (values["box"], values["election"], values["session"]) = (box.Id.Value.ToString(), election.Id.Value.ToString(), session.Id.Value.ToString());
        return Task.CompletedTask;
    });
}

[CollectionDefinition("demo")]
public sealed class DemoGroup : ICollectionFixture<DemoSite>;
