using Microsoft.EntityFrameworkCore;

namespace Minka.Core.Database;

/// <summary>Which database, and the folder that holds everything that a run writes.</summary>
/// <param name="DataFolder">Database file, keys, files, outbox.</param>
/// <param name="Postgres">A connection string of PostgreSQL, or null for SQLite in the data folder.</param>
public sealed record DbSettings(string DataFolder, string? Postgres = null)
{
    public bool IsSqlite => Postgres is null;

    public string SqlitePath => Path.Combine(DataFolder, "minka.db");

    public string SqliteConnection => $"Data Source={SqlitePath};Foreign Keys=True;Default Timeout=30;Pooling=True";

    /// <summary>Options of a context that only reads.</summary>
    public DbContextOptions<AppDb> ReadOptions()
    {
        var builder = new DbContextOptionsBuilder<AppDb>();
        if (IsSqlite) builder.UseSqlite(SqliteConnection);
        else builder.UseNpgsql(Postgres);
        return builder
            .UseQueryTrackingBehavior(QueryTrackingBehavior.NoTracking)
            .AddInterceptors(ActGuard.Instance, LaneGuard.Instance)
            .Options;
    }
}
