using System.Threading.RateLimiting;

namespace Minka.Web.Screens.Planning.ParticipatoryBudget.Agents;

/// <summary>How many registrations one connection may send without an account: enough for a hall that shares one, too few to fill a register.</summary>
public sealed class RegistrationLimit : IAsyncDisposable
{
    public const int InAnHour = 40;

    readonly PartitionedRateLimiter<HttpContext> limiter = PartitionedRateLimiter.Create<HttpContext, string>(context =>
        RateLimitPartition.GetSlidingWindowLimiter(context.Connection.RemoteIpAddress?.ToString() ?? "", _ => new SlidingWindowRateLimiterOptions { PermitLimit = InAnHour, Window = TimeSpan.FromHours(1), SegmentsPerWindow = 6 }));

    public bool Allows(HttpContext context)
    {
        using var lease = limiter.AttemptAcquire(context);
        return lease.IsAcquired;
    }

    public ValueTask DisposeAsync() => limiter.DisposeAsync();
}
