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

/// <summary>Fills rows cell by cell in order, straight into a chunk of DuckDB's memory.</summary>
public abstract unsafe class DuckCells
{
    internal const int Epoch = 719_162;

    private readonly DuckColumn[] _kinds;
    private readonly nint[] _vectors;
    private readonly byte*[] _data;
    private readonly ulong*[] _valid;
    private int _column;
    private byte[] _buffer = new byte[4096];

    private protected DuckCells(IReadOnlyList<DuckColumn> columns)
    {
        _kinds = [.. columns];
        _vectors = new nint[_kinds.Length];
        _data = new byte*[_kinds.Length];
        _valid = new ulong*[_kinds.Length];
        Capacity = (int)Native.duckdb_vector_size();
    }

    private protected int Capacity { get; }

    /// <summary>Rows in the chunk so far.</summary>
    private protected int Rows { get; private set; }

    /// <summary>An empty cell.</summary>
    public void Null()
    {
        _valid[_column][Rows >> 6] &= ~(1UL << (Rows & 63));
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

        var cell = _data[_column] + (Rows * 16);
        if (text.Length > 12 || !Short(cell, text))
        {
            var most = Encoding.UTF8.GetMaxByteCount(text.Length);
            if (_buffer.Length < most)
                _buffer = new byte[most];
            var length = Encoding.UTF8.GetBytes(text, _buffer);
            fixed (byte* bytes = _buffer)
                Native.duckdb_vector_assign_string_element_len(_vectors[_column], (ulong)Rows, bytes, (ulong)length);
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

        ((int*)_data[_column])[Rows] = v;
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

        ((double*)_data[_column])[Rows] = v;
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

        ((int*)_data[_column])[Rows] = v.DayNumber - Epoch;
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

        ((long*)_data[_column])[Rows] = v;
        _column++;
    }

    /// <summary>Ends a row.</summary>
    /// <exception cref="InvalidOperationException">It has not as many cells as the table has columns.</exception>
    public void EndRow()
    {
        if (_column != _kinds.Length)
            throw new InvalidOperationException($"A row has {_kinds.Length} cells, not {_column}.");
        _column = 0;
        if (++Rows == Capacity)
            Full();
    }

    /// <summary>What happens when the chunk holds no more rows.</summary>
    private protected abstract void Full();

    /// <summary>Rows go into this chunk from now on.</summary>
    private protected void Begin(nint chunk)
    {
        Rows = 0;
        for (var c = 0; c < _kinds.Length; c++)
        {
            _vectors[c] = Native.duckdb_data_chunk_get_vector(chunk, (ulong)c);
            Native.duckdb_vector_ensure_validity_writable(_vectors[c]);
            _data[c] = (byte*)Native.duckdb_vector_get_data(_vectors[c]);
            _valid[c] = Native.duckdb_vector_get_validity(_vectors[c]);
        }
    }

    internal static nint TypeOf(DuckColumn column) => column switch
    {
        DuckColumn.Money => Native.duckdb_create_decimal_type(18, 2),
        DuckColumn.Int => Native.duckdb_create_logical_type(Native.Kind.Int),
        DuckColumn.Real => Native.duckdb_create_logical_type(Native.Kind.Double),
        DuckColumn.Date => Native.duckdb_create_logical_type(Native.Kind.Date),
        _ => Native.duckdb_create_logical_type(Native.Kind.Text),
    };

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
}
