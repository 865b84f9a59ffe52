using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;
using Minka.Core.Kernel;
using Minka.Core.Register;

namespace Minka.Core.Fund.Calls;

/// <summary>
/// Records, in the name of the system, the close of every call whose deadline has passed, and has a head of the register signed at
/// once: whatever is not under that head was not there at the deadline.
/// </summary>
[UseCase]
public sealed class CloseDueCalls(AppDb db, CloseCall close, Checkpoints checkpoints, TimeProvider time)
{
    /// <returns>How many were closed.</returns>
    public async Task<int> ExecuteAsync(CancellationToken cancel = default)
    {
        var open = await db.Calls.AsNoTracking().Where(c => c.State == CallState.Open).ToListAsync(cancel);
        var closed = 0;
        foreach (var call in open.Where(c => c.Dates.Close.HasPassedAt(time.UtcInstant())))
        {
            try
            {
                await close.ExecuteAsync(call.Id, Actor.System, cancel);
                closed++;
            }
            catch (RuleBroken)
            {
                // Somebody closed or extended it between the look and the act.
            }
        }
        if (closed > 0) await checkpoints.SignAsync(cancel);
        return closed;
    }
}
