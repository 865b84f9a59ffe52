using System.Data;
using System.Data.Common;
using System.Threading.Channels;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Minka.Core.Kernel;
using Minka.Core.Register;
using Npgsql;

namespace Minka.Core.Database;

/// <summary>Too many writes are waiting: try again shortly (503).</summary>
public sealed class LaneFull() : Exception("the writer's lane is full");

/// <summary>What an act is about, told before the work begins.</summary>
public sealed record ActNote(string? SubjectKind = null, Guid? SubjectId = null, string? Why = null);

/// <summary>
/// The only way to write. Each act is loaded, checked, saved, sealed and given its leaf in one transaction, one act after
/// another, so that the order of the register is the order of the commits. One lane groups waiting acts into a commit with a
/// savepoint each; on PostgreSQL an advisory lock, taken once a commit, makes the same order over the lanes of several nodes.
/// Parse, hash and encrypt before calling it: the lane is for what must be checked together.
/// </summary>
public sealed class Writer : IAsyncDisposable
{
    const int QueueLimit = 2_000;
    const int BatchLimit = 128;

    // PostgreSQL keeps 64 subtransactions of a transaction at hand; beyond them every reader pays.
    const int PostgresBatchLimit = 60;
    const string PostgresLock = "SELECT pg_advisory_xact_lock(332481325921)"; // the letters of "Minka"

    readonly DbSettings settings;
    readonly TimeProvider time;
    readonly IEntropy entropy;
    readonly RegisterTree tree;
    readonly IServiceScopeFactory scopes;
    readonly Channel<Job> queue = Channel.CreateBounded<Job>(new BoundedChannelOptions(QueueLimit) { SingleReader = true, FullMode = BoundedChannelFullMode.Wait });
    readonly Task lane;

    public Writer(DbSettings settings, TimeProvider time, IEntropy entropy, RegisterTree tree, IServiceScopeFactory scopes)
    {
        (this.settings, this.time, this.entropy, this.tree, this.scopes) = (settings, time, entropy, tree, scopes);
        lane = Task.Run(settings.IsSqlite ? RunSqliteLaneAsync : RunPostgresLaneAsync);
    }

    public Task ActAsync(string kind, Actor actor, Func<Work, Task> work, ActNote? note = null, CancellationToken cancel = default) =>
        ActAsync(kind, actor, async w => { await work(w); return true; }, note, cancel);

    /// <summary>Runs one act and returns its result when it is on disc.</summary>
    /// <exception cref="RuleBroken">From the work; nothing was written.</exception>
    /// <exception cref="ChangedMeanwhile">Another act changed a row that this one had read for change.</exception>
    /// <exception cref="LaneFull">More than 2,000 acts are waiting.</exception>
    public async Task<T> ActAsync<T>(string kind, Actor actor, Func<Work, Task<T>> work, ActNote? note = null, CancellationToken cancel = default)
    {
        var job = new Job<T>(kind, actor, note ?? new ActNote(), work);
        cancel.ThrowIfCancellationRequested();
        if (!queue.Writer.TryWrite(job)) throw new LaneFull();
        return await job.Done.Task;
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await lane;
    }

    async Task RunSqliteLaneAsync()
    {
        await using var connection = new SqliteConnection(settings.SqliteConnection);
        DbContextOptions<AppDb>? options = null;
        await RunLaneAsync(BatchLimit, async batch =>
        {
            if (connection.State != ConnectionState.Open)
            {
                await connection.OpenAsync();
                Pragmas(connection);
            }
            options ??= DbSettings.ToWrite(connection);
            await using var transaction = connection.BeginTransaction(IsolationLevel.Serializable, deferred: false);
            await RunBatchAsync(options, transaction, batch);
            await transaction.CommitAsync();
        });
    }

    Task RunPostgresLaneAsync() => RunLaneAsync(PostgresBatchLimit, async batch =>
    {
        // From the pool each time: a connection that broke is not met again.
        await using var connection = new NpgsqlConnection(settings.PostgresConnection);
        await connection.OpenAsync();
        await using var transaction = await connection.BeginTransactionAsync();
        await SayAsync(transaction, PostgresLock);
        await RunBatchAsync(DbSettings.ToWrite(connection), transaction, batch);
        await transaction.CommitAsync();
    });

    async Task RunLaneAsync(int limit, Func<IReadOnlyList<Job>, Task> commit)
    {
        var batch = new List<Job>(limit);
        while (await queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            while (batch.Count < limit && queue.Reader.TryRead(out var job)) batch.Add(job);
            try
            {
                await commit(batch);
                Settle(batch);
            }
            catch (Exception failure)
            {
                foreach (var job in batch) job.Fail(job.Failure ?? failure);
            }
        }
    }

    async Task RunBatchAsync(DbContextOptions<AppDb> options, DbTransaction transaction, IReadOnlyList<Job> batch)
    {
        // One context for the batch: to make one costs more than most acts, and each act finds it empty.
        var db = new AppDb(options) { IsOfLane = true };
        try
        {
            db.Database.AutoSavepointsEnabled = false;
            await db.Database.UseTransactionAsync(transaction);
            await RunBatchAsync(db, transaction, batch);
        }
        finally
        {
            await db.DisposeOfLaneAsync();
        }
    }

