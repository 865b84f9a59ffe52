using System.Runtime.InteropServices;
using System.Text;

namespace Minka.Observatory.Duck;

/// <summary>What a column of a table holds.</summary>
public enum DuckColumn
{
    /// <summary>VARCHAR.</summary>
    Text,

    /// <summary>INTEGER.</summary>
    Int,

    /// <summary>DOUBLE.</summary>
    Real,

    /// <summary>DATE.</summary>
    Date,

    /// <summary>DECIMAL(18,2): whole céntimos.</summary>
    Money,
}

/// <summary>Fills a table row by row, cell by cell in order; rows go in chunks straight into DuckDB's memory.</summary>
public sealed unsafe class DuckAppender : IDisposable
{
    internal const int Epoch = 719_162;

    private readonly DuckHandle _appender;
    private readonly DuckColumn[] _kinds;
    private readonly nint[] _vectors;
    private readonly byte*[] _data;
    private readonly ulong*[] _valid;
    private readonly int _capacity;
    private nint _chunk;
    private int _row;
    private int _column;
    private byte[] _buffer = new byte[4096];

    internal DuckAppender(DuckDatabase database, string table, IReadOnlyList<DuckColumn> columns)
    {
        var failed = Native.duckdb_appender_create(database.Connection, null, table, out var appender) != 0;
        _appender = new DuckHandle(appender, a => _ = Native.duckdb_appender_destroy(ref a));
        if (failed)
            Fail();
        _kinds = [.. columns];
        _vectors = new nint[_kinds.Length];
        _data = new byte*[_kinds.Length];
        _valid = new ulong*[_kinds.Length];
        _capacity = (int)Native.duckdb_vector_size();
        var types = stackalloc nint[_kinds.Length];
        for (var c = 0; c < _kinds.Length; c++)
        {
            types[c] = _kinds[c] switch
            {
                DuckColumn.Money => Native.duckdb_create_decimal_type(18, 2),
                DuckColumn.Int => Native.duckdb_create_logical_type(Native.Kind.Int),
                DuckColumn.Real => Native.duckdb_create_logical_type(Native.Kind.Double),
                DuckColumn.Date => Native.duckdb_create_logical_type(Native.Kind.Date),
                _ => Native.duckdb_create_logical_type(Native.Kind.Text),
            };
        }

        _chunk = Native.duckdb_create_data_chunk(types, (ulong)_kinds.Length);
        for (var c = 0; c < _kinds.Length; c++)
            Native.duckdb_destroy_logical_type(ref types[c]);
        Begin();
    }

    /// <summary>An empty cell.</summary>
    public void Null()
    {
        _valid[_column][_row >> 6] &= ~(1UL << (_row & 63));
        _column++;
    }

    /// <summary>A text; an empty one is an empty cell.</summary>
    /// <param name="text">The text.</param>
    public void Text(ReadOnlySpan<char> text)
    {
        if (text.IsEmpty)
        {
            Null();
            return;
        }

        var cell = _data[_column] + (_row * 16);
        if (text.Length > 12 || !Short(cell, text))
        {
            var most = Encoding.UTF8.GetMaxByteCount(text.Length);
            if (_buffer.Length < most)
                _buffer = new byte[most];
            var length = Encoding.UTF8.GetBytes(text, _buffer);
            fixed (byte* bytes = _buffer)
                Native.duckdb_vector_assign_string_element_len(_vectors[_column], (ulong)_row, bytes, (ulong)length);
        }

        _column++;
    }

    /// <summary>A whole number.</summary>
    /// <param name="value">The number, or nothing.</param>
    public void Int(int? value)
    {
        if (value is not { } v)
        {
            Null();
            return;
        }

        ((int*)_data[_column])[_row] = v;
        _column++;
    }

    /// <summary>A number.</summary>
    /// <param name="value">The number, or nothing.</param>
    public void Real(double? value)
    {
        if (value is not { } v)
        {
            Null();
            return;
        }

        ((double*)_data[_column])[_row] = v;
        _column++;
    }

    /// <summary>A day.</summary>
    /// <param name="value">The day, or nothing.</param>
    public void Date(DateOnly? value)
    {
        if (value is not { } v)
        {
            Null();
            return;
        }

        ((int*)_data[_column])[_row] = v.DayNumber - Epoch;
        _column++;
    }

    /// <summary>An amount.</summary>
    /// <param name="minor">In céntimos, or nothing.</param>
    public void Money(long? minor)
    {
        if (minor is not { } v)
        {
            Null();
            return;
        }

        ((long*)_data[_column])[_row] = v;
        _column++;
    }

    /// <summary>Ends a row.</summary>
    /// <exception cref="InvalidOperationException">It has not as many cells as the table has columns.</exception>
    public void EndRow()
    {
        if (_column != _kinds.Length)
            throw new InvalidOperationException($"A row has {_kinds.Length} cells, not {_column}.");
        _column = 0;
        if (++_row == _capacity)
            Send();
    }

    /// <summary>Brings all rows into the table.</summary>
    /// <exception cref="DuckFault">They are refused.</exception>
    public void Flush()
    {
        Send();
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

    /// <summary>Short texts stand in the cell itself: length, then up to twelve bytes, the rest zero.</summary>
    private static bool Short(byte* cell, ReadOnlySpan<char> text)
    {
        *(ulong*)cell = (uint)text.Length;
        *(ulong*)(cell + 8) = 0;
        uint seen = 0;
        for (var i = 0; i < text.Length; i++)
        {
            seen |= text[i];
            cell[4 + i] = unchecked((byte)text[i]);
        }

        return seen < 128;
    }

    private void Send()
    {
        if (_row == 0)
            return;
        Native.duckdb_data_chunk_set_size(_chunk, (ulong)_row);
        if (Native.duckdb_append_data_chunk(_appender, _chunk) != 0)
            Fail();
        Native.duckdb_data_chunk_reset(_chunk);
        _row = 0;
        Begin();
    }

    private void Begin()
    {
        for (var c = 0; c < _kinds.Length; c++)
        {
            _vectors[c] = Native.duckdb_data_chunk_get_vector(_chunk, (ulong)c);
            Native.duckdb_vector_ensure_validity_writable(_vectors[c]);
            _data[c] = (byte*)Native.duckdb_vector_get_data(_vectors[c]);
            _valid[c] = Native.duckdb_vector_get_validity(_vectors[c]);
        }
    }

    private void Fail()
    {
        var words = Marshal.PtrToStringUTF8(Native.duckdb_appender_error(_appender)) ?? "";
        throw new DuckFault(words.Length == 0 ? "The table takes no rows." : words);
    }
}
