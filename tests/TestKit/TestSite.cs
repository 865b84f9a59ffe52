using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Minka.Web;

namespace Minka.TestKit;

/// <summary>The real application over a real database, without a network: the clock is the test's, the entropy seeded.</summary>
public sealed class TestSite : IAsyncDisposable
{
    readonly WebApplication app;
    readonly string folder;

    TestSite(WebApplication app, TestClock clock, string folder) => (this.app, Clock, this.folder) = (app, clock, folder);

    public TestClock Clock { get; }

    public string DataFolder => folder;

    public IServiceProvider Services => app.Services;

    public WebApplication App => app;

    public Writer Writer => Services.GetRequiredService<Writer>();

    public static async Task<TestSite> StartAsync(string provider = "sqlite", StartMode mode = StartMode.Empty, string? pack = null, Action<IServiceCollection>? also = null, Uri? mirror = null, Action<string>? prepare = null)
    {
        var folder = Directory.CreateTempSubdirectory("minka-site-").FullName;
        prepare?.Invoke(folder);
        var clock = new TestClock();
        // Nobody listens there: no test may fetch the country's files from the Internet.
        var options = new MinkaOptions { Data = folder, Mode = mode, Pack = pack, Mirror = mirror ?? new Uri("http://127.0.0.1:9/"), Clockwork = false, Db = (await TemplateDatabase.CopyAsync(provider, folder)).Postgres };
        var app = await MinkaApp.CreateAsync(options, builder =>
        {
            builder.WebHost.UseTestServer();
            builder.Services.AddSingleton(new MovableClock(clock));
            builder.Services.AddSingleton<IEntropy>(new SeededEntropy(7));
            builder.Logging.SetMinimumLevel(LogLevel.Error);
            also?.Invoke(builder.Services);
        });
        await app.StartAsync();
        return new TestSite(app, clock, folder);
    }

    /// <summary>A visitor with cookies of their own; nobody is signed in.</summary>
    public Browser Visitor() => new(app.GetTestServer());

    /// <summary>A visitor signed in as a new person with these roles.</summary>
    public async Task<Browser> SignedInAsync(string name, params (Role Role, Scope Scope)[] roles)
    {
        var id = await PersonAsync(name, roles);
        return await SignInAsync(id);
    }

    /// <summary>A new person with these roles; the password is <see cref="Password"/>.</summary>
    public async Task<Guid> PersonAsync(string name, params (Role Role, Scope Scope)[] roles)
    {
        var id = await WithAsync<AddPerson, Guid>(add => add.ExecuteAsync(new NewPerson(name, name, null, Password), Actor.System));
        foreach (var (role, scope) in roles)
            await WithAsync<GrantRole, RoleGrantId>(grant => grant.ExecuteAsync(id, role, scope, Actor.System));
        names[id] = name;
        return id;
    }

    public async Task<Browser> SignInAsync(Guid person)
    {
        var browser = Visitor();
        var page = await browser.GetAsync("/entrar");
        await page.SubmitAsync(new() { ["Name"] = names[person], ["Password"] = Password });
        return browser;
    }

    public const string Password = "una clave larga";

    readonly Dictionary<Guid, string> names = [];

    public async Task<TResult> WithAsync<TService, TResult>(Func<TService, Task<TResult>> use)
        where TService : notnull
    {
        await using var scope = Services.CreateAsyncScope();
        return await use(scope.ServiceProvider.GetRequiredService<TService>());
    }

    public Task WithAsync<TService>(Func<TService, Task> use)
        where TService : notnull => WithAsync<TService, bool>(async s => { await use(s); return true; });

    public Task<TResult> ReadAsync<TResult>(Func<AppDb, Task<TResult>> read) => WithAsync(read);

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }
}
