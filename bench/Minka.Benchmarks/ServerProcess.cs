using System.Diagnostics;
using System.Globalization;

namespace Minka.Benchmarks;

/// <summary>The product's own server as a process apart, so that its processor time and memory are its own.</summary>
sealed class ServerProcess : IAsyncDisposable
{
    readonly Process process;

    ServerProcess(Process process, Uri address) => (this.process, Address) = (process, address);

    public Uri Address { get; }

    /// <summary>User and system time so far.</summary>
    public TimeSpan Cpu
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Most memory that was ever resident.</summary>
    public long PeakMemory
    {
        get
        {
            process.Refresh();
            return process.PeakWorkingSet64;
        }
    }

    /// <summary>Starts it over a data folder and waits for its first answer.</summary>
    public static async Task<ServerProcess> StartAsync(string data, int port, string? postgres = null)
    {
        var start = new ProcessStartInfo("dotnet") { UseShellExecute = false, RedirectStandardOutput = true };
        foreach (var arg in (string[])[Path.Combine(AppContext.BaseDirectory, "Minka.Web.dll"), "--data", data, "--port", port.ToString(CultureInfo.InvariantCulture), .. postgres is null ? (string[])[] : ["--db", postgres]])
            start.ArgumentList.Add(arg);
        var process = Process.Start(start)!;
        process.OutputDataReceived += (_, line) =>
        {
            if (line.Data is { Length: > 0 } text) Console.WriteLine("  server: " + text);
        };
        process.BeginOutputReadLine();
        var server = new ServerProcess(process, new Uri($"http://localhost:{port}"));
        using var client = new HttpClient { BaseAddress = server.Address };
        while (!process.HasExited)
        {
            try
            {
                await client.GetStringAsync("/salud");
                return server;
            }
            catch (HttpRequestException)
            {
                await Task.Delay(50);
            }
        }
        throw new InvalidOperationException($"the server ended with {process.ExitCode}");
    }

    /// <summary>Asks it to end (SIGTERM), as an operator does, and waits.</summary>
    public async ValueTask DisposeAsync()
    {
        using (var kill = Process.Start("kill", process.Id.ToString(CultureInfo.InvariantCulture))) await kill.WaitForExitAsync();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
