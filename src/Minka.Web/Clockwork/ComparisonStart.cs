using Minka.Core.Awards;

namespace Minka.Web.Clockwork;

/// <summary>Once after the start: computes the optimum and the probabilities beside awards that an earlier version proposed without keeping them.</summary>
sealed class ComparisonStart(IServiceScopeFactory scopes, ILogger<ComparisonStart> log) : BackgroundService
{
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await Task.Yield();
            await using var scope = scopes.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<CompareWithOptimum>().StoreMissingAsync(stoppingToken);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            // The pages say that it is not there; the next start tries again.
            log.LogError(failure, "an award could not be compared with the optimum");
        }
    }
}
