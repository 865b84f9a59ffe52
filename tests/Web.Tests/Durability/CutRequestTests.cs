using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Shouldly;
using Xunit;

namespace Minka.Web.Tests.Durability;

/// <summary>Over a real socket: whoever loses the line in the middle of sending is no fault of ours, and is not kept as one.</summary>
public sealed class CutRequestTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("minka-cut-").FullName;

    public void Dispose()
    {
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task RequestCutOffMidway_IsNoFaultInTheLog_AndTheServerGoesOn()
    {
        int port;
        using (var listener = new TcpListener(IPAddress.Loopback, 0))
        {
            listener.Start();
            port = ((IPEndPoint)listener.LocalEndpoint).Port;
        }
        using var kept = new Kept();
        await using var app = await MinkaApp.CreateAsync(new MinkaOptions { Data = folder, Port = port, Mode = StartMode.Empty, Clockwork = false }, b =>
        {
            b.Services.AddSingleton<ILoggerProvider>(kept);
            b.Logging.AddFilter("Microsoft.AspNetCore.Hosting.Diagnostics", LogLevel.Information);
        });
        await app.StartAsync();
        for (var i = 0; i < 3; i++)
        {
            using var client = new TcpClient();
            await client.ConnectAsync(IPAddress.Loopback, port);
            await client.GetStream().WriteAsync(Encoding.ASCII.GetBytes($"POST /entrar HTTP/1.1\r\nHost: localhost:{port}\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 5000\r\n\r\nname=a"));
            await Task.Delay(100);
        }
        using var http = new HttpClient();
        for (var i = 0; i < 50 && kept.Requests < 3; i++) await Task.Delay(100);
        (await http.GetStringAsync(new Uri($"http://localhost:{port}/salud"))).ShouldBe("ok");
        kept.Requests.ShouldBeGreaterThanOrEqualTo(3, "each of them came as far as the pages");
        kept.Faults.ShouldBeEmpty();
    }

    sealed class Kept : ILoggerProvider, ILogger
    {
        int requests;

        public ConcurrentQueue<string> Faults { get; } = [];

        public int Requests => requests;

        public ILogger CreateLogger(string categoryName) => this;

        public IDisposable? BeginScope<TState>(TState state)
            where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
        {
            var text = formatter(state, exception);
            if (text.StartsWith("Request finished HTTP/1.1 POST", StringComparison.Ordinal)) Interlocked.Increment(ref requests);
            if (logLevel >= LogLevel.Error) Faults.Enqueue($"{text} {exception?.GetType().Name}");
        }

        public void Dispose()
        {
        }
    }
}
