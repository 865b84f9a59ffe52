using System.Runtime.CompilerServices;

namespace Minka.Observatory.Tables;

/// <summary>One row of a table, filled again and again: its cells lie one after another in one buffer, its own or that of who reads.</summary>
public sealed class TableRow
{
    private char[] _own = new char[4096];
    private char[] _data;
    private int[] _starts = new int[96];
    private int[] _ends = new int[96];
    private int _origin;
    private int _length;
    private bool _joined = true;

    /// <summary>An empty row.</summary>
    public TableRow() => _data = _own;

    /// <summary>Number of cells.</summary>
    public int Count { get; private set; }

    /// <summary>Line of the file (of a sheet: row) at which the row begins, from 1.</summary>
    public long Line { get; internal set; }

    /// <summary>All cells without what parts them.</summary>
    public ReadOnlySpan<char> Whole
    {
        get
        {
            if (!_joined)
                Join();
            return _own.AsSpan(0, _length);
        }
    }

    /// <summary>The row as it was read: all cells, and perhaps what parts them. What it does not hold no cell holds.</summary>
    public ReadOnlySpan<char> Raw => Count == 0 ? default : _data.AsSpan(_origin + _starts[0], _ends[Count - 1] - _starts[0]);

    /// <summary>A cell; empty beyond the last one.</summary>
    /// <param name="cell">Index from 0; negative for a column that the table lacks.</param>
    public ReadOnlySpan<char> this[int cell] => unchecked((uint)cell) >= (uint)Count ? default : _data.AsSpan(_origin + _starts[cell], _ends[cell] - _starts[cell]);

    internal void Clear()
    {
        (_length, Count, _origin, _data, _joined) = (0, 0, 0, _own, true);
    }

    internal void Append(ReadOnlySpan<char> text)
    {
        while (_length + text.Length > _own.Length)
            Array.Resize(ref _own, _own.Length * 2);
        _data = _own;
        text.CopyTo(_own.AsSpan(_length));
        _length += text.Length;
    }

    internal void EndCell() => Cell(Count == 0 ? 0 : _ends[Count - 1], _length);

    /// <summary>A cell between two places of the buffer that <see cref="LiesIn"/> names.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    internal void Cell(int start, int end)
    {
        var cell = Count;
        if (cell >= _ends.Length)
            Widen();
        _starts[cell] = start;
        _ends[cell] = end;
        Count = cell + 1;
    }

    /// <summary>Says where the cells lie; they are read there until the row is filled again.</summary>
    internal void LiesIn(char[] data, int origin) => (_data, _origin, _joined) = (data, origin, false);

    private void Widen()
    {
        Array.Resize(ref _starts, _starts.Length * 2);
        Array.Resize(ref _ends, _ends.Length * 2);
    }

    private void Join()
    {
        _joined = true;
        _length = 0;
        for (var i = 0; i < Count; i++)
        {
            var cell = this[i];
            while (_length + cell.Length > _own.Length)
                Array.Resize(ref _own, _own.Length * 2);
            cell.CopyTo(_own.AsSpan(_length));
            _length += cell.Length;
        }
    }
}

/// <summary>Rows that are read one after another.</summary>
public abstract class TableRows : IDisposable
{
    /// <summary>Reads the next row.</summary>
    /// <param name="row">Filled with it; its cells hold until it is filled again.</param>
    /// <returns>False at the end.</returns>
    /// <exception cref="TableFault">The table breaks off or is not what it seems.</exception>
    public abstract bool Read(TableRow row);

    /// <inheritdoc/>
    public abstract void Dispose();
}

/// <summary>Why a file cannot be read, with its place.</summary>
/// <param name="code">A code for the language files.</param>
/// <param name="args">What the text names.</param>
public sealed class TableFault(string code, params IReadOnlyList<object> args) : Exception($"{code}: {string.Join(", ", args)}")
{
    /// <summary>A code for the language files.</summary>
    public string Code { get; } = code;

    /// <summary>What the text names.</summary>
    public IReadOnlyList<object> Args { get; } = args;
}
