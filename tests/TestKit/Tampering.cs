using System.Data.Common;
using System.Globalization;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Minka.Core.Database;
using Minka.Core.Register;
using Npgsql;

namespace Minka.TestKit;

/// <summary>
/// Somebody with the database's password and a good reason: changes values below EF, past the acts and the lane. It walks the
/// model, so it grows with it.
/// </summary>
public static class Tampering
{
    /// <summary>
    /// Changes the values of one row of each table, one column of all tables at a time, audits, puts the values back, and
    /// collects what the audit did not name. Columns of the key are changed one by one.
    /// </summary>
    /// <returns>Columns changed, and those of them that the audit did not name ("table.column").</returns>
    public static async Task<(IReadOnlyList<string> Changed, IReadOnlyList<string> Unnamed)> FlipEveryColumnAsync(DbSettings settings)
    {
        var (changed, unnamed) = (new List<string>(), new List<string>());
        IReadOnlyList<CoveredTable> tables;
        await using (var db = new AppDb(settings.ReadOptions())) tables = CoveredTable.Of(db.Model);
        for (var round = 0; round < tables.Max(t => t.Columns.Count); round++)
        {
            var flips = tables.Where(t => round < t.Columns.Count).Select(t => (Table: t, Column: t.Columns[round])).ToList();
            await FlipAsync(settings, [.. flips.Where(f => !f.Column.IsPrimaryKey())], changed, unnamed);
            foreach (var flip in flips.Where(f => f.Column.IsPrimaryKey())) await FlipAsync(settings, [flip], changed, unnamed);
        }
        return (changed, unnamed);
    }

    /// <summary>Runs SQL as the owner of the database, without foreign keys.</summary>
    public static async Task<int> RunAsync(DbSettings settings, string sql)
    {
        await using var connection = await OpenAsync(settings);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        return await command.ExecuteNonQueryAsync();
    }

