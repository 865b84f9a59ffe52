using System.Data.Common;
using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Minka.Core.Kernel;
using Npgsql;

namespace Minka.Core.Database;

/// <summary>
/// Brings a database to the newest schema: numbered SQL scripts, one a provider, each run once in a transaction and noted
/// with its digest. EF's design package is not needed, and the scripts are what an administrator can read beforehand.
/// </summary>
public static class Schema
{
    public static async Task MigrateAsync(DbSettings settings, TimeProvider time, CancellationToken cancel = default)
    {
        if (settings.IsSqlite) Directory.CreateDirectory(settings.DataFolder);
        await using DbConnection connection = settings.IsSqlite ? new SqliteConnection(settings.SqliteConnection) : new NpgsqlConnection(settings.Postgres);
        await connection.OpenAsync(cancel);
        if (settings.IsSqlite) await RunAsync(connection, null, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;", cancel);
        await RunAsync(connection, null, "CREATE TABLE IF NOT EXISTS \"SchemaVersions\" (\"Number\" INTEGER NOT NULL PRIMARY KEY, \"Name\" TEXT NOT NULL, \"Digest\" TEXT NOT NULL, \"At\" TEXT NOT NULL)", cancel);
        var done = new Dictionary<long, string>();
        await using (var command = connection.CreateCommand())
        {
            command.CommandText = "SELECT \"Number\", \"Digest\" FROM \"SchemaVersions\"";
            await using var reader = await command.ExecuteReaderAsync(cancel);
            while (await reader.ReadAsync(cancel)) done[Convert.ToInt64(reader.GetValue(0), CultureInfo.InvariantCulture)] = reader.GetString(1);
        }
        var scripts = Scripts(settings);
        if (done.Keys.Any(n => scripts.All(s => s.Number != n)))
            throw new InvalidOperationException("the database was written by a newer version of Minka");
        foreach (var script in scripts)
        {
            if (done.ContainsKey(script.Number)) continue;
            await using var transaction = await connection.BeginTransactionAsync(cancel);
            await RunAsync(connection, transaction, script.Sql, cancel);
            await using var note = connection.CreateCommand();
            note.Transaction = transaction;
            note.CommandText = "INSERT INTO \"SchemaVersions\" VALUES (@n, @name, @digest, @at)";
            Add(note, "n", script.Number);
            Add(note, "name", script.Name);
            Add(note, "digest", Digest.Of(script.Sql).Hex);
            Add(note, "at", time.UtcInstant().ToString("O", CultureInfo.InvariantCulture));
            await note.ExecuteNonQueryAsync(cancel);
            await transaction.CommitAsync(cancel);
        }
    }

    /// <summary>The script that would make the model's schema from nothing: what the migrations must add up to.</summary>
    public static string OfModel(DbSettings settings)
    {
        using var db = new AppDb(settings.ReadOptions());
        return db.Database.GenerateCreateScript().ReplaceLineEndings("\n");
    }

    /// <summary>The names of the scripts that bring a database of this kind up to date.</summary>
    public static IReadOnlyList<string> Names(DbSettings settings) => [.. Scripts(settings).Select(s => s.Name)];

    static IReadOnlyList<(int Number, string Name, string Sql)> Scripts(DbSettings settings)
    {
        var suffix = settings.IsSqlite ? ".sqlite.sql" : ".postgres.sql";
        var assembly = typeof(Schema).Assembly;
        return [.. assembly.GetManifestResourceNames().Where(n => n.EndsWith(suffix, StringComparison.Ordinal)).Select(n =>
        {
            var name = n[(n.IndexOf("Migrations.", StringComparison.Ordinal) + "Migrations.".Length)..^suffix.Length];
            using var stream = assembly.GetManifestResourceStream(n)!;
            using var text = new StreamReader(stream, Encoding.UTF8);
            return (Number: int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), Name: name, Sql: text.ReadToEnd());
        }).OrderBy(s => s.Number)];
    }

    static async Task RunAsync(DbConnection connection, DbTransaction? transaction, string sql, CancellationToken cancel)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync(cancel);
    }

    static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
