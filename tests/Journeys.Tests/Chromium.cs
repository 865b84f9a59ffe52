using System.Net;
using System.Net.Sockets;
using Microsoft.Playwright;

namespace Minka.Journeys.Tests;

/// <summary>The system's own Chromium: nothing is downloaded.</summary>
static class Chromium
{
    const string Path = "/usr/bin/chromium";

    /// <summary>A name that leads to this machine and that the browser does not trust as it trusts "localhost".</summary>
    public const string PlainHost = "minka.test";

    /// <summary>Why no browser can be started here, or null.</summary>
    public static string? Missing { get; } = File.Exists(Path) ? null : $"needs {Path}, which is absent";

    /// <summary>A port that nobody listens on.</summary>
    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }

    public static Task<IBrowser> StartAsync(IPlaywright playwright)
    {
        Assertions.SetDefaultExpectTimeout(Arrival.Patience);
        return playwright.Chromium.LaunchAsync(new()
        {
            ExecutablePath = Path,
            Headless = true,
            Args = ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run", $"--host-resolver-rules=MAP {PlainHost} 127.0.0.1"],
        });
    }
}
