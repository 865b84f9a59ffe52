using Microsoft.Data.Sqlite;
using Minka.Core.Database;
using Npgsql;

namespace Minka.TestKit;

/// <summary>The schema, made once a process and copied for each test: what a hundred migrations would take seconds for takes milliseconds.</summary>
static class TemplateDatabase
{
    static readonly Lazy<Task<string>> Sqlite = new(MakeSqliteAsync);
    static readonly Lazy<Task<string>> OnPostgres = new(MakePostgresAsync);

    public static async Task<DbSettings> CopyAsync(string provider, string folder)
    {
        if (provider == "postgres") return new DbSettings(folder, Postgres.Create(await OnPostgres.Value));
        var settings = new DbSettings(folder);
        File.Copy(await Sqlite.Value, settings.SqlitePath);
        return settings;
    }

    static async Task<string> MakeSqliteAsync()
    {
        var folder = Directory.CreateTempSubdirectory("minka-template-").FullName;
        var settings = new DbSettings(folder);
        await Schema.MigrateAsync(settings, new TestClock());
        var template = Path.Combine(folder, "template.db");
        await using (var connection = new SqliteConnection(settings.SqliteConnection))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "VACUUM INTO $to";
            command.Parameters.AddWithValue("$to", template);
            await command.ExecuteNonQueryAsync();
        }
        AppDomain.CurrentDomain.ProcessExit += (_, _) =>
        {
            SqliteConnection.ClearAllPools();
            if (Directory.Exists(folder)) Directory.Delete(folder, recursive: true);
        };
        return template;
    }

    static async Task<string> MakePostgresAsync()
    {
        var folder = Directory.CreateTempSubdirectory("minka-template-").FullName;
        // Nobody may be connected to a database that is copied.
        var connection = Postgres.Create() + ";Pooling=false";
        await Schema.MigrateAsync(new DbSettings(folder, connection), new TestClock());
        Directory.Delete(folder, recursive: true);
        return new NpgsqlConnectionStringBuilder(connection).Database!;
    }
}
