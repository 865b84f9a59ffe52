using System.Collections.Concurrent;
using System.Data.Common;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Minka.Core.Database;

/// <summary>Which database, and the folder that holds everything that a run writes.</summary>
/// <param name="DataFolder">Database file, keys, files, outbox.</param>
/// <param name="Postgres">A connection string of PostgreSQL, or null for SQLite in the data folder.</param>
public sealed record DbSettings(string DataFolder, string? Postgres = null)
{
    public bool IsSqlite => Postgres is null;

    public string SqlitePath => Path.Combine(DataFolder, "minka.db");

    public string SqliteConnection => $"Data Source={SqlitePath};Foreign Keys=True;Default Timeout=30;Pooling=True";

    /// <summary>
    /// The connection that serves: statements that come again are prepared once a connection, because parsing and planning them costs the
    /// server more than running them; nothing of a session is set, so nothing is reset between two uses. What the given string says of either stays.
    /// </summary>
    public string PostgresConnection => Served.GetOrAdd(Postgres!, given =>
    {
        var said = new DbConnectionStringBuilder { ConnectionString = given };
        var connection = new NpgsqlConnectionStringBuilder(given);
        if (!said.ContainsKey("Max Auto Prepare")) (connection.MaxAutoPrepare, connection.AutoPrepareMinUsages) = (200, 2);
        if (!said.ContainsKey("No Reset On Close")) connection.NoResetOnClose = true;
        return connection.ConnectionString;
    });

    static readonly ConcurrentDictionary<string, string> Served = new(StringComparer.Ordinal);

    /// <summary>Options of a context that only reads.</summary>
    public DbContextOptions<AppDb> ReadOptions()
    {
        var builder = new DbContextOptionsBuilder<AppDb>();
        ToRead(builder);
        return builder.Options;
    }

    internal void ToRead(DbContextOptionsBuilder builder)
    {
        if (IsSqlite) builder.UseSqlite(SqliteConnection);
        else builder.UseNpgsql(PostgresConnection);
        Guarded(builder).UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking);
    }

    /// <summary>Options of the writer's context, over its open connection.</summary>
    internal static DbContextOptions<AppDb> ToWrite(DbConnection open)
    {
        var builder = new DbContextOptionsBuilder<AppDb>();
        if (open is SqliteConnection) builder.UseSqlite(open);
        else builder.UseNpgsql(open);
        Guarded(builder);
        return builder.Options;
    }

    // What may differ is told by exceptions; the same for all, so that the model is made once.
    static DbContextOptionsBuilder Guarded(DbContextOptionsBuilder builder) =>
        builder.UseLoggerFactory(NullLoggerFactory.Instance).AddInterceptors(ActGuard.Instance, LaneGuard.Instance);
}
