using System.Runtime.InteropServices;
using System.Text;

namespace Minka.Observatory.Duck;

/// <summary>An answer in memory.</summary>
public sealed class DuckRows : List<object?[]>
{
    private DuckRows(IReadOnlyList<string> columns) => Columns = columns;

    /// <summary>Names of the columns.</summary>
    public IReadOnlyList<string> Columns { get; }

    /// <summary>The only value of an answer.</summary>
    public object? Single => this[0][0];

    internal static DuckRows Read(ref Native.Result result)
    {
        try
        {
            var columns = (int)Native.duckdb_column_count(ref result);
            var kinds = new Native.Kind[columns];
            var names = new string[columns];
            for (var c = 0; c < columns; c++)
            {
                kinds[c] = Native.duckdb_column_type(ref result, (ulong)c);
                names[c] = Marshal.PtrToStringUTF8(Native.duckdb_column_name(ref result, (ulong)c)) ?? "";
                if (!Enum.IsDefined(kinds[c]))
                    throw new DuckFault($"The type {(int)kinds[c]} of the column {names[c]} is not read: cast it.");
            }

            var rows = new DuckRows(names);
            for (var chunk = Native.duckdb_fetch_chunk(result); chunk != 0; chunk = Native.duckdb_fetch_chunk(result))
            {
                try
                {
                    rows.Take(chunk, kinds);
                }
                finally
                {
                    Native.duckdb_destroy_data_chunk(ref chunk);
                }
            }

            return rows;
        }
        finally
        {
            Native.duckdb_destroy_result(ref result);
        }
    }

    private unsafe void Take(nint chunk, Native.Kind[] kinds)
    {
        var size = (int)Native.duckdb_data_chunk_get_size(chunk);
        var first = Count;
        for (var r = 0; r < size; r++)
            Add(new object?[kinds.Length]);
        for (var c = 0; c < kinds.Length; c++)
        {
            var vector = Native.duckdb_data_chunk_get_vector(chunk, (ulong)c);
            var data = (byte*)Native.duckdb_vector_get_data(vector);
            var valid = Native.duckdb_vector_get_validity(vector);
            for (var r = 0; r < size; r++)
            {
                if (valid is null || (valid[r >> 6] & (1UL << (r & 63))) != 0)
                    this[first + r][c] = Value(data, r, kinds[c]);
            }
        }
    }

    private static unsafe object Value(byte* data, int row, Native.Kind kind) => kind switch
    {
        Native.Kind.Boolean => data[row] != 0,
        Native.Kind.Int => (long)((int*)data)[row],
        Native.Kind.BigInt => ((long*)data)[row],
        Native.Kind.Double => ((double*)data)[row],
        Native.Kind.Date => DateOnly.FromDayNumber(((int*)data)[row] + DuckAppender.Epoch),
        // Of 18 digits and two decimals: whole hundredths.
        Native.Kind.Decimal => ((long*)data)[row] / 100m,
        _ => Text(data + (row * 16)),
    };

    private static unsafe string Text(byte* at)
    {
        var length = (int)*(uint*)at;
        return Encoding.UTF8.GetString(length <= 12 ? at + 4 : *(byte**)(at + 8), length);
    }
}
