using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Minka.Core.Database;
using Minka.TestKit;
using Npgsql;
using Shouldly;
using Xunit;

namespace Minka.Core.Tests.Database;

/// <summary>The migrations must add up to the model.</summary>
public sealed class SchemaTests
{
    [Theory, BothDatabases]
    public async Task Migrations_AddUpToTheModel(string provider)
    {
        var folder = Directory.CreateTempSubdirectory("minka-schema-").FullName;
        var migrated = new DbSettings(Path.Combine(folder, "migrated"), provider == "postgres" ? Postgres.Create() : null);
        var modelled = new DbSettings(Path.Combine(folder, "modelled"), provider == "postgres" ? Postgres.Create() : null);
        Directory.CreateDirectory(modelled.DataFolder);
        var script = Schema.OfModel(modelled);
        await Schema.MigrateAsync(migrated, new TestClock());
        await using (var connection = Open(modelled))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = script;
            await command.ExecuteNonQueryAsync();
        }
        (await DescribeAsync(migrated)).ShouldBe(await DescribeAsync(modelled));
        Schema.Names(migrated).ShouldNotContain("0001-model", "the migrations are scripts, not the model itself");
        SqliteConnection.ClearAllPools();
        Directory.Delete(folder, recursive: true);
    }

    [Fact]
    public async Task Database_OfANewerVersion_IsRefused()
    {
        await using var database = await TestDatabase.CreateAsync();
        await using (var connection = Open(database.Settings))
        {
            await connection.OpenAsync();
            await using var command = connection.CreateCommand();
            command.CommandText = "INSERT INTO \"SchemaVersions\" VALUES (9999, 'later', '', '')";
            await command.ExecuteNonQueryAsync();
        }
        await Should.ThrowAsync<InvalidOperationException>(() => Schema.MigrateAsync(database.Settings, database.Clock));
    }

    static async Task<List<string>> DescribeAsync(DbSettings settings)
    {
        await using var connection = Open(settings);
        await connection.OpenAsync();
        var queries = settings.IsSqlite
            ? new[]
            {
                "SELECT 'column', m.name, c.name, c.type, c.\"notnull\", c.pk FROM sqlite_master m JOIN pragma_table_info(m.name) c WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'",
                "SELECT 'index', m.name, i.name, i.\"unique\", x.seqno, x.name FROM sqlite_master m JOIN pragma_index_list(m.name) i JOIN pragma_index_info(i.name) x WHERE m.type = 'table' AND m.name NOT LIKE 'sqlite_%'",
                "SELECT 'key', m.name, f.\"table\", f.\"from\", f.\"to\", f.on_delete FROM sqlite_master m JOIN pragma_foreign_key_list(m.name) f WHERE m.type = 'table'",
            }
            :
            [
                "SELECT 'column', table_name, column_name, data_type, is_nullable, coalesce(character_maximum_length::text, '') FROM information_schema.columns WHERE table_schema = 'public'",
                "SELECT 'index', tablename, indexname, indexdef, '', '' FROM pg_indexes WHERE schemaname = 'public'",
                "SELECT 'key', conrelid::regclass::text, conname, pg_get_constraintdef(oid), '', '' FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
            ];
        var lines = new List<string>();
        foreach (var query in queries)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = query;
            await using var reader = await command.ExecuteReaderAsync();
            while (await reader.ReadAsync())
            {
                var line = string.Join(" ", Enumerable.Range(0, reader.FieldCount).Select(i => Convert.ToString(reader.GetValue(i), CultureInfo.InvariantCulture)));
                if (!line.Contains("SchemaVersions", StringComparison.Ordinal)) lines.Add(line);
            }
        }
        return [.. lines.Order(StringComparer.Ordinal)];
    }

    static DbConnection Open(DbSettings settings) => settings.IsSqlite ? new SqliteConnection(settings.SqliteConnection) : new NpgsqlConnection(settings.Postgres);
}
