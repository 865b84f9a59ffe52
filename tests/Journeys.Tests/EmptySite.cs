using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Playwright;
using Minka.Core.Kernel;
using Minka.TestKit;
using Minka.Web;
using Xunit;

namespace Minka.Journeys.Tests;

/// <summary>The real application on a real port as <c>./minka up --empty</c> leaves it, with a clock that the journey moves.</summary>
public sealed class EmptySite : IAsyncLifetime
{
    WebApplication? app;
    IPlaywright? playwright;
    IBrowser? browser;
    string folder = "";

    public TestClock Clock { get; } = new();

    public string Address { get; private set; } = "";

    public IServiceProvider Services => app!.Services;

    public async Task InitializeAsync()
    {
        if (Chromium.Missing is not null) return;
        folder = Directory.CreateTempSubdirectory("minka-journeys-").FullName;
        var port = Chromium.FreePort();
        Address = $"http://localhost:{port}";
        app = await MinkaApp.CreateAsync(new MinkaOptions { Data = folder, Port = port, Mode = StartMode.Empty, Clockwork = false }, b =>
        {
            b.Services.AddSingleton(new MovableClock(Clock));
            b.Logging.SetMinimumLevel(LogLevel.Error);
        });
        await app.StartAsync();
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

    /// <summary>A person at a window of their own.</summary>
    public Task<Visitor> VisitorAsync(Manner manner) => Visitor.ArriveAsync(browser!, Address, manner);
}
