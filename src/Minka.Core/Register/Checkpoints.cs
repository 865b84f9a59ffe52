using Microsoft.EntityFrameworkCore;
using Minka.Core.Database;

namespace Minka.Core.Register;

/// <summary>
/// Signs the head of the register: at least each minute when something was written, and at once when asked, which every
/// deadline does. A checkpoint is itself an act, and covers its own leaf.
/// </summary>
[UseCase]
public sealed class Checkpoints(AppDb db, Writer writer, SigningKeys keys, RegisterTree tree, TimeProvider time)
{
    /// <summary>The longest time that a written leaf may stay without a signed head.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromMinutes(1);

    /// <summary>The newest checkpoint, or null when none was signed yet.</summary>
    public Task<StoredCheckpoint?> LatestAsync(CancellationToken cancel = default) =>
        db.Checkpoints.OrderByDescending(c => c.Size).FirstOrDefaultAsync(cancel);

    /// <summary>Signs a checkpoint when leaves were written since the last one and that is a minute ago. Called often.</summary>
    public async Task<StoredCheckpoint?> SignIfDueAsync(CancellationToken cancel = default)
    {
        await tree.CatchUpAsync(db, cancel);
        if (tree.Size == 0)
            return null;
        var latest = await LatestAsync(cancel);
        if (latest is not null && (latest.Size >= tree.Size || time.GetUtcNow().UtcDateTime - latest.At < Longest))
            return null;
        return await SignAsync(cancel);
    }

    /// <summary>Signs a checkpoint over all leaves so far, unless the newest one already covers them all.</summary>
    public async Task<StoredCheckpoint> SignAsync(CancellationToken cancel = default)
    {
        await tree.CatchUpAsync(db, cancel);
        if (await LatestAsync(cancel) is { } latest && latest.Size == tree.Size)
            return latest;
        StoredCheckpoint? stored = null;
        await writer.ActAsync("register.checkpoint", Actor.System, work =>
        {
            work.Happened(new CheckpointSigned(work.Act.Index + 1));
            work.WhenSealed(position =>
            {
                var checkpoint = Checkpoint.At(keys.Origin, checked((ulong)position.TreeSize), position.Root, work.Now);
                stored = new StoredCheckpoint { Size = position.TreeSize, At = checkpoint.Time!.Value, Note = checkpoint.Sign(keys).ToString() };
                work.Db.Checkpoints.Add(stored);
                return Task.CompletedTask;
            });
            return Task.CompletedTask;
        }, cancel: cancel);
        return stored!;
    }
}
