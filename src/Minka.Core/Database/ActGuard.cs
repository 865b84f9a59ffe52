using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;
using Minka.Core.Kernel;

namespace Minka.Core.Database;

/// <summary>Refuses every write that belongs to no act, raises versions, and takes the digests of each covered row.</summary>
sealed class ActGuard : SaveChangesInterceptor
{
    public static readonly ActGuard Instance = new();

    public override InterceptionResult<int> SavingChanges(DbContextEventData eventData, InterceptionResult<int> result)
    {
        Seal((AppDb)eventData.Context!);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> SavingChangesAsync(DbContextEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Seal((AppDb)eventData.Context!);
        return ValueTask.FromResult(result);
    }

    static void Seal(AppDb db)
    {
        // Once, and not again for the list of entries and for the save itself.
        db.ChangeTracker.DetectChanges();
        db.ChangeTracker.AutoDetectChangesEnabled = false;
        foreach (var entry in db.ChangeTracker.Entries())
        {
            if (entry.State is not (EntityState.Added or EntityState.Modified or EntityState.Deleted)) continue;
            var work = db.Work ?? throw new InvalidOperationException($"a write of {entry.Metadata.ShortName()} outside an act");
            if (entry is { State: EntityState.Modified or EntityState.Deleted, Entity: IAppendOnly })
                throw new InvalidOperationException($"{entry.Metadata.ShortName()} is append-only");
            if (entry is { State: EntityState.Modified, Entity: IVersioned })
            {
                var version = entry.Property(nameof(IVersioned.Version));
                version.CurrentValue = (int)version.OriginalValue! + 1;
            }
            if (CoveredTable.Find(entry.Metadata) is not { } table) continue;
            var key = (table.Name, RowDigests.KeyOf(table, entry));
            var known = work.Rows.TryGetValue(key, out var before);
            if (entry.State == EntityState.Deleted)
            {
                work.Rows[key] = (RowChange.Deleted, [], []);
                continue;
            }
            var salt = work.Entropy.Bytes(RowDigests.SaltSize);
            // A row deleted and written again in one act has a seal already.
            var isNew = known ? before.Change == RowChange.Added : entry.State == EntityState.Added;
            var change = isNew ? RowChange.Added : RowChange.Changed;
            work.Rows[key] = (change, salt, RowDigests.ColumnsOf(table, entry, salt));
        }
    }
}
