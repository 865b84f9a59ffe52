using System.Runtime.InteropServices;

namespace Minka.Observatory.Duck;

/// <summary>Fills a table row by row, cell by cell in order; rows go in chunks straight into DuckDB's memory.</summary>
public sealed unsafe class DuckAppender : DuckCells, IDisposable
{
    private readonly DuckHandle _appender;
    private nint _chunk;

    internal DuckAppender(DuckDatabase database, string table, IReadOnlyList<DuckColumn> columns)
        : base(columns)
    {
        var failed = Native.duckdb_appender_create(database.Connection, null, table, out var appender) != 0;
        _appender = new DuckHandle(appender, a => _ = Native.duckdb_appender_destroy(ref a));
        if (failed)
            Fail();
        var types = stackalloc nint[columns.Count];
        for (var c = 0; c < columns.Count; c++)
            types[c] = TypeOf(columns[c]);
        _chunk = Native.duckdb_create_data_chunk(types, (ulong)columns.Count);
        for (var c = 0; c < columns.Count; c++)
            Native.duckdb_destroy_logical_type(ref types[c]);
        Begin(_chunk);
    }

    /// <summary>Brings all rows into the table.</summary>
    /// <exception cref="DuckFault">They are refused.</exception>
    public void Flush()
    {
        Full();
        if (Native.duckdb_appender_flush(_appender) != 0)
            Fail();
    }

    /// <summary>Ends without bringing further rows in.</summary>
    public void Dispose()
    {
        if (_chunk != 0)
            Native.duckdb_destroy_data_chunk(ref _chunk);
        _chunk = 0;
        _appender.Dispose();
    }

    private protected override void Full()
    {
        if (Rows == 0)
            return;
        Native.duckdb_data_chunk_set_size(_chunk, (ulong)Rows);
        if (Native.duckdb_append_data_chunk(_appender, _chunk) != 0)
            Fail();
        Native.duckdb_data_chunk_reset(_chunk);
        Begin(_chunk);
    }

    private void Fail()
    {
        var words = Marshal.PtrToStringUTF8(Native.duckdb_appender_error(_appender)) ?? "";
        throw new DuckFault(words.Length == 0 ? "The table takes no rows." : words);
    }
}
