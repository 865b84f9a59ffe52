using System.Data;
using System.Data.Common;
using System.Globalization;
using System.Runtime.CompilerServices;
using Microsoft.Data.Sqlite;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata;
using Npgsql;

namespace Minka.Core.Database;

/// <summary>
/// The whole database at one moment, read below EF: what is really stored, also where it is no value of its type. For the
/// audit, which must name what it cannot understand.
/// </summary>
public sealed class Snapshot : IAsyncDisposable
{
    readonly DbConnection connection;
    readonly DbTransaction transaction;
    readonly AppDb db;

    Snapshot(AppDb db, DbConnection connection, DbTransaction transaction) => (this.db, this.connection, this.transaction) = (db, connection, transaction);

    public IModel Model => db.Model;

    /// <exception cref="FileNotFoundException">There is no SQLite file: nothing is made.</exception>
    public static async Task<Snapshot> OpenAsync(DbSettings settings, CancellationToken cancel = default)
    {
        if (settings.IsSqlite && !File.Exists(settings.SqlitePath)) throw new FileNotFoundException("no database", settings.SqlitePath);
        DbConnection connection = settings.IsSqlite ? new SqliteConnection(settings.SqliteConnection) : new NpgsqlConnection(settings.Postgres);
        await connection.OpenAsync(cancel);
        var transaction = connection is SqliteConnection sqlite
            ? sqlite.BeginTransaction(IsolationLevel.Serializable, deferred: true)
            : await connection.BeginTransactionAsync(IsolationLevel.RepeatableRead, cancel);
        return new Snapshot(new AppDb(settings.ReadOptions()), connection, transaction);
    }

    /// <summary>Names of the tables that are there.</summary>
    public async Task<IReadOnlySet<string>> TablesAsync(CancellationToken cancel = default)
    {
        await using var command = Command(connection is SqliteConnection
            ? "SELECT name FROM sqlite_master WHERE type = 'table'"
            : "SELECT table_name FROM information_schema.tables WHERE table_schema = current_schema()");
        var names = new HashSet<string>(StringComparer.Ordinal);
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel)) names.Add(reader.GetString(0));
        return names;
    }

    /// <summary>Rows of a table, the values in the order of the given columns, as the driver gives them.</summary>
    /// <param name="type">The table.</param>
    /// <param name="columns">Properties to read.</param>
    /// <param name="orderBy">A property to order by, or null.</param>
    /// <param name="where">A text property and the value it must have, or null.</param>
    /// <param name="cancel">Ends the reading.</param>
    public async IAsyncEnumerable<object?[]> RowsAsync(
        IEntityType type, IReadOnlyList<IProperty> columns, IProperty? orderBy = null, (IProperty Column, string Value)? where = null,
        [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var sql = $"SELECT {string.Join(", ", columns.Select(c => Quote(c.GetColumnName())))} FROM {Quote(type.GetTableName()!)}";
        if (where is { } condition) sql += $" WHERE {Quote(condition.Column.GetColumnName())} = @value";
        if (orderBy is not null) sql += $" ORDER BY {Quote(orderBy.GetColumnName())}";
        await using var command = Command(sql);
        if (where is { } bound)
        {
            var parameter = command.CreateParameter();
            (parameter.ParameterName, parameter.Value) = ("value", bound.Value);
            command.Parameters.Add(parameter);
        }
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var values = new object?[columns.Count];
            for (var i = 0; i < values.Length; i++) values[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            yield return values;
        }
    }

    /// <summary>Keys of the rows in which a column holds something else than an expression over the row gives, as the driver gives them.</summary>
    public async IAsyncEnumerable<object?[]> KeysUnlikeAsync(CoveredTable table, IProperty column, string expression, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        var keys = string.Join(", ", table.Key.Select(k => Quote(k.GetColumnName())));
        await using var command = Command($"SELECT {keys} FROM {Quote(table.Name)} WHERE {Quote(column.GetColumnName())} IS DISTINCT FROM ({expression})");
        await using var reader = await command.ExecuteReaderAsync(cancel);
        while (await reader.ReadAsync(cancel))
        {
            var values = new object?[table.Key.Count];
            for (var i = 0; i < values.Length; i++) values[i] = reader.IsDBNull(i) ? null : reader.GetValue(i);
            yield return values;
        }
    }

    /// <summary>
    /// Whether a stored value is spelled as the product writes it. SQLite compares text: an id in other letters, or a time with
    /// more digits, has the same meaning and is another value.
    /// </summary>
    public static bool IsOwnSpelling(IProperty property, object? value)
    {
        var type = property.GetTypeMapping().Converter?.ProviderClrType ?? property.ClrType;
        type = Nullable.GetUnderlyingType(type) ?? type;
        return value switch
        {
            string text when type == typeof(Guid) => Guid.TryParse(text, out var id) && id.ToString().ToUpperInvariant() == text,
            string text when type == typeof(DateTime) =>
                DateTime.TryParseExact(text, "yyyy-MM-dd HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture, DateTimeStyles.None, out var at)
                && at.ToString("yyyy-MM-dd HH:mm:ss.FFFFFF", CultureInfo.InvariantCulture) == text,
            long number when type == typeof(bool) => number is 0 or 1,
            _ => true,
        };
    }

    public async ValueTask DisposeAsync()
    {
        await transaction.DisposeAsync();
        await connection.DisposeAsync();
        await db.DisposeAsync();
    }

    DbCommand Command(string sql)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = sql;
        return command;
    }

    static string Quote(string name) => $"\"{name.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
}