    async Task RunBatchAsync(AppDb db, DbTransaction transaction, IReadOnlyList<Job> batch)
    {
        await tree.CatchUpAsync(db);
        var frontier = tree.Frontier();
        var lastAt = tree.LastAt;
        for (var i = 0; i < batch.Count; i++)
        {
            var job = batch[i];
            // The last act's savepoint goes in the same trip to the server; an act alone needs none.
            if (batch.Count > 1) await SayAsync(transaction, i == 0 ? "SAVEPOINT act" : "RELEASE SAVEPOINT act; SAVEPOINT act");
            try
            {
                var now = time.UtcInstant();
                var act = new Act
                {
                    Id = ActId.From(entropy.NewId(time)),
                    Kind = job.Kind,
                    PersonId = job.Actor.PersonId,
                    Role = job.Actor.Role,
                    At = now > lastAt ? now : lastAt,
                    Index = checked((long)frontier.Size),
                    SubjectKind = job.Note.SubjectKind,
                    SubjectId = job.Note.SubjectId,
                    Why = job.Note.Why,
                };
                await RunJobAsync(job, act, db, frontier);
                lastAt = act.At;
            }
            catch (Exception failure)
            {
                job.Failure = failure is DbUpdateConcurrencyException concurrent
                    ? new ChangedMeanwhile(concurrent.Entries.Count > 0 ? concurrent.Entries[0].Metadata.ShortName() : "")
                    : failure;
                if (batch.Count == 1) throw;
                await SayAsync(transaction, "ROLLBACK TO SAVEPOINT act");
            }
            finally
            {
                db.Forget();
            }
        }
    }

    static async Task SayAsync(DbTransaction transaction, string sql)
    {
        await using var command = transaction.Connection!.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    async Task RunJobAsync(Job job, Act act, AppDb db, Frontier frontier)
    {
        await using var scope = scopes.CreateAsyncScope();
        var work = new Work(db, act, time, entropy, scope.ServiceProvider);
        scope.ServiceProvider.GetRequiredService<WorkScope>().Work = work;
        await job.RunAsync(work);
        for (var i = 0; i < work.Events.Count; i++) await HandleAsync(work.Events[i], work, scope.ServiceProvider);
        db.Set<Act>().Add(act);
        await db.SaveChangesAsync();

        var body = work.LeafBody();
        var hash = Merkle.LeafHash(body);
        db.Set<Leaf>().Add(new Leaf { Index = act.Index, Body = body, Hash = hash });
        foreach (var ((table, key), row) in work.Rows)
        {
            var seal = row.Change == RowChange.Added ? null : await db.Set<Seal>().FindAsync(table, key);
            if (row.Change == RowChange.Deleted)
            {
                if (seal is not null) db.Set<Seal>().Remove(seal);
            }
            else if (seal is null)
            {
                db.Set<Seal>().Add(new Seal { Table = table, Key = key, Index = act.Index, Salt = row.Salt, Columns = row.Columns });
            }
            else
            {
                (seal.Index, seal.Salt, seal.Columns) = (act.Index, row.Salt, row.Columns);
            }
        }
        var sealedRows = work.Rows.Count;
        var after = frontier.Copy();
        after.Append(hash);
        if (work.AfterLeaf.Count > 0)
        {
            var position = new LeafPosition(act.Index, act.Index + 1, after.Root());
            foreach (var then in work.AfterLeaf) await then(position);
        }
        await db.SaveChangesAsync();
        if (work.Rows.Count != sealedRows) throw new InvalidOperationException($"{act.Kind}: a covered row was written after the leaf");
        frontier.Append(hash);
        job.Leaf = (act.Index, hash, act.At);
    }

    static async Task HandleAsync(IEvent happened, Work work, IServiceProvider services)
    {
        var handlerType = typeof(IEventHandler<>).MakeGenericType(happened.GetType());
        foreach (var handler in services.GetServices(handlerType))
            await (Task)handlerType.GetMethod(nameof(IEventHandler<>.HandleAsync))!.Invoke(handler, [happened, work])!;
    }

    static void Pragmas(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        // FULL, not NORMAL: with NORMAL the last commits are lost on a power cut.
        command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; PRAGMA foreign_keys=ON; PRAGMA wal_autocheckpoint=4000; PRAGMA cache_size=-32000;";
        command.ExecuteNonQuery();
    }

    void Settle(IReadOnlyList<Job> batch)
    {
        foreach (var job in batch)
        {
            if (job.Leaf is { } leaf) tree.Append(leaf.Index, leaf.Hash, leaf.At);
        }
        foreach (var job in batch) job.Settle();
    }

    abstract class Job(string kind, Actor actor, ActNote note)
    {
        public string Kind { get; } = kind;
        public Actor Actor { get; } = actor;
        public ActNote Note { get; } = note;
        public Exception? Failure { get; set; }
        public (long Index, byte[] Hash, DateTime At)? Leaf { get; set; }
        public abstract Task RunAsync(Work work);
        public abstract void Settle();
        public abstract void Fail(Exception failure);
    }

    sealed class Job<T>(string kind, Actor actor, ActNote note, Func<Work, Task<T>> run) : Job(kind, actor, note)
    {
        T? result;

        public TaskCompletionSource<T> Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public override async Task RunAsync(Work work) => result = await run(work);

        public override void Settle()
        {
            if (Failure is null) Done.TrySetResult(result!);
            else Done.TrySetException(Failure);
        }

        public override void Fail(Exception failure) => Done.TrySetException(failure);
    }
}

/// <summary>Tells the services of an act's scope which act they serve.</summary>
public sealed class WorkScope
{
    public Work? Work { get; set; }
}
