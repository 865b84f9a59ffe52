using Minka.Core.Fund.Calls;
using Minka.Core.Register;
using Minka.Web.FirstRun;

namespace Minka.Web.Clockwork;

/// <summary>Looks every second whether a deadline has passed or a head of the register is due.</summary>
sealed class CheckpointClock(IServiceScopeFactory scopes, DemoRun demo, ILogger<CheckpointClock> log) : BackgroundService
{
    static readonly TimeSpan Pace = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Pace);
        try
        {
            do
            {
                // The story of the demonstration moves the clock and does both itself.
                if (demo.IsRunning) continue;
                try
                {
                    await using var scope = scopes.CreateAsyncScope();
                    await scope.ServiceProvider.GetRequiredService<CloseDueCalls>().ExecuteAsync(stoppingToken);
                    await scope.ServiceProvider.GetRequiredService<Checkpoints>().SignIfDueAsync(stoppingToken);
                }
                catch (Exception failure) when (failure is not OperationCanceledException)
                {
                    // The next round tries again; until then the leaves are on disc and only lack a signed head.
                    log.LogError(failure, "a deadline or a head of the register could not be recorded");
                }
            }
            while (await timer.WaitForNextTickAsync(stoppingToken));
        }
        catch (OperationCanceledException)
        {
            // the server ends
        }
    }
}
