using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Accounts;

public sealed record DemoClockMoved(long AheadSeconds) : IEvent;

/// <summary>Moves the demonstration on to an instant: only forward, and never in a real installation.</summary>
[UseCase]
public sealed class MoveDemoClock(Writer writer, MovableClock clock)
{
    /// <summary>Farther than any calendar of a call reaches.</summary>
    static readonly TimeSpan Farthest = TimeSpan.FromDays(366);

    public async Task ExecuteAsync(DateTime to, Actor actor, CancellationToken cancel = default)
    {
        var by = to - clock.UtcInstant();
        if (by <= TimeSpan.Zero) throw new RuleBroken("installation.clock-back");
        if (by > Farthest) throw new RuleBroken("installation.clock-far");
        // Whole seconds upward, so that the instant asked for has come.
        var ahead = TimeSpan.FromSeconds(Math.Ceiling((clock.Ahead + by).TotalSeconds));
        await writer.ActAsync("installation.clock", actor, async work =>
        {
            var installation = await work.Db.Installations.SingleOrDefaultAsync(cancel);
            if (installation is not { Mode: InstallationMode.Demo }) throw new RuleBroken("installation.clock-real");
            installation.MoveClock(ahead);
            work.Happened(new DemoClockMoved((long)ahead.TotalSeconds));
        }, cancel: cancel);
        clock.Ahead = ahead;
    }
}
