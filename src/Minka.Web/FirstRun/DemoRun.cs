using Microsoft.EntityFrameworkCore;
using Minka.Core.Accounts;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Story;

namespace Minka.Web.FirstRun;

public enum DemoState
{
    /// <summary>Nobody asked for it.</summary>
    None,
    Running,
    Ready,

    /// <summary>It was begun and not finished: by a fault, or because the server ended.</summary>
    Broken,
}

/// <summary>Makes the demonstration, once, while the server answers: the story of a fund through the same use cases as people's.</summary>
public sealed class DemoRun(IServiceProvider services, MovableClock clock, IHostApplicationLifetime lifetime, ILogger<DemoRun> log)
{
    readonly Lock gate = new();
    readonly List<string> steps = [];
    Task? run;

    public bool IsRunning => run is { IsCompleted: false };

    /// <summary>What was told so far.</summary>
    public IReadOnlyList<string> Steps
    {
        get
        {
            lock (gate) return [.. steps];
        }
    }

    public async Task<DemoState> StateAsync(AppDb db, CancellationToken cancel = default)
    {
        if (IsRunning) return DemoState.Running;
        var installation = await db.Installations.SingleOrDefaultAsync(i => i.Mode == InstallationMode.Demo, cancel);
        // The story's last act is to write down how far it moved the clock.
        if (installation is null) return run is { IsFaulted: true } ? DemoState.Broken : DemoState.None;
        return installation.ClockAheadSeconds > 0 ? DemoState.Ready : DemoState.Broken;
    }

    /// <summary>Begins it unless it is under way. The caller has looked that nothing else was begun.</summary>
    public Task Start()
    {
        lock (gate)
        {
            if (run is null || run.IsFaulted)
            {
                steps.Clear();
                run = Task.Run(RunAsync);
            }
            return run;
        }
    }

    async Task RunAsync()
    {
        try
        {
            await new FundStory(services, clock, Tell).RunAsync(demo: true, lifetime.ApplicationStopping);
        }
        catch (Exception failure)
        {
            if (!lifetime.ApplicationStopping.IsCancellationRequested) log.LogError(failure, "the demonstration could not be made");
            throw;
        }
    }

    void Tell(string step)
    {
        lock (gate) steps.Add(step);
    }
}

/// <summary>Begins the demonstration of a server that was started with <c>--demo</c> on an empty folder.</summary>
sealed class DemoAtStart(DemoRun demo, IServiceScopeFactory scopes) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (await scope.ServiceProvider.GetRequiredService<AppDb>().Installations.AnyAsync(stoppingToken)) return;
        // Its own failure is logged and shown on its page; the server goes on.
        await demo.Start().ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }
}
