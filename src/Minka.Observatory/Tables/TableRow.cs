namespace Minka.Observatory.Tables;

/// <summary>One row of a table, filled again and again: its cells lie one after another in one buffer.</summary>
public sealed class TableRow
{
    private char[] _data = new char[4096];
    private int[] _ends = new int[96];
    private int _length;

    /// <summary>Number of cells.</summary>
    public int Count { get; private set; }

    /// <summary>Line of the file (of a sheet: row) at which the row begins, from 1.</summary>
    public long Line { get; internal set; }

    /// <summary>All cells without what parts them.</summary>
    public ReadOnlySpan<char> Whole => _data.AsSpan(0, _length);

    /// <summary>A cell; empty beyond the last one.</summary>
    /// <param name="cell">Index from 0; negative for a column that the table lacks.</param>
    public ReadOnlySpan<char> this[int cell] => cell < 0 || cell >= Count ? default : _data.AsSpan(cell == 0 ? 0 : _ends[cell - 1], _ends[cell] - (cell == 0 ? 0 : _ends[cell - 1]));

    internal int Length => _length;

    internal void Clear()
    {
        _length = 0;
        Count = 0;
    }

    internal void Append(ReadOnlySpan<char> text)
    {
        while (_length + text.Length > _data.Length)
            Array.Resize(ref _data, _data.Length * 2);
        text.CopyTo(_data.AsSpan(_length));
        _length += text.Length;
    }

    internal void EndCell()
    {
        if (Count == _ends.Length)
            Array.Resize(ref _ends, _ends.Length * 2);
        _ends[Count++] = _length;
    }
}

/// <summary>Rows that are read one after another.</summary>
public abstract class TableRows : IDisposable
{
    /// <summary>Reads the next row.</summary>
    /// <param name="row">Filled with it.</param>
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