    static async Task FlipAsync(DbSettings settings, IReadOnlyList<(CoveredTable Table, IProperty Column)> flips, List<string> changed, List<string> unnamed)
    {
        await using var connection = await OpenAsync(settings);
        var undo = new List<(string Sql, object?[] Values)>();
        var expected = new List<(string Table, string Column, bool IsKey)>();
        foreach (var (table, column) in flips)
        {
            var (name, columnName) = ($"\"{table.Name}\"", $"\"{column.GetColumnName()}\"");
            var rowId = connection is SqliteConnection ? "rowid" : "ctid";
            object? before;
            object id;
            await using (var read = connection.CreateCommand())
            {
                read.CommandText = $"SELECT {columnName}, {(connection is SqliteConnection ? rowId : "ctid::text")} FROM {name} ORDER BY {columnName} DESC LIMIT 1";
                await using var reader = await read.ExecuteReaderAsync();
                if (!await reader.ReadAsync()) continue;
                before = reader.IsDBNull(0) ? null : reader.GetValue(0);
                id = reader.GetValue(1);
            }
            var after = Other(column, before, connection is SqliteConnection);
            // PostgreSQL gives the changed row another place, so it is found again by what RETURNING tells.
            object place = id;
            await using (var write = connection.CreateCommand())
            {
                write.CommandText = connection is SqliteConnection
                    ? $"UPDATE {name} SET {columnName} = @v WHERE rowid = @id RETURNING rowid"
                    : $"UPDATE {name} SET {columnName} = @v WHERE ctid = @id::tid RETURNING ctid::text";
                Add(write, "v", after);
                Add(write, "id", id);
                place = (await write.ExecuteScalarAsync())!;
            }
            undo.Add((connection is SqliteConnection
                ? $"UPDATE {name} SET {columnName} = @v WHERE rowid = @id"
                : $"UPDATE {name} SET {columnName} = @v WHERE ctid = @id::tid", [before, place]));
            expected.Add((table.Name, column.GetColumnName(), column.IsPrimaryKey()));
            changed.Add($"{table.Name}.{column.GetColumnName()}");
        }
        var report = await Audit.RunAsync(settings);
        foreach (var (table, column, isKey) in expected)
        {
            var named = isKey
                ? report.Findings.Any(f => f.Table == table && f.Code is "row.missing") && report.Findings.Any(f => f.Table == table && f.Code is "row.inserted" or "row.column")
                : report.Findings.Any(f => f.Table == table && f.Column == column && f.Code == "row.column");
            if (!named) unnamed.Add($"{table}.{column}");
        }
        foreach (var (sql, values) in undo)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            Add(command, "v", values[0]);
            Add(command, "id", values[1]);
            await command.ExecuteNonQueryAsync();
        }
    }

    static object Other(IProperty column, object? value, bool sqlite)
    {
        var type = column.GetTypeMapping().Converter?.ProviderClrType ?? column.ClrType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        return value switch
        {
            string text when type == typeof(Guid) => (text[0] == 'A' ? "B" : "A") + text[1..],
            string text when type == typeof(DateTime) || type == typeof(DateTimeOffset) => Year(text),
            string text when type == typeof(DateOnly) => Year(text),
            string text when column.GetMaxLength() is { } max && text.Length >= max => (text[0] == 'x' ? "y" : "x") + text[1..],
            string text => text + "~",
            bool b => !b,
            long n when type == typeof(bool) => 1 - n,
            short n => (short)(n == short.MaxValue ? n - 1 : n + 1),
            int n => n == int.MaxValue ? n - 1 : n + 1,
            long n => n == long.MaxValue ? n - 1 : n + 1,
            Guid g => Flip(g),
            DateTime d => d.AddDays(1),
            DateOnly d => d.AddDays(1),
            byte[] b => b.Length == 0 ? new byte[] { 1 } : (byte[])[(byte)(b[0] ^ 1), .. b[1..]],
            null => Something(type, sqlite),
            _ => throw new NotSupportedException($"{column.DeclaringType.Name}.{column.Name}: {value.GetType().Name}"),
        };
    }

    static object Something(Type type, bool sqlite) =>
        type == typeof(string) ? "~"
        : type == typeof(bool) ? (sqlite ? 1L : true)
        : type == typeof(byte[]) ? new byte[] { 1 }
        : type == typeof(Guid) ? (sqlite ? "00000000-0000-0000-0000-000000000001" : new Guid("00000000-0000-0000-0000-000000000001"))
        : type == typeof(DateTime) || type == typeof(DateTimeOffset) ? (sqlite ? "2026-01-01 00:00:00" : new DateTime(2026, 1, 1, 0, 0, 0, DateTimeKind.Utc))
        : type == typeof(DateOnly) ? (sqlite ? "2026-01-01" : new DateOnly(2026, 1, 1))
        : type == typeof(short) ? (object)(short)1
        : type == typeof(int) ? 1
        : 1L;

    static string Year(string text) => (int.Parse(text.AsSpan(0, 4), CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture) + text[4..];

    static Guid Flip(Guid id)
    {
        var bytes = id.ToByteArray();
        bytes[0] ^= 1;
        return new Guid(bytes);
    }

    static void Add(DbCommand command, string name, object? value)
    {
        var parameter = command.CreateParameter();
        (parameter.ParameterName, parameter.Value) = (name, value ?? DBNull.Value);
        command.Parameters.Add(parameter);
    }

    static async Task<DbConnection> OpenAsync(DbSettings settings)
    {
        DbConnection connection = settings.IsSqlite
            ? new SqliteConnection(new SqliteConnectionStringBuilder(settings.SqliteConnection) { ForeignKeys = false, Pooling = false }.ToString())
            : new NpgsqlConnection(settings.Postgres);
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = settings.IsSqlite ? "PRAGMA foreign_keys=OFF; PRAGMA ignore_check_constraints=ON" : "SET session_replication_role = replica";
        await command.ExecuteNonQueryAsync();
        return connection;
    }
}
