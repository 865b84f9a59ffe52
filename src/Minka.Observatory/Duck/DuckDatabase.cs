using System.Runtime.InteropServices;

namespace Minka.Observatory.Duck;

/// <summary>DuckDB refused a statement.</summary>
/// <param name="message">Its own words.</param>
public sealed class DuckFault(string message) : Exception(message);

/// <summary>A database of DuckDB with one connection; for one thread at a time.</summary>
public sealed class DuckDatabase : IDisposable
{
    private readonly DuckHandle _database;
    private readonly DuckHandle _connection;

    private DuckDatabase(DuckHandle database, DuckHandle connection) => (_database, _connection) = (database, connection);

    internal DuckHandle Connection => _connection;

    /// <summary>Opens a database.</summary>
    /// <param name="path">Its file; <see langword="null"/> for one in memory.</param>
    /// <param name="threads">Threads of a statement.</param>
    /// <param name="memoryMegabytes">Memory beyond which it writes to <paramref name="spill"/>.</param>
    /// <param name="spill">Folder for what does not fit in memory; <see langword="null"/> for none.</param>
    /// <exception cref="DuckMissing">The native library is not here.</exception>
    /// <exception cref="DuckFault">The file is no database.</exception>
    public static DuckDatabase Open(string? path = null, int threads = 2, int memoryMegabytes = 700, string? spill = null)
    {
        DuckLibrary.Load();
        if (Native.duckdb_open(path, out var database) != 0)
            throw new DuckFault($"Not a database: {path}");
        var owner = new DuckHandle(database, d => Native.duckdb_close(ref d));
        if (Native.duckdb_connect(owner, out var connection) != 0)
        {
            owner.Dispose();
            throw new DuckFault("No connection.");
        }

        var opened = new DuckDatabase(owner, new DuckHandle(connection, c => Native.duckdb_disconnect(ref c)));
        try
        {
            opened.Run($"SET threads = {threads}");
            opened.Run($"SET memory_limit = {memoryMegabytes + "MB"}");
            opened.Run($"SET preserve_insertion_order = false");
            // Nothing is fetched: what a statement needs is in the library, or the statement fails.
            opened.Run($"SET autoinstall_known_extensions = false");
            if (spill is not null)
                opened.Run($"SET temp_directory = {spill}");
            return opened;
        }
        catch
        {
            opened.Dispose();
            throw;
        }
    }

    /// <summary>Runs a statement without looking at its answer.</summary>
    /// <param name="sql">The statement; its values are escaped.</param>
    /// <param name="cancel">Interrupts it.</param>
    /// <exception cref="DuckFault">It is refused.</exception>
    public void Run(DuckSql sql, CancellationToken cancel = default)
    {
        var result = Ask(sql.ToString(), cancel);
        Native.duckdb_destroy_result(ref result);
    }

    /// <summary>All rows of an answer: <see cref="string"/>, <see cref="long"/>, <see cref="double"/>, <see cref="decimal"/> (of at most 18 digits), <see cref="bool"/>, <see cref="DateOnly"/> or nothing.</summary>
    /// <param name="sql">The statement; its values are escaped.</param>
    /// <param name="cancel">Interrupts it.</param>
    /// <remarks>Cast wider types (sums of decimals, bytes) in the statement.</remarks>
    /// <exception cref="DuckFault">It is refused, or a column has another type.</exception>
    public DuckRows Query(DuckSql sql, CancellationToken cancel = default)
    {
        var result = Ask(sql.ToString(), cancel);
        return DuckRows.Read(ref result);
    }

    /// <summary>Fills a table, chunk by chunk, without text in between.</summary>
    /// <param name="table">Its name.</param>
    /// <param name="columns">The types of all its columns.</param>
    public DuckAppender Append(string table, IReadOnlyList<DuckColumn> columns) => new(this, table, columns);

    /// <inheritdoc/>
    public void Dispose()
    {
        _connection.Dispose();
        _database.Dispose();
    }

    private Native.Result Ask(string sql, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        using var interrupt = cancel.Register(() => Native.duckdb_interrupt(_connection));
        if (Native.duckdb_query(_connection, sql, out var result) == 0)
            return result;
        var words = Marshal.PtrToStringUTF8(Native.duckdb_result_error(ref result)) ?? "";
        Native.duckdb_destroy_result(ref result);
        cancel.ThrowIfCancellationRequested();
        throw new DuckFault(words);
    }
}
